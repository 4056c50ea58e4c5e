"""Owns the dark bars that tell what was done and take it back; must not undo anything itself."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import (
    QCoreApplication,
    QEasingCurve,
    QEvent,
    QObject,
    QPoint,
    QPropertyAnimation,
    QRect,
    QRectF,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QAccessible, QAccessibleEvent, QColor
from PySide6.QtWidgets import (
    QAbstractButton,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QSizePolicy,
    QWidget,
)

from ui.shell.theme import BOARD, LIGHT, THEME_PROPERTY, motion, theme_of
from ui.widgets.icon import paint_icon
from ui.widgets.label import Label, TextRole
from ui.widgets.painting import Themed, paint_box, text_width
from ui.widgets.stage import HBox
from ui.widgets.state import State
from ui.widgets.status import StatusGlyph

MOST_AT_ONCE = 3
_COUNTED_SECONDS = 60
_BOTTOM = 24
_GAP = 12
# Away from what is pressed and typed in, so that no edge touches it.
_CLEAR = 8
_IN_USE = (QAbstractButton, QLineEdit, QPlainTextEdit)


class _UndoButton(Themed, QPushButton):
    """撤销 on the dark bar."""

    def __init__(self, text: str, parent: QWidget) -> None:
        super().__init__(text, parent)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Icon and words in a height of 44 px, so that a finger finds it."""
        width = text_width(self.text(), self.font_px(14, 700)) + self.px(16 + 18 + 8 + 16)
        return QSize(round(width + 0.5), round(self.px(44)))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: object) -> None:
        painter, rect = self.begin_painting(), QRectF(self.rect())
        ink = BOARD.colour("accent")
        if self.isDown() or self.underMouse():
            veil = QColor(ink)
            veil.setAlphaF(0.18 if self.isDown() else 0.1)
            paint_box(painter, rect, self.px(8), veil)
        side = self.px(18)
        place = QRectF(self.px(16), rect.center().y() - side / 2, side, side)
        paint_icon(painter, "undo", place, ink, stroke=2.0)
        words = rect.adjusted(self.px(16 + 18 + 8), 0, -self.px(8), 0)
        self.paint_text(painter, words, self.text(), self.font_px(14, 700), ink)


class Toast(Themed, QWidget):
    """One bar: glyph, sentence, seconds left, and 撤销 while the step can be taken back."""

    gone = Signal()

    def __init__(
        self,
        parent: QWidget,
        text: str,
        state: State,
        undo: Callable[[], object] | None,
        seconds: int,
    ) -> None:
        super().__init__(parent)
        self._undo, self._left = undo, seconds
        # The bar is dark in every theme, so what stands on it wears the board's bright colours.
        self.setProperty(THEME_PROPERTY, BOARD.name)
        self.setAccessibleName(text)
        self.sentence = Label(text, TextRole(14, 400, "#FFFFFF"), wrap=True)
        self.countdown = Label("", TextRole(13, 400, "ink2"))
        self.undo_button = _UndoButton("", self)
        self.undo_button.setVisible(undo is not None)
        row = HBox(spacing=12, margins=(18, 6, 10, 6), parent=self)
        row.addWidget(StatusGlyph(state, 20))
        row.addWidget(self.sentence, 1)
        row.addWidget(self.countdown)
        row.addWidget(self.undo_button)
        self.undo_button.clicked.connect(self.take_back)
        self._clock = QTimer(self)
        self._clock.setInterval(1000)
        self._clock.timeout.connect(self._tick)
        self._clock.start()
        self.retranslate()

    def retranslate(self) -> None:
        """Take the words anew."""
        self.undo_button.setText(QCoreApplication.translate("Toast", "撤销"))
        self._show_seconds()

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def seconds_left(self) -> int:
        """How long the bar stays."""
        return self._left

    def can_undo(self) -> bool:
        """Whether the step can still be taken back here."""
        return self._undo is not None

    def take_back(self) -> None:
        """Undo the step once, and go."""
        undo, self._undo = self._undo, None
        if undo is not None:
            self.close_now()
            undo()

    def close_now(self) -> None:
        """Go at once."""
        self._clock.stop()
        self.hide()
        self.gone.emit()
        self.deleteLater()

    def _tick(self) -> None:
        self._left -= 1
        if self._left <= 0:
            self.close_now()
        else:
            self._show_seconds()

    def _show_seconds(self) -> None:
        counted = self._undo is not None and self._left <= _COUNTED_SECONDS
        text = QCoreApplication.translate("Toast", "{n} 秒").format(n=self._left)
        self.countdown.setText(text if counted else "")
        self.countdown.setVisible(counted)

    def paintEvent(self, _event: object) -> None:
        """The dark ground; on a black page an edge shows it."""
        window = self.parentWidget()
        dark = theme_of(window)
        edge = dark.colour("line2") if dark.name != LIGHT.name else None
        ground = LIGHT.colour("ink1")
        paint_box(self.begin_painting(), QRectF(self.rect()), self.px(10), ground, edge, self.px(1))


class Toaster(QObject):
    """Shows toasts at the foot of a window, or above what is pressed or typed in there: the newest
    lowest, three at most."""

    def __init__(self, window: QWidget, *, width: int = 560) -> None:
        super().__init__(window)
        self._window, self._width = window, width
        self._toasts: list[Toast] = []
        window.installEventFilter(self)

    def show_toast(
        self,
        text: str,
        state: State = State.OK,
        *,
        undo: Callable[[], object] | None = None,
        seconds: int = 8,
    ) -> Toast:
        """Tell what was done; ``undo`` is called at most once, while the bar stands."""
        while len(self._toasts) >= MOST_AT_ONCE:
            self._toasts[0].close_now()
        toast = Toast(self._window, text, state, undo, seconds)
        toast.gone.connect(lambda: self._forget(toast))
        self._toasts.append(toast)
        self._place(slide=toast)
        toast.show()
        toast.raise_()
        QAccessible.updateAccessibility(QAccessibleEvent(toast, QAccessible.Event.Alert))
        return toast

    def toasts(self) -> list[Toast]:
        """The bars that stand now, oldest first."""
        return list(self._toasts)

    def undo_last(self) -> bool:
        """Take back the newest step that can be (Ctrl+Z); False when there is none."""
        for toast in reversed(self._toasts):
            if toast.can_undo():
                toast.take_back()
                return True
        return False

    def clear(self) -> None:
        """Take all bars away, as when the user changes."""
        for toast in self.toasts():
            toast.close_now()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep the bars at the foot of the window."""
        if event.type() == QEvent.Type.Resize:
            self._place()
        return bool(super().eventFilter(watched, event))

    def _forget(self, toast: Toast) -> None:
        if toast in self._toasts:
            self._toasts.remove(toast)
            self._place()

    def _place(self, slide: Toast | None = None) -> None:
        room = self._window.rect()
        width = min(self._width, room.width() - 2 * _BOTTOM)
        bottom = self._floor(width) if self._toasts else 0
        for toast in reversed(self._toasts):
            height = max(56, toast.heightForWidth(width))
            toast.resize(width, height)
            end = QPoint((room.width() - width) // 2, bottom - height)
            if toast is slide and motion().panel_in:
                start = QPoint(end.x(), room.bottom())
                glide = QPropertyAnimation(toast, b"pos", toast)
                glide.setDuration(motion().panel_in)
                glide.setEasingCurve(QEasingCurve.Type.OutCubic)
                glide.setStartValue(start)
                glide.setEndValue(end)
                toast.move(start)
                glide.start(QPropertyAnimation.DeletionPolicy.DeleteWhenStopped)
            else:
                toast.move(end)
            bottom -= height + _GAP

    def _floor(self, width: int) -> int:
        """How low the bars may reach: the lowest place where they cover nothing in use, the foot
        where there is none."""
        room = self._window.rect()
        foot = bottom = room.bottom() - _BOTTOM
        heights = [max(56, toast.heightForWidth(width)) for toast in self._toasts]
        high = sum(heights) + _GAP * (len(heights) - 1)
        left = (room.width() - width) // 2
        in_use = self._in_use()
        while bottom - high > _BOTTOM:
            place = QRect(left, bottom - high, width, high)
            hit = [one.top() for one in in_use if one.intersects(place)]
            if not hit:
                return bottom
            bottom = min(hit) - _CLEAR
        return foot

    def _in_use(self) -> list[QRect]:
        """Where buttons and fields of the window are seen."""
        found = []
        for kind in _IN_USE:
            for part in self._window.findChildren(kind):
                if not part.isVisible() or part.window() is not self._window.window():
                    continue
                if any(toast.isAncestorOf(part) for toast in self._toasts):
                    continue
                seen = part.visibleRegion().boundingRect()
                if not seen.isEmpty():
                    found.append(seen.translated(part.mapTo(self._window, QPoint())))
        return found
