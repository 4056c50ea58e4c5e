"""Emergency plans: drafted, approved by another person, superseded by the next version.

A major problem found in a drill is a reason to revise the plan in time (生产安全事故应急条例
Art. 6): a version keeps the corrective action that it answers.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from branch.drills.queries.plans import DRAFT, EFFECTIVE, SUPERSEDED, PlanVersion, plan_versions
from branch.drills.queries.scenarios import scenario
from branch.drills.records import PlanRow
from branch.drills.rules.scenario import Words
from branch.drills.run import checked_text
from branch.kernel.clock import local_date
from branch.kernel.errors import BadInput, NotFound, NotPermitted, Stale
from branch.kernel.prepared import Prepared, delete
from branch.kernel.runner import Handler, Work
from branch.people.rules import PROGRAM, checked_name, readable
from branch.quality.queries import source_of

_LONGEST_BODY = 20_000
_LONGEST_CHANGES = 500
_LONGEST_TITLE = 120


@dataclass(frozen=True)
class DraftPlan:
    """Write a new version of a plan, or rewrite the draft that waits; returns its version.

    ``seen`` is when the version that the editor began with was made (milliseconds), 0 for one that
    came with the program; None begins with none.
    """

    code: str
    title: Words
    body: str
    changes: str = ""
    because_action: int | None = None
    seen: int | None = None

    def __repr__(self) -> str:
        return f"DraftPlan({self.code!r})"


@dataclass(frozen=True)
class ApprovePlan:
    """Put a draft in force from today on; the version before is superseded."""

    code: str
    version: int


@dataclass(frozen=True)
class DropDraft:
    """Throw a draft away."""

    code: str


_INSERT = Prepared(
    lambda code, version, zh, en, body, changes, action, at, by, rev: PlanRow.insert(
        {
            PlanRow.code: code,
            PlanRow.version: version,
            PlanRow.status: DRAFT,
            PlanRow.title_zh: zh,
            PlanRow.title_en: en,
            PlanRow.body: body,
            PlanRow.changes: changes,
            PlanRow.because_action: action,
            PlanRow.made_at: at,
            PlanRow.made_by: by,
            PlanRow.approved_at: None,
            PlanRow.approved_by: None,
            PlanRow.effective_on: "",
            PlanRow.rev: rev,
        }
    )
)
_MAKER = Prepared(
    lambda code, version: PlanRow.select(PlanRow.made_by).where(
        PlanRow.code == code, PlanRow.version == version
    )
)
_DROP = Prepared(lambda code: delete(PlanRow).where(PlanRow.code == code, PlanRow.status == DRAFT))
_SUPERSEDE = Prepared(
    lambda code, rev: PlanRow.update({PlanRow.status: SUPERSEDED, PlanRow.rev: rev}).where(
        PlanRow.code == code, PlanRow.status == EFFECTIVE
    )
)
_APPROVE = Prepared(
    lambda code, version, at, by, on, rev: PlanRow.update(
        {
            PlanRow.status: EFFECTIVE,
            PlanRow.approved_at: at,
            PlanRow.approved_by: by,
            PlanRow.effective_on: on,
            PlanRow.rev: rev,
        }
    ).where(PlanRow.code == code, PlanRow.version == version)
)


def draft_plan(work: Work, command: DraftPlan) -> int:
    """Draft; raises NotFound for an unknown scenario, BadInput without title or text, Stale when
    somebody else has drafted or approved since the editor was opened."""
    if scenario(work.store, command.code) is None:
        raise NotFound("scenario_unknown")
    body = checked_text(command.body, "body", _LONGEST_BODY)
    if not body:
        raise BadInput("field_empty", field="body")
    if command.because_action is not None:
        source = source_of(work.store, command.because_action)
        if source is None:
            raise NotFound("action_unknown")
    versions = plan_versions(work.store, command.code)
    if command.seen is not None and command.seen != newest_made(versions):
        raise Stale("plan_moved_on")
    drafts = [one for one in versions if one.status == DRAFT and one.made_at is not None]
    newest = max((one.version for one in versions), default=0)
    version = drafts[-1].version if drafts else newest + 1
    _DROP.run(work.store, code=command.code)
    _INSERT.run(
        work.store,
        code=command.code,
        version=version,
        zh=checked_name(command.title.zh, "title.zh"),
        en=_english(command.title.en),
        body=body,
        changes=checked_text(command.changes, "changes", _LONGEST_CHANGES),
        action=command.because_action,
        at=work.now,
        by=work.actor.staff,
        rev=work.revision,
    )
    work.record("plan.drafted", command.code, version=version, action=command.because_action)
    return version


def newest_made(versions: Sequence[PlanVersion]) -> int:
    """When the newest version was made (milliseconds), 0 for one that came with the program."""
    return (versions[-1].made_at or 0) if versions else 0


def _english(title: str) -> str:
    plain = readable(" ".join(title.split()))
    if len(plain) > _LONGEST_TITLE:
        raise BadInput(
            "field_too_long", field="title.en", longest=_LONGEST_TITLE, length=len(plain)
        )
    return plain


def approve_plan(work: Work, command: ApprovePlan) -> None:
    """Approve; raises NotPermitted to whoever drafted it, Stale when it is no draft any more."""
    plan = _found(work, command.code, command.version)
    if plan.status != DRAFT:
        raise Stale("plan_moved_on")
    row = _MAKER.one(work.store, code=plan.code, version=plan.version)
    if row is None:
        _keep_shipped(work, plan)
    elif row[0] == work.actor.staff:
        raise NotPermitted("second_person_needed")
    _SUPERSEDE.run(work.store, code=plan.code, rev=work.revision)
    _APPROVE.run(
        work.store,
        code=plan.code,
        version=plan.version,
        at=work.now,
        by=work.actor.staff,
        on=local_date(work.now, work.zone).isoformat(),
        rev=work.revision,
    )
    work.record("plan.approved", plan.code, version=plan.version)


def drop_draft(work: Work, command: DropDraft) -> None:
    """Throw away what waits; raises NotFound when nothing does."""
    if not _DROP.run(work.store, code=command.code):
        raise NotFound("plan_unknown")
    work.record("plan.dropped", command.code)


def _found(work: Work, code: str, version: int) -> PlanVersion:
    for plan in plan_versions(work.store, code):
        if plan.version == version:
            return plan
    raise NotFound("plan_unknown")


def _keep_shipped(work: Work, plan: PlanVersion) -> None:
    _INSERT.run(
        work.store,
        code=plan.code,
        version=plan.version,
        zh=plan.title.zh,
        en=plan.title.en,
        body=plan.body,
        changes=plan.changes,
        action=None,
        at=work.now,
        by=PROGRAM,
        rev=work.revision,
    )


HANDLERS: dict[type, Handler] = {
    DraftPlan: Handler(draft_plan),
    ApprovePlan: Handler(approve_plan),
    DropDraft: Handler(drop_draft),
}
