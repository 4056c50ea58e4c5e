"""Owns the words of the papers about personal data, and their head and foot; knows no record."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from branch.kernel.clock import from_ms
from branch.kernel.phrases import phrases
from branch.lobby.queries.screens import BranchName
from reports.page import About
from reports.sheet import SECTION, TITLE, TITLE_HAN, Letterhead, Words

# A heading takes at least this much of what follows with it.
_KEEP = 90.0


@dataclass(frozen=True, slots=True)
class Maker:
    """For whom and when a paper is made: its language, the branch, an instant (ms)."""

    language: str
    branch: BranchName
    made_at: int

    @property
    def _zone(self) -> ZoneInfo:
        return ZoneInfo(self.branch.zone)

    def say(self, key: str, **values: object) -> str:
        """A phrase in the paper's language."""
        return phrases("privacy").say(key, self.language, **values)

    def code(self, kind: str, code: str) -> str:
        """The word for a code of a kind; a code without a word is shown as it is."""
        known = phrases("privacy").entries
        return self.say(f"{kind}.{code}") if f"{kind}.{code}" in known else code

    def moment(self, ms: int) -> str:
        """An instant as day and time in the branch's zone."""
        return f"{from_ms(ms, self._zone):%Y-%m-%d %H:%M}"

    def about(self, title: str) -> About:
        """The properties of the file."""
        return About(title, self.language, self._made())

    def letterhead(self, foot: str, right: tuple[str, ...] = ()) -> Letterhead:
        """The branch's head and foot for every page."""
        return Letterhead(
            branch=self.branch.name.text(self.language),
            second=self.say("branch_code", code=self.branch.code),
            right=(*right, self.say("made", time=f"{self._made():%Y-%m-%d %H:%M}")),
            foot=self.say(foot),
            page_of=lambda n, m: self.say("page", n=n, m=m),
        )

    def title(self, key: str) -> Words:
        """The title of the paper."""
        style = TITLE if self.language == "en" else TITLE_HAN
        return Words(self.say(key), style, align="centre", above=8, below=12)

    def heading(self, key: str) -> Words:
        """The heading of a part."""
        return Words(self.say(key), SECTION, above=16, below=5, keep=_KEEP)

    def _made(self) -> datetime:
        return from_ms(self.made_at, self._zone)
