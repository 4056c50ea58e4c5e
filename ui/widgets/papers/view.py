"""Owns an issued paper on screen: as it was issued, printed, kept as a file; must not change it."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QCoreApplication, Qt, Signal, SignalInstance
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from branch.complaints.commands.files import FileContent
from branch.kernel.errors import TingtangError
from branch.papers.commands import NotePrinted, OpenPaper, OpenProof
from branch.papers.head import Delivered, PaperContent, PaperLine
from branch.people.rules import permits
from reports.forms.papers.words import form_title
from ui.shell.language import language
from ui.shell.printing import PrintFailed, PrintQueue
from ui.shell.station import Station, sentence
from ui.widgets.banner import Banner
from ui.widgets.button import COMPACT, LARGE, LinkButton, PlainButton, PrimaryButton
from ui.widgets.field import ErrorLine
from ui.widgets.intake.opened_copies import OpenedCopies
from ui.widgets.label import CAPTION, ElidedLabel, Label, TextRole
from ui.widgets.paper_preview import PaperPreview
from ui.widgets.papers.large_panel import LargePanel
from ui.widgets.papers.line_words import copy_words, delivery_words, issued_words, printed_words
from ui.widgets.print_dialog import PrintDialog, PrintWish
from ui.widgets.save_dialog import ask_where
from ui.widgets.stage import HBox, VBox
from ui.widgets.state import State

translate = QCoreApplication.translate

_WIDEST, _FACTS = 1200, 300
_PRINT, _KEEP = "print", "keep"


class PaperView(LargePanel):
    """``delivery_wanted`` and ``correction_wanted`` carry the PaperLine; ``changed`` tells that
    the paper was printed. Ctrl+P prints, Ctrl+S keeps a file."""

    delivery_wanted = Signal(object)
    correction_wanted = Signal(object)
    changed = Signal()

    def __init__(
        self,
        parent: QWidget,
        station: Station,
        line: PaperLine,
        *,
        may_deliver: bool = False,
        may_correct: bool = False,
    ) -> None:
        title = form_title(line.form, language().code, line.part)
        super().__init__(parent, title, widest=_WIDEST)
        self._station, self._line = station, line
        self._content: PaperContent | None = None
        self._kept = Path()
        self._copies = 1
        self._queue = PrintQueue(self)
        self._queue.printed.connect(self._on_done)
        self._queue.failed.connect(self._on_failed)
        self.title = Label(title, TextRole(20, 700))
        self.told = Banner(State.ATTENTION, strip=False)
        self.preview = PaperPreview()
        self.facts: dict[str, Label] = {}
        self.proofs: dict[int, LinkButton] = {}
        self.copies = OpenedCopies(self)
        self.outcome, self.error = ElidedLabel("", CAPTION), ErrorLine()
        self.close_button = PlainButton(translate("PaperView", "返回"), size=LARGE)
        self.correct_button = PlainButton(translate("PaperView", "出更正件"), size=LARGE)
        self.deliver_button = PlainButton(translate("PaperView", "登记送达"), size=LARGE)
        self.keep_button = PlainButton(
            translate("PaperView", "存为 PDF"), size=LARGE, icon="export"
        )
        self.print_button = PrimaryButton(
            translate("PaperView", "打印"), size=LARGE, icon="printer"
        )
        self._build()
        self.deliver_button.setVisible(may_deliver)
        self.correct_button.setVisible(may_correct and line.replaced_by is None)
        for keys, button in (("Ctrl+P", self.print_button), ("Ctrl+S", self.keep_button)):
            QShortcut(QKeySequence(keys), self).activated.connect(button.click)
        self._enable(False)
        station.run(self, OpenPaper(line.id), self._take, self._refuse)

    def _build(self) -> None:
        beside = QWidget()
        beside.setFixedWidth(_FACTS)
        column = VBox(parent=beside)
        line, zone = self._line, self._station.zone
        for key, caption, text in (
            ("number", translate("PaperView", "编号"), line.number),
            ("copy", translate("PaperView", "第几份"), copy_words(line)),
            ("code", translate("PaperView", "文书校验码"), line.code),
            ("issued", translate("PaperView", "签发时间"), issued_words(line, zone)),
            ("printed", translate("PaperView", "打印情况"), printed_words(line, zone)),
            ("delivered", translate("PaperView", "送达"), delivery_words(line, zone)),
            ("reason", translate("PaperView", "更正原因"), line.reason),
        ):
            if not text:
                continue
            label = self.facts[key] = Label(text, TextRole(14), wrap=True)
            label.setAccessibleName(f"{caption}，{text}")
            column.addWidget(Label(caption, TextRole(13, 400, "ink3")))
            column.addWidget(label)
            column.add_gap(12)
        for delivery in line.deliveries:
            if delivery.proof:
                self._add_proof(column, delivery)
        column.addStretch(1)
        row = HBox(spacing=24)
        row.addWidget(self.preview, 1)
        row.addWidget(beside)
        self.body.addWidget(self.title)
        self.body.add_gap(12)
        self.body.addWidget(self.told)
        self.body.addLayout(row, 1)
        self.body.addWidget(self.error)
        if line.replaced_by is not None:
            self.told.show_text(translate("PaperView", "这份已由更正件代替，给客户请用最新的一份"))
        self.buttons.insertWidget(0, self.outcome, 1)
        for button in (
            self.close_button,
            self.correct_button,
            self.deliver_button,
            self.keep_button,
            self.print_button,
        ):
            button.setAutoDefault(False)
            self.buttons.addWidget(button)
        self.print_button.setDefault(True)
        self.print_button.setFocus()
        self.close_button.clicked.connect(self.reject)
        self.correct_button.clicked.connect(partial(self._leave_for, self.correction_wanted))
        self.deliver_button.clicked.connect(partial(self._leave_for, self.delivery_wanted))
        self.keep_button.clicked.connect(self._ask_where)
        self.print_button.clicked.connect(self._ask_printer)

    def _add_proof(self, column: VBox, delivery: Delivered) -> None:
        when = self._station.local(delivery.at)
        words = translate("PaperView", "查看 {day} 的送达凭证").format(day=f"{when:%m-%d}")
        button = self.proofs[delivery.id] = LinkButton(words, size=COMPACT, icon="document")
        button.setAutoDefault(False)
        button.clicked.connect(partial(self._open_proof, delivery.id))
        column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)

    def _open_proof(self, delivery: int, _checked: bool = False) -> None:
        self._station.run(self, OpenProof(delivery), self._show_proof, self._refuse_proof)

    def _show_proof(self, content: FileContent) -> None:
        try:
            shown = self.copies.open(content)
        except TingtangError as error:
            self._refuse_proof(error)
            return
        if not shown:
            self.error.show_error(translate("PaperView", "这台电脑没有能打开它的程序"))

    def _refuse_proof(self, error: TingtangError) -> None:
        self.error.show_error(sentence(error))

    def _take(self, content: PaperContent) -> None:
        self._content = content
        self.preview.show_bytes(content.data)
        self._enable(True)

    def _refuse(self, error: TingtangError) -> None:
        """A damaged or missing file is told in place of the paper."""
        self.error.show_error(sentence(error))
        self.preview.hide()

    def _enable(self, on: bool) -> None:
        for button in (self.print_button, self.keep_button):
            button.setEnabled(on and self._content is not None)
        may_print = permits("NotePrinted", self._station.person.roles)
        self.print_button.setVisible(may_print)

    def _leave_for(self, signal: SignalInstance, _checked: bool = False) -> None:
        self.accept()
        signal.emit(self._line)

    # -- paper and file -------------------------------------------------------------------------

    def _ask_printer(self) -> None:
        if self._content is None:
            return
        dialog = PrintDialog(self, translate("PaperView", "打印文书"))
        dialog.wanted.connect(self._print)
        dialog.keep_wanted.connect(self._ask_where)
        dialog.open()

    def _print(self, wish: PrintWish) -> None:
        assert self._content is not None  # it was asked for
        data = self._content.data
        self._copies = wish.copies
        self._enable(False)
        self._queue.submit(_PRINT, lambda: data, wish.printer, wish.copies, duplex=wish.duplex)

    def _ask_where(self) -> None:
        if self._content is None:
            return
        title = translate("PaperView", "存为 PDF")
        ask_where(self, title, paper_file_name(self._content), "pdf", self._keep)

    def _keep(self, file: str) -> None:
        assert self._content is not None  # it was asked for
        data = self._content.data
        self._kept = Path(file)
        self._enable(False)
        self._queue.keep(_KEEP, lambda: data, self._kept, private=True)

    def _on_done(self, deed: str) -> None:
        self._enable(True)
        if deed == _KEEP:
            words = translate("PaperView", "已存为 {file}").format(file=self._kept.name)
            self._say(words, "ok_text")
            return
        self._say(translate("PaperView", "已送去打印"), "ok_text")
        note = NotePrinted(self._line.id, self._copies)
        self._station.run(self, note, lambda _value: self.changed.emit())

    def _on_failed(self, _deed: str, failure: PrintFailed) -> None:
        self._enable(True)
        words = translate("PaperView", "{why} 可以先存为 PDF").format(why=sentence(failure))
        self._say(words, "danger_text")

    def _say(self, text: str, token: str) -> None:
        self.outcome.set_token(token)
        self.outcome.set_text(text)


def paper_file_name(content: PaperContent) -> str:
    """What a file of a paper is called: form and case, and the copy from the second on."""
    parts = [content.form, content.case_number or content.number]
    if content.copy > 1:
        parts.append(str(content.copy))
    return " ".join(part for part in parts if part)
