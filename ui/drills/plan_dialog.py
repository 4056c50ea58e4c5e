"""Owns the question which drill is held when and how; decides nothing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QWidget

from branch.drills.commands.preparing import ChangeRun, PlanRun
from branch.drills.queries.detail import RunDetail
from branch.drills.rules.run import FORMS, WEATHER
from ui.models.drill_words import drill_form, in_words, weather_label
from ui.shell.station import Station
from ui.widgets.ask_dialog import AskDialog
from ui.widgets.chips import Chips
from ui.widgets.choice_field import ChoiceField
from ui.widgets.moment_fields import DayField

translate = QCoreApplication.translate


class PlanDialog(AskDialog):
    """Form, day and meeting point. ``planned`` carries the run."""

    planned = Signal(int)

    def __init__(self, parent: QWidget, station: Station, code: str, name: str) -> None:
        super().__init__(parent, station, translate("PlanDialog", "准备演练"), name, width=600)
        self.form = self.add_control(
            translate("PlanDialog", "怎样演练"), Chips(2, name=translate("PlanDialog", "怎样演练"))
        )
        self.form.offer([(form, drill_form(form)) for form in FORMS])
        self.form.choose(frozenset({FORMS[1]}))
        self.day = self.add_place("due_on", DayField())
        self.day.set_label(translate("PlanDialog", "哪一天"))
        self.day.set_day(station.now().date())
        self.place = self.add_field("place", translate("PlanDialog", "集合点"))
        self.offer(
            translate("PlanDialog", "排好"),
            translate("PlanDialog", "返回"),
            lambda: PlanRun(code, self.form.code(), self.day.day(), None, self.place.text()),
            self._planned,
        )
        self.form.chosen.connect(lambda: self.confirm_button.setEnabled(bool(self.form.code())))
        self.form.focus_first()

    def _planned(self, run: object) -> None:
        assert isinstance(run, int)  # what the command gives
        self.planned.emit(run)


class ChangeRunDialog(AskDialog):
    """The same questions of a drill that is planned, with its variant and the weather."""

    def __init__(
        self, parent: QWidget, station: Station, detail: RunDetail, said: Callable[[str], None]
    ) -> None:
        title = translate("ChangeRunDialog", "修改安排")
        super().__init__(parent, station, title, in_words(detail.line.name), width=640)
        line = detail.line
        name = translate("ChangeRunDialog", "怎样演练")
        self.form = self.add_control(name, Chips(2, name=name))
        self.form.offer([(form, drill_form(form)) for form in FORMS])
        self.form.choose(frozenset({line.form}))
        self.variant = ChoiceField()
        self.variant.set_label(translate("ChangeRunDialog", "变化"))
        self.variant.combo.addItem(translate("ChangeRunDialog", "按原来的情景"), -1)
        for at, words in enumerate(detail.scenario.variants):
            self.variant.combo.addItem(in_words(words), at)
        self.variant.combo.setCurrentIndex(
            0 if detail.variant is None else self.variant.combo.findData(detail.variant)
        )
        self.body.add_gap(14)
        self.body.addWidget(self.variant)
        self.day = self.add_place("due_on", DayField())
        self.day.set_label(translate("ChangeRunDialog", "哪一天"))
        self.day.set_day(date.fromisoformat(line.due_on))
        self.place = self.add_field("place", translate("ChangeRunDialog", "集合点"))
        self.place.set_text(detail.place)
        name = translate("ChangeRunDialog", "天气")
        self.weather = self.add_control(name, Chips(6, name=name))
        self.weather.offer([(code, weather_label(code)) for code in WEATHER if code])
        self.weather.choose(frozenset({detail.weather} if detail.weather else ()))
        self.offer(
            translate("ChangeRunDialog", "保存"),
            translate("ChangeRunDialog", "返回"),
            lambda: ChangeRun(
                line.id,
                self.form.code(),
                self.day.day(),
                self._variant(),
                self.place.text(),
                self.weather.code(),
            ),
            lambda _none: said(translate("ChangeRunDialog", "安排已保存")),
        )
        self.form.chosen.connect(lambda: self.confirm_button.setEnabled(bool(self.form.code())))
        self.form.focus_first()

    def _variant(self) -> int | None:
        at = int(self.variant.combo.currentData())
        return None if at < 0 else at
