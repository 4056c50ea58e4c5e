"""Owns the note of how a paper went out, or of a try; sends nothing itself."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Final

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QFileDialog, QWidget

from branch.complaints.files import SUFFIXES, require_size
from branch.kernel.clock import to_ms
from branch.kernel.errors import BadInput
from branch.papers.commands import DeliverPaper
from branch.papers.form import PAPER_CODES
from branch.papers.head import PaperLine
from reports.forms.papers.words import form_title
from ui.complaints.step_dialog import StepDialog, Values
from ui.shell.language import language
from ui.shell.station import Station, sentence
from ui.widgets.button import COMPACT, LinkButton
from ui.widgets.field import ErrorLine, FieldEdit
from ui.widgets.label import ElidedLabel, Label, TextRole
from ui.widgets.papers.fields import day_of
from ui.widgets.papers.line_words import copy_words, mode_label
from ui.widgets.stage import HBox, VBox

translate = QCoreApplication.translate

# Which fields a way of delivery asks for; every way has its moment and may have a proof.
_ASKS: Final = {
    "in_person": ("receiver", "received_on"),
    "post": ("tracking", "received_on"),
    "message": ("received_on",),
    "phone": ("received_on",),
    "refused": ("witness_1", "witness_2"),
    "not_reached": (),
}


class _Proof(QWidget):
    """The file that proves it, or none."""

    def __init__(self) -> None:
        super().__init__()
        self.data = b""
        self.button = LinkButton(
            translate("PaperDelivery", "添加凭证"), size=COMPACT, icon="document"
        )
        self.button.setAutoDefault(False)
        self.name = ElidedLabel("", TextRole(13, 400, "ink2"))
        self.error = ErrorLine()
        row = HBox(spacing=8)
        row.addWidget(self.button)
        row.addWidget(self.name, 1)
        column = VBox(parent=self)
        column.addLayout(row)
        column.addWidget(self.error)
        self.button.clicked.connect(self._choose)
        self.setFocusProxy(self.button)

    def _choose(self) -> None:
        dialog = QFileDialog(self, translate("PaperDelivery", "添加凭证"))
        dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        known = " ".join(f"*{suffix}" for suffix in (*SUFFIXES.values(), ".jpeg"))
        dialog.setNameFilter(f"{translate('PaperDelivery', '回执、照片')} ({known})")
        dialog.fileSelected.connect(lambda name: self.take(Path(name)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def kept(self) -> tuple[str, bytes]:
        """The file's name and bytes."""
        return self.name.whole_text(), self.data

    def put(self, kept: tuple[str, bytes]) -> None:
        """Show a file that was taken before."""
        self.data = kept[1]
        self.name.set_text(kept[0])

    def take(self, path: Path) -> None:
        """Take a file; what cannot be read or is too large is said here."""
        self.error.show_error("")
        try:
            require_size(path.stat().st_size)
            self.data = path.read_bytes()
        except BadInput as error:
            self.error.show_error(sentence(error))
            return
        except OSError:
            self.error.show_error(translate("PaperDelivery", "这个文件打不开"))
            return
        self.name.set_text(path.name)


class DeliveryDialog(StepDialog):
    """By what means, when, to whom; only what the chosen way asks for is shown."""

    def __init__(self, parent: QWidget, station: Station, line: PaperLine) -> None:
        about = "  ".join(
            part
            for part in (
                form_title(line.form, language().code, line.part),
                line.number,
                copy_words(line),
            )
            if part
        )
        super().__init__(parent, station, translate("PaperDelivery", "登记送达"), about, width=620)
        self.line = line
        codes = PAPER_CODES["delivery"]
        self.mode = self.add_chips(
            "mode",
            translate("PaperDelivery", "怎样送达的"),
            [(code, mode_label(code)) for code in codes],
            3,
        )
        self.mode.choose(frozenset({"in_person"}))
        self.day, self.time = self.add_moment(
            "at",
            translate("PaperDelivery", "日期"),
            translate("PaperDelivery", "时间"),
            station.now(),
        )
        # What is not asked for leaves no gap.
        self._detail = QWidget()
        self._lines = VBox(spacing=14, parent=self._detail)
        self.receiver = self._add("receiver", translate("PaperDelivery", "签收人"))
        self.tracking = self._add("tracking", translate("PaperDelivery", "邮件单号"))
        self.witnesses = [
            self._add("witness_1", translate("PaperDelivery", "第一位见证人")),
            self._add("witness_2", translate("PaperDelivery", "第二位见证人")),
        ]
        self.received_on = self._add(
            "received_on", translate("PaperDelivery", "客户收到的日期，还不知道可不填")
        )
        self.received_on.edit.setPlaceholderText("2026-11-30")
        self.proof = _Proof()
        self._lines.addWidget(self.proof)
        self.add_part(self._detail)
        for name in ("proof", "file"):
            self.places[name] = self.proof.error.show_error
        # Handing over the answer is the reply, which has a name of its own for the moment.
        self.places["notified_at"] = self.day.set_error
        # One sentence tells of both.
        self.places["witnesses"] = self._miss_witness
        self.parts["proof"] = (self.proof.kept, self.proof.put)
        self.told = Label("", TextRole(14, 400, "ink2"), wrap=True)
        self._lines.insertWidget(0, self.told)
        self.mode.chosen.connect(self._follow)
        self.offer_step(
            translate("PaperDelivery", "登记"),
            self._command,
            translate("PaperDelivery", "已登记送达"),
        )
        self._follow()

    def put_back(self, values: Values) -> None:
        """Fill in what was typed before; what is asked for hangs on the way."""
        super().put_back(values)
        self._follow()
        super().put_back(values)

    def _add(self, name: str, label: str) -> FieldEdit:
        field = FieldEdit(label)
        self.fields[name] = field
        self._lines.addWidget(field)
        return field

    def _follow(self) -> None:
        mode = self.mode.code()
        asked = _ASKS.get(mode, ())
        for name in ("receiver", "tracking", "witness_1", "witness_2", "received_on"):
            self.fields[name].setVisible(name in asked)
        if mode == "in_person" and not self.received_on.text():
            self.received_on.set_text(self.station.now().date().isoformat())
        elif mode != "in_person" and self.received_on.text() == self._today():
            self.received_on.set_text("")
        words = {
            "refused": translate("PaperDelivery", "拒收要有两位见证人，文书留在客户处或邮寄"),
            "not_reached": translate("PaperDelivery", "三次联系不上，也可以按联系不上答复"),
        }.get(mode, "")
        self.told.setText(words)
        self.told.setVisible(bool(words))
        self.adjustSize()

    def _miss_witness(self, text: str) -> None:
        """Say it under the first of the two who is not written; under the second else."""
        first, second = self.witnesses
        missing = first if not first.text().strip() else second
        for field in self.witnesses:
            field.set_error(text if field is missing else "")

    def _today(self) -> str:
        return self.station.now().date().isoformat()

    def _command(self) -> DeliverPaper:
        asked = _ASKS.get(self.mode.code(), ())
        at = datetime.combine(self.day.day(), self.time.time(), self.station.zone)
        received = day_of(self.received_on.text()) if "received_on" in asked else ""
        names = [field.text().strip() for field in self.witnesses]
        return DeliverPaper(
            self.line.id,
            self.mode.code(),
            # The minute it was issued in counts as after the issue.
            max(to_ms(at), self.line.issued_at) if self._same_minute(at) else to_ms(at),
            self.tracking.text() if "tracking" in asked else "",
            self.receiver.text() if "receiver" in asked else "",
            tuple(name for name in names if name) if "witness_1" in asked else (),
            self.proof.data,
            received,
        )

    def _same_minute(self, at: datetime) -> bool:
        issued = self.station.local(self.line.issued_at)
        return at == issued.replace(second=0, microsecond=0)
