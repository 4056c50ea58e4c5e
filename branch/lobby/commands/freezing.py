"""Calling in the lobby stands still: in a drill, in a real incident; and goes on.

The time in which nobody could be called is no customer's wait in the branch's figures: it stands
in a table of its own, and in the journal for whoever retells the day.
"""

from __future__ import annotations

from dataclasses import dataclass

from branch.kernel.errors import NotFound, RuleBroken
from branch.kernel.prepared import Prepared
from branch.kernel.runner import Handler, Work
from branch.lobby.records import StandstillRow
from branch.lobby.rules import STANDSTILL_REASONS, require_known


@dataclass(frozen=True)
class FreezeLobby:
    """Nobody is called any more, until ThawLobby or the end of the day."""

    reason: str


@dataclass(frozen=True)
class ThawLobby:
    """Calling goes on."""


_OPEN = Prepared(
    lambda day: StandstillRow.select(
        StandstillRow.id, StandstillRow.reason, StandstillRow.ref
    ).where(StandstillRow.day == day, StandstillRow.to_at.is_null())
)
_BEGIN = Prepared(
    lambda day, reason, ref, at, by: StandstillRow.insert(
        {
            StandstillRow.day: day,
            StandstillRow.reason: reason,
            StandstillRow.ref: ref,
            StandstillRow.from_at: at,
            StandstillRow.to_at: None,
            StandstillRow.by: by,
        }
    )
)
_TURN = Prepared(
    lambda standstill, reason, ref: StandstillRow.update(
        {StandstillRow.reason: reason, StandstillRow.ref: ref}
    ).where(StandstillRow.id == standstill)
)
_END = Prepared(
    lambda standstill, at: StandstillRow.update({StandstillRow.to_at: at}).where(
        StandstillRow.id == standstill
    )
)


def freeze_lobby(work: Work, command: FreezeLobby) -> None:
    """Stand still; raises RuleBroken while no day is open, or when it does already."""
    require_known(command.reason, STANDSTILL_REASONS, "reason")
    if not work.day:
        raise RuleBroken("day_not_open")
    if _open(work) is not None:
        raise RuleBroken("lobby_frozen_already")
    begin_standstill(work, command.reason, None)


def thaw_lobby(work: Work, command: ThawLobby) -> None:
    """Go on; raises NotFound when nothing stands still."""
    if not end_standstill(work):
        raise NotFound("lobby_not_frozen")


def begin_standstill(work: Work, reason: str, ref: int | None) -> None:
    """Stand still within the caller's command, if a day is open; one that is on becomes this."""
    if not work.day:
        return
    there = _open(work)
    if there is None:
        _BEGIN.run(
            work.store,
            day=work.day,
            reason=reason,
            ref=ref,
            at=work.now,
            by=work.actor.staff,
        )
        work.record("lobby.frozen", work.day, reason=reason, ref=ref)
    elif there[1] != reason:
        _TURN.run(work.store, standstill=there[0], reason=reason, ref=ref)
        work.record("lobby.freeze_turned", work.day, reason=reason, ref=ref)


def end_standstill(work: Work, ref: int | None = None) -> bool:
    """Go on, within the caller's command; whether anything stood still.

    With ``ref`` only what belongs to that run ends.
    """
    there = _open(work)
    if there is None or ref not in (None, there[2]):
        return False
    _END.run(work.store, standstill=there[0], at=work.now)
    work.record("lobby.thawed", work.day)
    return True


def require_calling_free(work: Work) -> None:
    """Raise RuleBroken while calling stands still."""
    there = _open(work)
    if there is not None:
        raise RuleBroken(f"lobby_frozen_{there[1]}")


def _open(work: Work) -> tuple[int, str, int | None] | None:
    row = _OPEN.one(work.store, day=work.day)
    return (row[0], row[1], row[2]) if row else None


HANDLERS: dict[type, Handler] = {
    FreezeLobby: Handler(freeze_lobby),
    ThawLobby: Handler(thaw_lobby),
}
