"""Owns the loop as one screen: a drill, what it found, the plan revised, the next drill; changes
nothing of it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QModelIndex, Signal
from PySide6.QtWidgets import QStackedLayout, QWidget

from branch.drills.queries.improvement import Improvement, improvements
from branch.kernel.store import Store
from ui.models.complaint_words import action_state_label
from ui.models.drill_words import in_words, next_result_label, plan_status, root_cause
from ui.shell.asking import Asking
from ui.shell.station import Station
from ui.widgets.button import LARGE, PlainButton
from ui.widgets.card import Card
from ui.widgets.label import CARD_TITLE, SECOND, Label
from ui.widgets.lines_table import Cell, Line, LinesTable
from ui.widgets.place_holder import EmptyState
from ui.widgets.stage import HBox, VBox
from ui.widgets.state import State

_TOPICS = frozenset({"drill", "action", "plan", "scenario", "staff"})
_ACTION = {"open": State.RUNNING, "done": State.ATTENTION, "closed": State.OK}
_RESULT = {
    "done": State.OK,
    "passed": State.OK,
    "late": State.ATTENTION,
    "wrong": State.URGENT,
    "missed": State.URGENT,
    "failed": State.URGENT,
    "not_applicable": State.IDLE,
}


class ImprovementPage(QWidget):
    """A line a finding. ``run_wanted`` carries a run to go to, ``said`` what was done."""

    run_wanted = Signal(int)
    said = Signal(str)

    def __init__(self, station: Station, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._station = station
        self.shown: tuple[Improvement, ...] | None = None
        self.asking: Asking[tuple[Improvement, ...]] = Asking(
            station, self, self._question, self._take
        )
        self._build()
        self.table.selectionModel().currentRowChanged.connect(self._on_row)
        self.table.activated.connect(lambda _index: self._go_first())
        self.first.clicked.connect(self._go_first)
        self.next.clicked.connect(self._go_next)
        station.changed.connect(self._on_changed)
        station.online.connect(self.asking.ask)
        self.retranslate()
        self.asking.ask()

    def _build(self) -> None:
        card = Card()
        self.title, self.hint = Label("", CARD_TITLE), Label("", SECOND)
        self.table = LinesTable(1)
        self.empty = EmptyState("drill", "")
        self.about = Label("", SECOND, wrap=True)
        self.first = PlainButton("", size=LARGE)
        self.next = PlainButton("", size=LARGE)
        head = HBox(spacing=16)
        head.addWidget(self.title)
        head.addWidget(self.hint, 1)
        self._pages = QStackedLayout()
        foot = HBox(spacing=12)
        foot.addWidget(self.about, 1)
        foot.addWidget(self.first)
        foot.addWidget(self.next)
        column = VBox(spacing=10, margins=(18, 16, 18, 16), parent=card)
        column.addLayout(head)
        column.addLayout(self._pages, 1)
        column.addLayout(foot)
        self._pages.addWidget(self.empty)
        self._pages.addWidget(self.table)
        whole = VBox(parent=self)
        whole.addWidget(card)

    # -- asking ---------------------------------------------------------------------------------

    def _question(self) -> Callable[[Store], tuple[Improvement, ...]]:
        return improvements

    def _take(self, shown: tuple[Improvement, ...]) -> None:
        self.shown = shown
        self._show()

    def _on_changed(self, topics: frozenset[str]) -> None:
        if topics & _TOPICS:
            self.asking.ask()

    # -- showing --------------------------------------------------------------------------------

    def _show(self) -> None:
        shown = self.shown or ()
        heads = (
            self.tr("演练"),
            self.tr("发现"),
            self.tr("根本原因"),
            self.tr("整改"),
            self.tr("预案修订"),
            self.tr("下一次演练"),
        )
        self.table.set_lines(heads, [self._line(at, one) for at, one in enumerate(shown)])
        self._pages.setCurrentWidget(self.table if shown else self.empty)
        if shown and not self.table.current_key():
            self.table.select_key("0")
        closed = sum(one.closed_loop for one in shown)
        self.hint.setText(
            self.tr("{n} 条发现，{closed} 条已改好并在下一次演练中做到").format(
                n=len(shown), closed=closed
            )
        )
        self._show_about()

    def _line(self, at: int, one: Improvement) -> Line:
        if one.action is None:
            action = Cell(self.tr("还没有布置"), State.ATTENTION)
        else:
            action = Cell(action_state_label(one.action_state), _ACTION[one.action_state])
        plan = self.tr("没有修订")
        if one.plan_version is not None:
            plan = self.tr("第 {n} 版，{status}").format(
                n=one.plan_version, status=plan_status(one.plan_status)
            )
        if one.next_result:
            after = Cell(
                self.tr("{day} {result}").format(
                    day=one.next_day, result=next_result_label(one.next_result)
                ),
                _RESULT[one.next_result],
            )
        else:
            after = Cell(one.next_day or self.tr("还没有"), State.IDLE)
        cause = root_cause(one.cause) if one.cause else self.tr("没有写")
        cells = (
            Cell(self.tr("{day} {number}").format(day=one.day, number=one.number)),
            Cell(one.finding),
            Cell(cause),
            action,
            Cell(plan),
            after,
        )
        return Line(str(at), cells)

    def chosen(self) -> Improvement | None:
        """The finding at hand."""
        key = self.table.current_key()
        return self.shown[int(key)] if key and self.shown else None

    def _on_row(self, _index: QModelIndex) -> None:
        self._show_about()

    def _show_about(self) -> None:
        one = self.chosen()
        self.first.setEnabled(one is not None)
        self.next.setEnabled(one is not None and one.next_run is not None)
        if one is None:
            self.about.setText("")
            return
        parts = [in_words(one.name), one.finding]
        if one.action_text:
            parts.append(
                self.tr("整改：{text}（{name}，{day} 前）").format(
                    text=one.action_text, name=one.owner, day=one.due_on
                )
            )
        self.about.setText(self.tr("；").join(parts))

    def _go_first(self) -> None:
        one = self.chosen()
        if one is not None:
            self.run_wanted.emit(one.run)

    def _go_next(self) -> None:
        one = self.chosen()
        if one is not None and one.next_run is not None:
            self.run_wanted.emit(one.next_run)

    # -- words ----------------------------------------------------------------------------------

    def retranslate(self) -> None:
        """Take all words anew."""
        self.title.setText(self.tr("从发现到改好"))
        self.table.setAccessibleName(self.tr("从发现到改好"))
        self.first.setText(self.tr("看这次演练"))
        self.next.setText(self.tr("看下一次演练"))
        self.empty.set_texts(
            self.tr("还没有发现"),
            self.tr("演练中记下要改进的地方，整改和下一次演练的结果会列在这里"),
        )
        self._show()

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
