"""What was proposed at the desk: decided on, declined, and gone when the case goes on."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from branch.complaints.commands.acceptance import Accept, Merge, ProposeRefusal, Withdraw
from branch.drills.queries.runs import open_incidents
from tests.complaints.desk import HEAD, OFFICER, Desk
from tests.ui.complaints.conftest import Open
from tests.ui.complaints.steps import confirm, press, solid
from ui.complaints.window import ComplaintsWindow


def test_the_head_declines_and_the_desk_goes_on(desk: Desk, open_desk: Open, qtbot: QtBot) -> None:
    complaint = desk.register()
    desk.run(ProposeRefusal(complaint, "no_claim", "没有具体请求"))
    window = open_desk(HEAD)
    assert solid(window) == ["不予受理"]
    assert "DeclineProposal" in window.side.steps.buttons
    shown = press(qtbot, window, "DeclineProposal")
    confirm(qtbot, shown)
    # Without a word nobody knows how it goes on.
    qtbot.waitUntil(lambda: bool(shown.fields["text"].error_text()))
    shown.fields["text"].set_text("请求已写明，请受理")
    confirm(qtbot, shown)
    qtbot.waitUntil(lambda: "不采纳提议，继续办理" in window.view.timeline.texts())
    assert solid(window) == []
    assert "DeclineProposal" not in window.side.steps.buttons


def test_once_accepted_nothing_is_proposed(desk: Desk, open_desk: Open) -> None:
    complaint = desk.register()
    desk.run(ProposeRefusal(complaint, "no_claim", "没有具体请求"))
    desk.run(Accept(complaint, "verified"))
    assert solid(open_desk(HEAD)) == ["转办"]


def test_a_merge_is_taken_back_once_the_other_was_withdrawn(
    desk: Desk, open_desk: Open, qtbot: QtBot
) -> None:
    primary, child = desk.register(), desk.register()
    desk.run(Merge(child, primary), HEAD)
    desk.run(Withdraw(primary, own=True))
    window = open_desk(HEAD)
    window.go_to_case(child)
    qtbot.waitUntil(lambda: "UndoMerge" in _offered(window))
    window.side.steps.wanted.emit("UndoMerge")
    qtbot.waitUntil(lambda: desk.state(child) == "received")


def test_the_plan_for_a_group(desk: Desk, open_desk: Open, qtbot: QtBot) -> None:
    desk.register(who={"parties": 3})
    window = open_desk(OFFICER)
    shown = press(qtbot, window, "OpenPlan")
    confirm(qtbot, shown)
    qtbot.waitUntil(lambda: "启动了应急预案" in window.view.timeline.texts())
    assert len(open_incidents(desk.store)) == 1
    assert "OpenPlan" not in _offered(window)


def _open(window: ComplaintsWindow) -> int:
    record = window.view.record()
    return 0 if record is None else record.detail.line.id


def _offered(window: ComplaintsWindow) -> set[str]:
    shown = window.side.steps._shown
    return set() if shown is None else {shown[1].first, *shown[1].others, *shown[1].more}


def test_a_case_is_found_by_its_number(desk: Desk, open_desk: Open, qtbot: QtBot) -> None:
    first = desk.register(who={"name": "陈女士", "phone": "13900000001"})
    second = desk.register()
    line = desk.detail(first)
    assert line is not None
    window = open_desk(HEAD)
    window.go_to_case(second)
    qtbot.waitUntil(lambda: _open(window) == second)
    shown = press(qtbot, window, "Merge")
    qtbot.waitUntil(lambda: shown.error.sentence.text() != "")
    assert not shown.confirm_button.isEnabled()
    other = shown.fields["other"]
    other.edit.setFocus()
    qtbot.keyClicks(other.edit, "TS-9")
    qtbot.waitUntil(lambda: other.error_text() == "没有找到可以选的")
    other.edit.clear()
    qtbot.keyClicks(other.edit, line.line.number)
    into = shown.fields["into"].combo
    qtbot.waitUntil(lambda: into.code() == str(first))
    confirm(qtbot, shown)
    # Another person: the command says so, and what was chosen stays.
    qtbot.waitUntil(lambda: "不是同一投诉人" in shown.error.sentence.text())
    assert into.code() == str(first)
    # Looked for no longer: nothing is left that could be sent.
    other.edit.clear()
    qtbot.waitUntil(lambda: not shown.confirm_button.isEnabled())


def test_a_repeat_by_an_unsigned_note_is_proposed(
    desk: Desk, open_desk: Open, qtbot: QtBot
) -> None:
    first = desk.register()
    desk.clock.advance(60)
    note = desk.register("book", who={"name": "", "phone": "", "anonymous": True})
    window = open_desk(OFFICER)
    window.go_to_case(note)
    qtbot.waitUntil(lambda: _open(window) == note)
    shown = press(qtbot, window, "LinkRepeat")
    combo = shown.fields["earlier"].combo
    qtbot.waitUntil(lambda: combo.count() == 2)
    assert combo.code() == "-"
    combo.choose(str(first))
    confirm(qtbot, shown)

    def linked() -> bool:
        found = desk.detail(note)
        return found is not None and found.values["repeat_of"] == first

    qtbot.waitUntil(linked)
