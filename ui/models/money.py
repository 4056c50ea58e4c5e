"""Owns how an amount in yuan is read and written; money is kept in fen everywhere else."""

from __future__ import annotations

import re
import unicodedata

_YUAN = re.compile(r"¥?([0-9]{1,12})(?:\.([0-9]{1,2}))?")


def fen_of(text: str) -> int | None:
    """The fen of what was typed (1,234.5 or ￥1234), None for nothing; raises ValueError."""
    plain = "".join(unicodedata.normalize("NFKC", text).split()).replace(",", "")
    if not plain:
        return None
    found = _YUAN.fullmatch(plain)
    if found is None:
        raise ValueError("no amount")
    return int(found[1]) * 100 + int((found[2] or "0").ljust(2, "0"))


def yuan_of(fen: int | None) -> str:
    """An amount as it is shown: 1,234.50, 1,380; an empty text for none."""
    return "" if fen is None else f"{fen // 100:,}.{fen % 100:02}".removesuffix(".00")
