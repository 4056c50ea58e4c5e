"""The ring comes with the keyboard, goes with the mouse, and outlives the page it stood on."""

from __future__ import annotations

import gc
from weakref import ref

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget

from tests.ui.widgets.conftest import Show, picture
from ui.shell.theme import HIGH_CONTRAST, LIGHT, apply_theme
from ui.widgets import focus_ring
from ui.widgets.button import PlainButton, PrimaryButton
from ui.widgets.focus_ring import FocusWatch, install_focus_ring

KEY = Qt.Key


class Form(QWidget):
    """Two buttons, then a field."""

    def __init__(self) -> None:
        super().__init__()
        self.watch: FocusWatch = install_focus_ring(self)
        self.pages: list[QWidget] = []
        self.first, self.second = PrimaryButton("叫下一位"), PlainButton("重呼")
        self.field = QLineEdit()
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 20, 20, 20)
        for child in (self.first, self.second, self.field):
            column.addWidget(child)


@pytest.fixture
def form(show: Show) -> Form:
    shown = show(Form())
    assert isinstance(shown, Form)
    shown.first.setFocus()
    return shown


def test_a_key_brings_the_ring_and_a_click_takes_it_away(form: Form) -> None:
    ring = form.watch.ring()
    assert not ring.isVisible()
    QTest.keyClick(form.first, KEY.Key_Tab)
    assert form.second.hasFocus()
    assert ring.isVisible()
    assert ring.widget() is form.second
    QTest.mouseClick(form.first, Qt.MouseButton.LeftButton)
    assert form.first.hasFocus()
    assert not ring.isVisible()


def test_an_input_has_no_second_ring(form: Form) -> None:
    QTest.keyClick(form.first, KEY.Key_Tab)
    QTest.keyClick(form.second, KEY.Key_Tab)
    assert form.field.hasFocus()
    assert not form.watch.ring().isVisible()
    QTest.keyClick(form.field, KEY.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
    assert form.watch.ring().isVisible()


def test_the_ring_stands_two_px_off_and_is_two_px_wide(form: Form) -> None:
    QTest.keyClick(form.first, KEY.Key_Tab)
    image = picture(form)
    left, middle = form.second.x(), form.second.geometry().center().y()
    ring = [image.pixelColor(left - gap, middle) for gap in (1, 2, 3, 4, 5)]
    canvas, focus = QColor(LIGHT.canvas), QColor(LIGHT.focus)
    assert ring == [canvas, canvas, focus, focus, canvas]


def test_the_ring_is_cyan_and_three_px_in_high_contrast(form: Form, qapp: QApplication) -> None:
    apply_theme(qapp, "hc")
    QTest.keyClick(form.first, KEY.Key_Tab)
    image = picture(form)
    left, middle = form.second.x(), form.second.geometry().center().y()
    ring = [image.pixelColor(left - gap, middle) for gap in (2, 3, 4, 5)]
    canvas, focus = QColor(HIGH_CONTRAST.canvas), QColor(HIGH_CONTRAST.focus)
    assert ring == [canvas, focus, focus, focus]


def test_the_ring_outlives_a_page(form: Form, qapp: QApplication) -> None:
    page = QWidget()
    button = PlainButton("返回")
    QVBoxLayout(page).addWidget(button)
    form.layout().addWidget(page)
    qapp.processEvents()
    form.field.setFocus()
    QTest.keyClick(form.field, KEY.Key_Tab)
    assert form.watch.ring().widget() is button
    page.setParent(None)
    page.deleteLater()
    qapp.sendPostedEvents(page, 52)
    del page, button
    form.first.setFocus()
    QTest.keyClick(form.first, KEY.Key_Tab)
    assert form.watch.ring().isVisible()
    assert form.watch.ring().widget() is form.second


def test_a_window_that_goes_with_the_focus_takes_its_watch_along(qapp: QApplication) -> None:
    forms, gone, watches = [], [], set()
    for _ in range(20):
        form = Form()
        form.pages = [form]
        form.show()
        form.activateWindow()
        form.field.setFocus()
        qapp.processEvents()
        # None goes before all of them are counted.
        forms.append(form)
        gone.append(ref(form))
        watches.add(id(form.watch))
    # Windows of other tests may go meanwhile, with watches of their own.
    assert len(watches & set(focus_ring._watches)) == 20
    del form
    forms.clear()
    # They lie in cycles, as windows do, and only Python's collector finds them.
    gc.collect()
    qapp.processEvents()
    assert [window() for window in gone] == [None] * 20
    assert not watches & set(focus_ring._watches)
