"""Scenarios changed, taken back to what was shipped, imported; each time a new version.

A run keeps the scenario it began with: nothing of it changes under a running drill.
"""

from __future__ import annotations

from dataclasses import dataclass

from branch.drills.import_file import read_scenarios
from branch.drills.queries.scenarios import scenario
from branch.drills.records import ScenarioRow
from branch.drills.rules.scenario import Scenario, checked_scenario
from branch.drills.scenario_text import to_text
from branch.drills.shipped import VERSION, shipped_scenarios
from branch.kernel.errors import BadInput, NotFound, Stale
from branch.kernel.prepared import Prepared
from branch.kernel.runner import Actor, Handler, Work
from branch.kernel.store import Store


@dataclass(frozen=True)
class ChangeScenario:
    """Another text of a scenario, or a new one; returns its version.

    ``seen`` is the version that the editor showed, 0 for a new one.
    """

    scenario: Scenario
    seen: int = 0


@dataclass(frozen=True)
class RestoreScenario:
    """Go back to the scenario as it was shipped; returns the version."""

    code: str


@dataclass(frozen=True)
class ImportScenarios:
    """Take the scenarios of a YAML file; returns the codes of those that changed."""

    file: str
    text: str

    def __repr__(self) -> str:
        return "ImportScenarios()"


_INSERT = Prepared(
    lambda code, version, text, at, by, rev: ScenarioRow.insert(
        {
            ScenarioRow.code: code,
            ScenarioRow.version: version,
            ScenarioRow.text: text,
            ScenarioRow.changed_at: at,
            ScenarioRow.changed_by: by,
            ScenarioRow.rev: rev,
        }
    )
)


def change_scenario(work: Work, command: ChangeScenario) -> int:
    """Keep it as a new version; raises BadInput for what cannot stand or a new one with the code
    of another, Stale after another edit."""
    checked = checked_scenario(command.scenario)
    kept = scenario(work.store, checked.code)
    if kept is not None and command.seen == 0:
        raise BadInput("scenario_code_taken", field="code")
    if command.seen != (kept.version if kept else 0):
        raise Stale("scenario_moved_on")
    return _keep(work, checked)


def restore_scenario(work: Work, command: RestoreScenario) -> int:
    """Bring the shipped text back; raises NotFound for one that the program did not bring."""
    shipped = shipped_scenarios().get(command.code)
    if shipped is None:
        raise NotFound("scenario_unknown")
    return _keep(work, shipped)


def prepare_import(store: Store, command: ImportScenarios, actor: Actor) -> tuple[Scenario, ...]:
    """Read the file before anybody waits for it; raises BadInput that names file and line."""
    return read_scenarios(command.file, command.text)


def import_scenarios(work: Work, command: ImportScenarios) -> tuple[str, ...]:
    """Keep those that differ from what is in force."""
    found = work.prepared
    assert isinstance(found, tuple)  # prepare_import made it
    changed = []
    for one in found:
        kept = scenario(work.store, one.code)
        if kept is None or kept.scenario != one:
            _keep(work, one)
            changed.append(one.code)
    return tuple(changed)


def _keep(work: Work, new: Scenario) -> int:
    kept = scenario(work.store, new.code)
    if kept is not None and kept.scenario == new:
        return kept.version
    # A branch's own scenario begins at 1, what it makes of a shipped one at 2.
    version = (kept.version if kept else VERSION - 1) + 1
    _INSERT.run(
        work.store,
        code=new.code,
        version=version,
        text=to_text(new),
        at=work.now,
        by=work.actor.staff,
        rev=work.revision,
    )
    work.record("scenario.changed", new.code, version=version)
    return version


HANDLERS: dict[type, Handler] = {
    ChangeScenario: Handler(change_scenario),
    RestoreScenario: Handler(restore_scenario),
    ImportScenarios: Handler(import_scenarios, prepare_import),
}
