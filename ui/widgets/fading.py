"""Owns the short change of a ground under pointer or finger; must not choose the colours."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEasingCurve, QVariantAnimation
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QWidget

from ui.shell.theme import motion

if TYPE_CHECKING:
    _Base = QWidget
else:
    _Base = object


class Fading(_Base):
    """Mixin: ask ``faded`` for the ground in every painting, it goes over to a new one softly.

    Press feedback takes 80 ms, linear; hover takes 120 ms, out cubic (look.md section 8). Any
    other change (switched off, chosen, another theme) is a fact and shows at once.
    """

    _fade: QVariantAnimation | None = None
    _fade_to: QColor | None = None
    _fade_key: object = None

    def faded(self, target: QColor, key: object, *, pressed: bool) -> QColor:
        """The colour to paint now on the way to ``target``; a new ``key`` jumps there."""
        if self._fade_to is None or key != self._fade_key:
            self._fade_to, self._fade_key = target, key
            if self._fade is not None:
                self._fade.stop()
        elif target != self._fade_to:
            shown, self._fade_to = self._shown_now(), target
            self._start(shown, target, pressed)
        return self._shown_now()

    def _shown_now(self) -> QColor:
        running = self._fade is not None and (self._fade.state() == QVariantAnimation.State.Running)
        if running and self._fade is not None:
            value = self._fade.currentValue()
            if isinstance(value, QColor):
                return value
        return self._fade_to or QColor()

    def _start(self, shown: QColor, target: QColor, pressed: bool) -> None:
        duration = motion().press if pressed else motion().hover
        if self._fade is None:
            self._fade = QVariantAnimation(self)
            self._fade.valueChanged.connect(lambda _value: self.update())
            self._fade.finished.connect(self.update)
        self._fade.stop()
        if duration <= 0:
            return
        curves = QEasingCurve.Type
        self._fade.setEasingCurve(curves.Linear if pressed else curves.OutCubic)
        self._fade.setDuration(duration)
        self._fade.setStartValue(shown)
        self._fade.setEndValue(target)
        self._fade.start()
