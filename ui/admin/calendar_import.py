"""Owns the question before a notice is imported: what it changes, what is doubtful, its number;
must not read the file."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Final

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QCheckBox, QFrame, QScrollArea, QWidget

from branch.kernel.errors import TingtangError
from branch.workdays.commands import ImportYear
from branch.workdays.import_file import Preview
from ui.models.calendar_words import doubt_words, special_words
from ui.shell.station import Station, sentence
from ui.widgets.button import LARGE, PlainButton, PrimaryButton
from ui.widgets.dialog import PanelDialog
from ui.widgets.field import ErrorLine, FieldEdit
from ui.widgets.label import BODY, SECTION, Label, TextRole
from ui.widgets.stage import HBox, VBox
from ui.widgets.state import State
from ui.widgets.status import StatusGlyph

translate = QCoreApplication.translate

_LIST_HEIGHT: Final = 250


class ImportDialog(PanelDialog):
    """``imported`` carries the years that are in force now; a refusal is said here.

    Where something is doubtful, a tick says that somebody has compared it with the notice.
    """

    imported = Signal(object)

    def __init__(
        self,
        parent: QWidget,
        station: Station,
        previews: Sequence[Preview],
        source: str,
        notice: str = "",
    ) -> None:
        year = previews[0].year
        title = translate("ImportDialog", "导入 {year} 年放假安排？").format(year=year)
        super().__init__(parent, title, width=600)
        self._station, self._previews, self._source = station, tuple(previews), source
        self.doubts = [code for one in previews for code in one.doubts]
        self.body.addWidget(Label(title, TextRole(20, 700), wrap=True))
        self.summary = Label(self._summary(), TextRole(15, 400, "ink2"), wrap=True)
        self.body.add_gap(6)
        self.body.addWidget(self.summary)
        for code in self.doubts:
            self.body.add_gap(8)
            self.body.addLayout(self._doubt(doubt_words(code)))
        self.lines = [line for one in previews for line in self._lines(one)]
        if self.lines:
            self.body.add_gap(14)
            self.body.addWidget(self._list())
        self.notice = FieldEdit(self.tr("通知文号，可不填"))
        self.notice.set_text(notice)
        self.body.add_gap(14)
        self.body.addWidget(self.notice)
        self.compared = QCheckBox(self.tr("已对照公布的通知逐日核对"))
        self.compared.setVisible(bool(self.doubts))
        self.body.add_gap(10)
        self.body.addWidget(self.compared, 0, Qt.AlignmentFlag.AlignLeft)
        self.error = ErrorLine()
        self.body.addWidget(self.error)
        self.cancel_button = PlainButton(self.tr("返回"), size=LARGE)
        self.import_button = PrimaryButton(self.tr("导入"), size=LARGE)
        self.cancel_button.setAutoDefault(False)
        for button in (self.cancel_button, self.import_button):
            self.buttons.addWidget(button)
        self.import_button.setDefault(True)
        self.cancel_button.clicked.connect(self.reject)
        self.import_button.clicked.connect(self._import)
        self.compared.toggled.connect(lambda _on: self._follow())
        self._follow()
        self.notice.edit.setFocus()

    def _summary(self) -> str:
        if all(one.is_same for one in self._previews):
            return self.tr("与现行安排一致，导入后只记下出处。")
        text = self.tr("新增 {added} 天，改动 {changed} 天，去掉 {removed} 天。").format(
            added=sum(len(one.added) for one in self._previews),
            changed=sum(len(one.changed) for one in self._previews),
            removed=sum(len(one.removed) for one in self._previews),
        )
        return text + self.tr("导入后，正在计时的期限会重新计算。")

    @staticmethod
    def _doubt(words: str) -> HBox:
        row = HBox(spacing=8)
        row.addWidget(StatusGlyph(State.ATTENTION, 18), 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(Label(words, TextRole(14, 500, "warn_text"), wrap=True), 1)
        return row

    def _lines(self, preview: Preview) -> list[tuple[str, list[str]]]:
        """Head and days of each kind of change in one year."""
        year = preview.year
        parts = (
            (self.tr("{year} 年新增").format(year=year), map(special_words, preview.added)),
            (
                self.tr("{year} 年改动").format(year=year),
                (special_words(after) for _before, after in preview.changed),
            ),
            (self.tr("{year} 年去掉").format(year=year), map(special_words, preview.removed)),
        )
        listed = ((head, list(days)) for head, days in parts)
        return [(head, days) for head, days in listed if days]

    def _list(self) -> QScrollArea:
        content = QWidget()
        column = VBox(spacing=4, margins=(12, 10, 12, 10), parent=content)
        for at, (head, days) in enumerate(self.lines):
            if at:
                column.add_gap(8)
            column.addWidget(Label(head, SECTION))
            for day in days:
                column.addWidget(Label(day, BODY))
        column.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.StyledPanel)
        area.setFixedHeight(min(_LIST_HEIGHT, content.sizeHint().height() + 4))
        area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        area.setAccessibleName(self.tr("会改变的日子"))
        area.setWidget(content)
        return area

    def _follow(self) -> None:
        self.import_button.setEnabled(not self.doubts or self.compared.isChecked())

    def _import(self) -> None:
        self.error.show_error("")
        self.import_button.setEnabled(False)
        # The December before comes first: its other days are there already.
        self._send(list(reversed(self._previews)), None)

    def _send(self, left: list[Preview], _version: object) -> None:
        if not left:
            self.imported.emit(tuple(one.year for one in self._previews))
            self.accept()
            return
        one = left[0]
        command = ImportYear(one.year, one.days, self.notice.text(), self._source)
        self._station.run(self, command, partial(self._send, left[1:]), self._refused)

    def _refused(self, error: TingtangError) -> None:
        self.error.show_error(sentence(error))
        self._follow()
        self.adjustSize()
