"""Who leaves or loses a role is back at the door at once, on every station he is signed in at."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from branch.bootstrap import Branch
from branch.people.commands import ChangeStaff
from branch.people.queries import account_id
from ui.shell.standing import Standing
from ui.shell.station import Station

Run = Callable[[str, str, object], Any]
TELLER = frozenset({"teller"})


@pytest.fixture
def teller(other: Branch) -> int:
    staff = account_id(other.store, "100482")
    assert staff is not None
    return staff


@pytest.mark.parametrize(
    ("roles", "active"),
    [(TELLER, False), (frozenset({"guard"}), True), (frozenset({"guard"}), False)],
)
def test_it_ends_with_the_account_or_the_role(
    qtbot: QtBot,
    station_for: Callable[[str, str], Station],
    run: Run,
    teller: int,
    roles: frozenset[str],
    active: bool,
) -> None:
    standing = Standing(station_for("counter-1", "100482"))
    with qtbot.waitSignal(standing.ended):
        run("100001", "admin", ChangeStaff(teller, "王敏", roles, active))


def test_it_stays_through_other_changes(
    qtbot: QtBot, station_for: Callable[[str, str], Station], run: Run, teller: int
) -> None:
    station = station_for("counter-1", "100482")
    standing = Standing(station)
    ended: list[bool] = []
    standing.ended.connect(lambda: ended.append(True))
    for roles in (TELLER | {"adviser"}, TELLER):
        with qtbot.waitSignal(station.changed):
            run("100001", "admin", ChangeStaff(teller, "王小敏", roles, True))
    answered: list[bool] = []
    station.ask(standing, lambda _store: True, answered.append)
    qtbot.waitUntil(lambda: answered == [True])
    assert ended == []
