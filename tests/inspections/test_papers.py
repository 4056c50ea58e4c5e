"""What the sheets on paper are made from, on each kind of store."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from branch.bootstrap import Branch
from branch.inspections.commands import AddEquipment, AnswerItem, FinishSheet, StartSheet
from branch.inspections.queries import sheet_view
from branch.inspections.queries.papers import day_sheet, month_sheet
from branch.kernel.clock import SetClock
from branch.quality.queries import open_actions
from tests.complaints.desk import LOBBY_MANAGER as LOBBY
from tests.complaints.desk import Desk
from tests.conftest import SHANGHAI

FRIDAY = date(2026, 11, 20)


@pytest.fixture
def desk(branch: Branch, clock: SetClock, tmp_path: Path) -> Desk:
    """A Friday whose opening check was made, with one thing to mend."""
    branch.store.attachments = tmp_path / "attachments"
    found = Desk(branch, clock)
    found.at("2026-11-20 08:35")
    sheet = int(found.run(StartSheet("OPEN", "2026-11-20"), LOBBY))
    for item in sheet_view(found.store, sheet).template.items:
        value = str(item.least or 0) if item.response == "number" else "pass"
        found.run(AnswerItem(sheet, item.id, value), LOBBY)
    found.run(AnswerItem(sheet, "OPEN-07", "fail", "缴费机黑屏"), LOBBY)
    found.run(FinishSheet(sheet), LOBBY)
    return found


def test_a_day_has_its_plan_and_the_sheets_begun_on_it(desk: Desk) -> None:
    found = day_sheet(desk.store, FRIDAY, desk.clock.now_ms(), SHANGHAI)
    assert found.day == "2026-11-20"
    (view,) = found.sheets
    assert (view.line.template, view.line.failed) == ("OPEN", 1)
    states = {line.slot.template: line.state for line in found.lines}
    assert (states["OPEN"], states["CLOSE"]) == ("signing", "ahead")
    assert [action.owner_name for action in view.actions]
    other = day_sheet(desk.store, date(2026, 11, 19), desk.clock.now_ms(), SHANGHAI)
    assert other.sheets == ()


def test_a_month_ends_today_or_with_its_last_day(desk: Desk) -> None:
    desk.run(AddEquipment("extinguisher", "灭火器 3", "大厅", "A-77", date(2026, 11, 1)), LOBBY)
    found = month_sheet(desk.store, 2026, 11, FRIDAY)
    assert (found.first, found.last, found.today) == ("2026-11-01", "2026-11-20", "2026-11-20")
    opening = next(line for line in found.lines if line.template == "OPEN")
    assert (opening.done, opening.failed) == (1, 1)
    assert found.actions == open_actions(desk.store)
    assert [one.expiry for one in found.equipment] == ["expired"]
    past = month_sheet(desk.store, 2026, 10, FRIDAY)
    assert (past.first, past.last) == ("2026-10-01", "2026-10-31")
