"""Years of the working calendar are imported whole; a former version is kept.

What depends on the calendar is computed anew by whoever keeps it: ``bootstrap`` says by whom.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from branch.kernel.errors import BadInput, NotFound, Stale
from branch.kernel.prepared import Prepared
from branch.kernel.runner import Work
from branch.workdays.queries import RESTORED, newest_version, year_version
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


@dataclass(frozen=True)
class RestoreYear:
    """Put a former version of a year back in force (0: as it came with the program)."""

    year: int
    version: int


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
    named twice, or none at all, and for a notice's number too long."""
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
        length = len(" ".join(one.name.split()))
        if length > _LONGEST:
            raise BadInput("field_too_long", field="days", longest=_LONGEST, length=length)
    length = len(" ".join(command.notice.split()))
    if length > _LONGEST:
        raise BadInput("field_too_long", field="notice", longest=_LONGEST, length=length)
    version = _keep(work, command.year, command.days, command.notice, command.source)
    _record(work, "imported", command.year, command.days, version=version)
    return version


def restore_year(work: Work, command: RestoreYear) -> int:
    """Keep the days of a former version as a new one; returns it. Raises NotFound for a version
    that never was, Stale for the one in force."""
    former = year_version(work.store, command.year, command.version)
    if former is None:
        raise NotFound("calendar_version_unknown")
    if command.version == newest_version(work.store, command.year):
        raise Stale("calendar_version_in_force")
    source = f"{RESTORED} {command.version}"
    version = _keep(work, command.year, former.days, former.notice, source)
    _record(work, "restored", command.year, former.days, version=version, former=command.version)
    return version


def _keep(work: Work, year: int, days: tuple[SpecialDay, ...], notice: str, source: str) -> int:
    version = newest_version(work.store, year) + 1
    _YEAR.run(
        work.store,
        year=year,
        version=version,
        notice=" ".join(notice.split()),
        source=" ".join(source.split())[:_LONGEST],
        now=work.now,
        staff=work.actor.staff,
    )
    for one in days:
        _DAY.run(
            work.store,
            day=one.day.isoformat(),
            version=version,
            worked=one.worked,
            name=" ".join(one.name.split()),
        )
    return version


def _record(work: Work, what: str, year: int, days: tuple[SpecialDay, ...], **data: int) -> None:
    worked = sum(one.worked for one in days)
    work.record(f"calendar.{what}", year, worked=worked, off=len(days) - worked, **data)
