"""Years are imported whole and kept in versions; what is in force, on each kind of store."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from branch.bootstrap import Branch
from branch.kernel import journal
from branch.kernel.errors import BadInput, NotFound, NotPermitted, Stale
from branch.kernel.runner import Actor
from branch.workdays.commands import ImportYear, RestoreYear
from branch.workdays.queries import SHIPPED, newest_version, work_calendar, work_years
from branch.workdays.rules import SpecialDay

Act = Callable[[str, str], Actor]
SUPERVISOR, TELLER = "100201", "100482"
NEW_YEAR = tuple(SpecialDay(date(2027, 1, n), False, "元旦") for n in (1, 2, 3))
WORKED = SpecialDay(date(2027, 1, 9), True, "")


def put(branch: Branch, actor: Act, *days: SpecialDay, year: int = 2027, notice: str = "") -> int:
    command = ImportYear(year, days, notice, "2027.json")
    return int(branch.run(command, actor(SUPERVISOR, "admin")).value)


def test_as_shipped_every_year_has_its_holidays_and_the_next_is_unknown(branch: Branch) -> None:
    years = work_years(branch.store)
    assert [one.year for one in years] == list(range(2026, 2003, -1))
    assert {one.source for one in years} == {SHIPPED}
    assert newest_version(branch.store, 2027) == 0
    assert work_calendar(branch.store).year_wanted(date(2026, 11, 1)) == 2027


def test_an_imported_year_is_in_force_at_once(branch: Branch, actor: Act) -> None:
    assert put(branch, actor, *NEW_YEAR, WORKED, notice="  国办发明电 〔2026〕7号 ") == 1
    newest = work_years(branch.store)[0]
    assert (newest.year, newest.version, newest.notice) == (2027, 1, "国办发明电 〔2026〕7号")
    assert newest.days == (*NEW_YEAR, WORKED)
    calendar = work_calendar(branch.store)
    assert calendar.is_workday(date(2027, 1, 9))
    assert not calendar.is_workday(date(2027, 1, 1))
    assert calendar.year_wanted(date(2026, 12, 1)) is None
    assert not calendar.workday_after(date(2026, 12, 31), 2).provisional
    entry = [one for one in journal.entries(branch.store) if one.what == "calendar.imported"][-1]
    assert (entry.subject, entry.data) == ("2027", {"version": 1, "worked": 1, "off": 3})


def test_the_newest_version_counts_and_the_former_one_is_kept(branch: Branch, actor: Act) -> None:
    put(branch, actor, *NEW_YEAR, WORKED)
    assert put(branch, actor, *NEW_YEAR) == 2
    assert newest_version(branch.store, 2027) == 2
    assert not work_calendar(branch.store).is_workday(date(2027, 1, 9))
    # A notice that came late changes a shipped year too; the others stay.
    only = SpecialDay(date(2026, 10, 1), False, "国庆节")
    assert put(branch, actor, only, year=2026) == 1
    calendar = work_calendar(branch.store)
    assert calendar.is_workday(date(2026, 10, 2))
    assert not calendar.is_workday(date(2025, 10, 2))


def test_a_former_version_is_put_back_as_a_new_one(branch: Branch, actor: Act) -> None:
    put(branch, actor, *NEW_YEAR, WORKED, notice="7号")
    put(branch, actor, *NEW_YEAR)
    by = actor(SUPERVISOR, "admin")
    assert branch.run(RestoreYear(2027, 1), by).value == 3
    newest = work_years(branch.store)[0]
    assert (newest.version, newest.restored, newest.notice) == (3, 1, "7号")
    assert newest.days == (*NEW_YEAR, WORKED)
    assert work_calendar(branch.store).is_workday(date(2027, 1, 9))
    entry = list(journal.entries(branch.store))[-1]
    assert (entry.what, entry.subject) == ("calendar.restored", "2027")
    assert entry.data == {"version": 3, "former": 1, "worked": 1, "off": 3}
    with pytest.raises(Stale, match="calendar_version_in_force"):
        branch.run(RestoreYear(2027, 3), by)
    for unknown in (RestoreYear(2027, 9), RestoreYear(2027, 0), RestoreYear(2030, 1)):
        with pytest.raises(NotFound, match="calendar_version_unknown"):
            branch.run(unknown, by)


def test_what_came_with_the_program_is_put_back(branch: Branch, actor: Act) -> None:
    shipped = next(one for one in work_years(branch.store) if one.year == 2026)
    put(branch, actor, SpecialDay(date(2026, 10, 1), False, "国庆节"), year=2026)
    branch.run(RestoreYear(2026, 0), actor(SUPERVISOR, "admin"))
    again = next(one for one in work_years(branch.store) if one.year == 2026)
    assert (again.version, again.restored, again.days) == (2, 0, shipped.days)


@pytest.mark.parametrize(
    ("year", "days", "code"),
    [
        (2027, (), "calendar_empty"),
        (2027, (WORKED,), "calendar_empty"),
        (2027, (*NEW_YEAR, NEW_YEAR[0]), "calendar_twice"),
        (2028, NEW_YEAR, "calendar_other_year"),
        (1989, NEW_YEAR, "year_range"),
    ],
)
def test_what_is_no_year_is_refused(
    branch: Branch, actor: Act, year: int, days: tuple[SpecialDay, ...], code: str
) -> None:
    with pytest.raises(BadInput) as refused:
        put(branch, actor, *days, year=year)
    assert refused.value.code == code
    assert newest_version(branch.store, year) == 0


def test_only_who_keeps_the_settings_imports(branch: Branch, actor: Act) -> None:
    with pytest.raises(NotPermitted):
        branch.run(ImportYear(2027, NEW_YEAR, "", ""), actor(TELLER, "admin"))
