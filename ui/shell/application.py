"""The application object: fonts, theme, language, and whether there is a display to show it on."""

from __future__ import annotations

import gc
import os
import platform
import sys
from typing import Final

from PySide6.QtWidgets import QApplication

from ui.shell.collecting import Collector
from ui.shell.fonts import load_fonts
from ui.shell.language import language
from ui.shell.theme import apply_theme, prepare_application

# Python's own five milliseconds, a few times over, are a frame that is not painted.
_GIVE_WAY_S: Final = 0.001


def has_display() -> bool:
    """Whether windows can be shown to a person on this machine."""
    if os.environ.get("QT_QPA_PLATFORM"):
        return os.environ["QT_QPA_PLATFORM"] not in ("offscreen", "minimal")
    if platform.system() == "Linux":
        return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
    return True


def make_application(language_code: str, offscreen: bool = False) -> QApplication:
    """The one QApplication of this process, dressed and speaking ``language_code``."""
    if offscreen:
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    favour_the_gui_thread()
    prepare_application()
    running = QApplication.instance()
    app = running if isinstance(running, QApplication) else QApplication(["tingtang"])
    app.setApplicationName("tingtang")
    app.setApplicationDisplayName("厅堂")
    app.setQuitOnLastWindowClosed(True)
    if app.findChild(Collector) is None:
        Collector(app)
    load_fonts()
    apply_theme(app, "light")
    language().choose(language_code)
    return app


def favour_the_gui_thread() -> None:
    """Have the store's thread hand Python over within a millisecond when the GUI asks for it."""
    sys.setswitchinterval(_GIVE_WAY_S)


def spare_the_collector() -> None:
    """Have Python's cycle collector pass over everything that stands now.

    A full collection holds every thread, and goes through all that was made since the program
    began: a tenth of a second in which no window answers. What was made up to the time a window
    is shown lives as long as the window does.
    """
    gc.unfreeze()
    gc.collect()
    gc.freeze()
