"""Owns the section 文书 of a case: what was issued, printed, delivered; makes none."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Final, TypeAlias

from PySide6.QtCore import QEvent, Signal, SignalInstance
from PySide6.QtWidgets import QWidget

from branch.complaints.queries.detail import CaseDetail
from branch.complaints.queries.papers import papers_of
from branch.kernel.store import Store
from branch.papers.forms import FORMS
from branch.papers.head import PaperLine
from branch.people.rules import permits
from reports.forms.papers.words import form_title
from ui.complaints.section import Line, Section
from ui.shell.asking import Asking, Pace
from ui.shell.language import language
from ui.shell.station import Station
from ui.widgets.button import COMPACT, LinkButton
from ui.widgets.papers.line_words import copy_words, delivery_words, printed_words
from ui.widgets.state import State
from ui.widgets.status import Chip

# A try that reached nobody is no delivery.
_NOT_ARRIVED: Final = "not_reached"
Answer: TypeAlias = tuple[int, tuple[PaperLine, ...]]


def papers_and_case(store: Store, *, staff: int, complaint: int) -> Answer:
    """The papers of a case, with whose they are: another case may be shown by then."""
    return complaint, papers_of(store, staff, complaint)


class PaperSection(Section):
    """``wanted`` tells that a paper is to be made, ``all_wanted`` that those issued are to be
    printed together; ``opened`` and ``delivery_wanted`` carry the PaperLine."""

    wanted = Signal()
    all_wanted = Signal()
    opened = Signal(object)
    delivery_wanted = Signal(object)

    def __init__(self, station: Station) -> None:
        super().__init__()
        self._station = station
        self._detail: CaseDetail | None = None
        self.papers: tuple[PaperLine, ...] = ()
        self.deeds: dict[tuple[int, str], LinkButton] = {}
        self.asking: Asking[Answer] = Asking(station, self, self._question, self._take)
        self.pace = Pace(self, self.asking.ask)
        self.all_button = LinkButton("", size=COMPACT, icon="printer")
        self.head.insertWidget(self.head.indexOf(self.button), self.all_button)
        self.all_button.clicked.connect(self.all_wanted)
        self.button.clicked.connect(self.wanted)
        station.changed.connect(self._on_changed)
        self.retranslate()
        self.hide()

    def show_case(self, detail: CaseDetail) -> None:
        """The case as it stands; its papers follow."""
        anew = self._detail is None or detail.line.id != self._detail.line.id
        self._detail = detail
        if anew:
            self.papers = ()
            self._show()
        self.asking.ask()

    def _question(self) -> Callable[[Store], Answer]:
        assert self._detail is not None  # asked for a case
        staff, complaint = self._station.person.staff, self._detail.line.id
        return partial(papers_and_case, staff=staff, complaint=complaint)

    def _take(self, answer: Answer) -> None:
        complaint, papers = answer
        mine = self._detail is not None and complaint == self._detail.line.id
        if mine and papers != self.papers:
            self.papers = papers
            self._show()

    def _on_changed(self, topics: frozenset[str]) -> None:
        if "paper" in topics and self._detail is not None:
            self.pace.soon()

    # -- showing --------------------------------------------------------------------------------

    def _show(self) -> None:
        if self._detail is None:
            return
        may_issue = permits("IssuePaper", self._station.person.roles)
        self.setVisible(may_issue or bool(self.papers))
        self.begin()
        self.deeds = {}
        for line in sorted(self.papers, key=lambda line: line.issued_at):
            self.add(self._line(line), self._deeds(line))
        self.button.setVisible(may_issue)
        self.all_button.setVisible(len(in_force(self.papers)) > 1)
        self.say("" if self.papers else self.tr("还没有签发过文书"))

    def _line(self, line: PaperLine) -> Line:
        when = self._station.local(line.issued_at)
        text = f"{when:%m-%d %H:%M}"
        if when.year != self._station.now().year:
            text = f"{when:%Y-%m-%d}"
        parts = [form_title(line.form, language().code, line.part), line.number or line.form]
        if line.copy > 1 or line.replaced_by is not None:
            parts.append(copy_words(line))
        zone = self._station.zone
        below = [printed_words(line, zone), delivery_words(line, zone)]
        words = "\n".join(part for part in below if part)
        return Line(text, "  ".join(parts), line.issued_by, words, self._chip(line))

    def _chip(self, line: PaperLine) -> Chip | None:
        if line.replaced_by is not None:
            return Chip(self.tr("已代替"), State.IDLE)
        if arrived(line):
            return Chip(self.tr("已送达"), State.OK)
        if FORMS[line.form].customer and FORMS[line.form].seal:
            return Chip(self.tr("未送达"), State.ATTENTION)
        return None

    def _deeds(self, line: PaperLine) -> list[QWidget]:
        found: list[QWidget] = []
        opened = LinkButton(self.tr("查看和打印"), size=COMPACT)
        opened.clicked.connect(partial(self._emit, self.opened, line))
        self.deeds[line.id, "open"] = opened
        found.append(opened)
        if may_deliver(line, self._station) and not arrived(line):
            deliver = LinkButton(self.tr("登记送达"), size=COMPACT)
            deliver.clicked.connect(partial(self._emit, self.delivery_wanted, line))
            self.deeds[line.id, "deliver"] = deliver
            found.append(deliver)
        return found

    def _emit(self, signal: SignalInstance, line: PaperLine, _checked: bool = False) -> None:
        signal.emit(line)

    def retranslate(self) -> None:
        """Take all words anew."""
        self.caption.setText(self.tr("文书"))
        self.button.setText(self.tr("出具文书"))
        self.button.setToolTip(self.tr("按 {key}").format(key="P"))
        self.all_button.setText(self.tr("全部打印"))
        self.all_button.setToolTip(self.tr("按 {key}").format(key="Shift+P"))
        self._show()

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()


def in_force(papers: Sequence[PaperLine]) -> tuple[PaperLine, ...]:
    """Those that no other copy took the place of, as they were issued."""
    found = [line for line in papers if line.replaced_by is None]
    return tuple(sorted(found, key=lambda line: (line.issued_at, line.id)))


def arrived(line: PaperLine) -> bool:
    """Whether it is with the customer, or was refused before witnesses."""
    return any(one.mode != _NOT_ARRIVED for one in line.deliveries)


def may_deliver(line: PaperLine, station: Station) -> bool:
    """Whether a delivery can be noted: a customer's paper that no other copy took the place of."""
    return (
        FORMS[line.form].customer
        and line.replaced_by is None
        and permits("DeliverPaper", station.person.roles)
    )
