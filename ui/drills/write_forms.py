"""Owns what is written after a run: answers to the questions of the hot wash, the report of a real
incident; sends them on request and keeps what was typed when it is refused."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QCoreApplication, QTimer, Signal
from PySide6.QtWidgets import QWidget

from branch.drills.commands.incidents import FillReport
from branch.drills.commands.review import WriteHotWash
from branch.drills.queries.detail import RunDetail
from branch.drills.rules.run import REAL_FIELDS, REAL_LEVELS
from branch.kernel.errors import BadInput, TingtangError
from ui.drills.run_desk import RunDesk
from ui.models.drill_words import in_english, incident_level, report_field
from ui.shell.station import sentence
from ui.widgets.button import LARGE, PrimaryButton
from ui.widgets.chips import Chips
from ui.widgets.field import ErrorLine
from ui.widgets.label import SECOND, Label, TextRole
from ui.widgets.long_field import LongField
from ui.widgets.scroll_area import ScrollArea
from ui.widgets.stage import HBox, VBox

translate = QCoreApplication.translate

_CAPTION = TextRole(13, 500, "ink2")


class WriteForm(QWidget):
    """Fields over a button that keeps them. ``said`` carries what was done.

    What is typed stays until it is kept: news from the store fill a field only while nobody has
    changed it.
    """

    said = Signal(str)

    def __init__(self, desk: RunDesk) -> None:
        super().__init__()
        self.desk = desk
        self.fields: dict[str, LongField] = {}
        self._kept: dict[str, str] = {}
        self.hint = Label("", SECOND, wrap=True)
        body = QWidget()
        self.rows = VBox(spacing=14, margins=(0, 0, 12, 0), parent=body)
        self.area = ScrollArea(body, bare=True)
        self.error = ErrorLine()
        self.save = PrimaryButton("", size=LARGE)
        self.save.clicked.connect(self.send)
        foot = HBox(spacing=12)
        foot.addWidget(self.error, 1)
        foot.addWidget(self.save)
        column = VBox(spacing=12, margins=(20, 16, 20, 16), parent=self)
        column.addWidget(self.hint)
        column.addWidget(self.area, 1)
        column.addLayout(foot)

    def add(self, name: str, lines: int = 2) -> LongField:
        """One more field."""
        field = LongField("", lines)
        self.fields[name] = field
        self.rows.addWidget(field)
        return field

    def show_kept(self, kept: Mapping[str, str]) -> None:
        """Show what the store keeps, where nobody is writing something else."""
        for name, field in self.fields.items():
            told = kept.get(name, "")
            if field.text() == self._kept.get(name, ""):
                if field.text() != told:
                    field.set_text(told)
                self._kept[name] = told

    def texts(self) -> dict[str, str]:
        """What stands in the fields."""
        return {name: field.text() for name, field in self.fields.items()}

    def taken(self) -> Callable[[], None]:
        """What else is noted as kept, as it stands at the press."""
        return lambda: None

    def unsaved(self) -> bool:
        """Whether something was typed that nobody has kept yet."""
        return any(
            field.text() != self._kept.get(name, "") and not field.edit.isReadOnly()
            for name, field in self.fields.items()
        )

    def command(self) -> object:
        """What the button sends."""
        raise NotImplementedError

    def done_words(self) -> str:
        """What is said when it was kept."""
        raise NotImplementedError

    def send(self) -> None:
        """Keep what was typed."""
        self.error.show_error("")
        told = self.texts()
        self.save.setEnabled(False)

        taken = self.taken()

        def done(_none: object) -> None:
            self.save.setEnabled(True)
            self._kept = told
            taken()
            self.said.emit(self.done_words())

        self.desk.send(self.command(), done, self._refuse)

    def _refuse(self, error: TingtangError) -> None:
        self.save.setEnabled(True)
        name = error.field.split(".")[-1] if isinstance(error, BadInput) else ""
        field = self.fields.get(name)
        if field is None:
            self.error.show_error(sentence(error))
        else:
            self.point_out(name, sentence(error))

    def point_out(self, name: str, told: str) -> None:
        """Say at a field what would be right, and go there."""
        field = self.fields[name]
        field.set_error(told)
        field.edit.setFocus()
        # The sentence takes its room before the field is brought into sight.
        QTimer.singleShot(0, field, lambda: self.area.ensureWidgetVisible(field))


class HotWashForm(WriteForm):
    """What those who took part say right afterwards."""

    def __init__(self, desk: RunDesk) -> None:
        super().__init__(desk)
        self._questions = desk.detail.scenario.questions if desk.detail else ()
        for at, _words in enumerate(self._questions):
            self.add(str(at))
        self.add("notes", 3)
        self.rows.addStretch(1)
        self.retranslate()

    def show_run(self, detail: RunDetail) -> None:
        """Show what was said; after the review it stands."""
        said = detail.hot_wash
        answers = said.answers if said else ()
        kept = {str(at): text for at, text in enumerate(answers)}
        self.show_kept({**kept, "notes": said.notes if said else ""})
        self.save.setVisible(detail.line.state == "ended")
        for field in self.fields.values():
            field.edit.setReadOnly(detail.line.state != "ended")

    def command(self) -> object:
        """The answers in the order of the questions."""
        told = self.texts()
        answers = tuple(told[str(at)] for at, _words in enumerate(self._questions))
        return WriteHotWash(self.desk.run_id, answers, told["notes"])

    def done_words(self) -> str:
        """What is said then."""
        return translate("HotWashForm", "讲评已保存")

    def retranslate(self) -> None:
        """Take all words anew."""
        self.area.setAccessibleName(translate("HotWashForm", "讲评"))
        self.hint.setText(
            translate(
                "HotWashForm", "结束后马上和参演的人一起说，先说事实，不追究个人。没有的可以不填。"
            )
        )
        language = "en" if in_english() else "zh"
        for at, words in enumerate(self._questions):
            self.fields[str(at)].set_label(words.text(language))
        self.fields["notes"].set_label(translate("HotWashForm", "其他"))
        self.save.setText(translate("HotWashForm", "保存讲评"))


class IncidentForm(WriteForm):
    """The report of a real incident: its level and ten fields (银协发〔2009〕51号)."""

    def __init__(self, desk: RunDesk) -> None:
        super().__init__(desk)
        self._kept_level = ""
        self.level_caption = Label("", _CAPTION)
        self.level = Chips(3)
        self.rows.addWidget(self.level_caption)
        self.rows.addWidget(self.level)
        for name in REAL_FIELDS:
            self.add(name)
        self.rows.addStretch(1)
        self.retranslate()

    def show_run(self, detail: RunDetail) -> None:
        """Show what was reported so far."""
        self.show_kept(detail.report)
        told = detail.line.level
        if self.level.code() == self._kept_level:
            self.level.choose(frozenset({told} if told else ()))
        if self.level.code() == told:
            self._kept_level = told
        open_ = detail.line.state != "reviewed"
        self.save.setVisible(open_)
        self.level.setEnabled(open_)
        for field in self.fields.values():
            field.edit.setReadOnly(not open_)

    def taken(self) -> Callable[[], None]:
        """The level."""
        level = self.level.code()

        def note() -> None:
            self._kept_level = level

        return note

    def unsaved(self) -> bool:
        """Fields, or the level."""
        level = self.level.isEnabled() and self.level.code() != self._kept_level
        return level or super().unsaved()

    def command(self) -> object:
        """Level and fields."""
        return FillReport(self.desk.run_id, self.level.code(), self.texts())

    def done_words(self) -> str:
        """What is said then."""
        return translate("IncidentForm", "险情报告已保存")

    def _refuse(self, error: TingtangError) -> None:
        if isinstance(error, BadInput) and error.field == "level":
            self.save.setEnabled(True)
            self._ask_level()
            return
        super()._refuse(error)

    def _ask_level(self) -> None:
        self.error.show_error(translate("IncidentForm", "请选一个级别"))
        self.level.focus_first()
        self.area.ensureWidgetVisible(self.level)

    def point_to_first_empty(self, told: str) -> None:
        """Go to what the review still wants."""
        empty = next((name for name, field in self.fields.items() if not field.text()), "")
        if not self.level.code():
            self._ask_level()
        elif empty:
            self.point_out(empty, told)

    def retranslate(self) -> None:
        """Take all words anew."""
        self.area.setAccessibleName(translate("IncidentForm", "险情报告"))
        self.hint.setText(
            translate("IncidentForm", "按银行业协会指引的要素填写，级别和十项都填好才能完成评估。")
        )
        self.level_caption.setText(translate("IncidentForm", "级别"))
        self.level.setAccessibleName(translate("IncidentForm", "级别"))
        self.level.offer([(level, incident_level(level)) for level in REAL_LEVELS])
        for name in REAL_FIELDS:
            self.fields[name].set_label(report_field(name))
        self.save.setText(translate("IncidentForm", "保存险情报告"))
