"""A customer arrives: greet, triage, issue, set the class, return, leave, print."""

from __future__ import annotations

from dataclasses import dataclass

from branch.catalogue.queries import credits, routing
from branch.catalogue.rules import CHANNELS
from branch.kernel.errors import BadInput, NotFound
from branch.kernel.phrases import LANGUAGES
from branch.kernel.prepared import Prepared
from branch.kernel.runner import Handler, Work
from branch.lobby.commands.bookings import redeemed, use_up
from branch.lobby.records import NumberRow, TicketRow, VisitRow
from branch.lobby.rules import (
    APPOINTMENT,
    CARE_NEEDS,
    LEAVE_REASONS,
    ORDINARY,
    OUTCOMES,
    State,
    key_after_class,
    key_after_return,
    order_key,
    require,
    require_known,
    ticket_number,
)
from branch.lobby.ticket import keep, todays_ticket

_FURTHEST_SLOT_MS = 24 * 3_600_000


@dataclass(frozen=True)
class Greet:
    """First contact with a customer, before anything is known of him; returns the visit's id."""

    language: str = "zh"


@dataclass(frozen=True)
class Triage:
    """What a greeted customer needs, what was offered, and where he went without a ticket."""

    visit: int
    classes: frozenset[str] = frozenset()
    care: frozenset[str] = frozenset()
    service: str = ""
    channel: str = ""
    channel_taken: bool | None = None
    outcome: str = ""


@dataclass(frozen=True)
class Issue:
    """Give out a ticket. ``slot`` (milliseconds) goes with an appointment, or ``booking`` does."""

    service: str
    classes: frozenset[str] = frozenset()
    care: frozenset[str] = frozenset()
    language: str = "zh"
    slot: int | None = None
    visit: int | None = None
    booking: str = ""


@dataclass(frozen=True)
class Issued:
    """A ticket just issued."""

    id: int
    number: str
    order_key: int


@dataclass(frozen=True)
class SetClass:
    """Set or correct the classes of a ticket; its place can only improve."""

    ticket: int
    classes: frozenset[str]
    slot: int | None = None


@dataclass(frozen=True)
class Return:
    """A missed customer is back: he waits again, the time away not counted."""

    ticket: int


@dataclass(frozen=True)
class Leave:
    """A customer gave up waiting, or is done without a counter."""

    ticket: int
    reason: str = "gave_up"


@dataclass(frozen=True)
class RecordPrint:
    """What became of the paper ticket: printed, reprinted or failed."""

    ticket: int
    printed: bool


_NEXT_NUMBER = Prepared(
    lambda day, letter: (
        NumberRow.insert({NumberRow.day: day, NumberRow.letter: letter, NumberRow.last: 1})
        .on_conflict(
            conflict_target=[NumberRow.day, NumberRow.letter],
            update={NumberRow.last: NumberRow.last + 1},
        )
        .returning(NumberRow.last)
    )
)
_INSERT = Prepared(
    lambda day, number, letter, seq, service, classes, care, language, slot, key, issued_at: (
        TicketRow.insert(
            {
                TicketRow.day: day,
                TicketRow.number: number,
                TicketRow.letter: letter,
                TicketRow.seq: seq,
                TicketRow.rev: seq,
                TicketRow.service: service,
                TicketRow.classes: classes,
                TicketRow.care: care,
                TicketRow.language: language,
                TicketRow.slot: slot,
                TicketRow.order_key: key,
                TicketRow.issued_at: issued_at,
                TicketRow.state: "waiting",
                TicketRow.calls: 0,
                TicketRow.reason: "",
                TicketRow.print_state: "",
            }
        ).returning(TicketRow.id)
    )
)
_GREET = Prepared(
    lambda day, greeted_at, language: VisitRow.insert(
        {
            VisitRow.day: day,
            VisitRow.greeted_at: greeted_at,
            VisitRow.language: language,
            VisitRow.care: "",
            VisitRow.classes: "",
            VisitRow.service: "",
            VisitRow.channel: "",
            VisitRow.channel_taken: "",
            VisitRow.outcome: "",
        }
    ).returning(VisitRow.id)
)
_TRIAGE = Prepared(
    lambda visit, care, classes, service, channel, channel_taken, outcome: VisitRow.update(
        {
            VisitRow.care: care,
            VisitRow.classes: classes,
            VisitRow.service: service,
            VisitRow.channel: channel,
            VisitRow.channel_taken: channel_taken,
            VisitRow.outcome: outcome,
        }
    ).where(VisitRow.id == visit)
)
_LINK = Prepared(
    lambda visit, ticket: VisitRow.update(
        {VisitRow.ticket: ticket, VisitRow.outcome: "ticket"}
    ).where(VisitRow.id == visit)
)
_PRINT_STATE = Prepared(
    lambda ticket: TicketRow.select(TicketRow.print_state).where(TicketRow.id == ticket)
)
_SET_PRINT_STATE = Prepared(
    lambda ticket, state: TicketRow.update({TicketRow.print_state: state}).where(
        TicketRow.id == ticket
    )
)


def joined(codes: frozenset[str]) -> str:
    """Codes as one column keeps them."""
    return ",".join(sorted(codes))


def greet(work: Work, command: Greet) -> int:
    """Note the first contact."""
    require_known(command.language, LANGUAGES, "language")
    row = _GREET.one(work.store, day=work.day, greeted_at=work.now, language=command.language)
    assert row is not None  # an INSERT with RETURNING gives its row
    work.record("visit.greeted", row[0])
    return int(row[0])


def triage(work: Work, command: Triage) -> None:
    """Note need, offer and outcome; care needs stay out of the journal."""
    for need in command.care:
        require_known(need, CARE_NEEDS, "care")
    known_classes = credits(work.store)
    for klass in command.classes:
        require_known(klass, known_classes, "classes")
    if command.channel:
        require_known(command.channel, CHANNELS, "channel")
    if command.outcome:
        require_known(command.outcome, OUTCOMES, "outcome")
    if command.service and routing(work.store, command.service) is None:
        raise NotFound("service_unknown", service=command.service)
    taken = {None: "", True: "yes", False: "no"}[command.channel_taken]
    touched = _TRIAGE.run(
        work.store,
        visit=command.visit,
        care=joined(command.care),
        classes=joined(command.classes),
        service=command.service,
        channel=command.channel,
        channel_taken=taken,
        outcome=command.outcome,
    )
    if not touched:
        raise NotFound("visit_unknown")
    work.record(
        "visit.triaged",
        command.visit,
        service=command.service,
        channel=command.channel,
        taken=taken,
        outcome=command.outcome,
    )


def issue(work: Work, command: Issue) -> Issued:
    """Give out the next number of the service's queue, with its order key fixed."""
    service, slot, classes = command.service, command.slot, command.classes
    booking = command.booking.strip()
    if booking:
        service, slot = redeemed(work, booking)
        classes |= {APPOINTMENT}
    classes = classes or frozenset({ORDINARY})
    leads = routing(work.store, service)
    if leads is None or not leads.active:
        raise NotFound("service_unknown", service=service)
    for need in command.care:
        require_known(need, CARE_NEEDS, "care")
    require_known(command.language, LANGUAGES, "language")
    if slot is not None and abs(slot - work.now) > _FURTHEST_SLOT_MS:
        raise BadInput("slot_other_day", field="slot")
    key = order_key(work.now, classes, credits(work.store), slot)
    counted = _NEXT_NUMBER.one(work.store, day=work.day, letter=leads.letter)
    assert counted is not None  # an INSERT with RETURNING gives its row
    number = ticket_number(leads.letter, counted[0])
    row = _INSERT.one(
        work.store,
        day=work.day,
        number=number,
        letter=leads.letter,
        seq=work.revision,
        service=service,
        classes=joined(classes),
        care=joined(command.care),
        language=command.language,
        slot=slot,
        key=key,
        issued_at=work.now,
    )
    assert row is not None  # an INSERT with RETURNING gives its row
    visit = command.visit
    if visit is not None and not _LINK.run(work.store, visit=visit, ticket=row[0]):
        raise NotFound("visit_unknown")
    if booking:
        use_up(work, booking, row[0])
    work.record(
        "ticket.issued",
        row[0],
        number=number,
        service=service,
        classes=sorted(classes),
        slot=slot,
        key=key,
        visit=command.visit,
    )
    return Issued(row[0], number, key)


def set_class(work: Work, command: SetClass) -> int:
    """Set or correct the classes; returns the order key."""
    ticket = todays_ticket(work, command.ticket)
    require("set_class", ticket.state)
    classes = command.classes or frozenset({ORDINARY})
    slot = command.slot if command.slot is not None else ticket.slot
    fresh = order_key(ticket.issued_at, classes, credits(work.store), slot)
    key = key_after_class(ticket.order_key, fresh)
    keep(work, ticket, classes=joined(classes), slot=slot, order_key=key)
    work.record("ticket.class_set", ticket.id, classes=sorted(classes), slot=slot, key=key)
    return key


def come_back(work: Work, command: Return) -> int:
    """Put a missed ticket back in line; returns the order key."""
    ticket = todays_ticket(work, command.ticket)
    require("return", ticket.state)
    assert ticket.called_at is not None  # a missed ticket has been called
    key = key_after_return(ticket.order_key, ticket.called_at, work.now)
    keep(
        work,
        ticket,
        state=State.WAITING,
        order_key=key,
        counter=None,
        called_at=None,
        last_called_at=None,
        calls=0,
        ended_at=None,
    )
    work.record("ticket.returned", ticket.id, key=key)
    return key


def leave(work: Work, command: Leave) -> None:
    """End a wait without service."""
    require_known(command.reason, LEAVE_REASONS, "reason")
    ticket = todays_ticket(work, command.ticket)
    require("leave", ticket.state)
    keep(work, ticket, state=State.LEFT, ended_at=work.now, reason=command.reason)
    work.record("ticket.left", ticket.id, reason=command.reason)


def record_print(work: Work, command: RecordPrint) -> str:
    """Note the fate of the paper; returns the ticket's print state."""
    row = _PRINT_STATE.one(work.store, ticket=command.ticket)
    if row is None:
        raise NotFound("ticket_unknown")
    if not command.printed:
        state = "failed"
    else:
        state = "reprinted" if row[0] in ("printed", "reprinted") else "printed"
    _SET_PRINT_STATE.run(work.store, ticket=command.ticket, state=state)
    work.record("print.noted", command.ticket, state=state)
    return state


HANDLERS: dict[type, Handler] = {
    Greet: Handler(greet),
    Triage: Handler(triage),
    Issue: Handler(issue),
    SetClass: Handler(set_class),
    Return: Handler(come_back),
    Leave: Handler(leave),
    RecordPrint: Handler(record_print),
}
