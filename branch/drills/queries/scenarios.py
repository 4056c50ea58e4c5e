"""The scenarios in force: as shipped, or as the branch made them its own; writes nothing."""

from __future__ import annotations

from dataclasses import dataclass

from branch.drills.records import ScenarioRow
from branch.drills.rules.scenario import Scenario
from branch.drills.run import scenario_of
from branch.drills.shipped import VERSION, shipped_scenarios
from branch.kernel.prepared import Prepared
from branch.kernel.store import Store
from branch.people.queries import staff_members


@dataclass(frozen=True)
class Kept:
    """A scenario in force. ``changed_at`` (milliseconds) is None for a shipped one."""

    scenario: Scenario
    version: int
    is_shipped: bool
    changed_at: int | None
    changed_by: str


_OWN = Prepared(
    lambda: ScenarioRow.select(
        ScenarioRow.code,
        ScenarioRow.version,
        ScenarioRow.text,
        ScenarioRow.changed_at,
        ScenarioRow.changed_by,
    ).order_by(ScenarioRow.code, ScenarioRow.version)
)


def scenarios(store: Store) -> tuple[Kept, ...]:
    """Every scenario in its newest version: the shipped ones in their order, then the branch's."""
    names = {member.id: member.name for member in staff_members(store)}
    found = {
        code: Kept(scenario, VERSION, True, None, "")
        for code, scenario in shipped_scenarios().items()
    }
    # The newest version of a code comes last and stays.
    for code, version, text, at, by in _OWN.all(store):
        own = scenario_of(text)
        is_shipped = own == shipped_scenarios().get(code)
        found[code] = Kept(own, version, is_shipped, at, names.get(by, ""))
    return tuple(found.values())


def scenario(store: Store, code: str) -> Kept | None:
    """The scenario of this code in its newest version, or None."""
    return next((kept for kept in scenarios(store) if kept.scenario.code == code), None)
