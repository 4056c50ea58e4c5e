"""Owns the story of a case, oldest first; must not know where its words come from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QWidget

from ui.widgets.button import COMPACT, LinkButton
from ui.widgets.label import SECTION, Label, TextRole
from ui.widgets.painting import Themed
from ui.widgets.stage import HBox, VBox, clear

# So many stand open; the older ones behind a press.
_SHOWN: Final = 8
_RAIL: Final = 26
_DOT_LEFT, _DOT_TOP, _DOT = 3, 5, 11
_WHEN: Final = 96


@dataclass(frozen=True)
class Told:
    """An entry: when, what, by whom, and the words that were typed."""

    when: str
    what: str
    who: str
    text: str = ""


class _Entry(Themed, QWidget):
    """A dot on the rail, the day, what happened, who."""

    def __init__(self, told: Told, *, last: bool) -> None:
        super().__init__()
        self._last = last
        when = Label(told.when, TextRole(14, 400, "ink3"))
        when.setMinimumWidth(_WHEN)
        what = Label(told.what, TextRole(14, 700 if last else 400), wrap=True)
        who = Label(told.who, TextRole(14, 400, "ink3"))
        top = Qt.AlignmentFlag.AlignTop
        row = HBox(spacing=12, margins=(_RAIL, 0, 0, 0))
        row.addWidget(when, 0, top)
        row.addWidget(what, 1, top)
        row.addWidget(who, 0, top)
        column = VBox(margins=(0, 0, 0, 0 if last else 13), parent=self)
        column.addLayout(row)
        if told.text:
            words = Label(told.text, TextRole(13, 400, "ink2"), wrap=True)
            words.setContentsMargins(_RAIL + _WHEN + 12, 2, 0, 0)
            column.addWidget(words)

    def paintEvent(self, _event: object) -> None:
        painter, theme = self.begin_painting(), self.theme()
        if not self._last:
            stem = QRectF(_DOT_LEFT + _DOT / 2, 20, 1, self.height() - 17)
            painter.fillRect(stem, theme.colour("line2"))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        token = "accent" if self._last else "idle"
        painter.setPen(QPen(theme.colour(token), 2))
        painter.setBrush(theme.colour("accent" if self._last else "surface"))
        centre = QPointF(_DOT_LEFT + _DOT / 2, _DOT_TOP + _DOT / 2)
        painter.drawEllipse(centre, _DOT / 2 - 1, _DOT / 2 - 1)


class Timeline(QWidget):
    """办理经过: the newest few, the older ones when they are asked for."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._entries: tuple[Told, ...] = ()
        self._whole = False
        self.caption = Label("", SECTION)
        self.more = LinkButton("", size=COMPACT)
        self.more.clicked.connect(self._show_whole)
        head = HBox(spacing=8)
        head.addWidget(self.caption)
        head.addStretch(1)
        head.addWidget(self.more)
        column = VBox(parent=self)
        column.addLayout(head)
        column.add_gap(10)
        self._rows = VBox()
        column.addLayout(self._rows)
        self.retranslate()

    def show_entries(self, entries: Sequence[Told], *, anew: bool) -> None:
        """Show these; ``anew`` says that it is another case, folded up again."""
        if anew:
            self._whole = False
        if tuple(entries) != self._entries or anew:
            self._entries = tuple(entries)
            self._fill()

    def texts(self) -> list[str]:
        """What every entry says, oldest first."""
        return [entry.what for entry in self._entries]

    def _show_whole(self) -> None:
        self._whole = True
        self._fill()

    def _fill(self) -> None:
        clear(self._rows)
        shown = self._entries if self._whole else self._entries[-_SHOWN:]
        for at, told in enumerate(shown):
            self._rows.addWidget(_Entry(told, last=at == len(shown) - 1))
        self.more.setVisible(len(shown) < len(self._entries))
        self._say_more()

    def _say_more(self) -> None:
        older = max(len(self._entries) - _SHOWN, 0)
        self.more.setText(self.tr("显示更早的 {n} 条").format(n=older))

    def retranslate(self) -> None:
        """Take all words anew."""
        self.caption.setText(self.tr("办理经过"))
        self._say_more()

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
