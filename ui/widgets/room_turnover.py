"""Owns the list that is gone through before a room is free again, and why one is out of use."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QWidget

from branch.rooms.commands.ending import SignTurnover
from branch.rooms.commands.settings import SetRoomOutOfService
from branch.rooms.queries.rooms import RoomNow
from branch.rooms.rules import OUT_REASONS, turnover_points
from ui.models.room_words import out_label, turnover_label
from ui.shell.station import Station
from ui.widgets.choice_field import ChoiceField
from ui.widgets.field import ErrorLine, FieldEdit
from ui.widgets.room_dialog import RoomDialog
from ui.widgets.stage import VBox
from ui.widgets.tick_item import TickItem

translate = QCoreApplication.translate
_WORDS: Final = 430


class TurnoverDialog(RoomDialog):
    """Ticks and, where there is one, the recording's number; whoever signs is noted. ``said`` tells
    it."""

    said = Signal(str)

    def __init__(self, parent: QWidget, station: Station, room: RoomNow) -> None:
        super().__init__(
            parent,
            station,
            translate("RoomTurnover", "整理{room}").format(room=room.name),
            translate("RoomTurnover", "逐项做完再签字，房间随后可用。"),
            width=540,
        )
        self.room = room
        ticks = QWidget()
        column = VBox(parent=ticks)
        self.items: dict[str, TickItem] = {}
        points = turnover_points(room.was_recorded)
        for code in points:
            item = TickItem(turnover_label(code), words=_WORDS, row=44)
            self.items[code] = item
            column.addWidget(item)
        self.error_line = ErrorLine()
        column.addWidget(self.error_line)
        ticks.setFocusProxy(self.items[points[0]])
        self.put(ticks)
        for code, item in self.items.items():
            self.name(code, item, self.error_line.show_error)
        self.media = self.put(FieldEdit(self.tr("录音录像的编号或文件名")), "media")
        self.media.setVisible(room.was_recorded)
        self.offer(self.tr("签字，标为可用"), self.tr("返回"), self._command, self._done)
        self.items[points[0]].setFocus()

    def _command(self) -> SignTurnover:
        done = frozenset(code for code, item in self.items.items() if item.isChecked())
        return SignTurnover(self.room.id, done, self.media.text())

    def _done(self, _none: object) -> None:
        self.said.emit(self.tr("{room} 可以使用了").format(room=self.room.name))


class OutOfServiceDialog(RoomDialog):
    """Why a room cannot be used for now. ``said`` tells it."""

    said = Signal(str)

    def __init__(self, parent: QWidget, station: Station, room: int, name: str) -> None:
        super().__init__(
            parent,
            station,
            translate("RoomTurnover", "暂停使用{room}").format(room=name),
            translate("RoomTurnover", "这期间不能预约和接待，随时可以恢复。"),
            width=480,
        )
        self._room, self._name = room, name
        self.reason = self.put(ChoiceField(), "reason", "room")
        self.reason.set_label(self.tr("原因"))
        self.reason.combo.set_choices([(code, out_label(code)) for code in OUT_REASONS])
        self.offer(self.tr("暂停使用这间"), self.tr("返回"), self._command, self._done)
        self.reason.setFocus()

    def _command(self) -> SetRoomOutOfService:
        return SetRoomOutOfService(self._room, True, self.reason.combo.code())

    def _done(self, _none: object) -> None:
        self.said.emit(self.tr("{room} 已暂停使用").format(room=self._name))
