"""The light theme, put on the application only where something else stands; no fixtures."""

from __future__ import annotations

from functools import cache

from PySide6.QtWidgets import QApplication

from ui.shell.theme import LIGHT, apply_theme, style_sheet, theme_of


@cache
def _sheet() -> str:
    return style_sheet(LIGHT)


def put_on_light(app: QApplication) -> None:
    """Make the light theme the application's.

    Qt styles every window of the process anew for it, those that earlier tests have left as well,
    which takes up to seconds: so it is done only after a test that wore another theme.
    """
    if theme_of(None) is not LIGHT or app.styleSheet() != _sheet():
        apply_theme(app, "light")
