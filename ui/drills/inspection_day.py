"""Owns a day of inspections: what it asks for at the left, the one at hand at the right."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial

from PySide6.QtCore import QEvent, QModelIndex, QTimer, Signal
from PySide6.QtWidgets import QStackedLayout, QWidget

from branch.inspections.commands import StartSheet
from branch.inspections.queries import DayLine, EquipmentLine, day_lines, expiring
from branch.inspections.queries.papers import DaySheet, day_sheet
from branch.kernel.store import Store
from branch.people.rules import permits
from ui.drills.day_paper import DayPaper
from ui.drills.inspection_sheet import InspectionSheet
from ui.models.inspection_words import LOOK, state_label, template_name, window_text
from ui.shell.asking import Asking
from ui.shell.station import Station
from ui.widgets.button import COMPACT, LARGE, PlainButton, PrimaryButton
from ui.widgets.card import Card
from ui.widgets.label import CARD_TITLE, SECOND, Label
from ui.widgets.lines_table import Cell, Line, LinesTable
from ui.widgets.place_holder import EmptyState
from ui.widgets.stage import HBox, VBox
from ui.widgets.state import State

_TOPICS = frozenset({"inspection", "action", "equipment", "staff", "calendar"})
_LIST = 456
_EVERY_MS = 30_000
_DAY = timedelta(days=1)


@dataclass(frozen=True)
class DayShown:
    """A day's inspections, and what is past its date."""

    day: date
    lines: tuple[DayLine, ...]
    expiring: tuple[EquipmentLine, ...]
    paper: DaySheet


def _day(store: Store, day: date, today: date, station: Station) -> DayShown:
    now, zone = station.now_ms(), station.zone
    lines = day_lines(store, day, now, zone)
    return DayShown(day, lines, expiring(store, today), day_sheet(store, day, now, zone))


def _key(line: DayLine) -> str:
    slot = line.slot
    return f"{slot.template} {slot.period} {slot.turn} {slot.about}"


class InspectionDay(QWidget):
    """``said`` carries what was done, in words."""

    said = Signal(str)

    def __init__(self, station: Station, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("inspection_day")
        self._station = station
        self._may_make = permits("StartSheet", station.person.roles)
        self.day = self._today = station.now().date()
        self.shown: DayShown | None = None
        self.asking = Asking(station, self, self._question, self._take)
        self._build()
        self.before.clicked.connect(lambda: self.go_to(self.day - _DAY))
        self.after.clicked.connect(lambda: self.go_to(self.day + _DAY))
        self.to_today.clicked.connect(lambda: self.go_to(self._station.now().date()))
        self.table.selectionModel().currentRowChanged.connect(self._on_row)
        self.table.activated.connect(lambda _index: self._start())
        self.start.clicked.connect(self._start)
        self.sheet.said.connect(self.said)
        self.sheet.dropped.connect(self._ask)
        station.changed.connect(self._on_changed)
        station.online.connect(self._ask)
        # What is ahead becomes due, and a day the next one, without anybody doing anything.
        self._clock = QTimer(self)
        self._clock.setInterval(_EVERY_MS)
        self._clock.timeout.connect(self.look)
        self._clock.start()
        self.retranslate()
        self._ask()

    # -- building -------------------------------------------------------------------------------

    def _build(self) -> None:
        row = HBox(spacing=16, parent=self)
        row.addWidget(self._list_card())
        self._right = QStackedLayout()
        row.addLayout(self._right, 1)
        self.empty = Card()
        self.nothing = EmptyState("check-circle", "")
        column = VBox(parent=self.empty)
        column.addWidget(self.nothing)
        self.sheet = InspectionSheet(self._station)
        for part in (self.empty, self._start_card(), self.sheet):
            self._right.addWidget(part)

    def _list_card(self) -> Card:
        card = Card()
        card.setFixedWidth(_LIST)
        self.title = Label("", CARD_TITLE)
        self.before = PlainButton("", icon="chevron-left", size=COMPACT)
        self.after = PlainButton("", icon="chevron-right", size=COMPACT)
        self.to_today = PlainButton("", size=COMPACT)
        self.table = LinesTable(1, folds=True)
        self.note = Label("", SECOND, wrap=True)
        self.papers = DayPaper(self._station)
        head = HBox(spacing=8)
        head.addWidget(self.title, 1)
        for button in (self.before, self.to_today, self.after):
            head.addWidget(button)
        column = VBox(spacing=10, margins=(18, 16, 18, 14), parent=card)
        column.addLayout(head)
        column.addWidget(self.table, 1)
        column.addWidget(self.note)
        column.addWidget(self.papers)
        return card

    def _start_card(self) -> Card:
        self.start_card = Card()
        self.start_title = Label("", CARD_TITLE, wrap=True)
        self.start_words = Label("", SECOND, wrap=True)
        self.start = PrimaryButton("", size=LARGE)
        line = HBox()
        line.addWidget(self.start)
        line.addStretch(1)
        column = VBox(spacing=10, margins=(24, 22, 24, 22), parent=self.start_card)
        column.addWidget(self.start_title)
        column.addWidget(self.start_words)
        column.add_gap(8)
        column.addLayout(line)
        column.addStretch(1)
        return self.start_card

    # -- asking ---------------------------------------------------------------------------------

    def _question(self) -> Callable[[Store], DayShown]:
        today = self._station.now().date()
        return partial(_day, day=self.day, today=today, station=self._station)

    def _ask(self) -> None:
        self.asking.ask()

    def _take(self, shown: DayShown) -> None:
        self.shown = shown
        self._show()

    def _on_changed(self, topics: frozenset[str]) -> None:
        if topics & _TOPICS:
            self._ask()
            if self.sheet.sheet:
                self.sheet.asking.ask()

    def look(self) -> None:
        """Follow the clock: what is due by now, and today's inspections on a new day, unless
        another day or a sheet that is being made is looked at."""
        before, self._today = self._today, self._station.now().date()
        line = self.chosen()
        making = line is not None and line.sheet is not None and line.state != "done"
        if self.day == before != self._today and not making:
            self.day = self._today
        self._ask()

    def go_to(self, day: date) -> None:
        """Show another day."""
        self.day = day
        self._ask()

    # -- showing --------------------------------------------------------------------------------

    def _show(self) -> None:
        if self.shown is None:
            return
        today = self._station.now().date()
        lines = self.shown.lines
        self.title.setText(
            self.tr("今天的巡检")
            if self.shown.day == today
            else self.tr("{day} 的巡检").format(day=self.shown.day.isoformat())
        )
        self.to_today.setEnabled(self.shown.day != today)
        heads = (self.tr("状态"), self.tr("巡检"), self.tr("时间"))
        self.table.set_lines(heads, [self._line(line) for line in lines])
        if lines and not self.table.current_key():
            wanted = next((line for line in lines if line.state in ("open", "due")), lines[0])
            self.table.select_key(_key(wanted))
        self._show_note()
        self._show_chosen()
        self.papers.show_day(self.shown.paper)

    def _line(self, line: DayLine) -> Line:
        name = template_name(line.template)
        if line.about:
            # Nine observations differ by the name only, so it stands where nothing is cut.
            name = f"{line.about} {name}"
        elif len(line.template.windows) > 1:
            name = self.tr("{name}，第 {n} 次").format(name=name, n=line.slot.turn)
        chip = Cell(state_label(line.state), LOOK[line.state])
        if line.sheet is not None and line.sheet.score is not None:
            bad = State.ATTENTION if line.sheet.failed else LOOK[line.state]
            words = self.tr("{score} 分").format(score=line.sheet.score)
            chip = Cell(words, bad)
        return Line(_key(line), (chip, Cell(name), Cell(window_text(line.slot))))

    def _show_note(self) -> None:
        assert self.shown is not None  # only called then
        late = [line for line in self.shown.expiring if line.expiry == "expired"]
        if late:
            words = self.tr("{n} 件设备已过期：{names}").format(
                n=len(late), names=self.tr("、").join(line.name for line in late[:3])
            )
        elif self.shown.expiring:
            words = self.tr("{n} 件设备三十天内到期").format(n=len(self.shown.expiring))
        else:
            words = ""
        self.note.setText(words)
        self.note.setVisible(bool(words))

    def chosen(self) -> DayLine | None:
        """The line at hand."""
        key = self.table.current_key()
        lines = self.shown.lines if self.shown else ()
        return next((line for line in lines if _key(line) == key), None)

    def _on_row(self, _index: QModelIndex) -> None:
        self._show_chosen()

    def _show_chosen(self) -> None:
        line = self.chosen()
        if line is None:
            self._right.setCurrentWidget(self.empty)
        elif line.sheet is not None:
            self.sheet.show_sheet(line.sheet.id)
            self._right.setCurrentWidget(self.sheet)
        else:
            self.start_title.setText(template_name(line.template))
            self.start_words.setText(self._words(line))
            today = self._station.now().date()
            can = self._may_make and line.state != "ahead" and self.day == today
            self.start.setVisible(can)
            self._right.setCurrentWidget(self.start_card)

    def _words(self, line: DayLine) -> str:
        count = self.tr("共 {n} 项，{when}").format(
            n=len(line.template.items), when=window_text(line.slot)
        )
        if line.state == "missed":
            return self.tr("{count}。已过时间，补做会注明").format(count=count)
        if line.state == "ahead":
            return self.tr("{count}。还没到时间").format(count=count)
        return count

    # -- doing ----------------------------------------------------------------------------------

    def _start(self) -> None:
        line = self.chosen()
        if line is None or line.sheet is not None or self.start.isHidden():
            return
        slot = line.slot
        self._station.run(
            self,
            StartSheet(slot.template, slot.period, slot.turn, slot.about),
            lambda _sheet: self._ask(),
        )

    # -- words ----------------------------------------------------------------------------------

    def retranslate(self) -> None:
        """Take all words anew."""
        self.before.setAccessibleName(self.tr("前一天"))
        self.after.setAccessibleName(self.tr("后一天"))
        self.to_today.setText(self.tr("今天"))
        self.table.setAccessibleName(self.tr("巡检清单"))
        self.start.setText(self.tr("开始巡检"))
        self.nothing.set_texts(
            self.tr("这一天没有巡检"), self.tr("巡检在工作日按检查表的时间列在这里")
        )
        self._show()

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
