"""Esc in a question of the settings: at once while nothing is typed, else it asks first."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from operator import attrgetter
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit
from pytestqt.qtbot import QtBot

from tests.ui.admin.conftest import (
    ADMINISTRATOR,
    MANAGER,
    SUPERVISOR,
    OpenAdmin,
    press,
    write,
)
from tests.ui.admin.test_calendar import NEW_YEAR, put_file
from tests.ui.admin.test_calendar import page_of as calendar_of
from tests.ui.admin.test_inspection_templates import page_of as templates_of
from tests.ui.admin.test_privacy import button, dialog_of, open_part
from tests.ui.admin.test_privacy_requests import NAME, words
from tests.ui.admin.test_staff import choose
from tests.ui.admin.test_staff import page_of as staff_of
from tests.ui.leaving import escape_asks_first
from ui.admin.branch_page import BranchPage
from ui.admin.calendar_import import ImportDialog
from ui.admin.privacy_holds import HoldDialog
from ui.admin.privacy_request_dialogs import LinkDialog, NewRequestDialog
from ui.admin.seal_part import SealDialog
from ui.admin.template_dialogs import NewTemplateDialog, PartDialog
from ui.admin.template_item_dialog import TemplateItemDialog
from ui.admin.training_dialog import TrainingDialog
from ui.widgets.leaving import LeavingDialog

Again = Callable[[], None]
Opener = Callable[[QtBot, OpenAdmin, Path], Again]


def training(_qtbot: QtBot, admin: OpenAdmin, _folder: Path) -> Again:
    page = staff_of(admin("staff", SUPERVISOR))
    choose(page, "100482")
    return lambda: press(page.form.trainings.add)


def checklist(qtbot: QtBot, admin: OpenAdmin, _folder: Path) -> Again:
    page = templates_of(admin("checklists", MANAGER))
    qtbot.waitUntil(lambda: page.form.title.text() == "营业前检查")
    return lambda: press(page.new)


def part(qtbot: QtBot, admin: OpenAdmin, _folder: Path) -> Again:
    page = templates_of(admin("checklists", MANAGER))
    qtbot.waitUntil(lambda: page.form.title.text() == "营业前检查")
    items = page.form.items
    items.table.select_key(items.sections()[0].items[0].id)
    return lambda: press(items.rename)


def item(qtbot: QtBot, admin: OpenAdmin, _folder: Path) -> Again:
    page = templates_of(admin("checklists", MANAGER))
    qtbot.waitUntil(lambda: page.form.title.text() == "营业前检查")
    items = page.form.items
    items.table.select_key(items.sections()[0].items[0].id)
    return lambda: press(items.change)


def request(_qtbot: QtBot, admin: OpenAdmin, _folder: Path) -> Again:
    section = open_part(admin, "requests").requests
    return lambda: press(section.add)


def hold(_qtbot: QtBot, admin: OpenAdmin, _folder: Path) -> Again:
    section = open_part(admin, "holds").holds
    return lambda: press(section.add)


def year(_qtbot: QtBot, admin: OpenAdmin, folder: Path) -> Again:
    page = calendar_of(admin("calendar", SUPERVISOR))
    file = put_file(folder, NEW_YEAR)
    return lambda: page.offer_file(file)


def link(qtbot: QtBot, admin: OpenAdmin, _folder: Path) -> Again:
    section = open_part(admin, "requests").requests
    press(section.add)
    dialog: NewRequestDialog = dialog_of(section, NewRequestDialog)
    write(dialog.name, NAME)
    press(dialog.confirm_button)
    qtbot.waitUntil(lambda: "GR-2026-0001" in section.panel.title.text())
    press(button(section.panel, "已核对"))
    qtbot.waitUntil(lambda: "已核对本人证件" in words(section.panel))
    return lambda: press(button(section.panel, "查找记录"))


def seal(_qtbot: QtBot, admin: OpenAdmin, folder: Path) -> Again:
    page = admin("branch", ADMINISTRATOR).pages["branch"]
    assert isinstance(page, BranchPage)
    file = folder / "seal.p12"
    file.write_bytes(b"no seal")
    return lambda: page.seal.take(file)


QUESTIONS = {
    "training": (training, TrainingDialog, "held"),
    "checklist": (checklist, NewTemplateDialog, "name_zh"),
    "part": (part, PartDialog, "zh"),
    "item": (item, TemplateItemDialog, "guide_en"),
    "request": (request, NewRequestDialog, "wish"),
    "hold": (hold, HoldDialog, "words"),
    "hold, looking": (hold, HoldDialog, "finder.name"),
    "link": (link, LinkDialog, "finder.document"),
    "seal": (seal, SealDialog, "password"),
    "year": (year, ImportDialog, "notice"),
}


def place_of(dialog: LeavingDialog, name: str) -> QLineEdit | QPlainTextEdit:
    field = getattr(dialog, "fields", {}).get(name) or attrgetter(name)(dialog)
    found = getattr(field, "edit", field)
    assert isinstance(found, QLineEdit | QPlainTextEdit)
    return found


@pytest.mark.parametrize("name", list(QUESTIONS))
def test_what_was_typed_is_not_lost_by_escape(
    qtbot: QtBot, admin: OpenAdmin, tmp_path: Path, name: str
) -> None:
    opener, kind, where = QUESTIONS[name]
    again = opener(qtbot, admin, tmp_path)
    escape_asks_first(qtbot, again, kind, partial(place_of, name=where), "x y")
