"""Who complains is put right at the desk: what is registered is shown in part and stays."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from branch.complaints.commands.acceptance import Merge
from tests.complaints.desk import HEAD, Desk
from tests.ui.complaints.conftest import Open
from tests.ui.complaints.steps import confirm, press, state
from ui.complaints.step_dialog import StepDialog
from ui.widgets.intake.matter_part import MatterPart
from ui.widgets.intake.person_part import PersonPart
from ui.widgets.label import Label

AGENT = {"capacity": "agent", "agent": "李四", "agent_phone": "13900000002"}


def person(shown: StepDialog) -> PersonPart:
    found = shown.findChild(PersonPart)
    assert found is not None
    return found


def test_a_wrong_number_and_a_power_of_attorney_seen_later(
    desk: Desk, open_desk: Open, qtbot: QtBot
) -> None:
    complaint = desk.register(who={**AGENT, "address": "湖滨路 1 号"})
    window = open_desk()
    shown = press(qtbot, window, "CorrectComplainant")
    part = person(shown)
    assert not part.anonymous.isVisible()
    assert part.capacity.combo.code() == "agent"
    # Nothing is shown whole, and what is known is seen to stay.
    assert part.name.edit.placeholderText() == "陈*梅，不改不填"
    assert part.phone.edit.placeholderText() == "138****5172，不改不填"
    assert part.agent.edit.placeholderText() == "李*，不改不填"
    assert part.address.isVisible()
    assert [field.text() for field in (part.name, part.phone, part.agent, part.address)] == [""] * 4
    part.phone.set_text("13712345999")
    part.authority.setChecked(True)
    qtbot.keyClick(shown, Qt.Key.Key_Escape)
    again = press(qtbot, window, "CorrectComplainant")
    assert person(again).phone.text() == "13712345999"
    assert person(again).name.edit.placeholderText() == "陈*梅，不改不填"
    confirm(qtbot, again)
    qtbot.waitUntil(lambda: "更正了投诉人资料" in window.view.timeline.texts())
    found = desk.detail(complaint)
    assert found is not None
    assert found.shown["phone"] == "137****5999"
    assert (found.shown["name"], found.shown["agent"]) == ("陈*梅", "李*")
    assert (found.values["authority"], found.shown["address"]) == (True, "****")


@pytest.mark.parametrize("step", ["CorrectComplainant", "EditCase"])
def test_what_was_not_changed_is_not_said_to_be_corrected(
    desk: Desk, open_desk: Open, qtbot: QtBot, step: str
) -> None:
    desk.register(who=AGENT, what={"amount": 150_000, "incident_on": "2026-11-19"})
    window = open_desk()
    before = len(desk.entries)
    shown = press(qtbot, window, step)
    confirm(qtbot, shown)
    qtbot.waitUntil(shown.error.isVisible)
    assert shown.error.sentence.text().startswith("还没有改动")
    assert shown.confirm_button.isEnabled()
    assert len(desk.entries) == before


def test_who_becomes_an_agent_is_named(desk: Desk, open_desk: Open, qtbot: QtBot) -> None:
    desk.register()
    window = open_desk()
    shown = press(qtbot, window, "CorrectComplainant")
    part = person(shown)
    part.capacity.combo.choose("agent")
    confirm(qtbot, shown)
    qtbot.waitUntil(part.agent.error.isVisible)
    assert shown.focusWidget() is part.agent.edit


def test_of_an_unsigned_note_only_how_many_they_are(
    desk: Desk, open_desk: Open, qtbot: QtBot
) -> None:
    complaint = desk.register("book", who={"name": "", "phone": "", "anonymous": True})
    window = open_desk()
    shown = press(qtbot, window, "CorrectComplainant")
    part = person(shown)
    assert not part.name.isVisible()
    part.group.click()
    part.parties.set_text("５")
    confirm(qtbot, shown)
    qtbot.waitUntil(lambda: "更正了投诉人资料" in window.view.timeline.texts())
    found = desk.detail(complaint)
    assert found is not None
    assert (found.line.parties, found.line.anonymous) == (5, True)


def test_the_authority_is_asked_for_once(desk: Desk, open_desk: Open, qtbot: QtBot) -> None:
    desk.register(who=AGENT)
    window = open_desk()
    actions = {action.text(): action for action in window.side.steps.menu.actions()}
    actions["请补交授权材料"].trigger()
    qtbot.waitUntil(lambda: "已请补交授权材料，期限照常" in window.view.timeline.texts())
    assert "请补交授权材料" not in {one.text() for one in window.side.steps.menu.actions()}


def test_the_grounds_of_a_claim(desk: Desk, open_desk: Open, qtbot: QtBot) -> None:
    complaint = desk.register(what={"basis": "产品说明书"})
    window = open_desk()
    shown = press(qtbot, window, "EditCase")
    part = shown.findChild(MatterPart)
    assert part is not None
    assert part.basis.text() == "产品说明书"
    part.basis.set_text("产品说明书和宣传页")
    confirm(qtbot, shown)

    def kept() -> bool:
        found = desk.detail(complaint)
        return found is not None and found.values["basis"] == "产品说明书和宣传页"

    qtbot.waitUntil(kept)


def test_who_withdraws_is_told_whose_complaints_were_merged_into_his(
    desk: Desk, open_desk: Open, qtbot: QtBot
) -> None:
    primary, child = desk.register(), desk.register()
    desk.run(Merge(child, primary), HEAD)
    found = desk.detail(child)
    assert found is not None
    window = open_desk()
    window.go_to_case(primary)
    qtbot.waitUntil(lambda: state(window) == "received")
    shown = press(qtbot, window, "Withdraw")
    said = [label.text() for label in shown.findChildren(Label)]
    assert any(found.line.number in text and "逐件问客户" in text for text in said)
