"""Years of the working calendar are imported whole; a former version is kept.

What depends on the calendar is computed anew by whoever keeps it: ``bootstrap`` says by whom.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from branch.kernel.errors import BadInput
from branch.kernel.prepared import Prepared
from branch.kernel.runner import Work
from branch.workdays.queries import newest_version
from branch.workdays.records import WorkDayRow, WorkYearRow
from branch.workdays.rules import SpecialDay

_FIRST_YEAR, _LAST_YEAR = 1990, 2199
_LONGEST = 120


@dataclass(frozen=True)
class ImportYear:
    """Put a year in force as the State Council's notice has it, or as somebody mended it."""

    year: int
    days: tuple[SpecialDay, ...]
    notice: str
    source: str


_YEAR = Prepared(
    lambda year, version, notice, source, now, staff: WorkYearRow.insert(
        {
            WorkYearRow.year: year,
            WorkYearRow.version: version,
            WorkYearRow.notice: notice,
            WorkYearRow.source: source,
            WorkYearRow.imported_at: now,
            WorkYearRow.imported_by: staff,
        }
    )
)
_DAY = Prepared(
    lambda day, version, worked, name: WorkDayRow.insert(
        {
            WorkDayRow.day: day,
            WorkDayRow.version: version,
            WorkDayRow.worked: worked,
            WorkDayRow.name: name,
        }
    )
)


def import_year(work: Work, command: ImportYear) -> int:
    """Keep a new version of the year; returns it. Raises BadInput for days of another year,
    named twice, or none at all."""
    if not _FIRST_YEAR <= command.year <= _LAST_YEAR:
        raise BadInput("year_range", field="year", least=_FIRST_YEAR, most=_LAST_YEAR)
    if not any(not one.worked for one in command.days):
        # holiday-cn publishes years to come with an empty list.
        raise BadInput("calendar_empty", field="days", year=command.year)
    seen: set[date] = set()
    for one in command.days:
        if one.day.year != command.year:
            raise BadInput("calendar_other_year", field="days", day=one.day.isoformat())
        if one.day in seen:
            raise BadInput("calendar_twice", field="days", day=one.day.isoformat())
        seen.add(one.day)
    version = newest_version(work.store, command.year) + 1
    _YEAR.run(
        work.store,
        year=command.year,
        version=version,
        notice=" ".join(command.notice.split())[:_LONGEST],
        source=" ".join(command.source.split())[:_LONGEST],
        now=work.now,
        staff=work.actor.staff,
    )
    for one in command.days:
        _DAY.run(
            work.store,
            day=one.day.isoformat(),
            version=version,
            worked=one.worked,
            name=" ".join(one.name.split())[:_LONGEST],
        )
    worked = sum(one.worked for one in command.days)
    work.record(
        "calendar.imported",
        command.year,
        version=version,
        worked=worked,
        off=len(command.days) - worked,
    )
    return version
