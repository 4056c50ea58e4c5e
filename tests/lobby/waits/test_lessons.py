"""A closed day's lesson: what it says, what it leaves out, and the text that keeps it."""

from __future__ import annotations

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from branch.catalogue.queries import credits
from branch.lobby.commands.arrivals import Issue
from branch.lobby.commands.calling import CallTicket, Finish, Hold, NoShow, Recall, Resume, Transfer
from branch.lobby.commands.counters import CloseCounter, OpenCounter, PauseCounter
from branch.lobby.commands.day import CloseDay
from branch.lobby.day_record import DayRecord, Shift
from branch.lobby.queries.waits import day_record, midnight, planned_breaks
from branch.lobby.waits.history import PastArrival, PastDay, PastService
from branch.lobby.waits.lessons import from_text, is_planned, lesson, to_text
from tests.conftest import SHANGHAI
from tests.lobby.hall import Hall

TODAY = "2026-11-20"
MINUTE = 60_000
NINE = 9 * 60 * MINUTE

CODE = st.text(min_size=1, max_size=8)
SPAN = st.integers(0, 10**8)


@given(
    st.builds(
        PastDay,
        st.lists(st.builds(PastService, CODE, CODE, SPAN)).map(tuple),
        st.lists(st.builds(PastArrival, SPAN, CODE, CODE, st.none() | st.integers())).map(tuple),
        st.lists(SPAN).map(tuple),
        SPAN,
    )
)
def test_a_lesson_comes_back_as_it_was_kept(day: PastDay) -> None:
    assert from_text(to_text(day)) == day


def taught(hall: Hall) -> PastDay:
    return lesson(
        day_record(hall.store, TODAY),
        credits(hall.store),
        planned_breaks(hall.store),
        midnight(TODAY, SHANGHAI),
    )


def test_a_day_without_anybody_teaches_nothing(hall: Hall) -> None:
    assert taught(hall) == PastDay((), ())
    assert lesson(DayRecord(), {}, {}, 0) == PastDay((), ())


def test_services_arrivals_and_hours(hall: Hall) -> None:
    hall.open(1)
    hall.issue("P01", "elderly", "vip")
    slot = hall.clock.now_ms() + 25 * MINUTE
    hall.wait(minutes=1)
    hall.issue("P01", "appointment", slot=slot)
    hall.call(1)
    hall.wait(minutes=6)
    hall.call(1)
    hall.wait(minutes=4)
    hall.at(1, Finish(1))
    hall.issue("P22")
    hall.at(1, CloseCounter(1))
    assert taught(hall) == PastDay(
        (
            PastService("P01", "elderly", 6 * MINUTE),
            PastService("P01", "appointment", 4 * MINUTE),
        ),
        (
            PastArrival(NINE, "elderly", "P01"),
            PastArrival(NINE + MINUTE, "appointment", "P01", 24 * MINUTE),
            PastArrival(NINE + 11 * MINUTE, "ordinary", "P22"),
        ),
        (),
        11 * MINUTE,
    )


def test_every_time_at_a_counter_counts_however_it_ended(hall: Hall) -> None:
    """Missed, held and transferred ones keep a counter too; the arrival was for the first."""
    hall.open(1, 4)
    ticket = hall.missed(1)
    hall.wait(minutes=1)
    other = hall.serving(1, "P07")
    hall.wait(minutes=2)
    hall.at(1, Hold(1, "fill_form"))
    hall.lobby(Resume(other))
    hall.lobby(CallTicket(other, 1, "care"))
    hall.wait(minutes=3)
    hall.at(1, Transfer(1, "P05", 4))
    hall.call(4)
    hall.wait(minutes=4)
    hall.at(4, Finish(4))
    busy = [(done.service, done.busy) for done in taught(hall).services]
    assert busy == [
        ("P01", 5_000),
        ("P07", 2 * MINUTE),
        ("P07", 3 * MINUTE),
        ("P05", 4 * MINUTE),
    ]
    assert [arrival.service for arrival in taught(hall).arrivals] == ["P01", "P07"]
    assert hall.row(ticket).state == "missed"


def test_somebody_still_at_a_counter_teaches_nothing_yet(hall: Hall) -> None:
    hall.open(1)
    hall.serving(1)
    assert taught(hall).services == ()
    assert taught(hall).open_for == 0  # an open counter's hours count when they are over


# -- breaks -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("state", "reason", "minute", "planned"),
    [
        ("paused", "break", 690, True),  # 11:30, as planned
        ("paused", "break", 645, True),
        ("paused", "break", 735, True),
        ("paused", "break", 644, False),
        ("paused", "break", 736, False),
        ("paused", "cash", 690, False),
        ("open", "break", 690, False),
    ],
)
def test_which_pause_is_the_planned_break(
    state: str, reason: str, minute: int, planned: bool
) -> None:
    breaks = {1: (690 * MINUTE, 730 * MINUTE)}
    shift = Shift(state, 1_000 + minute * MINUTE, reason)
    assert is_planned(shift, 1, breaks, 1_000) is planned
    assert not is_planned(shift, 2, breaks, 1_000)


def test_pauses_nobody_planned(hall: Hall) -> None:
    assert planned_breaks(hall.store)[1] == (690 * MINUTE, 730 * MINUTE)
    hall.open(1)
    for minutes, reason, length in (
        (30, "cash", 7),  # 9:30
        (60, "break", 12),  # 10:37, too early for the planned one
        (50, "break", 35),  # 11:39, the planned one
        (30, "meeting", 121),  # gone for something else
    ):
        hall.wait(minutes=minutes)
        hall.at(1, PauseCounter(1, reason))
        hall.wait(minutes=length)
        hall.at(1, OpenCounter(1))
    hall.wait(minutes=10)
    hall.at(1, PauseCounter(1, "cash"))  # and never came back
    hall.at(1, CloseCounter(1))
    assert taught(hall).pauses == (7 * MINUTE, 12 * MINUTE, 0)
    assert taught(hall).open_for == (30 + 60 + 50 + 30 + 10) * MINUTE


# -- what is kept of people -------------------------------------------------------------------


def test_a_kept_lesson_tells_codes_and_times_only(hall: Hall) -> None:
    hall.open(1)
    care = frozenset({"read_aloud", "sign_language", "companion"})
    issued = hall.lobby(Issue("P01", frozenset({"assisted"}), care, language="en"))
    hall.lobby(CallTicket(issued.id, 1, "other", "王女士身体不适"))
    hall.wait(5)
    hall.at(1, Recall(1))
    hall.at(1, NoShow(1))
    hall.lobby(CloseDay())
    ((text,),) = hall.store.rows("SELECT data FROM lesson", ())
    kept = json.loads(text)
    assert set(kept) == {"services", "arrivals", "pauses", "open_for"}
    words = set(re.findall(r'"([^"]*)"', text)) - set(kept)
    assert words == {"P01", "assisted"}
    assert issued.number not in text
