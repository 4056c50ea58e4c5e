"""Owns the two pages that are filled in, each of two columns that scroll when they grow."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

from branch.complaints.description import Matter
from branch.complaints.house import House, house_of
from ui.shell.station import Station
from ui.widgets.intake.alike_panel import AlikePanel, SameMatterPanel
from ui.widgets.intake.classify import Classify
from ui.widgets.intake.draft import Draft
from ui.widgets.intake.matter_part import MatterPart
from ui.widgets.intake.person_part import PersonPart
from ui.widgets.intake.source_part import SourcePart
from ui.widgets.scroll_area import ScrollArea
from ui.widgets.stage import HBox, VBox

_GAP: Final = 28
# Where the bar of a column that grew stands.
_BAR: Final = 12


class _Column(ScrollArea):
    """One part, as wide as the column, scrolled when it is higher."""

    def __init__(self, *parts: QWidget) -> None:
        inner = QWidget()
        super().__init__(inner)
        column = VBox(spacing=16, margins=(0, 0, _BAR, 0), parent=inner)
        for part in parts:
            column.addWidget(part)
        column.addStretch(1)


class _Page(QWidget):
    def __init__(self, left: _Column, right: _Column) -> None:
        super().__init__()
        self._columns = (left, right)
        row = HBox(spacing=_GAP - _BAR, parent=self)
        row.addWidget(left, 1)
        row.addWidget(right, 1)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def lead_to(self, widget: QWidget) -> None:
        """Give somebody what he has to look at again."""
        widget.setFocus(Qt.FocusReason.OtherFocusReason)
        for column in self._columns:
            if column.isAncestorOf(widget):
                column.ensureWidgetVisible(widget)


class SourcePage(_Page):
    """What came, and from whom; beside it what the same person complained of before."""

    def __init__(self, station: Station) -> None:
        self.source = SourcePart(station)
        self.alike = AlikePanel(station)
        self.person = PersonPart(lambda: station.now().date())
        super().__init__(_Column(self.source, self.alike), _Column(self.person))
        self.source.changed.connect(self._on_source)
        station.ask(self, house_of, self._take_house)
        for field in (
            self.person.name,
            self.person.phone,
            self.person.number,
            self.person.credit_code,
        ):
            field.edit.textEdited.connect(lambda _text: self._look())

    def fill(self, draft: Draft) -> None:
        """Show a draft, or a blank form."""
        self.source.fill(draft.source)
        self.person.fill(draft.who)
        self.alike.choose(draft.earlier)
        self._look()

    def complete(self) -> bool:
        """Whether one may go on; what is missing is said at its place."""
        came, who = self.source.complete(), self.person.complete()
        if not came:
            self.lead_to(self.source.first_wrong())
        elif not who:
            self.lead_to_wrong()
        return came and who

    def lead_to_wrong(self) -> None:
        """Lead to the first field with a sentence under it."""
        self.lead_to(self.person.first_wrong() or self.source.first_wrong())

    def focus_first(self) -> None:
        """The keyboard begins at the channel, or at the name once that is known."""
        if self.source.channels.code():
            self.lead_to(self.person.name)
        else:
            self.source.channels.focus_first()

    def places(self) -> dict[str, Callable[[str], None]]:
        """Where the error of a field is shown."""
        return {**self.source.places(), **self.person.places()}

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter at what came goes to the name while there is none; else to the next page."""
        at, entered = QApplication.focusWidget(), (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        begins = self.source.channels.code() and at is not None and self.source.isAncestorOf(at)
        if begins and event.key() in entered and self.person.lacks_name():
            self.lead_to(self.person.name)
        else:
            super().keyPressEvent(event)

    def _take_house(self, house: House) -> None:
        self.person.set_numbers(house.group_from, house.urgent_from)

    def _look(self) -> None:
        self.alike.look_for(self.person.complainant())

    def _on_source(self) -> None:
        source = self.source.source()
        complaint = source.kind == "complaint"
        self.person.set_on_site(source.channel == "on_site", complaint=complaint)

    def retranslate(self) -> None:
        """Take all words anew."""
        for part in (self.source, self.alike, self.person):
            part.retranslate()


class MatterPage(_Page):
    """What happened, and its classes."""

    def __init__(self, station: Station) -> None:
        self.matter, self.classes = MatterPart(station), Classify()
        self.same = SameMatterPanel(station)
        super().__init__(_Column(self.matter), _Column(self.same, self.classes))
        for part in (self.classes.reason, self.classes.biz_class):
            part.chosen.connect(self._look)
        self.matter.facts.edit.textChanged.connect(self._look)
        # What follows for a colleague is read, also where the column has to scroll for it.
        self.matter.subjects.field.picked.connect(self._show_subjects)

    def fill(self, draft: Draft) -> None:
        """Show a draft, or a blank form."""
        self.matter.fill(draft.matter, draft.subjects)
        self.classes.fill(draft.matter)
        self.same.choose(draft.earlier)
        self._look()

    def classified(self) -> Matter:
        """The matter with its classes."""
        return self.classes.classified(self.matter.matter())

    def complete(self) -> bool:
        """Whether one may go on; what is missing is said at its place."""
        done = self.matter.complete()
        self.lead_to_wrong()
        return done

    def lead_to_wrong(self) -> None:
        """Lead to the first field with a sentence under it."""
        wrong = self.matter.first_wrong()
        if wrong is not None:
            self.lead_to(wrong)

    def _look(self) -> None:
        self.same.look_for(self.classified())

    def _show_subjects(self) -> None:
        subjects = self.matter.subjects
        QTimer.singleShot(0, subjects, lambda: self._columns[0].ensureWidgetVisible(subjects.news))

    def focus_first(self) -> None:
        """The keyboard begins at what happened."""
        self.lead_to(self.matter.facts)

    def places(self) -> dict[str, Callable[[str], None]]:
        """Where the error of a field is shown."""
        return self.matter.places()

    def retranslate(self) -> None:
        """Take all words anew."""
        for part in (self.matter, self.classes, self.same):
            part.retranslate()
