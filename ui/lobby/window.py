"""Owns the lobby console's window: what stands where, and when it is asked anew."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial

from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtGui import QCloseEvent, QKeyEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from branch.lobby.commands.arrivals import Issued
from branch.people.rules import may_read
from branch.rooms.rules import RoomState
from ui.lobby.actions import Actions
from ui.lobby.answers import Answers
from ui.lobby.complaint_desk import ComplaintDesk
from ui.lobby.console_bar import COMPLAINT_KEY, RECORD_KEY, ConsoleBar
from ui.lobby.floor import Floor
from ui.lobby.greet_form import GreetForm
from ui.lobby.greeter import Greeter
from ui.lobby.id_age import ID_KEY
from ui.lobby.picture import Picture, picture
from ui.lobby.reception_desk import ReceptionDesk
from ui.lobby.reception_list_dialog import DUE
from ui.lobby.ticket_dialog import WHY_KEY
from ui.shell.asking import Asking
from ui.shell.desk_rail import DeskRail
from ui.shell.station import Station
from ui.widgets.banner import Banner
from ui.widgets.focus_ring import install_focus_ring
from ui.widgets.freeze_strip import FreezeStrip
from ui.widgets.glass_bar import GlassBar
from ui.widgets.room_desk import RoomDesk
from ui.widgets.room_strip import SEAT, RoomStrip
from ui.widgets.state import State
from ui.widgets.toast import Toaster

# What the console shows; a change of anything else is none of its business.
_TOPICS = frozenset({"ticket", "counter", "help", "print", "day", "catalogue", "staff"})
_ROOMY_FROM = 1360
_KEYS = 8


class LobbyWindow(QWidget):
    """The console, as in picture e: figures, alerts, queues and counters left, greeting right."""

    def __init__(self, station: Station) -> None:
        super().__init__()
        self.setObjectName("lobby")
        self._station = station
        self._picture: Picture | None = None
        self.asking = Asking(station, self, lambda: picture, self._take)
        self._read_at: datetime | None = None
        self._trouble: tuple[str, int] | None = None
        self._build()
        self.toaster = Toaster(self)
        self.receptions = ReceptionDesk(self, station, self.toaster)
        self.complaints = ComplaintDesk(self, station, self.toaster)
        self.acts = Actions(self, station, self.toaster, self.receptions, self.complaints)
        self.answers = Answers(self, station, self.toaster, self.acts, self.floor.alerts)
        self.greeter = Greeter(station, self.form)
        self.room_desk = RoomDesk(self, station, self.toaster, self.rooms)
        self._wire()
        self._clock = QTimer(self)
        self._clock.setInterval(1000)
        self._clock.timeout.connect(self._tick)
        self.retranslate()
        install_focus_ring(self)
        self.setMinimumSize(1280, 800)
        self.resize(1440, 900)
        self._clock.start()
        self.asking.ask()

    # -- building -------------------------------------------------------------------------------

    def _build(self) -> None:
        self.rail = DeskRail(self._station, "lobby")
        self.top = ConsoleBar(self._station)
        self.banner = Banner()
        self.glass = GlassBar(self._station)
        self.freeze = FreezeStrip(self._station)
        self.floor = Floor()
        self.form = GreetForm()
        self._body = QHBoxLayout()
        left = QVBoxLayout()
        left.setSpacing(16)
        self.rooms = RoomStrip(self._station, {RoomState.FREE: (SEAT, "SeatInRoom")}, low=True)
        left.addWidget(self.rooms)
        left.addWidget(self.floor, 1)
        self._body.addLayout(left, 1)
        self._body.addWidget(self.form)
        main = QVBoxLayout()
        main.setSpacing(0)
        main.addWidget(self.top)
        main.addWidget(self.banner)
        main.addWidget(self.freeze)
        main.addWidget(self.glass)
        main.addLayout(self._body, 1)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.rail)
        whole.addLayout(main, 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Take the room there is."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Give up margins before words and targets."""
        narrow = self.width() < _ROOMY_FROM
        side = 16 if narrow else 24
        end = 10 if narrow and self._trouble is not None else 20
        self._body.setContentsMargins(side, end, side, end)
        self._body.setSpacing(16 if narrow else 20)

    def _wire(self) -> None:
        station, acts = self._station, self.acts
        station.changed.connect(self._on_changed)
        station.complained.connect(self._on_complained)
        station.offline.connect(self._on_offline)
        station.online.connect(self._on_online)
        station.waits.shown_changed.connect(self._show)
        station.waits.watch(self)
        self.top.close_day_button.clicked.connect(acts.close_day)
        self.top.why_button.clicked.connect(acts.ask_why)
        self.top.promises_button.clicked.connect(acts.show_promises)
        self.top.record_button.clicked.connect(self.receptions.note)
        self.top.complaint_button.clicked.connect(self.complaints.register)
        self.top.due_button.clicked.connect(partial(self.receptions.show_list, DUE))
        self.receptions.counted.connect(self.top.show_due)
        self.banner.pressed.connect(station.retry_now)
        self.floor.retry_wanted.connect(station.retry_now)
        self.floor.alert_pressed.connect(self.answers.press)
        self.floor.ticket_opened.connect(acts.open_ticket)
        self.floor.counter_opened.connect(acts.open_counter)
        self.form.book_button.clicked.connect(acts.make_booking)
        self.greeter.issued.connect(self._on_issued)
        self.greeter.led_away.connect(self._on_led_away)
        self.answers.changed.connect(self._show)
        for at in range(_KEYS):
            self._key(f"{at + 1}", partial(self.greeter.press_flag, at))
            self._key(f"Ctrl+{at + 1}", partial(self.greeter.press_group, at))
        self._key("Esc", self.greeter.start_over)
        self._key("Ctrl+L", station.lock_wanted.emit)
        if may_read("register", station.person.roles):
            # The key of the roll call in the register: twice is there from anywhere.
            self._key("F9", partial(station.place_wanted.emit, "register"))
        self._key("Ctrl+Z", self.toaster.undo_last)
        self._key(WHY_KEY, self.top.why_button.click)
        self._key(ID_KEY, self.form.id_button.click)
        self._key(RECORD_KEY, self.top.record_button.click)
        self._key(COMPLAINT_KEY, self.top.complaint_button.click)

    def _key(self, keys: str, act: Callable[[], object]) -> None:
        QShortcut(QKeySequence(keys), self).activated.connect(act)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter issues, wherever the focus is; only a list with a current row keeps it."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.isAutoRepeat():
            self.greeter.issue()
            return
        super().keyPressEvent(event)

    # -- asking ---------------------------------------------------------------------------------

    def _on_changed(self, topics: frozenset[str]) -> None:
        if topics & _TOPICS:
            self.asking.ask()

    def _take(self, shown: Picture) -> None:
        self._picture, self._read_at = shown, self._station.now()
        self.acts.take(shown)
        self.greeter.show_picture(shown)
        self._show()

    def _tick(self) -> None:
        self._show()
        self.greeter.tick()

    def _show(self) -> None:
        shown = self._picture
        if shown is None:
            return
        now, waits = self._station.now_ms(), self._station.waits
        self.floor.show_picture(shown, now, self.answers.soothing, waits)
        self.rail.set_badge("lobby", self.floor.alert_count())
        self.top.close_day_button.setEnabled(bool(shown.console.day))
        # A machine that has asked about its printer; nothing is said of what nobody has told.
        places = sorted({item.station for item in shown.console.help if item.kind == "printer"})
        self.top.show_printers(places)

    # -- pressing -------------------------------------------------------------------------------

    def _on_issued(self, issued: Issued) -> None:
        self.toaster.show_toast(self.tr("{number} 已出号，正在打印").format(number=issued.number))
        self.acts.print_new(issued)

    def _on_led_away(self, outcome: str) -> None:
        if outcome == "room":
            # The same press finds him a room; the two who receive him see him wait there.
            self.room_desk.seat_somewhere()
        else:
            self.toaster.show_toast(self.tr("已记下，客户去自助机办理"))

    # -- trouble --------------------------------------------------------------------------------

    def _on_complained(self, text: str) -> None:
        self.toaster.show_toast(text, State.ATTENTION)

    def _on_offline(self, text: str, tries: int) -> None:
        self._trouble = (text, tries)
        self._fit()
        self._show_trouble()

    def _on_online(self) -> None:
        self._trouble = None
        self.banner.clear()
        self._fit()
        self.asking.ask()

    def _show_trouble(self) -> None:
        if self._trouble is None:
            return
        text, tries = self._trouble
        trying = self.tr("正在重试，第 {n} 次").format(n=tries)
        retry = self.tr("现在重试")
        if self._read_at is None:
            self.floor.show_failure(text, trying, retry)
            return
        stopped = self.tr("数据停在 {time}").format(time=f"{self._read_at:%H:%M}")
        self.banner.show_text(self.tr("，").join((text, stopped, trying)), button=retry)

    # -- words, end -----------------------------------------------------------------------------

    def retranslate(self) -> None:
        """Take all words anew."""
        self.setWindowTitle(self.tr("厅堂 大堂"))
        self.greeter.retranslate()
        self._show()
        self._show_trouble()

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Nothing ticks behind a closed window."""
        self._clock.stop()
        super().closeEvent(event)
