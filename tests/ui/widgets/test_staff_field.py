"""A field for a colleague: who is quicker than the list of them is understood all the same."""

from __future__ import annotations

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QWidget

from tests.ui.widgets.conftest import Show
from ui.widgets.staff_field import Colleague, StaffField
from ui.widgets.stage import VBox


def test_typed_and_left_before_anybody_was_known(show: Show) -> None:
    window = QWidget()
    field, other = StaffField("owner_unknown"), QPushButton("登记")
    column = VBox(parent=window)
    column.addWidget(field)
    column.addWidget(other)
    show(window)
    window.activateWindow()
    field.edit.setFocus()
    QTest.keyClicks(field.edit, "100302")
    other.setFocus()
    assert field.error_text() == "请选择在职的责任人"
    field.show_colleagues([Colleague(5, "郑岚", "100302", "adviser")])
    assert field.staff() == 5
    assert field.error_text() == ""
    window.close()


def test_a_number_of_full_width_is_understood(show: Show) -> None:
    window = QWidget()
    field = StaffField("owner_unknown")
    VBox(parent=window).addWidget(field)
    field.show_colleagues([Colleague(5, "郑岚", "100302", "adviser")])
    show(window)
    field.set_text("１００３０２")
    field.settle()
    assert field.staff() == 5
    window.close()
