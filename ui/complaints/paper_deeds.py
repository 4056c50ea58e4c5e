"""Owns what a press on papers does at the complaint desk: which dialog follows which; must not know
what they ask."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from branch.complaints.queries.desk import CaseLine, lines_of
from branch.complaints.queries.detail import CaseDetail
from branch.complaints.queries.papers import paper_offers, papers_of
from branch.papers.head import Offer, PaperLine
from branch.people.rules import permits
from ui.complaints.answer_picker import AnswerPicker
from ui.complaints.case_view import CaseView
from ui.complaints.deeds import Deeds
from ui.complaints.kept_typed import KeptTyped
from ui.complaints.paper_batch import CaseBatch, PaperBatch
from ui.complaints.paper_choice import PaperChoice
from ui.complaints.paper_delivery import DeliveryDialog
from ui.complaints.paper_section import in_force, may_deliver
from ui.complaints.paper_verify import VerifyDialog
from ui.complaints.record import CaseRecord
from ui.complaints.reply_choice import REPLY, ReplyChoice
from ui.shell.station import Station
from ui.widgets.papers.dialog import PaperDialog
from ui.widgets.papers.view import PaperView


class PaperDeeds(QObject):
    """Acts for ``window`` on the case that ``view`` shows; ``said`` carries a sentence for a
    toast."""

    said = Signal(str)

    def __init__(self, window: QWidget, station: Station, view: CaseView, deeds: Deeds) -> None:
        super().__init__(window)
        self._window, self._station, self._view = window, station, view
        self._kept = KeptTyped()
        section = view.paper_section
        section.wanted.connect(self.choose)
        section.all_wanted.connect(self.print_all)
        section.opened.connect(self._show_here)
        section.delivery_wanted.connect(self.deliver)
        deeds.reply_wanted.connect(self.reply)

    def choose(self) -> None:
        """Ask which form the case should get."""
        record = self._view.record()
        if record is not None and permits("IssuePaper", self._station.person.roles):
            self._ask_offers(record.detail, partial(self._choose, record.detail))

    def write_form(self, detail: CaseDetail, form: str) -> None:
        """Write this form at once; where it cannot be issued now, the list says why."""

        def take(offers: tuple[Offer, ...]) -> None:
            free = [one for one in offers if one.form == form and not one.blocked]
            if free:
                self.write(detail, free[-1])
            else:
                self._choose(detail, offers)

        self._ask_offers(detail, take)

    def reply(self, record: CaseRecord, without_letter: Callable[[], None]) -> None:
        """Answer somebody: the letter that is issued goes out, else it is written first."""
        detail = record.detail
        part = f"round:{detail.values['round']}"

        def take(lines: tuple[PaperLine, ...]) -> None:
            letters = [
                line
                for line in lines
                if (line.form, line.part) == (REPLY, part) and line.replaced_by is None
            ]
            if letters:
                self.deliver(letters[-1])
                return
            dialog = ReplyChoice(self._window)
            dialog.letter_wanted.connect(partial(self.write_form, detail, REPLY))
            dialog.without_letter.connect(without_letter)
            dialog.open()

        self._ask_papers(detail, take)

    def _ask_papers(
        self, detail: CaseDetail, then: Callable[[tuple[PaperLine, ...]], None]
    ) -> None:
        staff, complaint = self._station.person.staff, detail.line.id
        self._station.ask(self, lambda store: papers_of(store, staff, complaint), then)

    def _ask_offers(self, detail: CaseDetail, then: Callable[[tuple[Offer, ...]], None]) -> None:
        person = self._station.person
        question = partial(
            paper_offers,
            staff=person.staff,
            roles=person.roles,
            complaint=detail.line.id,
            now=self._station.now_ms(),
        )
        self._station.ask(self, question, then)

    def _show_here(self, line: PaperLine) -> None:
        record = self._view.record()
        if record is not None:
            self.show(record.detail, line)

    def _choose(self, detail: CaseDetail, offers: tuple[Offer, ...]) -> None:
        about = "  ".join((detail.line.number, detail.line.title))
        dialog = PaperChoice(self._window, offers, about)
        dialog.chosen.connect(partial(self.write, detail))
        dialog.open()

    def write(self, detail: CaseDetail, offer: Offer) -> None:
        """The editor of a form beside its preview."""
        dialog = PaperDialog(self._window, self._station, offer)
        dialog.answers_wanted.connect(partial(self._pick_answer, dialog, detail.values["reason"]))
        dialog.issued.connect(partial(self._issued, detail))
        dialog.open()

    def _pick_answer(self, dialog: PaperDialog, reason: str, key: str) -> None:
        picker = AnswerPicker(dialog, self._station, reason)
        picker.chosen.connect(partial(dialog.insert, key))
        picker.open()

    def _issued(self, detail: CaseDetail, paper: int) -> None:
        self.said.emit(self.tr("已签发，可以打印、存档、登记送达"))

        def take(lines: tuple[PaperLine, ...]) -> None:
            for line in lines:
                if line.id == paper:
                    self.show(detail, line)

        self._ask_papers(detail, take)

    def show(self, detail: CaseDetail, line: PaperLine) -> None:
        """An issued paper, to be printed, kept, delivered, corrected."""
        dialog = PaperView(
            self._window,
            self._station,
            line,
            may_deliver=may_deliver(line, self._station),
            may_correct=permits("IssuePaper", self._station.person.roles),
        )
        dialog.delivery_wanted.connect(self.deliver)
        dialog.correction_wanted.connect(partial(self._correct, detail))
        dialog.open()

    def _correct(self, detail: CaseDetail, line: PaperLine) -> None:
        self.write(detail, Offer(line.form, line.subject, line.part, line.copy + 1))

    def deliver(self, line: PaperLine) -> None:
        """Note how a paper went out."""
        dialog = DeliveryDialog(self._window, self._station, line)
        dialog.said.connect(self.said)
        self._kept.open(dialog, line.id)

    def verify(self) -> None:
        """Look whether a paper is ours and unchanged."""
        VerifyDialog(self._window, self._station).open()

    def print_all(self) -> None:
        """The papers of the case at hand that are in force, one after another."""
        record = self._view.record()
        if record is None:
            return

        def take(lines: tuple[PaperLine, ...]) -> None:
            papers = in_force(lines)
            if papers:
                CaseBatch(self._window, self._station, record.detail.line, papers).open()

        self._ask_papers(record.detail, take)

    def batch(self, complaints: tuple[int, ...]) -> None:
        """One form for many cases, by their ids."""
        staff = self._station.person.staff

        def take(cases: list[CaseLine]) -> None:
            if cases:
                PaperBatch(self._window, self._station, cases).open()

        self._station.ask(self, lambda store: list(lines_of(store, complaints, staff)), take)
