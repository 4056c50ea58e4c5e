"""Owns panels over a dimmed window and the two questions asked in them; must not act on them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QPoint, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QDialog,
    QGraphicsDropShadowEffect,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from ui.shell.theme import LIGHT, RADIUS
from ui.widgets.button import LARGE, Button, DangerSolidButton, PlainButton, PrimaryButton
from ui.widgets.card import Card, CardStyle
from ui.widgets.focus_ring import install_focus_ring
from ui.widgets.label import Label, TextRole
from ui.widgets.painting import on_stage, scale_of
from ui.widgets.stage import HBox, VBox
from ui.widgets.state import State
from ui.widgets.status import StatusGlyph
from ui.widgets.tile import Tile, TileContent
from ui.widgets.tile_style import TileStyle

_PANEL = CardStyle(radius=RADIUS.dialog, edge="line2")
_REASON = TileStyle(
    48, min_width=160, left=15, right=15, gap=10, title_px=15, title_weight=500, title_line=22.5,
    right_gap=10, right_icon_px=18, check_mark=True,
)  # fmt: skip


class Scrim(QWidget):
    """Sixty parts in a hundred of ink over a whole window, while a panel stands before it."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        window.installEventFilter(self)
        self.setGeometry(window.rect())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay as large as the window."""
        window = self.parentWidget()
        if event.type() == QEvent.Type.Resize and window is not None:
            self.setGeometry(window.rect())
        return bool(super().eventFilter(watched, event))

    def paintEvent(self, _event: object) -> None:
        """The veil; over a panel it leaves the room of the panel's shadow clear."""
        veil = QColor(LIGHT.ink1)
        veil.setAlphaF(0.6)
        painter = QPainter(self)
        window = self.parentWidget()
        if isinstance(window, PanelDialog):
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(veil)
            panel = QRectF(window.panel.geometry())
            painter.drawRoundedRect(panel, RADIUS.dialog, RADIUS.dialog)
        else:
            painter.fillRect(QRectF(self.rect()), veil)


class PanelDialog(QDialog):
    """A panel without a frame over the dimmed window of ``parent``; Esc goes back.

    Put content into ``body`` (a column) and the buttons into ``buttons`` (a row whose left end
    stretches). Show it with ``open()``; it belongs to ``parent`` and is freed when closed.
    """

    def __init__(self, parent: QWidget, title: str, *, width: int = 540) -> None:
        super().__init__(parent, Qt.WindowType.FramelessWindowHint | Qt.WindowType.Dialog)
        self.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setModal(True)
        self.setWindowTitle(title)
        self.setAccessibleName(title)
        factor = scale_of(parent)
        # No shadows on kiosk and board (look.md section 5).
        self._shadow_room = 0 if on_stage(parent) else 44
        self.panel = Card(style=_PANEL)
        self.panel.setFixedWidth(round(width * factor))
        if self._shadow_room:
            shadow = QGraphicsDropShadowEffect(self.panel)
            shadow.setOffset(0, 12)
            shadow.setBlurRadius(32)
            ink = QColor(LIGHT.ink1)
            ink.setAlphaF(0.16)
            shadow.setColor(ink)
            self.panel.setGraphicsEffect(shadow)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(*(self._shadow_room,) * 4)
        outer.setSizeConstraint(QVBoxLayout.SizeConstraint.SetFixedSize)
        outer.addWidget(self.panel)
        column = VBox(margins=(28, 26, 28, 24), parent=self.panel)
        self.body = VBox()
        self.buttons = HBox(spacing=10)
        self.buttons.addStretch(1)
        column.addLayout(self.body)
        column.add_gap(22)
        column.addLayout(self.buttons)
        self._scrim: Scrim | None = None
        install_focus_ring(self)
        self.finished.connect(self._lift_scrim)

    def showEvent(self, event: QShowEvent) -> None:
        """Dim the window and stand in its middle."""
        super().showEvent(event)
        parent = self.parentWidget()
        if parent is None:
            return
        window = parent.window()
        if self._scrim is None:
            self._scrim = Scrim(window)
            self._scrim.show()
            self._scrim.raise_()
        self.adjustSize()
        self._stand_in_the_middle()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """What grows while it is open keeps its buttons on the screen."""
        super().resizeEvent(event)
        if self.isVisible():
            self._stand_in_the_middle()

    def _stand_in_the_middle(self) -> None:
        parent = self.parentWidget()
        if parent is not None:
            window = parent.window()
            centre = window.mapToGlobal(window.rect().center())
            self.move(centre - QPoint(self.width() // 2, self.height() // 2))

    def _lift_scrim(self) -> None:
        if self._scrim is not None:
            self._scrim.hide()
            self._scrim.deleteLater()
            self._scrim = None


class ConfirmDialog(PanelDialog):
    """For what cannot be taken back: what it is, what is still open, the verb on the button.

    The safe button stands left and has the focus, so that Enter by habit does no harm.
    """

    def __init__(
        self,
        parent: QWidget,
        *,
        title: str,
        text: str,
        confirm: str,
        cancel: str,
        open_items: Sequence[str] = (),
        danger: bool = True,
        width: int = 600,
    ) -> None:
        super().__init__(parent, title, width=width)
        head = HBox(spacing=16)
        state = State.URGENT if danger else State.ATTENTION
        head.addWidget(StatusGlyph(state, 28), 0, Qt.AlignmentFlag.AlignTop)
        words = VBox()
        words.addWidget(Label(title, TextRole(20, 700), wrap=True))
        words.add_gap(6)
        words.addWidget(Label(text, TextRole(15, 400, "ink2"), wrap=True))
        for item in open_items:
            words.add_gap(4)
            words.addWidget(Label(item, TextRole(15, 500, "ink1"), wrap=True))
        head.addLayout(words, 1)
        self.body.addLayout(head)
        self.setAccessibleDescription("，".join([text, *open_items]))
        self.cancel_button = PlainButton(cancel, size=LARGE)
        kind: type[Button] = DangerSolidButton if danger else PrimaryButton
        self.confirm_button = kind(confirm, size=LARGE)
        for button in (self.cancel_button, self.confirm_button):
            button.setAutoDefault(False)
            self.buttons.addWidget(button)
        self.cancel_button.clicked.connect(self.reject)
        self.confirm_button.clicked.connect(self.accept)
        self.cancel_button.setAutoDefault(True)
        self.cancel_button.setDefault(True)
        self.cancel_button.setFocus()


class ReasonDialog(PanelDialog):
    """Asks for one of a few reasons, and perhaps for words of one's own."""

    chosen = Signal(str, str)

    def __init__(
        self,
        parent: QWidget,
        *,
        title: str,
        reasons: Sequence[tuple[str, str]],
        confirm: str,
        cancel: str,
        text: str = "",
        free_text: str = "",
        width: int = 540,
    ) -> None:
        super().__init__(parent, title, width=width)
        self.body.addWidget(Label(title, TextRole(20, 700), wrap=True))
        if text:
            self.body.add_gap(6)
            self.body.addWidget(Label(text, TextRole(15, 400, "ink2"), wrap=True))
        self.body.add_gap(16)
        self._tiles: dict[str, Tile] = {}
        group = QButtonGroup(self)
        for key, words in reasons:
            tile = Tile(_REASON, TileContent(title=words))
            tile.setCheckable(True)
            group.addButton(tile)
            self._tiles[key] = tile
            self.body.addWidget(tile)
            self.body.add_gap(8)
            tile.clicked.connect(self._was_chosen)
        self.words = QPlainTextEdit()
        self.words.setPlaceholderText(free_text)
        self.words.setAccessibleName(free_text)
        self.words.setTabChangesFocus(True)
        self.words.setFixedHeight(72)
        self.words.setVisible(bool(free_text))
        self.body.addWidget(self.words)
        self.cancel_button = PlainButton(cancel, size=LARGE)
        self.confirm_button = PrimaryButton(confirm, size=LARGE)
        self.confirm_button.setEnabled(False)
        self.buttons.addWidget(self.cancel_button)
        self.buttons.addWidget(self.confirm_button)
        self.cancel_button.clicked.connect(self.reject)
        self.confirm_button.clicked.connect(self._confirm)
        next(iter(self._tiles.values())).setFocus()

    def tile(self, key: str) -> Tile:
        """The tile of one reason."""
        return self._tiles[key]

    def reason(self) -> str:
        """The key chosen, empty while there is none."""
        return next((key for key, tile in self._tiles.items() if tile.isChecked()), "")

    def _was_chosen(self) -> None:
        self.confirm_button.setEnabled(True)
        self.confirm_button.setDefault(True)

    def _confirm(self) -> None:
        self.chosen.emit(self.reason(), self.words.toPlainText().strip())
        self.accept()
