"""A photo is kept only after the step that hides faces, and what was hidden is gone for good."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QColor, QImage, QImageReader, QPainter
from PySide6.QtWidgets import QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from ui.widgets.blur_dialog import BlurDialog, ask_picture, hidden, jpeg_of, offer_picture


def stripes(width: int = 400, height: int = 300) -> QImage:
    """Black and white lines, two px each: fine detail everywhere."""
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    painter = QPainter(image)
    for x in range(0, width, 4):
        painter.fillRect(QRect(x, 0, 2, height), QColor("black"))
    painter.end()
    return image


def contrast(image: QImage, box: QRect) -> int:
    """The difference between the lightest and the darkest point of a box."""
    greys = [
        image.pixelColor(x, y).lightness()
        for x in range(box.left(), box.right())
        for y in range(box.top(), box.bottom(), 5)
    ]
    return max(greys) - min(greys)


def test_nothing_fine_is_left_under_a_box() -> None:
    box = QRect(100, 100, 100, 80)
    shown = hidden(stripes(), [box])
    assert contrast(stripes(), box) == 255
    assert contrast(shown, box) < 40
    assert contrast(shown, QRect(220, 100, 100, 80)) == 255


def test_a_jpeg_carries_no_notes_of_the_camera(tmp_path: Path) -> None:
    image = stripes()
    image.setText("Comment", "31.23 N 121.47 E")
    data = jpeg_of(image)
    assert data.startswith(b"\xff\xd8\xff")
    assert b"121.47" not in data
    assert b"Exif" not in data
    kept = tmp_path / "kept.jpg"
    kept.write_bytes(data)
    assert QImageReader(str(kept)).textKeys() == []


def test_dragging_hides_and_the_kept_bytes_have_it(qtbot: QtBot, tmp_path: Path) -> None:
    file = tmp_path / "IMG_1.png"
    stripes().save(str(file))
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(1280, 800)
    window.show()
    kept: list[bytes] = []
    offer_picture(window, kept.append, kept.append, str(file))
    dialog = window.findChild(BlurDialog)
    assert dialog is not None
    assert dialog.keep.text() == "没有人脸，保存"
    canvas, place = dialog.canvas, dialog.canvas.picture_rect()
    first = place.topLeft().toPoint() + QPoint(40, 40)
    qtbot.mousePress(canvas, Qt.MouseButton.LeftButton, pos=first)
    qtbot.mouseMove(canvas, first + QPoint(60, 60))
    qtbot.mouseMove(canvas, first + QPoint(160, 120))
    qtbot.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=first + QPoint(160, 120))
    assert len(canvas.boxes) == 1
    assert dialog.keep.text() == "遮好了，保存"
    qtbot.mouseClick(dialog.keep, Qt.MouseButton.LeftButton)
    (data,) = kept
    shown = QImage.fromData(data)
    assert contrast(shown, canvas.boxes[0].adjusted(8, 8, -8, -8)) < 60


def test_boxes_by_keyboard(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    dialog = BlurDialog(window, stripes())
    dialog.open()
    qtbot.mouseClick(dialog.add, Qt.MouseButton.LeftButton)
    before = QRect(dialog.canvas.boxes[0])
    qtbot.keyClick(dialog.canvas, Qt.Key.Key_Right)
    assert dialog.canvas.boxes[0].left() == before.left() + 8
    qtbot.keyClick(dialog.canvas, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert dialog.canvas.boxes[0].height() == before.height() + 8
    qtbot.keyClick(dialog.canvas, Qt.Key.Key_Delete)
    assert dialog.canvas.boxes == []
    assert not dialog.back.isEnabled()
    dialog.reject()


def test_what_is_no_picture_is_said(qtbot: QtBot, tmp_path: Path) -> None:
    file = tmp_path / "notes.jpg"
    file.write_text("not a picture", encoding="utf-8")
    window = QWidget()
    qtbot.addWidget(window)
    said: list[str] = []
    offer_picture(window, lambda _data: None, said.append, str(file))
    assert said == ["请选 JPEG 或 PNG 照片"]
    assert window.findChild(BlurDialog) is None


def test_the_file_dialog_offers_pictures_only(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    ask_picture(window, lambda _data: None, lambda _text: None)
    dialog = window.findChild(QFileDialog)
    assert dialog is not None
    assert dialog.nameFilters() == ["JPEG, PNG (*.jpg *.jpeg *.png)"]
    dialog.reject()


def test_a_strip_of_a_picture_can_be_looked_at(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(1280, 800)
    window.show()
    dialog = BlurDialog(window, stripes(1, 3_000))
    dialog.open()
    qtbot.waitExposed(dialog)
    dialog.canvas.add_box()
    assert not dialog.canvas.grab().isNull()
    assert dialog.canvas.picture_rect().width() == 1
    dialog.reject()
