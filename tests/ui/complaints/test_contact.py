"""A contact is noted: how, reached or not, what was said."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from branch.complaints.commands.answering import RecordContact, Reply
from branch.kernel.clock import SetClock
from tests.complaints.desk import ADVISER, Desk
from tests.ui.complaints.care import Care
from ui.complaints.contact_dialog import ContactDialog
from ui.shell.language import language
from ui.shell.station import Station


@pytest.fixture
def care(qtbot: QtBot, desk: Desk, station_for: Callable[[str, str], Station]) -> Care:
    """A window with nothing in it, beside the desk."""
    return Care(qtbot, desk, station_for)


def test_what_was_said_is_kept_with_the_case(care: Care) -> None:
    case = care.desk.register()
    dialog = care.open(ContactDialog(care.window, care.station(), care.detail(case)))
    assert dialog.phone is not None
    assert dialog.phone.value.whole_text() == "138****5172"
    assert dialog.text.label.text() == "谈了什么，客户怎么说，可不填"
    care.press(dialog.mode.tile("in_person"))
    care.write(dialog.text.edit, "约好周一来网点")
    care.send(dialog)
    assert care.said == ["已记录联系"]
    fact = care.facts("complaint.contact_recorded")[-1]
    assert (fact.data["mode"], fact.data["reached"]) == ("in_person", True)
    assert care.detail(case).moments[-1].text == "约好周一来网点"


def test_a_try_counts_towards_three(care: Care) -> None:
    case = care.desk.decided()
    care.desk.run(RecordContact(case, "phone", False))
    dialog = care.open(ContactDialog(care.window, care.station(), care.detail(case)))
    assert not dialog.tries.isVisible()
    care.press(dialog.reached.segment("no"))
    assert dialog.tries.text() == "这是第 2 次没有联系上。满 3 次，可按联系不上答复。"
    assert dialog.text.label.text() == "情况，可不填"
    care.send(dialog)
    assert care.said == ["已记录，没有联系上"]
    dialog = care.open(ContactDialog(care.window, care.station(), care.detail(case)))
    care.press(dialog.reached.segment("no"))
    care.send(dialog)
    now = care.desk.clock.now_ms()
    care.desk.run(Reply(case, "not_reached", now), ADVISER)
    assert care.desk.state(case) == "replied"


def test_what_was_typed_stays_when_it_is_refused(care: Care, clock: SetClock) -> None:
    case = care.desk.register()
    dialog = care.open(ContactDialog(care.window, care.station(), care.detail(case)))
    care.write(dialog.text.edit, "字" * 5_001)
    care.send(dialog)
    assert dialog.isVisible()
    assert "5000" in dialog.text.error_text() or "5,000" in dialog.text.error_text()
    assert len(dialog.text.text()) == 5_001
    assert care.said == []


def test_without_a_number_there_is_none_to_show(care: Care) -> None:
    case = care.desk.register("book", who={"name": "", "phone": "", "anonymous": True})
    dialog = care.open(ContactDialog(care.window, care.station(), care.detail(case)))
    assert dialog.phone is None


def test_the_keyboard_alone(care: Care, qtbot: QtBot) -> None:
    case = care.desk.register()
    dialog = care.open(ContactDialog(care.window, care.station(), care.detail(case)))
    care.until(dialog.text.edit.hasFocus)
    care.write(dialog.text.edit, "已告知进展")
    # Tab leaves the field for the buttons; Enter on the solid one sends.
    dialog.confirm_button.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.keyClick(dialog.confirm_button, Qt.Key.Key_Return)
    care.until(lambda: care.said == ["已记录联系"])


def test_english(care: Care) -> None:
    language().choose("en")
    case = care.desk.register()
    dialog = care.open(ContactDialog(care.window, care.station(), care.detail(case)))
    assert dialog.windowTitle() == "Note a contact"
    assert dialog.mode.tile("post").content().title == "By post"
    for label in dialog.findChildren(QLabel):
        assert label.text() == care.detail(case).line.title or not label.text().count("，")
