"""Owns the push buttons of the look: kinds, heights, icon, key cap; must not know what they do."""

from __future__ import annotations

from dataclasses import dataclass
from math import floor
from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from ui.shell.theme import RADIUS, Theme
from ui.widgets.fading import Fading
from ui.widgets.icon import paint_icon
from ui.widgets.painting import Themed, paint_box, text_width
from ui.widgets.pressing import PressGuard


@dataclass(frozen=True)
class ButtonSize:
    """The measures of a button, design px."""

    height: int
    font_px: float
    padding: int
    icon_px: int = 18
    gap: int = 8
    radius: int = RADIUS.control
    edge: int = 1
    width: int = 0
    left: bool = False
    key_px: float = 12
    key_height: int = 20
    key_padding: int = 7
    sub_px: float = 0
    icon_stroke: float | None = None
    bold: bool = False
    edge_token: str = "line2"
    icon_right: bool = False


COMPACT: Final = ButtonSize(32, 13, 13, radius=6, gap=6)
SMALL_TOUCH: Final = ButtonSize(44, 13, 17, radius=6)
DESK_BUTTON: Final = ButtonSize(40, 14, 17)
LARGE: Final = ButtonSize(48, 16, 21, icon_px=20)
HERO: Final = ButtonSize(56, 17, 20, icon_px=22, gap=8)
SIGN_IN: Final = ButtonSize(56, 18, 20, icon_px=22, radius=10)
TELLER_PRIMARY: Final = ButtonSize(
    88, 24, 19, icon_px=30, gap=12, radius=10, left=True, key_px=14, key_height=26,
    key_padding=9, icon_stroke=1.9,
)  # fmt: skip
TELLER: Final = ButtonSize(
    88, 20, 19, icon_px=24, gap=12, radius=10, left=True, key_px=14, key_height=26, key_padding=9
)
TELLER_LOW: Final = ButtonSize(
    72, 18, 19, icon_px=24, gap=12, radius=10, left=True, key_px=14, key_height=26, key_padding=9
)
STILL_THERE: Final = ButtonSize(64, 20, 36)
KIOSK_BUTTON: Final = ButtonSize(
    104, 34, 32, icon_px=44, gap=16, radius=16, edge=2, icon_stroke=1.7, sub_px=28
)
KIOSK_TOOL: Final = ButtonSize(96, 30, 16, icon_px=40, gap=14, radius=16, edge=2, icon_stroke=1.7)
KIOSK_BACK: Final = ButtonSize(
    84, 32, 20, icon_px=36, gap=12, radius=16, edge=2, icon_stroke=2.0, width=172
)
KIOSK_MAIN: Final = ButtonSize(
    120, 38, 36, icon_px=44, gap=18, radius=16, edge=2, icon_stroke=1.7, sub_px=28
)
# Elder mode draws every edge in `control` (look.md section 2).
ELDER_TOOL: Final = ButtonSize(
    124, 40, 20, icon_px=48, gap=16, radius=16, edge=2, icon_stroke=1.7, edge_token="control"
)


class Button(Themed, Fading, PressGuard, QPushButton):
    """A painted push button; its own text is its accessible name, a key cap its description."""

    kind = "plain"

    def __init__(
        self,
        text: str = "",
        *,
        size: ButtonSize = DESK_BUTTON,
        icon: str = "",
        key: str = "",
        sub: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, parent)
        self._size, self._icon, self._key, self._sub = size, icon, key, sub
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._describe()
        self.refresh()

    def set_icon_name(self, name: str) -> None:
        """Show another icon left of the words; an empty name shows none."""
        self._icon = name
        self.refresh()

    def set_key(self, key: str) -> None:
        """Show the key that does the same, as a cap at the right."""
        self._key = key
        self._describe()
        self.refresh()

    def set_sub(self, sub: str) -> None:
        """Show a second, lighter label after the words."""
        self._sub = sub
        self._describe()
        self.refresh()

    def set_size(self, size: ButtonSize) -> None:
        """Take other measures."""
        self._size = size
        self.refresh()

    def icon_name(self) -> str:
        """The name of the icon shown."""
        return self._icon

    def _describe(self) -> None:
        self.setAccessibleDescription("，".join(part for part in (self._sub, self._key) if part))

    def refresh(self) -> None:
        """Take font, ring and height anew."""
        self.setFont(self.font_px(self._size.font_px, self._weight()))
        self.setProperty("ringRadius", self.px(self._size.radius))
        policy = QSizePolicy.Policy.Fixed if self._size.width else QSizePolicy.Policy.Minimum
        self.setSizePolicy(policy, QSizePolicy.Policy.Fixed)
        super().refresh()

    def _weight(self) -> int:
        return 700 if self.kind in ("primary", "accent", "danger_solid") or self._size.bold else 500

    def _shown_font(self) -> QFont:
        """Bold says "press me", so a button that is off loses it; a pressed danger gains it."""
        if not self.isEnabled():
            return self.font_px(self._size.font_px, 500)
        if self.kind == "danger" and self.isDown():
            return self.font_px(self._size.font_px, 700)
        return self.font()

    def sizeHint(self) -> QSize:
        """Wide enough for all its words, at its one height."""
        height = round(self.px(self._size.height))
        if self._size.width:
            return QSize(round(self.px(self._size.width)), height)
        width = self._content_width() + 2 * self.px(self._size.padding)
        return QSize(round(width + 0.5), height)

    def minimumSizeHint(self) -> QSize:
        """Never narrower than its words."""
        return self.sizeHint()

    def _key_width(self) -> float:
        if not self._key:
            return 0.0
        cap = self.font_px(self._size.key_px, 500)
        return text_width(self._key, cap) + 2 * self.px(self._size.key_padding)

    def _content_width(self) -> float:
        gap = self.px(self._size.gap)
        parts = [text_width(self.text(), self.font())] if self.text() else []
        if self._icon:
            parts.append(self.px(self._size.icon_px))
        if self._sub:
            parts.append(text_width(self._sub, self.font_px(self._sub_px())))
        if self._key:
            parts.append(self._key_width())
        return sum(parts) + gap * max(0, len(parts) - 1)

    def _sub_px(self) -> float:
        return self._size.sub_px or self._size.font_px - 1

    def _colours(self, theme: Theme) -> tuple[QColor | None, QColor | None, QColor]:
        """Ground, edge and text in the present state."""
        colour = theme.colour
        if not self.isEnabled():
            if self.kind == "link":
                return None, None, colour("ink3")
            edge = colour("line") if theme.edge_floor else colour("sunken")
            return colour("sunken"), edge, colour("ink3")
        down = self.isDown()
        over = self.underMouse()
        if self.kind == "primary":
            ground = "accent_press" if down else "accent_hover" if over else "accent"
            return colour(ground), colour(ground), colour("on_accent")
        if self.kind == "danger_solid" or (self.kind == "danger" and down):
            return colour("danger"), colour("danger"), colour("on_accent")
        if self.kind == "danger":
            ground = "danger_tint" if over else "surface"
            return colour(ground), colour("danger"), colour("danger_text")
        if self.kind == "link":
            ground_colour = colour("sunken") if down else colour("accent_tint") if over else None
            return ground_colour, None, colour("accent")
        ground = "sunken" if down else "canvas" if over else "surface"
        if self.kind == "accent":
            ground = "accent_tint" if over or down else "surface"
            return colour(ground), colour("accent"), colour("accent")
        return colour(ground), colour(self._size.edge_token), colour("ink1")

    def paintEvent(self, _event: object) -> None:
        """Ground, then icon, words, second label and key cap in one row."""
        size, theme = self._size, self.theme()
        painter = self.begin_painting()
        ground, edge, ink = self._colours(theme)
        if ground is not None:
            key = (self.isEnabled(), theme.name)
            shown = self.faded(ground, key, pressed=self.isDown())
            edge, ground = shown if edge == ground else edge, shown
        rect = QRectF(self.rect())
        paint_box(painter, rect, self.px(size.radius), ground, edge, self.px(theme.edge(size.edge)))
        padding, gap = self.px(size.padding), self.px(size.gap)
        left = padding
        if not size.left:
            # A button made narrower than it asked for gives up padding before it cuts a word.
            left = max(self.px(4), floor(rect.center().x() - self._content_width() / 2))
        inner = rect.adjusted(min(left, padding), 0, -min(left, padding), 0)
        icon_left = left
        if self._icon and size.icon_right:
            icon_left += text_width(self.text(), self.font()) + gap
        if self._icon:
            side = self.px(size.icon_px)
            paint_icon(
                painter,
                self._icon,
                QRectF(icon_left, rect.center().y() - side / 2, side, side),
                ink,
                stroke=size.icon_stroke,
            )
            if not size.icon_right:
                left += side + (gap if self.text() else 0)
        key_width = self._key_width()
        room = inner.right() - left - (key_width + gap if self._key else 0)
        words = QRectF(left, rect.top(), room, rect.height())
        left += self.paint_text(painter, words, self.text(), self._shown_font(), ink)
        if self._sub:
            left += gap
            face = self.font_px(self._sub_px())
            sub_ink = ink if self.kind == "primary" else theme.colour("ink2")
            place = QRectF(left, rect.top(), max(0.0, inner.right() - left), rect.height())
            left += self.paint_text(painter, place, self._sub, face, sub_ink)
        if self._key:
            cap_left = round(inner.right() - key_width if size.left else left + gap)
            self._paint_key(painter, cap_left, key_width, ink, theme)

    def _paint_key(
        self, painter: QPainter, left: float, width: float, ink: QColor, theme: Theme
    ) -> None:
        height = self.px(self._size.key_height)
        cap = QRectF(left, round(self.height() / 2 - height / 2), width, height)
        solid = self.kind in ("primary", "danger_solid") and self.isEnabled()
        edge = QColor(ink) if solid else theme.colour("line2")
        if solid:
            edge.setAlphaF(0.45)
        ground = None if solid or not self.isEnabled() else theme.colour("surface")
        paint_box(painter, cap, self.px(4), ground, edge, self.px(1))
        face = self.font_px(self._size.key_px, 500)
        colour = ink if solid else theme.colour("ink2")
        self.paint_text(painter, cap, self._key, face, colour, Qt.AlignmentFlag.AlignHCenter)


class PrimaryButton(Button):
    """The one solid button of a screen."""

    kind = "primary"


class PlainButton(Button):
    """Every other action: an outline."""


class AccentButton(Button):
    """An outline in the accent, for the better of several outlines."""

    kind = "accent"


class DangerButton(Button):
    """An outline for what cannot be taken back; solid only while pressed."""

    kind = "danger"


class DangerSolidButton(Button):
    """The verb of a confirmation that cannot be taken back."""

    kind = "danger_solid"


class LinkButton(Button):
    """Words only, in the accent."""

    kind = "link"
