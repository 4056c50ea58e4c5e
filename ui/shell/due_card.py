"""Owns how a quiet card tells what is due today for who works here, and the number at its desk's
entry in the rail; must not know what is due."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from typing import Any, Final, Protocol

from PySide6.QtCore import QEvent, QTimer
from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import QWidget

from branch.kernel.store import Store
from ui.shell.asking import Asking, Pace
from ui.shell.corner_card import CornerCard
from ui.shell.desk_rail import DeskRail
from ui.shell.station import Station
from ui.widgets.button import SMALL_TOUCH, AccentButton, PlainButton
from ui.widgets.icon import IconLabel
from ui.widgets.label import CAPTION, STRONG, Label
from ui.widgets.stage import HBox, VBox, clear

MOST: Final = 3
_WIDTH: Final = 400
_EVERY_MS: Final = 5 * 60_000


class Known(Protocol):
    """What can be told from another one by its key."""

    @property
    def key(self) -> tuple[str, int, str]:
        """By what it is known."""
        ...


class Seen:
    """What somebody at this machine has taken note of today; gone with the day or the program."""

    def __init__(self) -> None:
        self._day: tuple[int, date] | None = None
        self._keys: set[tuple[str, int, str]] = set()

    def note(self, staff: int, day: date, due: Sequence[Known]) -> None:
        """These were seen."""
        if self._day != (staff, day):
            self._day, self._keys = (staff, day), set()
        self._keys |= {one.key for one in due}

    def all_of(self, staff: int, day: date, due: Sequence[Known]) -> bool:
        """Whether every one of these was seen today."""
        keys = self._keys if self._day == (staff, day) else set()
        return all(one.key in keys for one in due)


class DueCard(CornerCard):
    """The first few of ``due``; 我知道了 puts the card away until another joins, or for the day.

    ``place`` is the desk they are worked at, ``topics`` what changes them; the clock alone does
    too. A card of its own says which query tells them, what stands in its lines and its words.
    """

    def __init__(
        self,
        station: Station,
        window: QWidget,
        seen: Seen,
        *,
        icon: str,
        place: str,
        topics: frozenset[str],
    ) -> None:
        super().__init__(window, _WIDTH)
        self._station, self._seen = station, seen
        self._place, self._topics = place, topics
        self.due: tuple[Any, ...] = ()
        self.asking = Asking(station, self, self._question, self._take)
        self._pace = Pace(self, self.asking.ask)
        self.title, self.more = Label("", STRONG), Label("", CAPTION)
        self.lines = VBox(spacing=10)
        self.go = AccentButton("", size=SMALL_TOUCH)
        self.noted = PlainButton("", size=SMALL_TOUCH)
        head = HBox(spacing=12)
        head.addWidget(IconLabel(icon, 24, "accent"))
        head.addWidget(self.title, 1)
        foot = HBox(spacing=10)
        for part, stretch in ((self.more, 1), (self.go, 0), (self.noted, 0)):
            foot.addWidget(part, stretch)
        column = VBox(spacing=12, margins=(18, 14, 14, 12), parent=self)
        for row in (head, self.lines, foot):
            column.addLayout(row)
        self.go.clicked.connect(partial(station.place_wanted.emit, place))
        self.noted.clicked.connect(self._note)
        self._timer = QTimer(self)
        self._timer.setInterval(_EVERY_MS)
        self._timer.timeout.connect(self.asking.ask)
        self._timer.start()
        station.changed.connect(self._on_changed)
        station.online.connect(self.asking.ask)
        self.retranslate()
        self.asking.ask()

    # -- what a card says of itself -------------------------------------------------------------

    def _question(self) -> Callable[[Store], tuple[Any, ...]]:
        """The query that tells what is due."""
        raise NotImplementedError

    def _add_lines(self) -> list[str]:
        """A line for each of the first; what is read out of each."""
        raise NotImplementedError

    def _show_words(self) -> None:
        """The words around the lines, by what is due."""
        raise NotImplementedError

    def _badge(self) -> int | None:
        """The number in the rail; None leaves it alone."""
        return len(self.due)

    def _stands_here(self) -> bool:
        """Whether the card is wanted at this place at all."""
        return True

    # -- asking ---------------------------------------------------------------------------------

    def _take(self, due: tuple[Any, ...]) -> None:
        news = due != self.due
        self.due = due
        if news:
            self._fill()
        rail, badge = self._window.findChild(DeskRail), self._badge()
        if isinstance(rail, DeskRail) and badge is not None:
            rail.set_badge(self._place, badge)
        self._show()
        if news and self.isVisible():
            QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))

    def _on_changed(self, topics: frozenset[str]) -> None:
        if topics & self._topics:
            self._pace.soon()

    def _note(self) -> None:
        person, today = self._station.person, self._station.now().date()
        self._seen.note(person.staff, today, self.due)
        self._show()

    # -- showing --------------------------------------------------------------------------------

    def _fill(self) -> None:
        clear(self.lines)
        self.setAccessibleDescription("，".join(self._add_lines()))

    def _show(self) -> None:
        self._show_words()
        self.setAccessibleName(self.title.text())
        person, today = self._station.person, self._station.now().date()
        seen = self._seen.all_of(person.staff, today, self.due)
        self.stand(bool(self.due) and not seen and self._stands_here())

    def retranslate(self) -> None:
        """Take all words anew."""
        self._fill()
        self._show()

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
