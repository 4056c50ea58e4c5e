"""Esc in the small questions of a drill: at once while nothing is typed, else it asks first."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from branch.drills.commands.running import StartMuster
from tests.drills.desk import HEAD, SUPERIOR, Desk
from tests.ui.drills.conftest import OpenDrills
from tests.ui.leaving import escape_asks_first
from ui.drills.plan_dialogs import FrequencyDialog, LockDialog
from ui.drills.plans_page import PlansPage
from ui.drills.run_dialogs import UnlistedDialog
from ui.widgets.button import Button

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

    def place(dialog: FrequencyDialog | LockDialog | UnlistedDialog) -> QLineEdit:
        return (dialog.name if isinstance(dialog, UnlistedDialog) else dialog.days).edit

    escape_asks_first(qtbot, lambda: qtbot.mouseClick(button, LEFT), kind, place, "7")
