"""Corrective actions of complaints: whoever is kept from a complaint adds, checks, postpones and
hands on none of its actions (Order 3 Art. 17); what he owns he finishes all the same.

Whether a cause was mended shows later (complaints.md 4e: effect check after 30 days): a check waits
for every action that a complaint led to. A promise mends no cause; whether an action of a drill or
an inspection helped the next drill or inspection shows.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from branch.complaints.case import found
from branch.complaints.house import house_of
from branch.complaints.queries.actions import DRILL, SOURCES
from branch.complaints.queries.incidents import is_kept_from_run
from branch.complaints.recusal import interested
from branch.kernel.clock import local_date
from branch.kernel.errors import NotFound
from branch.kernel.runner import Handler, Work
from branch.quality.commands import (
    AddAction,
    CheckAction,
    CheckEffect,
    HandAction,
    PostponeAction,
    add_action,
    check_action,
    check_effect,
    hand_action,
    postpone_action,
)
from branch.quality.queries import source_of

_MENDS: Final = "complaint"


def add(work: Work, command: AddAction) -> int:
    """Add it; raises NotFound for a complaint that is not there or about the actor."""
    if command.source in SOURCES:
        found(work, command.ref)
    return add_action(work, command)


def check(work: Work, command: CheckAction) -> None:
    """Close it or open it again; raises NotFound for one of a complaint about the actor."""
    _require_free(work, command.action)
    source = source_of(work.store, command.action)
    effect_due = None
    if source is not None and source[0] == _MENDS:
        days = house_of(work.store).effect_days
        effect_due = local_date(work.now, work.zone) + timedelta(days=days)
    check_action(work, command, effect_due)


def check_its_effect(work: Work, command: CheckEffect) -> None:
    """Note whether it helped, also once the complaint is archived; raises NotFound for one of a
    complaint about the actor."""
    _require_free(work, command.action)
    check_effect(work, command)


def postpone(work: Work, command: PostponeAction) -> None:
    """Set a later day; raises NotFound for one of a complaint about the actor."""
    _require_free(work, command.action)
    postpone_action(work, command)


def hand(work: Work, command: HandAction) -> None:
    """Give it to another; raises NotFound for one of a complaint about the actor."""
    _require_free(work, command.action)
    hand_action(work, command)


def _require_free(work: Work, action: int) -> None:
    source, ref = source_of(work.store, action) or ("", 0)
    staff = work.actor.staff
    of_case = source in SOURCES and staff in interested(work.store, ref)
    if of_case or (source == DRILL and is_kept_from_run(work.store, ref, staff)):
        raise NotFound("action_unknown")


HANDLERS: dict[type, Handler] = {
    AddAction: Handler(add),
    CheckAction: Handler(check),
    CheckEffect: Handler(check_its_effect),
    PostponeAction: Handler(postpone),
    HandAction: Handler(hand),
}
