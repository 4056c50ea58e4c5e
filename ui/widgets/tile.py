"""Owns the pressable cards and rows of all surfaces; must not know what a press leads to."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from ui.shell.theme import Theme
from ui.widgets.fading import Fading
from ui.widgets.icon import paint_icon
from ui.widgets.painting import Themed, broken_lines, paint_box, text_width
from ui.widgets.pressing import PressGuard
from ui.widgets.state import LOOKS, State, paint_state
from ui.widgets.status import Chip, chip_width, paint_chip
from ui.widgets.tile_style import Arrangement, TileStyle


@dataclass(frozen=True)
class TileContent:
    """The words and pictures of a tile; which of them show, and where, is up to its style."""

    title: str
    second: str = ""
    third: str = ""
    meta: tuple[str, ...] = ()
    icon: str = ""
    right: str = ""
    right_chip: Chip | None = None
    right_icon: str = ""
    right_token: str = "ink2"
    state: State | None = None
    strong: bool = False

    def spoken(self) -> str:
        """All texts in reading order, for a screen reader."""
        chip = self.right_chip.text if self.right_chip else ""
        parts = (self.title, self.second, self.third, *self.meta, chip, self.right)
        return "，".join(part for part in parts if part)


class Tile(Themed, Fading, PressGuard, QAbstractButton):
    """One pressable card that paints all it shows; acts on release, sliding off cancels."""

    def __init__(
        self, style: TileStyle, content: TileContent | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._style, self._content = style, content or TileContent("")
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.set_content(self._content)

    def content(self) -> TileContent:
        """What the tile shows now."""
        return self._content

    def set_content(self, content: TileContent) -> None:
        """Show other words; the accessible name is all of them."""
        self._content = content
        self.setAccessibleName(content.spoken())
        self.refresh()

    def set_style(self, style: TileStyle) -> None:
        """Take other measures and grounds."""
        self._style = style
        self.refresh()

    def refresh(self) -> None:
        """Take size and ring anew."""
        self.setProperty("ringRadius", self.px(self._style.radius))
        across = QSizePolicy.Policy.Fixed if self._style.width else QSizePolicy.Policy.Expanding
        self.setSizePolicy(across, QSizePolicy.Policy.Fixed)
        super().refresh()

    def sizeHint(self) -> QSize:
        """The design size of its style."""
        style = self._style
        width = style.width or style.min_width
        return QSize(round(self.px(width)), round(self.px(style.height)))

    def minimumSizeHint(self) -> QSize:
        """As the size hint: tiles do not shrink."""
        return self.sizeHint()

    def changeEvent(self, event: QEvent) -> None:
        """Paint anew when the tile is switched on or off."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.EnabledChange:
            shape = Qt.CursorShape
            self.setCursor(shape.PointingHandCursor if self.isEnabled() else shape.ArrowCursor)
            self.update()

    def paintEvent(self, _event: object) -> None:
        """Ground first, then what the arrangement asks for."""
        painter, theme = self.begin_painting(), self.theme()
        ink = self._paint_ground(painter, theme)
        if self._style.arrangement is Arrangement.STACK:
            self._paint_stack(painter, ink)
        elif self._style.arrangement is Arrangement.SEAT:
            self._paint_seat(painter, theme)
        elif self._style.arrangement is Arrangement.OPTION:
            self._paint_option(painter, ink, theme)
        else:
            self._paint_row(painter, ink, theme)

    # Grounds ------------------------------------------------------------------------------

    def _paint_ground(self, painter: QPainter, theme: Theme) -> _Inks:
        style = self._style
        pressed, over = self.isDown(), self.underMouse() and self.isEnabled()
        ground, edge, width, dashed = style.ground, style.edge, style.edge_width, style.dashed
        inks = _Inks.plain(theme, style)
        if not self.isEnabled():
            ground, edge = "canvas", "line"
            inks = _Inks.off(theme)
        elif self.isChecked():
            ground, edge, width, dashed = "accent_tint", "accent", style.checked_width, False
            inks = _Inks.chosen(theme)
        elif style.fill == "solid":
            ground = edge = "accent_press" if pressed else "accent_hover" if over else "accent"
            inks = _Inks.solid(theme)
        elif pressed:
            ground = "sunken" if style.fill == "plain" else "accent_tint"
        elif over:
            ground = "canvas" if style.fill == "plain" else "accent_tint"
        key = (self.isEnabled(), self.isChecked(), theme.name)
        shown = self.faded(theme.colour(ground), key, pressed=pressed)
        paint_box(
            painter,
            QRectF(self.rect()),
            self.px(style.radius),
            shown,
            shown if edge == ground else theme.colour(edge),
            self.px(theme.edge(width)),
            dashed=dashed,
        )
        return inks

    def _inner(self) -> QRectF:
        style = self._style
        return QRectF(self.rect()).adjusted(self.px(style.left), 0, -self.px(style.right), 0)

    # Arrangements -------------------------------------------------------------------------

    def _paint_row(self, painter: QPainter, ink: _Inks, theme: Theme) -> None:
        style, content, inner = self._style, self._content, self._inner()
        left = inner.left()
        if content.icon and style.icon_px:
            left = self._paint_icon_box(painter, inner, ink, theme)
        right = self._paint_right(painter, inner, ink, theme)
        room = max(0.0, right - left)
        lines: list[tuple[tuple[str, ...], float, int, float, float, QColor]] = []

        def add(
            texts: tuple[str, ...], px: float, weight: int, line: float, gap: float, colour: QColor
        ) -> None:
            for at, words in enumerate(self._rows_of(texts, self.font_px(px, weight), room)):
                lines.append((words, px, weight, line, 0 if at else gap, colour))

        add((content.title,), style.title_px, self._title_weight(), style.title_line, 0, ink.title)
        if content.second and style.second_px:
            gap = style.second_gap
            add((content.second,), style.second_px, 400, style.second_line, gap, ink.second)
        if content.meta and style.meta_px:
            add(content.meta, style.meta_px, 500, style.meta_line, style.meta_gap, ink.meta)
        top = inner.center().y() - sum(self.px(line + gap) for _, _, _, line, gap, _ in lines) / 2
        for words, size, weight, line, gap, colour in lines:
            top += self.px(gap)
            place = QRectF(left, top, room, self.px(line))
            for text in words:
                drawn = self.paint_text(painter, place, text, self.font_px(size, weight), colour)
                place = place.adjusted(drawn + self.px(style.meta_between), 0, 0, 0)
            top += self.px(line)

    def _rows_of(self, texts: tuple[str, ...], face: QFont, room: float) -> list[tuple[str, ...]]:
        """One text in the lines the style allows; several side by side, or one below another."""
        between = self.px(self._style.meta_between)
        width = sum(text_width(text, face) for text in texts) + between * (len(texts) - 1)
        most = self._style.most_lines
        if most == 1 or width <= room:
            return [texts]
        if len(texts) > 1:
            return [(text,) for text in texts]
        broken = broken_lines(texts[0], face, room)
        # What is too long even so ends in the last line, cut and told by ``cut_texts``.
        return [(line,) for line in (*broken[: most - 1], " ".join(broken[most - 1 :])) if line]

    def _paint_icon_box(self, painter: QPainter, inner: QRectF, ink: _Inks, theme: Theme) -> float:
        style = self._style
        side = self.px(style.icon_px)
        column = self.px(style.icon_column or style.icon_px)
        box = QRectF(inner.left(), inner.center().y() - column / 2, column, column)
        if style.icon_box_radius:
            # On black a tint is hardly seen, so high contrast draws the edge of the box instead.
            edge = theme.colour("accent") if theme.edge_floor else None
            ground = theme.colour("surface" if theme.edge_floor else "accent_tint")
            corner = self.px(style.icon_box_radius)
            paint_box(painter, box, corner, ground, edge, self.px(2))
        place = QRectF(0, 0, side, side)
        place.moveCenter(box.center())
        paint_icon(painter, self._content.icon, place, ink.icon, stroke=style.icon_stroke)
        return box.right() + self.px(style.gap)

    def _paint_right(self, painter: QPainter, inner: QRectF, ink: _Inks, theme: Theme) -> float:
        """Whatever stands at the right end, outermost first; returns where it begins."""
        style, content = self._style, self._content
        right, gap = inner.right(), self.px(style.right_gap)
        for name, size, token in (
            ("chevron-right" if style.chevron_px else "", style.chevron_px, "ink2"),
            (self._right_icon(), style.right_icon_px, content.right_token),
        ):
            if not name:
                continue
            side = self.px(size)
            place = QRectF(right - side, inner.center().y() - side / 2, side, side)
            plain = theme.colour("accent" if name == "status-ok" else token)
            colour = ink.title if self._style.fill == "solid" else plain
            paint_icon(painter, name, place, colour, inner=theme.colour("on_accent"))
            right -= side + gap
        if content.right_chip and style.chip:
            factor = self.px(1)
            width = chip_width(content.right_chip, style.chip, factor)
            paint_chip(
                painter,
                right - width,
                inner.center().y(),
                content.right_chip,
                style.chip,
                theme,
                factor,
            )
            right -= width + gap
        if content.right and style.right_px:
            face = self.font_px(style.right_px, style.right_weight)
            colour = ink.right
            if content.right_token != "ink2" and self.isEnabled():
                colour = theme.colour(content.right_token)
            place = QRectF(inner.left(), inner.top(), right - inner.left(), inner.height())
            right -= gap + self.paint_text(
                painter, place, content.right, face, colour, Qt.AlignmentFlag.AlignRight
            )
        return right

    def _right_icon(self) -> str:
        if self._style.check_mark and self.isChecked():
            return "status-ok"
        return self._content.right_icon

    def _title_weight(self) -> int:
        return 700 if self.isChecked() else self._style.title_weight

    def _paint_stack(self, painter: QPainter, ink: _Inks) -> None:
        style = self._style
        side, line = self.px(style.icon_px), self.px(style.title_line)
        gap = self.px(style.gap)
        top = (self.height() - side - gap - line) / 2
        place = QRectF((self.width() - side) / 2, top, side, side)
        face = self.font_px(style.title_px, self._title_weight())
        colour = ink.title if self.isChecked() or not self.isEnabled() else ink.second
        paint_icon(painter, self._content.icon, place, colour, stroke=style.icon_stroke)
        words = QRectF(self._inner().left(), top + side + gap, self._inner().width(), line)
        centre = Qt.AlignmentFlag.AlignHCenter
        self.paint_text(painter, words, self._content.title, face, colour, centre)

    def _paint_seat(self, painter: QPainter, theme: Theme) -> None:
        """Caption, then the big word, then glyph and short text, from the top."""
        style, content, inner = self._style, self._content, self._inner()
        top = self.px(style.top)
        caption = QRectF(inner.left(), top, inner.width(), self.px(style.second_line))
        self.paint_text(
            painter, caption, content.second, self.font_px(style.second_px), theme.colour("ink2")
        )
        title = QRectF(inner.left(), caption.bottom(), inner.width(), self.px(style.title_line))
        face = self.font_px(style.title_px, style.title_weight)
        self.paint_text(painter, title, content.title, face, theme.colour("ink1"))
        foot = title.bottom() + self.px(style.meta_gap)
        left, line = inner.left(), self.px(style.meta_line)
        if content.state is not None:
            side = self.px(style.icon_px)
            glyph = QRectF(left, foot + (line - side) / 2, side, side)
            paint_state(painter, content.state, glyph, theme)
            left = glyph.right() + self.px(style.gap)
        ink = theme.colour("ink2")
        if content.strong and content.state is not None:
            ink = theme.colour(LOOKS[content.state].text)
        small = self.font_px(style.meta_px, 700 if content.strong else 400)
        room = QRectF(left, foot, max(0.0, inner.right() - left), line)
        self.paint_text(painter, room, content.third, small, ink)

    def _paint_option(self, painter: QPainter, ink: _Inks, theme: Theme) -> None:
        """Icon and title on top, two lines of text at the bottom."""
        style, content, inner = self._style, self._content, self._inner()
        head = QRectF(inner.left(), self.px(style.top), inner.width(), self.px(style.icon_px))
        left = head.left()
        if content.icon:
            icon = QRectF(left, head.top(), head.height(), head.height())
            paint_icon(painter, content.icon, icon, ink.icon, stroke=style.icon_stroke)
            left = icon.right() + self.px(style.gap)
        words = QRectF(left, head.top(), inner.right() - left, head.height())
        face = self.font_px(style.title_px, style.title_weight)
        self.paint_text(painter, words, content.title, face, ink.title)
        line = self.px(style.second_line)
        bottom = self.height() - self.px(style.top)
        solid = style.fill == "solid" and self.isEnabled()
        for number, text in enumerate(reversed([t for t in (content.second, content.third) if t])):
            bold = solid and text == content.second and number > 0
            place = QRectF(inner.left(), bottom - (number + 1) * line, inner.width(), line)
            small = self.font_px(style.second_px, 700 if bold else 400)
            self.paint_text(painter, place, text, small, ink.second)


@dataclass(frozen=True)
class _Inks:
    """The colours of the words of a tile in its present state."""

    title: QColor
    second: QColor
    meta: QColor
    icon: QColor
    right: QColor

    @classmethod
    def plain(cls, theme: Theme, style: TileStyle) -> _Inks:
        title = theme.colour("accent" if style.fill == "outline" else "ink1")
        accent, second = theme.colour("accent"), theme.colour(style.second_token)
        return cls(title, second, accent, accent, theme.colour(style.right_token))

    @classmethod
    def solid(cls, theme: Theme) -> _Inks:
        on = theme.colour("on_accent")
        return cls(on, on, on, on, on)

    @classmethod
    def chosen(cls, theme: Theme) -> _Inks:
        accent = theme.colour("accent")
        return cls(accent, accent, accent, accent, accent)

    @classmethod
    def off(cls, theme: Theme) -> _Inks:
        second, quiet = theme.colour("ink2"), theme.colour("ink3")
        return cls(second, quiet, quiet, quiet, quiet)
