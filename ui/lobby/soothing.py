"""Owns what the lobby manager has seen to on this screen, and for how long; shows nothing."""

from __future__ import annotations

from typing import Final

from branch.kernel.clock import MS_PER_MINUTE

# A trouble that lasts comes back after this.
CALM_FOR_MS: Final = 10 * MS_PER_MINUTE
# It comes back before when it has become worse by a quarter: what was seen to was less.
WORSE: Final = 1.25


class Soothing:
    """The troubles somebody has gone to see, by their keys; each is quiet for ten minutes."""

    def __init__(self) -> None:
        self._seen: dict[str, tuple[int, float]] = {}

    def soothe(self, key: str, weight: float, now: int) -> None:
        """A trouble of this weight has been seen to at ``now`` (ms)."""
        self._seen = {k: seen for k, seen in self._seen.items() if now < seen[0]}
        self._seen[key] = (now + CALM_FOR_MS, weight)

    def unsoothe(self, key: str) -> None:
        """It has not been seen to after all."""
        self._seen.pop(key, None)

    def holds(self, key: str, weight: float, now: int) -> bool:
        """Whether a trouble of this weight still counts as seen to.

        What has no weight (0) grows by the clock only, and ten minutes are its measure.
        """
        until, seen = self._seen.get(key, (0, 0.0))
        return now < until and (not weight or weight < seen * WORSE)
