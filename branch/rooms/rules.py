"""Decisions about complaint rooms: states, bookings, who may begin, how a session ends; pure.

Sources: CBIRC Order 2020 No. 3 ("Order 3") Art. 7 (a reception place with sound and picture), 12
(at most five representatives), 17 (recusal), 29 (twenty complainants); handbook 001 section 2.1.5
(a reception room of its own); what has no source is a rule of the house. Instants are
milliseconds.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from enum import StrEnum

from branch.complaints.rules import State
from branch.kernel.errors import BadInput, RuleBroken, Stale

MS_PER_MINUTE = 60_000
# Between two bookings of a room, and how long before one a walk-in may still take it.
BUFFER_MS = 10 * MS_PER_MINUTE
# A booked customer who has not come by then is not waited for.
NO_SHOW_MS = 15 * MS_PER_MINUTE
# From when on a booked room is shown as held.
HELD_FROM_MS = 60 * MS_PER_MINUTE
# How long somebody who was seated at once may wait before the room is free again.
MOST_SEATED_MS = 60 * MS_PER_MINUTE
SHORTEST_BOOKING_MS = 15 * MS_PER_MINUTE
LONGEST_BOOKING_MS = 4 * 60 * MS_PER_MINUTE
FURTHEST_BOOKING_MS = 90 * 24 * 60 * MS_PER_MINUTE
MOST_SEATS = 40

# Order 3 Art. 12 and 29(2).
MOST_REPRESENTATIVES = 5
LARGE_GROUP = 20
MOST_PARTIES = 10_000

ALERT_MINUTES = (30, 60)
MOODS = (1, 2, 3, 4, 5)
# From this mood on the branch manager is called.
UPSET = 4
LEVELS = (1, 2, 3)
# From this level on the session needs an incident note.
INCIDENT_LEVEL = 2

STEP_CODES = ("listen", "repeat", "verify", "discuss", "agree")
STEPS = tuple(range(1, len(STEP_CODES) + 1))
WISHES = ("explanation", "compensation", "apology", "correction", "other")
PENDING = "pending"
CHECK_STATES = (PENDING, "true", "differs")
CALMING = (
    "seated",
    "listened",
    "read_back",
    "thanked",
    "asked_wish",
    "explained",
    "offered",
    "copy_given",
    "seen_out",
)
MANAGER, REST = "manager", "rest"
SUPPORT = (MANAGER, REST)
# A companion speaks for nobody and is no representative.
COMPANION = "companion"
MORE_CAPACITIES = ("representative", COMPANION)
OUT_REASONS = ("recorder", "panic_button", "repair", "other")
RECORDING = "recorder_saved"
TURNOVER = (
    RECORDING,
    "papers_removed",
    "panic_button_tested",
    "wiped",
    "seats_reset",
)
FINISHED = ("settled", "continues", "referred")
# The visitor walked out, or it had to be broken off: nothing is read back, both staff witness.
BROKEN_OFF = ("left", "stopped")
OUTCOMES = (*FINISHED, *BROKEN_OFF)
ON_SCREEN, ON_PAPER, REFUSED, NOT_SIGNED = "screen", "paper", "refused", "none"
SIGNED = (ON_SCREEN, ON_PAPER, REFUSED, NOT_SIGNED)

# No session is linked to these any more, and why: what was merged is handled in the other case.
NOT_LINKED = {State.MERGED: "link_merged", State.ARCHIVED: "link_archived"}

BOOKED, KEPT, CANCELLED, MISSED = "booked", "kept", "cancelled", "no_show"

_MOST_STROKES = 200
_MOST_POINTS = 20_000


class RoomState(StrEnum):
    """What a room can be used for now."""

    FREE = "free"
    HELD = "held"
    OCCUPIED = "occupied"
    TURNOVER = "turnover"
    OUT = "out"


@dataclass(frozen=True)
class Booking:
    """A booking that still stands, half-open [start, end). ``seated`` says that the customer sits
    in the room already."""

    id: int
    start: int
    end: int
    seated: bool = False


def is_missed(booking: Booking, now: int, is_occupied: bool) -> bool:
    """Whether a booking is over without a session.

    While another session is still in the room nobody could have gone in: then it stands until
    its end. Who is seated has come.
    """
    if booking.seated or is_occupied:
        return now >= booking.end
    return now >= min(booking.start + NO_SHOW_MS, booking.end)


def standing(bookings: Iterable[Booking], now: int, is_occupied: bool) -> tuple[Booking, ...]:
    """The bookings that still count at ``now``, the earliest first."""
    found = [one for one in bookings if not is_missed(one, now, is_occupied)]
    return tuple(sorted(found, key=lambda one: (not one.seated, one.start, one.id)))


def room_state(
    is_out: bool,
    has_session: bool,
    has_turnover: bool,
    bookings: Iterable[Booking],
    now: int,
) -> RoomState:
    """The state of a room from what is known of it."""
    if has_session:
        return RoomState.OCCUPIED
    if is_out:
        return RoomState.OUT
    if has_turnover:
        return RoomState.TURNOVER
    held = any(
        one.seated or one.start - now <= HELD_FROM_MS for one in standing(bookings, now, False)
    )
    return RoomState.HELD if held else RoomState.FREE


def clashing(start: int, end: int, others: Iterable[Booking]) -> Booking | None:
    """The first of the others that leaves less than the buffer to [start, end), or None."""
    for other in sorted(others, key=lambda one: one.start):
        if start < other.end + BUFFER_MS and other.start < end + BUFFER_MS:
            return other
    return None


def require_bookable(start: int, end: int, now: int) -> None:
    """Raise BadInput for a time that cannot be booked: past, too short, too long, too far."""
    if start < now:
        raise BadInput("booking_past", field="start")
    if start > now + FURTHEST_BOOKING_MS:
        raise BadInput("booking_far", field="start", days=90)
    if not SHORTEST_BOOKING_MS <= end - start <= LONGEST_BOOKING_MS:
        raise BadInput("booking_length", field="end", least=15, most=4)


def held_against(bookings: Iterable[Booking], now: int) -> Booking | None:
    """The booking that keeps a walk-in out of the room now, or None.

    A booked room may be taken until ten minutes before its time.
    """
    for one in standing(bookings, now, False):
        if one.seated or one.start - now < BUFFER_MS:
            return one
    return None


def require_usable(state: RoomState) -> None:
    """Raise BadInput unless a session can begin in a room of this state."""
    if state == RoomState.OUT:
        raise BadInput("room_out_of_service", field="room")
    if state == RoomState.OCCUPIED:
        raise BadInput("room_occupied", field="room")
    if state == RoomState.TURNOVER:
        raise BadInput("room_turnover", field="room")


def require_people(capacities: Collection[str], parties: int, seats: int) -> None:
    """Raise BadInput unless so many visitors can be received in a room with so many seats.

    ``capacities`` has one of each visitor in the room, ``parties`` is how many complain jointly.
    More than five representatives are asked to choose among themselves (Order 3 Art. 12).
    """
    speakers = sum(capacity != COMPANION for capacity in capacities)
    if not speakers:
        raise BadInput("visitors_needed", field="visitors")
    if not speakers <= parties <= MOST_PARTIES:
        raise BadInput("parties_fewer", field="parties", least=speakers, most=MOST_PARTIES)
    if speakers > MOST_REPRESENTATIVES:
        raise BadInput("representatives_over", field="visitors", most=MOST_REPRESENTATIVES)
    if len(capacities) > seats:
        raise BadInput("visitors_over_seats", field="visitors", seats=seats)


def require_notice(shown: bool, spoken: bool, agreed: bool | None) -> None:
    """Raise BadInput unless the visitors were told of the recording and their answer is noted.

    Order 3 Art. 7; PIPL Art. 26: a sign that cannot be missed. A refusal is noted, not overruled.
    """
    if not shown:
        raise BadInput("notice_not_shown", field="notice_shown")
    if not spoken:
        raise BadInput("notice_not_spoken", field="notice_spoken")
    if agreed is None:
        raise BadInput("notice_not_answered", field="agreed")


def mood_group(mood: int) -> str:
    """The mood as the screen shows it: calm (1-2), worried (3), upset (4-5)."""
    if mood >= UPSET:
        return "upset"
    return "worried" if mood == UPSET - 1 else "calm"


def require_mood(mood: int, field: str = "mood") -> None:
    """Raise BadInput unless the mood is one of 1 to 5."""
    if mood not in MOODS:
        raise BadInput("mood_range", field=field)


def alert(started_at: int, now: int) -> int:
    """The mark of minutes that a session has passed: 0, 30 (offer a break) or 60 (the branch
    manager joins)."""
    minutes = (now - started_at) // MS_PER_MINUTE
    return max((mark for mark in ALERT_MINUTES if minutes >= mark), default=0)


@dataclass(frozen=True)
class Ending:
    """What is said when a session ends, and what the session has by then."""

    outcome: str
    read_back: bool
    signed: str
    has_signature: bool
    witnesses: frozenset[int]
    told_next: bool
    staff: frozenset[int]
    has_statement: bool
    was_explained: bool
    level: int
    has_incident_note: bool


def require_ending(ending: Ending) -> None:
    """Raise for the first thing that is missing before the session can end (form TS-08).

    A session at which help of level 2 or 3 was called does not end without an incident note.
    """
    if ending.outcome not in OUTCOMES:
        raise BadInput("outcome_needed", field="outcome")
    if ending.signed not in SIGNED:
        raise BadInput("signed_needed", field="signed")
    if ending.level >= INCIDENT_LEVEL and not ending.has_incident_note:
        raise RuleBroken("incident_note_needed")
    if ending.outcome in BROKEN_OFF:
        _require_witnesses(ending)
        return
    if not ending.has_statement:
        raise BadInput("statement_needed", field="statement")
    if not ending.was_explained:
        raise BadInput("explained_needed", field="calming")
    if not ending.read_back:
        raise BadInput("record_not_read", field="read_back")
    if ending.signed == NOT_SIGNED:
        raise BadInput("signed_needed", field="signed")
    if ending.signed == ON_SCREEN and not ending.has_signature:
        raise BadInput("signature_needed", field="signature")
    if ending.signed == REFUSED:
        _require_witnesses(ending)
    if not ending.told_next:
        raise BadInput("next_not_told", field="told_next")


def _require_witnesses(ending: Ending) -> None:
    if ending.witnesses != ending.staff:
        raise BadInput("witnesses_needed", field="witnesses")


def turnover_points(was_recorded: bool) -> tuple[str, ...]:
    """What is gone through before a room is free again."""
    return tuple(item for item in TURNOVER if was_recorded or item != RECORDING)


def require_turnover(items: Collection[str], media: str, was_recorded: bool) -> None:
    """Raise BadInput for the first point of the turnover list that is not done; what was not
    recorded need not be saved."""
    for item in turnover_points(was_recorded):
        if item not in items:
            raise BadInput(f"turnover_{item}", field=item)
    if was_recorded and not media:
        raise BadInput("media_needed", field="media")


def require_open(ended_at: int | None) -> None:
    """Raise Stale for a session that has ended."""
    if ended_at is not None:
        raise Stale("session_ended")


def checked_signature(path: str) -> str:
    """A pen's path as it is kept, strokes of points; an empty text for none.

    Raises BadInput for anything else.
    """
    if not path:
        return ""
    try:
        strokes = [[(float(x), float(y)) for x, y in stroke] for stroke in json.loads(path)]
    except (ValueError, TypeError):
        raise BadInput("signature_form", field="signature") from None
    points = sum(map(len, strokes))
    if len(strokes) > _MOST_STROKES or not 0 < points <= _MOST_POINTS:
        raise BadInput("signature_form", field="signature")
    return json.dumps([[[round(x, 1), round(y, 1)] for x, y in one] for one in strokes if one])
