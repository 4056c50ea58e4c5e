"""Owns the question before a session in a complaint room: who, which case, recording told and
answered; begins nothing by itself."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Final

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QSpinBox, QWidget

from branch.complaints.queries.desk import CaseLine, running_cases
from branch.kernel.errors import BadInput
from branch.kernel.store import Store
from branch.people.commands import SignInRefused
from branch.people.queries import StaffMember, staff_members
from branch.rooms.commands.starting import Started, StartSession
from branch.rooms.queries.rooms import RoomNow
from branch.rooms.rules import LARGE_GROUP, MOST_PARTIES, RoomState
from ui.models.complaint_words import title_of
from ui.models.room_words import mood_label
from ui.shell.language import language
from ui.shell.station import Station, sentence
from ui.widgets.choice import CheckRow, SegmentedControl
from ui.widgets.field import ErrorLine
from ui.widgets.quiet_combo import QuietCombo
from ui.widgets.read_aloud import ReadAloud
from ui.widgets.room_dialog import Part, RoomDialog
from ui.widgets.room_override import OverridePart
from ui.widgets.room_visitors import VisitorsPart
from ui.widgets.staff_field import StaffField, colleagues_among
from ui.widgets.stage import HBox, VBox

translate = QCoreApplication.translate

UNSEEN, FINE, BROKEN = "unseen", "fine", "broken"
AGREED, DECLINED, NOT_ASKED = "agreed", "declined", "not_asked"
_GRADES: Final = {"calm": 2, "worried": 3, "upset": 4}
_WIDTH: Final = 940


def notice_text() -> str:
    """What is told about recording before anything is said (Order 3 Art. 7; PIPL Art. 17)."""
    return translate(
        "RoomStart",
        "本接待室录音录像，用于记录接待过程，只供办理您的投诉查阅。您可以说同意或不同意。",
    )


def quiet_help_text() -> str:
    """What the staff of a room have to know before they go in; it is told outside the room."""
    return translate(
        "RoomStart",
        "接待中需要安静求助：按住“请取蓝色文件夹”1 秒，或按 Ctrl+1；请负责人并疏散邻近客户按 "
        "Ctrl+2；要报警按 Ctrl+3。只通知保安和负责人，房间里没有任何提示。"
        "它不能代替紧急报警按钮：有人身危险，请按紧急报警按钮。",
    )


class _TickPart(QWidget):
    """A row to tick, with its error under it."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.row = CheckRow("")
        self.row.set_text(text)
        self.error = ErrorLine()
        column = VBox(parent=self)
        column.addWidget(self.row)
        column.addWidget(self.error)
        self.setFocusProxy(self.row)
        self.row.toggled.connect(lambda _on: self.set_error(""))

    def set_error(self, text: str) -> None:
        self.error.show_error(text)


def _beside(left: QWidget, right: QWidget) -> QWidget:
    both = QWidget()
    row = HBox(spacing=12, parent=both)
    row.addWidget(left, 1, Qt.AlignmentFlag.AlignTop)
    row.addWidget(right, 1, Qt.AlignmentFlag.AlignTop)
    return both


class StartDialog(RoomDialog):
    """``started`` carries the new session's id. Two columns: who and what, then the recording."""

    started = Signal(int)

    def __init__(
        self,
        parent: QWidget,
        station: Station,
        room: RoomNow,
        complaint: int | None = None,
    ) -> None:
        title = translate("RoomStart", "开始接待，{room}").format(room=room.name)
        super().__init__(parent, station, title, width=_WIDTH)
        self.room = room
        held = room.next if room.state == RoomState.HELD else None
        self._booking = held.id if held is not None else None
        self._complaint = complaint
        if held is not None and held.complaint is not None:
            self._complaint = held.complaint
        left, right = self.split()
        self.into(left)
        self._ask_who()
        left.addStretch(1)
        self.into(right)
        self._ask_recording()
        right.addStretch(1)
        self.into(None)
        self.put_words(quiet_help_text(), "ink3")
        confirm, cancel = self.tr("开始接待"), self.tr("返回")
        self.offer(confirm, cancel, self._command, self._begun)
        station.ask(self, self._known, self._take)
        self._follow()
        self.visitors.rows[0].name.setFocus()

    # -- building -------------------------------------------------------------------------------

    def _ask_who(self) -> None:
        self.case = QuietCombo()
        self.case.setAccessibleName(self.tr("哪一件投诉"))
        self.case.set_choices([("", self.tr("还没有登记，接待中再登记"))])
        self.case.choose("")
        self.put(Part(self.tr("哪一件投诉"), self.case), "complaint", "room")
        self.visitors = self.put(VisitorsPart(), "visitors", "name", "capacity")
        self.parties = QSpinBox()
        self.parties.setRange(1, MOST_PARTIES)
        self.parties.setProperty("ownFocus", True)
        self.parties.lineEdit().setTextMargins(10, 0, 10, 0)
        self.parties.setAccessibleName(self.tr("一共多少人投诉"))
        self.parties.valueChanged.connect(lambda _n: self._follow())
        self.mood = SegmentedControl(
            [(code, mood_label(code)) for code in _GRADES],
            name=self.tr("客户进来时的情绪"),
            height=34,
            padding=10,
            wide=True,
        )
        parties = Part(self.tr("一共多少人投诉"), self.parties)
        mood = Part(self.tr("客户进来时的情绪"), self.mood)
        self.put(_beside(parties, mood))
        self.name("parties", parties, parties.set_error)
        self.name("mood", mood, mood.set_error)
        self.group = self.put_words("", "warn_text")
        self.staff_1, self.staff_2 = StaffField("staff_unknown"), StaffField("staff_unknown")
        self.staff_1.set_label(self.tr("接待人"))
        self.staff_2.set_label(self.tr("第二位接待人"))
        self.put(_beside(self.staff_1, self.staff_2))
        for name, field in (("staff_1", self.staff_1), ("staff_2", self.staff_2)):
            self.name(name, field, field.set_error)
        self.guard = self.put(_TickPart(self.tr("保安在门外，可随时进来")), "guard").row

    def _ask_recording(self) -> None:
        self.recorder = SegmentedControl(
            [
                (UNSEEN, self.tr("还没有查")),
                (FINE, self.tr("已检查，正常")),
                (BROKEN, self.tr("不能用")),
            ],
            name=self.tr("录音录像设备"),
        )
        # Somebody looks at it and says so; only a room without one needs no look.
        self.recorder.set_current(UNSEEN if self.room.recorder else BROKEN)
        self.recorder.chosen.connect(lambda _key: self._follow())
        device = Part(self.tr("录音录像设备"), self.recorder)
        self.recorder_part = self.put(device, "recorder", "recorder_ok")
        self.override = self.put(OverridePart(), "override", say=self._say_pin)
        for name, say, part in (
            ("override_reason", self.override.reason.set_error, self.override.reason),
            ("override_no", self.override.number.set_error, self.override.number),
            ("override_pin", self._say_pin, self.override.pin),
        ):
            self.name(name, part, say)
        self.notice = self.put_words(f"“{notice_text()}”", "ink1")
        self.voice = self.put(ReadAloud())
        self.voice.show_text(notice_text(), language().code)
        self.shown = self.put(_TickPart(self.tr("告知牌在客户看得见的地方")), "notice_shown").row
        self.spoken = self.put(_TickPart(self.tr("已当面念给客户听")), "notice_spoken").row
        self.agreed = SegmentedControl(
            [
                (NOT_ASKED, self.tr("还没有问")),
                (AGREED, self.tr("同意")),
                (DECLINED, self.tr("不同意")),
            ],
            name=self.tr("客户对录音录像"),
        )
        self.agreed.chosen.connect(lambda _key: self._follow())
        self.agreed_part = self.put(Part(self.tr("客户对录音录像"), self.agreed), "agreed")
        self.declined = self.put_words(
            self.tr("会记在笔录里。接待照常进行，请向客户说明录音录像是为了保护双方。")
        )

    # -- following ------------------------------------------------------------------------------

    def _known(self, store: Store) -> tuple[tuple[CaseLine, ...], tuple[StaffMember, ...]]:
        return running_cases(store, self.station.person.staff), staff_members(store)

    def _take(self, answer: tuple[tuple[CaseLine, ...], tuple[StaffMember, ...]]) -> None:
        cases, members = answer
        chosen = self.case.code() or str(self._complaint or "")
        self.case.set_choices(
            [
                ("", self.tr("还没有登记，接待中再登记")),
                *((str(line.id), f"{line.number} {title_of(line)}") for line in cases),
            ]
        )
        self.case.choose(chosen if self.case.findData(chosen) >= 0 else "")
        colleagues = colleagues_among(members)
        for field in (self.staff_1, self.staff_2):
            field.show_colleagues(colleagues)
        if self.staff_1.staff() is None:
            self.staff_1.choose(self.station.person.staff)

    def _follow(self) -> None:
        """Show what the answers so far make necessary."""
        count = self.parties.value()
        self.group.setVisible(count >= LARGE_GROUP)
        self.group.setText(
            self.tr(
                "{n} 人以上集体投诉，开始后按重大投诉办理，并启动应急预案（办法第二十九条）"
            ).format(n=LARGE_GROUP)
        )
        self.override.setVisible(self.recorder.current() == BROKEN)
        self.declined.setVisible(self.agreed.current() == DECLINED)

    def _say_pin(self, text: str) -> None:
        self.override.pin_error.show_error(text)
        self.override.pin.set_error(bool(text))

    def written(self) -> object:
        """Names and the reason; who receives is found again in a moment."""
        return (*self.visitors.names(), self.override.reason.text())

    # -- sending --------------------------------------------------------------------------------

    def _command(self) -> StartSession:
        is_fine = self.recorder.current() == FINE
        answer = self.agreed.current()
        case = self.case.code()
        return StartSession(
            room=self.room.id,
            staff_1=self.staff_1.staff() or 0,
            staff_2=self.staff_2.staff() or 0,
            visitors=self.visitors.visitors(),
            parties=self.parties.value(),
            guard=self.guard.isChecked(),
            recorder_ok=is_fine,
            override_no="" if is_fine else self.override.number.text(),
            override_pin="" if is_fine else self.override.pin.pin(),
            override_reason="" if is_fine else self.override.reason.text(),
            notice_shown=self.shown.isChecked(),
            notice_spoken=self.spoken.isChecked(),
            agreed=None if answer == NOT_ASKED else answer == AGREED,
            mood=_GRADES[self.mood.current()],
            booking=self._booking,
            complaint=int(case) if case else None,
        )

    def _send(self, command: Callable[[], object], then: Callable[[object], None]) -> None:
        """As every question, but a wrong PIN of the manager is an answer and not a refusal."""
        self.forgive()
        empty = [field for field in (self.staff_1, self.staff_2) if field.staff() is None]
        if empty:
            empty[0].set_error(self.tr("请选择接待人，两位都要写明"))
            empty[0].setFocus()
            return
        if self.recorder.current() == UNSEEN:
            self.recorder_part.set_error(self.tr("请先检查录音录像设备，再选正常或不能用"))
            self.recorder.segment(UNSEEN).setFocus()
            return
        self.confirm_button.setEnabled(False)
        self.station.run(self, command(), partial(self._answered, then), self.refuse)

    def _answered(self, then: Callable[[object], None], answer: object) -> None:
        if isinstance(answer, SignInRefused):
            self.confirm_button.setEnabled(True)
            self.override.pin.clear()
            error = BadInput(answer.code, field="override_pin", wait_s=answer.wait_s)
            self._say_pin(sentence(error))
            self.override.pin.setFocus()
            return
        self.accept()
        then(answer)

    def _begun(self, answer: object) -> None:
        assert isinstance(answer, Started)  # every other answer was said
        self.started.emit(answer.id)
