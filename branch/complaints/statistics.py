"""What complaints come to in a period; pure.

Definitions (complaints.md 4e; Order 3 Art. 26-28, 36; handbook 000 on statistics):
an enquiry, suggestion or report is counted apart; a complaint has ended when it is closed, not
accepted, referred, withdrawn or merged; a case that was merged or referred has no handling time.
The handling time of a closing runs from receipt (of a later round from its beginning) to the day on
which the complainant was told (Order 3 Art. 18, 21), not to the follow-up visit after it. Partly
true counts as true.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from operator import attrgetter
from typing import Any, Final, NamedTuple

from branch.complaints.codes import (
    BIZ_CHANNELS,
    BIZ_CLASSES,
    CHANNELS,
    OUTCOMES_REFERRED,
    REASONS,
    REDRESS_LIMIT,
    REFUSALS,
    SEVERITIES,
)
from branch.complaints.deadlines import Pause, united, used_days
from branch.complaints.rules import State
from branch.workdays.rules import DAY, WorkCalendar

PER_CUSTOMERS: Final = 10_000

BANDS: Final = ("workdays_3", "days_15", "days_30", "days_60", "longer")
# What is counted by, and the codes in their order.
DIMENSIONS: Final[Mapping[str, tuple[str, ...]]] = {
    "channel": CHANNELS,
    "biz_channel": BIZ_CHANNELS,
    "biz_class": BIZ_CLASSES,
    "reason": REASONS,
    "severity": SEVERITIES,
    "weekday": tuple("0123456"),
    "hour": tuple(str(hour) for hour in range(24)),
}
# What the journal calls an end, and what this room calls it.
ENDS: Final = {
    "closed": "closed",
    "not_accepted": "not_accepted",
    "referred": "referred",
    "withdrawn": "withdrawn",
    "merged": "merged",
    "re_review_upheld": "re_reviewed",
}
HOWS: Final = tuple(ENDS.values())
TAKEN_UP: Final = frozenset({"reopened", "re_review_started", "unarchived", "merge_undone"})
_ROUNDS: Final = frozenset({"reopened", "redo_ordered", "unarchived"})
# What of the journal is read for spans and closings.
CLOSING_FACTS: Final = frozenset(
    {*ENDS, *TAKEN_UP, *_ROUNDS, "due_changed", "reported", "solved_on_the_spot", "replied"}
)


class Received(NamedTuple):
    """A complaint that came in. ``weekday`` 0 is Monday, ``hour`` 0 to 23; both as text codes."""

    id: int
    channel: str
    biz_channel: str
    biz_class: str
    reason: str
    severity: str
    weekday: str
    hour: str
    merged: bool
    repeat: bool


class Closing(NamedTuple):
    """A complaint that was handled to its end. Days ISO or empty, ``redress`` in fen."""

    id: int
    begun: str
    told: str
    legal_due: str
    house_due: str
    on_the_spot: bool
    finding: str
    cause: str
    redress: int | None
    satisfaction: str
    anonymous: bool


class Event(NamedTuple):
    """An entry of the journal about one complaint: local day (ISO), what, data."""

    day: str
    what: str
    data: Mapping[str, Any]


class Span(NamedTuple):
    """A complaint that runs: from a day to the day it ended (empty: it runs), and how."""

    begun: str
    ended: str
    how: str


@dataclass(frozen=True)
class Ledger:
    """What ran before a period, came in, was taken up again, ended, and still runs after it.

    ``open_before + received + taken_up == sum(ended) + open_after``.
    """

    open_before: int
    received: int
    taken_up: int
    ended: Mapping[str, int]
    open_after: int

    @property
    def all_ended(self) -> int:
        """Everything that ended."""
        return sum(self.ended.values())


@dataclass(frozen=True)
class Handled:
    """The closings of a period in numbers; days are natural ones, sums in fen.

    ``small`` is compensation up to the house's limit (小额补偿). ``asked`` leaves anonymous
    complainants out, who cannot be asked.
    """

    closed: int = 0
    bands: Mapping[str, int] = field(default_factory=dict)
    late_legal: int = 0
    late_house: int = 0
    on_the_spot: int = 0
    extended: int = 0
    findings: Mapping[str, int] = field(default_factory=dict)
    causes: Mapping[str, int] = field(default_factory=dict)
    compensated: int = 0
    redress: int = 0
    small: int = 0
    small_sum: int = 0
    asked: int = 0
    answered: int = 0
    satisfied: int = 0
    gross_days: int = 0
    net_days: int = 0


@dataclass(frozen=True)
class Reviews:
    """Re-reviews by the superior body: applied for, decided, and changed or sent back."""

    applied: int = 0
    decided: int = 0
    overturned: int = 0


@dataclass(frozen=True)
class Statistics:
    """A period in numbers. ``by`` holds counts by code of each of ``DIMENSIONS``, ``crossed``
    those by business channel, business and reason together; ``others`` what was no complaint."""

    first: str
    last: str
    ledger: Ledger
    accepted: int
    merged_received: int
    repeats: int
    others: Mapping[str, int]
    by: Mapping[str, Mapping[str, int]]
    crossed: Mapping[tuple[str, str, str], int]
    handled: Handled
    reviews: Reviews
    visits: int
    reached: int
    served: int

    @property
    def net(self) -> int:
        """What came in without what was merged into another complaint."""
        return self.ledger.received - self.merged_received

    @property
    def per_served(self) -> float | None:
        """Complaints received for 10,000 customers served; None while nobody was."""
        return self.ledger.received * PER_CUSTOMERS / self.served if self.served else None


# -- how single cases count -----------------------------------------------------------------------


def fate(state: str, told: bool, merged: bool, outcome: str) -> str:
    """How a complaint ended that stands in ``state``; an archived one by what it carries."""
    if state in (State.NOT_ACCEPTED, State.REFERRED, State.WITHDRAWN, State.MERGED, State.CLOSED):
        return str(state)
    if told:
        return "closed"
    if merged:
        return "merged"
    if outcome in REFUSALS:
        return "not_accepted"
    return "referred" if outcome in OUTCOMES_REFERRED else "withdrawn"


def spans(received_on: str, events: Iterable[Event]) -> tuple[Span, ...]:
    """When a complaint ran, from all of its events in their order."""
    found: list[Span] = []
    begun = received_on
    for event in events:
        if event.what in ENDS and begun:
            found.append(Span(begun, event.day, ENDS[event.what]))
            begun = ""
        elif event.what in TAKEN_UP and not begun:
            begun = event.day
    if begun:
        found.append(Span(begun, "", ""))
    return tuple(found)


def ledger(lives: Iterable[Sequence[Span]], first: str, last: str) -> Ledger:
    """The ledger of complaints, each by its spans, over the days ``first`` to ``last``."""
    before = after = received = taken_up = 0
    ended: Counter[str] = Counter()
    for life in lives:
        for at, span in enumerate(life):
            inside = first <= span.begun <= last
            received += inside and at == 0
            taken_up += inside and at > 0
            before += span.begun < first and (not span.ended or span.ended >= first)
            after += span.begun <= last and (not span.ended or span.ended > last)
            if span.ended and first <= span.ended <= last:
                ended[span.how] += 1
    return Ledger(before, received, taken_up, ended, after)


def joined(one: Ledger, other: Ledger) -> Ledger:
    """The ledger of two sets of complaints."""
    ended = Counter(one.ended)
    ended.update(other.ended)
    return Ledger(
        one.open_before + other.open_before,
        one.received + other.received,
        one.taken_up + other.taken_up,
        ended,
        one.open_after + other.open_after,
    )


def closings(
    received_on: str, now: Closing, events: Iterable[Event], first: str, last: str
) -> list[Closing]:
    """The closings of a complaint within a period that was taken up again at some time: what its
    row no longer holds is taken from the journal. ``now`` gives the rest."""
    found = []
    begun, state = received_on, now._replace(begun=received_on)
    for event in events:
        if event.what in _ROUNDS:
            begun = event.day
        elif event.what == "due_changed":
            state = state._replace(
                legal_due=str(event.data.get("legal", "")),
                house_due=str(event.data.get("house", "")),
            )
        elif event.what == "reported":
            state = state._replace(
                finding=str(event.data.get("finding", "")),
                cause=str(event.data.get("cause", "")),
                on_the_spot=False,
            )
        elif event.what == "solved_on_the_spot":
            state = state._replace(
                finding="true", cause=str(event.data.get("cause", "")), on_the_spot=True
            )
        elif event.what == "replied":
            state = state._replace(told=str(event.data.get("told", event.day)))
        elif event.what == "closed" and first <= event.day <= last:
            satisfaction = str(event.data.get("satisfaction", ""))
            found.append(state._replace(begun=begun, satisfaction=satisfaction))
    return found


def handled(
    closed: Sequence[Closing],
    extended: frozenset[int],
    pauses: Mapping[int, Sequence[Pause]],
    calendar: WorkCalendar,
) -> Handled:
    """The closings in numbers; ``extended`` and ``pauses`` are by complaint."""
    days = _Days(calendar, closed)
    bands: Counter[str] = Counter()
    gross = net = late_legal = late_house = 0
    # Many share their days: each pair is counted out once.
    spent: dict[tuple[str, str], tuple[int, str]] = {}
    for one in closed:
        pair = one.begun, one.told or one.begun
        found = spent.get(pair)
        if found is None:
            found = spent[pair] = days.spent(*pair)
        natural, band = found
        bands[band] += 1
        gross += natural
        if one.id in pauses:
            net += used_days(days[pair[0]], days[pair[1]], united(pauses[one.id]))
        else:
            net += natural
        late_legal += "" < one.legal_due < one.told
        late_house += "" < one.house_due < one.told
    content = Counter(one.satisfaction for one in closed)
    satisfied = content["satisfied"] + content["rather_satisfied"]
    paid = [one.redress for one in closed if one.redress]
    small = [fen for fen in paid if fen <= REDRESS_LIMIT]
    return Handled(
        closed=len(closed),
        bands={band: bands[band] for band in BANDS},
        late_legal=late_legal,
        late_house=late_house,
        on_the_spot=sum(one.on_the_spot for one in closed),
        extended=sum(one.id in extended for one in closed),
        findings=Counter(one.finding for one in closed),
        causes=Counter(one.cause for one in closed),
        compensated=len(paid),
        redress=sum(paid),
        small=len(small),
        small_sum=sum(small),
        asked=sum(not one.anonymous for one in closed),
        answered=satisfied + content["dissatisfied"],
        satisfied=satisfied,
        gross_days=gross,
        net_days=net,
    )


class _Days(dict[str, date]):
    """Days by their ISO text, each read once, and how many working days lie between two."""

    def __init__(self, calendar: WorkCalendar, closed: Sequence[Closing]) -> None:
        super().__init__()
        if not closed:
            return
        self._first = self[min(one.begun for one in closed)]
        last = self[max(one.told or one.begun for one in closed)]
        worked, self._worked = 0, []
        for step in range(max((last - self._first).days, 0) + 1):
            worked += calendar.is_workday(self._first + DAY * step)
            self._worked.append(worked)

    def __missing__(self, text: str) -> date:
        found = self[text] = date.fromisoformat(text)
        return found

    def spent(self, begun: str, told: str) -> tuple[int, str]:
        """The natural days from one to the other, and the band of handling time they fall into."""
        first = self[begun]
        natural = (self[told] - first).days
        if natural <= 0:
            return 0, BANDS[0]
        at = (first - self._first).days
        if self._worked[at + natural] - self._worked[at] <= 3:
            return natural, BANDS[0]
        late = 1 if natural <= 15 else 2 if natural <= 30 else 3 if natural <= 60 else 4
        return natural, BANDS[late]


def counted(received: Sequence[Received]) -> dict[str, Counter[str]]:
    """What came in, by each of the dimensions."""
    return {name: Counter(map(attrgetter(name), received)) for name in DIMENSIONS}


def crossed(received: Sequence[Received]) -> Counter[tuple[str, str, str]]:
    """What came in, by business channel, business and reason together."""
    return Counter((one.biz_channel, one.biz_class, one.reason) for one in received)
