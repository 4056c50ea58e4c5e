"""Owns one request in full: its facts, its steps in their order, the paper; carries nothing out."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QStackedWidget, QWidget

from branch.complaints.queries.own_data import with_cases
from branch.kernel.store import Store
from branch.visitors.commands.requests import ConfirmIdentity, LinkRecord, ShowOwnData
from branch.visitors.own_data import OwnRecord
from branch.visitors.queries.requests import (
    FoundRecord,
    Material,
    RequestCase,
    answer_material,
    request_case,
)
from branch.visitors.requests import SHOWS, RequestKind, RequestState
from reports.forms.rights_answer import rights_answer_pdf
from ui.admin.page import scrolled
from ui.admin.privacy_finder import record_line
from ui.admin.privacy_holds import HoldDialog
from ui.admin.privacy_request_dialogs import (
    AnswerDialog,
    CorrectDialog,
    LinkDialog,
    RefuseDialog,
)
from ui.admin.privacy_section import PrivacySection
from ui.admin.privacy_words import record_label, refusal_label, request_kind_label
from ui.shell.language import language
from ui.widgets.button import LinkButton, PlainButton, PrimaryButton
from ui.widgets.card import Card, Separator
from ui.widgets.label import BODY, CAPTION, CARD_TITLE, SECOND, STRONG, Label
from ui.widgets.paper_buttons import PaperButtons
from ui.widgets.place_holder import EmptyState
from ui.widgets.stage import HBox, VBox, clear


class CasePanel(Card):
    """The request that is chosen: who asks, identity, records, answer, paper."""

    def __init__(self, section: PrivacySection) -> None:
        super().__init__()
        self._section, self._station = section, section.station
        self._id: int | None = None
        self._case: RequestCase | None = None
        self._material: Material | None = None
        self._records: tuple[OwnRecord, ...] | None = None
        self.title = Label("", CARD_TITLE, wrap=True)
        self.facts = Label("", SECOND, wrap=True)
        self.wish = Label("", BODY, wrap=True)
        self.steps = QWidget()
        self._column = VBox(spacing=8, parent=self.steps)
        self.prepare = PlainButton("", icon="document")
        self.paper = PaperButtons(self._station)
        self.refuse = PlainButton("")
        self.answer = PrimaryButton("")
        self.empty = EmptyState("document", "")
        self.stack = QStackedWidget()
        self._build()
        self.prepare.clicked.connect(self._show_own_data)
        self.refuse.clicked.connect(self._ask_refuse)
        self.answer.clicked.connect(self._ask_answer)
        self.retranslate()

    def _build(self) -> None:
        content = QWidget()
        inner = VBox(spacing=8, margins=(0, 0, 10, 0), parent=content)
        for part in (self.title, self.facts, self.wish, Separator(), self.steps):
            inner.addWidget(part)
        inner.addStretch(1)
        whole = QWidget()
        column = VBox(spacing=10, parent=whole)
        column.addWidget(scrolled(content), 1)
        paper = HBox(spacing=10, margins=(0, 0, 10, 0))
        paper.addWidget(self.prepare, 0, Qt.AlignmentFlag.AlignLeft)
        paper.addWidget(self.paper, 1)
        column.addLayout(paper)
        row = HBox(spacing=10, margins=(0, 0, 10, 0))
        row.addStretch(1)
        row.addWidget(self.refuse)
        row.addWidget(self.answer)
        column.addLayout(row)
        self.stack.addWidget(self.empty)
        self.stack.addWidget(whole)
        outer = VBox(margins=(16, 14, 8, 14), parent=self)
        outer.addWidget(self.stack)

    def show_request(self, request: int | None) -> None:
        """Show this one as it is now."""
        if request != self._id:
            self._records = None
        self._id = request
        if request is None:
            self._case = None
            self._show()
            return
        now, staff = self._station.now_ms(), self._station.person.staff

        def read(store: Store) -> tuple[RequestCase | None, Material]:
            case = with_cases(store, request_case(store, request, now), staff)
            return case, answer_material(store)

        self._station.ask(self, read, self._take)

    def _take(self, found: tuple[RequestCase | None, Material]) -> None:
        case, self._material = found
        if case == self._case:
            return  # nobody's button is made anew under his finger
        if case is None or case.line.id == self._id:
            self._case = case
            self._show()

    # -- showing --------------------------------------------------------------------------------

    def _show(self) -> None:
        case = self._case
        self.stack.setCurrentIndex(0 if case is None else 1)
        if case is None:
            return
        line, is_open = case.line, case.line.state == RequestState.OPEN
        may = self._section.may_change
        self.title.setText(f"{line.number}  {request_kind_label(line.kind)}")
        self.facts.setText(self._facts(case))
        self.wish.setText(self.tr("“{words}”").format(words=case.wish) if case.wish else "")
        self.wish.setVisible(bool(case.wish))
        clear(self._column)
        if line.kind != RequestKind.EXPLAIN:
            self._identity(case, may and is_open)
            self._items(case, may and is_open)
        if not is_open:
            self._ended(case)
        needs_view = line.kind in SHOWS and line.state != RequestState.REFUSED
        self.prepare.setVisible(may and needs_view and self._records is None)
        self.prepare.setEnabled(line.checked)
        # Somebody who only reads gets no paper of what he may not see.
        self.paper.setVisible(may and not self.prepare.isVisibleTo(self))
        self._offer(case)
        self.refuse.setVisible(may and is_open)
        self.answer.setVisible(may and is_open)

    def _facts(self, case: RequestCase) -> str:
        line = case.line
        parts = [line.shown_name, line.shown_phone]
        parts.append(self.tr("{day} 提出，{name}登记").format(day=line.came_on, name=case.taken_by))
        if line.state == RequestState.OPEN:
            parts.append(self.tr("{day} 前答复").format(day=line.due_on))
        return self.tr("，").join(part for part in parts if part)

    def _step(self, title: str) -> None:
        self._column.addWidget(Label(title, STRONG))

    def _identity(self, case: RequestCase, may: bool) -> None:
        self._step(self.tr("一、核对身份"))
        row = HBox(spacing=10)
        if case.checked_by:
            text = self.tr("{name}已核对本人证件").format(name=case.checked_by)
            row.addWidget(Label(text, BODY, wrap=True), 1)
        else:
            text = self.tr("看本人证件，不留复印件")
            row.addWidget(Label(text, CAPTION, wrap=True), 1)
            if may:
                button = PlainButton(self.tr("已核对"))
                button.clicked.connect(partial(self._run, ConfirmIdentity(case.line.id), ""))
                row.addWidget(button)
        self._column.addLayout(row)

    def _items(self, case: RequestCase, may: bool) -> None:
        self._step(self.tr("二、有关记录"))
        for item in case.items:
            self._item(case, item, may)
        row = HBox(spacing=10)
        said = "" if case.items else self.tr("还没有关联记录")
        row.addWidget(Label(said, CAPTION), 1)
        if may:
            button = PlainButton(self.tr("查找记录"), icon="search")
            button.clicked.connect(self._ask_link)
            row.addWidget(button)
        self._column.addLayout(row)

    def _item(self, case: RequestCase, item: FoundRecord, may: bool) -> None:
        text = record_line(item)
        if item.on_hold:
            text = self.tr("{record}，依法留存中").format(record=text)
        row = HBox(spacing=6)
        row.addWidget(Label(text, BODY, wrap=True), 1)
        if may and not item.gone:
            offers: list[tuple[str, Callable[[], object]]] = []
            if case.line.kind == RequestKind.CORRECT and case.line.checked:
                offers.append((self.tr("更正"), partial(self._ask_correct, item)))
            if not item.on_hold:
                offers.append((self.tr("留存"), partial(self._ask_hold, item)))
            off = LinkRecord(case.line.id, item.kind, item.ref, linked=False)
            offers.append((self.tr("移除"), partial(self._run, off, "")))
            for words, act in offers:
                button = LinkButton(words)
                button.setAccessibleDescription(record_label(item.kind, item.ref))
                button.clicked.connect(lambda _on=False, act=act: act())
                row.addWidget(button)
        self._column.addLayout(row)

    def _ended(self, case: RequestCase) -> None:
        self._step(self.tr("答复"))
        done = case.line.state == RequestState.DONE
        text = self.tr("{day} {name}办结") if done else self.tr("{day} {name}拒绝")
        parts = [text.format(day=case.ended_on, name=case.ended_by)]
        if case.reason:
            parts.append(refusal_label(case.reason))
        self._column.addWidget(Label(self.tr("，").join(parts), BODY, wrap=True))
        if case.answer:
            self._column.addWidget(Label(case.answer, SECOND, wrap=True))

    def _offer(self, case: RequestCase) -> None:
        material, told = self._material, language().code
        if material is None or not self._section.may_change:
            self.paper.offer("", None)
            return
        records, now = self._records or (), self._station.now_ms()

        def make() -> bytes:
            return rights_answer_pdf(case, records, material, told, now)

        self.paper.offer(case.line.number, make)

    # -- doing ----------------------------------------------------------------------------------

    def _run(self, command: object, said: str = "", *_pressed: object) -> None:
        def done(_value: object) -> None:
            if said:
                self._section.told.emit(said)
            self._section.ask()

        self._station.run(self, command, done)

    def _show_own_data(self) -> None:
        if self._id is None:
            return
        self.prepare.setEnabled(False)
        self._station.run(self, ShowOwnData(self._id), self._take_records)

    def _take_records(self, records: tuple[OwnRecord, ...]) -> None:
        self._records = records
        self._show()

    def _after(self, said: str) -> Callable[[object], None]:
        def done(_value: object) -> None:
            self._records = None
            self._section.told.emit(said)
            self._section.ask()

        return done

    def _ask_link(self) -> None:
        if self._case is not None:
            after = self._after(self.tr("已关联记录"))
            LinkDialog(self, self._station, self._case, after).open()

    def _ask_correct(self, item: FoundRecord) -> None:
        if self._case is not None:
            after = self._after(self.tr("已更正"))
            CorrectDialog(self, self._station, self._case.line.id, item, after).open()

    def _ask_hold(self, item: FoundRecord) -> None:
        HoldDialog(self, self._section, (item.kind, item.ref)).open()

    def _ask_answer(self) -> None:
        if self._case is not None:
            after = self._after(self.tr("请求已办结"))
            AnswerDialog(self, self._station, self._case, after).open()

    def _ask_refuse(self) -> None:
        if self._case is not None:
            after = self._after(self.tr("请求已拒绝"))
            RefuseDialog(self, self._station, self._case.line.id, after).open()

    def retranslate(self) -> None:
        """Take the words anew."""
        self.prepare.setText(self.tr("准备全部内容"))
        self.refuse.setText(self.tr("拒绝"))
        self.answer.setText(self.tr("办结"))
        self.empty.set_texts(self.tr("选一项请求查看"))
        self._show()

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
