"""The pad to sign on: by mouse, pen and finger; what is kept of it, and what it looks like."""

from __future__ import annotations

import re

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QPointingDevice, QTabletEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.ui.widgets.conftest import Show, picture
from ui.shell.theme import LIGHT
from ui.widgets.signature import MOST_POINTS, SignaturePad, signature_path

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def pad(show: Show) -> SignaturePad:
    shown = SignaturePad()
    shown.resize(400, 84)
    show(shown)
    return shown


def draw(pad: SignaturePad, *points: tuple[int, int]) -> None:
    first, *others = (QPoint(*point) for point in points)
    QTest.mousePress(pad, LEFT, pos=first)
    for point in others:
        QTest.mouseMove(pad, point)
    QTest.mouseRelease(pad, LEFT, pos=others[-1] if others else first)


def is_ink(pad: SignaturePad, x: int, y: int) -> bool:
    """Whether a point is nearer to ink than to paper."""
    colour = picture(pad).pixelColor(x, y)
    return colour.lightness() < (QColor(LIGHT.ink1).lightness() + 255) // 2


def test_strokes_are_kept_in_thousandths_of_the_width(pad: SignaturePad) -> None:
    draw(pad, (40, 20), (80, 40), (120, 20))
    draw(pad, (200, 42), (240, 42))
    assert pad.text() == "M 100 50 L 200 100 L 300 50 M 500 105 L 600 105"
    assert not pad.is_empty()


def test_a_dot_is_a_stroke_and_leaves_ink(pad: SignaturePad) -> None:
    draw(pad, (200, 40))
    assert pad.text() == "M 500 100"
    assert is_ink(pad, 200, 40)


def test_the_ink_stands_where_the_pen_was(pad: SignaturePad) -> None:
    draw(pad, (100, 40), (300, 40))
    assert is_ink(pad, 200, 40)
    assert not is_ink(pad, 200, 60)


def test_ink_stays_within_the_pad(pad: SignaturePad) -> None:
    draw(pad, (390, 80), (500, 200))
    draw(pad, (5, 5), (-50, -50))
    numbers = [int(word) for word in re.findall(r"\d+", pad.text())]
    assert max(numbers[0::2]) <= 1000
    assert max(numbers[1::2]) <= 210
    assert min(numbers) >= 0


def test_a_pen_draws_without_the_mouse(pad: SignaturePad) -> None:
    device = QPointingDevice.primaryPointingDevice()
    kinds = QTabletEvent.Type
    for kind, x in (
        (kinds.TabletPress, 40.0), (kinds.TabletMove, 80.0), (kinds.TabletRelease, 80.0),
    ):  # fmt: skip
        place = QPointF(x, 20.0)
        event = QTabletEvent(
            kind, device, place, QPointF(pad.mapToGlobal(place)), 0.5, 0, 0, 0, 0, 0,
            Qt.KeyboardModifier.NoModifier, LEFT, LEFT,
        )  # fmt: skip
        QApplication.sendEvent(pad, event)
        assert event.isAccepted()
    assert pad.text() == "M 100 50 L 200 50"


def test_a_finger_draws(pad: SignaturePad) -> None:
    device = QTest.createTouchDevice()
    QTest.touchEvent(pad, device).press(0, QPoint(40, 20), pad).commit()
    QTest.touchEvent(pad, device).move(0, QPoint(80, 20), pad).commit()
    QTest.touchEvent(pad, device).release(0, QPoint(80, 20), pad).commit()
    assert pad.text() == "M 100 50 L 200 50"


def test_clearing_takes_the_ink_and_tells(pad: SignaturePad) -> None:
    told: list[bool] = []
    draw(pad, (40, 20), (80, 20))
    pad.changed.connect(lambda: told.append(pad.is_empty()))
    pad.clear()
    assert told == [True]
    assert pad.text() == ""
    assert not is_ink(pad, 60, 20)


def test_a_closed_pad_takes_no_ink(pad: SignaturePad) -> None:
    pad.set_open(False)
    draw(pad, (40, 20), (80, 20))
    assert pad.is_empty()


def test_a_resting_hand_and_endless_scribbling_stay_short(pad: SignaturePad) -> None:
    draw(pad, (40, 20), (41, 20), (40, 20), (41, 20))
    assert pad.text() == "M 100 50"
    for row in range(80):
        draw(pad, *((x, row % 80) for x in range(0, 400, 10)))
    assert len(pad.text().split()) // 3 <= MOST_POINTS
    # What the register takes of a signature, in characters.
    assert len(pad.text()) <= 20_000


def test_a_kept_signature_is_drawn_at_any_width() -> None:
    path = signature_path("M 100 50 L 200 100 M 500 105", 200)
    assert path.boundingRect().left() == pytest.approx(20)
    assert path.boundingRect().bottom() == pytest.approx(21)
    assert signature_path("", 200).isEmpty()
