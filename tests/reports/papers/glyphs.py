"""What the embedded fonts of a PDF really draw."""

from __future__ import annotations

import re
from io import BytesIO
from typing import Any

from fontTools.ttLib import TTFont


def codes_of(font: dict[str, Any]) -> dict[int, str]:
    """Byte -> character of an embedded font, from its map to Unicode."""
    cmap = font["/ToUnicode"].get_object().get_data().decode("ascii")
    pairs = re.findall(r"^<([0-9A-F]{2})> <([0-9A-F]{4,})>$", cmap, re.MULTILINE)
    return {int(byte, 16): bytes.fromhex(text).decode("utf-16-be") for byte, text in pairs}


def drawn(font: dict[str, Any]) -> dict[str, int]:
    """Character -> glyph of the embedded subset; asserts that none is the empty box.

    A subset's own table says which glyph stands for which byte.
    """
    program = font["/FontDescriptor"]["/FontFile2"].get_object().get_data()
    subset = TTFont(BytesIO(program))
    outlines, table = subset["glyf"], subset["cmap"].tables[0].cmap
    found = {}
    for byte, character in codes_of(font).items():
        if byte == 0 or character.isspace():
            continue
        number = subset.getGlyphID(table[byte])
        assert number != 0, character
        assert outlines[table[byte]].numberOfContours != 0, character
        found[character] = number
    return found
