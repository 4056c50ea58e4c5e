"""What was proposed at the desk: decided on, declined, and gone when the case goes on."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from branch.complaints.commands.acceptance import Accept, Merge, ProposeRefusal, Withdraw
from branch.drills.commands.running import EndRun
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
    assert solid(open_desk(HEAD)) == ["转办投诉"]


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


def test_the_plan_of_a_group_opens_by_itself_and_once_more_by_a_press(
    desk: Desk, open_desk: Open, qtbot: QtBot
) -> None:
    group = desk.register(who={"parties": 3})
    window = open_desk(OFFICER)
    qtbot.waitUntil(lambda: "启动了应急预案" in window.view.timeline.texts())
    # While it is on there is nothing to press.
    assert "OpenPlan" not in _offered(window)
    (line,) = open_incidents(desk.store)
    desk.run(EndRun(line.id, reason="needless"), HEAD)
    qtbot.waitUntil(lambda: "OpenPlan" in _offered(window))
    shown = press(qtbot, window, "OpenPlan")
    confirm(qtbot, shown)
    qtbot.waitUntil(lambda: window.view.timeline.texts().count("启动了应急预案") == 2)
    (again,) = open_incidents(desk.store)
    found = desk.detail(group)
    assert found is not None
    assert found.incident == again.id != line.id
    qtbot.waitUntil(lambda: "OpenPlan" not in _offered(window))


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
    qtbot.waitUntil(lambda: other.error_text() == "没有找到，请核对编号")
    other.edit.clear()
    qtbot.keyClicks(other.edit, line.line.number)
    into = shown.fields["into"].combo
    qtbot.waitUntil(lambda: into.code() == str(first))
    confirm(qtbot, shown)
    # Another person: the command says so where he was chosen, and what was chosen stays.
    qtbot.waitUntil(lambda: "不是同一投诉人" in shown.fields["into"].error.sentence.text())
    assert not shown.error.isVisible()
    assert into.code() == str(first)
    # Looked for no longer: nothing is left that could be sent.
    other.edit.clear()
    qtbot.waitUntil(lambda: not shown.confirm_button.isEnabled())


@pytest.mark.parametrize(
    ("step", "by", "field"),
    [
        ("Merge", HEAD, "into"),
        ("ProposeMerge", OFFICER, "into"),
        ("LinkRepeat", OFFICER, "earlier"),
    ],
)
def test_a_number_that_finds_nothing_is_not_sent_as_another(
    desk: Desk, open_desk: Open, qtbot: QtBot, step: str, by: str, field: str
) -> None:
    """What was typed is refused in words; what was proposed is not taken in its place."""
    over, good, other = desk.register(), desk.register(), desk.register(who={"name": "王大山"})
    hidden = desk.register(subjects=frozenset({desk.staff(by)}))
    desk.run(Withdraw(over, own=True))
    desk.clock.advance(60)
    case = desk.register()
    desk.clock.advance(60)
    late = desk.register(kind="enquiry")
    window = open_desk(by)
    window.go_to_case(case)
    qtbot.waitUntil(lambda: _open(window) == case)
    shown = press(qtbot, window, step)
    qtbot.waitUntil(shown.confirm_button.isEnabled)
    combo, line = shown.fields[field].combo, shown.fields["other"]
    number = {one: desk.number(one) for one in (over, good, case, late)}
    merges = step != "LinkRepeat"
    wrong = {
        "TS-HB001-20261120-0999": "没有找到，请核对编号",
        "\U0001f600": "没有找到，请核对编号",
        number[good].replace("-0002", f"-{hidden:04}"): "没有找到，请核对编号",
        number[case]: f"{number[case]} 就是这一件，请填另一件",
    }
    if merges:
        wrong[number[over]] = f"{number[over]} 已撤回，不能并入"
        wrong[number[late]] = f"{number[late]} 是咨询，不是同一类，不能并入"
    else:
        wrong[number[late]] = f"{number[late]} 比这一件晚，请选更早的"
    before = len(desk.entries)
    for typed, told in wrong.items():
        line.edit.setFocus()
        line.edit.selectAll()
        line.edit.insert(typed)
        # Not before it is known, nor when it is known to be nothing.
        assert not shown.confirm_button.isEnabled()
        qtbot.waitUntil(lambda told=told: line.error_text() == told)
        assert not shown.confirm_button.isEnabled()
        qtbot.keyClick(line.edit, Qt.Key.Key_Return)
        assert line.text() == typed
        assert line.edit.hasFocus()
    assert len(desk.entries) == before
    # Chosen by hand among those proposed: what was looked for in vain is no matter.
    combo.setFocus()
    at = combo.findData(str(good))
    combo.setCurrentIndex(at)
    combo.activated.emit(at)
    assert line.error_text() == ""
    confirm(qtbot, shown)
    qtbot.waitUntil(lambda: len(desk.entries) > before)
    assert desk.last.data[
        "into" if step == "ProposeMerge" else "other" if merges else "earlier"
    ] == (case if step == "Merge" else good)
    assert other


@pytest.mark.parametrize("step", ["Merge", "LinkRepeat"])
def test_where_a_case_is_looked_for_comes_before_the_buttons(
    desk: Desk, open_desk: Open, qtbot: QtBot, step: str
) -> None:
    desk.register()
    desk.clock.advance(60)
    case = desk.register()
    window = open_desk(HEAD)
    window.go_to_case(case)
    qtbot.waitUntil(lambda: _open(window) == case)
    shown = press(qtbot, window, step)
    qtbot.waitUntil(shown.confirm_button.isEnabled)
    assert shown.focusWidget() is next(iter(shown.fields.values())).combo
    qtbot.keyClick(shown.focusWidget(), Qt.Key.Key_Tab)
    assert shown.focusWidget() is shown.fields["other"].edit


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
    # Nothing is linked that could be taken back.
    confirm(qtbot, shown)
    qtbot.waitUntil(shown.fields["earlier"].error.isVisible)
    assert shown.fields["earlier"].error.sentence.text() == "请选一项"
    combo.choose(str(first))
    confirm(qtbot, shown)

    def linked() -> bool:
        found = desk.detail(note)
        return found is not None and found.values["repeat_of"] == first

    qtbot.waitUntil(linked)
