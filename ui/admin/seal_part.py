"""Owns the digital seal on a page of the settings: whose it is, until when, another file, none;
keeps no certificate itself."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, Signal
from PySide6.QtWidgets import QFileDialog, QLineEdit, QWidget

from branch.kernel.errors import TingtangError
from branch.papers.seal import DropSeal, KeepSeal, Seal, seal_of
from branch.people.rules import permits
from reports.digital_seal import Certificate, certificate_of
from ui.shell.beside import Beside
from ui.shell.station import Station, sentence
from ui.widgets.button import LARGE, PlainButton, PrimaryButton
from ui.widgets.dialog import ConfirmDialog
from ui.widgets.field import ErrorLine, FieldEdit
from ui.widgets.label import BODY, CAPTION, CARD_TITLE, Label, TextRole
from ui.widgets.leaving import LeavingDialog
from ui.widgets.stage import HBox, VBox

translate = QCoreApplication.translate


class SealDialog(LeavingDialog):
    """The password of a certificate's file; it is tried before anything is kept."""

    kept = Signal()

    def __init__(self, parent: QWidget, station: Station, name: str, data: bytes) -> None:
        title = translate("SealPart", "设置电子印章")
        super().__init__(parent, title)
        self._station, self._data = station, data
        self._beside = Beside(self)
        self.password = FieldEdit(translate("SealPart", "证书密码"))
        self.password.edit.setEchoMode(QLineEdit.EchoMode.Password)
        self.error = ErrorLine()
        self.cancel_button = PlainButton(translate("SealPart", "返回"), size=LARGE)
        self.keep_button = PrimaryButton(translate("SealPart", "使用这枚印章"), size=LARGE)
        self.body.addWidget(Label(title, TextRole(20, 700)))
        self.body.add_gap(6)
        self.body.addWidget(Label(name, TextRole(14, 400, "ink2"), wrap=True))
        self.body.add_gap(14)
        self.body.addWidget(self.password)
        self.body.addWidget(self.error)
        for button in (self.cancel_button, self.keep_button):
            self.buttons.addWidget(button)
        self.cancel_button.setAutoDefault(False)
        self.keep_button.setDefault(True)
        self.cancel_button.clicked.connect(self.reject)
        self.keep_button.clicked.connect(self._try)
        self.password.setFocus()

    def written(self) -> object:
        """The password."""
        return self.password.text()

    def _try(self) -> None:
        self.error.show_error("")
        self.keep_button.setEnabled(False)
        password = self.password.text()
        self._beside.run(
            partial(certificate_of, self._data, password),
            partial(self._send, password),
            self._refuse,
        )

    def _send(self, password: str, _certificate: Certificate) -> None:
        command = KeepSeal(self._data, password)
        self._station.run(self, command, lambda _none: self._done(), self._refuse)

    def _done(self) -> None:
        self.accept()
        self.kept.emit()

    def _refuse(self, error: TingtangError) -> None:
        self.keep_button.setEnabled(True)
        self.error.show_error(sentence(error))
        self.password.edit.selectAll()
        self.password.setFocus()
        self.adjustSize()


class SealPart(QWidget):
    """``told`` carries what was done, in words."""

    told = Signal(str)

    def __init__(self, station: Station) -> None:
        super().__init__()
        self._station = station
        self._beside = Beside(self)
        self._certificate: Certificate | None = None
        self._read = False
        self.title, self.note = Label("", CARD_TITLE), Label("", CAPTION, wrap=True)
        self.state, self.error = Label("", BODY, wrap=True), ErrorLine()
        self.choose_button, self.drop_button = PlainButton(""), PlainButton("")
        row = HBox(spacing=12)
        row.addWidget(self.state, 1)
        row.addWidget(self.choose_button)
        row.addWidget(self.drop_button)
        column = VBox(spacing=8, parent=self)
        for part in (self.title, self.note):
            column.addWidget(part)
        column.addLayout(row)
        column.addWidget(self.error)
        may = permits("KeepSeal", station.person.roles)
        if not may:
            self.choose_button.hide()
        self._may = may
        self.choose_button.clicked.connect(self._choose)
        self.drop_button.clicked.connect(self._ask_drop)
        self.retranslate()

    def ask(self) -> None:
        """Read the seal anew."""
        self._station.ask(self, seal_of, self._take, self._refuse)

    def take(self, path: Path) -> None:
        """Ask for the password of a certificate's file."""
        self.error.show_error("")
        try:
            data = path.read_bytes()
        except OSError:
            self.error.show_error(self.tr("这个文件打不开"))
            return
        dialog = SealDialog(self.window(), self._station, path.name, data)
        dialog.kept.connect(self._was_kept)
        dialog.open()

    def _take(self, seal: Seal | None) -> None:
        if seal is None:
            self._show(None)
        else:
            work = partial(certificate_of, seal.certificate, seal.password)
            self._beside.run(work, self._show, self._refuse)

    def _show(self, certificate: Certificate | None) -> None:
        self._certificate, self._read = certificate, True
        self._say()

    def _say(self) -> None:
        found = self._certificate
        self.drop_button.setVisible(self._may and found is not None)
        if not self._read:
            self.state.setText("")
        elif found is None:
            self.state.setText(self.tr("没有设置，打印后盖章"))
        else:
            until = found.not_after.astimezone(self._station.zone)
            words = self.tr("{holder}，有效期到 {day}")
            self.state.setText(words.format(holder=found.holder, day=f"{until:%Y-%m-%d}"))

    def _choose(self) -> None:
        dialog = QFileDialog(self, self.tr("选择证书文件"))
        dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilter("PKCS#12 (*.p12 *.pfx)")
        dialog.fileSelected.connect(lambda name: self.take(Path(name)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _was_kept(self) -> None:
        self.told.emit(self.tr("已设置电子印章"))
        self.ask()

    def _ask_drop(self) -> None:
        dialog = ConfirmDialog(
            self.window(),
            title=self.tr("停用电子印章"),
            text=self.tr("以后签发的文书不再带电子印章，已签发的不变。"),
            confirm=self.tr("停用印章"),
            cancel=self.tr("返回"),
            width=480,
        )
        dialog.accepted.connect(self._drop)
        dialog.open()

    def _drop(self) -> None:
        self._station.run(self, DropSeal(), lambda _none: self._was_dropped(), self._refuse)

    def _was_dropped(self) -> None:
        self.told.emit(self.tr("已停用电子印章"))
        self.ask()

    def _refuse(self, error: TingtangError) -> None:
        self.error.show_error(sentence(error))

    def retranslate(self) -> None:
        """Take the words anew."""
        self.title.setText(self.tr("电子印章"))
        self.note.setText(self.tr("设置后，签发的告知书和答复书带数字签名，改动一个字都能查出来"))
        self.choose_button.setText(self.tr("选择证书文件"))
        self.drop_button.setText(self.tr("停用印章"))
        self._say()

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
