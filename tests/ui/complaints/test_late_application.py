"""A late application for a re-review leads on to a new complaint of the same person."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from functools import partial

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from branch.complaints.commands.answering import NoteReceipt, Reply
from branch.complaints.commands.revealing import RevealCase
from branch.complaints.commands.reviews import RecordVisit
from branch.complaints.queries.detail import CaseDetail
from tests.complaints.desk import ADVISER, OFFICER, SUPERIOR, TELLER, Desk
from tests.ui.complaints.care import LEFT
from tests.ui.complaints.steps import press
from ui.complaints.re_review_dialog import ReReviewDialog
from ui.complaints.window import ComplaintsWindow
from ui.shell.language import language
from ui.widgets.intake import draft
from ui.widgets.intake.dialog import DONE, MATTER, READ_BACK, SOURCE, RegisterDialog

Open = Callable[..., ComplaintsWindow]


@pytest.fixture(autouse=True)
def no_draft() -> None:
    """Nobody has left anything half done."""
    draft._KEPT.clear()


@pytest.fixture
def case(desk: Desk) -> int:
    """Replied to and received on 20 November, and it is 11 January."""
    complaint = desk.decided(
        who={"address": "中山北路 1 号", "confidential": False},
        subjects=frozenset({desk.staff(TELLER)}),
    )
    desk.letter(complaint)
    desk.run(Reply(complaint, "in_person", desk.clock.now_ms(), True, receiver="陈小梅"), ADVISER)
    desk.run(NoteReceipt(complaint, desk.today), ADVISER)
    desk.at("2027-01-11 10:00")
    return complaint


def detail(desk: Desk, complaint: int) -> CaseDetail:
    found = desk.detail(complaint, SUPERIOR)
    assert found is not None
    return found


def application(qtbot: QtBot, window: ComplaintsWindow, case: int) -> ReReviewDialog:
    window.go_to_case(case)
    qtbot.waitUntil(lambda: window.view.record() is not None)
    shown = press(qtbot, window, "StartReReview")
    assert isinstance(shown, ReReviewDialog)
    return shown


def registration(qtbot: QtBot) -> RegisterDialog:
    qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), RegisterDialog))
    found = QApplication.activeModalWidget()
    assert isinstance(found, RegisterDialog)
    return found


def go_on(qtbot: QtBot, dialog: RegisterDialog, page: int) -> None:
    dialog.next_button.repeat_guard = False
    qtbot.mouseClick(dialog.next_button, LEFT)
    qtbot.waitUntil(lambda: dialog.page() == page, timeout=5000)


def test_one_press_opens_a_new_complaint_of_the_same_person(
    desk: Desk, open_desk: Open, qtbot: QtBot, case: int
) -> None:
    window = open_desk(SUPERIOR)
    shown = application(qtbot, window, case)
    shown.applied.set_day(date(2027, 1, 8))
    assert shown.due.text() == (
        "核查申请期已过。有新情况的，登记为新投诉：投诉人、渠道和分类带过去"
    )
    qtbot.mouseClick(shown.new_button, LEFT)
    dialog = registration(qtbot)
    number = detail(desk, case).line.number
    assert dialog.place.text().startswith(f"关联 {number}，第 1 步")
    source, person = dialog.source.source, dialog.source.person
    assert source.channels.code() == "on_site"
    # It came in on the day that was typed.
    assert (source.when.current(), source.day.day()) == ("time", date(2027, 1, 8))
    assert not person.anonymous.isVisible()
    # Nobody sees more of him than the case showed.
    assert (person.name.text(), person.phone.text()) == ("", "")
    assert person.name.edit.placeholderText() == "陈*梅，不改不填"
    assert person.phone.edit.placeholderText() == "138****5172，不改不填"
    assert person.address.isVisible()
    go_on(qtbot, dialog, MATTER)
    matter = dialog.matter.classified()
    assert (matter.biz_channel, matter.biz_class, matter.reason) == (
        "counter", "own_wealth", "returns",
    )  # fmt: skip
    assert matter.facts == ""
    # Who works here is asked of the store.
    qtbot.waitUntil(lambda: dialog.matter.matter.subjects.names() == ("王敏",))
    dialog.matter.matter.facts.set_text("又找到一份宣传页。")
    go_on(qtbot, dialog, READ_BACK)
    rows = dialog.read_back.rows
    assert (rows["投诉人"], rows["电话"], rows["地址"]) == (
        "陈*梅（本人）",
        "138 **** 5172",
        "****",
    )
    qtbot.mouseClick(dialog.read_back.said, LEFT)
    go_on(qtbot, dialog, DONE)
    registered = dialog.done_page.registered
    assert registered is not None
    new = partial(detail, desk, registered.id)
    qtbot.waitUntil(lambda: new().values["repeat_of"] == case, timeout=5000)
    found = new()
    assert (found.line.received_on, found.subjects) == ("2027-01-08", ("王敏",))
    for field, value in (
        ("name", "陈小梅"), ("phone", "13812345172"), ("address", "中山北路 1 号"),
    ):  # fmt: skip
        assert desk.run(RevealCase(registered.id, field, "contact"), OFFICER) == value
    # Another registration begins with nothing of him.
    qtbot.mouseClick(dialog.done_page.again_button, LEFT)
    assert dialog.page() == SOURCE
    assert person.name.edit.placeholderText() == ""
    assert person.anonymous.isVisible()
    dialog.reject()


def test_what_was_typed_is_there_again(open_desk: Open, qtbot: QtBot, case: int) -> None:
    window = open_desk(SUPERIOR)
    shown = application(qtbot, window, case)
    shown.applied.set_day(date(2027, 1, 8))
    qtbot.mouseClick(shown.new_button, LEFT)
    dialog = registration(qtbot)
    go_on(qtbot, dialog, MATTER)
    dialog.matter.matter.facts.set_text("又找到一份宣传页。")
    qtbot.mouseClick(dialog.close_button, LEFT)
    shown = application(qtbot, window, case)
    assert shown.applied.day() == date(2027, 1, 8)
    qtbot.mouseClick(shown.new_button, LEFT)
    dialog = registration(qtbot)
    assert dialog.kept.text().startswith("接着填")
    assert dialog.source.person.name.edit.placeholderText() == "陈*梅，不改不填"
    go_on(qtbot, dialog, MATTER)
    assert dialog.matter.matter.facts.text() == "又找到一份宣传页。"
    dialog.reject()


def test_in_time_there_is_a_re_review_only(
    desk: Desk, open_desk: Open, qtbot: QtBot, case: int
) -> None:
    desk.at("2026-12-18 10:00")
    shown = application(qtbot, open_desk(SUPERIOR), case)
    assert not shown.new_button.isVisible()
    shown.applied.set_day(desk.today + timedelta(days=3))
    assert shown.new_button.isVisible()
    shown.reject()


def test_a_visit_that_agreed_on_a_re_review_leads_on_when_it_is_too_late(
    desk: Desk, open_desk: Open, qtbot: QtBot, case: int
) -> None:
    desk.run(RecordVisit(case, "phone", True, "dissatisfied", next_step="re_review"))
    window = open_desk()
    window.go_to_case(case)
    section = window.view.visit_section
    again = section.way_buttons["RegisterAgain"]
    qtbot.waitUntil(again.isVisible)
    assert section.way.sentence.text() == (
        "客户不满意：核查申请期 12月20日已过，可以办结；有新情况可登记新投诉"
    )
    qtbot.mouseClick(again, LEFT)
    dialog = registration(qtbot)
    assert dialog.source.source.when.current() == "now"
    assert dialog.source.person.phone.edit.placeholderText() == "138****5172，不改不填"
    dialog.reject()


def test_in_english(open_desk: Open, qtbot: QtBot, case: int) -> None:
    language().choose("en")
    shown = application(qtbot, open_desk(SUPERIOR), case)
    assert shown.due.text() == (
        "The time to apply is over. New facts make a new complaint: "
        "complainant, channel and classes are taken over"
    )
    assert shown.new_button.text() == "Register the new one"
    qtbot.mouseClick(shown.new_button, LEFT)
    dialog = registration(qtbot)
    assert "138****5172" in dialog.source.person.phone.edit.placeholderText()
    dialog.reject()
