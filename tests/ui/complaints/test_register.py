"""Registering a complaint: from the source to the number, by mouse and key; what is missing."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)

from branch.complaints.codes import CHANNELS
from branch.kernel.journal import entries
from tests.complaints.desk import LOBBY_MANAGER
from tests.ui.complaints.intake import Intake
from ui.shell.language import language
from ui.shell.station import Station
from ui.widgets.intake.dialog import DONE, MATTER, READ_BACK, SOURCE

Stations = Callable[[str, str], Station]


# -- the whole way ------------------------------------------------------------------------------


def test_a_complaint_on_site_from_first_word_to_number(intake: Intake) -> None:
    person, matter, classes = intake.person, intake.matter, intake.classes
    assert intake.dialog.title.text() == "登记投诉"
    assert "只有投诉才计法定期限" in intake.source.kind_hint.text()
    intake.press(intake.source.channels.tile("on_site"))
    intake.write(person.name, "陈小梅")
    intake.write(person.phone, "13812345172")
    intake.write(person.number, "110101199003073327")
    intake.next()
    intake.write(matter.facts, "到期收益 2.1%，与宣传页相差较大。柜员说不算合同。")
    intake.write(matter.claims, "说明原因，补偿差额")
    assert matter.heading.text() == "到期收益 2.1%"
    intake.press(matter.when.segment("yesterday"))
    intake.write(matter.place, "3 号柜台")
    intake.write(matter.amount, "1,380.5")
    intake.press(classes.reason.tiles.tile("service"))
    intake.press(classes.reason.tiles.tile("marketing"))
    classes.biz_class.all.setFocus()
    classes.biz_class.all.choose("own_wealth")
    classes.biz_class.all.activated.emit(0)
    intake.press(classes.biz_channel.tiles.tile("counter"))
    intake.press(classes.sensitivity.tile("vulnerable"))
    intake.next()

    sheet = intake.dialog.read_back.rows
    assert sheet["投诉人"] == "陈小梅（本人）"
    assert sheet["电话"] == "138 1234 5172"
    assert sheet["证件"] == "身份证尾号 3327"
    assert sheet["接收时间"] == "11月20日 星期五 09:00，法定期限 15 日"
    assert sheet["情况"].startswith("到期收益 2.1%，与宣传页相差较大。")
    assert sheet["时间地点"] == "11月19日 星期四，3 号柜台"
    assert sheet["金额"] == "1,380.50 元"
    assert sheet["分类"] == "营业现场、自营理财、营销方式和手段"
    assert not any("特殊群体" in value for value in sheet.values())
    registered = intake.register()

    page = intake.dialog.done_page
    assert registered.number == "TS-HB001-20261120-0001"
    assert page.number.text() == registered.number
    intake.qtbot.waitUntil(lambda: bool(page.due.text()), timeout=5000)
    assert page.due.text() == (
        "法定期限 12月5日 星期六，内部期限 11月27日 星期五，请在 11月27日 星期五 前办理。"
    )
    intake.press(page.copy_button)
    assert QGuiApplication.clipboard().text() == registered.number
    found = intake.detail(registered.id)
    values = found.values
    assert (found.line.title, found.line.channel, found.line.shown_name) == (
        "到期收益 2.1%", "on_site", "陈*梅",
    )  # fmt: skip
    assert (values["amount"], values["incident_on"]) == (138_050, "2026-11-19")
    assert (values["biz_class"], values["reason"]) == ("own_wealth", "marketing")
    assert (values["document"], values["document_tail"]) == ("resident_id", "3327")
    assert values["read_back"]
    assert found.shown["phone"] == "138****5172"
    assert found.line.sensitivity == ("vulnerable",)
    assert found.line.registered_by == intake.staff(LOBBY_MANAGER)


def test_by_keys_alone(intake: Intake) -> None:
    """A channel by its digit, Enter to the name, and Ctrl+Enter from page to page."""
    assert intake.at() is intake.source.channels.tile("on_site")
    intake.key(Qt.Key.Key_1)
    intake.key(Qt.Key.Key_Return)
    assert intake.at() is intake.person.name.edit
    assert intake.person.name.error_text() == ""
    intake.type("周建军")
    intake.key(Qt.Key.Key_Return)
    assert intake.dialog.page() == MATTER
    assert intake.at() is intake.matter.facts.edit
    intake.type("排队近一小时，被提前过号。")
    intake.key(Qt.Key.Key_Return, with_ctrl=True)
    assert intake.dialog.page() == READ_BACK
    assert intake.at() is intake.dialog.read_back.said
    intake.key(Qt.Key.Key_Space)
    intake.key(Qt.Key.Key_Return, with_ctrl=True)
    intake.until_registered()
    (case,) = intake.cases()
    assert (case.title, case.shown_name) == ("排队近一小时", "周*军")
    assert intake.at() is intake.dialog.next_button
    intake.key(Qt.Key.Key_Space)
    assert not intake.dialog.isVisible()


def test_tab_goes_through_a_page_in_reading_order(intake: Intake) -> None:
    """Also after the classes used most were put first."""

    def reached(first: QWidget, last: QWidget) -> list[QWidget]:
        first.setFocus()
        found = [intake.at()]
        while found[-1] is not last:
            intake.key(Qt.Key.Key_Tab)
            assert intake.at() not in found
            found.append(intake.at())
        return found

    source, person = intake.source, intake.person
    found = reached(source.kinds.segment("complaint"), intake.dialog.next_button)
    parts = (
        source.channels.tile("on_site"), source.when.segment("now"), person.anonymous,
        person.name.edit, person.phone.edit, person.group, intake.dialog.close_button,
    )  # fmt: skip
    places = [found.index(part) for part in parts]
    assert places == sorted(places)
    intake.fill()
    intake.press(intake.dialog.back_button)
    matter, classes = intake.matter, intake.classes
    found = reached(matter.facts.edit, intake.dialog.next_button)
    parts = (
        matter.heading.edit, matter.claims.edit, matter.place.edit, matter.subjects.field.edit,
        classes.reason.all, classes.reason.tiles.tile("service"),
        classes.biz_class.all, classes.biz_channel.all, classes.severity.segment("ordinary"),
        classes.sensitivity.tile("regulator"), intake.dialog.back_button,
    )  # fmt: skip
    places = [found.index(part) for part in parts]
    assert places == sorted(places)


def test_enter_at_the_channel_goes_on_once_there_is_a_name(intake: Intake) -> None:
    intake.write(intake.person.name, "周建军")
    intake.source.channels.focus_first()
    intake.key(Qt.Key.Key_Return)
    assert intake.source.channel_error.sentence.text() == "请选择从哪里来"
    intake.key(Qt.Key.Key_2)
    intake.key(Qt.Key.Key_Return)
    assert intake.dialog.page() == MATTER


def test_nothing_is_read_to_him_twice_or_without_need(intake: Intake) -> None:
    intake.fill()
    back = intake.dialog.read_back
    assert "标题" not in back.rows
    assert back.aloud == ("投诉人", "答复方式", "情况", "要求")
    assert tuple(back.rows)[len(back.aloud) :] == ("类型", "渠道", "接收时间")
    intake.press(intake.dialog.back_button)
    intake.write(intake.matter.heading, "收益差额")
    intake.next()
    assert "标题" in back.aloud


@pytest.mark.parametrize("channel", CHANNELS)
def test_every_channel(intake: Intake, channel: str) -> None:
    intake.press(intake.source.channels.tile(channel))
    assert intake.source.forwarded.isVisible() is (channel == "superior")
    intake.write(intake.person.name, "陈小梅")
    intake.next()
    intake.write(intake.matter.facts, "说明见来件。")
    intake.next()
    there = channel in ("on_site", "phone")
    assert intake.dialog.read_back.said.isVisible() is there
    registered = intake.register()
    line = intake.detail(registered.id).line
    assert (line.channel, line.forwarded) == (channel, "superior" if channel == "superior" else "")
    assert bool(intake.detail(registered.id).values["read_back"]) is there


@pytest.mark.parametrize("kind", ["enquiry", "suggestion", "report"])
def test_other_kinds_are_told_apart_in_words(intake: Intake, kind: str) -> None:
    intake.press(intake.source.kinds.segment(kind))
    assert "不计法定期限" in intake.source.kind_hint.text()
    intake.fill()
    assert "法定期限" not in intake.dialog.read_back.rows["接收时间"]
    registered = intake.register()
    line = intake.detail(registered.id).line
    assert (line.kind, line.legal_due) == (kind, "")
    intake.qtbot.waitUntil(lambda: bool(intake.dialog.done_page.due.text()), timeout=5000)
    assert intake.dialog.done_page.due.text() == "请在 11月27日 星期五 前答复。"


def test_a_box_note_counts_from_its_opening(intake: Intake) -> None:
    intake.press(intake.source.channels.tile("book"))
    assert intake.source.when_title.text() == "什么时候开箱的？"
    intake.press(intake.source.when.segment("time"))
    intake.source.day.edit.setDate(intake.source.day.edit.date().addDays(-1))
    intake.press(intake.person.anonymous)
    assert not intake.person.name.isVisible()
    intake.next()
    intake.write(intake.matter.facts, "自助机旁没有人引导。")
    intake.next()
    assert intake.dialog.read_back.rows["投诉人"] == "匿名"
    line = intake.detail(intake.register().id).line
    assert (line.anonymous, line.received_on, line.channel) == (True, "2026-11-19", "book")


def test_a_ticket_is_taken_along(open_intake: Callable[..., Intake]) -> None:
    intake = open_intake(ticket=7, number="A036")
    assert intake.dialog.place.text().startswith("号票 A036，第 1 步")
    assert intake.source.channels.code() == "on_site"
    intake.write(intake.person.name, "陈小梅")
    intake.next()
    intake.write(intake.matter.facts, "等了一小时。")
    intake.next()
    assert intake.detail(intake.register().id).values["ticket"] == 7


# -- what is missing, what is refused -----------------------------------------------------------


def test_what_is_missing_is_said_at_its_place(intake: Intake) -> None:
    intake.next()
    assert intake.dialog.page() == SOURCE
    assert intake.source.channel_error.sentence.text() == "请选择从哪里来"
    assert intake.person.name.error_text() == "请填写投诉人姓名，或勾选不愿留姓名"
    intake.press(intake.source.channels.tile("on_site"))
    assert intake.source.channel_error.isHidden()
    intake.write(intake.person.name, "陈小梅")
    assert intake.person.name.error_text() == ""
    intake.next()
    intake.next()
    assert intake.dialog.page() == MATTER
    assert intake.matter.facts.error_text() == "请写发生了什么"
    intake.write(intake.matter.facts, "被催收电话打扰。")
    intake.write(intake.matter.amount, "很多")
    intake.next()
    assert intake.matter.amount.error_text() == "请填写金额，单位为元"
    intake.matter.amount.set_text("")
    intake.next()
    assert intake.dialog.page() == READ_BACK


def test_a_receipt_to_come_is_not_taken(intake: Intake) -> None:
    intake.press(intake.source.channels.tile("phone"))
    intake.press(intake.source.when.segment("time"))
    intake.source.time.edit.setTime(intake.source.time.edit.time().addSecs(600))
    intake.write(intake.person.name, "陈小梅")
    intake.next()
    assert intake.source.moment_error.sentence.text() == "接收时间不能晚于现在"


def test_it_is_read_back_first(intake: Intake) -> None:
    intake.fill()
    intake.next()
    back = intake.dialog.read_back
    assert back.error.sentence.text() == "请先复述给客户并确认，或勾选不便复述"
    assert intake.at() is back.said
    assert intake.cases() == ()
    intake.press(back.unsaid)
    assert not back.error.isVisible()
    intake.next()
    intake.until_registered()
    assert not intake.detail(intake.come[-1].id).values["read_back"]


def test_what_was_read_back_is_read_again_after_a_change(intake: Intake) -> None:
    intake.fill()
    intake.press(intake.dialog.read_back.said)
    intake.press(intake.dialog.back_button)
    intake.write(intake.matter.claims, "道歉")
    intake.next()
    assert not intake.dialog.read_back.said.isChecked()
    assert intake.dialog.read_back.rows["要求"] == "道歉"


def test_a_refusal_leads_to_its_field(intake: Intake) -> None:
    intake.press(intake.source.channels.tile("on_site"))
    intake.write(intake.person.name, "陈小梅")
    intake.press(intake.person.group)
    intake.write(intake.person.parties, "20")
    intake.write(intake.person.representatives, "长" * 81)
    assert "重大投诉" in intake.person.group_news.text()
    intake.next()
    intake.write(intake.matter.facts, "集体反映。")
    intake.next()
    intake.press(intake.dialog.read_back.said)
    intake.next()
    intake.qtbot.waitUntil(lambda: intake.dialog.page() == SOURCE, timeout=5000)
    assert "个字，现在有 81 个" in intake.person.representatives.error_text()
    intake.person.representatives.set_text("一、二、三")
    intake.next()
    intake.next()
    found = intake.detail(intake.register().id)
    assert found.line.major
    assert found.line.parties == 20


def test_a_group_is_told_that_the_plan_is_on(intake: Intake) -> None:
    intake.press(intake.source.channels.tile("letter"))
    intake.write(intake.person.name, "陈小梅")
    intake.press(intake.person.group)
    intake.write(intake.person.parties, "3")
    assert "应急预案同时启动" in intake.person.group_news.text()
    # For those who only suggest something together it does not.
    intake.press(intake.source.kinds.segment("suggestion"))
    assert not intake.person.group_news.isVisible()
    intake.press(intake.source.kinds.segment("complaint"))
    intake.next()
    assert intake.classes.urgency.current() == "urgent"
    intake.write(intake.matter.facts, "集体反映。")
    intake.next()
    registered = intake.register()
    plan = intake.dialog.done_page.plan
    intake.qtbot.waitUntil(plan.isVisible, timeout=5000)
    assert plan.text().startswith("应急预案已启动，叫号照常。")
    assert intake.detail(registered.id).incident is not None
    intake.press(intake.dialog.done_page.again_button)
    intake.fill()
    intake.register()
    intake.qtbot.waitUntil(lambda: bool(intake.dialog.done_page.due.text()), timeout=5000)
    assert not plan.isVisible()


# -- the rest -----------------------------------------------------------------------------------


def test_nothing_personal_is_in_journal_or_representation(intake: Intake) -> None:
    intake.fill()
    assert "陈小梅" not in repr(intake.dialog.draft())
    intake.register()
    assert not any("陈小梅" in str(entry.data) for entry in entries(intake.other.store))


def test_language_changes_while_it_is_open(intake: Intake) -> None:
    intake.press(intake.source.channels.tile("on_site"))
    intake.write(intake.person.name, "陈小梅")
    language().choose("en")
    intake.qtbot.waitUntil(lambda: intake.dialog.title.text() == "Register: complaint")
    assert intake.source.channels.tile("on_site").isChecked()
    assert intake.person.name.text() == "陈小梅"
    assert intake.dialog.next_button.text() == "Next"
    intake.next()
    intake.write(intake.matter.facts, "facts")
    intake.next()
    assert intake.dialog.read_back.rows["Complainant"] == "陈小梅 (Self)"
    intake.register()
    assert intake.dialog.page() == DONE


@pytest.mark.parametrize("code", ["zh", "en"])
def test_it_stands_within_a_small_window(intake: Intake, code: str) -> None:
    language().choose(code)
    words = {"zh": "下一步", "en": "Next"}[code]
    for page in (SOURCE, MATTER):
        intake.dialog._go(page)
        intake.qtbot.waitUntil(lambda: intake.dialog.next_button.text() == words)
        QApplication.processEvents()
        assert intake.dialog.panel.height() <= 780
        for button in (intake.dialog.next_button, intake.dialog.close_button):
            assert button.width() >= button.sizeHint().width()


def test_every_control_has_a_name(intake: Intake) -> None:
    for kind in (QAbstractButton, QComboBox, QLineEdit, QPlainTextEdit):
        for control in intake.dialog.panel.findChildren(kind):
            name = control.accessibleName()
            if isinstance(control, QAbstractButton):
                name = name or control.text()
            if control.objectName().startswith("qt_"):
                continue
            assert name, (control, control.parent())
