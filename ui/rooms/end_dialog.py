"""Owns the last question of a session: how it ended, in which mood, what happened; ends it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Final

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QWidget

from branch.bootstrap import Branch
from branch.kernel.clock import to_ms
from branch.kernel.errors import TingtangError
from branch.kernel.runner import Actor
from branch.rooms.commands.alarms import NoteIncident
from branch.rooms.commands.ending import EndSession
from branch.rooms.queries.sessions import SessionView
from branch.rooms.rules import BROKEN_OFF, FINISHED, INCIDENT_LEVEL, REFUSED
from ui.models.complaint_words import joined
from ui.models.room_words import mood_label, outcome_label
from ui.rooms.mood_card import GRADES, mood_of
from ui.shell.station import Station, sentence
from ui.widgets.chips import Chips
from ui.widgets.choice import CheckRow, SegmentedControl
from ui.widgets.long_field import LongField
from ui.widgets.moment_fields import TimeField
from ui.widgets.room_dialog import Part, RoomDialog

translate = QCoreApplication.translate
_WIDTH: Final = 560
_NOTE_NEEDED: Final = "incident_note_needed"


class EndDialog(RoomDialog):
    """``ended`` tells that the session is over. ``signed`` is how the record was signed."""

    ended = Signal()

    def __init__(
        self,
        parent: QWidget,
        station: Station,
        view: SessionView,
        *,
        signed: tuple[str, str],
        told: bool,
        early: bool,
        prints: bool = False,
    ) -> None:
        title = translate("EndDialog", "结束接待")
        text = (
            translate("EndDialog", "客户没有看过笔录。两位接待人一起见证，笔录照样归档。")
            if early
            else translate("EndDialog", "结束后笔录不能再改，房间转为整理中。")
        )
        super().__init__(parent, station, title, text, width=_WIDTH)
        self._view, self._signed, self._told, self._early = view, signed, told, early
        outcomes = BROKEN_OFF if early else FINISHED
        self.outcome = Chips(len(outcomes), name=self.tr("结果"))
        self.outcome.offer([(code, outcome_label(code)) for code in outcomes])
        self.put(Part(self.tr("结果"), self.outcome), "outcome", "read_back", "signature", "signed")
        self.mood = SegmentedControl(
            [(code, mood_label(code)) for code in GRADES],
            current=mood_of(view.mood),
            name=self.tr("客户离开时的情绪"),
        )
        self.put(Part(self.tr("客户离开时的情绪"), self.mood), "mood_end")
        self.incident = LongField(self.tr("情况说明：发生了什么，谁到场，怎样结束"), 3)
        self.police = CheckRow("")
        self.police.set_text(self.tr("已拨打 110"))
        self.police_at = TimeField()
        self.police_at.set_label(self.tr("拨打时间"))
        self.police_at.set_time(station.now().time())
        if view.line.level >= INCIDENT_LEVEL:
            self._ask_incident()
        self.witnessed = CheckRow("")
        self.witnessed.set_text(
            self.tr("{names}都在场见证").format(names=joined(view.line.staff_names))
        )
        if early:
            self.put(Part("", self.witnessed), "witnesses")
        verb = self.tr("结束，并打印笔录") if prints else self.tr("结束，并通知保洁")
        self.offer(verb, self.tr("返回"), self._command, lambda _none: None)
        self.outcome.focus_first()

    def _ask_incident(self) -> None:
        self.incident.set_text(self._view.incident_note)
        self.put(self.incident, "incident", "text")
        self.put(self.police)
        self.put(self.police_at, "police_at")
        self.police_at.hide()
        self.police.toggled.connect(self.police_at.setVisible)

    def _witnesses(self) -> frozenset[int]:
        both = frozenset(self._view.staff)
        if self._early:
            return both if self.witnessed.isChecked() else frozenset()
        return both if self._signed[0] == REFUSED else frozenset()

    def _command(self) -> EndSession:
        way, signature = self._signed
        return EndSession(
            self._view.line.id,
            self.outcome.code(),
            GRADES[self.mood.current()],
            read_back=not self._early,
            signed="none" if self._early else way,
            signature=signature,
            witnesses=self._witnesses(),
            told_next=self._told,
        )

    def _note(self) -> NoteIncident | None:
        if self._view.line.level < INCIDENT_LEVEL:
            return None
        called = None
        if self.police.isChecked():
            now = self.station.now()
            moment = datetime.combine(now.date(), self.police_at.time(), self.station.zone)
            called = to_ms(moment)
        return NoteIncident(self._view.line.id, self.incident.text(), called)

    def _send(self, command: Callable[[], object], then: Callable[[object], None]) -> None:
        """The incident is noted first, so that the end finds it."""
        self.forgive()
        self.confirm_button.setEnabled(False)
        work = partial(_carried_out, note=self._note(), end=command(), actor=self.station.actor)
        self.station.do(self, work, self._over, self.refuse)

    def refuse(self, error: TingtangError) -> None:
        """Say why not, the missing note at its field."""
        if error.code == _NOTE_NEEDED:
            self.confirm_button.setEnabled(True)
            self.incident.set_error(sentence(error))
            self.incident.setFocus()
        else:
            super().refuse(error)

    def _over(self, _none: object) -> None:
        self.accept()
        self.ended.emit()


def _carried_out(branch: Branch, note: NoteIncident | None, end: object, actor: Actor) -> None:
    if note is not None and note.text.strip():
        branch.run(note, actor)
    branch.run(end, actor)
