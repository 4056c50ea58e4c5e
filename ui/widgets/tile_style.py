"""Owns the measures of every kind of tile, taken from the pictures; must not paint."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum
from typing import Final, Literal

from ui.widgets.status import CHIP_KIOSK, ChipSize


class Arrangement(Enum):
    """How the parts of a tile stand to each other."""

    ROW = "row"  # icon, words one under the other, something at the right end
    STACK = "stack"  # icon over one word, both centred
    SEAT = "seat"  # caption, big word, glyph with a short text
    OPTION = "option"  # icon and title above, two lines below


@dataclass(frozen=True)
class TileStyle:
    """The measures of one kind of tile, design px; a line of 0 px hides that part."""

    height: int
    width: int = 0
    min_width: int = 0
    arrangement: Arrangement = Arrangement.ROW
    fill: Literal["plain", "solid", "outline"] = "plain"
    ground: str = "surface"
    edge: str = "line2"
    edge_width: int = 1
    checked_width: int = 2
    radius: int = 8
    dashed: bool = False
    left: int = 0
    right: int = 0
    top: int = 0
    gap: int = 0
    icon_px: int = 0
    icon_column: int = 0
    icon_box_radius: int = 0
    icon_stroke: float | None = None
    title_px: float = 14
    title_weight: int = 500
    title_line: float = 20
    second_px: float = 0
    second_token: str = "ink2"
    second_line: float = 0
    second_gap: float = 0
    meta_px: float = 0
    meta_line: float = 0
    meta_gap: float = 0
    meta_between: float = 18
    chevron_px: int = 0
    right_px: float = 0
    right_weight: int = 400
    right_token: str = "ink2"
    right_gap: int = 0
    right_icon_px: int = 0
    check_mark: bool = False
    chip: ChipSize | None = None
    most_lines: int = 1  # of the title, of the second text, and of what stands below them


# Kiosk, picture a ---------------------------------------------------------------------------
KIOSK_CARD: Final = TileStyle(
    212, min_width=474, radius=20, edge_width=2, checked_width=4, left=30, right=22, gap=26,
    icon_px=58, icon_column=100, icon_box_radius=20, icon_stroke=1.5,
    title_px=42, title_weight=700, title_line=54.6, second_px=26, second_line=36.4, second_gap=4,
    meta_px=26, meta_line=36.4, meta_gap=8,
)  # fmt: skip
# English shares the same card, so it drops one step (look.md section 4).
KIOSK_CARD_NARROW: Final = replace(
    KIOSK_CARD, title_px=32, title_line=41.6, second_px=24, second_line=33.6, meta_px=24,
    meta_line=33.6, meta_between=14,
)  # fmt: skip
KIOSK_WIDE: Final = TileStyle(
    120, min_width=968, radius=20, edge_width=2, left=30, right=30, gap=26,
    icon_px=52, icon_column=100, icon_stroke=1.6, title_px=36, title_weight=700, title_line=54,
    right_px=28, right_gap=26, chevron_px=36,
)  # fmt: skip
KIOSK_OUTLINE: Final = TileStyle(
    184, min_width=474, radius=20, edge="accent", edge_width=2, fill="outline", left=30, right=30,
    gap=26, icon_px=76, icon_column=84, icon_stroke=1.5, title_px=44, title_weight=700,
    title_line=57.2, second_px=28, second_line=40.6,
)  # fmt: skip
KIOSK_SOLID: Final = replace(KIOSK_OUTLINE, fill="solid", icon_column=100)

# Kiosk, picture c ---------------------------------------------------------------------------
KIOSK_ROW: Final = TileStyle(
    108, min_width=968, radius=16, edge_width=2, left=38, right=30, gap=20, title_px=38,
    title_weight=500, title_line=57, right_gap=20, chevron_px=34, chip=CHIP_KIOSK,
)  # fmt: skip
KIOSK_OPTION_OUTLINE: Final = TileStyle(
    232, min_width=300, arrangement=Arrangement.OPTION, radius=18, edge="accent", edge_width=2,
    fill="outline", left=32, right=24, top=28, gap=16, icon_px=56, icon_stroke=1.5, title_px=42,
    title_weight=700, title_line=56, second_px=28, second_line=40.6,
)  # fmt: skip
KIOSK_OPTION_SOLID: Final = replace(KIOSK_OPTION_OUTLINE, fill="solid", icon_px=60, gap=20)
KIOSK_FOOT: Final = TileStyle(
    120, min_width=968, radius=16, edge_width=2, left=34, right=34, gap=24, icon_px=56,
    icon_stroke=1.6, title_px=34, title_weight=500, title_line=51, right_px=34, right_weight=700,
    right_token="accent", right_gap=24, chevron_px=36,
)  # fmt: skip

# Kiosk, picture b ---------------------------------------------------------------------------
ELDER_ROW: Final = TileStyle(
    188, min_width=968, radius=20, edge="control", edge_width=2, left=38, right=38, gap=36,
    icon_px=72, icon_column=116, icon_box_radius=24, icon_stroke=1.5, title_px=64,
    title_weight=700, title_line=76.8, second_px=40, second_line=54, second_gap=4, chevron_px=56,
    right_gap=20,
)  # fmt: skip
ELDER_SOLID: Final = TileStyle(
    220, min_width=968, radius=24, fill="solid", left=36, right=36, gap=36, icon_px=104,
    icon_column=116, icon_stroke=1.5, title_px=72, title_weight=700, title_line=86.4,
    second_px=42, second_line=56.7, second_gap=4,
)  # fmt: skip

# Lobby console, picture e -------------------------------------------------------------------
CARE_FLAG: Final = TileStyle(
    66, min_width=56, arrangement=Arrangement.STACK, left=4, right=4, gap=2, icon_px=22,
    title_px=13, title_weight=400, title_line=17,
)  # fmt: skip
SERVICE_BUTTON: Final = TileStyle(
    52, min_width=120, left=13, right=13, gap=10, icon_px=22, title_px=15, title_weight=500,
    title_line=22.5, right_px=13, right_token="ink3", right_gap=8,
)  # fmt: skip
SEAT: Final = TileStyle(
    102, min_width=72, arrangement=Arrangement.SEAT, edge="line", left=13, right=8, top=10, gap=4,
    icon_px=15, title_px=19, title_weight=700, title_line=25.7, second_px=13, second_line=19.5,
    meta_px=12, meta_line=18, meta_gap=2,
)  # fmt: skip
SEAT_CLOSED: Final = replace(SEAT, ground="canvas", edge="line2", dashed=True)

# Sign-in, picture m -------------------------------------------------------------------------
PLACE_OF_WORK: Final = TileStyle(
    72, min_width=190, radius=10, left=17, right=17, gap=14, icon_px=26, icon_stroke=1.6,
    title_px=16, title_weight=500, title_line=21.6, second_px=13, second_line=19.5,
    second_token="ink3",
    right_gap=10, right_icon_px=20, check_mark=True,
)  # fmt: skip
