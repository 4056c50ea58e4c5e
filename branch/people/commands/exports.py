"""That the journal was taken out of the program, by whom, in what form and how much of it."""

from __future__ import annotations

from dataclasses import dataclass

from branch.kernel.errors import BadInput
from branch.kernel.runner import Handler, Work
from branch.people.rules import EXPORTS


@dataclass(frozen=True)
class RecordExport:
    """An export is about to be made: its kind and its number of rows."""

    kind: str
    rows: int


def record_export(work: Work, command: RecordExport) -> None:
    """Note it before a file is written, so that none leaves unnoticed; raises BadInput."""
    if command.kind not in EXPORTS:
        raise BadInput("code_unknown", field="kind", given=command.kind)
    work.record("export.made", command.kind, rows=command.rows)


HANDLERS: dict[type, Handler] = {RecordExport: Handler(record_export)}
