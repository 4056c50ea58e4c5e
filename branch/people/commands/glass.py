"""Emergency access to full personal values: taken by anybody at work, reviewed by somebody else.

The law asks for no consent where life or property is in danger (PIPL Art. 13(4)), so nobody has
to wait for a permission; that it was taken is journalled and stays an alarm until reviewed. What
was written stands sealed in its own row and never in the journal.
"""

from __future__ import annotations

from dataclasses import dataclass

from branch.kernel.errors import NotFound, NotPermitted, Stale
from branch.kernel.prepared import Prepared, delete
from branch.kernel.runner import Handler, Work
from branch.people.records import FINDING, REASON, BreakGlassRow
from branch.people.rules import GLASS_MS, checked_finding, checked_glass


@dataclass(frozen=True)
class BreakGlass:
    """Open full personal values to oneself for fifteen minutes, for a reason in code and words."""

    reason: str
    text: str

    def __repr__(self) -> str:
        return f"BreakGlass({self.reason!r})"


@dataclass(frozen=True)
class ReviewBreakGlass:
    """Say what was found of an emergency access; one that is still open ends with it."""

    id: int
    finding: str

    def __repr__(self) -> str:
        return f"ReviewBreakGlass({self.id})"


_INSERT = Prepared(
    lambda staff, station, reason, text, at, until: BreakGlassRow.insert(
        {
            BreakGlassRow.staff: staff,
            BreakGlassRow.station: station,
            BreakGlassRow.reason: reason,
            BreakGlassRow.text: text,
            BreakGlassRow.at: at,
            BreakGlassRow.until: until,
            BreakGlassRow.finding: "",
        }
    ).returning(BreakGlassRow.id)
)
_BY_ID = Prepared(
    lambda glass: BreakGlassRow.select(BreakGlassRow.staff, BreakGlassRow.reviewed_at).where(
        BreakGlassRow.id == glass
    )
)
_REVIEW = Prepared(
    lambda glass, by, at, finding: BreakGlassRow.update(
        {
            BreakGlassRow.reviewed_by: by,
            BreakGlassRow.reviewed_at: at,
            BreakGlassRow.finding: finding,
        }
    ).where(BreakGlassRow.id == glass)
)

_FORGET = Prepared(
    lambda before, most: (
        delete(BreakGlassRow)
        .where(
            BreakGlassRow.id.in_(
                BreakGlassRow.select(BreakGlassRow.id)
                .where(BreakGlassRow.at < before, BreakGlassRow.reviewed_at.is_null(False))
                .limit(most)
            )
        )
        .returning(BreakGlassRow.at, BreakGlassRow.reason)
    )
)


def break_glass(work: Work, command: BreakGlass) -> int:
    """Open it and return until when (milliseconds); raises BadInput without a reason in words."""
    text = checked_glass(command.reason, command.text)
    until = work.now + GLASS_MS
    row = _INSERT.one(
        work.store,
        staff=work.actor.staff,
        station=work.actor.station,
        reason=command.reason,
        text=work.store.sealer.seal(text, REASON),
        at=work.now,
        until=until,
    )
    assert row is not None  # an INSERT with RETURNING gives its row
    work.record("glass.broken", work.actor.staff, id=row[0], reason=command.reason, until=until)
    return until


def review_break_glass(work: Work, command: ReviewBreakGlass) -> None:
    """Keep the finding; raises NotPermitted for one's own, Stale for one that was reviewed."""
    finding = checked_finding(command.finding)
    row = _BY_ID.one(work.store, glass=command.id)
    if row is None:
        raise NotFound("glass_unknown")
    if row[0] == work.actor.staff:
        raise NotPermitted("own_glass")
    if row[1] is not None:
        raise Stale("glass_reviewed")
    _REVIEW.run(
        work.store,
        glass=command.id,
        by=work.actor.staff,
        at=work.now,
        finding=work.store.sealer.seal(finding, FINDING),
    )
    work.record("glass.reviewed", row[0], id=command.id)


def forget_glass(work: Work, before: int, most: int) -> list[tuple[int, str]]:
    """Forget at most ``most`` reviewed ones from before an instant (ms): when each was, and why.

    Called inside the transaction of a retention run.
    """
    rows = _FORGET.all(work.store, before=before, most=most)
    return [(at, reason) for at, reason in rows]


HANDLERS: dict[type, Handler] = {
    BreakGlass: Handler(break_glass),
    ReviewBreakGlass: Handler(review_break_glass),
}
