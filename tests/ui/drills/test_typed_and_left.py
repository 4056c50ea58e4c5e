"""Esc in the small questions of a drill: at once while nothing is typed, else it asks first."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from branch.drills.commands.running import StartMuster
from tests.drills.desk import HEAD, SUPERIOR, Desk
from tests.ui.drills.conftest import OpenDrills
from ui.drills.plan_dialogs import FrequencyDialog, LockDialog
from ui.drills.plans_page import PlansPage
from ui.drills.run_dialogs import UnlistedDialog
from ui.widgets.button import Button
from ui.widgets.dialog import ConfirmDialog

Ask = tuple[Button, type[FrequencyDialog | LockDialog | UnlistedDialog]]
LEFT = Qt.MouseButton.LeftButton


def plans(qtbot: QtBot, open_drills: OpenDrills, staff_no: str) -> PlansPage:
    window = open_drills(staff_no=staff_no)
    window.show_page("plans")
    page = window.findChild(PlansPage)
    assert page is not None
    qtbot.waitUntil(lambda: page.shown is not None)
    page.table.select_key("FIRE-01")
    return page


def often(qtbot: QtBot, open_drills: OpenDrills, _desk: Desk) -> Ask:
    return plans(qtbot, open_drills, HEAD).frequency, FrequencyDialog


def longest(qtbot: QtBot, open_drills: OpenDrills, _desk: Desk) -> Ask:
    return plans(qtbot, open_drills, SUPERIOR).lock, LockDialog


def unlisted(qtbot: QtBot, open_drills: OpenDrills, desk: Desk) -> Ask:
    run = desk.started("FIRE-01", place="湖滨公园东门")
    desk.run(StartMuster(run))
    window = open_drills(run)
    assert window.conductor is not None
    button = window.conductor.muster.unlisted
    qtbot.waitUntil(button.isVisible)
    return button, UnlistedDialog


@pytest.mark.parametrize("opener", [often, longest, unlisted])
def test_what_was_typed_is_not_lost_by_escape(
    qtbot: QtBot,
    open_drills: OpenDrills,
    desk: Desk,
    opener: Callable[[QtBot, OpenDrills, Desk], Ask],
) -> None:
    button, kind = opener(qtbot, open_drills, desk)
    button.repeat_guard = False

    def opened() -> FrequencyDialog | LockDialog | UnlistedDialog:
        qtbot.mouseClick(button, LEFT)
        qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), kind))
        found = QApplication.activeModalWidget()
        assert isinstance(found, kind)
        return found

    def asked() -> ConfirmDialog:
        QTest.keyClick(dialog, Qt.Key.Key_Escape)
        qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), ConfirmDialog))
        found = QApplication.activeModalWidget()
        assert isinstance(found, ConfirmDialog)
        return found

    # Nothing typed: nothing is asked.
    dialog = opened()
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: QApplication.activeModalWidget() is None)

    dialog = opened()
    field = dialog.name if isinstance(dialog, UnlistedDialog) else dialog.days
    QTest.keyClicks(field.edit, "7")
    before = field.text()
    assert before.endswith("7")
    # Enter by habit goes on writing.
    QTest.keyClick(asked(), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: QApplication.activeModalWidget() is dialog)
    assert field.text() == before
    qtbot.mouseClick(asked().confirm_button, LEFT)
    qtbot.waitUntil(lambda: QApplication.activeModalWidget() is None)
