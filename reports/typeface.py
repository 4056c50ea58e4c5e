"""Owns the embedded faces and which of them draws a character, so that every letter prints and
can be read out of the PDF again; knows no page."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from functools import cache
from importlib.resources import as_file, files
from itertools import groupby
from typing import cast

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.pdfdoc import PDFDocument, PDFStream
from reportlab.pdfbase.ttfonts import SUBSETN, TTFont

# The family's line metrics (its hhea table), in ems. ReportLab reports the typographic ones.
ASCENT = 1.16
DESCENT = 0.288


class Face(Enum):
    """A face of a form: its name in the PDF and its file in resources/fonts."""

    SANS = ("TingtangSans", "NotoSansSC-Regular.ttf")
    SANS_MEDIUM = ("TingtangSansMedium", "NotoSansSC-Medium.ttf")
    SANS_BOLD = ("TingtangSansBold", "NotoSansSC-Bold.ttf")
    SERIF = ("TingtangSerif", "NotoSerifSC-Regular.ttf")
    SERIF_BOLD = ("TingtangSerifBold", "NotoSerifSC-Bold.ttf")

    def __init__(self, font_name: str, file_name: str) -> None:
        self.font_name = font_name
        self.file_name = file_name

    @property
    def bold(self) -> bool:
        """Whether its letters are of bold weight."""
        return self in (Face.SANS_BOLD, Face.SERIF_BOLD)


# Asked in this order for a character the face itself has not. All of regular weight.
FALLBACKS = (
    ("TingtangRest", "NotoSansSC-Rest.ttf"),
    ("TingtangRare", "TingtangRareMing.ttf"),
)

# Printed for a character no face has: the compositor's sign for a missing sort.
MISSING_SORT = "〓"


def to_unicode_cmap(font_name: str, codes: Sequence[int]) -> str:
    """The ToUnicode map of a subset: character `codes[i]` for byte i (ISO 32000-1, 9.10.3).

    ReportLab writes a character beyond the BMP with five hex digits, which no reader can use;
    the standard asks for UTF-16BE, and for at most 100 entries a block.
    """
    entries = [
        f"<{index:02X}> <{chr(code).encode('utf-16-be').hex().upper()}>"
        for index, code in enumerate(codes)
    ]
    blocks = [entries[start : start + 100] for start in range(0, len(entries), 100)]
    lines = [
        "/CIDInit /ProcSet findresource begin",
        "12 dict begin",
        "begincmap",
        "/CIDSystemInfo",
        f"<< /Registry ({font_name}) /Ordering ({font_name}) /Supplement 0 >> def",
        f"/CMapName /{font_name} def",
        "/CMapType 2 def",
        "1 begincodespacerange",
        f"<00> <{len(codes) - 1:02X}>",
        "endcodespacerange",
    ]
    for block in blocks:
        lines += [f"{len(block)} beginbfchar", *block, "endbfchar"]
    lines += ["endcmap", "CMapName currentdict /CMap defineresource pop", "end", "end"]
    return "\n".join(lines)


class EmbeddedFont(TTFont):
    """A TrueType font whose text can be extracted again, whatever its characters."""

    def addObjects(self, doc: PDFDocument) -> None:  # noqa: N802 (ReportLab's name)
        subsets = list(self.state[doc].subsets)
        super().addObjects(doc)
        for number, codes in enumerate(subsets):
            name = (SUBSETN(number) + b"+" + self.face.name).decode("ascii")
            stream = cast(PDFStream, doc.idToObject[f"toUnicodeCMap:{name}"])
            stream.content = to_unicode_cmap(name, codes)


def font(face: Face) -> EmbeddedFont:
    """The face's own font, loaded at its first use."""
    return _loaded(face.font_name, face.file_name)


@cache
def _loaded(font_name: str, file_name: str) -> EmbeddedFont:
    with as_file(files("resources") / "fonts" / file_name) as path:
        loaded = EmbeddedFont(font_name, str(path), asciiReadable=False)
    pdfmetrics.registerFont(loaded)
    return loaded


def _font_for(character: str, face: Face) -> EmbeddedFont | None:
    """The first font that has a glyph for `character`: the face, then the fallbacks."""
    code = ord(character)
    for candidate in (face.value, *FALLBACKS):
        loaded = _loaded(*candidate)
        if code in loaded.face.charToGlyph:
            return loaded
    return None


def printable(text: str) -> str:
    """`text` as one line of visible characters: breaks become spaces, controls, joiners and
    variation selectors go. Letters are kept as they are: a name is not normalised."""
    kept = []
    for character in text:
        code = ord(character)
        selector = 0xFE00 <= code <= 0xFE0F or 0xE0100 <= code <= 0xE01EF
        if character in "\n\r\t":
            kept.append(" ")
        elif not selector and unicodedata.category(character) not in ("Cc", "Cf", "Cs"):
            kept.append(character)
    return "".join(kept)


def without_glyph(text: str) -> tuple[str, ...]:
    """The characters of `text` that no embedded face can draw, each once, in their order."""
    found = (c for c in printable(text) if _font_for(c, Face.SANS) is None)
    return tuple(dict.fromkeys(found))


@dataclass(frozen=True, slots=True)
class Glyph:
    """What is drawn for one character. `advance` is in ems; `outlined`: a regular letter that
    stands for a bold one and is given an outline of its own colour."""

    font: EmbeddedFont
    character: str
    advance: float
    outlined: bool


@cache
def glyph(character: str, face: Face) -> Glyph:
    """The character in `face`, else in a fallback, else the sign for a missing sort."""
    own = font(face)
    drawn = _font_for(character, face)
    if drawn is None:
        drawn, character = own, MISSING_SORT
    advance = drawn.face.charWidths[ord(character)] / 1000
    return Glyph(drawn, character, advance, face.bold and drawn is not own)


@dataclass(frozen=True, slots=True)
class Run:
    """Neighbouring characters drawn by one font."""

    font: EmbeddedFont
    text: str
    outlined: bool


def runs(text: str, face: Face) -> list[Run]:
    """`text` cut where the font changes, so that no character prints as an empty box."""
    glyphs = (glyph(character, face) for character in text)
    result = []
    for (drawn, outlined), group in groupby(glyphs, key=lambda g: (g.font, g.outlined)):
        result.append(Run(drawn, "".join(g.character for g in group), outlined))
    return result


@dataclass(frozen=True, slots=True)
class Style:
    """How a line looks. `size` is the em, `leading` the height of the line, `tracking` what is
    added after each character, all in the page's unit."""

    face: Face
    size: float
    leading: float
    tracking: float = 0.0

    def width(self, text: str) -> float:
        """The advance of `text` in the page's unit."""
        ems = sum(glyph(character, self.face).advance for character in text)
        return ems * self.size + len(text) * self.tracking

    def baseline(self) -> float:
        """How far the baseline lies below the top of the line."""
        return (self.leading - (ASCENT + DESCENT) * self.size) / 2 + ASCENT * self.size
