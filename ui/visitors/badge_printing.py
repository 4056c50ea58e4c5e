"""From a visitor of the register to the paper in his badge: prints it and says how that went."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from branch.kernel.settings import machine_choice
from branch.visitors.queries.register import VisitorLine, visitor_line
from reports.forms.badge import badge_pdf
from ui.shell.language import language
from ui.shell.printing import PrintFailed, PrintQueue
from ui.shell.station import Station, sentence
from ui.widgets.state import State


class BadgePrinting(QObject):
    """Prints on this machine's ticket printer, beside the GUI thread.

    ``told`` brings a sentence and its State: printed, or why it was not. Names come masked from
    the register and stay so on the paper.
    """

    told = Signal(str, object)

    def __init__(self, station: Station, parent: QObject) -> None:
        super().__init__(parent)
        self._station = station
        self._queue = PrintQueue(self)
        self._queue.printed.connect(self._on_printed)
        self._queue.failed.connect(self._on_failed)

    def print_visitor(self, visitor: int) -> None:
        """Print the badge of a visitor by his id, as he stands in the register now."""
        self._station.ask(self, lambda store: visitor_line(store, visitor), self._on_line)

    def print_badge(self, line: VisitorLine) -> None:
        """Print the badge of a visitor who has one; also once more, when the first was spoilt."""
        station, speech = self._station, language().code
        # Who was announced and has not come has no badge yet, so there is a time with every badge.
        came_at = station.local(line.came_at if line.came_at is not None else station.now_ms())

        def make() -> bytes:
            return badge_pdf(
                line.badge,
                line.shown_name,
                line.unit,
                line.host_name,
                line.area,
                came_at,
                station.branch,
                speech,
            )

        self._queue.submit(line.badge, make, machine_choice(station.settings, "printer") or None)

    def _on_line(self, line: VisitorLine | None) -> None:
        if line is not None and line.badge:
            self.print_badge(line)

    def _on_printed(self, badge: str) -> None:
        self.told.emit(self.tr("访客牌 {badge} 已打印").format(badge=badge), State.OK)

    def _on_failed(self, badge: str, failure: PrintFailed) -> None:
        why = self.tr("访客牌 {badge} 没有打印，{why}").format(badge=badge, why=sentence(failure))
        self.told.emit(why, State.ATTENTION)
