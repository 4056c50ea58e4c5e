"""One wrong input in every form of the register: the sentence says what would be right, and what
was typed stays."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.ui.visitors.conftest import Door
from ui.visitors.correct_dialog import CorrectDialog
from ui.visitors.expect_dialog import ExpectDialog
from ui.visitors.window import VisitorsWindow

Show = Callable[..., VisitorsWindow]


def announced(door: Door, show: Show) -> ExpectDialog:
    """Somebody about to be announced, with everything that is needed."""
    window = show()
    window.expect()
    dialog = door.dialog(ExpectDialog, window)
    door.until(lambda: dialog.fields.host.staff() is not None)
    dialog.fields.name.set_text("韩雪梅")
    dialog.fields.unit.set_text("星海物业")
    dialog.fields.area.combo.choose("office")
    return dialog


def spoil_phone(fields: Any) -> None:
    fields.phone.set_text("1" * 21)


@pytest.mark.parametrize(
    ("spoil", "place", "told"),
    [
        (lambda f: f.area.combo.choose(""), "area", "请填写这一项"),
        (lambda f: f.unit.set_text(" "), "unit", "请填写这一项"),
        (lambda f: f.host.choose(None), "host", "请填写这一项"),
        (lambda f: f.matter.set_text("长" * 201), "matter", "最多 200 个字，现在有 201 个"),
        (spoil_phone, "phone", "最多 20 个字，现在有 21 个"),
        (lambda f: f.plate.set_text("浙" * 21), "plate", "最多 20 个字，现在有 21 个"),
    ],
)
def test_announcing_somebody(
    door: Door, show: Show, spoil: Callable[[Any], None], place: str, told: str
) -> None:
    dialog = announced(door, show)
    spoil(dialog.fields)
    door.press(dialog.announce_button)
    error = getattr(dialog.fields, place).error
    door.until(lambda: bool(error.sentence.text()))
    assert error.sentence.text() == told
    assert dialog.fields.name.text() == "韩雪梅"
    assert dialog.isVisible()
    assert dialog.announce_button.isEnabled()


@pytest.mark.parametrize(
    ("spoil", "place", "told"),
    [
        (lambda f: f.unit.set_text(""), "unit", "请填写这一项"),
        (lambda f: f.name.set_text("名" * 81), "name", "最多"),
        (lambda f: f.host.choose(None), "host", "请填写这一项"),
    ],
)
def test_putting_somebody_right(
    door: Door, show: Show, spoil: Callable[[Any], None], place: str, told: str
) -> None:
    door.come("周大军")
    window = show()
    door.until_names(window, ["周*军"])
    line = window.lists.view.table().line_at(0)
    assert line is not None
    dialog = CorrectDialog(window, window._station, line)
    dialog.open()
    door.until(lambda: dialog.fields.host.staff() is not None)
    dialog.fields.matter.set_text("换了一台机器")
    spoil(dialog.fields)
    door.press(dialog.save_button)
    error = getattr(dialog.fields, place).error
    door.until(lambda: bool(error.sentence.text()))
    assert error.sentence.text().startswith(told)
    assert dialog.fields.matter.text() == "换了一台机器"
