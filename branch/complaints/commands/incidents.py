"""Incidents that a complaint opened: whoever is kept from the complaint neither ends its incident
nor writes of it, reports it or looks at its photos (Order 3 Art. 17). The plan's steps he goes
through with the others: people have to be safe.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from branch.complaints.case import found
from branch.complaints.queries.incidents import SOURCE, is_kept_from_run
from branch.drills.commands import HANDLERS as DRILLS
from branch.drills.commands.evidence import (
    AddPhoto,
    ChangeObservation,
    DropObservation,
    Observe,
    OpenPhoto,
    RemovePhoto,
)
from branch.drills.commands.incidents import FillReport, OpenIncident, open_incident
from branch.drills.commands.review import AddDrillAction, ReviewRun, WriteHotWash
from branch.drills.commands.running import EndRun
from branch.drills.queries.runs import run_of_observation, run_of_photo
from branch.kernel.errors import NotFound
from branch.kernel.runner import Handler, Work
from branch.kernel.store import Store

# The run that a command is about.
_RUN_OF: dict[type, Callable[[Store, Any], int]] = {
    **dict.fromkeys(
        (AddDrillAction, AddPhoto, EndRun, FillReport, Observe, ReviewRun, WriteHotWash),
        lambda _store, command: command.run,
    ),
    **dict.fromkeys(
        (ChangeObservation, DropObservation),
        lambda store, command: run_of_observation(store, command.observation),
    ),
    **dict.fromkeys(
        (OpenPhoto, RemovePhoto), lambda store, command: run_of_photo(store, command.photo)
    ),
}


def open_for(work: Work, command: OpenIncident) -> int:
    """Open it; raises NotFound for a complaint that is not there or about the actor."""
    if command.source == SOURCE and command.ref is not None:
        found(work, command.ref)
    return open_incident(work, command)


def _guarded(kind: type) -> Handler:
    """The command of the drills' room, refused to whoever is kept from the complaint."""
    handler, run_of = DRILLS[kind], _RUN_OF[kind]

    def carry_out(work: Work, command: object) -> object:
        if is_kept_from_run(work.store, run_of(work.store, command), work.actor.staff):
            raise NotFound("drill_unknown")
        return handler.carry_out(work, command)

    return Handler(carry_out, handler.prepare)


# In the place of the drills' own handlers of these commands.
HANDLERS: dict[type, Handler] = {
    OpenIncident: Handler(open_for),
    **{kind: _guarded(kind) for kind in _RUN_OF},
}
