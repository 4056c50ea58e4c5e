"""Toasts, banners, dialogs: what they say, what their buttons do, and what stays safe."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication, Qt, QTranslator
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.widgets.conftest import Show, accessible, spoken
from ui.widgets.banner import Banner
from ui.widgets.dialog import ConfirmDialog, PanelDialog, ReasonDialog, Scrim
from ui.widgets.state import State
from ui.widgets.toast import Toaster

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def window(show: Show) -> Iterator[QWidget]:
    """An empty window of a desk's size."""
    shown = QWidget()
    shown.resize(1280, 800)
    show(shown)
    yield shown
    shown.close()


def test_undo_is_done_once_and_the_bar_goes(window: QWidget) -> None:
    undone: list[str] = []
    toaster = Toaster(window)
    toast = toaster.show_toast("A031 已优先，将是下一位", undo=lambda: undone.append("A031"))
    assert toast.accessibleName() == "A031 已优先，将是下一位"
    assert spoken(toast.undo_button)[0] == "撤销"
    assert toast.undo_button.height() >= 44
    assert toast.countdown.text() == "8 秒"
    QTest.mouseClick(toast.undo_button, LEFT)
    toast.take_back()
    assert undone == ["A031"]
    assert toaster.toasts() == []


def test_a_step_without_way_back_has_no_undo(window: QWidget) -> None:
    toast = Toaster(window).show_toast("A029 已重呼")
    assert not toast.undo_button.isVisible()
    assert not toast.countdown.isVisible()


def test_a_bar_covers_no_button_and_no_field(window: QWidget) -> None:
    foot, higher = QPushButton("完成巡检", window), QLineEdit(window)
    foot.setGeometry(500, 740, 160, 44)
    higher.setGeometry(400, 640, 400, 40)
    # Out of the bars' way, it moves none.
    QPushButton("返回", window).setGeometry(20, 560, 80, 40)
    for part in window.findChildren(QWidget):
        part.show()
    toaster = Toaster(window)
    for number in range(1, 3):
        toaster.show_toast(f"第 {number} 项已记下")
    places = [toast.geometry() for toast in toaster.toasts()]
    assert not any(one.intersects(part.geometry()) for one in places for part in (foot, higher))
    assert places[0].bottom() < places[1].top() < places[1].bottom() < higher.y()
    toaster.clear()
    assert toaster.toasts() == []


def test_three_stand_at_once_and_the_newest_is_lowest(window: QWidget) -> None:
    toaster = Toaster(window)
    for number in range(1, 5):
        toaster.show_toast(f"A03{number} 已办结", undo=lambda: None)
    texts = [toast.sentence.text() for toast in toaster.toasts()]
    assert texts == ["A032 已办结", "A033 已办结", "A034 已办结"]
    tops = [toast.y() for toast in toaster.toasts()]
    assert tops == sorted(tops)
    assert toaster.toasts()[-1].geometry().bottom() <= window.height()
    window.resize(900, 600)
    assert toaster.toasts()[-1].geometry().bottom() <= 600


def test_ctrl_z_takes_back_the_newest_step_that_can_be(window: QWidget) -> None:
    undone: list[int] = []
    toaster = Toaster(window)
    toaster.show_toast("一", undo=lambda: undone.append(1))
    toaster.show_toast("二", undo=lambda: undone.append(2))
    toaster.show_toast("三")
    assert toaster.undo_last()
    assert toaster.undo_last()
    assert not toaster.undo_last()
    assert undone == [2, 1]


def test_a_bar_goes_by_itself_when_its_time_is_over(window: QWidget, qtbot: QtBot) -> None:
    toaster = Toaster(window)
    toast = toaster.show_toast("A031 已办结", undo=lambda: None, seconds=1)
    with qtbot.waitSignal(toast.gone, timeout=3000):
        pass
    assert toaster.toasts() == []


def test_three_minutes_are_not_counted_down(window: QWidget) -> None:
    toast = Toaster(window).show_toast(
        "A029 已记过号，3 分钟内可恢复", State.ATTENTION, undo=lambda: None, seconds=180
    )
    assert toast.seconds_left() == 180
    assert not toast.countdown.isVisible()


def test_a_bar_follows_the_language(window: QWidget, qapp: QApplication) -> None:
    class English(QTranslator):
        def translate(
            self, context: str, sourceText: str, disambiguation: str | None = None, n: int = -1
        ) -> str:
            # What it does not know stays as it is: other windows may hear of the change, too.
            return {"撤销": "Undo", "{n} 秒": "{n} s"}.get(sourceText, sourceText)

        def isEmpty(self) -> bool:
            return False

    toast = Toaster(window).show_toast("A031", undo=lambda: None)
    translator = English()
    QCoreApplication.installTranslator(translator)
    qapp.processEvents()
    assert toast.undo_button.text() == "Undo"
    assert toast.countdown.text() == "8 s"
    QCoreApplication.removeTranslator(translator)
    qapp.processEvents()
    assert toast.undo_button.text() == "撤销"


def test_a_banner_stays_until_the_trouble_is_over(window: QWidget, qtbot: QtBot) -> None:
    banner = Banner(parent=window)
    assert not banner.isVisible()
    banner.show_text("暂时连不上数据库，已填内容保留", button="现在重试")
    assert banner.isVisible()
    assert banner.accessibleName() == "暂时连不上数据库，已填内容保留"
    with qtbot.waitSignal(banner.pressed):
        QTest.mouseClick(banner.button, LEFT)
    assert banner.isVisible()
    banner.clear()
    assert not banner.isVisible()


@pytest.fixture
def question(window: QWidget, qtbot: QtBot) -> ConfirmDialog:
    """A question about something that cannot be taken back."""
    dialog = ConfirmDialog(
        window,
        title="结束演练？",
        text="计时停止并生成总结报告，不能再继续。",
        open_items=["还有 6 人未到集合点"],
        confirm="结束演练",
        cancel="继续演练",
    )
    dialog.open()
    qtbot.waitUntil(dialog.isActiveWindow)
    return dialog


def test_the_safe_button_is_left_and_has_the_focus(
    question: ConfirmDialog, window: QWidget, qtbot: QtBot
) -> None:
    assert question.cancel_button.hasFocus()
    assert question.cancel_button.x() < question.confirm_button.x()
    assert spoken(question)[0] == "结束演练？"
    assert "还有 6 人未到集合点" in question.accessibleDescription()
    scrim = window.findChild(Scrim)
    assert scrim is not None
    assert scrim.geometry() == window.rect()
    with qtbot.waitSignal(question.rejected):
        QTest.keyClick(question.cancel_button, Qt.Key.Key_Return)


def test_escape_goes_back_and_lifts_the_scrim(
    question: ConfirmDialog, window: QWidget, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(question.rejected):
        QTest.keyClick(question, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: window.findChild(Scrim) is None)


def test_only_the_verb_confirms(question: ConfirmDialog, qtbot: QtBot) -> None:
    with qtbot.waitSignal(question.accepted):
        QTest.mouseClick(question.confirm_button, LEFT)


def test_a_reason_is_asked_before_it_may_go_on(window: QWidget, qtbot: QtBot) -> None:
    dialog = ReasonDialog(
        window,
        title="暂停服务",
        reasons=[("cash", "换钞"), ("rest", "短暂休息")],
        confirm="暂停服务",
        cancel="返回",
        free_text="补充说明（可不填）",
    )
    dialog.open()
    qtbot.waitUntil(dialog.isActiveWindow)
    assert not dialog.confirm_button.isEnabled()
    QTest.mouseClick(dialog.tile("rest"), LEFT)
    assert dialog.reason() == "rest"
    dialog.words.setPlainText("  喝水 ")
    with qtbot.waitSignal(dialog.chosen) as told:
        QTest.mouseClick(dialog.confirm_button, LEFT)
    assert told.args == ["rest", "喝水"]


def test_a_panel_stands_in_the_middle_of_its_window(window: QWidget, qtbot: QtBot) -> None:
    dialog = PanelDialog(window, "转办")
    button = QPushButton("3 号柜台")
    dialog.body.addWidget(button)
    dialog.open()
    qtbot.waitUntil(dialog.isActiveWindow)
    middle = dialog.frameGeometry().center() - window.frameGeometry().center()
    assert abs(middle.x()) <= 1
    assert abs(middle.y()) <= 1
    assert accessible(dialog).childCount() >= 1
    dialog.reject()


def test_a_panel_that_grows_keeps_its_middle(
    question: ConfirmDialog, window: QWidget, qtbot: QtBot
) -> None:
    before = question.height()
    more = QWidget()
    more.setFixedHeight(120)
    question.body.addWidget(more)
    qtbot.waitUntil(lambda: question.height() >= before + 120)
    middle = window.mapToGlobal(window.rect().center())
    assert abs(question.frameGeometry().center().y() - middle.y()) <= 1
