"""Owns the page of the working calendar: years and where they are from, one day, the import;
must not decide which days are worked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtWidgets import QFileDialog, QSizePolicy

from branch.kernel.errors import BadInput, TingtangError
from branch.kernel.store import Store
from branch.people.queries import staff_members
from branch.people.rules import permits
from branch.workdays.commands import ImportYear
from branch.workdays.import_file import MOST_BYTES, YearFile, csv_text, previews, read_year
from branch.workdays.queries import (
    EDITED,
    SHIPPED,
    WorkYear,
    YearVersion,
    work_calendar,
    work_years,
    year_version,
    year_versions,
)
from branch.workdays.rules import WorkCalendar
from branch.workdays.shipped import shipped_years
from ui.admin.calendar_day import DayPanel
from ui.admin.calendar_former import FormerVersions, version_words
from ui.admin.calendar_import import ImportDialog, RestoreDialog
from ui.admin.calendar_year import DayLegend, YearPicture
from ui.admin.page import AdminPage, scrolled
from ui.shell.station import Station, sentence
from ui.widgets.button import PlainButton
from ui.widgets.card import Card
from ui.widgets.field import ErrorLine
from ui.widgets.label import CAPTION, CARD_TITLE, SECOND, Label
from ui.widgets.rows import Chooser, Row
from ui.widgets.stage import HBox, VBox
from ui.widgets.state import State
from ui.widgets.status import StatusChip
from ui.widgets.table_button import TableButton

_YEARS_WIDTH, _DAY_WIDTH = 180, 300
_FORMER_LEAST: Final = 84
_PAD: Final = (16, 14, 16, 14)


@dataclass(frozen=True)
class _Shown:
    """Every known year by its number, the calendar in force, all versions, names of staff."""

    years: dict[int, WorkYear]
    calendar: WorkCalendar
    versions: tuple[YearVersion, ...]
    names: dict[int, str]


def _read(store: Store) -> _Shown:
    return _Shown(
        {one.year: one for one in work_years(store)},
        work_calendar(store),
        year_versions(store),
        {member.id: member.name for member in staff_members(store)},
    )


class CalendarPage(AdminPage):
    """Years at the left, the twelve months of one, the chosen day and the import at the right."""

    topics = frozenset({"calendar"})

    def __init__(self, station: Station) -> None:
        super().__init__(station)
        self._shown: _Shown | None = None
        # The year to go to with the next answer.
        self._next = ""
        self._may_change = permits("ImportYear", station.person.roles)
        self.years = Chooser()
        self.title = Label("", CARD_TITLE)
        self.chip = StatusChip(State.OK, "")
        self.source = Label("", CAPTION, wrap=True)
        self.legend = DayLegend()
        self.picture = YearPicture()
        self.day = DayPanel()
        self.import_title = Label("", CARD_TITLE)
        self.import_note = Label("", SECOND, wrap=True)
        self.import_button = PlainButton("", icon="calendar")
        self.trouble = ErrorLine()
        self.table = TableButton()
        self.former = FormerVersions(station, may_change=self._may_change)
        self.former_room = scrolled(self.former)
        self._build()
        self.years.chosen.connect(lambda _key: self._show_year())
        self.picture.chosen.connect(lambda _day: self._show_day())
        self.day.save.clicked.connect(self._save_day)
        self.import_button.clicked.connect(self._ask_file)
        self.former.wanted.connect(self._ask_former)
        self.retranslate()

    def _build(self) -> None:
        left, middle, right, below = Card(), Card(), Card(), Card()
        VBox(margins=(8, 8, 8, 8), parent=left).addWidget(self.years)
        left.setFixedWidth(_YEARS_WIDTH)
        column = VBox(spacing=6, margins=_PAD, parent=middle)
        head = HBox(spacing=12)
        head.addWidget(self.title)
        head.addWidget(self.chip)
        head.addStretch(1)
        head.addWidget(self.legend)
        column.addLayout(head)
        column.addWidget(self.source)
        column.add_gap(6)
        column.addWidget(self.picture, 1)
        VBox(margins=_PAD, parent=right).addWidget(self.day)
        form = VBox(spacing=10, margins=_PAD, parent=below)
        form.addWidget(self.import_title)
        form.addWidget(self.import_note)
        form.addWidget(self.import_button)
        form.addWidget(self.trouble)
        form.addWidget(self.table)
        # However many there were: the cards keep to the window.
        self.former_room.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.former_room.setMinimumHeight(_FORMER_LEAST)
        form.addWidget(self.former_room)
        side = VBox(spacing=16)
        for card in (right, below):
            card.setFixedWidth(_DAY_WIDTH)
            side.addWidget(card)
        side.addStretch(1)
        whole = HBox(spacing=16, parent=self)
        whole.addWidget(left)
        whole.addWidget(middle, 1)
        whole.addLayout(side)
        self.import_button.setVisible(self._may_change)

    # -- reading --------------------------------------------------------------------------------

    def ask(self) -> None:
        """Read the years anew."""
        self._station.ask(self, _read, self._take)

    def _take(self, shown: _Shown) -> None:
        self._shown = shown
        self._show_years()
        self.loaded.emit()

    def _today(self) -> date:
        return self._station.now().date()

    def _show_years(self) -> None:
        shown = self._shown
        if shown is None:
            return
        today = self._today()
        years = sorted(shown.years.keys() | {today.year, today.year + 1}, reverse=True)
        rows = [
            Row(
                str(year),
                str(year),
                "" if year in shown.years else self.tr("暂定"),
                faint=year not in shown.years,
            )
            for year in years
        ]
        self.years.set_rows(rows, self._next or self.years.current() or str(today.year))
        self._next = ""
        self._show_year()

    def _show_year(self) -> None:
        shown = self._shown
        if shown is None or not self.years.current():
            return
        number, today = int(self.years.current()), self._today()
        year = shown.years.get(number)
        self.title.setText(self.tr("{year} 年").format(year=number))
        self._show_source(year, shown.names)
        self._show_versions(number, shown)
        day = self.picture.day
        if day.year != number:
            day = today if today.year == number else date(number, 1, 1)
        names = {one.day: one.name for one in year.days} if year else {}
        self.picture.show_year(shown.calendar, names, day, today)
        offered = (lambda: csv_text(year.days)) if year else None
        self.table.offer(self.tr("放假安排 {year}").format(year=number), offered)
        self._show_day()

    def _show_source(self, year: WorkYear | None, names: dict[int, str]) -> None:
        if year is None:
            self.chip.set_chip(State.ATTENTION, self.tr("暂定"))
            self.source.setText(
                self.tr("放假安排还没有导入：1 月 1 日按放假、周一至周五按上班计算")
            )
            return
        self.chip.set_chip(State.OK, self.tr("已公布"))
        self.source.setText(version_words(year, self._station, names))

    def _show_versions(self, number: int, shown: _Shown) -> None:
        """What was in force before, the newest first."""
        former = [one for one in shown.versions if one.year == number][1:]
        in_force = shown.years.get(number)
        if number in shipped_years() and in_force is not None and in_force.version > 0:
            former.append(YearVersion(number, 0, "", SHIPPED, 0, 0))
        self.former.show_versions(former, shown.names)
        self.former_room.setVisible(bool(former))

    def _show_day(self) -> None:
        if self._shown is not None:
            day = self.picture.day
            year = self._shown.years.get(day.year)
            special = next((one for one in year.days if one.day == day), None) if year else None
            may = self._may_change and year is not None
            self.day.show_day(day, self._shown.calendar, special, may_change=may)

    # -- doing ----------------------------------------------------------------------------------

    def _save_day(self) -> None:
        assert self._shown is not None  # nothing can be pressed before there was an answer
        day = self.picture.day
        year = self._shown.years[day.year]
        days = {one.day: one for one in year.days}
        wanted = self.day.wanted()
        if wanted is None:
            days.pop(day, None)
        else:
            days[day] = wanted
        command = ImportYear(
            day.year, tuple(days[one] for one in sorted(days)), year.notice, EDITED
        )
        self.send((command,), self._saved, {}, self.day.trouble, self.day.save)

    def _saved(self, _version: object) -> None:
        self.told.emit(self.tr("已保存，有关期限已重新计算"))
        self.ask()

    def _ask_file(self) -> None:
        dialog = QFileDialog(self, self.tr("导入放假安排"))
        dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilter("CSV, JSON (*.csv *.json)")
        dialog.fileSelected.connect(lambda file: self.offer_file(Path(file)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def offer_file(self, file: Path) -> None:
        """Show what a file would change; what is wrong with it is said under the button."""
        assert self._shown is not None  # nothing can be pressed before there was an answer
        self.trouble.show_error("")
        known = {number: one.days for number, one in self._shown.years.items()}
        try:
            found = read_year(file.name, _bytes(file))
            shown = previews(found, known)
        except BadInput as error:
            self._refuse_file(error)
            return
        notice = next((one for one in found.papers if len(one) <= 120), "")
        dialog = ImportDialog(self, self._station, shown, file.name, notice)
        dialog.imported.connect(self._imported)
        dialog.open()

    def _ask_former(self, version: int) -> None:
        year = int(self.years.current())
        question = partial(year_version, year=year, version=version)
        self._station.ask(self, question, self.offer_former)

    def offer_former(self, former: WorkYear | None) -> None:
        """Show what putting a former version back would change."""
        assert self._shown is not None  # nothing can be pressed before there was an answer
        if former is None:
            return
        known = {number: one.days for number, one in self._shown.years.items()}
        (preview,) = previews(YearFile(former.year, former.days), known)
        words = version_words(former, self._station, self._shown.names)
        dialog = RestoreDialog(self, self._station, preview, former, words)
        dialog.restored.connect(self._restored)
        dialog.open()

    def _restored(self) -> None:
        self.told.emit(self.tr("已恢复，有关期限已重新计算"))
        self.ask()

    def _refuse_file(self, error: TingtangError) -> None:
        self.forgive()
        self.mark(self.trouble, lambda: sentence(error))

    def _imported(self, years: tuple[int, ...]) -> None:
        self.told.emit(self.tr("{year} 年的放假安排已导入").format(year=years[0]))
        self._next = str(years[0])
        self.ask()

    def unsaved(self) -> bool:
        """Whether a day was changed and not saved."""
        return self.day.is_changed()

    def retranslate(self) -> None:
        """Take the words anew."""
        self.years.setAccessibleName(self.tr("哪一年"))
        self.legend.set_words(self.tr("放假"), self.tr("周末上班"), self.tr("周末休息"))
        self.import_title.setText(self.tr("年度通知"))
        self.import_note.setText(
            self.tr("国务院办公厅的通知一般在 11 月公布。可导入 CSV 或 JSON 文件，先预览再生效。")
        )
        self.import_button.setText(self.tr("导入放假安排"))
        self._show_years()
        super().retranslate()


def _bytes(file: Path) -> bytes:
    try:
        with file.open("rb") as data:
            # One more than may be: the reader says that it is too long.
            return data.read(MOST_BYTES + 1)
    except OSError:
        raise BadInput("calendar_file_unreadable", field="file", file=file.name) from None
