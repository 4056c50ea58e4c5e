"""The application object: fonts, theme, language, and whether there is a display to show it on."""

from __future__ import annotations

import os
import platform

from PySide6.QtWidgets import QApplication

from ui.shell.fonts import load_fonts
from ui.shell.language import language
from ui.shell.theme import apply_theme, prepare_application


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
    prepare_application()
    running = QApplication.instance()
    app = running if isinstance(running, QApplication) else QApplication(["tingtang"])
    app.setApplicationName("tingtang")
    app.setApplicationDisplayName("厅堂")
    app.setQuitOnLastWindowClosed(True)
    load_fonts()
    apply_theme(app, "light")
    language().choose(language_code)
    return app
