"""Owns the page of complaint rooms: name, seats, recorder, in use or not; receives nobody."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from branch.kernel.errors import BadInput
from branch.kernel.store import Store
from branch.people.rules import permits
from branch.rooms.commands.settings import AddRoom, ChangeRoom, SetRoomOutOfService
from branch.rooms.queries.rooms import RoomNow, rooms_now
from branch.rooms.rules import RoomState
from ui.admin.page import Drafts, FormPage, Place, SaveBar, on_edit, scrolled, whole_number
from ui.models.room_words import out_label
from ui.shell.station import Station
from ui.widgets.button import PlainButton
from ui.widgets.card import Card
from ui.widgets.choice import CheckRow
from ui.widgets.field import FieldEdit
from ui.widgets.label import CARD_TITLE, SECOND, Label
from ui.widgets.room_start import notice_text, quiet_help_text
from ui.widgets.room_strip import room_words
from ui.widgets.room_turnover import OutOfServiceDialog
from ui.widgets.rows import Chooser, Row
from ui.widgets.stage import Grid, HBox, VBox

_LIST: Final = 300
_NEW: Final = "new"


@dataclass(frozen=True)
class RoomValues:
    """What stands in the form; the seats as they were typed."""

    name: str
    seats: str
    recorder: str
    active: bool


_EMPTY: Final = RoomValues("", "", "", True)


def _all(store: Store, staff: int, now: int) -> tuple[RoomNow, ...]:
    return rooms_now(store, staff, now, every=True)


class RoomsPage(FormPage[RoomValues]):
    """The rooms at the left, one of them at the right."""

    topics = frozenset({"room", "room_session"})

    def __init__(self, station: Station) -> None:
        super().__init__(station)
        self._may_change = permits("ChangeRoom", station.person.roles)
        self._rooms: dict[str, RoomNow] = {}
        self.add = PlainButton("", icon="plus")
        self.list = Chooser()
        self.title = Label("", CARD_TITLE)
        self.standing = Label("", SECOND, wrap=True)
        self.out_button = PlainButton("")
        self.name, self.seats, self.recorder = FieldEdit(""), FieldEdit(""), FieldEdit("")
        self.active = CheckRow("")
        self.notice, self.help = Label("", SECOND, wrap=True), Label("", SECOND, wrap=True)
        self.bar = SaveBar()
        self._build()
        self.wire_form(self.bar, Drafts(self._values, self._put))
        on_edit(self, self.follow)
        self.add.clicked.connect(self._new)
        self.out_button.clicked.connect(self._take_out)
        self.list.chosen.connect(self._show)
        for field in (self.name, self.seats, self.recorder):
            field.edit.returnPressed.connect(self.save)
            field.edit.setReadOnly(not self._may_change)
        self.retranslate()

    def _build(self) -> None:
        left = Card()
        left.setFixedWidth(_LIST)
        column = VBox(spacing=12, margins=(12, 14, 12, 12), parent=left)
        column.addWidget(self.list, 1)
        column.addWidget(self.add)
        if not self._may_change:
            self.add.hide()
        right = Card()
        inner = QWidget()
        form = VBox(spacing=12, margins=(0, 0, 14, 0), parent=inner)
        state = HBox(spacing=12)
        state.addWidget(self.standing, 1)
        state.addWidget(self.out_button)
        form.addLayout(state)
        grid = Grid(columns=2, spacing=12)
        grid.addWidget(self.name, 0, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(self.seats, 0, 1, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(self.recorder, 1, 0, Qt.AlignmentFlag.AlignTop)
        form.addLayout(grid)
        form.addWidget(self.active)
        form.addWidget(self.notice)
        form.addWidget(self.help)
        form.addStretch(1)
        whole = VBox(spacing=14, margins=(20, 18, 10, 18), parent=right)
        whole.addWidget(self.title)
        whole.addWidget(scrolled(inner), 1)
        whole.addWidget(self.bar)
        row = HBox(spacing=16, parent=self)
        row.addWidget(left)
        row.addWidget(right, 1)

    # -- showing --------------------------------------------------------------------------------

    def ask(self) -> None:
        """Read the rooms anew."""
        person, now = self._station.person, self._station.now_ms()
        self._station.ask(self, partial(_all, staff=person.staff, now=now), self._take)

    def _take(self, rooms: tuple[RoomNow, ...]) -> None:
        self._rooms = {str(room.id): room for room in rooms}
        making = self._drafts.key == _NEW
        self._fill()
        if making or not rooms:
            self._new_again()
        else:
            self._show(self.list.current())
        self.loaded.emit()

    def _fill(self) -> None:
        rows = [
            Row(key, room.name, "" if room.active else self.tr("不再使用"), not room.active)
            for key, room in self._rooms.items()
        ]
        self.list.set_rows(rows, str(self._drafts.key))

    def _show(self, key: str) -> None:
        if key != self._drafts.key:
            self.forgive()
        room = self._rooms[key]
        self.show_values(key, RoomValues(room.name, str(room.seats), room.recorder, room.active))
        self.title.setText(room.name)
        is_out = room.state == RoomState.OUT
        told = self.tr("暂停使用：{reason}").format(reason=out_label(room.out_reason))
        used = room.state in (RoomState.OCCUPIED, RoomState.TURNOVER)
        free = room_words(room, self._station).title if used else self.tr("可以使用")
        self.standing.setText(told if is_out else free)
        self.standing.setVisible(room.active)
        self.out_button.setText(self.tr("恢复使用") if is_out else self.tr("暂停使用这间"))
        may = permits("SetRoomOutOfService", self._station.person.roles)
        self.out_button.setVisible(may and room.active)
        self.active.setVisible(self._may_change)

    def _new(self) -> None:
        self.forgive()
        self._new_again()
        self.name.edit.setFocus()

    def _new_again(self) -> None:
        self.list.clearSelection()
        self.list.setCurrentRow(-1)
        self.show_values(_NEW, _EMPTY)
        for part in (self.standing, self.out_button, self.active):
            part.hide()
        self.title.setText(self.tr("添加接待室"))

    def _values(self) -> RoomValues:
        return RoomValues(
            self.name.text(), self.seats.text(), self.recorder.text(), self.active.isChecked()
        )

    def _put(self, values: RoomValues) -> None:
        self.name.set_text(values.name)
        self.seats.set_text(values.seats)
        self.recorder.set_text(values.recorder)
        self.active.setChecked(values.active)

    # -- saving ---------------------------------------------------------------------------------

    def _places(self) -> dict[str, Place]:
        return {"name": self.name, "seats": self.seats, "recorder": self.recorder}

    def save(self) -> None:
        """Store the room as it stands in the form."""
        key, values = str(self._drafts.key or ""), self._values()
        if not key or not self.bar.save.isEnabled() or not self._may_change:
            return
        self.forgive()
        try:
            seats = whole_number(values.seats, "seats")
        except BadInput as error:
            self.refuse(error, self._places(), self.bar.trouble)
            return
        command: object = AddRoom(values.name, seats, values.recorder)
        if key != _NEW:
            command = ChangeRoom(int(key), values.name, seats, values.recorder, values.active)
        self.send(
            [command],
            lambda made: self._saved(key, str(made), values),
            self._places(),
            self.bar.trouble,
            self.add,
        )

    def _saved(self, key: str, made: str, values: RoomValues) -> None:
        self._drafts.saved(key, values)
        self.told.emit(self.tr("已保存"))
        if key == _NEW:
            self.show_values(made, values)
        self.ask()

    def making(self) -> bool:
        """Whether the form makes a new room."""
        return self._may_change and self._drafts.key == _NEW

    def _take_out(self) -> None:
        room = self._rooms.get(str(self._drafts.key))
        if room is None:
            return
        if room.state == RoomState.OUT:
            said = self.tr("{room} 恢复使用了").format(room=room.name)
            command = SetRoomOutOfService(room.id, False)
            self._station.run(self, command, lambda _none: self.told.emit(said))
            return
        dialog = OutOfServiceDialog(self.window(), self._station, room.id, room.name)
        dialog.said.connect(self.told)
        dialog.open()

    def retranslate(self) -> None:
        """Take the words anew."""
        self.add.setText(self.tr("添加接待室"))
        self.list.setAccessibleName(self.tr("投诉接待室"))
        self.name.set_label(self.tr("名称"))
        self.seats.set_label(self.tr("客户座位数"))
        self.recorder.set_label(self.tr("录音录像设备编号，没有可不填"))
        self.active.set_text(self.tr("这间接待室还在使用"))
        self.notice.setText(self.tr("进门告知：{text}").format(text=notice_text()))
        self.help.setText(quiet_help_text())
        if self._rooms:
            self._fill()
            if self._drafts.key == _NEW:
                self._new_again()
            elif self._drafts.key is not None:
                self._show(str(self._drafts.key))
        super().retranslate()
