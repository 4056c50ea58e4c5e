"""Owns what the dialogs of contacts, visits, actions and re-reviews share: which complaint, the
number to call; must not know any of their commands."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from branch.complaints.commands.revealing import RevealCase
from branch.complaints.queries.detail import CaseDetail
from branch.kernel.errors import TingtangError
from ui.complaints.step_dialog import StepDialog
from ui.shell.station import Station
from ui.widgets.choice import SegmentedControl
from ui.widgets.label import Label, TextRole
from ui.widgets.reveal_row import RevealRow
from ui.widgets.stage import VBox

translate = QCoreApplication.translate

YES, NO = "yes", "no"


class CareDialog(StepDialog):
    """A question about one complaint; parts of it come and go with the answers."""

    def __init__(
        self, parent: QWidget, station: Station, detail: CaseDetail, title: str, *, width: int = 600
    ) -> None:
        about = "  ".join((detail.line.number, detail.line.title))
        super().__init__(parent, station, title, about, width=width)
        self.detail = detail

    def add_phone(self) -> RevealRow | None:
        """The telephone number to call, masked until somebody says why; None without one."""
        masked = self.detail.shown["phone"]
        if not masked:
            return None
        make = partial(RevealCase, self.detail.line.id, "phone")
        row = RevealRow(self.station, make, translate("CareDialog", "联系电话"))
        row.show_masked(masked)
        row.refused.connect(lambda text, _glass: self.error.show_error(text))
        self.add_part(row)
        return row

    def add_reached(self) -> SegmentedControl:
        """Whether he was reached."""
        choices = [
            (YES, translate("CareDialog", "已联系上")),
            (NO, translate("CareDialog", "没有联系上")),
        ]
        return self.add_segments(translate("CareDialog", "结果"), choices)

    def add_segments(self, name: str, choices: Sequence[tuple[str, str]]) -> SegmentedControl:
        """One of two or three, one of which is always chosen."""
        control = SegmentedControl(choices, name=name)
        part = QWidget()
        column = VBox(spacing=6, parent=part)
        column.addWidget(Label(name, TextRole(13, 500, "ink2")))
        column.addWidget(control)
        self.add_part(part)
        return control

    def refuse(self, error: TingtangError) -> None:
        """Say why not, at the field that the error names; what was typed stays."""
        super().refuse(error)
        self.settle()
