"""Checklists in the settings: changed as a new version, refused at the field, the shipped again."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from branch.bootstrap import Branch
from branch.inspections.commands import ChangeTemplate
from branch.inspections.templates import template_of
from tests.ui.admin.conftest import MANAGER, OpenAdmin, press, toasts, write
from ui.admin.inspection_templates_page import InspectionTemplatesPage
from ui.admin.template_dialogs import NewTemplateDialog, PartDialog
from ui.admin.template_item_dialog import TemplateItemDialog
from ui.shell.language import language
from ui.widgets.dialog import ConfirmDialog

T = TypeVar("T")


def page_of(window: Any) -> InspectionTemplatesPage:
    page = window.pages["checklists"]
    assert isinstance(page, InspectionTemplatesPage)
    return page


def item_dialog(qtbot: QtBot, window: Any) -> TemplateItemDialog:
    def found() -> list[TemplateItemDialog]:
        return [one for one in window.findChildren(TemplateItemDialog) if one.isVisible()]

    qtbot.waitUntil(lambda: bool(found()))
    return found()[0]


def test_a_checklist_is_changed_as_a_new_version(
    qtbot: QtBot, admin: OpenAdmin, other: Branch
) -> None:
    window = admin("checklists", MANAGER)
    page = page_of(window)
    form = page.form
    qtbot.waitUntil(lambda: form.title.text() == "营业前检查")
    assert form.about.text() == "每个工作日，第 1 版"
    assert form.windows.text() == "opens-30 ~ opens-10"
    assert form.first.codes() == {"lobby_manager"}
    assert form.second.codes() == {"guard"}
    assert not form.bar.save.isEnabled()
    assert not form.restore.isEnabled()
    write(form.windows, "opens-45 ~ opens-15; 12:30 ~ 13:00")
    press(form.second.tile("supervisor"))
    press(form.bar.save)
    qtbot.waitUntil(lambda: toasts(window) == ["营业前检查 已存为第 2 版，进行中的检查不变"])
    kept = template_of(other.store, "OPEN")
    assert kept is not None
    assert kept.windows == (("opens-45", "opens-15"), ("12:30", "13:00"))
    assert kept.signs == (("lobby_manager",), ("supervisor", "guard"))
    qtbot.waitUntil(form.restore.isEnabled)
    assert not form.bar.save.isEnabled()
    press(form.restore)
    press(next(one for one in window.findChildren(ConfirmDialog)).confirm_button)
    qtbot.waitUntil(lambda: form.windows.text() == "opens-30 ~ opens-10")
    third = template_of(other.store, "OPEN")
    assert third is not None
    assert (third.version, third.windows) == (3, (("opens-30", "opens-10"),))


def test_what_cannot_stand_is_said_at_its_field_and_stays_typed(
    qtbot: QtBot, admin: OpenAdmin, other: Branch
) -> None:
    window = admin("checklists")
    form = page_of(window).form
    qtbot.waitUntil(lambda: form.title.text() == "营业前检查")
    write(form.windows, "halb neun")
    press(form.bar.save)
    qtbot.waitUntil(lambda: bool(form.windows.error_text()))
    assert "halb neun" in form.windows.error_text()
    assert form.windows.text() == "halb neun"
    write(form.windows, "12:30 ~ 11:30")
    press(form.bar.save)
    qtbot.waitUntil(lambda: form.windows.error_text() == "检查时段的结束要晚于开始")
    write(form.windows, "11:30 ~ 12:30")
    write(form.zh, "")
    press(form.bar.save)
    qtbot.waitUntil(lambda: bool(form.zh.error_text()))
    assert not form.windows.error_text()
    write(form.zh, "晨检")
    press(form.first.tile("lobby_manager"))
    press(form.bar.save)
    qtbot.waitUntil(lambda: form.signs_error.sentence.text() == "请写明由谁签名")
    kept = template_of(other.store, "OPEN")
    assert kept is not None
    assert kept.version == 1


def test_items_are_added_changed_moved_and_taken_out(
    qtbot: QtBot, admin: OpenAdmin, other: Branch
) -> None:
    window = admin("checklists", MANAGER)
    form = page_of(window).form
    qtbot.waitUntil(lambda: form.title.text() == "营业前检查")
    items = form.items
    items.table.select_key("OPEN-01")
    press(items.add)
    dialog = item_dialog(qtbot, window)
    assert dialog.windowTitle() == "检查项 OPEN-16"
    press(dialog.keep)
    assert dialog.fields["zh"].error_text()
    write(dialog.fields["zh"], "门口积水已清理")
    press(dialog.keep)
    assert dialog.fields["en"].error_text()
    write(dialog.fields["en"], "No water at the door")
    write(dialog.fields["least"], "9")
    write(dialog.fields["most"], "3")
    press(dialog.keep)
    assert dialog.fields["most"].error_text() == "下限不能大于上限"
    write(dialog.fields["least"], "")
    write(dialog.fields["most"], "many")
    press(dialog.keep)
    assert dialog.fields["most"].error_text() == "请填整数"
    write(dialog.fields["most"], "")
    write(dialog.fields["due_h"], "0")
    press(dialog.keep)
    assert dialog.fields["due_h"].error_text()
    write(dialog.fields["due_h"], "4")
    press(dialog.critical)
    press(dialog.keep)
    assert items.table.current_key() == "OPEN-16"
    press(items.up)
    items.table.select_key("OPEN-02")
    press(items.remove)
    press(form.bar.save)
    qtbot.waitUntil(lambda: bool(toasts(window)))
    kept = template_of(other.store, "OPEN")
    assert kept is not None
    assert [item.id for item in kept.items][:3] == ["OPEN-16", "OPEN-01", "OPEN-03"]
    made = kept.item("OPEN-16")
    assert made is not None
    assert (made.zh, made.due_h, made.critical) == ("门口积水已清理", 4, True)


def test_somebody_who_was_quicker_is_not_overwritten(
    qtbot: QtBot, admin: OpenAdmin, other: Branch, run: Any
) -> None:
    window = admin("checklists", MANAGER)
    form = page_of(window).form
    qtbot.waitUntil(lambda: form.title.text() == "营业前检查")
    write(form.en, "Morning check")
    shipped = template_of(other.store, "OPEN")
    assert shipped is not None
    run("100101", "elsewhere", ChangeTemplate(replace(shipped, name_zh="早检查")))
    qtbot.waitUntil(lambda: form.title.text() == "早检查")
    # What was typed stays, what the other one stored comes in.
    assert (form.zh.text(), form.en.text()) == ("早检查", "Morning check")
    press(form.bar.save)
    qtbot.waitUntil(lambda: bool(toasts(window)))
    kept = template_of(other.store, "OPEN")
    assert kept is not None
    assert (kept.version, kept.name_zh, kept.name_en) == (3, "早检查", "Morning check")


def test_english_stands_at_once(qtbot: QtBot, admin: OpenAdmin) -> None:
    window = admin("checklists", MANAGER)
    form = page_of(window).form
    qtbot.waitUntil(lambda: form.title.text() == "营业前检查")
    language().choose("en")
    qtbot.waitUntil(lambda: form.title.text() == "Opening check")
    assert form.windows.label.text() == "Times"
    assert form.first.tile("guard").content().title == "Guard"


def shown(qtbot: QtBot, window: Any, kind: type[T]) -> T:
    def found() -> list[T]:
        return [one for one in window.findChildren(kind) if one.isVisible()]

    qtbot.waitUntil(lambda: bool(found()))
    return found()[0]


def test_a_checklist_of_ones_own_is_made_and_asked_for_when_it_is_whole(
    qtbot: QtBot, admin: OpenAdmin, other: Branch
) -> None:
    window = admin("checklists", MANAGER)
    page = page_of(window)
    form = page.form
    qtbot.waitUntil(lambda: form.title.text() == "营业前检查")
    press(page.new)
    dialog = shown(qtbot, window, NewTemplateDialog)
    press(dialog.keep)
    assert {name for name, field in dialog.fields.items() if field.error_text()} == set(
        dialog.fields
    )
    assert dialog.every.error.sentence.text()
    typed = {
        "name_zh": "金库检查", "name_en": "Vault check", "section_zh": "门", "section_en": "Door",
        "item_zh": "门已锁好", "item_en": "The door is locked",
    }  # fmt: skip
    for name, text in typed.items():
        write(dialog.fields[name], text)
    dialog.every.combo.choose("week")
    press(dialog.keep)
    qtbot.waitUntil(lambda: form.title.text() == "金库检查")
    assert form.about.text() == "每周，第 1 版"
    assert not form.active.isChecked()
    assert not form.restore.isEnabled()
    assert toasts(window) == ["检查表已新建"]
    press(form.active)
    press(form.bar.save)
    qtbot.waitUntil(lambda: "金库检查 已存为第 2 版，进行中的检查不变" in toasts(window))
    kept = template_of(other.store, "OWN01")
    assert kept is not None
    assert (kept.version, kept.active, kept.items[0].id) == (2, True, "OWN01-01")
    qtbot.waitUntil(lambda: form.about.text() == "每周，第 2 版")
    # There is no shipped one to go back to.
    assert not form.restore.isEnabled()
    press(page.new)
    assert shown(qtbot, window, NewTemplateDialog).code == "OWN02"


def test_a_part_is_renamed_and_parted(qtbot: QtBot, admin: OpenAdmin, other: Branch) -> None:
    window = admin("checklists", MANAGER)
    form = page_of(window).form
    qtbot.waitUntil(lambda: form.title.text() == "营业前检查")
    items = form.items
    before = items.sections()
    items.table.select_key(before[0].items[0].id)
    assert not items.split.isEnabled()
    press(items.rename)
    dialog = shown(qtbot, window, PartDialog)
    assert dialog.fields["zh"].text() == before[0].zh
    write(dialog.fields["zh"], "大门")
    write(dialog.fields["en"], "")
    press(dialog.keep)
    assert dialog.fields["en"].error_text()
    write(dialog.fields["en"], "Front door")
    press(dialog.keep)
    items.table.select_key(before[0].items[1].id)
    press(items.split)
    dialog = next(one for one in window.findChildren(PartDialog) if one.fields["zh"].text() == "")
    write(dialog.fields["zh"], "其他入口")
    write(dialog.fields["en"], "Other doors")
    press(dialog.keep)
    press(form.bar.save)
    qtbot.waitUntil(lambda: bool(toasts(window)))
    kept = template_of(other.store, "OPEN")
    assert kept is not None
    assert [(part.zh, part.en) for part in kept.sections[:2]] == [
        ("大门", "Front door"),
        ("其他入口", "Other doors"),
    ]
    assert kept.sections[0].items == before[0].items[:1]
    assert kept.sections[1].items == before[0].items[1:]
    assert kept.sections[2:] == before[1:]


def test_how_often_ones_own_is_done_can_be_changed_and_a_shipped_one_cannot(
    qtbot: QtBot, admin: OpenAdmin, other: Branch, run: Any
) -> None:
    shipped = template_of(other.store, "EQUIP")
    assert shipped is not None
    mine = replace(shipped, code="OWN01", version=0, name_zh="金库检查", name_en="Vault check")
    run("100101", "elsewhere", ChangeTemplate(mine))
    window = admin("checklists", MANAGER)
    page = page_of(window)
    form = page.form
    qtbot.waitUntil(lambda: form.title.text() == "营业前检查")
    assert not form.every.isEnabled()
    assert form.every_hint.text() == "随检查表的依据，不能改"
    page.list.setCurrentRow(page.list.keys().index("OWN01"))
    qtbot.waitUntil(lambda: form.title.text() == "金库检查")
    assert form.every.isEnabled()
    assert form.every_hint.text() == "改了从第二天起算，之前的照旧"
    assert not form.bar.save.isEnabled()
    form.every.combo.choose("month")
    press(form.bar.save)
    qtbot.waitUntil(lambda: toasts(window) == ["金库检查 已存为第 2 版，从第二天起每月检查"])
    kept = template_of(other.store, "OWN01")
    assert kept is not None
    assert (kept.version, kept.every) == (2, "month")
    qtbot.waitUntil(lambda: form.about.text() == "每月，第 2 版")
    language().choose("en")
    qtbot.waitUntil(lambda: form.every.label.text() == "How often")
    assert form.every.combo.currentText() == "Every month"


def test_a_refusal_far_down_is_scrolled_to(qtbot: QtBot, admin: OpenAdmin) -> None:
    window = admin("checklists", MANAGER)
    form = page_of(window).form
    qtbot.waitUntil(lambda: form.title.text() == "营业前检查")
    press(form.first.tile("lobby_manager"))
    press(form.items.add)
    item_dialog(qtbot, window).reject()
    press(form.bar.save)
    qtbot.waitUntil(lambda: form.signs_error.sentence.text() == "请写明由谁签名")
    qtbot.waitUntil(lambda: not form.signs_error.visibleRegion().isEmpty())


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("", "请填写这一项"),
        ("12:30", "“12:30”后面请写结束的时间，例如 12:30 ~ 13:30"),
        ("12:30 ~ ", "“12:30”后面请写结束的时间，例如 12:30 ~ 13:30"),
        ("12:30 ~ 11:30", "检查时段的结束要晚于开始"),
        ("25:00 ~ 26:00", "时间写作 opens-30、closes+20 或 12:30，不能是“25:00”"),
    ],
)
def test_times_that_are_none(qtbot: QtBot, admin: OpenAdmin, typed: str, told: str) -> None:
    form = page_of(admin("checklists", MANAGER)).form
    qtbot.waitUntil(lambda: form.title.text() == "营业前检查")
    form.windows.edit.selectAll()
    QTest.keyClick(form.windows.edit, Qt.Key.Key_Delete)
    QTest.keyClicks(form.windows.edit, typed)
    press(form.bar.save)
    qtbot.waitUntil(lambda: form.windows.error_text() == told)
    assert form.windows.text() == typed
    assert form.windows.edit.hasFocus()


def test_times_as_the_screens_write_them_and_pasted_full_width(
    qtbot: QtBot, admin: OpenAdmin, other: Branch
) -> None:
    window = admin("checklists", MANAGER)
    form = page_of(window).form
    qtbot.waitUntil(lambda: form.title.text() == "营业前检查")
    write(form.windows, "０８：３０～08:50；12:30–13:30、opens-30 — closes+20")
    press(form.bar.save)
    qtbot.waitUntil(lambda: bool(toasts(window)))
    kept = template_of(other.store, "OPEN")
    assert kept is not None
    assert kept.windows == (("08:30", "08:50"), ("12:30", "13:30"), ("opens-30", "closes+20"))


@pytest.mark.parametrize("name", ["zh", "en", "guide_zh", "guide_en", "unit_zh", "unit_en"])
def test_words_too_long_are_said_at_their_own_field(
    qtbot: QtBot, admin: OpenAdmin, name: str
) -> None:
    window = admin("checklists", MANAGER)
    form = page_of(window).form
    qtbot.waitUntil(lambda: form.title.text() == "营业前检查")
    form.items.table.select_key("OPEN-01")
    press(form.items.change)
    dialog = item_dialog(qtbot, window)
    write(dialog.fields[name], "长" * 201)
    press(dialog.keep)
    wrong = [code for code, field in dialog.fields.items() if field.error_text()]
    assert wrong == [name]
    assert dialog.fields[name].edit.hasFocus()
    assert dialog.isVisible()
