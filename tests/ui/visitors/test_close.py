"""The end of the register's day: everybody still inside is decided on, nobody vanishes."""

from __future__ import annotations

from collections.abc import Callable

from branch.visitors.queries.register import visitor_line
from tests.ui.visitors.conftest import Door, at
from ui.visitors.close_dialog import LEFT, STAYS, CloseDialog
from ui.visitors.window import VisitorsWindow

Show = Callable[..., VisitorsWindow]


def opened(door: Door, window: VisitorsWindow) -> CloseDialog:
    door.press(window.top.close_button)
    return door.dialog(CloseDialog, window)


def test_nothing_is_chosen_in_advance(door: Door, show: Show) -> None:
    door.come("周大军")
    door.come("何平")
    window = show()
    dialog = opened(door, window)
    assert [row.decision() for row in dialog.rows.values()] == ["", ""]
    assert not dialog.close_button.isEnabled()
    assert dialog.cancel_button.isDefault()
    assert "还有 2 位访客在场" in dialog.text.text()


def test_each_is_decided_and_the_rest_stays(door: Door, show: Show) -> None:
    one, two = door.come("周大军"), door.come("何平")
    late = door.expect("韩雪梅", at(9, 30))
    window = show()
    dialog = opened(door, window)
    assert "今天预约未到的 1 位记为未到" in dialog.text.text()
    door.press(dialog.rows[one.id].tile(LEFT))
    assert not dialog.close_button.isEnabled()
    door.press(dialog.rows[two.id].tile(STAYS))
    door.press(dialog.close_button)
    door.until_told(window, "今天的登记已结束")
    door.until_names(window, ["何*"])
    states = {}
    for visitor in (one.id, two.id, late):
        line = visitor_line(door.other.store, visitor)
        assert line is not None
        states[visitor] = (line.state, line.left_by)
    assert list(states.values()) == [("left", "day_end"), ("inside", ""), ("no_show", "")]


def test_all_have_left_by_one_press(door: Door, show: Show) -> None:
    for name in ("周大军", "何平", "吴勇"):
        door.come(name)
    window = show()
    dialog = opened(door, window)
    door.press(dialog.all_button)
    door.press(dialog.close_button)
    door.until(window.lists.empty.isVisible)
    assert len(door.facts("visitor.left")) == 3


def test_an_empty_house_is_closed_at_once(door: Door, show: Show) -> None:
    window = show()
    dialog = opened(door, window)
    assert dialog.text.text() == "没有访客在场。"
    door.press(dialog.close_button)
    door.until(lambda: len(door.facts("visitor.register_closed")) == 1)


def test_somebody_who_left_meanwhile_is_told_and_the_choice_stays(door: Door, show: Show) -> None:
    one = door.come("周大军")
    window = show()
    dialog = opened(door, window)
    door.leave(one.id)
    door.press(dialog.rows[one.id].tile(LEFT))
    door.press(dialog.close_button)
    door.until(lambda: bool(dialog.error.sentence.text()))
    assert dialog.rows[one.id].decision() == LEFT
