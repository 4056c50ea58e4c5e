"""Owns the editor of a scenario; what cannot stand is said at its field, and what was typed stays;
decides nothing."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QStackedWidget, QWidget

from branch.drills.commands.scenarios import ChangeScenario
from branch.drills.queries.scenarios import Kept
from branch.drills.rules.scenario import LEVELS, Scenario, Words
from branch.kernel.errors import BadInput, TingtangError
from ui.drills.scenario_items import InjectsEditor, StepsEditor, whole
from ui.models.drill_words import incident_level
from ui.shell.station import Station, sentence
from ui.widgets.choice import SegmentedControl
from ui.widgets.choice_field import ChoiceField
from ui.widgets.field import FieldEdit
from ui.widgets.label import SECOND, Label
from ui.widgets.long_field import LongField
from ui.widgets.scroll_area import ScrollArea
from ui.widgets.stage import Grid, VBox
from ui.widgets.written_dialog import WrittenDialog

translate = QCoreApplication.translate

BASICS, INJECTS, STEPS, TEXTS = "basics", "injects", "steps", "texts"
_LINES = ("basis", "objectives", "never", "variants", "questions")
# What the parts take at most, and what stands around them in the window.
_HEIGHT, _AROUND = 560, 288
_SPLIT = "|"
_EMPTY = Scenario("", Words("", ""), "", 182, 30, (), (), (), (), (), (), ())


def _shown(lines: tuple[Words, ...]) -> str:
    return "\n".join(f"{one.zh} {_SPLIT} {one.en}" if one.en else one.zh for one in lines)


def _lines(text: str) -> tuple[Words, ...]:
    found = []
    for line in text.splitlines():
        zh, _split, en = line.partition(_SPLIT)
        if line.strip():
            found.append(Words(zh.strip(), en.strip()))
    return tuple(found)


class ScenarioDialog(WrittenDialog):
    """A scenario in force to be changed, or with None a new one."""

    def __init__(
        self, parent: QWidget, station: Station, kept: Kept | None, said: Callable[[str], None]
    ) -> None:
        title = (
            translate("ScenarioDialog", "修改情景")
            if kept
            else translate("ScenarioDialog", "新情景")
        )
        super().__init__(parent, station, title, kept.scenario.code if kept else "", width=980)
        self._scenario = kept.scenario if kept else _EMPTY
        self._new = kept is None
        self.parts = SegmentedControl(
            [
                (BASICS, translate("ScenarioDialog", "基本")),
                (INJECTS, translate("ScenarioDialog", "情景注入")),
                (STEPS, translate("ScenarioDialog", "步骤")),
                (TEXTS, translate("ScenarioDialog", "说明")),
            ],
            name=translate("ScenarioDialog", "看哪一部分"),
        )
        self.pages = QStackedWidget()
        self.pages.setFixedHeight(min(_HEIGHT, parent.window().height() - _AROUND))
        self.texts: dict[str, LongField] = {}
        self.lines: dict[str, FieldEdit] = {}
        self._places: dict[str, QWidget] = {}
        self.injects = InjectsEditor(
            self._scenario.injects, translate("ScenarioDialog", "情景注入")
        )
        self.steps = StepsEditor(self._scenario.steps, translate("ScenarioDialog", "步骤"))
        self.steps.set_injects(len(self._scenario.injects))
        self.steps.go_to(0)
        for key, page in (
            (BASICS, self._basics()),
            (INJECTS, self.injects),
            (STEPS, self.steps),
            (TEXTS, self._texts()),
        ):
            self._places[key] = page
            self.pages.addWidget(page)
        self.body.add_gap(12)
        self.body.addWidget(self.parts, 0, Qt.AlignmentFlag.AlignLeft)
        self.body.add_gap(12)
        self.body.addWidget(self.pages)
        seen = kept.version if kept else 0
        self.offer(
            translate("ScenarioDialog", "存为新的一版"),
            translate("ScenarioDialog", "返回"),
            lambda: ChangeScenario(self.scenario(), seen),
            lambda version: said(
                translate("ScenarioDialog", "情景已保存，第 {n} 版").format(n=version)
            ),
        )
        self.confirm_button.setDefault(False)
        self.parts.chosen.connect(self.show_part)
        self.injects.renumbered.connect(self.steps.follow)

    # -- building -------------------------------------------------------------------------------

    def _basics(self) -> QWidget:
        page, one = QWidget(), self._scenario
        grid = Grid(columns=2, spacing=14)
        for at, (name, label, text) in enumerate(
            (
                ("code", translate("ScenarioDialog", "编号，如 FIRE-02"), one.code),
                ("name.zh", translate("ScenarioDialog", "名称"), one.name.zh),
                ("name.en", translate("ScenarioDialog", "英文名称"), one.name.en),
                (
                    "frequency_days",
                    translate("ScenarioDialog", "多少天演练一次"),
                    str(one.frequency_days),
                ),
                (
                    "planned_minutes",
                    translate("ScenarioDialog", "计划用时，分钟"),
                    str(one.planned_minutes),
                ),
            )
        ):
            field = FieldEdit(label)
            field.set_text(text)
            self.lines[name] = field
            grid.addWidget(field, at // 2, at % 2, Qt.AlignmentFlag.AlignTop)
        self.lines["code"].edit.setReadOnly(not self._new)
        self.level = ChoiceField()
        self.level.set_label(translate("ScenarioDialog", "事件级别"))
        for level in LEVELS:
            words = incident_level(level) if level else translate("ScenarioDialog", "不分级")
            self.level.combo.addItem(words, level)
        self.level.combo.setCurrentIndex(self.level.combo.findData(one.level))
        grid.addWidget(self.level, 2, 1, Qt.AlignmentFlag.AlignTop)
        column = VBox(parent=page)
        column.addLayout(grid)
        column.addStretch(1)
        return page

    def _texts(self) -> QWidget:
        body, one = QWidget(), self._scenario
        rows = VBox(spacing=12, margins=(0, 0, 12, 0), parent=body)
        hint = translate("ScenarioDialog", "一行一条，中文和英文之间用 | 隔开，英文可不填")
        rows.addWidget(Label(hint, SECOND, wrap=True))
        for name, label, lines in (
            ("basis", translate("ScenarioDialog", "依据"), one.basis),
            ("objectives", translate("ScenarioDialog", "演练目的"), one.objectives),
            ("never", translate("ScenarioDialog", "千万别做"), one.never),
            ("variants", translate("ScenarioDialog", "变化"), one.variants),
            ("questions", translate("ScenarioDialog", "讲评问题"), one.questions),
        ):
            field = LongField(label, 4)
            field.set_text(_shown(lines))
            self.texts[name] = field
            rows.addWidget(field)
        self._area = ScrollArea(body, bare=True)
        self._area.setAccessibleName(translate("ScenarioDialog", "说明"))
        return self._area

    def show_part(self, key: str) -> None:
        """Go to a part; the steps know the injects as they are now."""
        if key == STEPS:
            self.steps.set_injects(len(self.injects.items))
            self.steps.go_to(self.steps.at)
        self.parts.set_current(key)
        self.pages.setCurrentWidget(self._places[key])

    # -- what was typed -------------------------------------------------------------------------

    def written(self) -> object:
        """The scenario as it stands."""
        return self.scenario()

    def scenario(self) -> Scenario:
        """The scenario as it stands in the editor."""
        text = {name: field.text() for name, field in self.lines.items()}
        told = {name: _lines(field.text()) for name, field in self.texts.items()}
        return Scenario(
            code=text["code"].strip(),
            name=Words(text["name.zh"], text["name.en"]),
            level=str(self.level.combo.currentData()),
            frequency_days=whole(text["frequency_days"]),
            planned_minutes=whole(text["planned_minutes"]),
            injects=tuple(self.injects.items),
            steps=tuple(self.steps.items),
            **told,
        )

    def forgive(self) -> None:
        """Take the sentences of the last refusal away."""
        super().forgive()
        for line in self.lines.values():
            line.clear_error()
        for text in self.texts.values():
            text.set_error("")

    def refuse(self, error: TingtangError) -> None:
        """Go to the part, the row and the field that it names; what was typed stays."""
        field = error.field if isinstance(error, BadInput) else ""
        told, parts = sentence(error), field.split(".")
        if len(parts) > 2 and parts[0] in (STEPS, INJECTS) and parts[1].isdecimal():
            self.show_part(parts[0])
            editor = self.steps if parts[0] == STEPS else self.injects
            editor.go_to(int(parts[1]) - 1)
            editor.show_error(".".join(parts[2:]), told)
        elif parts[0] in _LINES:
            self.show_part(TEXTS)
            place = self.texts[parts[0]]
            place.set_error(told)
            place.edit.setFocus()
            self._area.ensureWidgetVisible(place)
        elif field in self.lines:
            self.show_part(BASICS)
            self.lines[field].set_error(told)
            self.lines[field].edit.setFocus()
        else:
            if parts[0] in (STEPS, INJECTS):
                self.show_part(parts[0])
            super().refuse(error)
        self.confirm_button.setEnabled(True)
