"""Owns the strip that names badges which were not given back, until somebody has found them."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QWidget

from branch.people.rules import permits
from branch.visitors.commands.day_end import FindBadge
from ui.shell.station import Station
from ui.widgets.button import COMPACT, PlainButton
from ui.widgets.label import ElidedLabel, TextRole
from ui.widgets.stage import HBox
from ui.widgets.state import State
from ui.widgets.status import StatusGlyph

_MOST = 3


class LostBadges(QWidget):
    """One sentence, a button for each of the first badges; not there while none is lost."""

    told = Signal(str, object)

    def __init__(self, station: Station, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._station = station
        self._badges: tuple[str, ...] = ()
        self._may = permits("FindBadge", station.person.roles)
        self.sentence = ElidedLabel("", TextRole(13, 500, "warn_text"))
        self.buttons = [PlainButton("", size=COMPACT) for _ in range(_MOST)]
        row = HBox(spacing=8, margins=(20, 8, 16, 8), parent=self)
        row.addWidget(StatusGlyph(State.ATTENTION, 15))
        row.addWidget(self.sentence, 1)
        for at, button in enumerate(self.buttons):
            button.clicked.connect(partial(self._find, at))
            row.addWidget(button)
        self.hide()

    def show_badges(self, badges: tuple[str, ...]) -> None:
        """These badges are lost now."""
        self._badges = badges
        self.setVisible(bool(badges))
        between = self.tr("、")
        self.sentence.set_text(self.tr("没有交回：{badges}").format(badges=between.join(badges)))
        for at, button in enumerate(self.buttons):
            button.setVisible(self._may and at < len(badges))
            if at < len(badges):
                button.setText(self.tr("{badge} 已找回").format(badge=badges[at]))
                button.updateGeometry()

    def _find(self, at: int) -> None:
        badge = self._badges[at]
        told = partial(self._found, badge)
        self._station.run(self, FindBadge(badge), told)

    def _found(self, badge: str, _outcome: object) -> None:
        self.told.emit(self.tr("{badge} 又可以发给访客了").format(badge=badge), State.OK)

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.show_badges(self._badges)
