"""Time that passes over people's records: people planted, nights run, what is held back."""

from __future__ import annotations

from branch.bootstrap import Branch
from branch.kernel.migrations import _backup
from branch.kernel.runner import Actor
from branch.people.rules import PROGRAM
from branch.visitors.commands.reception import FinishFollowUp, RecordReception
from branch.visitors.commands.register import SignOutVisitor
from branch.visitors.commands.requests import (
    ConfirmIdentity,
    LinkRecord,
    OpenRequest,
)
from branch.visitors.commands.retention import (
    Ran,
    RemoveBackups,
    RunRetention,
)
from branch.visitors.queries.retention import (
    backups_due,
    retention_preview,
)
from branch.visitors.retention import Held, Kind
from tests.conftest import OPENING
from tests.visitors.gate import LOBBY_MANAGER, SUPERVISOR, Gate

DAY_S = 24 * 3_600
TOLD = OPENING
PEOPLE = 50


class Planted:
    """Fifty people with names, telephones and numbers nobody else has."""

    def __init__(self) -> None:
        self.names = [f"诸葛验{chr(0x4E00 + 7 * at)}" for at in range(PEOPLE)]
        self.phones = [f"139{20_260_000 + 37 * at:08d}" for at in range(PEOPLE)]
        self.numbers = [f"E{73_100_000 + 41 * at}" for at in range(PEOPLE)]
        self.words = [f"他说的话{at:03d}号" for at in range(PEOPLE)]

    def traces(self) -> list[bytes]:
        """Every text as bytes that may stand nowhere."""
        texts = [*self.names, *self.phones, *self.numbers, *self.words]
        return [text.encode() for text in texts]


def night(branch: Branch) -> list[Ran]:
    """The program's own run, part by part until nothing is left."""
    parts: list[Ran] = []
    while not parts or parts[-1].more:
        parts.append(branch.run(RunRetention(), Actor(PROGRAM, "night")).value)
    if backups_due(branch.store, branch.clock.now_ms()):
        branch.run(RemoveBackups(), Actor(PROGRAM, "night"))
    branch.store.tidy()
    return parts


def plant(gate: Gate, people: Planted) -> list[int]:
    """Everybody visits, is called back, and asks what is known of him; returns the requests."""
    asked = []
    for name, phone, number, words in zip(
        people.names, people.phones, people.numbers, people.words, strict=True
    ):
        visitor = gate.come(
            name, phone=phone, document="passport", number=number, checked=True, matter=words
        )
        gate.run(SignOutVisitor(visitor.id))
        call = RecordReception(
            None,
            "P01",
            note=words,
            feedback="praise",
            feedback_text=words,
            follow_up="answer",
            follow_by="2026-11-23",
            surname=name[:2],
            title="mr",
            phone=phone,
            notice=1,
            told_at=TOLD,
        )
        reception = gate.run(call, by=LOBBY_MANAGER)
        gate.run(FinishFollowUp(reception, "answered"), by=LOBBY_MANAGER)
        request = gate.run(OpenRequest("copy", name, phone, words), by=SUPERVISOR)
        gate.run(ConfirmIdentity(request.id), by=SUPERVISOR)
        gate.run(LinkRecord(request.id, "visitor", visitor.id), by=SUPERVISOR)
        asked.append(request.id)
    return asked


def keep_copy(branch: Branch) -> None:
    """A copy as an upgrade leaves it, today."""
    _backup(branch.store, "0003_visitors", str(branch.clock.now_ms()))


def held(gate: Gate, kind: Kind) -> tuple[tuple[Held, int], ...]:
    preview = retention_preview(gate.store, gate.clock.now_ms())
    return next(line.held for line in preview.kinds if line.kind == kind)
