"""Owns a field that is open while it is typed in and masked when left; must not send anything."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QRectF, QSize, Qt
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QPushButton, QWidget

from ui.widgets.doubt_line import DoubtLine
from ui.widgets.field import FieldEdit
from ui.widgets.icon import paint_icon
from ui.widgets.painting import Themed

_EYE_ROOM = 40
# Nothing of a visitor goes into a dictionary of words to propose.
PRIVATE = Qt.InputMethodHint.ImhSensitiveData | Qt.InputMethodHint.ImhNoPredictiveText


class _Eye(Themed, QPushButton):
    """Shows while it is pressed. On the way on, Tab passes it by: it appears once one has left."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        # A press leaves the focus where somebody is typing.
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setProperty("ringRadius", 6)
        self.hide()

    def sizeHint(self) -> QSize:
        return QSize(_EYE_ROOM, _EYE_ROOM)

    def paintEvent(self, _event: object) -> None:
        painter = self.begin_painting()
        place = QRectF(0, 0, self.px(18), self.px(18))
        place.moveCenter(QRectF(self.rect()).center())
        token = "ink1" if self.underMouse() else "ink2"
        paint_icon(
            painter, "eye" if self.isDown() else "eye-off", place, self.theme().colour(token)
        )


class MaskedField(FieldEdit):
    """What is typed stands open; once left, only ``mask`` of it does, until the eye is pressed.

    ``doubt`` says what looks odd about the whole value (a code of errors.yaml), when it is left.
    """

    def __init__(self, mask: Callable[[str], str], doubt: Callable[[str], str | None]) -> None:
        self._value, self._is_open = "", False
        super().__init__("")
        self._mask, self._doubt = mask, doubt
        self.edit.setInputMethodHints(PRIVATE)
        self.edit.setTextMargins(0, 0, _EYE_ROOM - 12, 0)
        # No child of the line edit: a press on it would go on to the edit and open it.
        self.eye = _Eye(self)
        self.doubt = DoubtLine()
        column = self.layout()
        assert column is not None  # a field brings its column
        column.addWidget(self.doubt)
        self.edit.installEventFilter(self)
        self.eye.pressed.connect(lambda: self.edit.setText(self._value))
        self.eye.released.connect(lambda: self.edit.setText(self._mask(self._value)))
        self.edit.textEdited.connect(lambda _text: self.doubt.show_doubt(None))
        self.left.connect(self.look)

    def set_eye_name(self, text: str) -> None:
        """What a screen reader says of the eye."""
        self.eye.setAccessibleName(text)
        self.eye.setToolTip(text)

    def text(self) -> str:
        """What was typed, whole."""
        return self.edit.text() if self._is_open else self._value

    def set_text(self, text: str) -> None:
        """Fill the field; what the line edit could undo is gone with it."""
        self._value = text
        self.edit.setText(text if self._is_open else self._mask(text))
        self.eye.setVisible(bool(text) and not self._is_open)
        self.clear_error()
        self.doubt.show_doubt(None)

    def look(self) -> None:
        """Say what looks odd about the value."""
        self.doubt.show_doubt(self._doubt(self.text()))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Open with the focus, mask without it, keep the eye at the right end."""
        kind = event.type()
        if kind == QEvent.Type.FocusIn:
            self._open_it()
        elif kind == QEvent.Type.FocusOut and isinstance(event, QFocusEvent):
            # The field's own menu is no leaving; another window is, somebody may look at this one.
            if event.reason() != Qt.FocusReason.PopupFocusReason:
                self._close_it()
        elif kind in (QEvent.Type.Resize, QEvent.Type.Move):
            self._place_eye()
        return bool(super().eventFilter(watched, event))

    def _place_eye(self) -> None:
        place = self.edit.geometry()
        place.setLeft(place.right() + 1 - _EYE_ROOM)
        self.eye.setGeometry(place)
        self.eye.raise_()

    def _open_it(self) -> None:
        if not self._is_open:
            self._is_open = True
            self.edit.setText(self._value)
            self.eye.hide()

    def _close_it(self) -> None:
        if self._is_open:
            self._value, self._is_open = self.edit.text(), False
            self.edit.setText(self._mask(self._value))
            self.eye.setVisible(bool(self._value))
