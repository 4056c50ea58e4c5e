"""Owns the questions before a year is imported or a former version put back: what it changes, what
is doubtful, the notice's number; must not read a file."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QWidget

from branch.kernel.errors import BadInput, TingtangError
from branch.workdays.commands import ImportYear, RestoreYear
from branch.workdays.import_file import Preview
from branch.workdays.queries import WorkYear
from ui.admin.changes_dialog import ChangesDialog
from ui.models.calendar_words import doubt_words, special_words
from ui.shell.station import Station, sentence
from ui.widgets.field import FieldEdit
from ui.widgets.label import CAPTION, Label

translate = QCoreApplication.translate


class YearDialog(ChangesDialog):
    """What would change in one or more years, and what is doubtful."""

    def __init__(
        self,
        parent: QWidget,
        station: Station,
        previews: Sequence[Preview],
        title: str,
        confirm: str,
    ) -> None:
        self.previews = tuple(previews)
        super().__init__(
            parent,
            station,
            title,
            _summary(previews),
            doubts=[doubt_words(code) for one in previews for code in one.doubts],
            lines=[line for one in previews for line in _lines(one)],
            what=translate("YearDialog", "会改变的日子"),
            compared=translate("YearDialog", "已对照公布的通知逐日核对"),
            confirm=confirm,
        )


def _summary(previews: Sequence[Preview]) -> str:
    if all(one.is_same for one in previews):
        return translate("YearDialog", "与现行安排一致，只记下出处。")
    told = translate("YearDialog", "新增 {added} 天，改动 {changed} 天，去掉 {removed} 天。")
    text = told.format(
        added=sum(len(one.added) for one in previews),
        changed=sum(len(one.changed) for one in previews),
        removed=sum(len(one.removed) for one in previews),
    )
    return text + translate("YearDialog", "确定后，正在计时的期限会重新计算。")


def _lines(preview: Preview) -> list[tuple[str, list[str]]]:
    """Head and days of each kind of change in one year."""
    parts = (
        (translate("YearDialog", "{year} 年新增"), preview.added),
        (
            translate("YearDialog", "{year} 年改动"),
            tuple(after for _before, after in preview.changed),
        ),
        (translate("YearDialog", "{year} 年去掉"), preview.removed),
    )
    return [
        (head.format(year=preview.year), list(map(special_words, days))) for head, days in parts
    ]


class ImportDialog(YearDialog):
    """``imported`` carries the years that are in force now."""

    imported = Signal(object)

    def __init__(
        self,
        parent: QWidget,
        station: Station,
        previews: Sequence[Preview],
        source: str,
        notice: str = "",
    ) -> None:
        title = translate("ImportDialog", "导入 {year} 年放假安排？").format(year=previews[0].year)
        super().__init__(parent, station, previews, title, translate("ImportDialog", "导入"))
        self._source = source
        self.notice = FieldEdit(self.tr("通知文号，可不填"))
        self.notice.set_text(notice)
        self.extra.add_gap(14)
        self.extra.addWidget(self.notice)
        self.notice.edit.setFocus()

    def send(self) -> None:
        """The December before comes first: its other days are there already."""
        self._send(list(reversed(self.previews)), None)

    def _send(self, left: list[Preview], _version: object) -> None:
        if not left:
            self.imported.emit(tuple(one.year for one in self.previews))
            self.accept()
            return
        one = left[0]
        command = ImportYear(one.year, one.days, self.notice.text(), self._source)
        self.station.run(self, command, partial(self._send, left[1:]), self.refused)

    def refused(self, error: TingtangError) -> None:
        """Say at the number what would be right, anything else at the end."""
        if isinstance(error, BadInput) and error.field == "notice":
            self.notice.set_error(sentence(error))
            self.notice.edit.setFocus()
            self._follow()
        else:
            super().refused(error)


class RestoreDialog(YearDialog):
    """``restored`` tells that the former version is in force again."""

    restored = Signal()

    def __init__(
        self, parent: QWidget, station: Station, preview: Preview, former: WorkYear, words: str
    ) -> None:
        title = translate("RestoreDialog", "恢复 {year} 年先前的安排？").format(year=former.year)
        super().__init__(parent, station, [preview], title, translate("RestoreDialog", "恢复此版"))
        self._command = RestoreYear(former.year, former.version)
        self.which = Label(words, CAPTION, wrap=True)
        self.extra.add_gap(12)
        self.extra.addWidget(self.which)
        self.confirm_button.setFocus()

    def send(self) -> None:
        """Put it back."""
        self.station.run(self, self._command, self._done, self.refused)

    def _done(self, _version: object) -> None:
        self.restored.emit()
        self.accept()
