"""How often a checklist is done, what a month says of it, who is told; on each kind of store."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from branch.bootstrap import Branch
from branch.inspections.commands import (
    ChangeTemplate,
    FinishSheet,
    RestoreTemplate,
    SignSheet,
)
from branch.inspections.queries import (
    day_lines,
    month_lines,
    sheet_view,
    sheets_between,
)
from branch.inspections.queries.reminders import waiting_for
from branch.inspections.queries.summary import MonthLine
from branch.inspections.rules import Template
from branch.inspections.templates import template_of, templates
from branch.kernel.clock import SetClock
from branch.kernel.errors import BadInput, NotFound, Stale
from tests.complaints.desk import GUARD, HEAD, TELLER, Desk
from tests.complaints.desk import LOBBY_MANAGER as LOBBY
from tests.conftest import SHANGHAI
from tests.inspections.sheets import answer_all, at, begin, lines


@pytest.fixture
def desk(branch: Branch, clock: SetClock, tmp_path: Path) -> Desk:
    # A store on a server knows of no folder by itself.
    branch.store.attachments = tmp_path / "attachments"
    return Desk(branch, clock)


def test_a_month_counts_done_late_and_missed(desk: Desk) -> None:
    at(desk, "08:35")
    sheet = begin(desk)
    answer_all(desk, sheet)
    desk.run(FinishSheet(sheet), LOBBY)
    at(desk, "09:30", "2026-11-23")
    late = begin(desk)
    answer_all(desk, late)
    desk.run(FinishSheet(late), LOBBY)
    line = next(
        one for one in month_lines(desk.store, 2026, 11, desk.today) if one.template == "OPEN"
    )
    # The branch was founded on Friday the 20th: nothing is missed before.
    assert (line.due, line.done, line.late, line.missed, line.score) == (2, 2, 1, 0, 100)
    assert len(sheets_between(desk.store, desk.today, desk.today)) == 1
    at(desk, "08:00", "2026-11-25")
    tomorrow = next(
        one for one in month_lines(desk.store, 2026, 11, desk.today) if one.template == "OPEN"
    )
    assert (tomorrow.due, tomorrow.missed) == (4, 2)
    before = month_lines(desk.store, 2026, 10, desk.today)
    assert {(one.due, one.missed) for one in before} == {(0, 0)}


def own(desk: Desk, every: str) -> Template:
    """A checklist of the branch's own, asked for from today on."""
    shipped = template_of(desk.store, "EQUIP")
    assert shipped is not None
    made = replace(
        shipped, code="OWN01", version=0, every=every, within="", signs=(("lobby_manager",),)
    )
    desk.run(ChangeTemplate(made), HEAD)
    return replace(made, version=1)


def month_of(desk: Desk, code: str, year: int = 2026, month: int = 11) -> MonthLine:
    found = month_lines(desk.store, year, month, desk.today)
    return next(line for line in found if line.template == code)


def test_how_often_becomes_another_from_the_next_day_on(desk: Desk) -> None:
    at(desk, "08:35", "2026-11-23")
    daily = own(desk, "business_day")
    assert desk.run(ChangeTemplate(replace(daily, every="week")), HEAD) == 2
    # What is asked for today stays asked for.
    assert [line.slot.period for line in lines(desk) if line.slot.template == "OWN01"] == [
        "2026-11-23"
    ]
    at(desk, "08:35", "2026-11-24")
    assert [line.slot.period for line in lines(desk) if line.slot.template == "OWN01"] == [
        "2026-W48"
    ]
    # The day before is still what it was, on its page and in the month.
    yesterday = day_lines(desk.store, date(2026, 11, 23), desk.clock.now_ms(), SHANGHAI)
    assert [(one.slot.period, one.state) for one in yesterday if one.template.code == "OWN01"] == [
        ("2026-11-23", "missed")
    ]
    # The day that was missed, and the week, which runs up to Friday.
    assert (month_of(desk, "OWN01").due, month_of(desk, "OWN01").missed) == (2, 1)


def test_a_week_that_became_days_is_not_missed(desk: Desk) -> None:
    at(desk, "08:35", "2026-11-23")
    weekly = own(desk, "week")
    at(desk, "08:35", "2026-11-25")
    desk.run(ChangeTemplate(replace(weekly, every="business_day")), HEAD)
    at(desk, "23:00", "2026-11-27")
    # Thursday and Friday; of the week nobody asks any more.
    assert (month_of(desk, "OWN01").due, month_of(desk, "OWN01").missed) == (2, 2)


def test_what_is_laid_down_is_done_as_often_as_it_is(desk: Desk) -> None:
    shipped = template_of(desk.store, "FIREP")
    assert shipped is not None
    with pytest.raises(BadInput) as refused:
        desk.run(ChangeTemplate(replace(shipped, every="month")), HEAD)
    assert (refused.value.code, refused.value.field) == ("template_every_fixed", "every")


def test_a_year_counts_in_december_with_what_was_done_of_it_before(desk: Desk) -> None:
    at(desk, "08:35", "2026-11-19")
    own(desk, "year")
    at(desk, "08:35", "2026-11-20")
    sheet = begin(desk, "OWN01")
    answer_all(desk, sheet)
    desk.run(FinishSheet(sheet), LOBBY)
    at(desk, "23:00", "2026-12-31")
    line = month_of(desk, "OWN01", 2026, 12)
    assert (line.due, line.done, line.missed) == (1, 1, 0)


def test_a_changed_template_is_a_new_version_and_begun_sheets_keep_theirs(desk: Desk) -> None:
    at(desk, "08:35")
    sheet = begin(desk)
    shipped = template_of(desk.store, "OPEN")
    assert shipped is not None
    shorter = replace(shipped, sections=shipped.sections[:1])
    assert desk.run(ChangeTemplate(shorter), HEAD) == 2
    assert len(sheet_view(desk.store, sheet).template.items) == 15
    newest = template_of(desk.store, "OPEN")
    assert newest is not None
    assert (newest.version, len(newest.items)) == (2, 5)
    with pytest.raises(Stale):
        desk.run(ChangeTemplate(shorter), HEAD)
    assert desk.run(RestoreTemplate("OPEN"), HEAD) == 3
    assert len(templates(desk.store)[0].items) == 15
    with pytest.raises(NotFound):
        desk.run(RestoreTemplate("OWN"), HEAD)
    # What could not be read again is not kept.
    latest = template_of(desk.store, "OPEN")
    assert latest is not None
    with pytest.raises(BadInput) as nameless:
        desk.run(ChangeTemplate(replace(latest, name_zh=" ")), HEAD)
    assert nameless.value.field == "name_zh"


def test_what_waits_is_told_to_who_signs_it(desk: Desk) -> None:
    def waits(by: str, roles: frozenset[str]) -> list[tuple[str, str]]:
        found = waiting_for(desk.store, desk.staff(by), roles, desk.clock.now_ms(), SHANGHAI)
        return [(one.template, one.state) for one in found]

    lobby, guard = frozenset({"lobby_manager"}), frozenset({"guard"})
    at(desk, "08:35")
    # The week ends on this Friday; the month has ten days left.
    assert waits(LOBBY, lobby) == [
        ("OPEN", "due"),
        ("CLEAN", "due"),
        ("CARE", "due"),
        ("EQUIP", "due"),
    ]
    assert waits(GUARD, guard) == [("FIREP", "due")]
    at(desk, "09:05")
    assert ("OPEN", "missed") in waits(LOBBY, lobby)
    desk.at("2026-11-19 09:05")
    assert ("CARE", "due") not in waits(LOBBY, lobby)
    at(desk, "09:05")
    sheet = begin(desk)
    answer_all(desk, sheet)
    desk.run(FinishSheet(sheet), LOBBY)
    assert ("OPEN", "signing") in waits(GUARD, guard)
    assert "OPEN" not in [code for code, _ in waits(LOBBY, lobby)]
    desk.run(SignSheet(sheet), GUARD)
    assert waits(GUARD, guard) == [("FIREP", "due")]
    assert waits(TELLER, frozenset({"teller"})) == []
