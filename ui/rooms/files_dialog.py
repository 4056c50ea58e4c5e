"""Owns the panel where photographs and papers of a session are added to its case; keeps none."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from branch.complaints.queries.detail import FileLine
from branch.kernel.errors import TingtangError
from branch.rooms.commands.talk import NoteMaterials
from ui.shell.station import Station, sentence
from ui.widgets.button import LARGE, PlainButton
from ui.widgets.dialog import PanelDialog
from ui.widgets.intake.files_panel import FilesPanel
from ui.widgets.label import Label, TextRole
from ui.widgets.leaving import ask_to_leave
from ui.widgets.long_field import LongField

translate = QCoreApplication.translate


class FilesDialog(PanelDialog):
    """The case's files, and 添加; what was taken from the customer against a receipt, noted on the
    way back when its words have changed."""

    def __init__(
        self,
        parent: QWidget,
        station: Station,
        session: int,
        complaint: int,
        files: Sequence[FileLine],
        materials: str,
    ) -> None:
        title = translate("FilesDialog", "拍摄或添加材料")
        super().__init__(parent, title, width=560)
        self._station, self._session, self._complaint = station, session, complaint
        told = self.tr("用高拍仪或手机拍好后选择照片；原件看过后还给客户，收下的要开收据。")
        self.body.addWidget(Label(title, TextRole(20, 700)))
        self.body.add_gap(6)
        self.body.addWidget(Label(told, TextRole(14, 400, "ink2"), wrap=True))
        self.body.add_gap(14)
        self.files = FilesPanel(station)
        self.files.show_files(complaint, files)
        self.body.addWidget(self.files)
        self.body.add_gap(14)
        self._before = materials
        self.materials = LongField(self.tr("收下的材料和收据编号，没有可不填"), 2)
        self.materials.set_text(materials)
        self.body.addWidget(self.materials)
        self.close_button = PlainButton(self.tr("返回"), size=LARGE)
        self.buttons.addWidget(self.close_button)
        self.close_button.clicked.connect(self._note)
        self.files.add_button.setFocus()

    def _note(self) -> None:
        text = self.materials.text()
        if text == self._before:
            self.accept()
            return
        self.materials.set_error("")
        self.close_button.setEnabled(False)
        self._station.run(
            self, NoteMaterials(self._session, text), lambda _none: self.accept(), self._refuse
        )

    def _refuse(self, error: TingtangError) -> None:
        """What was written stays, with what would be right under it."""
        self.close_button.setEnabled(True)
        self.materials.set_error(sentence(error))
        self.materials.setFocus()
        self.adjustSize()

    def reject(self) -> None:
        """Esc asks once something was written."""
        if self.materials.text() == self._before:
            super().reject()
        else:
            ask_to_leave(self, self._leave)

    def _leave(self) -> None:
        super().reject()

    def show_files(self, files: Sequence[FileLine]) -> None:
        """The files as they stand now."""
        self.files.show_files(self._complaint, files)
        self.adjustSize()
