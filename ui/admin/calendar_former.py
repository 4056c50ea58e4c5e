"""Owns the list of a year's former versions, each with its button; must not put one back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Final

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QWidget

from branch.workdays.queries import EDITED, YearVersion
from ui.shell.station import Station
from ui.widgets.button import SMALL_TOUCH, PlainButton
from ui.widgets.label import CAPTION, SECTION, Label
from ui.widgets.stage import HBox, VBox, clear

translate = QCoreApplication.translate

_MOST: Final = 5


def shipped_words() -> str:
    """Where a year is from that came with the program."""
    return translate("CalendarVersions", "随程序提供，国务院办公厅通知")


def version_words(version: YearVersion, station: Station, names: Mapping[int, str]) -> str:
    """A version with its day, by whom and from what it was made, and the notice's number."""
    if version.version == 0:
        return shipped_words()
    source = version.source
    if version.restored is not None:
        source = _restored_words(version.restored)
    elif source == EDITED:
        source = translate("CalendarVersions", "手工修改")
    told = translate("CalendarVersions", "第 {n} 版，{day} {name}").format(
        n=version.version,
        day=f"{station.local(version.imported_at):%Y-%m-%d}",
        name=names.get(version.imported_by, ""),
    )
    parts = (told, source, version.notice)
    return translate("CalendarVersions", "，").join(part for part in parts if part)


def _restored_words(former: int) -> str:
    if former == 0:
        return translate("CalendarVersions", "恢复为随程序提供的安排")
    return translate("CalendarVersions", "恢复自第 {n} 版").format(n=former)


class FormerVersions(QWidget):
    """``wanted`` carries the version that is to be put back; 0 is the one shipped."""

    wanted = Signal(int)

    def __init__(self, station: Station, *, may_change: bool) -> None:
        super().__init__()
        self._station, self._may_change = station, may_change
        self.title = Label("", SECTION)
        self.lines: list[Label] = []
        self.buttons: dict[int, PlainButton] = {}
        self._rows = VBox(spacing=8)
        column = VBox(spacing=6, parent=self)
        column.addWidget(self.title)
        column.addLayout(self._rows)
        column.addStretch(1)

    def show_versions(self, versions: Sequence[YearVersion], names: Mapping[int, str]) -> None:
        """Show what was in force before, the newest first."""
        self.title.setText(self.tr("先前的版本"))
        clear(self._rows)
        self.lines, self.buttons = [], {}
        for version in versions[:_MOST]:
            line = Label(version_words(version, self._station, names), CAPTION, wrap=True)
            self.lines.append(line)
            row = HBox(spacing=8)
            row.addWidget(line, 1)
            if self._may_change:
                row.addWidget(self._button(version.version), 0, Qt.AlignmentFlag.AlignTop)
            self._rows.addLayout(row)

    def _button(self, version: int) -> PlainButton:
        button = PlainButton(self.tr("恢复此版"), size=SMALL_TOUCH)
        name = _restored_words(version)
        button.setAccessibleName(name)
        button.setToolTip(name)
        button.clicked.connect(partial(self.wanted.emit, version))
        self.buttons[version] = button
        return button
