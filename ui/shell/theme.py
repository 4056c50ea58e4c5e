"""Owns the tokens of the look (colours, sizes, motion) and puts a theme on; draws nothing."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QColor, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from ui.shell.fonts import font

STYLE_SHEET: Final = Path(__file__).parents[2] / "resources" / "styles" / "tingtang.qss"
THEME_PROPERTY: Final = "tingtangTheme"


@dataclass(frozen=True)
class Theme:
    """One set of colours, as ``#RRGGBB``; the names say what a colour is for, not how it looks.

    Kiosk and board may use every pair of text and ground except those with ``ink3``.
    """

    name: str
    canvas: str
    surface: str
    sunken: str
    line: str
    line2: str
    control: str
    ink1: str
    ink2: str
    ink3: str
    accent: str
    accent_hover: str
    accent_press: str
    accent_tint: str
    accent_line: str
    on_accent: str
    ok: str
    ok_text: str
    ok_tint: str
    ok_line: str
    warn: str
    on_warn: str
    warn_text: str
    warn_tint: str
    warn_line: str
    danger: str
    danger_text: str
    danger_tint: str
    danger_line: str
    idle: str
    idle_text: str
    idle_tint: str
    focus: str
    edge_floor: int = 0
    focus_width: int = 2

    def colour(self, token: str) -> QColor:
        """The colour of a token, or of a literal ``#RRGGBB``; raises AttributeError if unknown."""
        return QColor(token if token.startswith("#") else getattr(self, token))

    def edge(self, width: float) -> float:
        """The width in px an edge of ``width`` px has here: high contrast thickens every edge."""
        return max(width, float(self.edge_floor)) if width else 0.0


LIGHT: Final = Theme(
    name="light", canvas="#F5F6F8", surface="#FFFFFF", sunken="#ECEFF3", line="#E1E5EB",
    line2="#C7CDD8", control="#737E91", ink1="#141A24", ink2="#3C4656", ink3="#566072",
    accent="#1C4A97", accent_hover="#173F82", accent_press="#12336B", accent_tint="#EAF0FA",
    accent_line="#B9CBEA", on_accent="#FFFFFF", ok="#0B8474", ok_text="#06574D",
    ok_tint="#E2F3F0", ok_line="#A9D8D0", warn="#E5A000", on_warn="#141A24",
    warn_text="#724400", warn_tint="#FFF2D6", warn_line="#F0CF8B", danger="#C02F1D",
    danger_text="#931F10", danger_tint="#FCEBE8", danger_line="#EDB9B1", idle="#98A1B2",
    idle_text="#3C4656", idle_tint="#ECEFF3", focus="#1C4A97",
)  # fmt: skip
HIGH_CONTRAST: Final = Theme(
    name="hc", canvas="#000000", surface="#000000", sunken="#1A1A1A", line="#FFFFFF",
    line2="#FFFFFF", control="#FFFFFF", ink1="#FFFFFF", ink2="#FFFFFF", ink3="#E0E0E0",
    accent="#FFE97A", accent_hover="#FFF0A3", accent_press="#E6CC4D", accent_tint="#1F1A00",
    accent_line="#FFE97A", on_accent="#000000", ok="#35D6A0", ok_text="#35D6A0",
    ok_tint="#00231C", ok_line="#35D6A0", warn="#FF9F1C", on_warn="#000000",
    warn_text="#FF9F1C", warn_tint="#261600", warn_line="#FF9F1C", danger="#FF6B6B",
    danger_text="#FF8080", danger_tint="#2B0606", danger_line="#FF6B6B", idle="#FFFFFF",
    idle_text="#FFFFFF", idle_tint="#1A1A1A", focus="#00E5FF", edge_floor=3, focus_width=3,
)  # fmt: skip
BOARD: Final = Theme(
    name="board", canvas="#0B1322", surface="#131E33", sunken="#0B1322", line="#293753",
    line2="#3B4B6C", control="#7C8CAB", ink1="#FFFFFF", ink2="#D3DCEC", ink3="#B4C0D6",
    accent="#C9DBFF", accent_hover="#C9DBFF", accent_press="#C9DBFF", accent_tint="#1A2947",
    accent_line="#3B5A93", on_accent="#0B1322", ok="#2BD4B0", ok_text="#2BD4B0",
    ok_tint="#0E2B2C", ok_line="#2B6C64", warn="#FFC35C", on_warn="#0B1322",
    warn_text="#FFC35C", warn_tint="#2E2613", warn_line="#7A612B", danger="#FF8A94",
    danger_text="#FF9DA5", danger_tint="#351C1E", danger_line="#7F443F", idle="#8E9BB5",
    idle_text="#B4C0D6", idle_tint="#131E33", focus="#C9DBFF",
)  # fmt: skip
THEMES: Final = {theme.name: theme for theme in (LIGHT, HIGH_CONTRAST, BOARD)}


@dataclass(frozen=True)
class Motion:
    """How long changes take, in milliseconds (look.md section 8)."""

    press: int = 80
    hover: int = 120
    panel_in: int = 200
    panel_out: int = 140
    page: int = 240
    board_fade: int = 240
    board_pulse: int = 1000
    board_pulses: int = 4
    page_every: int = 12_000


STILL: Final = replace(
    Motion(), press=0, hover=0, panel_in=0, panel_out=0, page=0, board_fade=0, board_pulses=0
)


@dataclass(frozen=True)
class Radius:
    """Corner radii in px."""

    chip: int = 6
    control: int = 8
    card: int = 10
    dialog: int = 12
    kiosk_button: int = 16
    kiosk_card: int = 20
    board: int = 24


@dataclass(frozen=True)
class DeskType:
    """Type sizes of the desk in px at 96 dpi."""

    smallest: int = 12
    caption: int = 13
    body: int = 14
    card: int = 16
    page: int = 20
    figure: int = 28
    timer: int = 64
    ticket: int = 144


@dataclass(frozen=True)
class KioskType:
    """Type sizes of the kiosk in px of the 1080 x 1920 design."""

    smallest: int
    body: int
    button: int
    second: int
    service: int
    title: int
    greeting: int
    ticket: int


@dataclass(frozen=True)
class BoardType:
    """Type sizes of the board in px of the 1920 x 1080 design."""

    smallest: int = 44
    label: int = 46
    notice: int = 50
    unit: int = 58
    service: int = 66
    counter_word: int = 72
    range: int = 80
    called: int = 92
    now: int = 196


SPACE: Final = (4, 8, 12, 16, 20, 24, 32, 48, 64)
RADIUS: Final = Radius()
DESK: Final = DeskType()
KIOSK: Final = KioskType(
    smallest=26, body=28, button=34, second=38, service=42, title=60, greeting=80, ticket=232
)
ELDER: Final = KioskType(
    smallest=36, body=40, button=40, second=52, service=64, title=72, greeting=84, ticket=260
)
BOARD_TYPE: Final = BoardType()
KIOSK_MIN_TARGET: Final = 80
CONSOLE_MIN_TARGET: Final = 44


class _Chosen:
    """What the application shows now; one a process, as there is one QApplication."""

    theme: Theme = LIGHT
    motion: Motion = Motion()


def current() -> Theme:
    """The theme of the application."""
    return _Chosen.theme


def motion() -> Motion:
    """The durations in force; all zero when motion is reduced."""
    return _Chosen.motion


def reduce_motion(reduced: bool) -> None:
    """Switch every transition off (or on again), as the settings say."""
    _Chosen.motion = STILL if reduced else Motion()


def theme_of(widget: QWidget | None) -> Theme:
    """The theme a widget is drawn in: that of the nearest themed ancestor, else the application's.

    A board and a desk may live in one process, so a window can wear a theme of its own.
    """
    node: QObject | None = widget
    while node is not None:
        name = node.property(THEME_PROPERTY)
        if isinstance(name, str):
            return THEMES[name]
        node = node.parent()
    return _Chosen.theme


def apply_theme(target: QApplication | QWidget, name: str) -> Theme:
    """Put the theme ``light``, ``hc`` or ``board`` on the application, or on one window only.

    Every widget below gets a style change and paints itself anew. Raises KeyError for another
    name.
    """
    theme = THEMES[name]
    if isinstance(target, QApplication):
        _Chosen.theme = theme
        target.setStyle("Fusion")
        target.setFont(font(DESK.body))
    else:
        target.setProperty(THEME_PROPERTY, name)
    target.setPalette(palette(theme))
    target.setStyleSheet(style_sheet(theme))
    return theme


def palette(theme: Theme) -> QPalette:
    """The colours Qt's own controls take."""
    roles = QPalette.ColorRole
    colours = QPalette()
    for role, token in {
        roles.Window: "canvas",
        roles.WindowText: "ink1",
        roles.Base: "surface",
        roles.AlternateBase: "canvas",
        roles.Text: "ink1",
        roles.PlaceholderText: "ink3",
        roles.Button: "surface",
        roles.ButtonText: "ink1",
        roles.BrightText: "danger_text",
        roles.ToolTipBase: "ink1",
        roles.ToolTipText: "surface",
        roles.Highlight: "accent",
        roles.HighlightedText: "on_accent",
        roles.Accent: "accent",
        roles.Link: "accent",
        roles.LinkVisited: "accent",
        roles.Mid: "line2",
        roles.Dark: "control",
    }.items():
        colours.setColor(role, theme.colour(token))
    for role in (roles.Text, roles.WindowText, roles.ButtonText):
        colours.setColor(QPalette.ColorGroup.Disabled, role, theme.colour("ink3"))
    return colours


@lru_cache(maxsize=len(THEMES))
def style_sheet(theme: Theme) -> str:
    """The style sheet of a theme, made from the template in ``resources/styles``."""
    text = STYLE_SHEET.read_text(encoding="utf-8")
    values = {
        **asdict(theme),
        "edge": f"{theme.edge(1):g}px",
        "edge2": f"{theme.edge(2):g}px",
        "folder": STYLE_SHEET.parent.as_posix(),
    }
    # Longest names first, so that @ok does not eat the head of @ok_text.
    for token in sorted(values, key=len, reverse=True):
        text = text.replace(f"@{token}", str(values[token]))
    return text


def contrast(first: QColor | str, second: QColor | str) -> float:
    """The contrast ratio of two colours by WCAG 2 relative luminance, 1 to 21."""
    lighter, darker = sorted((_luminance(QColor(first)), _luminance(QColor(second))), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: QColor) -> float:
    def linear(channel: float) -> float:
        return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4

    red, green, blue = colour.redF(), colour.greenF(), colour.blueF()
    return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)


def prepare_application() -> None:
    """Settings that Qt reads before the application object exists; call it first."""
    QGuiApplication.setHighDpiScaleFactorRoundingPolicy(
        Qt.HighDpiScaleFactorRoundingPolicy.PassThrough
    )
