"""The program is killed two hundred times at random moments: nothing acknowledged is lost."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from branch.kernel import journal
from branch.kernel.clock import SetClock
from branch.kernel.file_head import head_of
from branch.kernel.runner import Actor
from branch.lobby.commands.counters import OpenCounter
from branch.lobby.queries.summary import day_summary
from branch.people.queries import account_id
from tests.conftest import OPENING
from tests.keyed import keyed
from tests.races.workers import Place

ROOT = Path(__file__).parents[2]
DEATHS = 200


@pytest.mark.skipif(os.name != "posix", reason="needs fork and SIGKILL, which only POSIX has")
@pytest.mark.parametrize("encrypted", [False, True], ids=["plain", "encrypted"])
def test_two_hundred_deaths_lose_nothing(sqlite_url: str, tmp_path: Path, encrypted: bool) -> None:
    place = Place(sqlite_url)
    if encrypted:
        place = Place(keyed(sqlite_url, tmp_path / "config").url, str(tmp_path / "config"))
        assert head_of(tmp_path / "branch.db").kind == "encrypted"
    branch = place.open(SetClock(OPENING))
    staff = account_id(branch.store, "100482")
    assert staff is not None
    branch.run(OpenCounter(1), Actor(staff, "counter-1"))
    branch.close()
    chance = random.Random(20261120)
    acknowledged: dict[int, str] = {}
    called: set[int] = set()
    with subprocess.Popen(
        [sys.executable, "-m", "tests.races.crash_child", place.url, place.keys],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as spawner:
        assert spawner.stdin is not None
        assert spawner.stdout is not None
        for death in range(DEATHS):
            now = OPENING + death * 60_000
            spawner.stdin.write(f"{now} {death} {chance.uniform(0.02, 0.12):.4f}\n")
            spawner.stdin.flush()
            while (line := spawner.stdout.readline().split()) != ["killed"]:
                assert line, "the spawner lives"
                if line[0] == "issued" and len(line) == 3:
                    acknowledged[int(line[1])] = line[2]
                elif line[0] == "called":
                    called.add(int(line[1]))
            again = place.open(SetClock(now))
            rows = dict(
                again.store.database.execute_sql("SELECT id, number FROM ticket").fetchall()
            )
            assert acknowledged.items() <= rows.items(), f"lost after death {death}"
            assert len(set(rows.values())) == len(rows), f"a number twice after death {death}"
            waiting = {
                row[0]
                for row in again.store.database.execute_sql(
                    "SELECT id FROM ticket WHERE state = 'waiting'"
                ).fetchall()
            }
            assert not called & waiting, f"a call forgotten after death {death}"
            assert journal.verify(again.store) == journal.head(again.store)[0], death
            again.close()
        spawner.stdin.close()
        spawner.wait(timeout=10)
    assert len(acknowledged) >= DEATHS, "the branch was at work when it was killed"
    totals_agree(place, acknowledged)


def totals_agree(place: Place, acknowledged: dict[int, str]) -> None:
    """Tickets, journal and summary tell of the same day, and no number is left out."""
    branch = place.open(SetClock(OPENING + DEATHS * 60_000))
    rows = branch.store.rows("SELECT id, number, state FROM ticket ORDER BY id", ())
    assert [number for _, number, _ in rows] == [f"A{n:03d}" for n in range(1, len(rows) + 1)]
    # A step may have been kept without having been told: one at most for each death.
    assert len(acknowledged) <= len(rows) <= len(acknowledged) + DEATHS
    summary = day_summary(branch.store, "2026-11-20")
    assert summary is not None
    states = Counter(state for _, _, state in rows)
    assert (summary.issued, summary.served, summary.waiting) == (
        len(rows),
        states["finished"],
        states["waiting"] + states["called"],
    )
    issued = [entry for entry in journal.entries(branch.store) if entry.what == "ticket.issued"]
    assert {int(entry.subject): entry.data["number"] for entry in issued} == {
        ticket: number for ticket, number, _ in rows
    }
    branch.close()
