"""Corrective actions: owner, due day, evidence; closed by another person than the owner, and their
effect looked at later where whoever owns their source asks for it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from branch.kernel.clock import local_date
from branch.kernel.errors import BadInput, NotFound, NotPermitted, RuleBroken, Stale
from branch.kernel.prepared import Prepared, delete
from branch.kernel.runner import Handler, Work
from branch.people.queries import staff_members
from branch.people.rules import checked_name
from branch.quality.records import ActionRow

# A promise is one made to a complainant in a session; its ref is that of the complaint.
SOURCES = ("complaint", "promise", "drill", "inspection", "evaluation")
OPEN, DONE, CLOSED = "open", "done", "closed"
GOOD, POOR = "good", "poor"
_LONGEST = 500
# Nothing is mended later than in five years: a later day is a slip of typing.
_HORIZON: Final = timedelta(days=5 * 365)


@dataclass(frozen=True)
class AddAction:
    """Somebody has to mend something by a day; returns the action's id."""

    source: str
    ref: int
    text: str
    owner: int
    due_on: date
    cause: str = ""

    def __repr__(self) -> str:
        return f"AddAction({self.source!r}, {self.ref})"


@dataclass(frozen=True)
class FinishAction:
    """The owner says it is done, with the evidence."""

    action: int
    evidence: str

    def __repr__(self) -> str:
        return f"FinishAction({self.action})"


@dataclass(frozen=True)
class CheckAction:
    """Another person has looked: closed, or open again."""

    action: int
    good: bool


@dataclass(frozen=True)
class CheckEffect:
    """Another person has looked, a while after it was closed: it helped; or it did not, on these
    grounds, and is to be mended anew until ``due_on``."""

    action: int
    good: bool
    grounds: str = ""
    due_on: date | None = None

    def __repr__(self) -> str:
        return f"CheckEffect({self.action}, {self.good})"


@dataclass(frozen=True)
class PostponeAction:
    """A later day, with the reason in the journal as a code of who allowed it."""

    action: int
    due_on: date


@dataclass(frozen=True)
class HandAction:
    """Somebody else is to mend it: its owner has left, or has other work."""

    action: int
    owner: int


_INSERT = Prepared(
    lambda source, ref, text, cause, owner, due_on, now, staff, rev: ActionRow.insert(
        {
            ActionRow.source: source,
            ActionRow.ref: ref,
            ActionRow.text: text,
            ActionRow.cause: cause,
            ActionRow.owner: owner,
            ActionRow.due_on: due_on,
            ActionRow.state: OPEN,
            ActionRow.evidence: "",
            ActionRow.made_at: now,
            ActionRow.made_by: staff,
            ActionRow.reopened: 0,
            ActionRow.rev: rev,
        }
    ).returning(ActionRow.id)
)
_FIND = Prepared(
    lambda action: ActionRow.select(ActionRow.state, ActionRow.owner, ActionRow.due_on).where(
        ActionRow.id == action
    )
)
_DONE = Prepared(
    lambda action, evidence, now, rev: ActionRow.update(
        {
            ActionRow.state: DONE,
            ActionRow.evidence: evidence,
            ActionRow.done_at: now,
            ActionRow.rev: rev,
        }
    ).where(ActionRow.id == action)
)
_CLOSE = Prepared(
    lambda action, staff, now, effect_due, rev: ActionRow.update(
        {
            ActionRow.state: CLOSED,
            ActionRow.checked_by: staff,
            ActionRow.checked_at: now,
            ActionRow.effect_due: effect_due,
            ActionRow.effect: "",
            ActionRow.effect_note: "",
            ActionRow.rev: rev,
        }
    ).where(ActionRow.id == action)
)
_REOPEN = Prepared(
    lambda action, rev: ActionRow.update(
        {
            ActionRow.state: OPEN,
            ActionRow.reopened: ActionRow.reopened + 1,
            ActionRow.rev: rev,
        }
    ).where(ActionRow.id == action)
)
_EFFECT_DUE = Prepared(
    lambda action: ActionRow.select(ActionRow.effect_due).where(ActionRow.id == action)
)
_GOOD = Prepared(
    lambda action, staff, now, rev: ActionRow.update(
        {
            ActionRow.effect_due: None,
            ActionRow.effect: GOOD,
            ActionRow.effect_at: now,
            ActionRow.effect_by: staff,
            ActionRow.rev: rev,
        }
    ).where(ActionRow.id == action)
)
_POOR = Prepared(
    lambda action, staff, now, note, due_on, rev: ActionRow.update(
        {
            ActionRow.state: OPEN,
            ActionRow.due_on: due_on,
            ActionRow.reopened: ActionRow.reopened + 1,
            ActionRow.effect_due: None,
            ActionRow.effect: POOR,
            ActionRow.effect_note: note,
            ActionRow.effect_at: now,
            ActionRow.effect_by: staff,
            ActionRow.rev: rev,
        }
    ).where(ActionRow.id == action)
)
_RAISE = Prepared(
    lambda action, rev: ActionRow.update({ActionRow.raised: 1, ActionRow.rev: rev}).where(
        ActionRow.id == action, ActionRow.raised == 0
    )
)
_FORGET = Prepared(
    lambda source, ref: delete(ActionRow).where(ActionRow.source == source, ActionRow.ref == ref)
)
_POSTPONE = Prepared(
    lambda action, due_on, rev: ActionRow.update(
        {ActionRow.due_on: due_on, ActionRow.rev: rev}
    ).where(ActionRow.id == action)
)


_HAND = Prepared(
    lambda action, owner, rev: ActionRow.update({ActionRow.owner: owner, ActionRow.rev: rev}).where(
        ActionRow.id == action
    )
)


def add_action(work: Work, command: AddAction) -> int:
    """Make an action; raises BadInput for an owner who is not here or a day gone by or too
    far."""
    if command.source not in SOURCES:
        raise BadInput("code_unknown", field="source", given=command.source)
    text = checked_name(command.text, "text", _LONGEST)
    _require_here(work, command.owner)
    _require_to_come(work, command.due_on)
    row = _INSERT.one(
        work.store,
        source=command.source,
        ref=command.ref,
        text=text,
        cause=command.cause,
        owner=command.owner,
        due_on=command.due_on.isoformat(),
        now=work.now,
        staff=work.actor.staff,
        rev=work.revision,
    )
    assert row is not None  # an INSERT with RETURNING gives its row
    work.record(
        "action.added",
        row[0],
        source=command.source,
        ref=command.ref,
        owner=command.owner,
        due=command.due_on.isoformat(),
    )
    return int(row[0])


def finish_action(work: Work, command: FinishAction) -> None:
    """Say it is done; raises NotPermitted to anybody but the owner, BadInput without evidence."""
    state, owner, _ = _found(work, command.action)
    if state != OPEN:
        raise Stale("action_moved_on")
    if owner != work.actor.staff:
        raise NotPermitted("not_the_owner")
    evidence = checked_name(command.evidence, "evidence", _LONGEST)
    _DONE.run(work.store, action=command.action, evidence=evidence, now=work.now, rev=work.revision)
    work.record("action.finished", command.action)


def check_action(work: Work, command: CheckAction, effect_due: date | None = None) -> None:
    """Close it or open it again; raises NotPermitted to the owner himself.

    From ``effect_due`` on its effect is to be looked at, for None never.
    """
    state, owner, _ = _found(work, command.action)
    if state != DONE:
        raise Stale("action_moved_on")
    if owner == work.actor.staff:
        raise NotPermitted("second_person_needed")
    if command.good:
        _CLOSE.run(
            work.store,
            action=command.action,
            staff=work.actor.staff,
            now=work.now,
            effect_due=effect_due and effect_due.isoformat(),
            rev=work.revision,
        )
        if effect_due is None:
            work.record("action.closed", command.action)
        else:
            work.record("action.closed", command.action, effect_due=effect_due.isoformat())
    else:
        _REOPEN.run(work.store, action=command.action, rev=work.revision)
        work.record("action.reopened", command.action)


def check_effect(work: Work, command: CheckEffect) -> None:
    """Note that it helped, or open it again; raises Stale where no check waits (any more),
    NotPermitted to the owner, RuleBroken before the day, BadInput for a poor effect without
    grounds or a day to come."""
    _, owner, before = _found(work, command.action)
    row = _EFFECT_DUE.one(work.store, action=command.action)
    if row is None or row[0] is None:
        raise Stale("action_moved_on")
    if owner == work.actor.staff:
        raise NotPermitted("second_person_needed")
    if local_date(work.now, work.zone).isoformat() < row[0]:
        raise RuleBroken("effect_early", day=row[0])
    about = {"action": command.action, "staff": work.actor.staff, "now": work.now}
    if command.good:
        _GOOD.run(work.store, **about, rev=work.revision)
        work.record("action.effect_good", command.action)
        return
    note = checked_name(command.grounds, "grounds", _LONGEST)
    if command.due_on is None:
        raise BadInput("field_empty", field="due_on")
    _require_to_come(work, command.due_on)
    due_on = command.due_on.isoformat()
    _POOR.run(work.store, **about, note=note, due_on=due_on, rev=work.revision)
    work.record("action.effect_poor", command.action, before=before, due=due_on)


def postpone_action(work: Work, command: PostponeAction) -> None:
    """Set a later day; raises BadInput for one that is not later, gone by or too far."""
    state, owner, due_on = _found(work, command.action)
    if state != OPEN:
        raise Stale("action_moved_on")
    if owner == work.actor.staff:
        raise NotPermitted("second_person_needed")
    if command.due_on.isoformat() <= due_on:
        raise BadInput("due_not_later", field="due_on")
    _require_to_come(work, command.due_on)
    _POSTPONE.run(
        work.store,
        action=command.action,
        due_on=command.due_on.isoformat(),
        rev=work.revision,
    )
    work.record("action.postponed", command.action, before=due_on, due=command.due_on.isoformat())


def hand_action(work: Work, command: HandAction) -> None:
    """Give it to another; raises BadInput for nobody who works here or who has it already,
    NotPermitted to the owner himself, Stale once he has said that it is done."""
    state, owner, _ = _found(work, command.action)
    if state != OPEN:
        raise Stale("action_moved_on")
    if owner == work.actor.staff:
        raise NotPermitted("second_person_needed")
    _require_here(work, command.owner)
    if command.owner == owner:
        raise BadInput("owner_has_it", field="owner")
    _HAND.run(work.store, action=command.action, owner=command.owner, rev=work.revision)
    work.record("action.handed", command.action, before=owner, owner=command.owner)


def raise_action(work: Work, action: int) -> None:
    """Bring it before the branch manager, within the caller's command; once."""
    if _RAISE.run(work.store, action=action, rev=work.revision):
        work.record("action.raised", action)


def forget_actions(work: Work, source: str, ref: int) -> int:
    """Delete the actions of something that is itself deleted; returns how many went."""
    return _FORGET.run(work.store, source=source, ref=ref)


def _require_to_come(work: Work, day: date) -> None:
    today = local_date(work.now, work.zone)
    if day < today:
        raise BadInput("due_past", field="due_on")
    if day > (last := today + _HORIZON):
        raise BadInput("due_far", field="due_on", day=last.isoformat())


def _require_here(work: Work, owner: int) -> None:
    if owner not in {
        member.id for member in staff_members(work.store) if member.active and not member.is_station
    }:
        raise BadInput("owner_unknown", field="owner")


def _found(work: Work, action: int) -> tuple[str, int, str]:
    row = _FIND.one(work.store, action=action)
    if row is None:
        raise NotFound("action_unknown")
    return row[0], row[1], row[2]


HANDLERS: dict[type, Handler] = {
    AddAction: Handler(add_action),
    FinishAction: Handler(finish_action),
    CheckAction: Handler(check_action),
    CheckEffect: Handler(check_effect),
    PostponeAction: Handler(postpone_action),
    HandAction: Handler(hand_action),
}
