"""The working calendar in force, and what is known of each year; writes nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from peewee import fn

from branch.kernel.prepared import Prepared
from branch.kernel.store import Store
from branch.workdays.records import WorkDayRow, WorkYearRow
from branch.workdays.rules import SpecialDay, WorkCalendar
from branch.workdays.shipped import shipped_years

# Where a year is from, when it is not a file: as it came with the program, mended by hand, a
# former version put back (with its number behind).
SHIPPED, EDITED, RESTORED = "shipped", "edited", "restored"


@dataclass(frozen=True)
class YearVersion:
    """A version of a year as it was imported: notice, source, when (ms) and by whom."""

    year: int
    version: int
    notice: str
    source: str
    imported_at: int
    imported_by: int

    @property
    def restored(self) -> int | None:
        """The former version whose days these are; None when they came otherwise."""
        word, _space, number = self.source.partition(" ")
        return int(number) if word == RESTORED and number.isdecimal() else None


@dataclass(frozen=True)
class WorkYear(YearVersion):
    """A known year in the version in force (0 as shipped), with its special days."""

    days: tuple[SpecialDay, ...]


_YEARS = Prepared(
    lambda: WorkYearRow.select(
        WorkYearRow.year,
        WorkYearRow.version,
        WorkYearRow.notice,
        WorkYearRow.source,
        WorkYearRow.imported_at,
        WorkYearRow.imported_by,
    ).order_by(WorkYearRow.year, WorkYearRow.version)
)
_DAYS = Prepared(
    lambda first, last, version: (
        WorkDayRow.select(WorkDayRow.day, WorkDayRow.worked, WorkDayRow.name)
        .where(WorkDayRow.day.between(first, last), WorkDayRow.version == version)
        .order_by(WorkDayRow.day)
    )
)
_NEWEST = Prepared(
    lambda year: WorkYearRow.select(fn.MAX(WorkYearRow.version)).where(WorkYearRow.year == year)
)


def work_calendar(store: Store) -> WorkCalendar:
    """The calendar: imported years in their newest version before shipped ones."""
    shipped = shipped_years()
    imported = {row[0]: row[1] for row in _YEARS.all(store)}
    worked = {
        day: kind
        for year, days in shipped.items()
        if year not in imported
        for day, (kind, _) in days.items()
    }
    for year, version in imported.items():
        worked |= {one.day: one.worked for one in _days(store, year, version)}
    return WorkCalendar(worked, frozenset(shipped) | frozenset(imported))


def work_years(store: Store) -> tuple[WorkYear, ...]:
    """Every known year in the version in force, newest first."""
    found = {year: _as_shipped(year) for year in shipped_years()}
    for year, version, notice, source, at, by in _YEARS.all(store):
        days = _days(store, year, version)
        found[year] = WorkYear(year, version, notice, source, at, by, days)
    return tuple(found[year] for year in sorted(found, reverse=True))


def year_versions(store: Store) -> tuple[YearVersion, ...]:
    """Every version that was ever imported, by year, the newest of it first."""
    rows = sorted(_YEARS.all(store), key=lambda row: (row[0], -row[1]))
    return tuple(YearVersion(*row) for row in rows)


def year_version(store: Store, year: int, version: int) -> WorkYear | None:
    """A year in one of its versions, with its days (0 as shipped); None when it never was."""
    if version == 0:
        return _as_shipped(year) if year in shipped_years() else None
    row = next((row for row in _YEARS.all(store) if row[:2] == (year, version)), None)
    if row is None:
        return None
    _year, _version, notice, source, at, by = row
    return WorkYear(year, version, notice, source, at, by, _days(store, year, version))


def newest_version(store: Store, year: int) -> int:
    """The version of a year in force; 0 when nothing was imported."""
    row = _NEWEST.one(store, year=year)
    return int(row[0]) if row and row[0] is not None else 0


def _as_shipped(year: int) -> WorkYear:
    days = sorted(shipped_years()[year].items())
    special = tuple(SpecialDay(day, worked, name) for day, (worked, name) in days)
    return WorkYear(year, 0, "", SHIPPED, 0, 0, special)


def _days(store: Store, year: int, version: int) -> tuple[SpecialDay, ...]:
    rows = _DAYS.all(store, first=f"{year}-01-01", last=f"{year}-12-31", version=version)
    return tuple(SpecialDay(date.fromisoformat(row[0]), bool(row[1]), row[2]) for row in rows)
