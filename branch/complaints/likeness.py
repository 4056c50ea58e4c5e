"""Whether two texts may tell of the same matter; pure. It proposes: a person says what is so."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

# Two complaints of one matter come within so many days of each other.
WITHIN: Final = timedelta(days=30)
# As much of the shorter one has to stand in the other.
_SHARE: Final = 0.4
# Fewer pairs of characters tell of nothing.
_FEWEST: Final = 3


def pairs(text: str) -> frozenset[str]:
    """Every two letters or digits that stand side by side, whatever stands between the words."""
    plain = "".join(char for char in text.casefold() if char.isalnum())
    return frozenset(plain[at : at + 2] for at in range(len(plain) - 1))


def alike(one: str, other: str) -> bool:
    """Whether the words of one are for a good part those of the other."""
    mine, his = pairs(one), pairs(other)
    fewer = min(len(mine), len(his))
    return fewer >= _FEWEST and len(mine & his) >= _SHARE * fewer
