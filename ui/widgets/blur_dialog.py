"""Owns the step between a photo and the store: faces are hidden for good before it is kept; must
not keep it, nor know what the photo is of."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import (
    QBuffer,
    QByteArray,
    QCoreApplication,
    QEvent,
    QIODevice,
    QPointF,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QImage, QImageReader, QImageWriter, QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import QFileDialog, QSizePolicy, QWidget

from branch.kernel.errors import BadInput
from branch.kernel.pictures import MOST_BYTES
from ui.shell.station import sentence
from ui.widgets.button import LARGE, PlainButton, PrimaryButton
from ui.widgets.dialog import PanelDialog
from ui.widgets.label import Label, TextRole
from ui.widgets.painting import Themed
from ui.widgets.stage import HBox

translate = QCoreApplication.translate

# The longer edge that is kept: enough for a photo over the whole width of a printed page.
_LONGEST = 2_000
_QUALITIES: Final = (88, 75, 60, 40)
# A face must not be told from the blocks that are left: so few lie across the shorter side.
_BLOCKS: Final = 5
_CANVAS: Final = QSize(720, 460)
_LEAST = 12
_STEP = 8


def read_picture(path: Path) -> QImage:
    """A picture file the right way up, no larger than is kept; raises BadInput ``picture_kind``."""
    reader = QImageReader(str(path))
    # The camera's note which side is up goes with the other notes, so it is followed here.
    reader.setAutoTransform(True)
    image = reader.read()
    if image.isNull():
        raise BadInput("picture_kind", field="photo")
    image = image.convertToFormat(QImage.Format.Format_RGB32)
    if max(image.width(), image.height()) <= _LONGEST:
        return image
    return image.scaled(
        QSize(_LONGEST, _LONGEST),
        Qt.AspectRatioMode.KeepAspectRatio,
        Qt.TransformationMode.SmoothTransformation,
    )


def hidden(image: QImage, boxes: list[QRect]) -> QImage:
    """A copy whose ``boxes`` are made of a few blocks: what was there cannot be got back."""
    result = QImage(image)
    painter = QPainter(result)
    for box in boxes:
        place = box.intersected(image.rect())
        if place.isEmpty():
            continue
        side = max(1.0, min(place.width(), place.height()) / _BLOCKS)
        few = QSize(max(1, round(place.width() / side)), max(1, round(place.height() / side)))
        small = image.copy(place).scaled(
            few,
            Qt.AspectRatioMode.IgnoreAspectRatio,
            Qt.TransformationMode.SmoothTransformation,
        )
        coarse = small.scaled(
            place.size(),
            Qt.AspectRatioMode.IgnoreAspectRatio,
            Qt.TransformationMode.FastTransformation,
        )
        painter.drawImage(place.topLeft(), coarse)
    painter.end()
    return result


def jpeg_of(image: QImage) -> bytes:
    """The picture as JPEG, below the store's limit, without place, time or camera in it."""
    # A fresh image: whatever notes the file had (EXIF, comments) stay behind.
    plain = QImage(image.size(), QImage.Format.Format_RGB32)
    painter = QPainter(plain)
    painter.drawImage(0, 0, image)
    painter.end()
    data = QByteArray()
    for quality in _QUALITIES:
        data = QByteArray()
        buffer = QBuffer(data)
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        writer = QImageWriter(buffer, QByteArray(b"jpeg"))
        writer.setQuality(quality)
        writer.write(plain)
        if data.size() <= MOST_BYTES:
            break
    return bytes(data.data())


class BlurCanvas(Themed, QWidget):
    """The picture with its boxes: drag one over a face; arrows move the newest, with Shift they
    size it, Delete takes it away. ``changed`` tells after each of these."""

    changed = Signal()

    def __init__(self, image: QImage) -> None:
        super().__init__()
        self.image = image
        self.boxes: list[QRect] = []
        self._from: QPointF | None = None
        self._shown = image
        self.setFixedSize(_CANVAS)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.CrossCursor)

    def picture_rect(self) -> QRectF:
        """Where the picture stands."""
        size = self.image.size().scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio)
        # A strip of a picture has still some width and height.
        size = size.expandedTo(QSize(1, 1))
        left, top = (self.width() - size.width()) / 2, (self.height() - size.height()) / 2
        return QRectF(left, top, size.width(), size.height())

    def add_box(self) -> None:
        """A box in the middle, for hands on the keyboard."""
        side = max(_LEAST, min(self.image.width(), self.image.height()) // 5)
        box = QRect(0, 0, side, side)
        box.moveCenter(self.image.rect().center())
        self.boxes.append(box)
        self._follow()

    def take_back(self) -> None:
        """Take the newest box away."""
        if self.boxes:
            self.boxes.pop()
            self._follow()

    def result(self) -> QImage:
        """The picture as it will be kept."""
        return hidden(self.image, self.boxes)

    def _follow(self) -> None:
        self._shown = self.result()
        self.update()
        self.changed.emit()

    def _in_picture(self, point: QPointF) -> QPointF:
        place = self.picture_rect()
        factor = self.image.width() / place.width()
        return (point - place.topLeft()) * factor

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A box begins."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._from = self._in_picture(event.position())
            self.boxes.append(QRect(self._from.toPoint(), QSize(1, 1)))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """It grows."""
        if self._from is not None:
            here = self._in_picture(event.position())
            box = QRectF(self._from, here).normalized().toAlignedRect()
            self.boxes[-1] = box.intersected(self.image.rect())
            self.update()

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        """It stands, unless it was a slip of the hand."""
        if self._from is None:
            return
        self._from = None
        box = self.boxes[-1]
        if box.width() < _LEAST or box.height() < _LEAST:
            self.boxes.pop()
        self._follow()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move, size, take away the newest box."""
        moves = {
            Qt.Key.Key_Left: (-_STEP, 0),
            Qt.Key.Key_Right: (_STEP, 0),
            Qt.Key.Key_Up: (0, -_STEP),
            Qt.Key.Key_Down: (0, _STEP),
        }
        by = moves.get(Qt.Key(event.key()))
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.take_back()
        elif by is not None and self.boxes:
            box = self.boxes[-1]
            if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
                width, height = max(_LEAST, box.width() + by[0]), max(_LEAST, box.height() + by[1])
                box = QRect(box.topLeft(), QSize(width, height))
            else:
                box = box.translated(*by)
            self.boxes[-1] = box.intersected(self.image.rect())
            self._follow()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: object) -> None:
        """The picture as it will be kept, and the frames of the boxes."""
        painter, theme, place = self.begin_painting(), self.theme(), self.picture_rect()
        painter.fillRect(self.rect(), theme.colour("sunken"))
        painter.drawImage(place, self._shown)
        factor = place.width() / self.image.width()
        painter.setPen(theme.colour("accent"))
        for box in self.boxes:
            frame = QRectF(box.x() * factor, box.y() * factor, box.width() * factor, 0)
            frame.setHeight(box.height() * factor)
            painter.drawRect(frame.translated(place.topLeft()))


class BlurDialog(PanelDialog):
    """``ready`` carries the JPEG that may be kept."""

    ready = Signal(bytes)

    def __init__(self, parent: QWidget, image: QImage) -> None:
        super().__init__(parent, translate("BlurDialog", "遮住人脸"), width=_CANVAS.width() + 56)
        self.canvas = BlurCanvas(image)
        self.title, self.hint = Label("", TextRole(20, 700)), Label("", wrap=True)
        self.add = PlainButton("", size=LARGE, icon="plus")
        self.back = PlainButton("", size=LARGE, icon="undo")
        self.cancel = PlainButton("", size=LARGE)
        self.keep = PrimaryButton("", size=LARGE)
        self.body.addWidget(self.title)
        self.body.add_gap(6)
        self.body.addWidget(self.hint)
        self.body.add_gap(12)
        self.body.addWidget(self.canvas)
        self.body.add_gap(12)
        tools = HBox(spacing=8)
        tools.addWidget(self.add)
        tools.addWidget(self.back)
        tools.addStretch(1)
        self.body.addLayout(tools)
        for button in (self.cancel, self.keep):
            button.setAutoDefault(False)
            self.buttons.addWidget(button)
        self.add.clicked.connect(self.canvas.add_box)
        self.back.clicked.connect(self.canvas.take_back)
        self.cancel.clicked.connect(self.reject)
        self.keep.clicked.connect(self._keep)
        self.canvas.changed.connect(self._follow)
        self.retranslate()
        self.canvas.setFocus()

    def _keep(self) -> None:
        data = jpeg_of(self.canvas.result())
        self.accept()
        self.ready.emit(data)

    def _follow(self) -> None:
        count = len(self.canvas.boxes)
        self.back.setEnabled(bool(count))
        told = translate("BlurDialog", "已遮住 {n} 处").format(n=count)
        self.canvas.setAccessibleDescription(told)
        self.keep.setText(
            translate("BlurDialog", "遮好了，保存")
            if count
            else translate("BlurDialog", "没有人脸，保存")
        )
        self.keep.updateGeometry()

    def retranslate(self) -> None:
        """Take all words anew."""
        self.title.setText(translate("BlurDialog", "遮住人脸"))
        self.hint.setText(
            translate(
                "BlurDialog",
                "在人脸、证件、屏幕上拖一个框，遮住后无法恢复。照片里的时间和地点不保存。",
            )
        )
        self.canvas.setAccessibleName(
            translate("BlurDialog", "照片，方向键移动框，Shift 加方向键改大小")
        )
        self.add.setText(translate("BlurDialog", "加一个框"))
        self.back.setText(translate("BlurDialog", "撤掉上一个"))
        self.cancel.setText(translate("BlurDialog", "不要这张"))
        self._follow()

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()


def ask_picture(
    parent: QWidget, then: Callable[[bytes], None], failed: Callable[[str], None]
) -> None:
    """Ask for a picture file and hide the faces in it; ``then`` gets the JPEG to keep,
    ``failed`` the sentence why a file cannot be taken."""
    dialog = QFileDialog(parent, translate("BlurDialog", "选择照片"))
    dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    dialog.setNameFilter("JPEG, PNG (*.jpg *.jpeg *.png)")
    dialog.fileSelected.connect(partial(offer_picture, parent, then, failed))
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()


def offer_picture(
    parent: QWidget, then: Callable[[bytes], None], failed: Callable[[str], None], file: str
) -> None:
    """Hide the faces of a file that was chosen."""
    try:
        image = read_picture(Path(file))
    except BadInput as error:
        failed(sentence(error))
        return
    dialog = BlurDialog(parent, image)
    dialog.ready.connect(then)
    dialog.open()
