"""A small day and a few words for tests of the page 假如."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from ui.dashboard.whatif import WhatIfPage

DAY = """\
arrives_at,service,priority_class,care_needs,appointment,language,service_seconds,shows_up,leaves_after_minutes,rating
2026-11-20 10:01:00,P01,ordinary,,,zh,1800,yes,,5
2026-11-20 10:02:00,P01,ordinary,,,zh,1800,yes,,
2026-11-20 10:02:30,P01,ordinary,,,zh,1800,yes,,
2026-11-20 10:03:00,P01,ordinary,,,zh,1800,yes,,
2026-11-20 10:04:00,P01,ordinary,,,zh,600,yes,,
2026-11-20 10:05:00,P01,elderly,read_aloud,,zh,600,yes,,
"""


def press(qtbot: QtBot, button: QWidget) -> None:
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def answered(qtbot: QtBot, page: WhatIfPage) -> None:
    """Wait until the page asks for nothing any more."""
    qtbot.waitUntil(lambda: not page.run.running and page._asked is None, timeout=30_000)
    qtbot.waitUntil(page.result.table.updatesEnabled)
    # What was put into a layout is shown by the next turn of events.
    QApplication.processEvents()


def titles(page: WhatIfPage) -> list[str]:
    return [row.title.text() for row in page.form.rows]
