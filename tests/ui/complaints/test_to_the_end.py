"""At the desk: a case given to somebody else, and a file put away when nothing of it is missing."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from branch.complaints.commands.acceptance import Refuse, Withdraw
from branch.complaints.commands.answering import Archive, CloseOther, Unarchive
from tests.complaints.desk import ADVISER, HEAD, OFFICER, SUPERIOR, SUPERVISOR, Desk
from tests.ui.complaints.steps import confirm, press, solid, state
from ui.complaints.step_dialog import StepDialog
from ui.complaints.window import ComplaintsWindow

Open = Callable[..., ComplaintsWindow]


def words(shown: StepDialog) -> list[str]:
    """The sentences that stand in a question."""
    return [label.text() for label in shown.findChildren(QLabel) if label.isVisible()]


def test_what_somebody_has_is_given_to_somebody_else(
    desk: Desk, open_desk: Open, qtbot: QtBot
) -> None:
    desk.investigated()
    window = open_desk()
    # Somebody has it: that is no step one is asked for.
    assert solid(window) == []
    shown = press(qtbot, window, "Reassign")
    combo = shown.fields["handler"].combo
    qtbot.waitUntil(lambda: combo.count() > 0)
    offered = {combo.itemData(at) for at in range(combo.count())}
    assert str(desk.staff(ADVISER)) not in offered
    combo.choose(str(desk.staff(SUPERVISOR)))
    assert shown.confirm_button.text() == "改派"
    confirm(qtbot, shown)
    qtbot.waitUntil(lambda: state(window) == "assigned")
    assert "转办给" in window.view.timeline.texts()[-1]


def test_a_case_of_nobodys_asks_for_somebody(desk: Desk, open_desk: Open, qtbot: QtBot) -> None:
    complaint = desk.register(who={"phone": ""})
    desk.run(Refuse(complaint, "no_claim", "没有具体请求"), HEAD)
    desk.run(Archive(complaint))
    desk.run(Unarchive(complaint, "上级行 2026-1 号"), SUPERIOR)
    assert solid(open_desk()) == ["改派"]
    adviser = open_desk(ADVISER)
    adviser.go_to_case(complaint)
    qtbot.waitUntil(lambda: state(adviser) == "investigating")
    assert adviser.side.steps.waiting.text() == "没有承办人，等投诉专员改派"


def test_about_the_desk_the_head_is_asked(desk: Desk, open_desk: Open, qtbot: QtBot) -> None:
    complaint = desk.register(subjects=frozenset({desk.staff(OFFICER)}))
    window = open_desk(HEAD)
    assert solid(window) == ["受理"]
    shown = press(qtbot, window, "Accept")
    confirm(qtbot, shown)
    qtbot.waitUntil(lambda: state(window) == "accepted")
    assert solid(window) == ["转办投诉"]
    assert desk.detail(complaint) is None


def test_what_is_missing_is_said_before_a_file_is_put_away(
    desk: Desk, open_desk: Open, qtbot: QtBot
) -> None:
    complaint = desk.register()
    desk.run(Withdraw(complaint, own=True))
    window = open_desk()
    window.go_to_case(complaint)
    qtbot.waitUntil(lambda: state(window) == "withdrawn")
    checks = window.side.checks
    assert (checks.title.text(), checks.missing()) == (
        "归档前请核对",
        ["撤回申请书已签发，或有录音录像"],
    )
    shown = press(qtbot, window, "Archive")
    assert "还没有做到：撤回申请书已签发，或有录音录像" in words(shown)
    confirm(qtbot, shown)
    sentence = "请先签发撤回申请书（TS-10），或放入撤回时的录音录像，再归档"
    qtbot.waitUntil(lambda: sentence in words(shown))
    shown.reject()
    desk.paper(complaint, "TS-10")
    qtbot.waitUntil(lambda: checks.missing() == [])
    confirm(qtbot, press(qtbot, window, "Archive"))
    qtbot.waitUntil(lambda: state(window) == "archived")


def test_an_answered_enquiry_is_put_away_at_the_desk(
    desk: Desk, open_desk: Open, qtbot: QtBot
) -> None:
    enquiry = desk.register(kind="enquiry")
    desk.run(CloseOther(enquiry, "已说明。"))
    window = open_desk()
    window.go_to_case(enquiry)
    qtbot.waitUntil(lambda: state(window) == "closed")
    qtbot.waitUntil(lambda: solid(window) == ["归档"])
    shown = press(qtbot, window, "Archive")
    # Nothing takes an enquiry up again.
    assert "归档后保存 5 年，只供查阅" in words(shown)
    confirm(qtbot, shown)
    qtbot.waitUntil(lambda: state(window) == "archived")
    qtbot.waitUntil(lambda: solid(window) == [])
