"""Owns the page after a run's end: what came of it, what is still to be written, the review; which
press means what."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QStackedWidget, QWidget

from branch.drills.commands.review import ReviewRun
from branch.drills.queries.detail import RunDetail
from branch.drills.rules.run import AREA, REAL_FIELDS
from branch.kernel.errors import BadInput, RuleBroken
from branch.people.rules import permits
from ui.drills.finding_dialogs import DrillActionDialog, FindingDialog
from ui.drills.findings_card import FindingsCard
from ui.drills.photo_page import PhotoPage
from ui.drills.run_desk import RunDesk
from ui.drills.run_dialogs import MarkDialog
from ui.drills.score_card import ScoreCard
from ui.drills.step_list import StepList
from ui.drills.step_paint import StepHead
from ui.drills.write_forms import HotWashForm, IncidentForm
from ui.shell.station import Station, sentence
from ui.widgets.action_dialogs import ActionDialog, CheckActionDialog, FinishActionDialog
from ui.widgets.button import LARGE, PrimaryButton
from ui.widgets.card import Card
from ui.widgets.choice import SegmentedControl
from ui.widgets.dialog import ConfirmDialog
from ui.widgets.field import ErrorLine
from ui.widgets.stage import HBox, VBox

STEPS, WASH, PHOTOS, REPORT = "steps", "wash", "photos", "report"
_LEFT, _RIGHT = 292, 340


class AfterPage(QWidget):
    """Figures and the review left; steps, hot wash, photos, incident report in the middle; what
    was found and what is done about it right. ``said`` carries what was done."""

    said = Signal(str)

    def __init__(self, station: Station, desk: RunDesk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._station, self.desk = station, desk
        roles, detail = station.person.roles, desk.detail
        self._may_mark = permits("MarkStep", roles)
        self._may_review = permits("ReviewRun", roles)
        self._real = detail is not None and detail.line.is_real
        self.score = ScoreCard(station)
        self.review = PrimaryButton("", size=LARGE, icon="check")
        self.error = ErrorLine()
        self.steps = StepList()
        self.head = StepHead(self.steps)
        self.wash = HotWashForm(desk)
        self.photos = PhotoPage(desk)
        self.report = IncidentForm(desk) if self._real else None
        self.findings = FindingsCard(
            station.person.staff,
            may_act=permits("AddDrillAction", roles),
            may_check=permits("CheckAction", roles),
        )
        self._build()
        self._wire()
        self.retranslate()
        self._show()

    def _build(self) -> None:
        side = QWidget()
        side.setFixedWidth(_LEFT)
        left = VBox(spacing=12, parent=side)
        left.addWidget(self.score)
        left.addStretch(1)
        left.addWidget(self.error)
        left.addWidget(self.review)
        keys = [(STEPS, ""), (WASH, ""), (PHOTOS, "")]
        if self.report is not None:
            keys.append((REPORT, ""))
        middle = Card()
        self.choice = SegmentedControl(keys)
        self.pages = QStackedWidget()
        listed = QWidget()
        rows = VBox(parent=listed)
        rows.addWidget(self.head)
        rows.addWidget(self.steps, 1)
        self._places: dict[str, QWidget] = {
            STEPS: listed,
            WASH: self.wash,
            PHOTOS: self.photos,
        }
        if self.report is not None:
            self._places[REPORT] = self.report
        for page in self._places.values():
            self.pages.addWidget(page)
        bar = HBox(margins=(16, 12, 16, 12))
        bar.addWidget(self.choice)
        bar.addStretch(1)
        column = VBox(margins=(1, 1, 1, 8), parent=middle)
        column.addLayout(bar)
        column.addWidget(self.pages, 1)
        self.findings.setFixedWidth(_RIGHT)
        row = HBox(spacing=16, parent=self)
        row.addWidget(side)
        row.addWidget(middle, 1)
        row.addWidget(self.findings)
        if self.report is not None:
            self.choice.set_current(REPORT)
            self.pages.setCurrentWidget(self.report)

    def _wire(self) -> None:
        desk, findings = self.desk, self.findings
        desk.shown.connect(self._show)
        self.choice.chosen.connect(self.show_part)
        self.steps.step_pressed.connect(self.ask_about)
        more = QShortcut(QKeySequence(Qt.Key.Key_F2), self.steps)
        more.setContext(Qt.ShortcutContext.WidgetShortcut)
        more.activated.connect(lambda: self.ask_about(self.steps.chosen()))
        said = self.said.emit
        findings.edit_wanted.connect(lambda seen: FindingDialog(self, desk, said, seen).open())
        findings.action_wanted.connect(
            lambda seen: DrillActionDialog(self, desk, said, seen).open()
        )
        findings.finish_wanted.connect(partial(self._ask_action, FinishActionDialog))
        findings.check_wanted.connect(partial(self._ask_action, CheckActionDialog))
        for part in (self.wash, self.photos, self.report):
            if part is not None:
                part.said.connect(said)
        self.review.clicked.connect(self._ask_review)

    def show_part(self, key: str) -> None:
        """Go to steps, hot wash, photos or the incident's report."""
        self.choice.set_current(key)
        self.pages.setCurrentWidget(self._places[key])

    # -- showing --------------------------------------------------------------------------------

    def _show(self) -> None:
        detail = self.desk.detail
        if detail is None or detail.line.ended_ms is None:
            return
        self.score.show_run(detail)
        self.steps.show_run(detail, detail.line.ended_ms)
        self.findings.show_run(detail)
        self.wash.show_run(detail)
        self.photos.show_run(detail)
        if self.report is not None:
            self.report.show_run(detail)
        self.review.setVisible(detail.line.state == "ended" and self._may_review)

    # -- doing ----------------------------------------------------------------------------------

    def ask_about(self, no: int) -> None:
        """Put a mark right, or mark what nobody did during the run."""
        detail = self.desk.detail
        if detail is None or detail.line.state != "ended" or not self._may_mark:
            return
        state = next((one for one in detail.steps if one.step.no == no), None)
        if state is not None:
            MarkDialog(self, self.desk, state, self.said.emit).open()

    def _ask_action(self, kind: type[FinishActionDialog | CheckActionDialog], one: object) -> None:
        detail = self.desk.detail
        action = next((a for a in detail.actions if a == one), None) if detail else None
        if action is not None:
            dialog: ActionDialog = kind(self, self._station, action)
            dialog.said.connect(self.said)
            dialog.open()

    def unsaved(self) -> str:
        """The part with something typed that nobody has kept, or nothing."""
        if self.report is not None and self.report.unsaved():
            return REPORT
        return WASH if self.wash.unsaved() else ""

    def _ask_review(self) -> None:
        """Say what the review makes final; what is typed and not kept would be lost by it."""
        self.error.show_error("")
        detail, part = self.desk.detail, self.unsaved()
        if detail is None:
            return
        if part:
            self.show_part(part)
            words = self.tr("险情报告还没有保存") if part == REPORT else self.tr("讲评还没有保存")
            self.error.show_error(words)
            return
        if self._is_lacking(detail):
            return
        dialog = ConfirmDialog(
            self,
            title=self.tr("完成评估"),
            text=self.tr("之后步骤、记录和讲评不再改变，整改还可以布置。"),
            open_items=self._open_items(detail),
            confirm=self.tr("完成评估"),
            cancel=self.tr("返回"),
            danger=False,
        )
        dialog.accepted.connect(self._review)
        dialog.open()

    def _is_lacking(self, detail: RunDetail) -> bool:
        """Whether something is wanted before the review; if so, say what, where it is written."""
        if self.report is not None:
            told = [detail.line.level, *(detail.report.get(name) for name in REAL_FIELDS)]
            left = sum(not one for one in told)
            if left:
                why = sentence(RuleBroken("incident_report_open", number=left))
                self.error.show_error(why)
                self.show_part(REPORT)
                self.report.point_to_first_empty(sentence(BadInput("field_empty", field="fields")))
                return True
        unclear = sum(one.kind == AREA and not one.cause for one in detail.observations)
        if unclear:
            why = sentence(RuleBroken("observation_cause_open", number=unclear))
            self.error.show_error(why)
        return unclear > 0

    def _open_items(self, detail: RunDetail) -> list[str]:
        """What whoever reviews may have forgotten."""
        left = sum(state.mark is None and not state.not_applicable for state in detail.steps)
        found = []
        if left and not detail.line.is_real:
            found.append(self.tr("还有 {n} 步没有记，按未做计分").format(n=left))
        if not detail.observations:
            found.append(self.tr("没有观察记录"))
        if detail.hot_wash is None:
            found.append(self.tr("没有讲评"))
        return found

    def _review(self) -> None:
        self.desk.send(
            ReviewRun(self.desk.run_id),
            lambda _none: self.said.emit(self.tr("评估已完成，成绩不再改变")),
            lambda error: self.error.show_error(sentence(error)),
        )

    # -- words ----------------------------------------------------------------------------------

    def retranslate(self) -> None:
        """Take all words anew."""
        self.steps.setAccessibleName(self.tr("演练步骤"))
        self.choice.setAccessibleName(self.tr("看哪一部分"))
        texts = {STEPS: self.tr("步骤"), WASH: self.tr("讲评"), PHOTOS: self.tr("照片")}
        if self.report is not None:
            texts[REPORT] = self.tr("险情报告")
            self.report.retranslate()
        self.choice.set_texts(texts)
        self.review.setText(self.tr("完成评估"))
        self.error.show_error("")
        for part in (self.score, self.findings, self.wash, self.photos):
            part.retranslate()
        self.head.update()
        self._show()

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
