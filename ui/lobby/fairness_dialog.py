"""Owns the console's panel 为什么这样排: a ticket of today by its number and who was called before
it; changes nobody's place."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from branch.kernel.store import Store
from branch.lobby.queries.screens import ticket_by_number
from ui.shell.station import Station
from ui.widgets.button import LARGE, PlainButton
from ui.widgets.dialog import PanelDialog
from ui.widgets.label import PAGE_TITLE, Label
from ui.widgets.story_panel import StoryPanel

translate = QCoreApplication.translate

_WIDTH, _HEIGHT = 760, 570


def _of_today(store: Store, number: str) -> int | None:
    found = ticket_by_number(store, number)
    return found[0] if found else None


class FairnessDialog(PanelDialog):
    """Opens with a ticket's story, or asks for a number; also for one that is served already."""

    def __init__(self, parent: QWidget, station: Station, ticket: int | None = None) -> None:
        title = translate("FairnessDialog", "为什么这样排")
        super().__init__(parent, title, width=_WIDTH)
        self.story = StoryPanel(station, _of_today)
        self.story.setFixedHeight(_HEIGHT)
        self.close_button = PlainButton(self.tr("返回"), size=LARGE)
        self.close_button.setAutoDefault(False)
        self.close_button.clicked.connect(self.reject)
        self.body.addWidget(Label(title, PAGE_TITLE))
        self.body.add_gap(14)
        self.body.addWidget(self.story)
        self.buttons.addWidget(self.close_button)
        if ticket is not None:
            self.story.show_ticket(ticket)
        self.story.field.setFocus()
