"""Owns the dialogs of many papers at once, of many cases or of one: to a printer or a folder, how
far it is, what could not be made and why; makes none itself."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QFileDialog, QWidget

from branch.complaints.queries.desk import CaseLine
from branch.papers.forms import FORMS
from branch.papers.head import PaperLine
from branch.people.rules import permits
from reports.forms.papers.words import form_title
from ui.complaints.paper_run import AT_ONCE, Batch, PaperRun, Piece, found_paper, issued_paper
from ui.shell.asking import Pace
from ui.shell.language import language
from ui.shell.station import Station
from ui.widgets.button import LARGE, PlainButton, PrimaryButton
from ui.widgets.choice import CheckRow
from ui.widgets.choice_field import ChoiceField
from ui.widgets.dialog import PanelDialog
from ui.widgets.label import SECOND, Label, TextRole
from ui.widgets.number import ProgressBar
from ui.widgets.print_dialog import PrintDialog, PrintWish
from ui.widgets.scroll_area import ScrollArea
from ui.widgets.stage import VBox

translate = QCoreApplication.translate

_LIST_HEIGHT: Final = 220
# Papers of a case; the record of a room session belongs to the session.
_FORMS: Final = tuple(code for code in FORMS if code != "TS-08")


class BatchDialog(PanelDialog):
    """``count`` papers; while they are made, Esc and the button stop after the paper in hand, and
    the window behind does not follow each of them: it is asked anew once, when the dialog goes.

    ``choices`` are what can be chosen before, with the gap below each, px.
    """

    def __init__(
        self,
        parent: QWidget,
        station: Station,
        about: str,
        count: int,
        choices: Sequence[tuple[QWidget, int]] = (),
    ) -> None:
        title = translate("PaperBatch", "批量打印文书")
        super().__init__(parent, title, width=620)
        self._behind = parent
        self._station, self._count, self._choices = station, count, choices
        self.run: PaperRun | None = None
        self.body.addWidget(Label(title, TextRole(20, 700)))
        self.body.add_gap(4)
        self.about = Label(about, SECOND, wrap=True)
        self.progress = ProgressBar()
        self.progress.setAccessibleName(translate("PaperBatch", "进度"))
        self.told = Label("", TextRole(14, 500), wrap=True)
        self.skipped = QWidget()
        self._skipped = VBox(spacing=6, margins=(0, 0, 12, 0), parent=self.skipped)
        self.list = ScrollArea(self.skipped, reached=True)
        self.list.setFixedHeight(_LIST_HEIGHT)
        self.list.setAccessibleName(translate("PaperBatch", "没有做的"))
        for part, gap in (
            (self.about, 14),
            *choices,
            (self.progress, 10),
            (self.told, 10),
            (self.list, 0),
        ):
            self.body.addWidget(part)
            self.body.add_gap(gap)
        self.close_button = PlainButton(translate("PaperBatch", "返回"), size=LARGE)
        self.keep_button = PlainButton(
            translate("PaperBatch", "存到文件夹"), size=LARGE, icon="export"
        )
        self.print_button = PrimaryButton(
            translate("PaperBatch", "打印"), size=LARGE, icon="printer"
        )
        for button in (self.close_button, self.keep_button, self.print_button):
            button.setAutoDefault(False)
            self.buttons.addWidget(button)
        self.close_button.clicked.connect(self.reject)
        self.keep_button.clicked.connect(self._ask_folder)
        self.print_button.clicked.connect(self._ask_printer)
        for part in (self.progress, self.told, self.list):
            part.hide()

    def pieces(self) -> tuple[Piece, ...]:
        """The papers, as chosen: what a dialog of its kind says."""
        raise NotImplementedError

    def _ask_printer(self) -> None:
        dialog = PrintDialog(self, translate("PaperBatch", "批量打印文书"))
        dialog.wanted.connect(lambda wish: self.begin(wish, Path()))
        dialog.keep_wanted.connect(self._ask_folder)
        dialog.open()

    def _ask_folder(self) -> None:
        dialog = QFileDialog(self, translate("PaperBatch", "存到哪个文件夹"))
        dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.fileSelected.connect(lambda name: self.begin(None, Path(name)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def begin(self, wish: PrintWish | None, folder: Path) -> None:
        """Work the papers off, to a printer or into a folder."""
        for pace in self._behind.findChildren(Pace):
            pace.hold()
            self.finished.connect(pace.let_go)
        self.run = PaperRun(self._station, Batch(self.pieces(), wish, folder), self)
        self.run.advanced.connect(self._on_advanced)
        self.run.finished.connect(self._on_finished)
        chosen = (part for part, _gap in self._choices)
        for part in (*chosen, self.keep_button, self.print_button):
            part.setEnabled(False)
        self.progress.show()
        self.told.show()
        self.close_button.setText(translate("PaperBatch", "停止"))
        self._on_advanced(0)
        self.adjustSize()
        self.run.start()

    def reject(self) -> None:
        """Stop what runs; only then does the dialog go."""
        if self.run is not None and not self.run.cancelled and self.progress.isVisible():
            self.run.cancel()
            self.close_button.setEnabled(False)
            return
        super().reject()

    def _on_advanced(self, count: int) -> None:
        self.progress.set_progress(count, 0, self._count)
        words = translate("PaperBatch", "第 {n} 份 共 {all} 份")
        self.told.setText(words.format(n=min(count + 1, self._count), all=self._count))

    def _on_finished(self) -> None:
        run = self.run
        assert run is not None  # it told so
        words = translate("PaperBatch", "做好 {n} 份，没有做 {left} 份")
        self.told.setText(words.format(n=run.done, left=self._count - run.done))
        run.cancelled = True
        self.progress.hide()
        for one in run.skipped:
            line = Label(f"{one.name}  {one.why}", TextRole(14, 400, "ink2"), wrap=True)
            self._skipped.addWidget(line)
        self._skipped.addStretch(1)
        self.list.setVisible(bool(run.skipped))
        for button in (self.keep_button, self.print_button):
            button.hide()
        self.close_button.setText(translate("PaperBatch", "完成"))
        self.close_button.setEnabled(True)
        self.close_button.setFocus()
        self.adjustSize()


class PaperBatch(BatchDialog):
    """One form for each of the cases that were chosen in the list."""

    def __init__(self, parent: QWidget, station: Station, cases: Sequence[CaseLine]) -> None:
        self._cases = tuple(sorted(cases, key=lambda case: case.number))
        self.form = ChoiceField()
        self.form.set_label(translate("PaperBatch", "哪一种文书"))
        self.form.combo.set_choices(
            [(code, f"{code}  {form_title(code, language().code)}") for code in _FORMS]
        )
        self.form.combo.choose(_FORMS[0])
        self.issue = CheckRow(translate("PaperBatch", "还没签发的，内容齐全就先签发"))
        about = translate("PaperBatch", "选中 {n} 件投诉，每件一份").format(n=len(cases))
        super().__init__(
            parent, station, about, len(cases), choices=((self.form, 6), (self.issue, 0))
        )
        self.form.combo.currentIndexChanged.connect(lambda _at: self._follow())
        self._follow()
        self.form.combo.setFocus()

    def _follow(self) -> None:
        may = self.form.combo.code() in AT_ONCE
        self.issue.setVisible(may and permits("IssuePaper", self._station.person.roles))
        self.adjustSize()

    def pieces(self) -> tuple[Piece, ...]:
        """A paper of each case, by the cases' numbers."""
        form, station = self.form.combo.code(), self._station
        find = partial(
            found_paper,
            form=form,
            issue=self.issue.isVisible() and self.issue.isChecked(),
            roles=station.person.roles,
            actor=station.actor,
            now=station.now_ms(),
        )
        return tuple(
            Piece(case.number, f"{form} {case.number}.pdf", partial(find, case=case.id))
            for case in self._cases
        )


class CaseBatch(BatchDialog):
    """The papers of one case that are in force, as they were issued."""

    def __init__(
        self, parent: QWidget, station: Station, case: CaseLine, papers: Sequence[PaperLine]
    ) -> None:
        self._case, self._papers = case, papers
        about = translate("PaperBatch", "{number} 签发的文书，共 {n} 份")
        super().__init__(
            parent, station, about.format(number=case.number, n=len(papers)), len(papers)
        )
        self.print_button.setFocus()

    def pieces(self) -> tuple[Piece, ...]:
        """In the order they were issued in, which their files keep."""
        return tuple(
            Piece(
                line.number or form_title(line.form, language().code, line.part),
                f"{self._case.number} {at:02} {line.form}.pdf",
                partial(issued_paper, paper=line.id, actor=self._station.actor),
            )
            for at, line in enumerate(self._papers, 1)
        )
