"""What the closings of a period come to: days, bands, findings, compensation, satisfaction; pure.

Closings come in groups, as the store gives them, or by themselves. The handling time runs from
receipt (of a later round from its beginning) to the day on which the complainant was told (Order 3
Art. 18, 21), not to the follow-up visit after it; partly true counts as true.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Final, NamedTuple

from branch.complaints.deadlines import Pause, united, used_days
from branch.workdays.rules import WorkCalendar

BANDS: Final = ("workdays_3", "days_15", "days_30", "days_60", "longer")


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

    @property
    def spent(self) -> Spent:
        """Its days as a group of one."""
        told = self.told or self.begun
        late_legal, late_house = "" < self.legal_due < told, "" < self.house_due < told
        return Spent(self.begun, told, 1, int(late_legal), int(late_house))

    def result(self, limit: int) -> Result:
        """What it came to as a group of one; compensation is small up to ``limit`` (fen)."""
        paid = self.redress or 0
        small = paid if paid <= limit else 0
        return Result(
            self.on_the_spot,
            self.finding,
            self.cause,
            self.satisfaction,
            self.anonymous,
            1,
            int(paid > 0),
            paid,
            int(small > 0),
            small,
        )


class Spent(NamedTuple):
    """Closings that began on one day and were told on one day (ISO), and how many of them were
    told after the law's and after the house's day."""

    begun: str
    told: str
    number: int
    late_legal: int
    late_house: int

    @property
    def without(self) -> Spent:
        """What takes this group out of a sum again."""
        return Spent(self.begun, self.told, -self.number, -self.late_legal, -self.late_house)


class Result(NamedTuple):
    """Closings that came to the same, with their compensation: how many, its sum, and how many
    and how much of it up to the house's limit (fen)."""

    on_the_spot: bool
    finding: str
    cause: str
    satisfaction: str
    anonymous: bool
    number: int
    compensated: int
    redress: int
    small: int
    small_sum: int

    @property
    def without(self) -> Result:
        """What takes this group out of a sum again."""
        return Result(*self[:5], *(-number for number in self[5:]))


class Paused(NamedTuple):
    """A closing whose clock stood for a while: its days (ISO) and its pauses."""

    begun: str
    told: str
    pauses: Sequence[Pause]


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


def handled(
    spent: Iterable[Spent],
    results: Iterable[Result],
    paused: Iterable[Paused],
    extended: int,
    calendar: WorkCalendar,
) -> Handled:
    """The closings of a period in numbers: the same ones by their days and by what they came to,
    and of these again those with pauses, and how many had a longer limit."""
    groups = list(spent)
    days = _Days(calendar, groups)
    bands: Counter[str] = Counter()
    closed = gross = late_legal = late_house = 0
    for begun, told, number, after_legal, after_house in groups:
        natural, band = days.spent(begun, told)
        bands[band] += number
        gross += natural * number
        closed += number
        late_legal += after_legal
        late_house += after_house
    stood = 0
    for one in paused:
        natural, _band = days.spent(one.begun, one.told)
        stood += natural - used_days(
            date.fromordinal(days[one.begun]), date.fromordinal(days[one.told]), united(one.pauses)
        )
    return _content(
        results,
        Handled(
            closed=closed,
            bands={band: bands[band] for band in BANDS},
            late_legal=late_legal,
            late_house=late_house,
            extended=extended,
            gross_days=gross,
            net_days=gross - stood,
        ),
    )


def _content(results: Iterable[Result], told: Handled) -> Handled:
    """``told`` with what the closings came to."""
    findings: Counter[str] = Counter()
    causes: Counter[str] = Counter()
    answers: Counter[str] = Counter()
    on_the_spot = compensated = redress = small = small_sum = asked = 0
    for group in results:
        findings[group.finding] += group.number
        causes[group.cause] += group.number
        answers[group.satisfaction] += group.number
        on_the_spot += group.number * group.on_the_spot
        asked += group.number * (not group.anonymous)
        compensated += group.compensated
        redress += group.redress
        small += group.small
        small_sum += group.small_sum
    satisfied = answers["satisfied"] + answers["rather_satisfied"]
    return replace(
        told,
        on_the_spot=on_the_spot,
        findings=+findings,
        causes=+causes,
        compensated=compensated,
        redress=redress,
        small=small,
        small_sum=small_sum,
        asked=asked,
        answered=satisfied + answers["dissatisfied"],
        satisfied=satisfied,
    )


class _Days(dict[str, int]):
    """Days as numbers by their ISO text, each read once, and how many working days lie between
    two."""

    def __init__(self, calendar: WorkCalendar, groups: Sequence[Spent]) -> None:
        super().__init__()
        if not groups:
            return
        self._first = self[min(one.begun for one in groups)]
        last = self[max(one.told for one in groups)]
        worked, self._worked = 0, []
        for day in range(self._first, max(last, self._first) + 1):
            worked += calendar.is_workday(date.fromordinal(day))
            self._worked.append(worked)

    def __missing__(self, text: str) -> int:
        found = self[text] = date.fromisoformat(text).toordinal()
        return found

    def spent(self, begun: str, told: str) -> tuple[int, str]:
        """The natural days from one to the other, and the band of handling time they fall into."""
        first = self[begun]
        natural = self[told] - first
        if natural <= 0:
            return 0, BANDS[0]
        at = first - self._first
        if self._worked[at + natural] - self._worked[at] <= 3:
            return natural, BANDS[0]
        late = 1 if natural <= 15 else 2 if natural <= 30 else 3 if natural <= 60 else 4
        return natural, BANDS[late]
