"""The whole program: somebody's account is closed elsewhere, and his window is gone at once."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from branch.bootstrap import own_branch
from branch.founding import Plan
from branch.kernel.clock import SetClock
from branch.kernel.runner import Actor
from branch.kernel.settings import Settings
from branch.people.commands import ChangeStaff
from branch.people.queries import account_id, seats
from tests.ui.test_program import pin_of, sign_in, start, started
from ui.admin.window import AdminWindow
from ui.counter.window import CounterWindow
from ui.program import Program
from ui.signin.window import SignInWindow

__all__ = ["started"]


@pytest.mark.parametrize(("roles", "active"), [({"teller"}, False), ({"guard"}, True)])
def test_back_at_the_door(
    qtbot: QtBot,
    started: list[Program],
    settings: Settings,
    clock: SetClock,
    sample: Plan,
    roles: set[str],
    active: bool,
) -> None:
    program = start(started, settings, clock)
    sign_in(qtbot, program, "100482", pin_of(sample, "100482"), "counter-1")
    qtbot.waitUntil(lambda: isinstance(program.window, CounterWindow), timeout=10_000)
    branch = own_branch(settings, clock)
    administrator = Actor(account_id(branch.store, "100001") or 0, "admin")
    teller = account_id(branch.store, "100482") or 0
    branch.run(ChangeStaff(teller, "王敏", frozenset(roles), active), administrator)
    qtbot.waitUntil(lambda: isinstance(program.window, SignInWindow), timeout=10_000)
    assert [seat.station for seat in seats(branch.store)] == ([] if not active else ["counter-1"])
    branch.close()


def test_an_auditor_works_at_the_settings(
    qtbot: QtBot, started: list[Program], settings: Settings, clock: SetClock, sample: Plan
) -> None:
    program = start(started, settings, clock)
    sign_in(qtbot, program, "100402", pin_of(sample, "100402"), "admin")
    qtbot.waitUntil(lambda: isinstance(program.window, AdminWindow), timeout=10_000)
    window = program.window
    assert isinstance(window, AdminWindow)
    assert {"audit", "permissions"} <= set(window.pages)
    assert not {"staff", "services", "counters", "branch"} & set(window.pages)
