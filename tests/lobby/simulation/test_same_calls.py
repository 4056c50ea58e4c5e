"""The same day through the commands and through the simulation: the same calls, one by one."""

from __future__ import annotations

import json
import random
import shutil
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from branch.bootstrap import open_branch
from branch.catalogue.queries import credits
from branch.kernel import journal
from branch.kernel.clock import MS_PER_SECOND, SetClock
from branch.lobby.queries.waits import day_record
from branch.lobby.whatif import calls_again
from tests.conftest import OPENING
from tests.lobby.hall import Hall
from tests.lobby.simulation.lobby_day import Call, Customer, LobbyDay, Shop, shop_of_chance

TRACE = Path(__file__).parents[2] / "data" / "day_trace.json"
TODAY = "2026-11-20"


def journalled(hall: Hall) -> list[Call]:
    """The calls that the journal tells of."""
    return [
        (entry.at, int(entry.subject), int(str(entry.data["counter"])))
        for entry in hall.entries
        if entry.what == "ticket.called"
    ]


def play(hall: Hall, seed: int) -> LobbyDay:
    """A day of chance through the commands, its calls beside the journal's."""
    chance = random.Random(seed)
    day = LobbyDay(hall, shop_of_chance(chance, OPENING), chance)
    assert day.play() == journalled(hall)
    assert isinstance(journal.verify(hall.store), int)
    return day


@pytest.mark.parametrize("seed", range(1, 5))
def test_a_day_of_chance_has_the_same_calls(hall: Hall, seed: int) -> None:
    day = play(hall, seed)
    calls = journalled(hall)
    assert len(calls) > 40
    assert day.simulated() == calls
    # And once more from the journal alone.
    assert calls_again(day_record(hall.store, TODAY), {}, credits(hall.store)) == calls


@settings(max_examples=15)
@given(seed=st.integers(0, 10**9))
def test_any_day_has_the_same_calls(sample_file: Path, seed: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "branch.db"
        shutil.copy(sample_file, path)
        clock = SetClock(OPENING)
        branch = open_branch(f"sqlite:///{path}", clock)
        hall = Hall(branch, clock)
        day = play(hall, seed)
        calls = journalled(hall)
        assert day.simulated() == calls
        assert calls_again(day_record(hall.store, TODAY), {}, credits(hall.store)) == calls
        branch.close()


# The trace's own names for what the sample branch has.
SERVICES = {"cash": "P01", "payments": "P05", "cards": "P03", "loans": "P22", "business": "P11"}
CLASSES = {"disabled": "assisted"}


def test_the_trace_through_the_commands_to_the_second(hall: Hall) -> None:
    loaded = json.loads(TRACE.read_text(encoding="utf-8"))
    (trace,) = loaded["traces"]
    worth = credits(hall.store)
    for klass, minutes in loaded["credits_min"].items():
        assert worth[CLASSES.get(klass, klass)] == minutes

    def at(second: int) -> int:
        return OPENING + second * MS_PER_SECOND

    shop = Shop(
        OPENING,
        {
            item["number"]: frozenset(SERVICES[name] for name in item["services"])
            for item in trace["counters"]
        },
        {
            item["number"]: [
                (at(start), length * MS_PER_SECOND) for start, length in item["breaks_s"]
            ]
            for item in trace["counters"]
        },
        [],
        [
            Customer(
                at(row["issue_s"]),
                SERVICES[row["service"]],
                frozenset({CLASSES.get(row["cls"], row["cls"])}),
                at(row["slot_s"]) if "slot_s" in row else None,
                ((row["busy_s"] * MS_PER_SECOND, "miss" if row["no_show"] else "finish"),),
            )
            for row in trace["tickets"]
        ],
    )
    day = LobbyDay(hall, shop, random.Random(1))
    day.play()
    names = {visit: row["ticket"] for visit, row in zip(day.visits, trace["tickets"], strict=True)}
    assert [
        [names[ticket], counter, (instant - OPENING) // MS_PER_SECOND]
        for instant, ticket, counter in journalled(hall)
    ] == trace["expected_calls"]
