"""Owns the question whether a paper is ours and unchanged, by its code or as a file; changes
nothing."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QFileDialog, QWidget

from branch.complaints.queries.papers import verify_code, verify_file
from branch.kernel.errors import BadInput, TingtangError
from branch.papers.head import Verified
from reports.forms.papers.words import form_title
from ui.shell.beside import Beside
from ui.shell.language import language
from ui.shell.station import Station, sentence
from ui.widgets.banner import Banner
from ui.widgets.button import LARGE, PlainButton, PrimaryButton
from ui.widgets.dialog import PanelDialog
from ui.widgets.field import FieldEdit
from ui.widgets.label import SECOND, Label, TextRole
from ui.widgets.state import State

translate = QCoreApplication.translate

_LOOK: Final = {
    "unchanged": State.OK,
    "replaced": State.ATTENTION,
    "changed": State.URGENT,
    "unknown": State.URGENT,
}


class VerifyDialog(PanelDialog):
    """A scanner types into the field and ends with Enter, as a person does."""

    def __init__(self, parent: QWidget, station: Station) -> None:
        title = translate("PaperVerify", "核验文书")
        super().__init__(parent, title, width=600)
        self._station = station
        self._beside = Beside(self)
        self._asked = 0
        self.code = FieldEdit(
            translate("PaperVerify", "文书校验码"), placeholder="K7QF-2M9C-XW4T", tall=True
        )
        self.answer = Banner(State.OK, strip=False)
        self.file_button = PlainButton(
            translate("PaperVerify", "选 PDF 文件"), size=LARGE, icon="document"
        )
        self.close_button = PlainButton(translate("PaperVerify", "返回"), size=LARGE)
        self.verify_button = PrimaryButton(translate("PaperVerify", "核验"), size=LARGE)
        self.body.addWidget(Label(title, TextRole(20, 700)))
        self.body.add_gap(4)
        told = translate("PaperVerify", "输入纸上的校验码，或扫右上角的二维码；也可以选收到的文件")
        self.body.addWidget(Label(told, SECOND, wrap=True))
        self.body.add_gap(14)
        self.body.addWidget(self.code)
        self.body.add_gap(14)
        self.body.addWidget(self.answer)
        self.buttons.insertWidget(0, self.file_button)
        for button in (self.close_button, self.verify_button):
            self.buttons.addWidget(button)
        for button in (self.file_button, self.close_button):
            button.setAutoDefault(False)
        self.verify_button.setDefault(True)
        # A scanner may read twice in one breath.
        self.verify_button.repeat_guard = False
        self.close_button.clicked.connect(self.reject)
        self.verify_button.clicked.connect(self.verify)
        self.file_button.clicked.connect(self._choose)
        self.code.setFocus()

    def verify(self) -> None:
        """Look the code up."""
        text = self.code.text().strip()
        if not text:
            self.code.set_error(translate("PaperVerify", "请输入或扫描校验码"))
            self.code.setFocus()
            return
        self._asked += 1
        person = self._station.person
        question = partial(verify_code, staff=person.staff, roles=person.roles, code=text)
        # One letter wrong is no forgery.
        unknown = translate(
            "PaperVerify", "查不到这个校验码，请核对有没有输错；没有输错，就不是本网点签发的文书"
        )
        self._station.ask(self, question, partial(self._take, self._asked, unknown), self._refuse)

    def verify_file(self, path: Path) -> None:
        """Look a file up."""
        self.code.clear_error()
        self._asked += 1
        number = self._asked

        def read() -> bytes | None:
            try:
                return path.read_bytes()
            except OSError:
                return None

        def asked(data: bytes | None) -> None:
            if data is None:
                self._say(State.ATTENTION, translate("PaperVerify", "这个文件打不开"))
                return
            person = self._station.person
            question = partial(verify_file, staff=person.staff, roles=person.roles, data=data)
            unknown = translate("PaperVerify", "查不到：不是本网点签发的文书")
            self._station.ask(self, question, partial(self._take, number, unknown), self._refuse)

        self._beside.run(read, asked, self._refuse)

    def _choose(self) -> None:
        dialog = QFileDialog(self, translate("PaperVerify", "选 PDF 文件"))
        dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilter("PDF (*.pdf)")
        dialog.fileSelected.connect(lambda name: self.verify_file(Path(name)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _take(self, number: int, unknown: str, found: Verified) -> None:
        # Another one was scanned meanwhile.
        if number != self._asked:
            return
        self._say(_LOOK[found.state], self._words(found) if found.known else unknown)
        self.code.edit.selectAll()
        self.code.setFocus()

    def _words(self, found: Verified) -> str:
        told = {
            "unchanged": translate("PaperVerify", "是本网点签发的，内容没有改动：{paper}"),
            "replaced": translate(
                "PaperVerify", "是本网点签发的，但已由第 {newest} 份更正件代替：{paper}"
            ),
            "changed": translate("PaperVerify", "校验码是本网点的，文件内容被改过：{paper}"),
        }[found.state]
        return told.format(paper=self._paper(found), newest=found.newest_copy)

    def _paper(self, found: Verified) -> str:
        parts = [
            form_title(found.form, language().code),
            found.case_number,
            translate("PaperVerify", "第 {n} 份").format(n=found.copy),
        ]
        if found.issued_at is not None:
            when = self._station.local(found.issued_at)
            parts.append(translate("PaperVerify", "{day} 签发").format(day=f"{when:%Y-%m-%d}"))
        return "  ".join(part for part in parts if part)

    def _refuse(self, error: TingtangError) -> None:
        if isinstance(error, BadInput) and error.field == "code":
            self.answer.clear()
            self.code.set_error(sentence(error))
            self.code.edit.selectAll()
            self.code.setFocus()
        else:
            self._say(State.ATTENTION, sentence(error))
        self.adjustSize()

    def _say(self, state: State, text: str) -> None:
        self.answer.set_state(state)
        self.answer.show_text(text)
        self.adjustSize()
