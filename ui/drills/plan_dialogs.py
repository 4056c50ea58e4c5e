"""Owns the questions about a plan: a new version's words, how often it is drilled, which plan is
opened for real; decides none of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QWidget

from branch.drills.commands.frequency import LockFrequency, SetFrequency
from branch.drills.commands.incidents import OpenIncident
from branch.drills.commands.plans import DraftPlan, newest_made
from branch.drills.queries.calendar import Due
from branch.drills.queries.plans import DRAFT, PlanVersion
from branch.drills.rules.scenario import Scenario, Words
from branch.kernel.store import Store
from branch.lobby.commands.freezing import FreezeLobby
from branch.people.rules import permits
from branch.quality.queries import Action, open_actions
from ui.models.drill_words import in_words
from ui.shell.station import Station
from ui.widgets.ask_dialog import AskDialog
from ui.widgets.chips import Chips
from ui.widgets.choice import CheckRow
from ui.widgets.choice_field import ChoiceField
from ui.widgets.field import FieldEdit
from ui.widgets.written_dialog import WrittenDialog

translate = QCoreApplication.translate
Said = Callable[[str], None]

_BODY = 156


class DraftDialog(WrittenDialog):
    """A new version: title, text, what changed, and the action that it answers."""

    def __init__(
        self,
        parent: QWidget,
        station: Station,
        scenario: Scenario,
        last: PlanVersion | None,
        said: Said,
    ) -> None:
        title = translate("DraftDialog", "起草新版")
        if last is not None and last.made_at is not None and last.status == DRAFT:
            title = translate("DraftDialog", "接着写草稿")
        super().__init__(parent, station, title, in_words(scenario.name), width=760)
        self.zh = self.add_field("title.zh", translate("DraftDialog", "标题"))
        self.en = self.add_field("title.en", translate("DraftDialog", "英文标题，可不填"))
        words = last.title if last else scenario.name
        self.zh.set_text(words.zh)
        self.en.set_text(words.en)
        self.text = self.add_text(translate("DraftDialog", "预案正文"), "body")
        self.text.setFixedHeight(_BODY)
        self.text.setPlainText(last.body if last else "")
        self.changes = self.add_text(translate("DraftDialog", "这一版改了什么"), "changes")
        # A draft that waits is written on, not begun anew.
        waits = last if last is not None and last.status == DRAFT else None
        self.changes.setPlainText(waits.changes if waits else "")
        self.because = ChoiceField()
        self.because.set_label(translate("DraftDialog", "回应哪项整改"))
        self.because.combo.addItem(translate("DraftDialog", "不是因为整改"), 0)
        if waits is not None and waits.because_action is not None:
            self.because.combo.addItem(
                translate("DraftDialog", "和草稿里的一样"), waits.because_action
            )
            self.because.combo.setCurrentIndex(1)
        self.body.add_gap(14)
        self.body.addWidget(self.because)
        seen = newest_made((last,) if last else ())
        self.offer(
            translate("DraftDialog", "存为草稿"),
            translate("DraftDialog", "返回"),
            lambda: DraftPlan(
                scenario.code,
                Words(self.zh.text(), self.en.text()),
                self.text.toPlainText(),
                self.changes.toPlainText(),
                int(self.because.combo.currentData()) or None,
                seen,
            ),
            lambda _version: said(translate("DraftDialog", "草稿已保存，请另一位同事批准")),
        )
        station.ask(self, _drill_actions, self._offer_actions)
        self.zh.edit.setFocus()

    def written(self) -> object:
        """What stands in it."""
        texts = (self.text.toPlainText(), self.changes.toPlainText())
        return self.zh.text(), self.en.text(), *texts, self.because.combo.currentData()

    def _offer_actions(self, actions: tuple[Action, ...]) -> None:
        for one in actions:
            at = self.because.combo.findData(one.id)
            if at < 0:
                self.because.combo.addItem(one.text, one.id)
            else:
                self.because.combo.setItemText(at, one.text)


def _drill_actions(store: Store) -> tuple[Action, ...]:
    return tuple(one for one in open_actions(store) if one.source == "drill")


def _days(field: FieldEdit) -> int:
    """What was typed; a number that no rule lets through where it is none."""
    text = field.text().strip()
    return int(text) if text.isdecimal() and len(text) < 6 else -1


class FrequencyDialog(AskDialog):
    """How often the branch drills it."""

    def __init__(self, parent: QWidget, station: Station, due: Due, said: Said) -> None:
        text = translate("FrequencyDialog", "出厂为 {n} 天，填 0 用出厂值。依据：{basis}").format(
            n=due.default_days,
            basis=translate("FrequencyDialog", "；").join(in_words(one) for one in due.basis),
        )
        super().__init__(parent, station, translate("FrequencyDialog", "演练频率"), text, width=600)
        self.days = self.add_field("days", translate("FrequencyDialog", "多少天演练一次"))
        self.days.set_text(str(due.days))
        self.offer(
            translate("FrequencyDialog", "保存"),
            translate("FrequencyDialog", "返回"),
            lambda: SetFrequency(due.code, _days(self.days)),
            lambda _none: said(translate("FrequencyDialog", "演练频率已保存")),
        )
        self.days.edit.setFocus()

    def written(self) -> object:
        """The days."""
        return self.days.text()


class LockDialog(AskDialog):
    """Head office's longest time between two drills."""

    def __init__(self, parent: QWidget, station: Station, due: Due, said: Said) -> None:
        text = translate("LockDialog", "网点只能演练得更勤，填 0 取消上限。")
        super().__init__(parent, station, translate("LockDialog", "上级行上限"), text, width=600)
        self.days = self.add_field("days", translate("LockDialog", "最长多少天演练一次"))
        self.days.set_text(str(due.locked_days or 0))
        self.offer(
            translate("LockDialog", "保存"),
            translate("LockDialog", "返回"),
            lambda: LockFrequency(due.code, _days(self.days)),
            lambda _none: said(translate("LockDialog", "上限已保存")),
        )
        self.days.edit.setFocus()

    def written(self) -> object:
        """The days."""
        return self.days.text()


class IncidentDialog(AskDialog):
    """It is happening: which plan. ``opened`` carries the incident."""

    opened = Signal(int)

    def __init__(self, parent: QWidget, station: Station, due: Sequence[Due]) -> None:
        title = translate("IncidentDialog", "发生真实险情")
        text = translate(
            "IncidentDialog", "先打电话：110、119、120。选一个预案，马上打开步骤并开始计时。"
        )
        super().__init__(parent, station, title, text, width=680)
        name = translate("IncidentDialog", "打开哪个预案")
        self.which = self.add_control(name, Chips(2, name=name))
        self.which.offer([(one.code, in_words(one.name)) for one in due])
        self.freeze = CheckRow(translate("IncidentDialog", "同时停止大堂叫号"))
        self.freeze.setChecked(True)
        self.body.add_gap(10)
        self.body.addWidget(self.freeze)
        if not permits("FreezeLobby", station.person.roles):
            self.freeze.setChecked(False)
            self.freeze.hide()
        self.offer(
            translate("IncidentDialog", "打开预案"),
            translate("IncidentDialog", "返回"),
            lambda: OpenIncident(self.which.code()),
            self._opened,
            danger=True,
        )
        self.which.chosen.connect(self._follow)
        self._follow()
        self.which.focus_first()

    def _follow(self) -> None:
        self.confirm_button.setEnabled(bool(self.which.code()))

    def _opened(self, run: object) -> None:
        assert isinstance(run, int)  # what the command gives
        if self.freeze.isChecked():
            # The window outlives this question, and says why if calling cannot be stopped.
            self._station.run(self._station, FreezeLobby("real"))
        self.opened.emit(run)
