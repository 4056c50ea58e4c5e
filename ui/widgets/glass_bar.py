"""Owns the strip that tells of emergency access nobody has reviewed; must not review any itself."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QWidget

from branch.people.queries import OpenGlass, open_break_glass
from branch.people.rules import permits
from ui.models.people_words import glass_reason
from ui.models.words import place_label
from ui.shell.station import Station
from ui.widgets.banner import Banner
from ui.widgets.glass_review import GlassReview
from ui.widgets.state import State


class GlassBar(Banner):
    """Stands under the top bar of whoever may review, until everything is reviewed.

    It asks by itself and follows what changes; for everybody else it stays hidden and asks
    nothing. One's own access is a colleague's to review and is not shown to oneself.
    """

    def __init__(self, station: Station, parent: QWidget | None = None) -> None:
        super().__init__(State.URGENT, parent=parent)
        self.setObjectName("glass-bar")
        self._station = station
        self._waiting: tuple[OpenGlass, ...] = ()
        if permits("ReviewBreakGlass", station.person.roles):
            station.changed.connect(self._on_changed)
            station.online.connect(self.ask)
            self.pressed.connect(self._review)
            self.ask()

    def ask(self) -> None:
        """Look anew what waits for a review."""
        self._station.ask(self, open_break_glass, self._take)

    def _on_changed(self, topics: frozenset[str]) -> None:
        if topics & {"glass", "staff"}:
            self.ask()

    def _take(self, waiting: tuple[OpenGlass, ...]) -> None:
        own = self._station.person.staff
        self._waiting = tuple(one for one in waiting if one.staff != own)
        self._say()

    def _say(self) -> None:
        if not self._waiting:
            self.clear()
            return
        newest = self._waiting[-1]
        text = self.tr("{time} {name}，{place}，紧急查看了完整信息：{reason}").format(
            time=f"{self._station.local(newest.at):%H:%M}",
            name=newest.name,
            place=place_label(newest.station),
            reason=glass_reason(newest.reason),
        )
        if len(self._waiting) > 1:
            more = self.tr("共 {n} 次待复核").format(n=len(self._waiting))
            text = self.tr("，").join((text, more))
        self.show_text(text, button=self.tr("查看并复核"))

    def _review(self) -> None:
        GlassReview(self.window(), self._station, self._waiting).open()

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._say()
