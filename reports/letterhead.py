"""Owns for whom and when a page is made, and the branch's head and foot that follow; no form."""

from __future__ import annotations

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from branch.kernel.clock import from_ms
from branch.kernel.phrases import phrases
from branch.lobby.queries.screens import BranchName
from reports.sheet import Letterhead


@dataclass(frozen=True, slots=True)
class Origin:
    """For whom and when a page is made: its language, the branch, an instant (ms)."""

    language: str
    branch: BranchName
    made_at: int

    @property
    def zone(self) -> ZoneInfo:
        """The branch's zone."""
        return ZoneInfo(self.branch.zone)

    def clock(self, ms: int) -> str:
        """An instant as hh:mm in the branch's zone."""
        return f"{from_ms(ms, self.zone):%H:%M}"

    def letterhead(self, foot: str) -> Letterhead:
        """The branch's head and foot for every page; ``foot`` are its words in the middle."""
        made = from_ms(self.made_at, self.zone)
        return Letterhead(
            branch=self.branch.name.text(self.language),
            second=self._say("branch_code", code=self.branch.code),
            right=(self._say("made", time=f"{made:%Y-%m-%d %H:%M}"),),
            foot=foot,
            page_of=lambda n, m: self._say("page", n=n, m=m),
        )

    def _say(self, key: str, **values: object) -> str:
        return phrases("letterhead").say(key, self.language, **values)
