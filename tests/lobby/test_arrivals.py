"""Greet, triage, issue, print, set the class, return, leave: what each does and refuses."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from branch.kernel.errors import BadInput, NotFound, RuleBroken
from branch.lobby.commands.arrivals import (
    Greet,
    Issue,
    Issued,
    Leave,
    RecordPrint,
    Return,
    SetClass,
    Triage,
)
from branch.lobby.commands.calling import NoShow, Recall
from branch.lobby.queries.screens import console, ticket_by_number
from branch.lobby.queries.waiting import waiting
from branch.lobby.rules import LEAVE_REASONS
from tests.conftest import OPENING
from tests.lobby.hall import Hall

MINUTE = 60_000


def visit(hall: Hall, identity: int) -> tuple[object, ...]:
    """A visit's row: care, classes, service, language, channel, taken, outcome, ticket."""
    found: tuple[object, ...] = hall.store.rows(
        "SELECT care, classes, service, language, channel, channel_taken, outcome, ticket "
        f"FROM visit WHERE id = {identity}",
        (),
    )[0]
    return found


def test_the_first_contact_is_noted_and_opens_the_day(hall: Hall) -> None:
    greeted = hall.lobby(Greet("en"))
    assert visit(hall, greeted) == ("", "", "", "en", "", "", "", None)
    assert hall.facts()[1:] == ["day.opened", "visit.greeted"]
    assert (hall.last.subject, hall.last.data) == (str(greeted), {})


def test_triage_notes_need_service_offer_and_outcome(hall: Hall) -> None:
    greeted = hall.lobby(Greet())
    hall.lobby(
        Triage(
            greeted,
            frozenset({"elderly", "vip"}),
            frozenset({"slow_speech", "seat"}),
            "P01",
            "cash_machine",
            True,
            "self_service",
        )
    )
    assert visit(hall, greeted) == (
        "seat,slow_speech",
        "elderly,vip",
        "P01",
        "zh",
        "cash_machine",
        "yes",
        "self_service",
        None,
    )
    assert hall.last.data == {
        "service": "P01",
        "channel": "cash_machine",
        "taken": "yes",
        "outcome": "self_service",
    }


def test_triage_can_be_corrected(hall: Hall) -> None:
    greeted = hall.lobby(Greet())
    hall.lobby(Triage(greeted, service="P01", channel="cash_machine", channel_taken=False))
    assert visit(hall, greeted)[4:6] == ("cash_machine", "no")
    hall.lobby(Triage(greeted, service="P05"))
    assert visit(hall, greeted)[2:6] == ("P05", "zh", "", "")


@pytest.mark.parametrize(
    ("command", "error", "code"),
    [
        (Greet("klingon"), BadInput, "code_unknown"),
        (Greet("x" * 10_000), BadInput, "code_unknown"),
        (Triage(0), NotFound, "visit_unknown"),
        (Triage(0, service="P99"), NotFound, "service_unknown"),
        (Triage(0, care=frozenset({"wheelchair user"})), BadInput, "code_unknown"),
        (Triage(0, classes=frozenset({"royal"})), BadInput, "code_unknown"),
        (Triage(0, channel="fax"), BadInput, "code_unknown"),
        (Triage(0, channel="客户姓张" * 2_500), BadInput, "code_unknown"),
        (Triage(0, outcome="vanished"), BadInput, "code_unknown"),
    ],
)
def test_a_greeting_that_cannot_stand_is_refused(
    hall: Hall, command: object, error: type[Exception], code: str
) -> None:
    hall.lobby(Greet())
    with pytest.raises(error, match=code):
        hall.lobby(command)
    assert hall.last.what == "command.refused"


def test_a_ticket_has_number_key_and_everything_it_was_given(hall: Hall) -> None:
    greeted = hall.lobby(Greet())
    hall.wait(minutes=3)
    issued = hall.lobby(
        Issue(
            "P05",
            frozenset({"elderly", "vip"}),
            frozenset({"read_aloud"}),
            language="en",
            visit=greeted,
        )
    )
    now = OPENING + 3 * MINUTE
    assert isinstance(issued, Issued)
    assert (issued.number, issued.order_key) == ("C001", now - 30 * MINUTE)
    row = hall.row(issued.id)
    assert (row.state, row.service, row.letter, row.classes, row.care, row.slot) == (
        "waiting",
        "P05",
        "C",
        "elderly,vip",
        "read_aloud",
        None,
    )
    assert (row.issued_at, row.day, row.calls, row.counter, row.pinned, row.called_at) == (
        now,
        "2026-11-20",
        0,
        None,
        None,
        None,
    )
    assert (row.seq, row.rev) == (hall.last.revision, hall.last.revision)
    assert visit(hall, greeted)[6:] == ("ticket", issued.id)
    assert (hall.last.what, hall.last.subject) == ("ticket.issued", str(issued.id))
    assert hall.last.data == {
        "number": "C001",
        "service": "P05",
        "classes": ["elderly", "vip"],
        "slot": None,
        "key": now - 30 * MINUTE,
        "visit": greeted,
    }


def test_a_ticket_needs_nothing_but_a_service(hall: Hall) -> None:
    issued = hall.kiosk(Issue("P01"))
    row = hall.row(issued.id)
    assert (row.classes, row.care, row.order_key) == ("ordinary", "", OPENING)


def test_numbers_run_by_queue_family(hall: Hall) -> None:
    # Cash, transfers and pension are one family, cards and foreign currency another.
    services = ["P01", "P05", "P03", "P22", "P11", "C01", "P13", "P16", "P01"]
    assert [hall.issue(service).number for service in services] == [
        "A001", "C001", "A002", "A003", "C002", "E001", "F001", "F002", "A004",
    ]  # fmt: skip


def test_after_999_a_family_goes_on_with_four_digits(hall: Hall) -> None:
    hall.issue()
    hall.store.touch("UPDATE ticket_number SET last = 998", ())
    numbers = [hall.issue() for _ in range(3)]
    assert [issued.number for issued in numbers] == ["A999", "A1000", "A1001"]
    assert hall.line() == ["A001", "A999", "A1000", "A1001"]
    assert ticket_by_number(hall.store, " a1000 ") == (numbers[1].id, "waiting")
    assert ticket_by_number(hall.store, "A002") is None


def test_a_refused_ticket_uses_up_no_number(hall: Hall) -> None:
    assert hall.issue().number == "A001"
    with pytest.raises(NotFound):
        hall.lobby(Issue("P01", visit=987_654))
    assert hall.issue().number == "A002"


@pytest.mark.parametrize(
    ("command", "error", "code", "field"),
    [
        (Issue("P99"), NotFound, "service_unknown", None),
        (Issue(""), NotFound, "service_unknown", None),
        (Issue("P01", frozenset({"royal"})), BadInput, "class_unknown", "classes"),
        (Issue("P01", care=frozenset({"blind"})), BadInput, "code_unknown", "care"),
        (Issue("P01", language="klingon"), BadInput, "code_unknown", "language"),
        (Issue("P01", visit=987_654), NotFound, "visit_unknown", None),
        (
            Issue("P01", frozenset({"appointment"}), slot=OPENING + 25 * 60 * MINUTE),
            BadInput,
            "slot_other_day",
            "slot",
        ),
        (
            Issue("P01", frozenset({"appointment"}), slot=OPENING - 25 * 60 * MINUTE),
            BadInput,
            "slot_other_day",
            "slot",
        ),
        (Issue("", booking="000000"), BadInput, "booking_unknown", "booking"),
        (Issue("", booking="\x00' OR 1=1"), BadInput, "booking_unknown", "booking"),
    ],
)
def test_a_ticket_that_cannot_stand_is_refused(
    hall: Hall, command: Issue, error: type[Exception], code: str, field: str | None
) -> None:
    with pytest.raises(error, match=code) as refused:
        hall.lobby(command)
    assert getattr(refused.value, "field", None) == field
    assert hall.line() == []


def test_a_service_no_longer_offered_gives_no_ticket(hall: Hall) -> None:
    hall.store.touch("UPDATE service SET active = NOT active WHERE code = 'P01'", ())
    with pytest.raises(NotFound, match="service_unknown"):
        hall.kiosk(Issue("P01"))


def test_credits_in_force_at_the_issue_count(hall: Hall) -> None:
    early = hall.issue("P01", "elderly")
    hall.store.touch("UPDATE priority_class SET credit = 120 WHERE code = 'elderly'", ())
    late = hall.issue("P01", "elderly")
    assert (early.order_key, late.order_key) == (OPENING - 30 * MINUTE, OPENING - 120 * MINUTE)
    assert hall.line() == [late.number, early.number]


def test_the_line_stands_by_key_then_by_issue(hall: Hall) -> None:
    for seconds, classes in (
        (0, ()),
        (0, ()),
        (29 * 60 + 59, ("elderly",)),
        (1, ("elderly",)),
        (1, ("elderly",)),
        (15 * 60, ("assisted", "elderly")),
    ):
        hall.wait(seconds)
        hall.issue("P01", *classes)
    assert hall.line() == ["A003", "A001", "A002", "A004", "A005", "A006"]


def test_the_print_is_noted_on_the_ticket(hall: Hall) -> None:
    ticket = hall.kiosk(Issue("P01")).id
    for printed, state in (
        (False, "failed"),
        (True, "printed"),
        (True, "reprinted"),
        (False, "failed"),
        (True, "printed"),
    ):
        assert hall.kiosk(RecordPrint(ticket, printed)) == state
        assert waiting(hall.store)[0].print_state == state
        assert (hall.last.what, hall.last.data) == ("print.noted", {"state": state})
    assert hall.row(ticket).state == "waiting"
    with pytest.raises(NotFound, match="ticket_unknown"):
        hall.kiosk(RecordPrint(987_654, printed=True))


def test_a_class_set_later_counts_from_the_issue(hall: Hall) -> None:
    first, second = hall.issue(), hall.issue()
    hall.wait(minutes=7)
    assert hall.lobby(SetClass(second.id, frozenset({"elderly"}))) == OPENING - 30 * MINUTE
    assert hall.row(second.id).classes == "elderly"
    assert hall.line() == [second.number, first.number]
    assert hall.last.data == {"classes": ["elderly"], "slot": None, "key": OPENING - 30 * MINUTE}


@pytest.mark.parametrize(
    ("before", "after", "key_min"),
    [
        ((), ("assisted",), -45),
        (("elderly",), ("assisted",), -45),
        (("assisted",), ("elderly",), -45),
        (("elderly",), (), -30),
        (("elderly",), ("ordinary",), -30),
        (("vip",), ("vip", "elderly"), -30),
    ],
)
def test_a_class_set_later_only_improves_the_place(
    hall: Hall, before: tuple[str, ...], after: tuple[str, ...], key_min: int
) -> None:
    ticket = hall.issue("P01", *before)
    hall.wait(minutes=1)
    key = hall.lobby(SetClass(ticket.id, frozenset(after)))
    assert key == hall.row(ticket.id).order_key == OPENING + key_min * MINUTE
    assert hall.row(ticket.id).classes == ",".join(sorted(after)) or "ordinary"


def test_an_appointment_set_later_brings_its_slot(hall: Hall) -> None:
    ticket = hall.issue()
    slot = OPENING + 20 * MINUTE
    hall.wait(minutes=12)
    key = hall.lobby(SetClass(ticket.id, frozenset({"appointment"}), slot))
    assert key == OPENING - 10 * MINUTE
    assert hall.row(ticket.id).slot == slot
    hall.lobby(SetClass(ticket.id, frozenset({"appointment", "vip"})))
    assert hall.row(ticket.id).slot == slot


def test_an_unknown_class_is_not_set(hall: Hall) -> None:
    ticket = hall.issue().id
    with pytest.raises(BadInput, match="class_unknown"):
        hall.lobby(SetClass(ticket, frozenset({"royal"})))
    assert hall.row(ticket).classes == "ordinary"


def test_who_comes_back_waits_on_without_the_time_away(hall: Hall) -> None:
    hall.open(1)
    hall.wait(minutes=4)
    ticket = hall.missed(1, "P01", "elderly")
    called = hall.row(ticket).called_at
    assert called == OPENING + 4 * MINUTE
    hall.wait(minutes=10)
    away = hall.clock.now_ms() - called
    key = hall.lobby(Return(ticket))
    assert key == OPENING + 4 * MINUTE - 30 * MINUTE + away
    row = hall.row(ticket)
    assert (row.state, row.order_key, row.counter, row.called_at, row.last_called_at) == (
        "waiting",
        key,
        None,
        None,
        None,
    )
    assert (row.calls, row.ended_at) == (0, None)
    assert (hall.last.what, hall.last.data) == ("ticket.returned", {"key": key})


def test_coming_back_twice_counts_both_absences(hall: Hall) -> None:
    hall.open(1)
    ticket = hall.missed()
    for _ in range(2):
        before = hall.row(ticket)
        hall.wait(minutes=5)
        away = hall.clock.now_ms() - (before.called_at or 0)
        assert hall.lobby(Return(ticket)) == before.order_key + away
        assert hall.call() is not None
        hall.wait(5)
        hall.at(1, Recall(1))
        hall.at(1, NoShow(1))


@pytest.mark.parametrize("reason", LEAVE_REASONS)
def test_who_gives_up_leaves_with_a_reason(hall: Hall, reason: str) -> None:
    ticket = hall.issue().id
    hall.wait(minutes=9)
    hall.lobby(Leave(ticket, reason))
    row = hall.row(ticket)
    assert (row.state, row.ended_at, row.reason) == ("left", OPENING + 9 * MINUTE, reason)
    assert (hall.last.what, hall.last.data) == ("ticket.left", {"reason": reason})
    assert hall.line() == []
    assert console(hall.store).left == 1


def test_a_reason_to_leave_is_one_of_the_known(hall: Hall) -> None:
    ticket = hall.issue().id
    with pytest.raises(BadInput, match="code_unknown"):
        hall.lobby(Leave(ticket, "was rude"))
    assert hall.row(ticket).state == "waiting"


@pytest.mark.parametrize(
    "command",
    [SetClass(987_654, frozenset()), Return(987_654), Leave(987_654)],
    ids=lambda command: type(command).__name__,
)
def test_an_unknown_ticket_is_refused(hall: Hall, command: object) -> None:
    hall.issue()
    with pytest.raises(NotFound, match="ticket_unknown"):
        hall.lobby(command)


@pytest.mark.parametrize(
    "step",
    [Return, Leave, lambda ticket: SetClass(ticket, frozenset({"elderly"}))],
    ids=["Return", "Leave", "SetClass"],
)
def test_a_ticket_of_yesterday_is_over(hall: Hall, step: Callable[[int], object]) -> None:
    hall.open(1)
    ticket = hall.missed()
    before = hall.row(ticket)
    hall.wait(minutes=24 * 60)
    hall.issue()
    with pytest.raises(RuleBroken, match="ticket_past_day") as refused:
        hall.lobby(step(ticket))
    assert refused.value.values["number"] == before.number
    assert hall.row(ticket) == before
