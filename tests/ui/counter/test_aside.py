"""What a teller sets aside or takes back: no-show, hold, resume, transfer, undo."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from branch.lobby.commands.calling import CallNext, Undo
from branch.lobby.commands.counters import OpenCounter
from branch.lobby.rules import HOLD_REASONS, State
from tests.ui.counter.conftest import CTRL, Beside, Key, Teller
from ui.counter.panels import HeldPanel, TransferPanel
from ui.shell.language import language
from ui.widgets.dialog import ReasonDialog
from ui.widgets.tile import Tile

Sit = Callable[..., Teller]


@pytest.fixture
def teller(sit: Sit, beside: Beside) -> Teller:
    """At counter 1 with A001 called and A002 in line."""
    beside.at(1, OpenCounter(1))
    beside.issue()
    beside.issue("P01")
    teller = sit()
    teller.key(Key.Key_F2)
    teller.sees("A001")
    return teller


def set_aside(teller: Teller, reason: str = "fill_form") -> None:
    """Hold who is at the counter."""
    teller.key(Key.Key_F7)
    dialog = teller.panel(ReasonDialog)
    teller.click(dialog.tile(reason))
    teller.click(dialog.confirm_button)
    teller.until(lambda: teller.number() == "")


def call_twice(teller: Teller) -> None:
    """Call until a no-show is due."""
    teller.later(5)
    teller.key(Key.Key_F3)
    teller.until(lambda: teller.window.serving.calls.text() == "已叫 2 次")


def test_a_no_show_needs_two_calls(teller: Teller, beside: Beside) -> None:
    teller.key(Key.Key_F4)
    teller.until_told("才叫了 1 次，叫满 2 次才能记过号")
    assert beside.ticket(1).state == State.CALLED
    call_twice(teller)
    teller.key(Key.Key_F4)
    teller.until_told("A001 已记过号")
    assert teller.number() == ""
    assert beside.ticket(1).state == State.MISSED


def test_ctrl_z_brings_back_ticket_timer_and_ticks(teller: Teller, beside: Beside) -> None:
    call_twice(teller)
    teller.later(60)
    before = beside.ticket(1)
    teller.key(Key.Key_1)
    teller.key(Key.Key_F4)
    teller.until_told("A001 已记过号")
    teller.later(100)
    teller.key(Key.Key_Z, CTRL)
    teller.sees("A001")
    teller.until_told("已撤销")
    after = beside.ticket(1)
    assert (after.state, after.called_at, after.calls) == (State.CALLED, before.called_at, 2)
    teller.later(0)
    used = (beside.clock.now_ms() - before.called_at) // 1000 if before.called_at else 0
    assert teller.window.serving.timer.text() == f"{used // 60:02}:{used % 60:02}"
    assert teller.window.documents.count.text() == "已齐 1 / 1"
    assert beside.facts("ticket.missed")
    assert beside.facts("ticket.undone")
    teller.key(Key.Key_Z, CTRL)
    teller.until_told("没有可以撤销的步骤")


def test_a_no_show_can_be_undone_for_three_minutes(teller: Teller, beside: Beside) -> None:
    call_twice(teller)
    teller.key(Key.Key_F4)
    assert teller.bar("A001 已记过号").seconds_left() > 170
    beside.clock.advance(181)
    beside.issue()
    teller.until(lambda: "A001 已记过号" not in teller.told())
    teller.key(Key.Key_Z, CTRL)
    teller.until_told("没有可以撤销的步骤")
    assert beside.ticket(1).state == State.MISSED


def test_a_finish_is_taken_back_on_the_bar(teller: Teller, beside: Beside) -> None:
    teller.key(Key.Key_F5)
    bar = teller.bar("A001 已办结")
    assert bar.countdown.text().endswith(" 秒")
    teller.click(bar.undo_button)
    teller.sees("A001")
    assert beside.ticket(1).state == State.CALLED
    teller.until(lambda: "A001 已办结" not in teller.told())


def test_the_bar_covers_no_key(teller: Teller) -> None:
    teller.key(Key.Key_F5)
    bar = teller.bar("A001 已办结")
    window = teller.window
    place = bar.rect().translated(bar.mapTo(window, bar.rect().topLeft()))
    for key in window.keys.buttons().values():
        ground = key.rect().translated(key.mapTo(window, key.rect().topLeft()))
        assert not ground.intersects(place)


def test_a_bar_outlives_its_window(teller: Teller, sit: Sit, beside: Beside) -> None:
    call_twice(teller)
    teller.key(Key.Key_F4)
    teller.until_told("A001 已记过号")
    teller.window.close()
    beside.clock.advance(60)
    again = sit()
    bar = again.bar("A001 已记过号")
    assert 100 < bar.seconds_left() < 121
    again.click(bar.undo_button)
    again.sees("A001")
    assert beside.ticket(1).state == State.CALLED


def test_a_bar_that_went_does_not_come_back(teller: Teller, beside: Beside) -> None:
    call_twice(teller)
    teller.key(Key.Key_F4)
    teller.bar("A001 已记过号").close_now()
    beside.issue()
    teller.until(lambda: teller.window.line.count.text() == "本柜可办 2 人")
    assert teller.told() == []
    teller.key(Key.Key_Z, CTRL)
    teller.sees("A001")


def test_a_step_undone_elsewhere_takes_its_bar_away(teller: Teller, beside: Beside) -> None:
    teller.key(Key.Key_F5)
    teller.until_told("A001 已办结")
    beside.at(1, Undo(1))
    teller.sees("A001")
    assert teller.told() == []


def test_f7_holds_and_resumes(teller: Teller, beside: Beside) -> None:
    set_aside(teller)
    teller.until_told("A001 已挂起")
    held = beside.ticket(1)
    assert (held.state, held.reason) == (State.HELD, "fill_form")
    assert teller.window.keys.hold.text() == "恢复"
    teller.key(Key.Key_F7)
    panel = teller.panel(HeldPanel)
    assert [tile.content().title for tile in panel.tiles] == ["A001 个人取款"]
    assert [tile.content().right for tile in panel.tiles] == ["填写单据"]
    teller.key(Key.Key_Space)
    teller.until_told("已恢复等候")
    assert beside.ticket(1).state == State.WAITING
    assert beside.ticket(1).order_key == held.order_key
    teller.until(lambda: not teller.window.keys.hold.isEnabled())
    teller.key(Key.Key_F7)
    teller.until_told("现在没有客户在柜台")


def test_a_hold_without_a_reason_is_not_possible(teller: Teller, beside: Beside) -> None:
    teller.key(Key.Key_F7)
    dialog = teller.panel(ReasonDialog)
    assert dialog.accessibleName() == "A001 为什么挂起？"
    assert not dialog.confirm_button.isEnabled()
    teller.click(dialog.cancel_button)
    teller.until(lambda: not teller.window.findChildren(ReasonDialog))
    assert teller.number() == "A001"
    assert beside.ticket(1).state == State.CALLED


def test_many_held_tickets_stay_on_the_screen(teller: Teller, beside: Beside) -> None:
    set_aside(teller)
    for _ in range(11):
        beside.issue()
    for _ in range(10):
        beside.clock.advance(2)
        teller.key(Key.Key_F2)
        teller.until(lambda: teller.number() != "")
        set_aside(teller, "customer_away")
    teller.key(Key.Key_F7)
    panel = teller.panel(HeldPanel)
    assert len(panel.tiles) == 11
    assert panel.height() < teller.window.height()
    panel.tiles[10].setFocus()
    teller.key(Key.Key_Space)
    teller.until_told("已恢复等候")


def test_f6_transfers_to_another_service(teller: Teller, beside: Beside) -> None:
    key = beside.ticket(1).order_key
    teller.key(Key.Key_F6)
    panel = teller.panel(TransferPanel)
    assert panel.accessibleName() == "A001 转到哪里？"
    assert panel.service.currentText() == "个人取款"
    assert not panel.confirm.isEnabled()
    panel.service.setCurrentIndex(panel.service.findData("P18"))
    teller.click(panel.confirm)
    teller.until_told("A001 已转办")
    moved = beside.ticket(1)
    assert (moved.state, moved.service, moved.pinned) == (State.WAITING, "P18", None)
    assert moved.order_key == key


def test_a_digit_pins_the_transfer_to_a_counter(teller: Teller, beside: Beside) -> None:
    teller.key(Key.Key_F6)
    panel = teller.panel(TransferPanel)
    teller.key(Key.Key_1)
    assert not panel.confirm.isEnabled()
    teller.key(Key.Key_3)
    assert panel.counter_tile(3).isChecked()
    assert panel.service.currentText() == "个人取款"
    teller.key(Key.Key_Return)
    teller.until_told("A001 已转办")
    moved = beside.ticket(1)
    assert (moved.service, moved.pinned) == ("P02", 3)
    assert "A001" not in [ticket.number for ticket in teller.window.line._line]


def test_a_transfer_is_undone_until_it_is_called(teller: Teller, beside: Beside) -> None:
    teller.key(Key.Key_F6)
    teller.panel(TransferPanel)
    teller.key(Key.Key_3)
    teller.key(Key.Key_Return)
    teller.until_told("A001 已转办")
    teller.later(100)
    teller.key(Key.Key_Z, CTRL)
    teller.sees("A001")
    assert beside.ticket(1).pinned is None


def test_a_transfer_that_was_called_stays(teller: Teller, beside: Beside) -> None:
    beside.at(3, OpenCounter(3))
    teller.key(Key.Key_F6)
    teller.panel(TransferPanel)
    teller.key(Key.Key_3)
    teller.key(Key.Key_Return)
    teller.until_told("A001 已转办")
    assert beside.at(3, CallNext(3)).number == "A001"
    teller.until(lambda: "A001 已转办" not in teller.told())
    teller.key(Key.Key_Z, CTRL)
    teller.until_told("没有可以撤销的步骤")
    assert beside.ticket(1).counter == 3


def test_counters_that_cannot_do_it_are_off(teller: Teller, beside: Beside) -> None:
    teller.key(Key.Key_F6)
    panel = teller.panel(TransferPanel)
    able = {c.number for c in beside.desk().counters if "P02" in c.services} - {1}
    shown = {c.number for c in beside.desk().counters if panel.counter_tile(c.number).isEnabled()}
    assert shown == able
    teller.key(Key.Key_Escape)
    teller.until(lambda: not teller.window.findChildren(TransferPanel))
    assert teller.number() == "A001"


@pytest.mark.parametrize("code", ["zh", "en"])
def test_no_word_of_the_panels_is_cut(teller: Teller, beside: Beside, code: str) -> None:
    language().choose(code)
    beside.issue("P22")
    teller.key(Key.Key_F6)
    panel = teller.panel(TransferPanel)
    panel.grab()
    assert [tile.cut_texts() for tile in panel.findChildren(Tile) if tile.cut_texts()] == []
    teller.key(Key.Key_Escape)
    for reason in HOLD_REASONS[:2]:
        set_aside(teller, reason)
        teller.key(Key.Key_F2)
        teller.until(lambda: teller.number() != "")
    set_aside(teller, HOLD_REASONS[2])
    teller.key(Key.Key_F7)
    held = teller.panel(HeldPanel)
    held.grab()
    assert len(held.tiles) == 3
    assert [tile.cut_texts() for tile in held.tiles if tile.cut_texts()] == []
