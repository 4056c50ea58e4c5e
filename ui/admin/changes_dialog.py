"""Owns the question before something is imported: what it changes, what is doubtful, the tick of
whoever compared it; knows neither the file nor the command."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QCheckBox, QFrame, QScrollArea, QWidget

from branch.kernel.errors import TingtangError
from ui.shell.station import Station, sentence
from ui.widgets.button import LARGE, PlainButton, PrimaryButton
from ui.widgets.field import ErrorLine
from ui.widgets.label import BODY, SECTION, Label, TextRole
from ui.widgets.leaving import LeavingDialog, words_in
from ui.widgets.stage import HBox, VBox
from ui.widgets.state import State
from ui.widgets.status import StatusGlyph

translate = QCoreApplication.translate

_LIST_HEIGHT: Final = 250


class ChangesDialog(LeavingDialog):
    """A summary, doubts in words, and lines of changes under their heads; a refusal is said here.

    Where something is doubtful, a tick says that somebody has compared it with its source.
    """

    def __init__(
        self,
        parent: QWidget,
        station: Station,
        title: str,
        summary: str,
        *,
        doubts: Sequence[str],
        lines: Sequence[tuple[str, Sequence[str]]],
        what: str,
        compared: str,
        confirm: str,
    ) -> None:
        super().__init__(parent, title, width=600)
        self.station = station
        self.doubts = tuple(doubts)
        self.lines = [(head, list(rows)) for head, rows in lines if rows]
        self.body.addWidget(Label(title, TextRole(20, 700), wrap=True))
        self.summary = Label(summary, TextRole(15, 400, "ink2"), wrap=True)
        self.body.add_gap(6)
        self.body.addWidget(self.summary)
        for words in self.doubts:
            self.body.add_gap(8)
            self.body.addLayout(self._doubt(words))
        if self.lines:
            self.body.add_gap(14)
            self.body.addWidget(self._list(what))
        # What a kind of question asks besides stands between the lines and the tick.
        self.extra = VBox()
        self.body.addLayout(self.extra)
        self.compared = QCheckBox(compared)
        self.compared.setVisible(bool(self.doubts))
        self.body.add_gap(10)
        self.body.addWidget(self.compared, 0, Qt.AlignmentFlag.AlignLeft)
        self.error = ErrorLine()
        self.body.addWidget(self.error)
        self.cancel_button = PlainButton(translate("ChangesDialog", "返回"), size=LARGE)
        self.confirm_button = PrimaryButton(confirm, size=LARGE)
        self.cancel_button.setAutoDefault(False)
        for button in (self.cancel_button, self.confirm_button):
            self.buttons.addWidget(button)
        self.confirm_button.setDefault(True)
        self.cancel_button.clicked.connect(self.reject)
        self.confirm_button.clicked.connect(self._confirm)
        self.compared.toggled.connect(lambda _on: self._follow())
        self._follow()

    def written(self) -> object:
        """What a kind of question lets be typed."""
        return words_in(self)

    @staticmethod
    def _doubt(words: str) -> HBox:
        row = HBox(spacing=8)
        row.addWidget(StatusGlyph(State.ATTENTION, 18), 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(Label(words, TextRole(14, 500, "warn_text"), wrap=True), 1)
        return row

    def _list(self, what: str) -> QScrollArea:
        content = QWidget()
        column = VBox(spacing=4, margins=(12, 10, 12, 10), parent=content)
        for at, (head, rows) in enumerate(self.lines):
            if at:
                column.add_gap(8)
            column.addWidget(Label(head, SECTION))
            for row in rows:
                column.addWidget(Label(row, BODY))
        column.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.StyledPanel)
        area.setFixedHeight(min(_LIST_HEIGHT, content.sizeHint().height() + 4))
        area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        area.setAccessibleName(what)
        area.setWidget(content)
        return area

    def _follow(self) -> None:
        self.confirm_button.setEnabled(not self.doubts or self.compared.isChecked())

    def _confirm(self) -> None:
        self.error.show_error("")
        self.confirm_button.setEnabled(False)
        self.send()

    def send(self) -> None:
        """Run what was confirmed."""
        raise NotImplementedError

    def refused(self, error: TingtangError) -> None:
        """Say why not; it can be tried again."""
        self.error.show_error(sentence(error))
        self._follow()
        self.adjustSize()
