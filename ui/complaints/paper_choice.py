"""Owns the question which form a case should get: each with what stands in its way, in words; makes
none."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import Final

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from branch.kernel.phrases import phrases
from branch.papers.head import Offer
from reports.forms.papers.words import form_title
from ui.models.dates import short_day
from ui.shell.language import language
from ui.widgets.button import LARGE, PlainButton
from ui.widgets.dialog import PanelDialog
from ui.widgets.label import SECOND, Label, TextRole
from ui.widgets.scroll_area import ScrollArea
from ui.widgets.stage import VBox
from ui.widgets.tile import Tile, TileContent
from ui.widgets.tile_style import TileStyle

translate = QCoreApplication.translate

_KEYS: Final = 9
_MOST_HEIGHT: Final = 520
_ROW: Final = TileStyle(
    62, min_width=300, left=15, right=15, gap=10, title_px=15, title_weight=500, title_line=22,
    second_px=13, second_line=19, second_token="ink3", right_px=13, right_token="ink3",
    right_gap=10, most_lines=2,
)  # fmt: skip


class PaperChoice(PanelDialog):
    """``chosen`` carries the Offer; the keys 1 to 9 choose the first nine that may be issued."""

    chosen = Signal(object)

    def __init__(self, parent: QWidget, offers: Sequence[Offer], about: str) -> None:
        title = translate("PaperChoice", "出具文书")
        super().__init__(parent, title, width=620)
        self.rows: list[tuple[Offer, Tile]] = []
        self.body.addWidget(Label(title, TextRole(20, 700)))
        self.body.add_gap(4)
        self.body.addWidget(Label(about, SECOND, wrap=True))
        self.body.add_gap(14)
        self.body.addWidget(self._list(sorted(offers, key=lambda offer: bool(offer.blocked))))
        self.close_button = PlainButton(translate("PaperChoice", "返回"), size=LARGE)
        self.close_button.setAutoDefault(False)
        self.close_button.clicked.connect(self.reject)
        self.buttons.addWidget(self.close_button)
        ready = [tile for offer, tile in self.rows if not offer.blocked]
        for at, tile in enumerate(ready[:_KEYS], 1):
            QShortcut(QKeySequence(str(at)), self).activated.connect(tile.click)
        (ready[0] if ready else self.close_button).setFocus()

    def tile(self, form: str) -> Tile:
        """The row of a form; the first where there are several papers of it."""
        return next(tile for offer, tile in self.rows if offer.form == form)

    def _list(self, offers: Sequence[Offer]) -> QWidget:
        sheet = QWidget()
        column = VBox(spacing=8, margins=(0, 0, 12, 0), parent=sheet)
        number = 0
        for offer in offers:
            number += not offer.blocked
            tile = Tile(_ROW, self._content(offer, number))
            tile.setEnabled(not offer.blocked)
            tile.clicked.connect(partial(self._choose, offer))
            self.rows.append((offer, tile))
            column.addWidget(tile)
        column.addStretch(1)
        area = ScrollArea(sheet)
        area.setFixedHeight(min(_MOST_HEIGHT, sheet.sizeHint().height()))
        return area

    def _content(self, offer: Offer, number: int) -> TileContent:
        code = language().code
        if offer.blocked:
            second = phrases("errors").say(offer.blocked, code, **dict(offer.values))
        elif offer.next_copy > 1:
            second = translate("PaperChoice", "已签发过，再出是第 {n} 份，更正").format(
                n=offer.next_copy
            )
        elif offer.due:
            second = translate("PaperChoice", "{day}前发出").format(
                day=short_day(date.fromisoformat(offer.due))
            )
        else:
            second = translate("PaperChoice", "现在可以签发")
        key = "" if offer.blocked or number > _KEYS else str(number)
        title = form_title(offer.form, code, offer.part)
        return TileContent(f"{title}  {offer.form}", second, right=key)

    def _choose(self, offer: Offer, _checked: bool = False) -> None:
        self.accept()
        self.chosen.emit(offer)
