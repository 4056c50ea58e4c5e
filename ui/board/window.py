"""The board's window: asks the store, brings calls up in turn, turns pages; the picture paints."""

from __future__ import annotations

import math
from typing import Final

from PySide6.QtCore import QEvent, QRect, QSize, Qt, QTimer, QVariantAnimation
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QCloseEvent,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QShowEvent,
)
from PySide6.QtWidgets import QWidget

from branch.lobby.queries.screens import Board, board
from ui.board.announcements import ASKED, Announcements
from ui.board.chime import Chime
from ui.board.picture import EDGE, LIT, SIZE, BoardPicture, paint_board, paint_lit
from ui.board.wording import page_number, picture_of, spoken
from ui.shell.station import Station
from ui.shell.theme import BOARD, apply_theme, motion

TOPICS: Final = frozenset({"ticket", "counter", "day", "catalogue", "lobby"})
_TICK_MS: Final = 1_000


class BoardWindow(QWidget):
    """The wall display, painted whole and scaled to the screen; F11 fills the screen."""

    def __init__(self, station: Station) -> None:
        super().__init__()
        self.setObjectName("board")
        self.station = station
        self.announcements = Announcements()
        self.chime = Chime(self)
        self._board: Board | None = None
        self._asking = self._stale = False
        self._lost_at: int | None = None
        self._former: BoardPicture | None = None
        self._fade, self._glow, self._page = 1.0, 0.0, 1.0
        self._page_number = 0
        self._cut: tuple[str, ...] = ()
        apply_theme(self, "board")
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self._fading = self._animation(self._on_fade)
        self._fading.finished.connect(self._on_faded)
        self._glowing = self._animation(self._on_glow)
        self._paging = self._animation(self._on_page)
        self._timer = QTimer(self)
        self._timer.setInterval(_TICK_MS)
        self._timer.timeout.connect(self._tick)
        station.changed.connect(self._on_changed)
        station.waits.shown_changed.connect(self.update)
        station.waits.watch(self)
        station.offline.connect(self._on_offline)
        station.online.connect(self._on_online)
        self.retranslate()
        self._timer.start()
        self._ask()

    def _animation(self, follow: object) -> QVariantAnimation:
        animation = QVariantAnimation(self)
        animation.setStartValue(0.0)
        animation.setEndValue(1.0)
        animation.valueChanged.connect(follow)
        return animation

    # What is shown ------------------------------------------------------------------------

    def picture(self) -> BoardPicture:
        """All that is on the board now, in words."""
        return picture_of(self.station, self._board, self.announcements.shown, self._lost_at)

    def retranslate(self) -> None:
        """Take every word anew."""
        self.setWindowTitle(self.tr("叫号屏"))
        self._name()
        self.update()

    def _name(self) -> None:
        """Tell a screen reader the newest call."""
        self.setAccessibleName(spoken(self.announcements.shown))

    # What happens -------------------------------------------------------------------------

    def _ask(self) -> None:
        if self._asking:
            self._stale = True
            return
        self._asking, self._stale = True, False
        self.station.ask(self, lambda store: board(store, ASKED), self._take, self._failed)

    def _take(self, answer: Board) -> None:
        self._asking = False
        first = self._board is None
        before = self.picture()
        self._board = answer
        if self.announcements.take(answer.calls, self.station.now_ms()):
            self._come_up(before)
        self._name()
        self.update()
        if first:
            self.chime.prepare()
        if self._stale:
            self._ask()

    def _failed(self, _error: object) -> None:
        # The lost store is told by ``offline``; it is asked again when it is back.
        self._asking = False

    def _come_up(self, before: BoardPicture) -> None:
        """Fade the new call in; then its edge brightens and the tones sound."""
        self._glowing.stop()
        self._glow = 0.0
        self._former = before
        self._fading.stop()
        self._fading.setDuration(motion().board_fade)
        self._fading.start()
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))

    def _on_fade(self, value: float) -> None:
        self._fade = value
        self.update(self._on_screen())

    def _on_faded(self) -> None:
        self._former = None
        self._fade = 1.0
        self.update()
        # Sight before sound: heads turn to a settled screen.
        self.chime.ring()
        pulses = motion().board_pulses
        if pulses:
            self._glowing.setEndValue(float(pulses))
            self._glowing.setDuration(pulses * motion().board_pulse)
            self._glowing.start()

    def _on_glow(self, value: float) -> None:
        self._glow = math.sin(math.pi * value) ** 2
        self.update(self._on_screen())

    def _on_page(self, value: float) -> None:
        self._page = value
        self.update()

    def _tick(self) -> None:
        before = self.picture()
        if self.announcements.tick(self.station.now_ms()):
            self._come_up(before)
            self._name()
        page = page_number(self._board, self.station.now_ms())
        if page != self._page_number:
            self._page_number = page
            self._paging.stop()
            self._paging.setDuration(motion().page)
            self._paging.start()
        if self.picture() != before:
            self.update()

    def _on_changed(self, topics: frozenset[str]) -> None:
        if topics & TOPICS:
            self._ask()

    def _on_offline(self, _sentence: str, _tries: int) -> None:
        if self._lost_at is None:
            self._lost_at = self.station.now_ms()
            self.update()

    def _on_online(self) -> None:
        self._lost_at = None
        self.update()
        self._ask()

    # Qt -----------------------------------------------------------------------------------

    def sizeHint(self) -> QSize:
        """The size it was drawn at."""
        return SIZE.toSize()

    def minimumSizeHint(self) -> QSize:
        """Small enough for a preview on a desk."""
        return SIZE.toSize() / 6

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The whole board, scaled; a screen of other proportions has a plain rim."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), BOARD.colour("canvas"))
        factor, left, top = self._stage()
        painter.translate(left, top)
        painter.scale(factor, factor)
        picture = self.picture()
        self._cut = paint_board(painter, picture, glow=self._glow, page=self._page)
        if self._former is not None:
            paint_lit(painter, self._former, 1.0 - self._fade)
        paint_lit(painter, picture, self._fade)
        painter.end()

    def cut_texts(self) -> tuple[str, ...]:
        """The texts that the last painting could not show whole."""
        return self._cut

    def _stage(self) -> tuple[float, float, float]:
        factor = min(self.width() / SIZE.width(), self.height() / SIZE.height())
        left = (self.width() - SIZE.width() * factor) / 2
        return factor, left, (self.height() - SIZE.height() * factor) / 2

    def _on_screen(self) -> QRect:
        """Where the lit panel and its edge are on the screen."""
        factor, left, top = self._stage()
        room = LIT.adjusted(-EDGE, -EDGE, EDGE, EDGE)
        return QRect(
            math.floor(left + room.left() * factor),
            math.floor(top + room.top() * factor),
            math.ceil(room.width() * factor) + 1,
            math.ceil(room.height() * factor) + 1,
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """F11 fills the screen or gives it back, Esc gives it back."""
        if event.key() == Qt.Key.Key_F11:
            self._fill_screen(not self.isFullScreen())
        elif event.key() == Qt.Key.Key_Escape and self.isFullScreen():
            self._fill_screen(False)
        else:
            super().keyPressEvent(event)

    def _fill_screen(self, whole: bool) -> None:
        if whole:
            self.showFullScreen()
        else:
            self.showNormal()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language; hide the pointer while the screen is full."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        elif event.type() == QEvent.Type.WindowStateChange:
            full = self.isFullScreen()
            self.setCursor(Qt.CursorShape.BlankCursor if full else Qt.CursorShape.ArrowCursor)

    def showEvent(self, event: QShowEvent) -> None:
        """Tick while it is seen."""
        super().showEvent(event)
        self._timer.start()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Nothing moves or ticks after the window is closed."""
        for moving in (self._fading, self._glowing, self._paging):
            moving.stop()
        self._timer.stop()
        super().closeEvent(event)
