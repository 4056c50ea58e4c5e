"""The queue discipline and the life of a ticket, as pure functions; nothing here reads a clock.

The discipline is a head start of minutes: ``order_key = issue time - credit(class)``, the
smallest key is called first, ties by issue sequence. Sources: Jackson's urgency numbers
(1960-62); Gupta, Hemachandra, Venkateswaran 2014; Mojalal, Stanford, Caron 2019.

Instants and order keys are milliseconds since the epoch, credits and targets minutes.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from branch.kernel.errors import BadInput, RuleBroken
from branch.people.rules import readable

MS_PER_MINUTE = 60_000
APPOINTMENT = "appointment"
ORDINARY = "ordinary"
# The business day ends at the latest at 04:00 of the next calendar day.
ROLLOVER_HOUR = 4
LONGEST_REASON = 500


class State(StrEnum):
    """Where a ticket stands."""

    WAITING = "waiting"
    CALLED = "called"
    HELD = "held"
    MISSED = "missed"
    FINISHED = "finished"
    LEFT = "left"


# Which states each step may start from; anything else is refused as out of date.
FROM: dict[str, frozenset[State]] = {
    "call": frozenset({State.WAITING}),
    "recall": frozenset({State.CALLED}),
    "no_show": frozenset({State.CALLED}),
    "return": frozenset({State.MISSED}),
    "hold": frozenset({State.CALLED}),
    "resume": frozenset({State.HELD}),
    "transfer": frozenset({State.CALLED}),
    "finish": frozenset({State.CALLED}),
    "leave": frozenset({State.WAITING, State.HELD, State.MISSED}),
    "set_class": frozenset({State.WAITING, State.HELD, State.MISSED, State.CALLED}),
}


@dataclass(frozen=True)
class Flag:
    """A flag of the lobby console: the help it asks for, and the class it belongs to, if any."""

    care: str
    klass: str


# queue.md section 4: each flag sets a care need and, where one belongs to it, a class. The need
# is the help wanted, never a diagnosis.
FLAGS: dict[str, Flag] = {
    "elderly": Flag("", "elderly"),
    "mobility": Flag("step_free", "assisted"),
    "infant": Flag("seat", "pregnant_or_infant"),
    "military": Flag("", "military"),
    "hearing": Flag("write_down", "assisted"),
    "sight": Flag("read_aloud", "assisted"),
    "language": Flag("interpreter", ""),
    "booked": Flag("", APPOINTMENT),
}

CARE_NEEDS = (
    "step_free",
    "seat",
    "read_aloud",
    "slow_speech",
    "large_text",
    "write_down",
    "sign_language",
    "guide_dog",
    "interpreter",
    "companion",
)

HOLD_REASONS = ("fill_form", "fetch_document", "wait_approval", "customer_away", "other")
PAUSE_REASONS = ("break", "cash", "meeting", "training", "equipment", "other")
CALL_REASONS = ("waited_too_long", "unwell", "care", "counter_mismatch", "complaint", "other")
STANDSTILL_REASONS = ("drill", "real")
HELP_KINDS = ("customer", "counter", "printer")
OUTCOMES = ("ticket", "self_service", "room", "person", "left")
LEAVE_REASONS = (
    "gave_up",
    "self_service",
    "come_back",
    "complaint_room",
    "closing",
    "other",
)


def order_key(
    issued_at: int, classes: Collection[str], credits: Mapping[str, float], slot: int | None = None
) -> int:
    """The key by which a ticket is called: the earliest that any of its classes gives.

    Several classes: the largest credit counts, never the sum. An appointment counts from its
    slot: who comes early is a walk-in until then, who comes late keeps the credit from his
    coming. Raises BadInput for a class the branch does not have.
    """
    best = issued_at
    for klass in classes:
        if klass not in credits:
            raise BadInput("class_unknown", field="classes", given=klass)
        begins = max(issued_at, slot) if klass == APPOINTMENT and slot is not None else issued_at
        best = min(best, begins - round(credits[klass] * MS_PER_MINUTE))
    return best


def place(key: int, seq: int) -> tuple[int, int]:
    """Where a ticket stands: the smallest is called first, ties by issue sequence."""
    return key, seq


def may_call(counter: int, services: Collection[str], service: str, pinned: int | None) -> bool:
    """Whether a counter may call a waiting ticket: its service, and no pin to another counter."""
    return service in services and pinned in (None, counter)


def idle_rank(services: int, idle_since: int, counter: int) -> tuple[int, int, int]:
    """Which of several idle counters takes a new ticket: the smallest.

    Fewest services, then longest idle, then lowest number (queue.md section 4).
    """
    return services, idle_since, counter


def key_after_return(key: int, called_at: int, returned_at: int) -> int:
    """The key of a missed ticket that comes back: time away does not count as waiting."""
    return key + (returned_at - called_at)


def key_after_class(key: int, fresh: int) -> int:
    """The key after a class was set or corrected: it can only improve."""
    return min(key, fresh)


def ticket_number(letter: str, ordinal: int) -> str:
    """Letter and three digits; after 999 the family goes on with four."""
    return f"{letter}{ordinal:03d}"


def require(step: str, state: str) -> None:
    """Raise RuleBroken unless the step may start from this state."""
    if State(state) not in FROM[step]:
        raise RuleBroken(f"ticket_{state}", step=step)


def require_known(code: str, known: Collection[str], field: str) -> str:
    """The code itself; raises BadInput when it is none of the known ones."""
    if code not in known:
        raise BadInput("code_unknown", field=field, given=code)
    return code


def checked_reason_text(reason: str, text: str) -> str:
    """The free text of a reason; needed for "other". Raises BadInput when missing or too long."""
    plain = "\n".join(readable(line) for line in text.splitlines()).strip()
    if reason == "other" and not plain:
        raise BadInput("reason_text_needed", field="text")
    if len(plain) > LONGEST_REASON:
        raise BadInput("field_too_long", field="text", longest=LONGEST_REASON, length=len(plain))
    return plain


def is_over(day: date, now: datetime) -> bool:
    """Whether an open business day has ended by itself: at 04:00 of the next calendar day."""
    return (now - timedelta(hours=ROLLOVER_HOUR)).date() > day


def wait_began(issued_at: int, slot: int | None) -> int:
    """From when a wait counts against its target: the issue, for an appointment its slot."""
    return issued_at if slot is None else max(issued_at, slot)


def stood_still_ms(spans: Iterable[tuple[int, int]], begin: int, end: int) -> int:
    """How much of a stretch of time nobody could be called in; all in milliseconds.

    A wait during a drill or an incident is not the queue's: figures leave it out.
    """
    return sum(max(0, min(end, until) - max(begin, since)) for since, until in spans)


def target_of(classes: Collection[str], targets: Mapping[str, int]) -> int:
    """The shortest target of wait, in minutes, among a ticket's classes."""
    return min((targets[klass] for klass in classes if klass in targets), default=20)


def pressure(waited_ms: int, target_min: int) -> str:
    """``over`` past the target, ``near`` past 80 % of it, else ``fine``."""
    share = waited_ms / (target_min * MS_PER_MINUTE) if target_min else 1.0
    if share > 1.0:
        return "over"
    return "near" if share >= 0.8 else "fine"


def main_class(classes: Collection[str], credits: Mapping[str, int]) -> str:
    """The class with the largest credit, by which a ticket is counted in statistics."""
    return max(classes, key=lambda klass: (credits.get(klass, 0), klass), default=ORDINARY)
