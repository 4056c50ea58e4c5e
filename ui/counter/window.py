"""Owns the counter's window: what the teller sees and which key does what when."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QSize, Qt, QTimer
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from branch.kernel.store import Store
from branch.lobby.queries.screens import Desk, desk
from ui.counter.actions import ActionKeys
from ui.counter.deeds import Deeds
from ui.counter.documents import DocumentsCard
from ui.counter.header import CounterHeader
from ui.counter.line import LineCard
from ui.counter.serving import ServingCard
from ui.counter.situation import Situation, situation
from ui.counter.steps import StepCard
from ui.counter.strip import CounterStrip
from ui.models.words import pause_reason, place_label
from ui.shell.asking import Asking
from ui.shell.station import Station
from ui.widgets.banner import Banner
from ui.widgets.focus_ring import install_focus_ring
from ui.widgets.freeze_strip import FreezeStrip
from ui.widgets.state import State
from ui.widgets.toast import Toaster

_TOPICS = frozenset({"ticket", "counter", "catalogue", "day", "help", "staff"})
# What a panel asks about, so that the strip gives way to the window.
_ASKING = frozenset({"transfer", "hold", "pause", "complaint"})


class CounterWindow(QWidget):
    """The counter, as in picture f; every deed has a key (look.md section 11)."""

    def __init__(self, station: Station) -> None:
        super().__init__()
        self.setObjectName("counter")
        self._station = station
        self.counter = int(station.name.partition("-")[2])
        self._desk: Desk | None = None
        self._now: Situation | None = None
        self.asking = Asking(station, self, self._question, self._take)
        self.ticket = 0
        self._build()
        self.strip = CounterStrip(self)
        self.deeds = Deeds(self, station, self.counter, self.toaster)
        self._wire()
        self._clock = QTimer(self)
        self._clock.setInterval(1000)
        self._clock.timeout.connect(self.tick)
        self.retranslate()
        install_focus_ring(self)
        self.setMinimumSize(1240, 760)
        self.resize(1280, 800)
        self._clock.start()
        self.asking.ask()

    def sizeHint(self) -> QSize:
        """The size of the picture."""
        return QSize(1280, 800)

    # -- building -------------------------------------------------------------------------------

    def _build(self) -> None:
        self.top = CounterHeader(self._station)
        self.chip, self.pause = self.top.chip, self.top.pause
        self.help, self.leave = self.top.help, self.top.leave
        self.banner = Banner()
        self.freeze = FreezeStrip(self._station)
        self.serving = ServingCard()
        self.steps = StepCard()
        self.keys = ActionKeys()
        self.documents = DocumentsCard()
        self.line = LineCard()
        left = QVBoxLayout()
        left.setSpacing(16)
        left.addWidget(self.serving, 1)
        left.addWidget(self.steps)
        left.addWidget(self.keys)
        right = QVBoxLayout()
        right.setSpacing(16)
        right.addWidget(self.documents)
        right.addWidget(self.line, 1)
        side = QWidget()
        side.setLayout(right)
        side.setFixedWidth(392)
        # Bars stand over the line, where nothing is pressed: a no-show's stays for three minutes.
        self.toaster = Toaster(side)
        right.setContentsMargins(0, 0, 0, 0)
        body = QHBoxLayout()
        body.setContentsMargins(24, 20, 24, 20)
        body.setSpacing(20)
        body.addLayout(left, 1)
        body.addWidget(side)
        main = QVBoxLayout(self)
        main.setContentsMargins(0, 0, 0, 0)
        main.setSpacing(0)
        main.addWidget(self.top)
        main.addWidget(self.banner)
        main.addWidget(self.freeze)
        main.addLayout(body, 1)

    def _wire(self) -> None:
        station = self._station
        station.changed.connect(self._on_changed)
        station.complained.connect(self._on_complained)
        station.offline.connect(self._on_offline)
        station.online.connect(self._on_online)
        self.banner.pressed.connect(station.retry_now)
        self.keys.pressed.connect(self.press)
        self.strip.pressed.connect(self.press)
        self.strip.closed.connect(self.leave_strip)
        self.serving.start.clicked.connect(lambda: self.press("start"))
        self.steps.next_wanted.connect(lambda: self.press("step"))
        self.top.pressed.connect(self.press)
        keys = {
            "F2": "next", "F3": "recall", "F4": "no_show", "F5": "finish", "F6": "transfer",
            "F7": "hold", "F8": "pause", "F9": "help", "F10": "complaint", "Space": "step",
            "Ctrl+Z": "undo", "Ctrl+Space": "strip",
        }  # fmt: skip
        for key, name in keys.items():
            self._key(key, name)
        # Space goes through the steps, so it is Enter that presses what has the focus.
        for button in self.findChildren(QPushButton):
            button.setAutoDefault(True)
        for number in range(1, 10):
            self._key(str(number), f"document {number}")
        QShortcut(QKeySequence("Ctrl+L"), self).activated.connect(station.lock_wanted)

    def _key(self, key: str, name: str) -> None:
        shortcut = QShortcut(QKeySequence(key), self)
        shortcut.setAutoRepeat(False)
        shortcut.activated.connect(lambda: self.press(name))

    # -- asking ---------------------------------------------------------------------------------

    def _on_changed(self, topics: frozenset[str]) -> None:
        if topics & _TOPICS:
            self.asking.ask()

    def _question(self) -> Callable[[Store], Desk | None]:
        counter, now = self.counter, self._station.now_ms()
        return lambda store: desk(store, counter, now)

    def _take(self, shown: Desk | None) -> None:
        if shown is not None:
            self._desk = shown
            self._show(shown)
            self.deeds.take(shown)

    # -- showing --------------------------------------------------------------------------------

    def _show(self, shown: Desk) -> None:
        ticket = shown.counter.ticket
        self.documents.show_service(shown.service)
        if ticket is None:
            self.steps.rest()
        else:
            self.serving.show_ticket(ticket)
            if ticket.id != self.ticket:
                self.documents.start_over()
            # A step taken back brings the customer back with his ticks.
            if ticket.id != self.ticket or self.steps.resting():
                self.steps.begin(ticket.typical)
            self.ticket = ticket.id
        self.tick()

    def tick(self) -> None:
        """Show what the clock changes; every second, and after every answer."""
        shown = self._desk
        if shown is None:
            return
        now = self._station.now_ms()
        offline = not self.banner.isHidden()
        self._now = situation(shown, self._station.person.staff, now, offline)
        if shown.counter.ticket is None:
            self._show_idle(shown, now)
        self.serving.tick(now)
        self.line.show_line(shown.line, now)
        serving = shown.counter.ticket is not None
        self.keys.show_state(self._now.allowed, serving, self._now.recall_in)
        self.top.show_counter(shown.counter, self._now.allowed)
        self.strip.show_desk(shown, self._now, now)

    def _show_idle(self, shown: Desk, now: int) -> None:
        counter = shown.counter
        minutes = max(0, now - counter.since) // 60_000
        if counter.state == "closed":
            self.serving.show_idle(
                self.tr("本柜台还没有开始服务"), self.tr("开始后就可以叫号"), self.tr("开始服务")
            )
        elif counter.staff != self._station.person.staff:
            text = self.tr("由 {name} 负责").format(name=counter.staff_name)
            self.serving.show_idle(self.tr("这个柜台有同事在用"), text)
        elif counter.state == "paused":
            title = self.tr("暂停服务：{reason}").format(reason=pause_reason(counter.reason))
            since = self.tr("已暂停 {n} 分钟").format(n=minutes)
            self.serving.show_idle(title, since, self.tr("继续服务"))
        elif shown.line:
            text = self.tr("有 {n} 位客户在等，按 F2 叫下一位").format(n=len(shown.line))
            self.serving.show_idle(self.tr("柜台空闲"), text)
        else:
            self.serving.show_idle(self.tr("柜台空闲"), self.tr("新客户取号后会出现在右边"))

    # -- pressing -------------------------------------------------------------------------------

    def press(self, name: str) -> None:
        """Do what a key or button stands for, or say why it cannot be done now."""
        if self._desk is None or self._now is None:
            return
        kind, _, number = name.partition(" ")
        needed = "step" if kind == "document" else kind
        if name == "strip":
            self.toggle_strip()
        elif needed not in self._now.allowed:
            self._refuse(self._now.refusals.get(needed) or self.tr("现在不能做这一步"))
        elif kind == "step":
            if not self.steps.advance():
                self._refuse(self.tr("五步都走完了，办结按 F5"))
        elif kind == "document":
            if not self.documents.tick_row(int(number)):
                self._refuse(self.tr("没有第 {n} 项材料").format(n=number))
        else:
            if name in _ASKING and self.strip.isVisible():
                self.leave_strip()
            self.deeds.do(name, self._desk)

    def _refuse(self, why: str) -> None:
        QApplication.beep()
        self._on_complained(why)

    def toggle_strip(self) -> None:
        """Shrink to the strip over other programs, or come back."""
        if self.strip.isVisible():
            self.leave_strip()
        else:
            # At the top of the screen the first time, later where it was dragged.
            if not self.strip.testAttribute(Qt.WidgetAttribute.WA_Moved):
                self.strip.move(self.screen().availableGeometry().topLeft())
            self.strip.show()
            self.hide()

    def leave_strip(self) -> None:
        """Come back from the strip."""
        self.strip.hide()
        self.show()
        self.activateWindow()

    # -- trouble, language, end -----------------------------------------------------------------

    def _on_complained(self, text: str) -> None:
        self.toaster.show_toast(text, State.ATTENTION)
        self.strip.say(text)

    def _on_offline(self, text: str, tries: int) -> None:
        told = self.tr("{text}。正在重试，第 {n} 次").format(text=text, n=tries)
        self.banner.show_text(told, button=self.tr("现在重试"))
        self.keys.make_room(True)
        self.tick()

    def _on_online(self) -> None:
        self.banner.clear()
        self.keys.make_room(False)
        self.asking.ask()

    def retranslate(self) -> None:
        """Say everything in the language of the moment."""
        self.setWindowTitle(place_label(self._station.name))
        self.top.retranslate()
        self.documents.retranslate()
        self.steps.retranslate()
        self.tick()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Take the strip along."""
        self._clock.stop()
        self.strip.close()
        super().closeEvent(event)
