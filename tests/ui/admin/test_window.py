"""The window of the settings: nothing cut, every control named, keys, leaving with drafts."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QCloseEvent, QFontMetrics
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QComboBox,
    QLabel,
    QLineEdit,
    QPushButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from tests.ui.admin.conftest import ADMINISTRATOR, MANAGER, SUPERVISOR, OpenAdmin, press, write
from ui.admin.branch_page import BranchPage
from ui.admin.staff_page import StaffPage
from ui.admin.window import AdminWindow
from ui.shell.language import language
from ui.shell.station import Station
from ui.widgets.dialog import ConfirmDialog


def cut(window: QWidget) -> list[str]:
    """What a person could not read whole, or could not name."""
    found = []
    for widget in window.findChildren(QWidget):
        if not widget.isVisible():
            continue
        texts = getattr(widget, "cut_texts", None)
        if texts is not None:
            found.extend(texts())
        if isinstance(widget, QLabel) and widget.text():
            if widget.wordWrap():
                if widget.heightForWidth(widget.width()) > widget.height() + 1:
                    found.append(f"too low: {widget.text()}")
            elif "Elided" not in type(widget).__name__:
                needed = QFontMetrics(widget.font()).horizontalAdvance(widget.text())
                if needed > widget.contentsRect().width() + 1:
                    found.append(f"too narrow: {widget.text()}")
        if isinstance(widget, QPushButton) and widget.width() + 1 < widget.sizeHint().width():
            found.append(f"button: {widget.text()}")
        if isinstance(widget, QComboBox):
            words = QFontMetrics(widget.font()).horizontalAdvance(widget.currentText())
            if words > widget.width() - 40:
                found.append(f"choice: {widget.currentText()}")
        if isinstance(widget, QAbstractButton | QLineEdit | QComboBox | QAbstractItemView):
            text = widget.text() if isinstance(widget, QPushButton) else ""
            inside = isinstance(widget.parent(), QComboBox) or "Line" in str(widget.parent())
            if not (widget.accessibleName() or text) and widget.focusPolicy() and not inside:
                found.append(f"no name: {widget}")
    return found


def whole(window: QWidget) -> bool:
    """Whether everything can be read, once the layout has come to rest."""
    window.grab()
    found = cut(window)
    assert found == []
    return True


@pytest.mark.parametrize("account", [ADMINISTRATOR, MANAGER, SUPERVISOR])
@pytest.mark.parametrize("code", ["zh", "en"])
def test_no_text_is_cut_on_any_page(
    qtbot: QtBot, admin: OpenAdmin, account: str, code: str
) -> None:
    window = admin("machine", account)
    language().choose(code)
    qtbot.waitUntil(lambda: window.windowTitle().startswith("T" if code == "en" else "厅"))
    for key in window.pages:
        press(window.choice.segment(key))
        page = window.pages[key]
        if isinstance(page, StaffPage) and page.add.isVisible():
            press(page.add)
        qtbot.waitUntil(lambda: whole(window))


def test_keys_go_from_page_to_page_and_lock(qtbot: QtBot, admin: OpenAdmin) -> None:
    window = admin("staff")
    QTest.keyClick(window, Qt.Key.Key_5, Qt.KeyboardModifier.AltModifier)
    assert window.stack.currentWidget() is window.pages["branch"]
    assert window.choice.current() == "branch"
    with qtbot.waitSignal(window._station.lock_wanted):
        QTest.keyClick(window, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    with qtbot.waitSignal(window._station.sign_out_wanted):
        press(window.leave)
    assert not window.lobby.isVisible()


def test_leaving_asks_when_something_is_not_saved(qtbot: QtBot, admin: OpenAdmin) -> None:
    window = admin("branch", MANAGER)
    page = window.pages["branch"]
    assert isinstance(page, BranchPage)
    write(page.fields["elderly_age"], "65")
    with qtbot.assertNotEmitted(window._station.place_wanted):
        press(window.lobby)
    dialog = dialog_of(window)
    press(dialog.cancel_button)
    assert page.fields["elderly_age"].text() == "65"
    qtbot.waitUntil(lambda: not window.findChildren(ConfirmDialog))
    press(window.leave)
    with qtbot.waitSignal(window._station.sign_out_wanted):
        press(dialog_of(window).confirm_button)


class FrameClose(QCloseEvent):
    """What comes when a person closes a window by its frame."""

    def spontaneous(self) -> bool:
        return True


def test_closing_by_the_frame_asks_as_well(qtbot: QtBot, admin: OpenAdmin) -> None:
    window = admin("branch")
    page = window.pages["branch"]
    assert isinstance(page, BranchPage)
    write(page.fields["elderly_age"], "65")
    event = FrameClose()
    window.closeEvent(event)
    assert not event.isAccepted()
    qtbot.waitUntil(lambda: window.findChild(ConfirmDialog) is not None)
    assert window.isVisible()
    press(dialog_of(window).confirm_button)
    qtbot.waitUntil(lambda: not window.isVisible())


def test_saving_is_off_until_something_is_typed(admin: OpenAdmin) -> None:
    window = admin("branch")
    page = window.pages["branch"]
    assert isinstance(page, BranchPage)
    assert not page.bar.save.isEnabled()
    assert not page.bar.revert.isVisible()
    write(page.fields["elderly_age"], "65")
    assert page.bar.save.isEnabled()
    assert page.bar.revert.isVisible()
    write(page.fields["elderly_age"], "60")
    assert not page.bar.save.isEnabled()


def test_nothing_is_shown_before_the_first_answer(
    qtbot: QtBot, station_for: Callable[[str, str], Station]
) -> None:
    window = AdminWindow(station_for("admin", ADMINISTRATOR))
    qtbot.addWidget(window)
    window.show()
    assert window.loading.isVisible()
    assert not window.stack.isVisible()
    qtbot.waitUntil(window.stack.isVisible)
    assert not window.loading.isVisible()


def dialog_of(window: AdminWindow) -> ConfirmDialog:
    dialog = window.findChild(ConfirmDialog)
    assert dialog is not None
    return dialog


def test_a_lost_store_is_said_and_tried_again(qtbot: QtBot, admin: OpenAdmin) -> None:
    window = admin("branch")
    window._station.offline.emit("暂时连不上数据库", 2)
    assert window.banner.isVisible()
    window._station.online.emit()
    assert not window.banner.isVisible()
