"""The block list: proposed by one person, in force when a second has approved, with an end.

Matching holds a visitor until somebody approves; it never tells him why.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from branch.kernel.clock import local_date
from branch.kernel.errors import BadInput, NotFound, NotPermitted, Stale
from branch.kernel.identity import compact
from branch.kernel.prepared import Prepared
from branch.kernel.runner import Handler, Work
from branch.people.rules import checked_name
from branch.visitors.records import BlockedRow
from branch.visitors.rules import BLOCK_REASONS, SEPARATOR, checked_text, require_known

_LONGEST_DAYS = 366
_MOST_ALIASES = 10


@dataclass(frozen=True)
class ProposeBlock:
    """Propose an entry; returns its id. ``number`` of a document is kept as a keyed hash only."""

    name: str
    reason: str
    text: str
    expires_on: date
    aliases: tuple[str, ...] = ()
    number: str = ""

    def __repr__(self) -> str:
        return f"ProposeBlock(reason={self.reason!r})"


@dataclass(frozen=True)
class ApproveBlock:
    """A second person agrees: the entry is in force."""

    entry: int


@dataclass(frozen=True)
class EndBlock:
    """Take an entry off the list, approved or not."""

    entry: int


_INSERT = Prepared(
    lambda name, aliases, mark, reason, text, expires_on, staff, now: BlockedRow.insert(
        {
            BlockedRow.name: name,
            BlockedRow.aliases: aliases,
            BlockedRow.document_mark: mark,
            BlockedRow.reason: reason,
            BlockedRow.text: text,
            BlockedRow.expires_on: expires_on,
            BlockedRow.proposed_by: staff,
            BlockedRow.proposed_at: now,
        }
    ).returning(BlockedRow.id)
)
_FIND = Prepared(
    lambda entry: BlockedRow.select(
        BlockedRow.proposed_by, BlockedRow.approved_at, BlockedRow.ended_at
    ).where(BlockedRow.id == entry)
)
_APPROVE = Prepared(
    lambda entry, staff, now: BlockedRow.update(
        {BlockedRow.approved_by: staff, BlockedRow.approved_at: now}
    ).where(BlockedRow.id == entry)
)
_END = Prepared(
    lambda entry, staff, now: BlockedRow.update(
        {BlockedRow.ended_by: staff, BlockedRow.ended_at: now}
    ).where(BlockedRow.id == entry)
)


def propose_block(work: Work, command: ProposeBlock) -> int:
    """Keep a proposal; raises BadInput for what is missing or an end beyond a year."""
    require_known(command.reason, BLOCK_REASONS, "reason")
    today = local_date(work.now, work.zone)
    if not today < command.expires_on <= today + timedelta(days=_LONGEST_DAYS):
        raise BadInput("block_end", field="expires_on", days=_LONGEST_DAYS)
    aliases = tuple(checked_name(alias, "aliases") for alias in command.aliases if alias.strip())
    if len(aliases) > _MOST_ALIASES:
        raise BadInput("block_aliases", field="aliases", most=_MOST_ALIASES)
    row = _INSERT.one(
        work.store,
        name=checked_name(command.name, "name"),
        aliases=SEPARATOR.join(aliases),
        mark=work.store.sealer.mark(compact(command.number), "visitor.document"),
        reason=command.reason,
        text=checked_text(command.text, "text"),
        expires_on=command.expires_on.isoformat(),
        staff=work.actor.staff,
        now=work.now,
    )
    assert row is not None  # an INSERT with RETURNING gives its row
    work.record("block.proposed", row[0], reason=command.reason)
    return int(row[0])


def approve_block(work: Work, command: ApproveBlock) -> None:
    """Put an entry in force; raises NotPermitted to the one who proposed it."""
    proposed_by, approved_at = _open(work, command.entry)
    if approved_at is not None:
        raise Stale("block_moved_on")
    if proposed_by == work.actor.staff:
        raise NotPermitted("second_person_needed")
    _APPROVE.run(work.store, entry=command.entry, staff=work.actor.staff, now=work.now)
    work.record("block.approved", command.entry)


def end_block(work: Work, command: EndBlock) -> None:
    """Take an entry off; raises Stale when it is off already."""
    _open(work, command.entry)
    _END.run(work.store, entry=command.entry, staff=work.actor.staff, now=work.now)
    work.record("block.ended", command.entry)


def _open(work: Work, entry: int) -> tuple[int, int | None]:
    row = _FIND.one(work.store, entry=entry)
    if row is None:
        raise NotFound("block_unknown")
    if row[2] is not None:
        raise Stale("block_moved_on")
    return row[0], row[1]


HANDLERS: dict[type, Handler] = {
    ProposeBlock: Handler(propose_block),
    ApproveBlock: Handler(approve_block),
    EndBlock: Handler(end_block),
}
