"""One wrong input in the forms of equipment and praise: the sentence stands at its field, the
keyboard goes there, and what was typed stays."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from branch.bootstrap import Branch
from branch.inspections.commands import AddEquipment
from branch.inspections.queries import equipment
from branch.people.queries import account_id
from tests.ui.drills.inspections import (
    HEAD,
    LOBBY,
    TELLER,
    Desk,
    press,
    write,
)
from ui.drills.commendation_dialog import CommendationDialog
from ui.drills.equipment_dialogs import BrokenDialog, EquipmentDialog
from ui.shell.station import Station

StationFor = Callable[[str, str], Station]


@pytest.mark.parametrize(
    ("place", "typed", "told"),
    [
        ("name", " ", "请填写这一项"),
        ("name", "长" * 61, "最多 60 个字，现在有 61 个"),
        ("place", " ", "请填写这一项"),
        ("serial", "长" * 61, "最多 60 个字，现在有 61 个"),
        ("expires", "2027-02-30", "日期请写成 2026-11-20"),
        ("expires", "明年", "日期请写成 2026-11-20"),
    ],
)
def test_registering_a_thing(
    qtbot: QtBot, desk: Desk, station_for: StationFor, place: str, typed: str, told: str
) -> None:
    page = desk.open(station_for("drills", LOBBY), "equipment")
    qtbot.waitUntil(page.empty.isVisible)
    press(page.add)
    dialog: Any = desk.dialog(EquipmentDialog)
    for name, text in (("name", "灭火器 3"), ("place", "后门"), (place, typed)):
        write(getattr(dialog, name).edit, text)
    press(dialog.confirm_button)
    field = getattr(dialog, place)
    qtbot.waitUntil(lambda: field.error_text() == told)
    assert field.edit.hasFocus()
    assert field.text() == typed
    assert dialog.confirm_button.isEnabled()


def test_an_expiry_pasted_full_width_and_one_that_is_over(
    qtbot: QtBot, desk: Desk, station_for: StationFor, other: Branch
) -> None:
    page = desk.open(station_for("drills", LOBBY), "equipment")
    qtbot.waitUntil(page.empty.isVisible)
    press(page.add)
    dialog = desk.dialog(EquipmentDialog)
    for field, text in (
        (dialog.name, "灭火器 3"),
        (dialog.place, "后门"),
        (dialog.expires, "２０２６－１０－０１"),
    ):
        write(field.edit, text)
    press(dialog.confirm_button)
    qtbot.waitUntil(lambda: desk.said == ["灭火器 3 已保存"])
    (line,) = equipment(other.store, date(2026, 11, 20))
    assert (line.expires_on, line.expiry) == ("2026-10-01", "expired")
    qtbot.waitUntil(lambda: page.told.text() == "已过期 1 件")


def test_a_break_needs_its_words(qtbot: QtBot, desk: Desk, station_for: StationFor) -> None:
    desk.run(AddEquipment("kiosk", "取号机 1", "大厅"))
    page = desk.open(station_for("drills", LOBBY), "equipment")
    qtbot.waitUntil(page.broken.isVisible)
    press(page.broken)
    dialog = desk.dialog(BrokenDialog)
    for typed, told in ((" ", "请填写这一项"), ("长" * 201, "最多 200 个字，现在有 201 个")):
        write(dialog.note.edit, typed)
        press(dialog.confirm_button)
        qtbot.waitUntil(lambda told=told: dialog.note.error_text() == told)
        assert dialog.note.text() == typed
        assert dialog.note.edit.hasFocus()


# -- praise ----------------------------------------------------------------------------------------


def test_praise_of_a_day_to_come_is_said_at_the_day(
    qtbot: QtBot, desk: Desk, station_for: StationFor, other: Branch
) -> None:
    page = desk.open(station_for("drills", HEAD), "training")
    qtbot.waitUntil(lambda: page.table.lines.rowCount() > 0)
    teller = account_id(other.store, TELLER)
    page.table.select_key(str(teller))
    press(page.detail.add)
    dialog = desk.dialog(CommendationDialog)
    write(dialog.text.edit, "帮老人找回存折")
    dialog.day.set_day(date(2026, 11, 21))
    press(dialog.confirm_button)
    qtbot.waitUntil(lambda: dialog.day.error.sentence.text() == "日期不能晚于今天")
    assert dialog.day.edit.hasFocus()
    dialog.day.set_day(date(2026, 11, 20))
    write(dialog.text.edit, " ")
    press(dialog.confirm_button)
    qtbot.waitUntil(lambda: dialog.text.error_text() == "请填写这一项")
    assert dialog.text.edit.hasFocus()
