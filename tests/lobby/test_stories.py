"""A ticket's story and a day's judgement as a branch at work has them, on both stores."""

from __future__ import annotations

from branch.catalogue.commands import ChangeClass
from branch.lobby.commands.arrivals import Issue, Leave, Return, SetClass
from branch.lobby.commands.calling import (
    CallNext,
    CallTicket,
    Finish,
    Hold,
    NoShow,
    Recall,
    Resume,
    Transfer,
    Undo,
)
from branch.lobby.commands.counters import SetCounterServices
from branch.lobby.commands.day import CloseDay
from branch.lobby.queries.fairness import day_fairness, ticket_fairness
from tests.lobby.hall import Hall

MINUTE = 60_000
TODAY, TOMORROW = "2026-11-20", "2026-11-21"


def told(hall: Hall, ticket: int) -> list[tuple[str, str]]:
    found = ticket_fairness(hall.store, ticket)
    assert found is not None
    return [(call.number, str(call.reason)) for call in found.story.before]


def test_a_ticket_or_a_day_that_never_was(hall: Hall) -> None:
    assert ticket_fairness(hall.store, 1) is None
    assert day_fairness(hall.store, TODAY) is None
    hall.issue()
    assert day_fairness(hall.store, TOMORROW) is None


def test_the_story_of_a_ticket_at_the_branch(hall: Hall) -> None:
    hall.open(1, 6)
    first = hall.issue("P01")
    hall.wait(minutes=1)
    waits = hall.issue("P01")
    hall.wait(minutes=4)
    elderly = hall.issue("P01", "elderly")
    other = hall.issue("P01")
    hall.at(1, CallNext(1))
    hall.at(1, CallNext(1))
    hall.at(1, Finish(1))
    hall.lobby(CallTicket(other.id, 1, "other", "带着发烧的孩子"))
    hall.at(1, CallNext(1))
    assert told(hall, waits.id) == [
        (elderly.number, "credit"),
        (first.number, "earlier"),
        (other.number, "by_hand"),
    ]
    found = ticket_fairness(hall.store, waits.id)
    assert found is not None
    hand = found.story.before[-1]
    assert found.names[hand.staff] == "李静"
    assert found.texts == {hand.revision: "带着发烧的孩子"}
    assert found.services[hand.service].zh
    assert (found.day, found.story.until) == (TODAY, hall.clock.now_ms())
    assert (found.story.bound, found.story.elderly) == (45 * MINUTE, 30 * MINUTE)
    day = day_fairness(hall.store, TODAY)
    assert day is not None
    # The elderly customer overtook both who had come before.
    assert (day.overtaken, day.longest) == (2, 5 * MINUTE)
    assert [(row.klass, row.times, row.longest) for row in day.by_class] == [
        ("elderly", 2, 5 * MINUTE)
    ]
    assert [
        (h.number, day.names[h.staff], day.texts[h.revision]) for h in day.judgement.by_hand
    ] == [(other.number, "李静", "带着发烧的孩子")]


def test_a_step_taken_back_leaves_the_place_and_the_pin_as_they_were(hall: Hall) -> None:
    hall.open(1, 2)
    ticket = hall.serving(1)
    hall.at(1, Transfer(1, pin=2))
    hall.at(1, Undo(ticket))
    hall.at(1, Hold(1, "fill_form"))
    hall.lobby(Resume(ticket))
    later = hall.issue("P01")
    # Sent nowhere any more: the first counter that is free takes him, before the later one.
    called = hall.call(1)
    assert called is not None
    assert called.id == ticket
    assert told(hall, later.id) == [(called.number, "kept_place")]
    day = day_fairness(hall.store, TODAY)
    assert day is not None
    assert (day.judgement.overtakings, day.judgement.out_of_order) == ([], [])


def test_a_transfer_taken_back_leaves_him_sent_where_he_was(hall: Hall) -> None:
    hall.open(1, 2)
    ticket = hall.serving(1)
    hall.at(1, Transfer(1, pin=2))
    hall.call(2)
    hall.at(2, Transfer(2, pin=1))
    hall.at(2, Undo(ticket))
    hall.at(2, Hold(2, "fill_form"))
    hall.lobby(Resume(ticket))
    later = hall.issue("P01")
    called = hall.call(1)
    assert called is not None
    assert called.id == later.id
    assert told(hall, ticket) == [(later.number, "pinned")]


def test_a_miss_and_a_return_are_told_with_the_time_away(hall: Hall) -> None:
    hall.open(1)
    ticket = hall.issue("P01").id
    hall.call(1)
    hall.wait(5)
    hall.at(1, Recall(1))
    hall.at(1, NoShow(1))
    hall.wait(minutes=10)
    other = hall.issue("P01")
    hall.wait(minutes=10)
    hall.lobby(Return(ticket))
    called = hall.call(1)
    assert called is not None
    assert called.id == other.id
    assert told(hall, ticket) == [(other.number, "away")]
    found = ticket_fairness(hall.store, ticket)
    assert found is not None
    assert found.story.before[0].away == 20 * MINUTE + 5_000


def test_a_class_set_at_the_desk_explains_the_call(hall: Hall) -> None:
    hall.open(1)
    first = hall.issue("P01")
    hall.wait(minutes=10)
    second = hall.issue("P01")
    hall.lobby(SetClass(second.id, frozenset({"assisted"})))
    hall.call(1)
    found = ticket_fairness(hall.store, first.id)
    assert found is not None
    (call,) = found.story.before
    assert (call.number, call.klass, call.credit) == (second.number, "assisted", 45)


def test_who_left_has_a_story_that_ends_there(hall: Hall) -> None:
    hall.open(1)
    hall.issue("P01")
    gone = hall.issue("P01")
    hall.call(1)
    hall.wait(minutes=3)
    hall.lobby(Leave(gone.id))
    left = hall.clock.now_ms()
    hall.wait(minutes=3)
    hall.issue("P01")
    hall.call(1)
    found = ticket_fairness(hall.store, gone.id)
    assert found is not None
    assert (len(found.story.before), found.story.until) == (1, left)


def test_a_past_day_is_judged_by_the_credits_and_services_of_that_day(hall: Hall) -> None:
    hall.open(1, 6)
    waits = hall.issue("P01")
    hall.wait(minutes=20)
    elderly = hall.issue("P01", "elderly")
    hall.call(1)
    hall.at(1, Finish(1))
    before = day_fairness(hall.store, TODAY)
    hall.lobby(CloseDay())
    hall.by("100201", "settings", ChangeClass("elderly", 0, 10))
    hall.by("100201", "settings", ChangeClass("assisted", 120, 10))
    hall.by("100201", "settings", ChangeClass("assisted", 60, 10))
    hall.lobby(SetCounterServices(1, frozenset({"P05"})))
    hall.wait(minutes=24 * 60)
    hall.open(1)
    hall.issue("P05", "assisted")
    assert day_fairness(hall.store, TODAY) == before
    assert before is not None
    assert before.judgement.bound == 45 * MINUTE
    assert told(hall, waits.id) == [(elderly.number, "credit")]
    after = day_fairness(hall.store, TOMORROW)
    assert after is not None
    assert after.judgement.bound == 60 * MINUTE


def test_a_kiosk_ticket_is_judged_like_any_other(hall: Hall) -> None:
    hall.open(1)
    hall.kiosk(Issue("P01"))
    hall.wait(minutes=2)
    early = hall.kiosk(Issue("P01", frozenset({"vip"})))
    called = hall.call(1)
    assert called is not None
    assert called.id == early.id
    day = day_fairness(hall.store, TODAY)
    assert day is not None
    assert [(o.number, o.by) for o in day.judgement.overtakings] == [(early.number, 2 * MINUTE)]
