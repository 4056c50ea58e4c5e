"""Owns the ring around the control that has the keyboard; must not move the focus itself."""

from __future__ import annotations

from typing import Final
from weakref import ref

from PySide6.QtCore import QObject, QRectF, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QFocusFrame,
    QLineEdit,
    QPlainTextEdit,
    QProxyStyle,
    QStyle,
    QStyleOption,
    QTextEdit,
    QWidget,
)
from shiboken6 import isValid

from ui.shell.theme import RADIUS, theme_of
from ui.widgets.painting import clamp_radius

# Ring of 2 px (3 in high contrast) plus a gap of 2: the room round the control.
_MARGIN = 5
_GAP = 2
# An input shows the focus by its own edge, so it gets no second ring.
_OWN_EDGE = (QLineEdit, QPlainTextEdit, QTextEdit, QAbstractSpinBox, QComboBox)


class _RingStyle(QProxyStyle):
    """Fusion with room for the ring; only the focus frame wears it."""

    def pixelMetric(
        self,
        metric: QStyle.PixelMetric,
        option: QStyleOption | None = None,
        widget: QWidget | None = None,
    ) -> int:
        if metric in (
            QStyle.PixelMetric.PM_FocusFrameHMargin,
            QStyle.PixelMetric.PM_FocusFrameVMargin,
        ):
            return _MARGIN
        return int(super().pixelMetric(metric, option, widget))


class FocusRing(QFocusFrame):
    """The painted ring; Qt hangs it on the parent of the control and moves it along."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._ring_style = _RingStyle("Fusion")
        self.setStyle(self._ring_style)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def paintEvent(self, _event: object) -> None:
        """A rounded ring, 2 px away from the control, its radius 4 more than the control's."""
        target = self.widget() or self
        theme = theme_of(target)
        width = theme.focus_width
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.colour("focus"), width))
        inset = _MARGIN - _GAP - width / 2
        box = QRectF(self.rect()).adjusted(inset, inset, -inset, -inset)
        own = target.property("ringRadius")
        radius = (float(own) if own is not None else RADIUS.control) + 4 - width / 2
        corner = clamp_radius(radius, box.width(), box.height())
        painter.drawRoundedRect(box, corner, corner)


class FocusWatch(QObject):
    """Shows one ring a window when the keyboard brings the focus, hides it after a click.

    A window that goes loses the focus, and that is told here when Python may have emptied both
    already. So it is kept by ``_watches`` until Qt has ended it, and does not hold its window.
    """

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = ref(window)
        key = id(self)
        _watches[key] = self
        self.destroyed.connect(lambda: _watches.pop(key, None))
        self._ring = FocusRing(window)
        self._ring.hide()
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        application.focusChanged.connect(self._follow)

    def ring(self) -> FocusRing:
        """The ring; a new one if the old one went with the page it hung on."""
        window = self._window()
        if not isValid(self._ring) and window is not None:
            self._ring = FocusRing(window)
        return self._ring

    def _follow(self, _old: QWidget | None, now: QWidget | None) -> None:
        window = self._window()
        if window is None or not isValid(window):
            return  # it is going, and this watch with it
        if now is None or now.window() is not window.window():
            self._leave(window)
            return
        # Qt sets this attribute when a tab, arrow or shortcut key moved the focus; taking it off
        # again tells the next change by mouse from the next change by key.
        attribute = Qt.WidgetAttribute.WA_KeyboardFocusChange
        keyboard = window.window().testAttribute(attribute)
        window.window().setAttribute(attribute, False)
        if keyboard and not isinstance(now, _OWN_EDGE) and not now.property("ownFocus"):
            self.ring().setWidget(now)
            self.ring().raise_()
        else:
            self._leave(window)

    def _leave(self, window: QWidget) -> None:
        ring = self.ring()
        # PySide declares the argument as a widget; Qt takes none to hide the frame.
        ring.setWidget(None)  # type: ignore[arg-type]
        ring.hide()
        # Back to the window, so that a page may be deleted without taking the ring along.
        ring.setParent(window)


_watches: Final[dict[int, FocusWatch]] = {}


def install_focus_ring(window: QWidget) -> FocusWatch:
    """Give a window (or dialog) its ring; call it once, the ring lives as long as the window."""
    return FocusWatch(window)
