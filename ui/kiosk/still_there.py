"""Owns the question to a kiosk left alone; it lies over the page and keeps it as it is."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from ui.kiosk.mode import HEIGHT, LOW_HEIGHT, Mode
from ui.kiosk.page import SIDE
from ui.kiosk.paragraph import Paragraph
from ui.shell.theme import LIGHT
from ui.widgets.button import KIOSK_MAIN, PlainButton, PrimaryButton
from ui.widgets.card import KIOSK_PANEL, Card
from ui.widgets.icon import IconLabel
from ui.widgets.label import TextRole
from ui.widgets.stage import HBox, Spacer, VBox


class StillThere(QWidget):
    """``stayed`` for any touch but the one on 返回首页, which is ``left``."""

    stayed = Signal()
    left = Signal()

    def __init__(self, mode: Mode, parent: QWidget) -> None:
        super().__init__(parent)
        self._seconds = mode.leave_s
        sizes = mode.type
        column = VBox(margins=(SIDE, 0, SIDE, 0), parent=self)
        if mode.low:
            column.addWidget(Spacer(0, HEIGHT - LOW_HEIGHT))
        column.addStretch(1)
        self.panel = Card(style=KIOSK_PANEL)
        column.addWidget(self.panel)
        column.addStretch(1)
        inner = VBox(margins=(48, 48, 48, 48), parent=self.panel)
        head = HBox(spacing=28)
        words = VBox(spacing=8)
        self.title = Paragraph(TextRole(sizes.title, 700), sizes.title * 1.3)
        body = TextRole(40 if mode.elder else 32, 400, "ink2")
        self.text = Paragraph(body, body.px * 1.45, wrap=True)
        words.addWidget(self.title)
        words.addWidget(self.text)
        head.addWidget(IconLabel("stopwatch", 96, "accent", stroke=1.5))
        head.addLayout(words, 1)
        inner.addLayout(head)
        inner.add_gap(40)
        self.home = PlainButton("", size=KIOSK_MAIN)
        self.stay = PrimaryButton("", size=KIOSK_MAIN)
        self.home.clicked.connect(self.left)
        self.stay.clicked.connect(self.stayed)
        row = HBox(spacing=20)
        row.addWidget(self.home, 100)
        row.addWidget(self.stay, 132)
        inner.addLayout(row)
        self.retranslate()
        self.setGeometry(parent.rect())
        self.show()
        self.raise_()
        self.stay.setFocus(Qt.FocusReason.OtherFocusReason)

    def count(self, seconds: int) -> None:
        """Show how many seconds are left."""
        if seconds != self._seconds:
            self._seconds = seconds
            self.retranslate()

    def retranslate(self) -> None:
        """Say everything in the language of the moment."""
        self.title.setText(self.tr("您还在吗？"))
        text = self.tr("没有操作时，{n} 秒后返回首页，您的资料会清除")
        self.text.setText(text.format(n=self._seconds))
        self.home.setText(self.tr("返回首页"))
        self.stay.setText(self.tr("继续办理"))

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def focusNextPrevChild(self, _forward: bool) -> bool:
        """Keep the keyboard between the two answers."""
        other = self.home if self.stay.hasFocus() else self.stay
        other.setFocus(Qt.FocusReason.TabFocusReason)
        return True

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A touch beside the buttons says that somebody is there."""
        event.accept()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """The whole press is taken here, so that nothing below is pressed."""
        event.accept()
        if not self.panel.geometry().contains(QPoint(event.position().toPoint())):
            self.stayed.emit()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Cover the page by 60 % ink (look.md section 5)."""
        scrim = QColor(LIGHT.ink1)
        scrim.setAlphaF(0.6)
        QPainter(self).fillRect(self.rect(), scrim)
