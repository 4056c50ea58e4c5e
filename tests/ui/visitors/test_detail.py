"""One visitor's record: masked, shown whole for 15 seconds with a reason, corrected, signed out."""

from __future__ import annotations

from collections.abc import Callable

from branch.people.commands import BreakGlass
from branch.visitors.commands.register import AnswerVisit
from branch.visitors.queries.register import visitor_line
from tests.ui.visitors.conftest import GUARD, LOBBY_MANAGER, SUPERVISOR, TELLER, Door, at
from ui.visitors.correct_dialog import CorrectDialog
from ui.visitors.detail_dialog import DetailDialog
from ui.visitors.list_panel import BLOCKS
from ui.visitors.window import VisitorsWindow
from ui.widgets.dialog import ReasonDialog
from ui.widgets.glass_dialog import GlassDialog
from ui.widgets.label import ElidedLabel, Label
from ui.widgets.reveal_row import RevealRow

Show = Callable[..., VisitorsWindow]


def opened(door: Door, window: VisitorsWindow, row: int = 0) -> DetailDialog:
    line = window.lists.view.table().line_at(row)
    assert line is not None
    window.deeds.open(line)
    dialog = door.dialog(DetailDialog, window)
    door.until(lambda: bool(happened(dialog)))
    return dialog


def happened(dialog: DetailDialog) -> list[str]:
    """What happened to the record, newest first, as it is read."""
    rows = [dialog._happened.itemAt(at_row).layout() for at_row in range(dialog._happened.count())]
    found = []
    for row in rows:
        assert row is not None
        labels = [row.itemAt(place).widget() for place in range(row.count())]
        words = [
            label.whole_text() if isinstance(label, ElidedLabel) else label.text()
            for label in labels
            if isinstance(label, Label)
        ]
        found.append(" ".join(words))
    return found


def texts(dialog: DetailDialog) -> str:
    labels = dialog.findChildren(Label)
    return "\n".join(
        label.whole_text() if isinstance(label, ElidedLabel) else label.text() for label in labels
    )


def because(door: Door, window: VisitorsWindow, row: RevealRow, reason: str) -> None:
    door.press(row.button)
    dialog = door.dialog(ReasonDialog, window)
    door.press(dialog.tile(reason))
    door.press(dialog.confirm_button)


def test_everything_personal_is_masked_at_first(door: Door, show: Show) -> None:
    door.come("周大军", number="110101199001014471", plate="京A12345", goods="工具箱")
    window = show(LOBBY_MANAGER)
    dialog = opened(door, window)
    told = texts(dialog)
    for word in ("周*军", "138****5172", "身份证尾号 4471，马强 核对", "工具箱", "V-01"):
        assert word in told
    assert dialog.chip.text() == "在场"
    for word in ("周大军", "13812345172", "110101199001014471", "京A12345"):
        assert word not in told
    assert happened(dialog) == ["09:00 来访登记 马强"]


def test_a_whole_number_is_shown_with_a_reason_for_15_seconds(door: Door, show: Show) -> None:
    door.come("周大军")
    window = show(LOBBY_MANAGER)
    dialog = opened(door, window)
    because(door, window, dialog.phone, "contact")
    door.until(dialog.phone.is_open)
    assert dialog.phone.value.whole_text() == "13812345172"
    assert dialog.phone.note.text() == "15 秒后遮住"
    assert dialog.name.value.whole_text() == "周*军"
    fact = door.facts("visitor.revealed")[-1]
    assert (fact.data["field"], fact.data["reason"]) == ("phone", "contact")
    for _ in range(15):
        dialog.phone._tick()
    assert not dialog.phone.is_open()
    assert dialog.phone.value.whole_text() == "138****5172"
    assert "13812345172" not in texts(dialog)


def test_it_is_covered_at_once_by_hand(door: Door, show: Show) -> None:
    door.come("周大军")
    window = show(LOBBY_MANAGER)
    dialog = opened(door, window)
    because(door, window, dialog.name, "identity")
    door.until(dialog.name.is_open)
    assert dialog.name.value.whole_text() == "周大军"
    door.press_by_key(dialog.name.button)
    assert dialog.name.value.whole_text() == "周*军"


def test_who_may_not_is_offered_emergency_access(door: Door, show: Show) -> None:
    door.come("周大军")
    window = show(GUARD)
    dialog = opened(door, window)
    because(door, window, dialog.phone, "emergency")
    door.until(dialog.banner.isVisible)
    assert dialog.phone.value.whole_text() == "138****5172"
    door.press(dialog.banner.button)
    glass = door.dialog(GlassDialog, window)
    door.press(glass.tile("medical"))
    door.write(glass.words, "访客晕倒，要联系家人")
    door.press(glass.break_button)
    door.until(dialog.phone.is_open)
    assert dialog.phone.value.whole_text() == "13812345172"
    assert door.facts("visitor.revealed")[-1].data["by_glass"] is True


def test_with_the_glass_broken_nothing_more_is_asked(door: Door, show: Show) -> None:
    door.come("周大军")
    window = show(GUARD)
    door.run(GUARD, "register", BreakGlass("fire", "疏散"))
    dialog = opened(door, window)
    because(door, window, dialog.phone, "emergency")
    door.until(dialog.phone.is_open)


def test_a_correction_keeps_what_is_masked(door: Door, show: Show) -> None:
    noted = door.come("周大军")
    window = show()
    dialog = opened(door, window)
    door.press(dialog.correct_button)
    correct = door.dialog(CorrectDialog, window)
    door.until(lambda: correct.fields.host.staff() is not None)
    assert correct.fields.name.text() == ""
    assert correct.fields.name.edit.placeholderText() == "周*军，不改请留空"
    correct.fields.unit.edit.selectAll()
    door.write(correct.fields.unit.edit, "清源保洁")
    door.press(correct.save_button)
    door.until_told(window, "周*军 的登记已更正")
    line = visitor_line(door.other.store, noted.id)
    assert line is not None
    assert (line.unit, line.shown_name, line.shown_phone) == ("清源保洁", "周*军", "138****5172")
    door.until(lambda: "清源保洁" in texts(dialog))
    door.until(lambda: happened(dialog)[0] == "09:00 更正来访登记 马强")


def test_what_a_correction_lacks_is_told_at_its_field(door: Door, show: Show) -> None:
    door.come("周大军")
    window = show()
    dialog = opened(door, window)
    door.press(dialog.correct_button)
    correct = door.dialog(CorrectDialog, window)
    door.until(lambda: correct.fields.host.staff() is not None)
    correct.fields.unit.set_text("")
    door.press(correct.save_button)
    door.until(lambda: correct.fields.unit.error_text() == "请填写这一项")
    assert correct.isVisible()


def test_the_dialog_has_every_deed_as_a_button(door: Door, show: Show) -> None:
    door.come("周大军")
    window = show()
    dialog = opened(door, window)
    assert list(dialog.deed_buttons) == ["sign_out"]
    door.press(dialog.deed_buttons["sign_out"])
    door.until_told(window, "周*军 已签离，V-01 已收回")


def test_a_badge_that_is_not_back_is_lost(door: Door, show: Show) -> None:
    door.come("周大军")
    window = show()
    door.press(opened(door, window).lost_button)
    door.until_told(window, "周*军 已签离，V-01 没有收回")
    assert len(door.facts("badge.lost")) == 1


def test_the_host_who_knows_is_named_with_the_time(door: Door, show: Show) -> None:
    noted = door.come("周大军")
    door.clock.set(at(9, 3))
    door.run(TELLER, "counter-1", AnswerVisit(noted.id))
    window = show()
    assert "王敏，09:03 知道了" in texts(opened(door, window))


def test_who_left_can_only_be_looked_at(door: Door, show: Show) -> None:
    door.leave(door.come("周大军").id)
    window = show()
    door.press(window.lists.tabs.tab("today"))
    dialog = opened(door, window)
    assert not dialog.correct_button.isVisible()
    assert not dialog.print_button.isVisible()
    assert dialog.deed_buttons == {}
    assert "09:00，门岗签离" in texts(dialog)


def test_a_signature_is_drawn_while_it_is_open(door: Door, show: Show) -> None:
    door.come("周大军", signature="M 100 50 L 300 120 L 500 60")
    window = show(LOBBY_MANAGER)
    dialog = opened(door, window)
    assert dialog.signature.value.whole_text() == "已签名"
    because(door, window, dialog.signature, "complaint")
    door.until(dialog.signature.is_open)
    assert dialog.signature.strokes.isVisible()
    assert dialog.signature.value.whole_text() == "已签名"
    dialog.signature.cover()
    assert not dialog.signature.strokes.isVisible()


def test_who_decides_on_a_held_visitor_finds_the_list(door: Door, show: Show) -> None:
    door.block("张三丰")
    door.come("张三丰")
    window = show(SUPERVISOR)
    door.press(window.lists.tabs.tab("held"))
    dialog = opened(door, window)
    assert "威胁" not in texts(dialog)
    door.press(dialog.list_button)
    door.until(lambda: window.lists.kind() == BLOCKS)


def test_the_guard_is_not_shown_why_somebody_is_held(door: Door, show: Show) -> None:
    door.block("张三丰")
    door.come("张三丰")
    window = show(GUARD)
    door.press(window.lists.tabs.tab("held"))
    dialog = opened(door, window)
    assert dialog.chip.text() == "需主管确认"
    assert not dialog.list_button.isVisible()
    assert list(dialog.deed_buttons) == ["refuse"]
