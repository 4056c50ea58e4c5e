"""What was proposed at the desk: decided on, declined, and gone when the case goes on."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from branch.complaints.commands.acceptance import Accept, Merge, ProposeRefusal, Withdraw
from branch.drills.queries.runs import open_incidents
from tests.complaints.desk import HEAD, OFFICER, Desk
from tests.ui.complaints.conftest import Open
from tests.ui.complaints.steps import confirm, press, solid


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


def _offered(window: object) -> set[str]:
    steps = window.side.steps  # type: ignore[attr-defined]
    shown = steps._shown
    return set() if shown is None else {shown[1].first, *shown[1].others, *shown[1].more}
