"""Owns what the six states look like (shape, colours); must not know what they are about."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Final

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter

from ui.shell.theme import Theme
from ui.widgets.icon import paint_icon


class State(Enum):
    """The states of look.md section 3; each is colour and shape, and stands beside a word."""

    RUNNING = "running"
    OK = "ok"
    ATTENTION = "attention"
    URGENT = "urgent"
    IDLE = "idle"
    PAUSED = "paused"


@dataclass(frozen=True)
class StateLook:
    """Colour tokens of one state."""

    glyph: str
    inner: str
    text: str
    tint: str
    line: str


LOOKS: Final = {
    State.RUNNING: StateLook("accent", "on_accent", "accent", "accent_tint", "accent_line"),
    State.OK: StateLook("ok", "on_accent", "ok_text", "ok_tint", "ok_line"),
    State.ATTENTION: StateLook("warn", "on_warn", "warn_text", "warn_tint", "warn_line"),
    State.URGENT: StateLook("danger", "on_accent", "danger_text", "danger_tint", "danger_line"),
    State.IDLE: StateLook("idle", "on_accent", "idle_text", "idle_tint", "line2"),
    State.PAUSED: StateLook("ink2", "on_accent", "idle_text", "idle_tint", "line2"),
}


def paint_state(
    painter: QPainter, state: State, rect: QRectF, theme: Theme, *, in_words: bool = False
) -> None:
    """Draw the glyph of a state; ``in_words`` gives quiet states the colour of their word."""
    look = LOOKS[state]
    quiet = in_words and state in (State.IDLE, State.PAUSED)
    paint_icon(
        painter,
        f"status-{state.value}",
        rect,
        theme.colour(look.text if quiet else look.glyph),
        inner=theme.colour(look.inner),
    )
