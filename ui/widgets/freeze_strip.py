"""Owns the strip that tells that calling stands still, in a drill or for real; freezes nothing."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QWidget

from branch.lobby.commands.freezing import ThawLobby
from branch.lobby.queries.freezing import Freeze, frozen
from branch.people.rules import permits
from ui.shell.asking import Asking
from ui.shell.station import Station
from ui.widgets.banner import Banner
from ui.widgets.dialog import ConfirmDialog
from ui.widgets.state import State

_TOPICS = frozenset({"lobby", "day", "drill"})


class FreezeStrip(Banner):
    """Stands under the top bar while nobody is called; whoever may lets calling go on here."""

    def __init__(self, station: Station, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._station = station
        self._may_thaw = permits("ThawLobby", station.person.roles)
        self.found: Freeze | None = None
        self.asking: Asking[Freeze | None] = Asking(station, self, lambda: frozen, self._take)
        station.changed.connect(self._on_changed)
        station.online.connect(self.asking.ask)
        self.pressed.connect(self._ask_thaw)
        self.asking.ask()

    def _on_changed(self, topics: frozenset[str]) -> None:
        if topics & _TOPICS:
            self.asking.ask()

    def _take(self, found: Freeze | None) -> None:
        self.found = found
        self._say()

    def _say(self) -> None:
        if self.found is None:
            self.clear()
            return
        time = f"{self._station.local(self.found.since):%H:%M}"
        button = self.tr("恢复叫号") if self._may_thaw else ""
        if self.found.reason == "real":
            self.set_state(State.URGENT)
            text = self.tr("{time} 起停止叫号，请按预案带客户离开或避险").format(time=time)
            self.show_text(text, lead=self.tr("发生真实险情"), button=button)
        else:
            self.set_state(State.ATTENTION)
            text = self.tr("{time} 起暂停叫号，请安抚等候的客户").format(time=time)
            self.show_text(text, lead=self.tr("正在演练"), button=button)

    def _ask_thaw(self) -> None:
        dialog = ConfirmDialog(
            self.window(),
            title=self.tr("恢复叫号"),
            text=self.tr("柜台可以重新叫号。演练或险情的记录不会因此结束。"),
            confirm=self.tr("恢复叫号"),
            cancel=self.tr("返回"),
            danger=False,
        )
        dialog.accepted.connect(lambda: self._station.run(self, ThawLobby()))
        dialog.open()

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._say()
