"""Owns the drills at a glance: what is due when and why, the runs so far, what runs now; starts
nothing by itself."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial

from PySide6.QtCore import QEvent, QModelIndex, Signal
from PySide6.QtWidgets import QStackedLayout, QWidget

from branch.drills.queries.calendar import Due, drill_calendar
from branch.drills.queries.runs import RunLine, run_lines
from branch.kernel.store import Store
from branch.people.rules import permits
from ui.drills.plan_dialog import PlanDialog
from ui.models.drill_words import drill_form, grade_label, in_english, run_state_label
from ui.shell.asking import Asking
from ui.shell.station import Station
from ui.widgets.button import LARGE, PlainButton, PrimaryButton
from ui.widgets.card import Card
from ui.widgets.label import CAPTION, CARD_TITLE, SECOND, Label
from ui.widgets.lines_table import Cell, Line, LinesTable
from ui.widgets.place_holder import EmptyState
from ui.widgets.stage import HBox, VBox
from ui.widgets.state import State

_TOPICS = frozenset({"drill", "staff"})
_SOON_DAYS = 14
_LOOK = {
    "planned": State.IDLE,
    "running": State.RUNNING,
    "paused": State.PAUSED,
    "ended": State.ATTENTION,
    "reviewed": State.OK,
    "cancelled": State.IDLE,
}
# In these no score is to come: nothing was played, or no step of it applied.
_WITHOUT = ("cancelled", "reviewed")


@dataclass(frozen=True)
class Shown:
    """The calendar and the newest runs."""

    due: tuple[Due, ...]
    runs: tuple[RunLine, ...]


def _look(store: Store, today: date) -> Shown:
    return Shown(drill_calendar(store, today), run_lines(store))


class DrillHome(QWidget):
    """``run_wanted`` carries a run to go to; ``said`` what was done."""

    run_wanted = Signal(int)
    said = Signal(str)

    def __init__(self, station: Station, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._station = station
        self.shown: Shown | None = None
        self.asking: Asking[Shown] = Asking(station, self, self._question, self._take)
        self._build()
        self.due.selectionModel().currentRowChanged.connect(self._on_row)
        self.due.activated.connect(lambda _index: self._plan())
        self.plan.clicked.connect(self._plan)
        self.open.clicked.connect(self._open)
        self.runs.activated.connect(lambda _index: self._open())
        self.runs.selectionModel().currentRowChanged.connect(lambda *_rows: self._show_about())
        station.changed.connect(self._on_changed)
        station.online.connect(self.asking.ask)
        self.retranslate()
        self.asking.ask()

    # -- building -------------------------------------------------------------------------------

    def _build(self) -> None:
        row = HBox(spacing=16, parent=self)
        row.addWidget(self._due_card(), 1)
        row.addWidget(self._runs_card(), 1)

    def _due_card(self) -> Card:
        card = Card()
        self.due_title = Label("", CARD_TITLE)
        self.due = LinesTable(1, folds=True)
        self.basis = Label("", CAPTION, wrap=True)
        self.plan = PrimaryButton("", size=LARGE, icon="drill")
        if not permits("PlanRun", self._station.person.roles):
            self.plan.hide()
        foot = HBox(spacing=16)
        foot.addWidget(self.basis, 1)
        foot.addWidget(self.plan)
        column = VBox(spacing=10, margins=(18, 16, 18, 16), parent=card)
        column.addWidget(self.due_title)
        column.addWidget(self.due, 1)
        column.addLayout(foot)
        return card

    def _runs_card(self) -> Card:
        card = Card()
        self.runs_title = Label("", CARD_TITLE)
        self.runs = LinesTable(1, folds=True)
        self.empty = EmptyState("drill", "")
        self.hint = Label("", SECOND, wrap=True)
        self.open = PlainButton("", size=LARGE)
        self._pages = QStackedLayout()
        foot = HBox(spacing=16)
        foot.addWidget(self.hint, 1)
        foot.addWidget(self.open)
        column = VBox(spacing=10, margins=(18, 16, 18, 16), parent=card)
        column.addWidget(self.runs_title)
        column.addLayout(self._pages, 1)
        column.addLayout(foot)
        self._pages.addWidget(self.empty)
        self._pages.addWidget(self.runs)
        return card

    # -- asking ---------------------------------------------------------------------------------

    def _question(self) -> Callable[[Store], Shown]:
        return partial(_look, today=self._station.now().date())

    def _take(self, shown: Shown) -> None:
        self.shown = shown
        self._show()

    def _on_changed(self, topics: frozenset[str]) -> None:
        if topics & _TOPICS:
            self.asking.ask()

    # -- showing --------------------------------------------------------------------------------

    def _show(self) -> None:
        if self.shown is None:
            return
        heads = (self.tr("状态"), self.tr("情景"), self.tr("上次"), self.tr("应在此日前"))
        self.due.set_lines(heads, [self._due_line(one) for one in self.shown.due])
        if self.shown.due and not self.due.current_key():
            self.due.select_key(self.shown.due[0].code)
        heads = (self.tr("状态"), self.tr("演练"), self.tr("日期"), self.tr("成绩"))
        self.runs.set_lines(heads, [self._run_line(one) for one in self.shown.runs])
        self._pages.setCurrentWidget(self.runs if self.shown.runs else self.empty)
        if self.shown.runs and not self.runs.current_key():
            self.runs.select_key(str(self.shown.runs[0].id))
        self.open.setEnabled(bool(self.shown.runs))
        self._show_basis()
        self._show_about()

    def _due_line(self, one: Due) -> Line:
        left = (date.fromisoformat(one.due_on) - self._station.now().date()).days
        if one.overdue:
            chip = Cell(self.tr("逾期 {n} 天").format(n=-left), State.URGENT)
        elif one.planned_run is not None:
            chip = Cell(self.tr("已排 {day}").format(day=one.planned_on[5:]), State.RUNNING)
        elif left <= _SOON_DAYS:
            chip = Cell(self.tr("还有 {n} 天").format(n=left), State.ATTENTION)
        else:
            chip = Cell(self.tr("未到期"), State.IDLE)
        last = one.last_on or self.tr("还没有")
        return Line(one.code, (chip, Cell(self._name(one.name)), Cell(last), Cell(one.due_on)))

    def _run_line(self, one: RunLine) -> Line:
        chip = Cell(run_state_label(one.state), _LOOK[one.state])
        if one.is_real and one.state == "cancelled":
            chip = Cell(self.tr("没有发生险情"), State.IDLE)
        past = (self._station.now().date() - date.fromisoformat(one.due_on)).days
        if one.is_real and one.is_on:
            chip = Cell(self.tr("真实险情"), State.URGENT)
        elif one.state == "planned" and past > 0:
            chip = Cell(self.tr("已过 {n} 天").format(n=past), State.ATTENTION)
        name = self._name(one.name)
        what = self.tr("{name}（真实）").format(name=name) if one.is_real else name
        day = one.due_on
        if one.started_at is not None:
            day = self._station.local(one.started_at).date().isoformat()
        cells = (chip, Cell(what), Cell(day), Cell(self._score(one)))
        return Line(str(one.id), cells, faint=one.state == "cancelled")

    def _score(self, one: RunLine) -> str:
        if one.is_real:
            return self.tr("不评分")
        if one.score is not None:
            return self.tr("{score} {grade}").format(
                score=f"{one.score:.0f}", grade=grade_label(one.grade)
            )
        return "" if one.state in _WITHOUT else self.tr("还没有")

    def _name(self, words: object) -> str:
        return str(getattr(words, "en" if in_english() else "zh"))

    def chosen_run(self) -> RunLine | None:
        """The run at hand."""
        key = self.runs.current_key()
        runs = self.shown.runs if self.shown else ()
        return next((one for one in runs if str(one.id) == key), None)

    def _show_about(self) -> None:
        """Number, form and who leads the run at hand, which the table has no room for."""
        one = self.chosen_run()
        if one is None:
            self.hint.setText(self.tr("进行中的演练和险情也从这里打开"))
            return
        parts = [one.number]
        if one.form:
            parts.append(drill_form(one.form))
        if one.conductor:
            parts.append(self.tr("总指挥 {name}").format(name=one.conductor))
        elif one.state == "planned":
            parts.append(self.tr("还没有总指挥"))
        self.hint.setText(self.tr("，").join(parts))

    def chosen_due(self) -> Due | None:
        """The scenario at hand."""
        key = self.due.current_key()
        return next(
            (one for one in (self.shown.due if self.shown else ()) if one.code == key), None
        )

    def _on_row(self, _index: QModelIndex) -> None:
        self._show_basis()

    def _show_basis(self) -> None:
        one = self.chosen_due()
        if one is None:
            return
        often = self.tr("每 {n} 天一次").format(n=one.days)
        if one.locked_days is not None:
            often = self.tr("{often}，上级行要求不超过 {n} 天").format(
                often=often, n=one.locked_days
            )
        reasons = self.tr("；").join(self._name(words) for words in one.basis)
        self.basis.setText(self.tr("{often}。依据：{basis}").format(often=often, basis=reasons))

    # -- doing ----------------------------------------------------------------------------------

    def _plan(self) -> None:
        one = self.chosen_due()
        if one is None or self.plan.isHidden():
            return
        if one.planned_run is not None:
            self.run_wanted.emit(one.planned_run)
            return
        dialog = PlanDialog(self, self._station, one.code, self._name(one.name))
        dialog.planned.connect(self.run_wanted)
        dialog.open()

    def _open(self) -> None:
        key = self.runs.current_key()
        if key:
            self.run_wanted.emit(int(key))

    # -- words ----------------------------------------------------------------------------------

    def retranslate(self) -> None:
        """Take all words anew."""
        self.due_title.setText(self.tr("该演练的"))
        self.due.setAccessibleName(self.tr("该演练的"))
        self.runs_title.setText(self.tr("演练记录"))
        self.runs.setAccessibleName(self.tr("演练记录"))
        self.plan.setText(self.tr("准备演练"))
        self.open.setText(self.tr("打开"))
        self.empty.set_texts(self.tr("还没有演练记录"), self.tr("准备好的演练和真实险情会列在这里"))
        self._show_about()
        self._show()

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
