"""Owns the questions about a corrective action: done with what evidence, checked, did it help, a
later day, another owner; must not decide who may answer them."""

from __future__ import annotations

from datetime import date, timedelta

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QWidget

from branch.people.queries import StaffMember, staff_members
from branch.quality.commands import (
    GOOD,
    POOR,
    CheckAction,
    CheckEffect,
    FinishAction,
    HandAction,
    PostponeAction,
)
from branch.quality.queries import Action
from ui.shell.asking import Need
from ui.shell.station import Station
from ui.widgets.ask_dialog import AskDialog
from ui.widgets.choice import SegmentedControl
from ui.widgets.label import BODY, SECTION, Label
from ui.widgets.long_field import LongField
from ui.widgets.moment_fields import DayField
from ui.widgets.staff_field import StaffField, colleagues_among
from ui.widgets.stage import VBox

translate = QCoreApplication.translate

AGAIN = "again"


class ActionDialog(AskDialog):
    """A question about one action. ``said`` carries what happened, in words."""

    said = Signal(str)

    def __init__(self, parent: QWidget, station: Station, title: str, action: Action) -> None:
        super().__init__(parent, station, title, action.text, width=560)
        self.action = action

    def ready(self, words: str) -> None:
        """Tell that it went through."""
        self.said.emit(words)


class FinishActionDialog(ActionDialog):
    """The owner says that it is done, with the evidence."""

    def __init__(self, parent: QWidget, station: Station, action: Action) -> None:
        title = translate("ActionDialogs", "填写完成情况")
        super().__init__(parent, station, title, action)
        self.evidence = self.add_text(
            translate("ActionDialogs", "做了什么，凭据在哪里，另一位同事会来核对"), "evidence"
        )
        self.offer(
            translate("ActionDialogs", "报告完成"),
            translate("ActionDialogs", "返回"),
            lambda: FinishAction(action.id, self.evidence.toPlainText()),
            lambda _none: self.ready(translate("ActionDialogs", "已报告完成，等同事复核")),
        )
        self.evidence.textChanged.connect(self._follow)
        self._follow()
        self.evidence.setFocus()

    def _follow(self) -> None:
        self.confirm_button.setEnabled(bool(self.evidence.toPlainText().strip()))

    def written(self) -> object:
        """The evidence."""
        return self.evidence.toPlainText()


class CheckActionDialog(ActionDialog):
    """Somebody else has looked: it is done, or goes back to its owner."""

    def __init__(self, parent: QWidget, station: Station, action: Action) -> None:
        title = translate("ActionDialogs", "复核整改")
        super().__init__(parent, station, title, action)
        self.body.add_gap(12)
        self.body.addWidget(
            Label(
                translate("ActionDialogs", "{name}填写的完成情况").format(name=action.owner_name),
                SECTION,
            )
        )
        self.body.add_gap(4)
        self.body.addWidget(Label(action.evidence, BODY, wrap=True))
        self.outcome = self.add_control(
            translate("ActionDialogs", "看过以后"),
            SegmentedControl(
                [
                    (GOOD, translate("ActionDialogs", "做到了，办结")),
                    (AGAIN, translate("ActionDialogs", "没有做到，退回")),
                ]
            ),
        )
        self.offer(
            translate("ActionDialogs", "确认"),
            translate("ActionDialogs", "返回"),
            lambda: CheckAction(action.id, self.outcome.current() == GOOD),
            lambda _none: self.ready(self._words()),
        )

    def _words(self) -> str:
        if self.outcome.current() == GOOD:
            return translate("ActionDialogs", "整改已办结")
        return translate("ActionDialogs", "已退回责任人")


class CheckEffectDialog(ActionDialog):
    """Somebody else has looked a while later: it helped, or has to be mended anew."""

    def __init__(self, parent: QWidget, station: Station, action: Action) -> None:
        super().__init__(parent, station, translate("ActionDialogs", "复核整改效果"), action)
        done = translate("ActionDialogs", "{name}填写的完成情况").format(name=action.owner_name)
        self.body.add_gap(12)
        self.body.addWidget(Label(done, SECTION))
        self.body.add_gap(4)
        self.body.addWidget(Label(action.evidence, BODY, wrap=True))
        self.outcome = self.add_control(
            translate("ActionDialogs", "看过以后"),
            SegmentedControl(
                [
                    (GOOD, translate("ActionDialogs", "有效果")),
                    (POOR, translate("ActionDialogs", "没有效果，重新整改")),
                ]
            ),
        )
        self.grounds = LongField(translate("ActionDialogs", "看到了什么，为什么没有效果"))
        self.day = DayField()
        self.day.set_label(translate("ActionDialogs", "新的完成日期"))
        self.day.set_day(station.now().date() + timedelta(days=14))
        self._fields = {"grounds": self.grounds, "due_on": self.day}
        self._anew = QWidget()
        column = VBox(spacing=14, parent=self._anew)
        column.addWidget(self.grounds)
        column.addWidget(self.day)
        self._anew.hide()
        self.body.add_gap(14)
        self.body.addWidget(self._anew)
        self.outcome.chosen.connect(self._follow)
        self.offer(
            translate("ActionDialogs", "确认"),
            translate("ActionDialogs", "返回"),
            self._command,
            lambda _none: self.ready(self._words()),
        )

    def _follow(self, outcome: str) -> None:
        self._anew.setVisible(outcome == POOR)
        self.adjustSize()

    def _command(self) -> CheckEffect:
        if self.outcome.current() == GOOD:
            return CheckEffect(self.action.id, good=True)
        return CheckEffect(self.action.id, False, self.grounds.text(), self.day.day())

    def _words(self) -> str:
        if self.outcome.current() == GOOD:
            return translate("ActionDialogs", "已记下：有效果")
        return translate("ActionDialogs", "已退回责任人，重新整改")

    def written(self) -> object:
        """What was seen."""
        return self.grounds.text()


class HandActionDialog(ActionDialog):
    """Another owner."""

    def __init__(self, parent: QWidget, station: Station, action: Action) -> None:
        title = translate("ActionDialogs", "换责任人")
        super().__init__(parent, station, title, action)
        self.owner = self.add_place("owner", StaffField("owner_unknown"))
        now = translate("ActionDialogs", "由谁接着办，现在由{name}负责")
        self.owner.set_label(now.format(name=action.owner_name))
        self.owner.edit.setPlaceholderText(translate("ActionDialogs", "姓名或工号"))
        self.offer(
            translate("ActionDialogs", "换责任人"),
            translate("ActionDialogs", "返回"),
            lambda: HandAction(action.id, self.owner.staff() or 0),
            lambda _none: self.ready(translate("ActionDialogs", "已换责任人")),
        )
        # Until it is known who works here nobody can be meant.
        self.confirm_button.setEnabled(False)
        Need(station, self, staff_members, self._take)
        self.owner.edit.setFocus()

    def _take(self, members: tuple[StaffMember, ...]) -> None:
        # Also who has it now: that he does is said to whoever chooses him.
        self.owner.show_colleagues(colleagues_among(members))
        self.owner.settle()
        self.confirm_button.setEnabled(True)

    def written(self) -> object:
        """Whom somebody chose."""
        return self.owner.text()


class PostponeActionDialog(ActionDialog):
    """A later day."""

    def __init__(self, parent: QWidget, station: Station, action: Action) -> None:
        title = translate("ActionDialogs", "推迟完成日期")
        super().__init__(parent, station, title, action)
        self.day = self.add_place("due_on", DayField())
        self.day.set_label(translate("ActionDialogs", "新的完成日期"))
        latest = max(date.fromisoformat(action.due_on), station.now().date())
        self.day.set_day(latest + timedelta(days=7))
        self.offer(
            translate("ActionDialogs", "推迟"),
            translate("ActionDialogs", "返回"),
            lambda: PostponeAction(action.id, self.day.day()),
            lambda _none: self.ready(translate("ActionDialogs", "完成日期已推迟")),
        )
        self.day.edit.setFocus()

    def written(self) -> object:
        """The day."""
        return self.day.day()
