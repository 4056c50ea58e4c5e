"""The clocks of a complaint, computed from scratch out of what happened; pure.

Day 0 is the day of receipt, a due day lasts to its midnight, natural days are not rolled forward
from a holiday (the stricter reading: 办法 is silent, 民法典 203 would roll). Sources: 银行业保险业
消费投诉处理管理办法 (CBIRC Order 2020 No. 3) Art. 15, 18, 20, 23, 43; PBC Order 2020 No. 5
Art. 43; handbook 001 §6.3.3.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from branch.workdays.rules import DAY, Counted, WorkCalendar

# Order 3 Art. 18: decide and tell; complex; especially complex.
STAGES = (15, 30, 60)
# PBC Order 5 Art. 43 knows no middle stage.
PBC_STAGES = (15, 60)
RE_REVIEW_WINDOW = 30
RE_REVIEW_LENGTH = 30
HANDLED_FEEDBACK_WORKDAYS = 5


@dataclass(frozen=True)
class Pause:
    """Days that do not count, half-open: ``start`` up to but without ``end`` (None: still open).

    Mediation (Art. 23) and appraisal outside the bank after notice (Art. 18).
    """

    start: date
    end: date | None = None


@dataclass(frozen=True)
class Extension:
    """A longer limit: in force only when approved at the level it needs and told in time."""

    days: int
    approved_on: date
    told_on: date | None
    level: str

    def holds(self, before: date | None) -> bool:
        """Whether it was approved and told before the limit it prolongs had ended."""
        if self.told_on is None or before is None:
            return self.told_on is not None
        return self.approved_on <= before and self.told_on <= before


@dataclass(frozen=True)
class HouseLimit:
    """The house's own limit from receipt: so many days, working or natural."""

    days: int
    working: bool


@dataclass(frozen=True)
class Facts:
    """What the clocks of one complaint depend on; days are the branch's local dates.

    ``restarts`` are the days on which new facts came in or the case was taken up again.
    ``handled_on`` is the day on which the decision was made.
    """

    received_on: date
    restarts: tuple[date, ...] = ()
    extensions: tuple[Extension, ...] = ()
    pauses: tuple[Pause, ...] = ()
    house: HouseLimit | None = None
    handled_on: date | None = None
    from_pbc: bool = False


@dataclass(frozen=True)
class Due:
    """Due days of a complaint. ``legal`` and ``effective`` are None while a pause is open.

    ``house`` is the earlier of the house's limits, ``feedback`` the one that counts from the
    decision (handbook 001 §6.3.3), None before it. ``stages`` are the days on which each legal
    stage ends (15, 30, 60), ``act_by`` is the last working day on or before the effective due day,
    ``legal_act_by`` the one on or before the legal.
    """

    legal: date | None
    house: date | None
    effective: date | None
    act_by: date | None
    stages: tuple[date | None, ...]
    begins_on: date
    used_days: int
    provisional: bool
    feedback: date | None = None
    legal_act_by: date | None = None

    @property
    def paused(self) -> bool:
        """Whether the clock stands."""
        return self.legal is None


def united(pauses: Iterable[Pause]) -> tuple[Pause, ...]:
    """The pauses in their order, overlapping and touching ones as one (never added up)."""
    found: list[Pause] = []
    for pause in sorted(pauses, key=lambda one: one.start):
        if pause.end is not None and pause.end <= pause.start:
            continue
        last = found[-1] if found else None
        if last is None or (last.end is not None and last.end < pause.start):
            found.append(pause)
        elif last.end is not None and (pause.end is None or pause.end > last.end):
            found[-1] = Pause(last.start, pause.end)
    return tuple(found)


def natural_due(start: date, days: int, pauses: Sequence[Pause]) -> date | None:
    """The day on which ``days`` natural days after ``start`` have passed, pauses left out.

    ``pauses`` are united. None while an open pause stands before that day.
    """
    due = start + DAY * days
    for pause in pauses:
        if pause.start > due:
            break
        if pause.end is None:
            return None
        out = (pause.end - max(pause.start, start + DAY)).days
        due += DAY * max(out, 0)
    return due


def working_due(
    start: date, days: int, pauses: Sequence[Pause], calendar: WorkCalendar
) -> Counted | None:
    """The day on which ``days`` working days after ``start`` have passed, pauses left out."""
    day, left, known = start, days, calendar.knows(start)
    waiting = list(pauses)
    while left > 0:
        day += DAY
        while waiting and (end := waiting[0].end) is not None and end <= day:
            waiting.pop(0)
        if waiting and waiting[0].start <= day:
            end = waiting[0].end
            if end is None:
                return None
            day = end - DAY
            continue
        known = known and calendar.knows(day)
        left -= calendar.is_workday(day)
    return Counted(day, not known)


def due_days(facts: Facts, today: date, calendar: WorkCalendar) -> Due:
    """Every due day of a complaint as things stand on ``today``."""
    begins_on = max((facts.received_on, *facts.restarts))
    pauses = united(facts.pauses)
    stages = PBC_STAGES if facts.from_pbc else STAGES
    ends = tuple(natural_due(begins_on, days, pauses) for days in stages)
    legal = _legal(facts, begins_on, stages, ends)
    house, feedback = _house(facts, pauses, calendar)
    days = [day for day in (legal, house.day if house else None) if day is not None]
    effective = None if legal is None else min(days)
    act_by = calendar.act_by(effective) if effective is not None else None
    provisional = bool((house and house.provisional) or (act_by and act_by.provisional))
    return Due(
        legal=legal,
        house=house.day if house else None,
        effective=effective,
        act_by=act_by.day if act_by else None,
        stages=ends,
        begins_on=begins_on,
        used_days=used_days(begins_on, today, pauses),
        provisional=provisional,
        feedback=feedback,
        legal_act_by=calendar.act_by(legal).day if legal is not None else None,
    )


def used_days(start: date, today: date, pauses: Sequence[Pause]) -> int:
    """Natural days used up since ``start``, without those of united pauses."""
    total = max((today - start).days, 0)
    for pause in pauses:
        first = max(pause.start, start + DAY)
        end = min(pause.end or today + DAY, today + DAY)
        total -= max((end - first).days, 0)
    return total


def extension_level(days: int) -> str:
    """Who has to approve a limit of so many days: the branch's head to 30, the superior to 60."""
    return "branch_manager" if days <= STAGES[1] else "superior"


def _legal(
    facts: Facts, begins_on: date, stages: Sequence[int], ends: Sequence[date | None]
) -> date | None:
    reached = 0
    for step, days in enumerate(stages[1:], 1):
        needed = extension_level(days)
        granted = any(
            one.days == days
            and one.approved_on >= begins_on
            and one.level in (needed, "superior")
            and one.holds(ends[reached])
            for one in facts.extensions
        )
        if not granted:
            break
        reached = step
    return ends[reached]


def _house(
    facts: Facts, pauses: Sequence[Pause], calendar: WorkCalendar
) -> tuple[Counted | None, date | None]:
    """The earlier of the house's limits, and the one from the decision."""
    begins_on = max((facts.received_on, *facts.restarts))
    limit: Counted | None = None
    if facts.house is not None and facts.house.working:
        limit = working_due(begins_on, facts.house.days, pauses, calendar)
    elif facts.house is not None:
        day = natural_due(begins_on, facts.house.days, pauses)
        limit = Counted(day) if day is not None else None
    if facts.handled_on is None:
        return limit, None
    # Handbook 001 §6.3.3: told within five working days after handling ends; somebody who gives his
    # name later, from then on.
    told = calendar.workday_after(max(facts.handled_on, begins_on), HANDLED_FEEDBACK_WORKDAYS)
    return (told if limit is None or told.day < limit.day else limit), told.day


def application_due(decision_received_on: date) -> date:
    """Until when a re-review may be applied for (Art. 20)."""
    return decision_received_on + timedelta(days=RE_REVIEW_WINDOW)


def re_review_due(application_received_on: date) -> date:
    """Until when the superior body decides and tells (Art. 20)."""
    return application_received_on + timedelta(days=RE_REVIEW_LENGTH)


def on_the_spot_until(received_on: date, workdays: int, calendar: WorkCalendar) -> date:
    """The last day on which it may still be settled on the spot: so many working days after
    receipt (complaints.md D15), and never beyond the law's first limit (Order 3 Art. 18)."""
    return min(calendar.workday_after(received_on, workdays).day, received_on + DAY * STAGES[0])


def hand_back_until(assigned_on: date, workdays: int, calendar: WorkCalendar) -> date:
    """The last day on which a handler may give it back (complaints.md 4a, 7)."""
    return calendar.workday_after(assigned_on, workdays).day


def keep_until(archived_on: date, years: int) -> date:
    """The last day on which an archived complaint is kept; what was archived on 29 February is
    kept to the end of that month."""
    try:
        return archived_on.replace(year=archived_on.year + years)
    except ValueError:
        return archived_on.replace(year=archived_on.year + years, day=28)
