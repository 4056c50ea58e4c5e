"""Owns the questions about what was found: its words, cause and step, the action that mends it;
decides none of them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from branch.drills.commands.evidence import ChangeObservation, DropObservation, Observe
from branch.drills.commands.review import AddDrillAction
from branch.drills.queries.detail import Observation
from branch.drills.rules.run import AREA, ROOT_CAUSES, STRENGTH
from branch.people.queries import staff_members
from ui.drills.run_desk import RunDesk
from ui.models.drill_words import in_english, root_cause
from ui.widgets.button import LARGE, LinkButton
from ui.widgets.chips import Chips
from ui.widgets.choice import SegmentedControl
from ui.widgets.choice_field import ChoiceField
from ui.widgets.moment_fields import DayField
from ui.widgets.staff_field import StaffField, colleagues_among
from ui.widgets.written_dialog import WrittenDialog

translate = QCoreApplication.translate
Said = Callable[[str], None]

_DAYS = 14


class FindingDialog(WrittenDialog):
    """Something good or to mend: what, why (for what is to mend), at which step."""

    def __init__(
        self, parent: QWidget, desk: RunDesk, said: Said, seen: Observation | None = None
    ) -> None:
        title = translate("FindingDialog", "观察记录")
        super().__init__(parent, desk.station, title, width=620)
        self._desk, self._seen = desk, seen
        self.kind = self.add_control(
            translate("FindingDialog", "好的还是要改的"),
            SegmentedControl(
                [
                    (STRENGTH, translate("FindingDialog", "做得好")),
                    (AREA, translate("FindingDialog", "要改进")),
                ],
                current=seen.kind if seen else AREA,
                height=44,
            ),
        )
        self.words = self.add_text(translate("FindingDialog", "看到了什么"), "text")
        self.cause = self.add_control(
            translate("FindingDialog", "根本原因"),
            Chips(5, name=translate("FindingDialog", "根本原因")),
        )
        self.cause.offer([(code, root_cause(code)) for code in ROOT_CAUSES])
        self.step = ChoiceField()
        self.step.set_label(translate("FindingDialog", "在哪一步"))
        self.step.combo.addItem(translate("FindingDialog", "不指明"), 0)
        for state in desk.detail.steps if desk.detail else ():
            words = state.step.words.text("en" if in_english() else "zh")
            self.step.combo.addItem(f"{state.step.no}  {words}", state.step.no)
        self.body.add_gap(14)
        self.body.addWidget(self.step)
        if seen is not None:
            self.words.setPlainText(seen.text)
            self.cause.choose(frozenset({seen.cause} if seen.cause else ()))
            self.step.combo.setCurrentIndex(max(0, self.step.combo.findData(seen.step or 0)))
            self._add_drop(seen, said)
        self.offer(
            translate("FindingDialog", "记下"),
            translate("FindingDialog", "返回"),
            self._command,
            lambda _one: said(translate("FindingDialog", "已记下")),
        )
        self.kind.chosen.connect(lambda _kind: self._follow())
        self.words.textChanged.connect(self._follow)
        self._follow()
        self.words.setFocus()

    def _add_drop(self, seen: Observation, said: Said) -> None:
        self.drop = LinkButton(translate("FindingDialog", "删掉这条"), size=LARGE)
        self.drop.setAutoDefault(False)
        self.drop.setEnabled(seen.action is None)
        self.buttons.insertWidget(0, self.drop)

        def gone(_none: object) -> None:
            self.accept()
            said(translate("FindingDialog", "已删掉"))

        self.drop.clicked.connect(
            lambda _on=False: self._station.run(self, DropObservation(seen.id), gone, self.refuse)
        )

    def _command(self) -> object:
        kind, text = self.kind.current(), self.words.toPlainText()
        cause = self.cause.code() if kind == AREA else ""
        step = int(self.step.combo.currentData()) or None
        if self._seen is None:
            return Observe(self._desk.run_id, kind, text, cause, step)
        return ChangeObservation(self._seen.id, kind, text, cause, step)

    def _follow(self) -> None:
        self.cause.setEnabled(self.kind.current() == AREA)
        self.confirm_button.setEnabled(bool(self.words.toPlainText().strip()))


class DrillActionDialog(WrittenDialog):
    """Who mends it until when; somebody else will look whether it was done."""

    def __init__(
        self, parent: QWidget, desk: RunDesk, said: Said, seen: Observation | None = None
    ) -> None:
        title = translate("DrillActionDialog", "布置整改")
        super().__init__(parent, desk.station, title, seen.text if seen else "", width=600)
        station = desk.station
        self.words = self.add_text(translate("DrillActionDialog", "要做什么"), "text")
        self.owner = self.add_place("owner", StaffField("staff_unknown"))
        self.owner.set_label(translate("DrillActionDialog", "谁来做"))
        self.day = self.add_place("due_on", DayField())
        self.day.set_label(translate("DrillActionDialog", "哪天前做完"))
        self.day.set_day(station.now().date() + timedelta(days=_DAYS))
        self.offer(
            translate("DrillActionDialog", "布置"),
            translate("DrillActionDialog", "返回"),
            lambda: AddDrillAction(
                desk.run_id,
                self.words.toPlainText(),
                self.owner.staff() or 0,
                self.day.day(),
                seen.id if seen else None,
            ),
            lambda _action: said(translate("DrillActionDialog", "已布置，责任人会收到提醒")),
        )
        station.ask(
            self, staff_members, lambda staff: self.owner.show_colleagues(colleagues_among(staff))
        )
        self.words.textChanged.connect(self._follow)
        self.owner.picked.connect(self._follow)
        self._follow()
        self.words.setFocus()

    def _follow(self) -> None:
        told = bool(self.words.toPlainText().strip())
        self.confirm_button.setEnabled(told and self.owner.staff() is not None)
