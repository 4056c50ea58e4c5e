"""What of today's inspections waits for somebody's hand; writes nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from branch.inspections.queries.sheets import DayLine, day_lines, sheet_view
from branch.inspections.sheets import SIGNING
from branch.kernel.clock import from_ms
from branch.kernel.store import Store


@dataclass(frozen=True)
class Waiting:
    """An inspection that is due or missed ("due", "missed"), or asks for a second signature
    ("signing"); ``until`` is its local end."""

    template: str
    name_zh: str
    name_en: str
    period: str
    turn: int
    about: str
    state: str
    until: datetime

    @property
    def key(self) -> tuple[str, int, str]:
        """By what it is known as one that was seen."""
        return self.template, self.turn, f"{self.period} {self.about} {self.state}"


def waiting_for(
    store: Store, staff: int, roles: frozenset[str], now: int, zone: ZoneInfo
) -> tuple[Waiting, ...]:
    """What somebody with these roles would sign, by its end.

    What is open for a week or a month is told on its last day only.
    """
    today = from_ms(now, zone).date()
    lines = day_lines(store, today, now, zone)
    return tuple(
        Waiting(
            line.template.code,
            line.template.name_zh,
            line.template.name_en,
            line.slot.period,
            line.slot.turn,
            line.about,
            line.state,
            line.slot.last,
        )
        for line in lines
        if _waits(store, line, staff, roles) and line.slot.last.date() == today
    )


def _waits(store: Store, line: DayLine, staff: int, roles: frozenset[str]) -> bool:
    if line.slot.about == staff:
        return False
    if line.state in ("due", "missed"):
        return not roles.isdisjoint(line.template.signs[0])
    if line.state != SIGNING or line.sheet is None:
        return False
    signatures = sheet_view(store, line.sheet.id).signatures
    place = next((one for one in signatures if one.at is None), None)
    return (
        place is not None
        and staff not in {one.staff for one in signatures}
        and not roles.isdisjoint(place.roles)
    )
