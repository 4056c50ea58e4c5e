"""Owns the emergency plans and their scenarios: versions, drafts, approval, frequency; decides
neither who may nor what can stand."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QModelIndex, Signal
from PySide6.QtWidgets import QWidget

from branch.drills.commands.plans import ApprovePlan, DropDraft
from branch.drills.commands.scenarios import RestoreScenario
from branch.drills.queries.calendar import Due, drill_calendar
from branch.drills.queries.plans import PlanLine, PlanVersion, plan_versions, plans
from branch.drills.queries.scenarios import Kept, scenarios
from branch.kernel.store import Store
from branch.people.rules import permits
from ui.drills.plan_compare import CompareDialog
from ui.drills.plan_dialogs import DraftDialog, FrequencyDialog, LockDialog
from ui.drills.scenario_dialog import ScenarioDialog
from ui.drills.scenario_files import ask_export, ask_import
from ui.models.drill_words import in_words, plan_status
from ui.shell.asking import Asking
from ui.shell.station import Station
from ui.widgets.button import COMPACT, Button, LinkButton, PlainButton
from ui.widgets.card import Card
from ui.widgets.dialog import ConfirmDialog
from ui.widgets.flow import Flow
from ui.widgets.label import BODY, CARD_TITLE, SECOND, STRONG, Label
from ui.widgets.lines_table import Cell, Line, LinesTable
from ui.widgets.scroll_area import ScrollArea
from ui.widgets.stage import HBox, VBox
from ui.widgets.state import State

_TOPICS = frozenset({"plan", "scenario", "drill", "action", "staff"})
_LEFT = 560


@dataclass(frozen=True)
class Shown:
    """Plans, scenarios, what is due, and the versions of every plan."""

    plans: tuple[PlanLine, ...]
    scenarios: tuple[Kept, ...]
    due: tuple[Due, ...]
    versions: dict[str, tuple[PlanVersion, ...]]


class PlansPage(QWidget):
    """Plans left, the one at hand with its versions right. ``said`` carries what was done."""

    said = Signal(str)

    def __init__(self, station: Station, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._station = station
        self.shown: Shown | None = None
        self.asking: Asking[Shown] = Asking(station, self, self._question, self._take)
        self._build()
        self._wire()
        station.changed.connect(self._on_changed)
        station.online.connect(self.asking.ask)
        self.retranslate()
        self.asking.ask()

    def _build(self) -> None:
        left, right = Card(), Card()
        left.setFixedWidth(_LEFT)
        self.title = Label("", CARD_TITLE)
        self.table = LinesTable(1, folds=True)
        self.take, self.give = PlainButton(""), PlainButton("")
        self.new = PlainButton("", icon="plus")
        foot = HBox(spacing=8)
        for button in (self.take, self.give, self.new):
            foot.addWidget(button)
        foot.addStretch(1)
        column = VBox(spacing=10, margins=(18, 16, 18, 16), parent=left)
        column.addWidget(self.title)
        column.addWidget(self.table, 1)
        column.addLayout(foot)
        self.name, self.often = Label("", CARD_TITLE, wrap=True), Label("", SECOND, wrap=True)
        self.version_title = Label("", STRONG)
        self.versions = LinesTable(3)
        self.compare = LinkButton("", size=COMPACT)
        self.body = Label("", BODY, wrap=True)
        # A plan may be many pages long.
        text = QWidget()
        VBox(margins=(0, 0, 12, 0), parent=text).addWidget(self.body)
        self.reading = ScrollArea(text, reached=True)
        self.draft, self.approve, self.drop = PlainButton(""), PlainButton(""), PlainButton("")
        self.edit, self.restore = PlainButton(""), PlainButton("")
        self.frequency, self.lock = PlainButton(""), PlainButton("")
        deeds = QWidget()
        flow = Flow(8, deeds)
        self._deeds: dict[str, Button] = {
            "DraftPlan": self.draft,
            "ApprovePlan": self.approve,
            "DropDraft": self.drop,
            "ChangeScenario": self.edit,
            "RestoreScenario": self.restore,
            "SetFrequency": self.frequency,
            "LockFrequency": self.lock,
        }
        for deed in self._deeds.values():
            flow.addWidget(deed)
        side = VBox(spacing=10, margins=(22, 18, 22, 18), parent=right)
        over = HBox(spacing=12)
        over.addWidget(self.version_title, 1)
        over.addWidget(self.compare)
        side.addWidget(self.name)
        side.addWidget(self.often)
        side.addLayout(over)
        side.addWidget(self.versions, 2)
        side.addWidget(self.reading, 3)
        side.addWidget(deeds)
        row = HBox(spacing=16, parent=self)
        row.addWidget(left)
        row.addWidget(right, 1)

    def _wire(self) -> None:
        roles = self._station.person.roles
        self.take.setVisible(permits("ImportScenarios", roles))
        self.new.setVisible(permits("ChangeScenario", roles))
        self.table.selectionModel().currentRowChanged.connect(self._on_row)
        self.versions.selectionModel().currentRowChanged.connect(self._on_version)
        self.draft.clicked.connect(self._ask_draft)
        self.approve.clicked.connect(self._ask_approve)
        self.drop.clicked.connect(self._ask_drop)
        self.compare.clicked.connect(self._compare)
        self.edit.clicked.connect(self._ask_scenario)
        self.restore.clicked.connect(self._ask_restore)
        self.frequency.clicked.connect(self._ask_frequency)
        self.lock.clicked.connect(self._ask_lock)
        self.new.clicked.connect(
            lambda _on=False: ScenarioDialog(self, self._station, None, self.said.emit).open()
        )
        self.take.clicked.connect(
            lambda _on=False: ask_import(self, self._station, self._kept(), self.said.emit)
        )
        self.give.clicked.connect(lambda _on=False: ask_export(self, self._kept(), self.said.emit))

    # -- asking ---------------------------------------------------------------------------------

    def _question(self) -> Callable[[Store], Shown]:
        today = self._station.now().date()

        def look(store: Store) -> Shown:
            lines = plans(store)
            versions = {line.code: plan_versions(store, line.code) for line in lines}
            return Shown(lines, scenarios(store), drill_calendar(store, today), versions)

        return look

    def _take(self, shown: Shown) -> None:
        self.shown = shown
        self._show()

    def _on_changed(self, topics: frozenset[str]) -> None:
        if topics & _TOPICS:
            self.asking.ask()

    def _kept(self) -> tuple[Kept, ...]:
        return self.shown.scenarios if self.shown else ()

    # -- what is at hand ------------------------------------------------------------------------

    def chosen(self) -> Kept | None:
        """The scenario at hand."""
        code = self.table.current_key()
        return next((one for one in self._kept() if one.scenario.code == code), None)

    def _plan(self) -> PlanLine | None:
        code = self.table.current_key()
        lines = self.shown.plans if self.shown else ()
        return next((one for one in lines if one.code == code), None)

    def _due(self) -> Due | None:
        code = self.table.current_key()
        return next(
            (one for one in (self.shown.due if self.shown else ()) if one.code == code), None
        )

    def _of_plan(self) -> tuple[PlanVersion, ...]:
        return self.shown.versions.get(self.table.current_key(), ()) if self.shown else ()

    def version(self) -> PlanVersion | None:
        """The version at hand."""
        key = self.versions.current_key()
        return next((one for one in self._of_plan() if str(one.version) == key), None)

    def waiting(self) -> PlanVersion | None:
        """The draft that waits for approval: the newest, what came with the program before."""
        drafts = [one for one in self._of_plan() if one.status == "draft"]
        return drafts[-1] if drafts else None

    # -- showing --------------------------------------------------------------------------------

    def _show(self) -> None:
        if self.shown is None:
            return
        by_code = {line.code: line for line in self.shown.plans}
        heads = (self.tr("编号"), self.tr("情景"), self.tr("预案"))
        lines = []
        for kept in self.shown.scenarios:
            plan = by_code.get(kept.scenario.code)
            cells = (
                Cell(kept.scenario.code),
                Cell(in_words(kept.scenario.name)),
                self._plan_cell(plan),
            )
            lines.append(Line(kept.scenario.code, cells))
        self.table.set_lines(heads, lines)
        if lines and not self.table.current_key():
            self.table.select_key(lines[0].key)
        self._show_chosen()

    def _plan_cell(self, plan: PlanLine | None) -> Cell:
        if plan is None:
            return Cell(self.tr("还没有预案"), State.ATTENTION)
        text = self.tr("第 {n} 版，{status}").format(
            n=plan.version, status=plan_status(plan.status)
        )
        newest = (self.shown.versions[plan.code] if self.shown else ())[-1:]
        if newest and newest[0].status == "draft" and newest[0].made_at is not None:
            text = self.tr("第 {n} 版待批准").format(n=newest[0].version)
            return Cell(text, State.ATTENTION)
        return Cell(text, State.OK if plan.status == "effective" else State.ATTENTION)

    def _on_row(self, _index: QModelIndex) -> None:
        self._show_chosen()

    def _on_version(self, _index: QModelIndex) -> None:
        self._show_version()

    def _show_chosen(self) -> None:
        kept, due, roles = self.chosen(), self._due(), self._station.person.roles
        for name, button in self._deeds.items():
            button.setVisible(permits(name, roles))
            button.setEnabled(kept is not None)
        if kept is None:
            return
        waits = self.waiting()
        own = waits is not None and waits.made_by == self._station.person.name
        self.approve.setEnabled(waits is not None and not own)
        self.drop.setEnabled(waits is not None and waits.made_at is not None)
        self.restore.setEnabled(not kept.is_shipped)
        self.name.setText(in_words(kept.scenario.name))
        origin = self.tr("出厂内容") if kept.is_shipped else self.tr("本网点改过")
        told = [self.tr("情景第 {n} 版，{origin}").format(n=kept.version, origin=origin)]
        if due is not None:
            told.append(self.tr("每 {n} 天演练一次").format(n=due.days))
            if due.locked_days is not None:
                told.append(self.tr("上级行要求不超过 {n} 天").format(n=due.locked_days))
            told += [in_words(words) for words in due.basis]
        self.often.setText(self.tr("；").join(told))
        heads = (self.tr("版本"), self.tr("状态"), self.tr("生效日期"), self.tr("改了什么"))
        lines = []
        for one in reversed(self._of_plan()):
            why = one.changes
            if one.because_action is not None:
                why = self.tr("回应整改：{text}").format(text=why)
            cells = (
                Cell(str(one.version)),
                Cell(plan_status(one.status)),
                Cell(one.effective_on),
                Cell(why),
            )
            lines.append(Line(str(one.version), cells))
        self.versions.set_lines(heads, lines)
        if lines and self.version() is None:
            self.versions.select_key(lines[0].key)
        self._show_version()

    def _show_version(self) -> None:
        one = self.version()
        self.compare.setEnabled(one is not None and len(self._of_plan()) > 1)
        if one is None:
            self.body.setText("")
            return
        told = [one.body or self.tr("按情景的步骤处理")]
        if one.made_by:
            told.append(self.tr("{name} 起草").format(name=one.made_by))
        if one.approved_by:
            told.append(self.tr("{name} 批准").format(name=one.approved_by))
        self.body.setText("\n".join(told))

    # -- doing ----------------------------------------------------------------------------------

    def _ask_draft(self) -> None:
        kept = self.chosen()
        if kept is not None:
            versions = self._of_plan()
            last = versions[-1] if versions else None
            DraftDialog(self, self._station, kept.scenario, last, self.said.emit).open()

    def _compare(self) -> None:
        kept, one = self.chosen(), self.version()
        if kept is not None and one is not None:
            CompareDialog(self, in_words(kept.scenario.name), self._of_plan(), one).open()

    def _ask_approve(self) -> None:
        waits = self.waiting()
        if waits is None:
            return
        title = self.tr("批准第 {n} 版").format(n=waits.version)
        text = self.tr("今天起按这一版处理，之前的一版停用；批准后不能收回。")
        told = self.tr("第 {n} 版已批准，今天起生效").format(n=waits.version)
        self._confirm(title, text, ApprovePlan(waits.code, waits.version), told)

    def _ask_drop(self) -> None:
        waits = self.waiting()
        if waits is not None:
            text = self.tr("第 {n} 版草稿会被删掉，已批准的版本不变。").format(n=waits.version)
            told = self.tr("草稿已删掉")
            self._confirm(self.tr("删掉草稿"), text, DropDraft(waits.code), told)

    def _ask_restore(self) -> None:
        kept = self.chosen()
        if kept is not None:
            text = self.tr("步骤和说明回到出厂内容，成为新的一版；做过的演练不受影响。")
            told = self.tr("已恢复出厂内容")
            self._confirm(self.tr("恢复出厂"), text, RestoreScenario(kept.scenario.code), told)

    def _confirm(self, title: str, text: str, command: object, told: str) -> None:
        dialog = ConfirmDialog(
            self, title=title, text=text, confirm=title, cancel=self.tr("返回"), danger=False
        )
        dialog.accepted.connect(
            lambda: self._station.run(self, command, lambda _none: self.said.emit(told))
        )
        dialog.open()

    def _ask_scenario(self) -> None:
        kept = self.chosen()
        if kept is not None:
            ScenarioDialog(self, self._station, kept, self.said.emit).open()

    def _ask_frequency(self) -> None:
        due = self._due()
        if due is not None:
            FrequencyDialog(self, self._station, due, self.said.emit).open()

    def _ask_lock(self) -> None:
        due = self._due()
        if due is not None:
            LockDialog(self, self._station, due, self.said.emit).open()

    # -- words ----------------------------------------------------------------------------------

    def retranslate(self) -> None:
        """Take all words anew."""
        self.title.setText(self.tr("预案和情景"))
        self.table.setAccessibleName(self.tr("预案和情景"))
        self.versions.setAccessibleName(self.tr("预案版本"))
        self.version_title.setText(self.tr("预案版本"))
        self.compare.setText(self.tr("对照两版"))
        self.reading.setAccessibleName(self.tr("预案正文"))
        self.take.setText(self.tr("导入情景"))
        self.give.setText(self.tr("导出情景"))
        self.new.setText(self.tr("新情景"))
        self.draft.setText(self.tr("起草新版"))
        self.approve.setText(self.tr("批准草稿"))
        self.drop.setText(self.tr("删掉草稿"))
        self.edit.setText(self.tr("修改情景"))
        self.restore.setText(self.tr("恢复出厂"))
        self.frequency.setText(self.tr("演练频率"))
        self.lock.setText(self.tr("上级行上限"))
        self._show()

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
