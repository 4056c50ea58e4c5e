"""Owns the questions of a run: what became of a step, what was seen, the stop word, the end;
decides none of them."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QBuffer, QByteArray, QCoreApplication, QIODevice, QSize
from PySide6.QtGui import QColor, QImage, QImageWriter, QPainter, QPen
from PySide6.QtWidgets import QWidget

from branch.drills.commands.evidence import AddPhoto, Observe
from branch.drills.commands.marking import MarkStep
from branch.drills.commands.running import EndRun, TurnReal
from branch.drills.queries.detail import StepState
from branch.drills.rules.run import NEEDLESS, STRENGTH, end_reasons
from branch.kernel.errors import Stale, TingtangError
from branch.visitors.commands.rollcall import AddToRoll
from ui.drills.run_desk import RunDesk
from ui.models.drill_words import in_english, result_label, run_time
from ui.shell.station import sentence
from ui.widgets.ask_dialog import AskDialog
from ui.widgets.blur_dialog import ask_picture
from ui.widgets.button import LARGE, PlainButton
from ui.widgets.choice import SegmentedControl
from ui.widgets.field import FieldEdit
from ui.widgets.label import CAPTION, Label
from ui.widgets.signature import SignaturePad, signature_path
from ui.widgets.written_dialog import WrittenDialog

translate = QCoreApplication.translate
Said = Callable[[str], None]

_SIGNATURE = QSize(1_000, 220)
_SIXTY = 60
RESULTS = ("done", "wrong", "missed", "not_applicable")


class MarkDialog(WrittenDialog):
    """What became of a step, with what shows it: note, count, photo, signature.

    After the end what was done needs its time, as the big clock showed it.
    """

    def __init__(self, parent: QWidget, desk: RunDesk, state: StepState, said: Said) -> None:
        words = state.step.words.text("en" if in_english() else "zh")
        success = state.step.success.text("en" if in_english() else "zh")
        super().__init__(parent, desk.station, words, success, width=620)
        self._desk, self._state, self._said = desk, state, said
        mark = state.mark
        self._gross = mark.gross_ms if mark and mark.gross_ms is not None else desk.gross_ms()
        self.how = self.add_control(
            translate("MarkDialog", "做得怎样"),
            SegmentedControl(
                [(code, result_label(code)) for code in RESULTS],
                current=mark.result if mark else "done",
                height=44,
            ),
        )
        self.time: FieldEdit | None = None
        if not desk.is_on():
            self.time = self.add_field("at_ms", translate("MarkDialog", "完成时间，分:秒"))
            if mark is not None and mark.at_ms is not None:
                self.time.set_text(run_time(mark.at_ms))
        self.number: FieldEdit | None = None
        if state.step.evidence == "count":
            self.number = self.add_field("number", translate("MarkDialog", "数量"))
            if mark is not None and mark.number is not None:
                self.number.set_text(str(mark.number))
        label = translate("MarkDialog", "备注")
        if state.step.evidence == "call":
            label = translate("MarkDialog", "通话记录，打给谁、谁接的")
        self.note = self.add_text(label, "note")
        if mark is not None:
            self.note.setPlainText(mark.note)
        self.photo: PlainButton | None = None
        self.pad: SignaturePad | None = None
        if state.step.evidence == "photo":
            self._add_photo_button()
        elif state.step.evidence == "sign":
            self.pad = self.add_control(translate("MarkDialog", "在这里签名"), SignaturePad())
        self.offer(
            translate("MarkDialog", "记下"),
            translate("MarkDialog", "返回"),
            self._command,
            self._marked,
        )

    def _add_photo_button(self) -> None:
        self.photo = PlainButton(translate("MarkDialog", "添加照片"), size=LARGE, icon="camera")
        self.photo.setAutoDefault(False)
        self.body.add_gap(14)
        self.body.addWidget(self.photo)
        self.photo.clicked.connect(
            lambda _on=False: ask_picture(self, self.keep_photo, self.error.show_error)
        )

    def keep_photo(self, data: bytes, kind: str = "photo") -> None:
        """Add a photo or a signature to the step, whatever becomes of the mark."""
        desk = self._desk
        at_ms = desk.gross_ms() if desk.is_on() else None
        command = AddPhoto(desk.run_id, self._state.step.no, data, kind, at_ms)
        desk.send(command, lambda _photo: self._said(translate("MarkDialog", "照片已保存")))

    def refuse(self, error: TingtangError) -> None:
        """Somebody was quicker: that is told, and pressing again puts his mark right."""
        super().refuse(error)
        if not isinstance(error, Stale) or self._desk.detail is None:
            return
        no = self._state.step.no
        self._state = next(one for one in self._desk.detail.steps if one.step.no == no)
        if self._desk.detail.line.state != "reviewed":
            told = translate("MarkDialog", "{told}，再按一次就以这次填的为准")
            self.error.show_error(told.format(told=sentence(error)))

    def _marked(self, _mark: object) -> None:
        if self.pad is not None and not self.pad.is_empty():
            self.keep_photo(signature_png(self.pad.text()), "sign")
        self._said(translate("MarkDialog", "已记下"))

    def _command(self) -> object:
        mark = self._state.mark
        return MarkStep(
            self._desk.run_id,
            self._state.step.no,
            self.how.current(),
            self._gross if self.time is None else self._typed_time(),
            self.note.toPlainText().strip(),
            self._count(),
            mark.id if mark else 0,
        )

    def _typed_time(self) -> int | None:
        """The time typed (12:05, 1:02:05, or seconds) with the pauses; None for nothing typed."""
        text = self.time.text().strip().replace("：", ":") if self.time else ""
        detail = self._desk.detail
        if not text or detail is None or detail.course is None:
            return None
        parts = text.split(":")
        if len(parts) > 3 or not all(part.isdecimal() and len(part) < 6 for part in parts):
            # No time of any run: refused with its sentence, at the field.
            return -1
        seconds = 0
        for part in parts:
            seconds = seconds * 60 + int(part)
        if any(int(part) >= _SIXTY for part in parts[1:]):
            return -1
        mark = self._state.mark
        if mark is not None and mark.at_ms is not None and seconds == mark.at_ms // 1_000:
            return mark.gross_ms
        return detail.course.gross(seconds * 1_000)

    def _count(self) -> int | None:
        text = self.number.text().strip() if self.number else ""
        if not text:
            return None
        # What is no number is refused with its sentence, at the field.
        return int(text) if text.isdecimal() else -1


def signature_png(text: str) -> bytes:
    """A signature as a picture: black ink on white."""
    image = QImage(_SIGNATURE, QImage.Format.Format_Grayscale8)
    image.fill(QColor("white"))
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor("black"), 3))
    painter.drawPath(signature_path(text, _SIGNATURE.width()))
    painter.end()
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(b"png")).write(image)
    return bytes(data.data())


class ObserveDialog(WrittenDialog):
    """Something good, or to mend, at this moment of the run."""

    def __init__(self, parent: QWidget, desk: RunDesk, kind: str, said: Said) -> None:
        good = kind == STRENGTH
        title = (
            translate("ObserveDialog", "做得好") if good else translate("ObserveDialog", "要改进")
        )
        super().__init__(parent, desk.station, title, width=560)
        self.words = self.add_text(translate("ObserveDialog", "看到了什么"), "text")
        gross = desk.gross_ms()
        self.offer(
            translate("ObserveDialog", "记下"),
            translate("ObserveDialog", "返回"),
            lambda: Observe(desk.run_id, kind, self.words.toPlainText(), at_ms=gross),
            lambda _one: said(translate("ObserveDialog", "已记下")),
        )
        self.words.textChanged.connect(self._follow)
        self._follow()
        self.words.setFocus()

    def _follow(self) -> None:
        self.confirm_button.setEnabled(bool(self.words.toPlainText().strip()))


class UnlistedDialog(AskDialog):
    """Somebody at the meeting point who is on no list."""

    def __init__(self, parent: QWidget, desk: RunDesk, call: int, said: Said) -> None:
        title = translate("UnlistedDialog", "名单外的人已到")
        super().__init__(parent, desk.station, title)
        self.name = self.add_field("name", translate("UnlistedDialog", "怎样称呼"))
        self.offer(
            translate("UnlistedDialog", "记为安全"),
            translate("UnlistedDialog", "返回"),
            lambda: AddToRoll(call, self.name.text()),
            lambda _mark: said(translate("UnlistedDialog", "已记为安全")),
        )
        self.name.edit.setFocus()

    def written(self) -> object:
        """What he is called."""
        return self.name.text()


class StopWordDialog(AskDialog):
    """真实情况，停止演练: the drill becomes a real incident, and calling stands still."""

    def __init__(self, parent: QWidget, desk: RunDesk, said: Said) -> None:
        super().__init__(
            parent,
            desk.station,
            translate("StopWordDialog", "真实情况，停止演练"),
            translate(
                "StopWordDialog",
                "本次演练转为真实险情记录，大堂停止叫号。需要报警时请直接拨打 110、119 或 120。",
            ),
            width=600,
        )
        gross = desk.gross_ms()
        self.offer(
            translate("StopWordDialog", "转为真实险情"),
            translate("StopWordDialog", "返回演练"),
            lambda: TurnReal(desk.run_id, gross),
            lambda _none: said(translate("StopWordDialog", "已转为真实险情，叫号已停")),
            danger=True,
        )
        self.confirm_button.setFocus()


class EndRunDialog(AskDialog):
    """The end of a run, with what is still open in words; what is real is not called a drill, and
    asks for no report where nothing happened."""

    def __init__(self, parent: QWidget, desk: RunDesk, left: str, said: Said) -> None:
        line = desk.detail.line if desk.detail is not None else None
        real = line is not None and line.is_real
        title = translate("EndRunDialog", "结束演练")
        back = translate("EndRunDialog", "返回演练")
        told = translate("EndRunDialog", "演练已结束，接着写评估")
        if real:
            title = translate("EndRunDialog", "结束处置")
            back = translate("EndRunDialog", "返回")
            told = translate("EndRunDialog", "处置已结束，接着写险情报告")
        super().__init__(parent, desk.station, title, left)
        words = {
            "finished": translate("EndRunDialog", "按计划做完"),
            "stopped": translate("EndRunDialog", "中途停止"),
            NEEDLESS: translate("EndRunDialog", "没有发生险情"),
        }
        began_real = line is not None and line.is_real and not line.turned
        self.how = self.add_control(
            translate("EndRunDialog", "怎样结束"),
            SegmentedControl(
                [(code, words[code]) for code in end_reasons(began_real=began_real)], height=44
            ),
        )
        self.news = Label("", CAPTION, wrap=True)
        self.body.add_gap(6)
        self.body.addWidget(self.news)
        stood_down = translate("EndRunDialog", "预案撤下，不用写险情报告；记录留着")
        self.how.chosen.connect(
            lambda code: self.news.setText(stood_down if code == NEEDLESS else "")
        )
        down = translate("EndRunDialog", "没有发生险情，预案已撤下")
        gross = desk.gross_ms()
        self.offer(
            title,
            back,
            lambda: EndRun(desk.run_id, gross, self.how.current()),
            lambda _none: said(down if self.how.current() == NEEDLESS else told),
            danger=True,
        )
