"""What is told before data are asked for, in the version in force; writes nothing."""

from __future__ import annotations

from dataclasses import dataclass

from branch.catalogue.founding import shipped
from branch.kernel.prepared import Prepared
from branch.kernel.setting import PERIODS, setting
from branch.kernel.store import Store
from branch.visitors.records import NoticeRow

# Which period a notice names.
PERIOD = {"register": "keep_visitors_days", "reception": "keep_follow_ups_days"}


@dataclass(frozen=True)
class Notice:
    """A notice: ``days`` is the retention it names. ``made_at`` is 0 for the shipped text."""

    kind: str
    version: int
    zh: str
    en: str
    days: int
    made_at: int = 0

    def text(self, language: str, branch: str) -> str:
        """The words in "zh" or "en", with the branch's name and the days put in."""
        words = self.en if language == "en" else self.zh
        return words.format(branch=branch, days=self.days)


_NEWEST = Prepared(
    lambda kind: (
        NoticeRow.select(
            NoticeRow.version, NoticeRow.zh, NoticeRow.en, NoticeRow.days, NoticeRow.made_at
        )
        .where(NoticeRow.kind == kind)
        .order_by(NoticeRow.version.desc())
        .limit(1)
    )
)


_VERSIONS = Prepared(
    lambda kind: (
        NoticeRow.select(NoticeRow.version, NoticeRow.days)
        .where(NoticeRow.kind == kind)
        .order_by(NoticeRow.version)
    )
)


def told_days(store: Store, kind: str) -> dict[int, int]:
    """How many days every version of a notice names; what was told is kept.

    The shipped version 1 names the default: a changed period makes a version of its own.
    """
    return {1: PERIODS[PERIOD[kind]].default} | dict(_VERSIONS.all(store, kind=kind))


def current_notice(store: Store, kind: str) -> Notice:
    """The notice of a kind ("register", "reception") in force; the shipped one is version 1."""
    row = _NEWEST.one(store, kind=kind)
    if row is not None:
        return Notice(kind, *row)
    first = shipped("catalogue/notices.yaml")[kind]
    return Notice(kind, 1, first["zh"], first["en"], setting(store, PERIOD[kind]))
