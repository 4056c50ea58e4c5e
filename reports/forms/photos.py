"""Owns pictures on paper: two in a row, made small enough for print, each with its caption; knows
no form and hides no faces itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Final

from PIL import Image, ImageOps, UnidentifiedImageError
from reportlab.lib.colors import HexColor
from reportlab.lib.utils import ImageReader

from reports.forms.papers.layout import spelled
from reports.page import break_lines
from reports.sheet import INK, INK_2, INNER, RULE, SMALL, WIDTH, Part, write_lines

# Six of them, in three rows, fill a page under their heading.
ROW_HEIGHT: Final = 204.0
SMALL_ROW_HEIGHT: Final = 132.0
_GAP: Final = 12.0
_CAPTION_LINES: Final = 2
# Enough for half a page's width at 300 dots an inch; what a camera gives more is only weight.
_MOST_DOTS: Final = 1_000
_QUALITY: Final = 85


@dataclass(frozen=True)
class Picture:
    """A picture and what stands under it; ``data`` None or spoilt: ``lost`` is said instead."""

    data: bytes | None
    caption: str
    lost: str


class PictureRow(Part):
    """Two or three pictures side by side."""

    tag = "Figure"

    def __init__(self, pictures: Sequence[Picture], height: float, language: str) -> None:
        super().__init__(height)
        self._count = len(pictures)
        self._width = 0.0
        self._pictures = [(picture, _printed(picture.data)) for picture in pictures]
        self._language = language

    def draw(self) -> None:
        """Each at the left of its place, its caption under it."""
        across = _across(self.height)
        width = (WIDTH - (across - 1) * _GAP) / across
        caption = _CAPTION_LINES * SMALL.leading
        height = self.height - caption - _GAP
        for at, (picture, image) in enumerate(self._pictures):
            x, y = at * (width + _GAP), caption + _GAP
            self._draw_one(picture, image, x, y, width, height)
            words = break_lines(spelled(picture.caption, self._language), SMALL, width)
            write_lines(self.canv, x, y - 3, words[:_CAPTION_LINES], SMALL, INK)

    def _draw_one(
        self,
        picture: Picture,
        image: ImageReader | None,
        x: float,
        y: float,
        width: float,
        height: float,
    ) -> None:
        canvas = self.canv
        canvas.setStrokeColor(HexColor(RULE))
        canvas.setLineWidth(INNER)
        if image is None:
            canvas.rect(x, y, width, height)
            left = x + (width - SMALL.width(picture.lost)) / 2
            write_lines(canvas, left, y + height / 2 + 7, [picture.lost], SMALL, INK_2)
            return
        wide, tall = image.getSize()
        scale = min(width / wide, height / tall)
        canvas.drawImage(image, x, y, wide * scale, tall * scale)
        canvas.rect(x, y, wide * scale, tall * scale)


def picture_rows(pictures: Sequence[Picture], height: float, language: str) -> list[PictureRow]:
    """Pictures in rows of that height: two large ones or three small ones in a row."""
    across = _across(height)
    return [
        PictureRow(pictures[at : at + across], height, language)
        for at in range(0, len(pictures), across)
    ]


def _across(height: float) -> int:
    return 2 if height > SMALL_ROW_HEIGHT else 3


def _printed(data: bytes | None) -> ImageReader | None:
    """The picture upright, without what the camera noted beside it; None for one that cannot be
    read."""
    if data is None:
        return None
    try:
        with Image.open(BytesIO(data)) as image:
            image.draft("RGB", (_MOST_DOTS, _MOST_DOTS))
            upright = ImageOps.exif_transpose(image)
            upright.thumbnail((_MOST_DOTS, _MOST_DOTS), Image.Resampling.BILINEAR)
            shown = Image.new("RGB", upright.size, "white")
            clear = upright.convert("RGBA")
            shown.paste(clear, mask=clear)
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        return None
    target = BytesIO()
    shown.save(target, "JPEG", quality=_QUALITY)
    target.seek(0)
    return ImageReader(target)
