"""Who was called before whom and why, judged call by call from the journal alone; pure.

Every call is held against everybody who waited at that moment. A fresh arrival may be called
before a customer who came earlier only as far as the credits allow: nobody who comes later than
the largest credit in force since (queue.md section 1). Instants and spans are milliseconds.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from branch.kernel.clock import MS_PER_MINUTE
from branch.kernel.journal import Entry
from branch.lobby.day_record import DayRecord, Life
from branch.lobby.rules import main_class, may_call, place


class Reason(StrEnum):
    """Why somebody was called before a ticket that waited."""

    BY_HAND = "by_hand"
    OTHER_COUNTER = "other_counter"
    PINNED = "pinned"
    KEPT_PLACE = "kept_place"
    AWAY = "away"
    EARLIER = "earlier"
    CREDIT = "credit"
    OUT_OF_ORDER = "out_of_order"


@dataclass(frozen=True)
class CallBefore:
    """A call while a ticket waited. ``later`` is how much later it was issued (may be negative).

    BY_HAND: by ``staff`` for the reason ``code``, text under ``revision``. OTHER_COUNTER: the
    counter does not do the waiting ticket's service. PINNED: the waiting ticket had been sent to
    another counter. KEPT_PLACE: it had been called before and stands where it stood, put back by
    ``away`` when it had missed that call. AWAY: the waiting ticket had missed a call, and the
    time until it was back (``away``) does not count as waiting. CREDIT: as ``klass`` it counts as
    having come ``credit`` minutes earlier. OUT_OF_ORDER: nothing explains it; there is none
    unless the journal or the program is wrong.
    """

    revision: int
    at: int
    ticket: int
    number: str
    service: str
    klass: str
    counter: int
    reason: Reason
    later: int
    credit: int = 0
    staff: int = 0
    code: str = ""
    away: int = 0


@dataclass(frozen=True)
class Story:
    """Every call while a ticket waited; ``until`` is its last call or its leaving.

    ``bound`` is the most by which the credits let a fresh arrival overtake it until its first
    call, ``elderly`` that of elderly customers at its issue, both in milliseconds.
    """

    life: Life
    klass: str
    until: int | None
    before: tuple[CallBefore, ...]
    bound: int
    elderly: int


@dataclass(frozen=True)
class Overtaking:
    """A fresh arrival called before a ticket that had waited without a break.

    ``by`` is how much later it had come, ``bound`` the most that the credits allow.
    """

    at: int
    ticket: int
    number: str
    overtaken: int
    overtaken_number: str
    klass: str
    by: int
    bound: int


@dataclass(frozen=True)
class HandCall:
    """A call out of turn; ``passed`` is how many stood before it, ``code`` the reason's."""

    revision: int
    at: int
    ticket: int
    number: str
    counter: int
    staff: int
    code: str
    passed: int


@dataclass
class Judgement:
    """A day's calls judged. ``bound`` is the largest credit of the day, in milliseconds."""

    calls: int = 0
    bound: int = 0
    overtakings: list[Overtaking] = field(default_factory=list)
    exceeded: list[Overtaking] = field(default_factory=list)
    by_hand: list[HandCall] = field(default_factory=list)
    out_of_order: list[CallBefore] = field(default_factory=list)


class _Judge:
    """Follows a day's entries and looks at the line before each call takes effect."""

    def __init__(self, services: Mapping[int, frozenset[str]], credits: Mapping[str, int]) -> None:
        self.record = DayRecord()
        self.credits = dict(credits)
        self.services = dict(services)
        # The largest credit from each of these revisions on: a clock may be put back.
        self.largest: list[tuple[int, int]] = [(0, max(credits.values(), default=0))]

    def follow(self, entry: Entry) -> None:
        """Take an entry in, and what it says of credits and of a counter's services."""
        if entry.what == "catalogue.class_changed" and isinstance(entry.data.get("credit"), int):
            self.credits[entry.subject] = int(str(entry.data["credit"]))
            self.largest.append((entry.revision, max(self.credits.values())))
        self.record.follow((entry,))
        if entry.topic == "counter" and "services" in entry.data:
            self.services[int(entry.subject)] = self.record.counters[int(entry.subject)].services[
                -1
            ][1]

    def bound(self, since: int) -> int:
        """The most by which a fresh arrival may overtake a ticket issued at this revision."""
        in_force = [worth for revision, worth in self.largest if revision > since]
        in_force.append(next(worth for first, worth in reversed(self.largest) if first <= since))
        return max(in_force) * MS_PER_MINUTE

    def waiting(self) -> list[Life]:
        """Everybody in line."""
        return [life for life in self.record.lives.values() if life.waiting_since is not None]

    def could_call(self, counter: int, life: Life) -> bool:
        """Whether a counter may call a waiting ticket as things stand."""
        able = self.services.get(counter, frozenset())
        return may_call(counter, able, life.service, life.pinned)

    def why(self, entry: Entry, called: Life, waiting: Life) -> CallBefore:
        """Why this call came before a ticket that waits."""
        counter = int(str(entry.data["counter"]))
        klass = main_class(called.classes, self.credits)
        code = entry.data.get("by_hand")
        if code is not None:
            reason = Reason.BY_HAND
        elif not may_call(counter, self.services.get(counter, frozenset()), waiting.service, None):
            reason = Reason.OTHER_COUNTER
        elif waiting.pinned not in (None, counter):
            reason = Reason.PINNED
        elif place(called.key, called.seq) > place(waiting.key, waiting.seq):
            reason = Reason.OUT_OF_ORDER
        elif called.stays:
            reason = Reason.KEPT_PLACE
        elif called.seq < waiting.seq:
            reason = Reason.EARLIER
        elif place(called.key, called.seq) > place(waiting.key - waiting.away, waiting.seq):
            reason = Reason.AWAY
        else:
            reason = Reason.CREDIT
        return CallBefore(
            revision=entry.revision,
            at=entry.at,
            ticket=called.id,
            number=called.number,
            service=called.service,
            klass=klass,
            counter=counter,
            reason=reason,
            later=called.issued_at - waiting.issued_at,
            credit=max(0, called.issued_at - called.key) // MS_PER_MINUTE,
            staff=entry.staff if code is not None else 0,
            code=str(code or ""),
            away={Reason.KEPT_PLACE: called.away, Reason.AWAY: waiting.away}.get(reason, 0),
        )


def story(
    entries: Iterable[Entry],
    services: Mapping[int, frozenset[str]],
    credits: Mapping[str, int],
    ticket: int,
) -> Story | None:
    """Everybody who was called while a ticket waited, in order, until its last call.

    ``entries`` are the day's, oldest first; ``services`` (by counter) and ``credits`` (minutes by
    class) those of its beginning. None when the day has no such ticket.
    """
    judge = _Judge(services, credits)
    before: list[CallBefore] = []
    bound = elderly = 0
    for entry in entries:
        own = judge.record.lives.get(ticket)
        if entry.what == "ticket.called" and own is not None and own.waiting_since is not None:
            called = judge.record.lives.get(int(entry.subject))
            if called is not None and called is not own:
                before.append(judge.why(entry, called, own))
        judge.follow(entry)
        life = judge.record.lives.get(ticket)
        if life is not None and own is None:
            elderly = judge.credits.get("elderly", 0) * MS_PER_MINUTE
        if life is not None and not life.stays and life.left_at is None:
            bound = judge.bound(life.seq)
    life = judge.record.lives.get(ticket)
    if life is None:
        return None
    until = life.left_at
    if until is None and life.waiting_since is None:
        until = life.stays[-1].called
    klass = main_class(life.classes, judge.credits)
    return Story(life, klass, until, tuple(before), bound, elderly)


def judge_day(
    entries: Iterable[Entry],
    services: Mapping[int, frozenset[str]],
    credits: Mapping[str, int],
) -> Judgement:
    """Every call of a day held against the rule; arguments as for ``story``."""
    judge = _Judge(services, credits)
    found = Judgement()
    for entry in entries:
        if entry.what == "ticket.called":
            called = judge.record.lives.get(int(entry.subject))
            if called is not None:
                _judge_call(judge, entry, called, found)
        judge.follow(entry)
        # What is changed after closing time is for the next day.
        if judge.record.closed_at is None:
            found.bound = max(found.bound, judge.largest[-1][1] * MS_PER_MINUTE)
    return found


def _judge_call(judge: _Judge, entry: Entry, called: Life, found: Judgement) -> None:
    found.calls += 1
    counter = int(str(entry.data["counter"]))
    passed = [
        life for life in judge.waiting() if life is not called and judge.could_call(counter, life)
    ]
    if "by_hand" in entry.data:
        ahead = sum(place(life.key, life.seq) < place(called.key, called.seq) for life in passed)
        found.by_hand.append(
            HandCall(
                entry.revision,
                entry.at,
                called.id,
                called.number,
                counter,
                entry.staff,
                str(entry.data["by_hand"]),
                ahead,
            )
        )
        return
    klass = main_class(called.classes, judge.credits)
    for life in passed:
        if place(life.key, life.seq) < place(called.key, called.seq):
            found.out_of_order.append(judge.why(entry, called, life))
        if called.stays or life.stays or life.pinned is not None or called.seq < life.seq:
            continue  # no fresh arrival, or not a wait without a break
        overtaking = Overtaking(
            at=entry.at,
            ticket=called.id,
            number=called.number,
            overtaken=life.id,
            overtaken_number=life.number,
            klass=klass,
            by=called.issued_at - life.issued_at,
            bound=judge.bound(life.seq),
        )
        found.overtakings.append(overtaking)
        if overtaking.by > overtaking.bound:
            found.exceeded.append(overtaking)
