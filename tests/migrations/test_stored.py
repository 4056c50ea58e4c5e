"""A stored database of every released version opens, upgrades and goes on working."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from branch.bootstrap import Branch, open_branch
from branch.kernel import journal, migrations
from branch.kernel.clock import SetClock
from branch.kernel.migrations import version_of
from branch.kernel.runner import Actor
from branch.lobby.commands.arrivals import Issue
from branch.lobby.commands.calling import FinishAndCall
from branch.lobby.queries.screens import branch_name, console
from branch.lobby.queries.summary import day_summary
from branch.people.commands import SignIn
from branch.people.queries import account_id
from tests.migrations.make_stored import MORNING, PIN, STORED

KEPT = sorted(STORED.glob("v*.db"))
VERSIONS = [int(path.stem.removeprefix("v")) for path in KEPT]
STEPS = sorted(version_of(path.stem) for path in migrations._STEPS.glob("[0-9]*.py"))
TOMORROW = MORNING + 25 * 3_600_000


def test_every_version_has_its_stored_database() -> None:
    assert VERSIONS == STEPS, "run: .venv/bin/python -m tests.migrations.make_stored"


def form_of(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as store:
        found = store.execute("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY sql")
        return [sql for (sql,) in found]


def test_a_released_step_is_not_written_anew(tmp_path: Path) -> None:
    open_branch(f"sqlite:///{tmp_path / 'fresh.db'}", SetClock(MORNING)).close()
    assert form_of(KEPT[-1]) == form_of(tmp_path / "fresh.db"), (
        "a store made by this version has another form than a fresh one: a released step was "
        "edited; add a new step instead"
    )


@pytest.fixture(params=KEPT, ids=lambda path: path.stem)
def old(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Branch]:
    path = tmp_path / "branch.db"
    shutil.copy(request.param, path)
    branch = open_branch(f"sqlite:///{path}", SetClock(TOMORROW))
    yield branch
    branch.close()


def test_nothing_is_lost(old: Branch) -> None:
    assert old.founded
    assert branch_name(old.store).name.zh == "云川银行石桥支行"
    assert isinstance(journal.verify(old.store), int)
    yesterday, today = day_summary(old.store, "2026-11-19"), day_summary(old.store, "2026-11-20")
    assert yesterday is not None
    assert today is not None
    assert (yesterday.issued, yesterday.served, yesterday.left) == (2, 1, 1)
    assert yesterday.ratings == {5: 1}
    assert (today.issued, today.no_shows, today.waiting) == (4, 1, 3)
    picture = console(old.store)
    assert [ticket.number for ticket in picture.held] == ["A003"]
    assert [ticket.number for ticket in picture.missed] == ["A004"]
    assert [ticket.number for ticket in picture.waiting] == ["A002"]
    assert [asked.kind for asked in picture.help] == ["printer"]


def test_work_goes_on(old: Branch) -> None:
    signed_in = old.run(SignIn("200482", PIN), Actor(0, "counter-1")).value
    assert signed_in.name == "王敏"
    teller = Actor(signed_in.staff, "counter-1")
    kiosk = Actor(account_id(old.store, "KIOSK") or 0, "kiosk-1")
    assert old.run(Issue("P01"), kiosk).value.number == "A005"
    assert old.run(FinishAndCall(1), teller).value.number == "A002"
    assert isinstance(journal.verify(old.store), int)
