"""Why somebody was called first and how far that may go, by journals written by hand."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from branch.kernel.journal import Data, Entry
from branch.lobby.fairness import Judgement, Reason, Story, judge_day, story
from tests.conftest import OPENING

MINUTE = 60_000
CREDITS = {"ordinary": 0, "elderly": 30, "assisted": 45}
# Counter 1 does cash, 2 everything, 3 loans.
SERVICES = {1: frozenset({"cash"}), 2: frozenset({"cash", "loan"}), 3: frozenset({"loan"})}
TODAY = "2026-11-20"


class Book:
    """A day's journal as somebody writes it who need not keep to the rules."""

    def __init__(self) -> None:
        self.now = OPENING
        self.entries: list[Entry] = []
        self.keys: dict[int, int] = {}
        self.note("day.opened", TODAY)

    def note(self, what: str, subject: int | str, staff: int = 1, **data: object) -> Entry:
        kept: Data = data  # type: ignore[assignment]
        revision = len(self.entries) + 1
        entry = Entry(revision, self.now, "desk", staff, what, str(subject), dict(kept), "")
        self.entries.append(entry)
        return entry

    def after(self, minutes: float) -> Book:
        self.now += round(minutes * MINUTE)
        return self

    def issue(self, ticket: int, klass: str = "ordinary", service: str = "cash") -> Entry:
        """A ticket with the key that the credits of the beginning give."""
        self.keys[ticket] = self.now - CREDITS[klass] * MINUTE
        return self.note(
            "ticket.issued",
            ticket,
            number=f"A{ticket:03d}",
            service=service,
            classes=[klass],
            slot=None,
            key=self.keys[ticket],
            visit=None,
        )

    def call(self, ticket: int, counter: int = 1, by_hand: str = "", staff: int = 1) -> Entry:
        more = {"by_hand": by_hand} if by_hand else {}
        return self.note("ticket.called", ticket, staff, counter=counter, service="cash", **more)

    def missed(self, ticket: int, away: float, counter: int = 1) -> None:
        """Called, not there, and back after some minutes."""
        self.call(ticket, counter)
        self.note("ticket.missed", ticket, counter=counter)
        self.after(away)
        self.keys[ticket] += round(away * MINUTE)
        self.note("ticket.returned", ticket, key=self.keys[ticket])

    def story(self, ticket: int) -> Story:
        told = story(self.entries, SERVICES, CREDITS, ticket)
        assert told is not None
        return told

    def why(self, ticket: int) -> list[tuple[str, Reason]]:
        return [(call.number, call.reason) for call in self.story(ticket).before]

    def judged(self) -> Judgement:
        return judge_day(self.entries, SERVICES, CREDITS)


@pytest.fixture
def book() -> Book:
    return Book()


# -- one reason each --------------------------------------------------------------------------


def test_who_came_earlier(book: Book) -> None:
    book.issue(1)
    book.after(1).issue(2)
    book.after(1).call(1)
    book.call(2)
    assert book.why(2) == [("A001", Reason.EARLIER)]
    assert book.why(1) == []
    assert book.story(2).before[0].later == -MINUTE
    assert book.judged().overtakings == []


def test_who_counts_as_having_come_earlier(book: Book) -> None:
    book.issue(1)
    book.after(29).issue(2, "elderly")
    book.after(1).call(2)
    (call,) = book.story(1).before
    assert (call.reason, call.klass, call.credit) == (Reason.CREDIT, "elderly", 30)
    assert call.later == 29 * MINUTE
    (overtaking,) = book.judged().overtakings
    assert (overtaking.ticket, overtaking.overtaken, overtaking.by) == (2, 1, 29 * MINUTE)
    assert overtaking.bound == 45 * MINUTE


def test_another_counter_does_not_do_what_he_came_for(book: Book) -> None:
    book.issue(1)
    book.after(1).issue(2, service="loan")
    book.call(2, counter=3)
    assert book.why(1) == [("A002", Reason.OTHER_COUNTER)]
    assert book.judged().overtakings == []


def test_a_call_by_hand_says_who_and_why(book: Book) -> None:
    book.issue(1)
    book.after(1).issue(2)
    book.after(90).issue(3)
    hand = book.call(3, by_hand="unwell", staff=7)
    (call,) = book.story(1).before
    assert (call.reason, call.staff, call.code, call.revision) == (
        Reason.BY_HAND,
        7,
        "unwell",
        hand.revision,
    )
    judged = book.judged()
    assert (judged.overtakings, judged.exceeded, judged.out_of_order) == ([], [], [])
    (listed,) = judged.by_hand
    assert (listed.number, listed.staff, listed.code, listed.passed) == ("A003", 7, "unwell", 2)


def test_a_call_by_hand_that_was_his_turn_passed_nobody(book: Book) -> None:
    book.issue(1)
    book.after(1).issue(2)
    book.call(1, by_hand="care")
    assert [hand.passed for hand in book.judged().by_hand] == [0]
    # Whatever else would explain it: somebody decided it, and that is what is told.
    assert book.why(2) == [("A001", Reason.BY_HAND)]


def again_after_a_miss(book: Book) -> None:
    book.missed(2, away=3)


def again_after_a_hold(book: Book) -> None:
    book.call(2)
    book.note("ticket.held", 2, counter=1, reason="fill_form")
    book.after(20).note("ticket.resumed", 2)


def again_after_a_transfer(book: Book) -> None:
    book.call(2, counter=2)
    book.note("ticket.transferred", 2, counter=2, service="cash", pin=1)


@pytest.mark.parametrize("again", [again_after_a_miss, again_after_a_hold, again_after_a_transfer])
def test_who_had_been_called_before_keeps_his_place(
    book: Book, again: Callable[[Book], None]
) -> None:
    book.issue(2)
    book.after(5).issue(1)
    again(book)
    book.call(2)
    assert book.why(1) == [("A002", Reason.EARLIER), ("A002", Reason.KEPT_PLACE)]
    book.note("ticket.finished", 2, counter=1)
    book.call(1)
    assert book.judged().overtakings == []
    assert book.judged().out_of_order == []


def test_an_overtaking_counts_once_however_often_he_is_called(book: Book) -> None:
    book.issue(1)
    book.after(5).issue(2, "elderly")
    again_after_a_hold(book)
    book.call(2)
    assert book.why(1) == [("A002", Reason.CREDIT), ("A002", Reason.KEPT_PLACE)]
    assert [overtaking.ticket for overtaking in book.judged().overtakings] == [2]


def test_the_time_away_is_told_of_who_was_away(book: Book) -> None:
    book.issue(1)
    book.missed(1, away=20)
    book.issue(2)
    book.after(1).issue(3)
    # Put back by 20 minutes, the first now stands where the second does, ahead by his number.
    book.missed(1, away=5)
    book.call(2)
    (call,) = book.story(1).before
    assert (call.reason, call.away) == (Reason.AWAY, 25 * MINUTE)
    assert book.judged().overtakings == []


def test_a_better_class_makes_the_time_away_forgotten(book: Book) -> None:
    book.issue(1)
    book.missed(1, away=14)
    better = OPENING - 30 * MINUTE
    book.note("ticket.class_set", 1, classes=["elderly"], slot=None, key=better)
    # A minute ahead of the better key, but not of what it would be without the time away.
    book.issue(2, "assisted")
    book.call(2)
    assert book.why(1) == [("A002", Reason.CREDIT)]


def test_a_customer_sent_to_one_counter_waits_for_that_one(book: Book) -> None:
    book.issue(1)
    book.call(1, counter=1)
    book.note("ticket.transferred", 1, counter=1, service="cash", pin=2)
    book.after(1).issue(2)
    book.call(2, counter=1)
    assert book.why(1) == [("A002", Reason.PINNED)]
    assert book.judged().overtakings == []
    # The counter he was sent to must not pass him over.
    book.issue(3)
    book.call(3, counter=2)
    assert book.why(1)[1:] == [("A003", Reason.OUT_OF_ORDER)]


def test_who_is_at_a_counter_or_aside_is_passed_by_nobody(book: Book) -> None:
    book.issue(1)
    book.call(1)
    book.note("ticket.held", 1, counter=1, reason="fill_form")
    book.after(1).issue(2)
    book.call(2)
    assert book.why(1) == []
    assert book.judged().overtakings == []


def test_equal_keys_go_by_their_numbers(book: Book) -> None:
    book.issue(1, "elderly")
    book.issue(2, "elderly")
    book.call(2)
    book.call(1)
    assert [call.number for call in book.judged().out_of_order] == ["A002"]


# -- how far ----------------------------------------------------------------------------------


def test_a_rule_that_was_broken_is_found_and_shown(book: Book) -> None:
    book.issue(1)
    book.after(44).issue(2, "assisted")
    book.after(2).issue(3)
    book.call(2)
    judged = book.judged()
    assert (len(judged.overtakings), judged.exceeded) == (1, [])
    assert judged.out_of_order == []
    book.call(3)
    judged = book.judged()
    (beyond,) = judged.exceeded
    assert (beyond.ticket, beyond.overtaken) == (3, 1)
    assert (beyond.by, beyond.bound) == (46 * MINUTE, 45 * MINUTE)
    (wrong,) = judged.out_of_order
    assert (wrong.number, wrong.reason) == ("A003", Reason.OUT_OF_ORDER)
    assert book.why(1) == [("A002", Reason.CREDIT), ("A003", Reason.OUT_OF_ORDER)]


def test_a_wrong_order_within_the_bound_is_found_as_well(book: Book) -> None:
    book.issue(1)
    book.after(10).issue(2)
    book.call(2)
    judged = book.judged()
    assert judged.exceeded == []
    assert [call.number for call in judged.out_of_order] == ["A002"]


def credit(book: Book, klass: str, minutes: int, former: int) -> None:
    book.note("catalogue.class_changed", klass, credit=minutes, former=former, target=10)


@pytest.mark.parametrize(
    ("before", "meanwhile", "afterwards", "bound"),
    [
        (None, None, None, 45),
        (90, None, None, 90),
        (10, None, None, 30),
        (None, 60, None, 60),
        (None, 10, None, 45),
        (90, 10, None, 90),
        (None, None, 120, 45),
    ],
)
def test_the_bound_is_the_largest_credit_in_force_since_the_issue(
    book: Book, before: int | None, meanwhile: int | None, afterwards: int | None, bound: int
) -> None:
    if before is not None:
        credit(book, "assisted", before, 45)
    book.issue(1)
    if meanwhile is not None:
        credit(book, "assisted", meanwhile, before or 45)
    book.after(5).issue(2, "elderly")
    book.call(2)
    if afterwards is not None:
        credit(book, "assisted", afterwards, 45)
    (overtaking,) = book.judged().overtakings
    assert overtaking.bound == bound * MINUTE
    book.call(1)
    largest = max(45, before or 0, meanwhile or 0, afterwards or 0)
    assert book.judged().bound == largest * MINUTE


def test_a_clock_that_is_put_back_makes_nobody_overtake_too_far(book: Book) -> None:
    book.issue(1)
    credit(book, "elderly", 90, 30)
    book.after(-60).issue(2)
    book.call(2)
    (overtaking,) = book.judged().overtakings
    assert (overtaking.by, overtaking.bound) == (-60 * MINUTE, 90 * MINUTE)
    assert book.judged().exceeded == []


def test_a_better_class_counts_from_the_call_it_was_set_before(book: Book) -> None:
    book.issue(1)
    book.after(10).issue(2)
    key = book.keys[2] - 30 * MINUTE
    book.note("ticket.class_set", 2, classes=["elderly"], slot=None, key=key)
    book.call(2)
    (call,) = book.story(1).before
    assert (call.reason, call.klass, call.credit) == (Reason.CREDIT, "elderly", 30)


def test_what_a_counter_does_counts_from_its_next_call(book: Book) -> None:
    book.issue(1)
    book.after(1).issue(2, service="loan")
    book.call(2, counter=3)
    book.note("counter.services_set", 3, services=["cash", "loan"])
    book.issue(3, "elderly")
    book.call(3, counter=3)
    assert book.why(1) == [("A002", Reason.OTHER_COUNTER), ("A003", Reason.CREDIT)]


def test_nobody_has_a_story_without_a_ticket(book: Book) -> None:
    assert story(book.entries, SERVICES, CREDITS, 1) is None
