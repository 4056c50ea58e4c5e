"""Everything that can happen to a complaint, by subject; the handlers of all in one mapping."""

from __future__ import annotations

from branch.complaints.commands import (
    acceptance,
    actions,
    answering,
    answers,
    codes,
    correcting,
    emergency,
    files,
    handling,
    incidents,
    limits,
    own_data,
    papers,
    registration,
    retention,
    revealing,
    reviews,
)
from branch.complaints.records import SEALED
from branch.kernel.runner import Handler

__all__ = ["HANDLERS", "SEALED"]

HANDLERS: dict[type, Handler] = {
    **registration.HANDLERS,
    **correcting.HANDLERS,
    **acceptance.HANDLERS,
    **actions.HANDLERS,
    **handling.HANDLERS,
    **incidents.HANDLERS,
    **answering.HANDLERS,
    **answers.HANDLERS,
    **codes.HANDLERS,
    **emergency.HANDLERS,
    **files.HANDLERS,
    **limits.HANDLERS,
    **own_data.HANDLERS,
    **papers.HANDLERS,
    **retention.HANDLERS,
    **revealing.HANDLERS,
    **reviews.HANDLERS,
}
