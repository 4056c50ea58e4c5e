"""Appointments: booked ahead, brought as six digits, placed from their slot, used once."""

from __future__ import annotations

import pytest

from branch.kernel.errors import BadInput, NotFound, RuleBroken
from branch.lobby.commands.arrivals import Issue
from branch.lobby.commands.bookings import Book
from tests.conftest import OPENING
from tests.lobby.hall import Hall

MINUTE = 60_000
TEN = OPENING + 60 * MINUTE


def test_a_booking_becomes_a_ticket_placed_from_its_slot(hall: Hall) -> None:
    code = hall.lobby(Book("P13", TEN))
    assert len(code) == 6
    assert code.isdecimal()
    hall.wait(minutes=40)
    issued = hall.kiosk(Issue("", booking=code))
    row = hall.row(issued.id)
    assert (issued.number, row.service, row.slot) == ("F001", "P13", TEN)
    assert row.classes == "appointment"
    assert row.order_key == TEN - 30 * MINUTE


@pytest.mark.parametrize(("comes_min", "key_min"), [(0, 0), (29, 29), (31, 30), (60, 30), (75, 45)])
def test_early_is_a_walk_in_and_late_keeps_the_credit(
    hall: Hall, comes_min: int, key_min: int
) -> None:
    code = hall.lobby(Book("P13", TEN))
    hall.wait(minutes=comes_min)
    assert hall.kiosk(Issue("", booking=code)).order_key == OPENING + key_min * MINUTE


def test_another_class_counts_beside_the_appointment(hall: Hall) -> None:
    code = hall.lobby(Book("P13", TEN))
    issued = hall.lobby(Issue("", frozenset({"assisted"}), booking=code))
    assert issued.order_key == OPENING - 45 * MINUTE
    assert hall.row(issued.id).classes == "appointment,assisted"


@pytest.mark.parametrize("typed", ["{code}", " {code} ", "{code}\n"])
def test_a_booking_is_used_once_however_it_is_typed(hall: Hall, typed: str) -> None:
    code = hall.lobby(Book("P13", TEN))
    hall.kiosk(Issue("", booking=typed.format(code=code)))
    for again in (code, f" {code}"):
        with pytest.raises(RuleBroken, match="booking_used"):
            hall.kiosk(Issue("", booking=again))
    assert len(hall.line()) == 1


def test_a_ticket_that_failed_leaves_the_booking_unused(hall: Hall) -> None:
    code = hall.lobby(Book("P13", TEN))
    with pytest.raises(BadInput, match="class_unknown"):
        hall.lobby(Issue("", frozenset({"royal"}), booking=code))
    assert hall.kiosk(Issue("", booking=code)).number == "F001"


def test_a_booking_of_another_day_is_not_found_today(hall: Hall) -> None:
    tomorrow = hall.lobby(Book("P13", TEN + 24 * 60 * MINUTE))
    with pytest.raises(BadInput, match="booking_unknown"):
        hall.kiosk(Issue("", booking=tomorrow))
    hall.wait(minutes=24 * 60)
    assert hall.kiosk(Issue("", booking=tomorrow)).number == "F001"


def test_a_booking_missed_yesterday_is_over(hall: Hall) -> None:
    code = hall.lobby(Book("P13", TEN))
    hall.wait(minutes=24 * 60)
    with pytest.raises(BadInput, match="booking_unknown"):
        hall.kiosk(Issue("", booking=code))


@pytest.mark.parametrize("slot", [OPENING, OPENING - 1, 0])
def test_nobody_books_the_past(hall: Hall, slot: int) -> None:
    with pytest.raises(BadInput, match="slot_past") as refused:
        hall.lobby(Book("P13", slot))
    assert refused.value.field == "slot"


@pytest.mark.parametrize("service", ["P99", "", "P13"])
def test_nobody_books_what_is_not_offered(hall: Hall, service: str) -> None:
    hall.store.touch("UPDATE service SET active = NOT active WHERE code = 'P13'", ())
    with pytest.raises(NotFound, match="service_unknown"):
        hall.lobby(Book(service, TEN))


def test_codes_differ_and_stay_out_of_the_journal(hall: Hall) -> None:
    codes = [hall.lobby(Book("P13", TEN)) for _ in range(50)]
    assert len(set(codes)) == 50
    facts = [entry for entry in hall.entries if entry.what == "booking.made"]
    assert {entry.subject for entry in facts} == {"2026-11-20"}
    assert [entry.data for entry in facts] == [{"service": "P13", "slot": TEN}] * 50


def test_booking_ahead_does_not_open_the_day(hall: Hall) -> None:
    hall.lobby(Book("P13", TEN))
    assert "day.opened" not in hall.facts()


@pytest.mark.parametrize("years", [2, 10_000_000])
def test_a_slot_beyond_a_year_is_refused(hall: Hall, years: int) -> None:
    with pytest.raises(BadInput, match="slot_far"):
        hall.lobby(Book("P13", OPENING + years * 366 * 24 * 60 * MINUTE))
