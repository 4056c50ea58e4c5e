"""Owns when Python looks for forgotten cycles: on the GUI thread only; decides nothing else.

Left alone, Python does so on whichever thread happens to allocate, and at any moment. A window or
dialog lies in a cycle with its own handlers. Freed on the store's thread, its destructor holds one
of Qt's locks for connections and asks for Python's, while the GUI thread holds Python's and asks
for Qt's. Freed from within another destructor, it may ask for the very lock that one holds. Either
way the program stands still for good; both were seen with PySide6 6.11.3.
"""

from __future__ import annotations

import gc
from typing import Final

from PySide6.QtCore import QObject, QTimer

# Long enough to cost nothing, short enough that a busy second leaves little to look through.
_LOOK_MS: Final = 500


class Collector(QObject):
    """Python's cycle collector, run by a timer of the thread that made it, at Python's own pace."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        gc.disable()
        timer = QTimer(self)
        timer.setInterval(_LOOK_MS)
        timer.timeout.connect(self.look)
        timer.start()

    def look(self) -> None:
        """Collect the oldest generation that Python would collect now, if any."""
        pairs = zip(gc.get_count(), gc.get_threshold(), strict=True)
        due = [generation for generation, (count, most) in enumerate(pairs) if count > most > 0]
        if due:
            gc.collect(due[-1])
