"""Emergency plans with their versions; writes nothing.

The plan that belongs to a shipped scenario begins as a draft of nobody's: version 1, with the
scenario's own steps, for the branch to approve.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from branch.drills.queries.scenarios import scenarios
from branch.drills.records import PlanRow
from branch.drills.rules.scenario import Words
from branch.drills.shipped import VERSION, shipped_scenarios
from branch.kernel.prepared import Prepared
from branch.kernel.store import Store
from branch.people.queries import staff_members

DRAFT, EFFECTIVE, SUPERSEDED = "draft", "effective", "superseded"


@dataclass(frozen=True)
class PlanVersion:
    """A version of a plan. Instants in milliseconds, ``effective_on`` ISO or empty.

    ``changes`` says what is new in it, ``because_action`` which corrective action it answers.
    ``made_by`` is empty for one that came with the program.
    """

    code: str
    version: int
    status: str
    title: Words
    body: str
    changes: str
    made_at: int | None
    made_by: str
    approved_at: int | None
    approved_by: str
    effective_on: str
    because_action: int | None


@dataclass(frozen=True)
class PlanLine:
    """A plan as the list shows it: the version that counts, and a draft that waits, if any.

    ``status`` is that of ``version``: ``draft`` where none was approved yet.
    """

    code: str
    name: Words
    version: int
    status: str
    title: Words
    approved_by: str
    effective_on: str
    draft: int | None


_ALL = Prepared(
    lambda: PlanRow.select(
        PlanRow.code,
        PlanRow.version,
        PlanRow.status,
        PlanRow.title_zh,
        PlanRow.title_en,
        PlanRow.body,
        PlanRow.changes,
        PlanRow.made_at,
        PlanRow.made_by,
        PlanRow.approved_at,
        PlanRow.approved_by,
        PlanRow.effective_on,
        PlanRow.because_action,
    ).order_by(PlanRow.code, PlanRow.version)
)


def plan_versions(store: Store, code: str) -> tuple[PlanVersion, ...]:
    """Every version of a plan, the oldest first; empty for an unknown code."""
    return tuple(version for version in _every(store) if version.code == code)


def plans(store: Store) -> tuple[PlanLine, ...]:
    """One line a scenario."""
    by_code: dict[str, list[PlanVersion]] = {}
    for version in _every(store):
        by_code.setdefault(version.code, []).append(version)
    lines = []
    for kept in scenarios(store):
        code = kept.scenario.code
        versions = by_code.get(code, [])
        if not versions:
            continue
        draft = next((one.version for one in versions if one.status == DRAFT), None)
        counts = in_force(versions)
        lines.append(
            PlanLine(
                code,
                kept.scenario.name,
                counts.version,
                counts.status,
                counts.title,
                counts.approved_by,
                counts.effective_on,
                draft,
            )
        )
    return tuple(lines)


def plan_in_force(store: Store, code: str) -> PlanVersion | None:
    """The version that counts: the effective one, else the newest draft; None without a plan."""
    versions = plan_versions(store, code)
    return in_force(versions) if versions else None


def in_force(versions: list[PlanVersion] | tuple[PlanVersion, ...]) -> PlanVersion:
    """The effective one of a plan's versions, else the newest."""
    effective = [one for one in versions if one.status == EFFECTIVE]
    return effective[-1] if effective else versions[-1]


def _every(store: Store) -> tuple[PlanVersion, ...]:
    names = {member.id: member.name for member in staff_members(store)}
    found: dict[tuple[str, int], PlanVersion] = {}
    for code, scenario in shipped_scenarios().items():
        found[code, VERSION] = PlanVersion(
            code, VERSION, DRAFT, scenario.name, "", "", None, "", None, "", "", None
        )
    for row in _ALL.all(store):
        code, version, status, zh, en, body, changes, at, by, approved_at, approved, on, action = (
            row
        )
        found[code, version] = PlanVersion(
            code,
            version,
            status,
            Words(zh, en),
            body,
            changes,
            at,
            names.get(by, ""),
            approved_at,
            names.get(approved, ""),
            on,
            action,
        )
    return tuple(_as_it_stands(found[key], found) for key in sorted(found))


def _as_it_stands(one: PlanVersion, every: dict[tuple[str, int], PlanVersion]) -> PlanVersion:
    """A draft that came with the program waits no longer once a later version was approved."""
    if one.made_at is not None or one.status != DRAFT:
        return one
    later = (other for (code, no), other in every.items() if code == one.code and no > one.version)
    passed = any(other.status != DRAFT for other in later)
    return replace(one, status=SUPERSEDED) if passed else one
