"""Real incidents: opened by anybody, reported with the ten fields of the association's guide.

银协发〔2009〕51号, model text Art. 3 names the fields, its list of types the level I, II or III.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from branch.drills.opening import open_plan
from branch.drills.rules.run import ON, REAL_LEVELS, State, checked_report, known
from branch.drills.run import change, checked_text, find_run, note
from branch.drills.written import report_of, sealed_report
from branch.kernel.errors import RuleBroken, Stale
from branch.kernel.runner import Handler, Work

_LONGEST_FIELD = 500


@dataclass(frozen=True)
class OpenIncident:
    """This is happening: open the plan; returns the incident's id."""

    code: str
    source: str = ""
    ref: int | None = None


@dataclass(frozen=True)
class FillReport:
    """What the report of a real incident says; fields left out stay as they are."""

    run: int
    level: str
    fields: Mapping[str, str]

    def __repr__(self) -> str:
        return f"FillReport({self.run}, {self.level!r})"


def open_incident(work: Work, command: OpenIncident) -> int:
    """Open it; raises NotFound for an unknown scenario."""
    return open_plan(work, command.code, command.source, command.ref)


def fill_report(work: Work, command: FillReport) -> None:
    """Keep the report; raises RuleBroken for a drill, Stale once it was reviewed."""
    run = find_run(work.store, command.run)
    if not run.is_real:
        raise RuleBroken("drill_is_no_incident")
    if run.state not in (*ON, State.ENDED):
        raise Stale("drill_moved_on")
    known(command.level, REAL_LEVELS, "level")
    checked_report(command.fields)
    kept = report_of(work.store, run.id)
    for name, text in command.fields.items():
        kept[name] = checked_text(text, f"fields.{name}", _LONGEST_FIELD)
    change(work, run, level=command.level, report=sealed_report(work.store.sealer, kept))
    note(
        work,
        run.id,
        "report_filled",
        level=command.level,
        fields=sum(bool(text) for text in kept.values()),
    )


HANDLERS: dict[type, Handler] = {
    OpenIncident: Handler(open_incident),
    FillReport: Handler(fill_report),
}
