"""Owns what prints a day of inspections, with its photos once somebody opened them; must not know
what the form says."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QWidget

from branch.inspections.commands import OpenSheetPhoto
from branch.inspections.queries.papers import DaySheet
from branch.kernel.errors import TingtangError
from branch.people.rules import permits
from reports.forms.inspection_day import inspection_day_name, inspection_day_pdf
from reports.letterhead import Origin
from ui.shell.language import language
from ui.shell.station import Station
from ui.widgets.button import COMPACT, PlainButton
from ui.widgets.paper_buttons import PaperButtons
from ui.widgets.stage import HBox, VBox

# Sheet, item and the photo's digest: another photo of the same item is another one to look at.
_Photo = tuple[int, str, str]


def _photos(paper: DaySheet) -> tuple[_Photo, ...]:
    return tuple(
        (view.line.id, item, given.photo)
        for view in paper.sheets
        for item, given in view.answers.items()
        if given.photo
    )


class DayPaper(QWidget):
    """Prints the day. Its photos leave empty frames until 打开照片 was pressed: looking at one is
    kept on record, so that nobody's printing does it by the way."""

    def __init__(self, station: Station, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._station = station
        self._may_open = permits("OpenSheetPhoto", station.person.roles)
        self._paper: DaySheet | None = None
        self._opened: dict[_Photo, bytes] = {}
        self._opening = False
        self.photos = PlainButton("", size=COMPACT)
        self.buttons = PaperButtons(station)
        row = HBox()
        row.addWidget(self.photos)
        row.addStretch(1)
        column = VBox(spacing=8, parent=self)
        column.addLayout(row)
        column.addWidget(self.buttons)
        self.photos.hide()
        self.photos.clicked.connect(self._begin)

    def show_day(self, paper: DaySheet) -> None:
        """The day to print from now on."""
        if self._paper is None or paper.day != self._paper.day:
            # What was opened for one day is not kept for another, and nothing more is opened.
            self._opened.clear()
            self._opening = False
        self._paper = paper
        self._offer()

    def _wanted(self) -> tuple[_Photo, ...]:
        found = _photos(self._paper) if self._paper is not None else ()
        return tuple(photo for photo in found if photo not in self._opened)

    def _offer(self) -> None:
        paper = self._paper
        if paper is None:
            return
        present = set(_photos(paper))
        pictures = {
            photo[:2]: data for photo, data in self._opened.items() if photo in present and data
        }
        origin = Origin(language().code, self._station.branch, self._station.now_ms())
        make = partial(inspection_day_pdf, paper, origin, pictures) if paper.lines else None
        self.buttons.offer(inspection_day_name(paper, origin.language), make)
        wanted = self._wanted()
        self.photos.setText(
            self.tr("打开 {n} 张照片放进日表，会留下记录").format(n=len(wanted))
            if wanted
            else self.tr("照片已放进日表")
        )
        self.photos.setEnabled(bool(wanted) and not self._opening)
        self.photos.setVisible(bool(present) and self._may_open)

    def _begin(self) -> None:
        self._opening = True
        self._open_next()

    def _open_next(self) -> None:
        """One after the other, each with its entry in the journal."""
        wanted = self._wanted()
        self._opening = self._opening and bool(wanted)
        self._offer()
        if not self._opening:
            return
        photo, day = wanted[0], self._paper

        def opened(data: bytes) -> None:
            if day is not None and self._paper is not None and day.day == self._paper.day:
                self._opened[photo] = data
                self._open_next()

        def refused(error: TingtangError) -> None:
            # Its frame says on paper that it cannot be opened; the others are not kept waiting.
            self._station.complain(error)
            opened(b"")

        self._station.run(self, OpenSheetPhoto(*photo[:2]), opened, refused)

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._offer()
