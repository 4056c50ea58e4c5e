"""Which rows of this room are past their time, and what holds some of them back; reads only.

The retention run and its preview ask here, so that what is announced is what goes.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from peewee import fn

from branch.kernel.prepared import Prepared
from branch.kernel.store import Store
from branch.visitors.records import (
    BlockedRow,
    HoldRow,
    ReceptionRow,
    RequestItemRow,
    RequestRow,
    RollCallRow,
    RollMarkRow,
    VisitorRow,
)
from branch.visitors.retention import Held, Kind

_NAMES = ("before", "at", "longest")


@dataclass(frozen=True)
class Past:
    """A table with its time.

    ``over`` is the condition past which a row goes, from the first day kept (``before``), the
    instant it begins (``at``, ms) and ``longest``; ``held`` the conditions that keep a row back,
    of which ``over`` knows nothing. ``when`` is a day or an instant, ``codes`` are what is counted.
    ``told`` is the version of the notice that somebody was told, of the kind ``notice``.
    """

    row: Any
    over: Callable[[Any, Any, Any], Any]
    when: Any
    codes: tuple[Any, ...]
    held: Callable[[Any], Mapping[Held, Any]]
    among: Any = None
    told: Any = None
    notice: str = ""

    def due(self, before: Any, at: Any, longest: Any) -> list[Any]:
        """The conditions of a row that goes."""
        kept = self.held(longest).values()
        return [self.over(before, at, longest), *(~condition for condition in kept)]


def _on_hold(row: Any, kind: str) -> Any:
    return row.id.in_(
        HoldRow.select(HoldRow.ref).where(HoldRow.kind == kind, HoldRow.lifted_at.is_null())
    )


def _in_request(row: Any, kind: str) -> Any:
    asked = (
        RequestItemRow.select(RequestItemRow.ref)
        .join(RequestRow, on=(RequestRow.id == RequestItemRow.request))
        .where(RequestItemRow.kind == kind, RequestRow.state == "open")
    )
    return row.id.in_(asked)


def _reception_held(_longest: Any) -> dict[Held, Any]:
    return {
        Held.HOLD: _on_hold(ReceptionRow, "reception"),
        Held.REQUEST: _in_request(ReceptionRow, "reception"),
    }


PASTS: dict[Kind, Past] = {
    Kind.VISITOR: Past(
        VisitorRow,
        lambda before, at, longest: VisitorRow.day < before,
        VisitorRow.day,
        (VisitorRow.purpose, VisitorRow.area),
        lambda longest: {
            Held.INSIDE: VisitorRow.state == "inside",
            Held.HOLD: _on_hold(VisitorRow, "visitor"),
            Held.REQUEST: _in_request(VisitorRow, "visitor"),
        },
        told=VisitorRow.notice,
        notice="register",
    ),
    Kind.RECEPTION: Past(
        ReceptionRow,
        lambda before, at, longest: ReceptionRow.day < before,
        ReceptionRow.day,
        (ReceptionRow.service, ReceptionRow.feedback),
        _reception_held,
        among=lambda: ReceptionRow.follow_up == "",
    ),
    Kind.FOLLOW_UP: Past(
        ReceptionRow,
        lambda before, at, longest: (
            (ReceptionRow.day < before)
            & (ReceptionRow.done_at.is_null() | (ReceptionRow.done_at < at))
        ),
        ReceptionRow.day,
        (ReceptionRow.service, ReceptionRow.feedback),
        lambda longest: {
            Held.OPEN: ReceptionRow.done_at.is_null() & (ReceptionRow.day >= longest),
            **_reception_held(longest),
        },
        among=lambda: ReceptionRow.follow_up != "",
        told=ReceptionRow.notice,
        notice="reception",
    ),
    Kind.BLOCKED: Past(
        BlockedRow,
        lambda before, at, longest: (
            ((BlockedRow.expires_on != "") & (BlockedRow.expires_on < before))
            | (BlockedRow.ended_at.is_null(False) & (BlockedRow.ended_at < at))
        ),
        BlockedRow.proposed_at,
        (BlockedRow.reason,),
        lambda longest: {Held.REQUEST: _in_request(BlockedRow, "blocked")},
    ),
    Kind.ROLL_MARK: Past(
        RollMarkRow,
        lambda before, at, longest: RollMarkRow.roll_call.in_(
            RollCallRow.select(RollCallRow.id).where(RollCallRow.started_at < at)
        ),
        RollCallRow.select(RollCallRow.started_at).where(RollCallRow.id == RollMarkRow.roll_call),
        (RollMarkRow.kind, RollMarkRow.state),
        lambda longest: {Held.REQUEST: _in_request(RollMarkRow, "roll_mark")},
    ),
    Kind.REQUEST: Past(
        RequestRow,
        lambda before, at, longest: (RequestRow.state != "open") & (RequestRow.ended_at < at),
        RequestRow.came_at,
        (RequestRow.kind, RequestRow.state),
        lambda longest: {Held.HOLD: _on_hold(RequestRow, "request")},
    ),
    Kind.HOLD: Past(
        HoldRow,
        lambda before, at, longest: HoldRow.lifted_at.is_null(False) & (HoldRow.lifted_at < at),
        HoldRow.at,
        (HoldRow.kind, HoldRow.reason),
        lambda longest: {},
    ),
}


def _among(past: Past) -> list[Any]:
    return [past.among()] if past.among else []


def _count(past: Past) -> Prepared:
    return Prepared(
        lambda before, at, longest: past.row.select(fn.COUNT(past.row.id)).where(
            *_among(past), *past.due(before, at, longest)
        ),
        _NAMES,
    )


def _count_told(past: Past) -> Prepared:
    return Prepared(
        lambda before, at, longest, version: past.row.select(fn.COUNT(past.row.id)).where(
            *_among(past), *past.due(before, at, longest), past.told == version
        ),
        (*_NAMES, "version"),
    )


def _all(past: Past) -> Prepared:
    return Prepared(
        lambda: past.row.select(fn.COUNT(past.row.id), fn.MIN(past.when)).where(
            *(_among(past) or [past.row.id.is_null(False)])
        )
    )


def _held(past: Past, why: Held) -> Prepared:
    return Prepared(
        lambda before, at, longest: past.row.select(fn.COUNT(past.row.id)).where(
            *_among(past), past.over(before, at, longest), past.held(longest)[why]
        ),
        _NAMES,
    )


_COUNT = {kind: _count(past) for kind, past in PASTS.items()}
_COUNT_TOLD = {kind: _count_told(past) for kind, past in PASTS.items() if past.notice}
_ALL = {kind: _all(past) for kind, past in PASTS.items()}
_HELD = {kind: {why: _held(past, why) for why in past.held("")} for kind, past in PASTS.items()}


def count_due(store: Store, kind: Kind, before: str, at: int, longest: str) -> int:
    """How many rows go now."""
    row = _COUNT[kind].one(store, before=before, at=at, longest=longest)
    return int(row[0]) if row else 0


def count_told(store: Store, kind: Kind, before: str, at: int, longest: str, version: int) -> int:
    """How many of those rows are of people who were told this version of the notice."""
    row = _COUNT_TOLD[kind].one(store, before=before, at=at, longest=longest, version=version)
    return int(row[0]) if row else 0


def count_all(store: Store, kind: Kind) -> tuple[int, str | int | None]:
    """How many rows there are, and the day or instant of the oldest."""
    row = _ALL[kind].one(store)
    return (int(row[0]), row[1]) if row else (0, None)


def count_held(
    store: Store, kind: Kind, before: str, at: int, longest: str
) -> tuple[tuple[Held, int], ...]:
    """How many rows past their time are held back, by why; a row may be held back twice."""
    values = {"before": before, "at": at, "longest": longest}
    counts = ((why, query.one(store, **values)) for why, query in _HELD[kind].items())
    return tuple((why, int(row[0])) for why, row in counts if row and row[0])
