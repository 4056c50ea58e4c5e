"""What complaints come to in a period; pure.

Definitions (complaints.md 4e; Order 3 Art. 26-28, 36; handbook 000 on statistics):
an enquiry, suggestion or report is counted apart; a complaint has ended when it is closed, not
accepted, referred, withdrawn or merged; a case that was merged or referred has no handling time.
What closings come to is counted in ``closings``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

from branch.complaints.closings import Closing, Handled
from branch.complaints.codes import (
    BIZ_CHANNELS,
    BIZ_CLASSES,
    CHANNELS,
    OUTCOMES_REFERRED,
    REASONS,
    REFUSALS,
    SEVERITIES,
)
from branch.complaints.rules import ROUNDS, State

PER_CUSTOMERS: Final = 10_000

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
# What of the journal is read for spans and closings.
CLOSING_FACTS: Final = frozenset(
    {
        *ENDS,
        *TAKEN_UP,
        *ROUNDS,
        "due_changed",
        "reported",
        "solved_on_the_spot",
        "replied",
        "identity_given",
    }
)


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
    """When a complaint ran, from all of its events in their order.

    What was answered and never closed before a re-review upheld it was closed by that: the closings
    of a period are what ended so in it.
    """
    found: list[Span] = []
    begun, is_closed = received_on, False
    for event in events:
        if event.what in ROUNDS:
            is_closed = False
        if event.what in ENDS and begun:
            upheld = event.what == "re_review_upheld"
            how = "closed" if upheld and not is_closed else ENDS[event.what]
            found.append(Span(begun, event.day, how))
            begun = ""
            is_closed = is_closed or how == "closed"
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
    row no longer holds is taken from the journal. ``now`` gives the rest.

    What was answered and went to a re-review before it was closed was handled to its end when the
    decision was upheld.
    """
    found = []
    begun, ended = received_on, False
    # What is known at an event of what ``now`` says of today.
    known: dict[str, Any] = {}
    events = tuple(events)
    if any(event.what == "identity_given" for event in events):
        known["anonymous"] = True
    for event in events:
        what, data = event.what, event.data
        if what in ROUNDS:
            begun, ended = event.day, False
        elif what == "due_changed":
            known["legal_due"] = str(data.get("legal", ""))
            known["house_due"] = str(data.get("house", ""))
        elif what in ("reported", "solved_on_the_spot"):
            known["on_the_spot"] = what == "solved_on_the_spot"
            known["finding"] = "true" if known["on_the_spot"] else str(data.get("finding", ""))
            known["cause"] = str(data.get("cause", ""))
            if known["on_the_spot"]:
                known["redress"] = None
            elif "redress" in data:
                # Entries of before have none; what the row says now stands for it.
                known["redress"] = int(data["redress"])
        elif what == "identity_given":
            known["anonymous"] = False
        elif what == "replied":
            known["told"] = str(data.get("told", event.day))
        elif what == "closed" or (what == "re_review_upheld" and not ended):
            ended = True
            if first <= event.day <= last:
                satisfaction = str(data.get("satisfaction", ""))
                found.append(now._replace(**known, begun=begun, satisfaction=satisfaction))
    return found
