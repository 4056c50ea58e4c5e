"""What a period comes to, told the slow way: every complaint and every entry by itself."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Any

from branch.complaints.closings import Closing, Handled
from branch.complaints.queries.histories import LocalTimes, events_of
from branch.complaints.records import ComplaintRow, ExtensionRow, PauseRow
from branch.complaints.statistics import CLOSING_FACTS, DIMENSIONS, closings
from branch.kernel.clock import from_ms
from branch.workdays.queries import work_calendar
from tests.complaints.desk import Desk
from tests.conftest import SHANGHAI


def rows(desk: Desk) -> list[Any]:
    """Every complaint's row."""
    query = ComplaintRow.select().where(ComplaintRow.kind == "complaint")
    return list(query.bind(desk.store.database))


def came(desk: Desk, first: str, last: str) -> dict[str, Counter[str]]:
    """What came in, by each of the dimensions."""
    found: dict[str, Counter[str]] = {name: Counter() for name in DIMENSIONS}
    for row in rows(desk):
        if first <= row.received_on <= last:
            at = from_ms(row.received_at, SHANGHAI)
            parts = {"weekday": str(at.weekday()), "hour": str(at.hour)}
            for name in DIMENSIONS:
                found[name][parts[name] if name in parts else getattr(row, name)] += 1
    return found


def closed(desk: Desk, first: str, last: str) -> list[Closing]:
    """The closings of the period, each as the journal tells it."""
    listed = rows(desk)
    told = events_of(desk.store, [row.id for row in listed], CLOSING_FACTS, LocalTimes(desk.store))
    found = []
    for row in listed:
        now = Closing(
            row.id, row.received_on, "", row.legal_due, row.house_due, row.outcome == "on_the_spot",
            row.finding, row.cause, row.redress, row.satisfaction, row.anonymous,
        )  # fmt: skip
        found += closings(row.received_on, now, told[row.id], first, last)
    return found


def handled(desk: Desk, first: str, last: str) -> Handled:
    """The closings of the period in numbers, added up one at a time."""
    calendar = work_calendar(desk.store)
    extensions = ExtensionRow.select().where(ExtensionRow.told_on != "")
    longer = [(row.complaint, row.told_on) for row in extensions.bind(desk.store.database)]
    bands: Counter[str] = Counter()
    gross = net = 0
    listed = closed(desk, first, last)
    for one in listed:
        begun, told = date.fromisoformat(one.begun), date.fromisoformat(one.told)
        natural = (told - begun).days
        bands[
            "workdays_3" if calendar.workdays_between(begun, told) <= 3
            else next((f"days_{most}" for most in (15, 30, 60) if natural <= most), "longer")
        ] += 1  # fmt: skip
        gross += natural
        out = set()
        for pause in (
            PauseRow.select().where(PauseRow.complaint == one.id).bind(desk.store.database)
        ):
            day, end = pause.start, pause.end or "9999-12-31"
            out |= {
                number
                for number in range(begun.toordinal() + 1, told.toordinal() + 1)
                if day <= date.fromordinal(number).isoformat() < end
            }
        net += natural - len(out)
    paid = [one.redress for one in listed if one.redress]
    small = [fen for fen in paid if fen <= 200_000]
    answers = Counter(one.satisfaction for one in listed)
    satisfied = answers["satisfied"] + answers["rather_satisfied"]
    return Handled(
        closed=len(listed),
        bands={**dict.fromkeys(("workdays_3", "days_15", "days_30", "days_60", "longer"), 0),
               **bands},
        late_legal=sum("" < one.legal_due < one.told for one in listed),
        late_house=sum("" < one.house_due < one.told for one in listed),
        on_the_spot=sum(one.on_the_spot for one in listed),
        extended=sum(
            any(of == one.id and one.begun <= day <= one.told for of, day in longer)
            for one in listed
        ),
        findings=Counter(one.finding for one in listed),
        causes=Counter(one.cause for one in listed),
        compensated=len(paid),
        redress=sum(paid),
        small=len(small),
        small_sum=sum(small),
        asked=sum(not one.anonymous for one in listed),
        answered=satisfied + answers["dissatisfied"],
        satisfied=satisfied,
        gross_days=gross,
        net_days=net,
    )  # fmt: skip
