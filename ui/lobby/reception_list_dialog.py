"""Owns the panel with today's reception records and the follow-ups to be done; runs what is wanted
of one of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QCoreApplication, QEvent, Signal
from PySide6.QtWidgets import QStackedLayout, QWidget

from branch.catalogue.queries import Name, services
from branch.kernel.errors import TingtangError
from branch.kernel.store import Store
from branch.lobby.queries.waiting import business_day
from branch.visitors.commands.reception import FinishFollowUp, WithdrawReception
from branch.visitors.commands.reveal import Reveal
from branch.visitors.queries.reception import (
    Draft,
    Reception,
    draft_of,
    open_follow_ups,
    receptions_of_day,
)
from branch.visitors.reception import OUTCOMES
from branch.visitors.rules import REVEAL_REASONS
from ui.lobby.reception_detail import ReceptionDetail
from ui.lobby.reception_dialog import ReceptionDialog
from ui.lobby.reception_rows import ReceptionRows, due_line, today_line
from ui.models.reception_words import reception_word
from ui.models.visitor_words import reveal_reason_label
from ui.shell.asking import Asking
from ui.shell.station import Station, sentence
from ui.widgets.button import LARGE, PlainButton
from ui.widgets.call_list import CallLine
from ui.widgets.card import Separator
from ui.widgets.choice import SegmentedControl
from ui.widgets.dialog import PanelDialog, ReasonDialog
from ui.widgets.field import ErrorLine
from ui.widgets.label import PAGE_TITLE, Label
from ui.widgets.place_holder import EmptyState
from ui.widgets.stage import HBox, VBox

translate = QCoreApplication.translate

TODAY, DUE = "today", "due"
_HEIGHT = 500


@dataclass(frozen=True)
class _Shown:
    """The open business day (or the calendar's), its records, the follow-ups, service names."""

    day: str
    records: tuple[Reception, ...]
    due: tuple[Reception, ...]
    services: Mapping[str, Name]


def _shown(store: Store, calendar: str) -> _Shown:
    day = business_day(store) or calendar
    names = {service.code: service.name for service in services(store)}
    return _Shown(day, receptions_of_day(store, day), open_follow_ups(store), names)


class ReceptionListDialog(PanelDialog):
    """The lists left, the chosen record right. ``withdrawn`` tells that one was taken back."""

    withdrawn = Signal()

    def __init__(self, parent: QWidget, station: Station, page: str = TODAY) -> None:
        title = translate("ReceptionListDialog", "接待记录和回访")
        super().__init__(parent, title, width=1000)
        self._station = station
        self._shown: _Shown | None = None
        self.asking = Asking(station, self, self._question, self._take)
        self.title = Label("", PAGE_TITLE)
        self.choice = SegmentedControl([(TODAY, ""), (DUE, "")], current=page)
        self.rows = ReceptionRows()
        self.detail = ReceptionDetail(station)
        self.empty = EmptyState("document", "")
        self.error = ErrorLine()
        self.close_button = PlainButton("", size=LARGE)
        self._lay_out()
        self.choice.chosen.connect(lambda _page: self._show())
        self.rows.picked.connect(self._pick)
        self.detail.wanted.connect(self._act)
        self.close_button.clicked.connect(self.reject)
        self.finished.connect(self.detail.hide_full)
        station.changed.connect(self._on_changed)
        self.retranslate()
        self.asking.ask()

    def _lay_out(self) -> None:
        head = HBox(spacing=16)
        head.addWidget(self.title, 1)
        head.addWidget(self.choice)
        self.body.addLayout(head)
        self.body.add_gap(14)
        self.body.addWidget(Separator())
        lists = QWidget()
        lists.setFixedHeight(_HEIGHT)
        self._pages = QStackedLayout(lists)
        both = QWidget()
        row = HBox(spacing=24, margins=(0, 0, 0, 0), parent=both)
        row.addWidget(self.rows, 1)
        side = QWidget()
        side.setFixedWidth(400)
        column = VBox(margins=(0, 16, 0, 0), parent=side)
        column.addWidget(self.detail)
        row.addWidget(side)
        self._pages.addWidget(self.empty)
        self._pages.addWidget(both)
        self.body.addWidget(lists)
        self.body.addWidget(self.error)
        self.close_button.setAutoDefault(False)
        self.buttons.addWidget(self.close_button)

    # -- asking ---------------------------------------------------------------------------------

    def _question(self) -> partial[_Shown]:
        return partial(_shown, calendar=self._station.now().date().isoformat())

    def _take(self, shown: _Shown) -> None:
        self._shown = shown
        self._show()

    def _on_changed(self, topics: frozenset[str]) -> None:
        if "reception" in topics or "day" in topics:
            self.asking.ask()

    # -- showing --------------------------------------------------------------------------------

    def _show(self) -> None:
        shown = self._shown
        if shown is None:
            return
        due = self.tr("待回访 {n}").format(n=len(shown.due))
        self.choice.set_texts({TODAY: self.tr("今天的接待记录"), DUE: due})
        today = self.choice.current() == TODAY
        records = shown.records if today else shown.due
        self.empty.set_texts(*self._nothing(today))
        self._pages.setCurrentIndex(1 if records else 0)
        self.rows.setAccessibleName(self.tr("今天的接待记录") if today else self.tr("待回访"))
        self.rows.show_records(records, self._line)
        if records and not self.choice.hasFocus():
            self.rows.setFocus()

    def _nothing(self, today: bool) -> tuple[str, str]:
        if today:
            return (
                self.tr("今天还没有接待记录"),
                self.tr("在大堂按 F4，或在号票里选接待记录，就能记下一条"),
            )
        return self.tr("现在没有要回访的客户"), self.tr("客户希望回访时，会按日期排在这里")

    def _line(self, record: Reception) -> CallLine:
        assert self._shown is not None  # nothing is listed before there was an answer
        if self.choice.current() == DUE:
            return due_line(record, self._shown.services, self._shown.day)
        return today_line(record, self._shown.services, self._station.local)

    def _pick(self, record: Reception | None) -> None:
        self.error.show_error("")
        shown = self._shown
        if shown is not None:
            self.detail.show_record(record, shown.services, shown.day)

    # -- doing ----------------------------------------------------------------------------------

    def _act(self, action: str) -> None:
        record = self.rows.record()
        if record is not None:
            {
                "change": self._change,
                "withdraw": self._withdraw,
                "reveal": self._ask_why,
                "finish": self._ask_outcome,
            }[action](record)

    def _change(self, record: Reception) -> None:
        """Open the form with the texts as they were typed."""
        staff, station = self._station.person.staff, self._station

        def opened(draft: Draft | None) -> None:
            if draft is None:
                self.asking.ask()
                return
            dialog = ReceptionDialog(self, station)
            dialog.correct(record, draft)
            dialog.open()

        station.ask(
            self, partial(draft_of, reception=record.id, staff=staff, day=record.day), opened
        )

    def _withdraw(self, record: Reception) -> None:
        self._run(WithdrawReception(record.id), self.withdrawn.emit)

    def _ask_why(self, record: Reception) -> None:
        dialog = ReasonDialog(
            self,
            title=self.tr("为什么要看完整电话？"),
            reasons=[(code, reveal_reason_label(code)) for code in REVEAL_REASONS],
            text=self.tr("显示 15 秒，并记入流水"),
            confirm=self.tr("显示电话"),
            cancel=self.tr("返回"),
        )
        dialog.chosen.connect(lambda code, _text: self._reveal(record, code))
        dialog.open()

    def _reveal(self, record: Reception, reason: str) -> None:
        command = Reveal("reception", record.id, "phone", reason)
        self._station.run(self, command, self.detail.show_full, self._refused)

    def _ask_outcome(self, record: Reception) -> None:
        dialog = ReasonDialog(
            self,
            title=self.tr("这次回访怎么样？"),
            reasons=[(code, reception_word("outcome", code)) for code in OUTCOMES],
            confirm=self.tr("回访办完"),
            cancel=self.tr("返回"),
        )
        dialog.chosen.connect(lambda code, _text: self._run(FinishFollowUp(record.id, code)))
        dialog.open()

    def _run(self, command: object, done: Callable[[], None] | None = None) -> None:
        self.error.show_error("")

        def carried_out(_none: None) -> None:
            if done is not None:
                done()

        self._station.run(self, command, carried_out, self._refused)

    def _refused(self, error: TingtangError) -> None:
        self.error.show_error(sentence(error))

    # -- words ----------------------------------------------------------------------------------

    def retranslate(self) -> None:
        """Take all words anew."""
        self.title.setText(self.tr("接待记录和回访"))
        self.close_button.setText(self.tr("返回"))
        self.choice.setAccessibleName(self.tr("接待记录和回访"))
        texts = {TODAY: self.tr("今天的接待记录"), DUE: self.tr("待回访")}
        self.choice.set_texts(texts)
        self._show()

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
