"""Owns the after-action report as something to print or keep: fetches it with its photos, offers
it; words none of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from branch.bootstrap import Branch
from branch.complaints.queries.incidents import report_to
from branch.drills.commands.evidence import OpenPhoto
from branch.drills.queries.report import AfterAction
from branch.kernel.errors import NotFound
from branch.kernel.runner import Actor
from reports.forms.drill_report import drill_report_name, drill_report_pdf
from reports.letterhead import Origin
from ui.shell.language import language
from ui.shell.station import Station
from ui.widgets.button import LARGE, PlainButton
from ui.widgets.dialog import PanelDialog
from ui.widgets.label import SECOND, Label, TextRole
from ui.widgets.paper_buttons import PaperButtons

translate = QCoreApplication.translate


@dataclass(frozen=True)
class Filed:
    """A report and the bytes of its photos by their ids."""

    report: AfterAction
    pictures: Mapping[int, bytes]

    def __repr__(self) -> str:
        return f"Filed({len(self.pictures)} photos)"


def filed(branch: Branch, run: int, actor: Actor) -> Filed:
    """The report of a run; that its photos were looked at stands in the journal.

    Raises NotFound for a run that has not ended, or of a complaint that this person is kept from.
    """
    report = report_to(branch.store, run, actor.staff)
    if report is None:
        raise NotFound("drill_unknown")
    photos = {one.id: branch.run(OpenPhoto(one.id), actor).value for one in report.run.photos}
    return Filed(report, photos)


class ReportDialog(PanelDialog):
    """打印 and 存为 PDF for one report, in the language of the screens."""

    def __init__(self, parent: QWidget, station: Station, found: Filed) -> None:
        super().__init__(parent, translate("ReportDialog", "演练报告"), width=640)
        report, pictures = found.report, found.pictures
        code = language().code
        name = drill_report_name(report, code)
        origin = Origin(code, station.branch, station.now_ms())
        self.body.addWidget(Label(name, TextRole(20, 700), wrap=True))
        self.body.add_gap(6)
        told = translate(
            "ReportDialog", "步骤 {steps} 步，发现 {found} 条，照片 {photos} 张"
        ).format(
            steps=len(report.run.steps), found=len(report.run.observations), photos=len(pictures)
        )
        self.body.addWidget(Label(told, SECOND, wrap=True))
        self.body.add_gap(16)
        self.papers = PaperButtons(station, private=True)
        self.papers.offer(name, lambda: drill_report_pdf(report, origin, pictures))
        self.body.addWidget(self.papers)
        self.close_button = PlainButton(translate("ReportDialog", "关闭"), size=LARGE)
        self.close_button.setAutoDefault(False)
        self.close_button.clicked.connect(self.accept)
        self.buttons.addWidget(self.close_button)
