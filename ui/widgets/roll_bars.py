"""Owns the bars of a head count: how many of each kind are accounted for; counts nothing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtWidgets import QSizePolicy, QWidget

from branch.visitors.queries.rollcall import RollCall
from ui.models.roll_words import kind_label
from ui.widgets.label import STRONG, Label, TextRole
from ui.widgets.painting import Themed, paint_box
from ui.widgets.stage import HBox, VBox
from ui.widgets.state import State
from ui.widgets.status import StatusGlyph

# The bars of picture h; those who need help out are counted apart.
KINDS: Final = ("staff", "visitor", "customer", "assisted")


class _Track(Themed, QWidget):
    """A bar of 8 px."""

    def __init__(self) -> None:
        super().__init__()
        self._share = 0.0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_share(self, share: float) -> None:
        self._share = share
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(round(self.px(80)), round(self.px(8)))

    def paintEvent(self, _event: object) -> None:
        painter, theme, rect = self.begin_painting(), self.theme(), QRectF(self.rect())
        edge = theme.colour("line") if theme.edge_floor else None
        paint_box(painter, rect, self.px(4), theme.colour("sunken"), edge, 1)
        done = QRectF(rect.left(), rect.top(), rect.width() * self._share, rect.height())
        if self._share:
            paint_box(painter, done, self.px(4), theme.colour("accent"))


class RollBar(QWidget):
    """One kind: glyph, word, 5 / 6, and the bar."""

    def __init__(self, kind: str) -> None:
        super().__init__()
        self._kind, self._done, self._all = kind, 0, 0
        self.glyph = StatusGlyph(State.ATTENTION, 16)
        self.caption = Label("", TextRole(14, 500))
        self.count = Label("", STRONG)
        head = HBox(spacing=6)
        head.addWidget(self.glyph, 0, Qt.AlignmentFlag.AlignVCenter)
        head.addWidget(self.caption, 1)
        head.addWidget(self.count)
        self._track = _Track()
        column = VBox(spacing=8, parent=self)
        column.addLayout(head)
        column.addWidget(self._track)
        self.retranslate()

    def set_low(self, low: bool) -> None:
        """Without the bar itself, where there is no room for it."""
        self._track.setVisible(not low)

    def show_count(self, done: int, everybody: int) -> None:
        """So many of so many are accounted for."""
        self._done, self._all = done, everybody
        self.glyph.set_state(State.OK if done == everybody else State.ATTENTION)
        self._track.set_share(done / everybody if everybody else 0.0)
        self.retranslate()

    def retranslate(self) -> None:
        """Take the words anew."""
        words = self.tr("客户清点") if self._kind == "customer" else kind_label(self._kind)
        self.caption.setText(words)
        self.count.setText(f"{self._done} / {self._all}")
        told = self.tr("{kind}，{n} 人中已确认 {done} 人")
        self.setAccessibleName(told.format(kind=words, n=self._all, done=self._done))


class RollBars(QWidget):
    """The bars side by side; 需要协助 only stands there while somebody does."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.bars: Mapping[str, RollBar] = {kind: RollBar(kind) for kind in KINDS}
        row = HBox(spacing=24, parent=self)
        for bar in self.bars.values():
            row.addWidget(bar, 1)

    def show_call(self, call: RollCall) -> None:
        """Show how far a roll call is."""
        for kind, bar in self.bars.items():
            done, everybody = call.count(kind)
            bar.show_count(done, everybody)
            bar.setVisible(kind != "assisted" or everybody > 0)

    def retranslate(self) -> None:
        """Take the words anew."""
        for bar in self.bars.values():
            bar.retranslate()
