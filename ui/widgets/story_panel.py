"""Owns the panel that tells who was called before a ticket and why; must not judge."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QStackedLayout, QWidget

from branch.kernel.errors import TingtangError
from branch.kernel.store import Store
from branch.lobby.queries.fairness import TicketFairness, ticket_fairness
from reports.forms.fairness import ticket_story_pdf
from reports.forms.fairness_words import say
from reports.letterhead import Origin
from ui.models.fairness_words import (
    rule_sentence,
    service_name,
    story_lines,
    tally_sentence,
    ticket_facts,
)
from ui.shell.language import language
from ui.shell.station import Station
from ui.widgets.button import PlainButton
from ui.widgets.call_list import CallList
from ui.widgets.card import Separator, Well
from ui.widgets.field import FieldEdit
from ui.widgets.label import BODY, CARD_TITLE, SECOND, SECTION, Label
from ui.widgets.number import BigNumber
from ui.widgets.paper_buttons import PaperButtons
from ui.widgets.place_holder import EmptyState
from ui.widgets.stage import HBox, VBox

translate = QCoreApplication.translate

_LABEL_HEIGHT = 25

Find = Callable[[Store, str], int | None]


class StoryPanel(QWidget):
    """A ticket by its number: facts, the rule with its numbers, everybody called before, paper.

    ``find`` tells the id of a ticket by its number, on the store's thread.
    """

    def __init__(self, station: Station, find: Find, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._station, self._find = station, find
        self._told: TicketFairness | None = None
        self.field = FieldEdit("")
        self.look_button = PlainButton("", icon="search")
        self.look_button.setAutoDefault(False)
        self._build()
        self.look_button.clicked.connect(self.look)
        self.field.edit.returnPressed.connect(self.look)
        station.changed.connect(self._on_changed)
        self.retranslate()

    def _build(self) -> None:
        self.field.edit.setMaxLength(8)
        self.number = BigNumber("", px=40, weight=700)
        self.service = Label("", CARD_TITLE, wrap=True)
        self.facts = Label("", SECOND, wrap=True)
        self.rule = Label("", BODY, wrap=True)
        self.tally = Label("", SECTION, wrap=True)
        self.calls = CallList()
        self.empty = EmptyState("ticket", "")
        self.papers = PaperButtons(self._station)
        ask = HBox(spacing=10)
        ask.addWidget(self.field, 1)
        # Beside the field, under its label; an error under the field moves nothing.
        beside = VBox()
        beside.add_gap(_LABEL_HEIGHT)
        beside.addWidget(self.look_button)
        beside.addStretch(1)
        ask.addLayout(beside)
        self._head = QWidget()
        head = HBox(spacing=20, parent=self._head)
        head.addWidget(self.number)
        words = VBox()
        words.addWidget(self.service)
        words.add_gap(2)
        words.addWidget(self.facts)
        head.addLayout(words, 1)
        self._rule = Well()
        VBox(margins=(14, 10, 14, 10), parent=self._rule).addWidget(self.rule)
        self._lists = QStackedLayout()
        column = VBox(parent=self)
        column.addLayout(ask)
        column.add_gap(16)
        column.addWidget(self._head)
        column.add_gap(12)
        column.addWidget(self._rule)
        column.add_gap(12)
        column.addWidget(self.tally)
        column.add_gap(6)
        column.addWidget(Separator())
        column.addLayout(self._lists, 1)
        self._lists.addWidget(self.empty)
        self._lists.addWidget(self.calls)
        column.addWidget(Separator())
        column.add_gap(12)
        column.addWidget(self.papers)

    # -- asking ---------------------------------------------------------------------------------

    def look(self) -> None:
        """Find the ticket whose number stands in the field."""
        number = self.field.text().strip()
        if not number:
            self.field.set_error(translate("StoryPanel", "请输入号码，如 A036"))
            return
        self.look_button.setEnabled(False)

        def read(store: Store) -> TicketFairness | None:
            ticket = self._find(store, number)
            return None if ticket is None else ticket_fairness(store, ticket)

        self._station.ask(self, read, self._take, self._not_taken)

    def show_ticket(self, ticket: int) -> None:
        """Tell the story of a ticket by its id."""
        self._station.ask(self, partial(ticket_fairness, ticket=ticket), self._take)

    def clear(self) -> None:
        """Forget the ticket, as on another day."""
        self.field.set_text("")
        self._told = None
        self._show()

    def told(self) -> TicketFairness | None:
        """The story shown."""
        return self._told

    def _take(self, told: TicketFairness | None) -> None:
        self.look_button.setEnabled(True)
        if told is None:
            self.field.set_error(translate("StoryPanel", "没有这个号码，请再核对"))
            return
        self.field.set_text(told.story.life.number)
        self._told = told
        self._show()

    def _on_changed(self, topics: frozenset[str]) -> None:
        # A story goes on as long as its ticket waits.
        told = self._told
        if told is not None and told.story.until is None and "ticket" in topics:
            self.show_ticket(told.story.life.id)

    def _not_taken(self, error: TingtangError) -> None:
        self.look_button.setEnabled(True)
        self._station.complain(error)

    # -- showing --------------------------------------------------------------------------------

    def _show(self) -> None:
        told = self._told
        for part in (self._head, self._rule):
            part.setVisible(told is not None)
        before = told.story.before if told is not None else ()
        self.tally.setVisible(bool(before))
        self._lists.setCurrentWidget(self.calls if before else self.empty)
        if told is None:
            self.empty.set_texts(
                translate("StoryPanel", "还没有选号票"),
                translate("StoryPanel", "输入号码，看看为什么这样排"),
            )
            self.papers.offer("", None)
            return
        life = told.story.life
        self.number.set_text(life.number)
        self.service.setText(service_name(told, life.service))
        self.facts.setText(ticket_facts(told, self._station.local))
        self.rule.setText(rule_sentence(told))
        self.tally.setText(tally_sentence(told))
        self.calls.show_lines(story_lines(told, self._station.local))
        self.calls.setAccessibleName(self.tally.text())
        self.empty.set_texts(
            translate("StoryPanel", "等候期间没有叫过别的号票"),
            translate("StoryPanel", "没有人在这张号票之前叫到"),
        )
        origin = Origin(language().code, self._station.branch, self._station.now_ms())
        name = say("file_ticket", origin.language, number=life.number, day=told.day)
        self.papers.offer(name, lambda: ticket_story_pdf(told, origin))

    def retranslate(self) -> None:
        """Take all words anew."""
        self.field.set_label(translate("StoryPanel", "号码"))
        self.look_button.setText(translate("StoryPanel", "查看"))
        self._show()

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
