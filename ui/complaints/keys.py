"""Owns how keys are tied to what they do at the complaint desk; decides none of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget


def install_keys(
    window: QWidget,
    keys: Iterable[tuple[str, Callable[[], object]]],
    press: Callable[[int], object],
) -> None:
    """Keys by name with what they do; the digits ``press`` the step of their number."""
    digits = ((str(number), partial(press, number)) for number in range(1, 10))
    for key, act in (*keys, *digits):
        QShortcut(QKeySequence(key), window).activated.connect(act)
