"""The block list on screen: proposed, agreed by a second person, taken off."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.ui.visitors.conftest import (
    GUARD,
    LOBBY_MANAGER,
    SUPERVISOR,
    Door,
)
from ui.visitors.block_dialog import BlockDialog
from ui.visitors.block_page import BlockPage, BlockRow
from ui.visitors.list_panel import BLOCKS
from ui.visitors.window import VisitorsWindow
from ui.widgets.dialog import ConfirmDialog

Show = Callable[..., VisitorsWindow]


def opened(door: Door, window: VisitorsWindow) -> BlockPage:
    door.press(window.lists.tabs.tab(BLOCKS))
    page = window.lists.blocks
    assert page is not None
    door.until(lambda: not page.loading.isVisible())
    return page


def only(page: BlockPage) -> BlockRow:
    (row,) = page.rows.values()
    return row


def propose(door: Door, window: VisitorsWindow, name: str) -> BlockDialog:
    door.press(opened(door, window).propose_button)
    dialog = door.dialog(BlockDialog, window)
    door.write(dialog.name.edit, name)
    door.write(dialog.aliases.edit, "小三，三儿、阿三")
    dialog.reason.combo.choose("threat")
    door.write(dialog.text.edit, "曾在大厅威胁柜员")
    return dialog


def test_an_empty_list_says_how_it_fills(door: Door, show: Show) -> None:
    page = opened(door, show())
    door.until(page.empty.isVisible)
    assert page.empty.title.text() == "名单是空的"
    assert "全名（或证件号）一致才提示" in page.rule.text()


def test_two_people_are_needed(door: Door, show: Show) -> None:
    window = show(SUPERVISOR)
    door.press(propose(door, window, "张三丰").propose_button)
    door.until_told(window, "已提议，另一位同事同意后生效")
    page = opened(door, window)
    door.until(lambda: bool(page.rows))
    row = only(page)
    assert row.name.text() == "张三丰"
    assert row.chip.text() == "待第二人同意"
    assert row.second.whole_text() == "威胁或伤害过他人，曾在大厅威胁柜员"
    assert row.third.whole_text() == "到 2027-02-18 为止，陈刚 提议"
    # Whoever proposed does not agree with himself.
    assert not row.approve_button.isVisible()
    window.close()
    second = show("100101")
    page = opened(door, second)
    door.until(lambda: bool(page.rows) and only(page).approve_button.isVisible())
    door.press(only(page).approve_button)
    door.until_told(second, "张三丰 已在名单上生效")
    door.until(lambda: only(page).chip.text() == "生效")
    assert "林婉 同意" in only(page).third.whole_text()


def test_it_holds_under_another_name_and_is_taken_off(door: Door, show: Show) -> None:
    window = show(LOBBY_MANAGER)
    dialog = propose(door, window, "张三丰")
    door.press(dialog.propose_button)
    door.until_told(window, "已提议，另一位同事同意后生效")
    window.close()
    boss = show(SUPERVISOR)
    page = opened(door, boss)
    door.until(lambda: bool(page.rows) and only(page).approve_button.isVisible())
    door.press(only(page).approve_button)
    door.until(lambda: only(page).chip.text() == "生效")
    assert door.come("三儿").state == "held"
    assert door.come("张三").state == "inside"
    door.until(lambda: bool(page.rows) and only(page).end_button.isVisible())
    door.press(only(page).end_button)
    asked = door.dialog(ConfirmDialog, boss)
    door.press(asked.confirm_button)
    door.until_told(boss, "张三丰 已移出名单")
    door.until(lambda: only(page).chip.text() == "已移出")
    assert not only(page).end_button.isVisible()


def test_a_guard_proposes_and_decides_nothing(door: Door, show: Show) -> None:
    door.block("张三丰")
    window = show(GUARD)
    page = opened(door, window)
    door.until(lambda: bool(page.rows) and only(page).isVisible())
    assert page.propose_button.isVisible()
    assert not only(page).approve_button.isVisible()
    assert not only(page).end_button.isVisible()


@pytest.mark.parametrize(
    ("spoil", "place", "told"),
    [
        (lambda d: d.name.set_text(""), "name", "请填写这一项"),
        (lambda d: d.reason.combo.choose(""), "reason", "请选择原因"),
        (lambda d: d.until.edit.setDate(d.until.edit.date().addYears(-1)), "until", "到期日请选"),
    ],
)
def test_what_is_missing_is_told_at_its_field_and_the_rest_stays(
    door: Door, show: Show, spoil: Callable[[BlockDialog], None], place: str, told: str
) -> None:
    window = show(SUPERVISOR)
    dialog = propose(door, window, "张三丰")
    spoil(dialog)
    door.press(dialog.propose_button)
    error = getattr(dialog, place).error
    door.until(lambda: error.sentence.text().startswith(told))
    assert dialog.text.text() == "曾在大厅威胁柜员"
    assert dialog.isVisible()
