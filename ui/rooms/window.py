"""Owns the window of the complaint rooms: what stands where, when it is asked anew; runs no
command."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, time, timedelta
from functools import partial
from typing import Final

from PySide6.QtCore import QEvent, QSize, QTimer
from PySide6.QtGui import QCloseEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from branch.kernel.clock import to_ms
from branch.kernel.drafts import KeptDraft
from branch.kernel.store import Store
from branch.people.rules import may_read, permits
from ui.rooms.alert_bar import AlertBar
from ui.rooms.deeds import Deeds
from ui.rooms.keeping import Keeper
from ui.rooms.overview import Overview
from ui.rooms.quiet_keys import QuietKeys
from ui.rooms.record import Asked, RoomRecord, room_record
from ui.rooms.session_page import SessionPage
from ui.rooms.top import SessionBar
from ui.shell.asking import Asking
from ui.shell.desk_rail import DeskRail
from ui.shell.station import Station
from ui.widgets.away_strip import AwayStrip
from ui.widgets.banner import Banner
from ui.widgets.focus_ring import install_focus_ring
from ui.widgets.reveal_banner import RevealBanner
from ui.widgets.room_desk import RoomDesk
from ui.widgets.stage import HBox, VBox
from ui.widgets.state import State
from ui.widgets.toast import Toaster

_TOPICS: Final = frozenset({"room", "room_session", "alarm", "complaint", "action"})
_ROOMY_FROM: Final = 1360
_TEXT: Final = "statement"


class RoomWindow(QWidget):
    """Picture j while a session is held in the room at hand, else all rooms (``overview``).

    ``room-3`` is the station of the room of that id, ``room`` one for all of them.
    """

    def __init__(self, station: Station) -> None:
        super().__init__()
        self.setObjectName("rooms")
        self._station = station
        number = station.name.partition("-")[2]
        self._room: int | None = int(number) if number.isdecimal() else None
        self.record: RoomRecord | None = None
        self._session: int | None = None
        self._saved_text = ""
        self._build()
        self.toaster = Toaster(self)
        self.keeper = Keeper(self, station, lambda: {_TEXT: self.page.work.statement.text()})
        self.deeds = Deeds(self, station, self.page, self.keeper, self.toaster)
        self.asking: Asking[RoomRecord] = Asking(station, self, self._question, self._take)
        self.desk = RoomDesk(self, station, self.toaster, self.overview.strip, enter=self.open_room)
        self._wire()
        self._clock = QTimer(self)
        self._clock.setInterval(1000)
        self._clock.timeout.connect(self.tick)
        self._clock.start()
        self.retranslate()
        install_focus_ring(self)
        self.setMinimumSize(1280, 800)
        self.resize(1440, 900)
        self.asking.ask()

    def sizeHint(self) -> QSize:
        """The size of the picture."""
        return QSize(1440, 900)

    # -- building -------------------------------------------------------------------------------

    def _build(self) -> None:
        station = self._station
        self.rail = DeskRail(station, "complaints")
        self.top = SessionBar(station.now_ms)
        self.top.show_view(None)
        self.away = AwayStrip(station)
        self.alert, self.notice = AlertBar(), Banner(State.RUNNING)
        self.reveal = RevealBanner()
        self.page, self.overview = SessionPage(station), Overview(station)
        self.stack = QStackedWidget()
        self.stack.addWidget(self.overview)
        self.stack.addWidget(self.page)
        self._body = QHBoxLayout()
        self._body.addWidget(self.stack)
        main = VBox()
        for part in (self.top, self.away, self.alert, self.notice, self.reveal):
            main.addWidget(part)
        main.addLayout(self._body, 1)
        whole = HBox(parent=self)
        whole.addWidget(self.rail)
        whole.addLayout(main, 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give up margins before words and targets."""
        super().resizeEvent(event)
        narrow = self.width() < _ROOMY_FROM
        side, end = (16, 12) if narrow else (24, 20)
        self._body.setContentsMargins(side, end, side, end)

    def _wire(self) -> None:
        station, deeds = self._station, self.deeds
        station.changed.connect(self._on_changed)
        station.complained.connect(self._on_complained)
        station.online.connect(self.asking.ask)
        self.rail.here.connect(self.leave)
        self.top.back.connect(self.leave)
        self.page.work.statement.edited.connect(self._on_edited)
        for row in self.page.customer.reveals.values():
            self.reveal.watch(row)
        self.keeper.kept.connect(self._show_kept)
        deeds.saved.connect(self._on_saved)
        deeds.ended.connect(self._on_ended)
        deeds.record_changed.connect(self._on_record_changed)
        self.alert.wanted.connect(deeds.ask_support)
        self.notice.pressed.connect(self._put_saved)
        for keys, act in (
            ("Alt+Right", self.page.work.next_button.click),
            ("Alt+Left", self.page.work.back_button.click),
            ("Ctrl+S", self._save),
            ("F2", self.page.work.statement.edit.setFocus),
            ("Ctrl+P", self.page.end.print_button.click),
            ("Ctrl+L", station.lock_wanted.emit),
        ):
            self._key(keys, act)
        self.quiet_keys = QuietKeys(self, deeds.fetch_folder)

    def _key(self, keys: str, act: Callable[[], object]) -> None:
        QShortcut(QKeySequence(keys), self).activated.connect(act)

    # -- asking ---------------------------------------------------------------------------------

    def _question(self) -> Callable[[Store], RoomRecord]:
        now, person = self._station.now(), self._station.person
        midnight = datetime.combine(now.date(), time(), self._station.zone)
        day = (to_ms(midnight), to_ms(midnight + timedelta(days=1)))
        asked = Asked(person.staff, person.roles, self._station.now_ms(), now.date(), day)
        return partial(room_record, room=self._room, asked=asked)

    def _on_changed(self, topics: frozenset[str]) -> None:
        if topics & _TOPICS:
            self.asking.ask()

    def _take(self, record: RoomRecord) -> None:
        self.record = record
        self.overview.show_bookings(record.bookings)
        view = record.view
        self.top.show_view(view)
        if view is None:
            self._begin(None)
            self.stack.setCurrentWidget(self.overview)
            return
        if view.line.id != self._session:
            self._begin(view.line.id)
            self._put(view.statement)
            self._station.ask(self, self.keeper.find(view.line.id), self._take_kept)
        elif view.statement != self._saved_text and not self._is_typed():
            # The colleague at another machine has written it.
            self._put(view.statement)
        self._saved_text = view.statement
        self.page.show_session(view, record.detail)
        self.deeds.follow()
        if self.stack.currentWidget() is not self.page:
            self.stack.setCurrentWidget(self.page)
            # The customer begins to speak: what is typed now is his words.
            self.page.work.statement.edit.setFocus()
        self.tick()

    def _begin(self, session: int | None) -> None:
        if session == self._session:
            return
        self._session, self._saved_text = session, ""
        self.keeper.watch(session)
        self.deeds.forget()
        self.alert.begin()
        self.notice.clear()
        self.reveal.clear()

    # -- the statement --------------------------------------------------------------------------

    def _put(self, text: str) -> None:
        self.page.work.statement.put(text)
        self.page.work.statement.show_kept("")

    def _is_typed(self) -> bool:
        """Whether something stands there that is not saved."""
        return self.page.work.statement.text() != self._saved_text

    def _on_edited(self) -> None:
        self.keeper.touch()
        self.deeds.follow()

    def _show_kept(self, at: int) -> None:
        self.page.work.statement.show_kept(f"{self._station.local(at):%H:%M}")

    def _on_saved(self, at: int, text: str) -> None:
        self._saved_text = text
        if not self._is_typed():
            self._show_kept(at)
        self.notice.clear()

    def _save(self) -> None:
        if self._session is not None:
            self.deeds.save()

    def _take_kept(self, kept: KeptDraft | None) -> None:
        if kept is None or self._session is None or kept.name.subject != str(self._session):
            return
        text = str(kept.fields.get(_TEXT, ""))
        if not text or text == self._saved_text:
            return
        self._put(text)
        self._show_kept(kept.at)
        self._say_found()

    def _say_found(self) -> None:
        self.notice.show_text(
            self.tr("已找回上次没有保存的原话，请接着写"), button=self.tr("不要找回的内容")
        )

    def _put_saved(self) -> None:
        self.keeper.drop()
        self._put(self._saved_text)
        self.notice.clear()

    # -- time -----------------------------------------------------------------------------------

    def tick(self) -> None:
        """Seconds go by; half an hour and an hour are told quietly."""
        self.top.tick()
        view = self.page.view()
        if view is None or self._session is None:
            return
        self.alert.follow(view.line.started_at, self._station.now_ms())

    # -- coming and going -----------------------------------------------------------------------

    def open_room(self, room: int) -> None:
        """Show the session of a room."""
        self._room = room
        self.asking.ask()

    def leave(self) -> None:
        """Go back to the desk; the session goes on. What was typed is saved."""
        if self._session is not None and self._is_typed():
            self.deeds.save()
        roles = self._station.person.roles
        if may_read("complaints", roles):
            self._station.place_wanted.emit("complaints")
        elif permits("Greet", roles):
            self._station.place_wanted.emit("lobby")
        else:
            self._room = None
            self.asking.ask()

    def _on_ended(self) -> None:
        self.toaster.show_toast(self.tr("接待已结束，整理签字后房间可用"))
        self.asking.ask()

    def _on_record_changed(self) -> None:
        self.toaster.show_toast(self.tr("笔录改动过，请客户再看一遍"), State.ATTENTION)

    def _on_complained(self, text: str) -> None:
        self.toaster.show_toast(text, State.ATTENTION)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Nothing ticks behind a closed window; what was typed is kept."""
        self._clock.stop()
        if self.keeper.is_open():
            self.keeper.keep()
        super().closeEvent(event)

    def retranslate(self) -> None:
        """Take all words anew."""
        self.setWindowTitle(self.tr("厅堂 接待室"))
        if self.notice.isVisible():
            self._say_found()
        self.tick()

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
