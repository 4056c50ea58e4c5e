"""What moves a due day: longer limits, pauses, new facts; each recorded with its cause."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from branch.catalogue.commands import ChangeSetting, change_setting
from branch.complaints.case import Case, checked_text, found, note, today, unguarded
from branch.complaints.clocks import close_pause, due_of, refresh_due, restart, running
from branch.complaints.codes import PAUSES
from branch.complaints.deadlines import PBC_STAGES, STAGES, extension_level
from branch.complaints.deciding import approvers
from branch.complaints.description import known
from branch.complaints.house import DAYS
from branch.complaints.records import ExtensionRow, PauseRow
from branch.complaints.recusal import interested
from branch.complaints.rules import BEFORE_DECISION
from branch.kernel.errors import BadInput, NotFound, NotPermitted, RuleBroken, Stale
from branch.kernel.prepared import Prepared
from branch.kernel.runner import Handler, Work
from branch.people.queries import staff_members
from branch.people.rules import Role
from branch.workdays.commands import ImportYear, RestoreYear, import_year, restore_year
from branch.workdays.queries import work_calendar


@dataclass(frozen=True)
class RequestExtension:
    """Ask for the next longer limit, with the reason that the complainant will be told."""

    complaint: int
    text: str

    def __repr__(self) -> str:
        return f"RequestExtension({self.complaint})"


@dataclass(frozen=True)
class ApproveExtension:
    """Approve: the head to 30 days, the superior to 60; ``order`` is the number of what bank
    headquarters signed, where nobody of those is free."""

    extension: int
    order: str = ""


@dataclass(frozen=True)
class RefuseExtension:
    """Do not approve."""

    extension: int


@dataclass(frozen=True)
class TellExtension:
    """The complainant has been told, today: from now on the longer limit holds."""

    extension: int
    mode: str


@dataclass(frozen=True)
class StartPause:
    """Mediation or an appraisal outside begins today; he has been told (Order 3 Art. 18, 23)."""

    complaint: int
    kind: str
    told: bool


@dataclass(frozen=True)
class EndPause:
    """It has ended: today counts again."""

    pause: int


@dataclass(frozen=True)
class AddNewFacts:
    """New facts and reasons came in on a day, today without one: the limit begins anew on it
    (Order 3 Art. 18(3))."""

    complaint: int
    text: str
    received_on: date | None = None

    def __repr__(self) -> str:
        return f"AddNewFacts({self.complaint})"


_ASK = Prepared(
    lambda complaint, days, now, staff, level: ExtensionRow.insert(
        {
            ExtensionRow.complaint: complaint,
            ExtensionRow.days: days,
            ExtensionRow.asked_at: now,
            ExtensionRow.asked_by: staff,
            ExtensionRow.level: level,
            ExtensionRow.approved_on: "",
            ExtensionRow.told_on: "",
            ExtensionRow.told_mode: "",
        }
    ).returning(ExtensionRow.id)
)
_EXTENSION = Prepared(
    lambda extension: ExtensionRow.select(
        ExtensionRow.complaint,
        ExtensionRow.days,
        ExtensionRow.asked_by,
        ExtensionRow.level,
        ExtensionRow.approved_on,
        ExtensionRow.told_on,
        ExtensionRow.refused_by,
    ).where(ExtensionRow.id == extension)
)
_OPEN_REQUEST = Prepared(
    lambda complaint: ExtensionRow.select(ExtensionRow.id).where(
        ExtensionRow.complaint == complaint,
        ExtensionRow.told_on == "",
        ExtensionRow.refused_by.is_null(),
    )
)
_APPROVE = Prepared(
    lambda extension, day, staff: ExtensionRow.update(
        {ExtensionRow.approved_on: day, ExtensionRow.approved_by: staff}
    ).where(ExtensionRow.id == extension)
)
_REFUSE = Prepared(
    lambda extension, staff: ExtensionRow.update({ExtensionRow.refused_by: staff}).where(
        ExtensionRow.id == extension
    )
)
_TELL = Prepared(
    lambda extension, day, mode: ExtensionRow.update(
        {ExtensionRow.told_on: day, ExtensionRow.told_mode: mode}
    ).where(ExtensionRow.id == extension)
)
_PAUSE = Prepared(
    lambda complaint, kind, start: PauseRow.insert(
        {
            PauseRow.complaint: complaint,
            PauseRow.kind: kind,
            PauseRow.start: start,
            PauseRow.end: "",
            PauseRow.told_on: start,
        }
    ).returning(PauseRow.id)
)
_FIND_PAUSE = Prepared(
    lambda pause: PauseRow.select(PauseRow.complaint, PauseRow.end).where(PauseRow.id == pause)
)
_OPEN_PAUSE = Prepared(
    lambda complaint, kind: PauseRow.select(PauseRow.id).where(
        PauseRow.complaint == complaint, PauseRow.kind == kind, PauseRow.end == ""
    )
)


def request_extension(work: Work, command: RequestExtension) -> int:
    """Ask; raises RuleBroken when the limit has ended, none is left, or one is asked for."""
    case = _running_case(work, command.complaint)
    text = checked_text(command.text, "text", needed=True)
    due = due_of(work.store, case, today(work))
    if due.legal is None:
        raise RuleBroken("clock_stands")
    if today(work) > due.legal.isoformat():
        raise RuleBroken("limit_over")
    if _OPEN_REQUEST.one(work.store, complaint=case.id) is not None:
        raise Stale("extension_asked")
    lengths = PBC_STAGES if case.forwarded == "central_bank" else STAGES
    reached = max(step for step, end in enumerate(due.stages) if end == due.legal)
    if reached + 1 >= len(lengths):
        raise RuleBroken("longest_limit")
    days = lengths[reached + 1]
    row = _ASK.one(
        work.store,
        complaint=case.id,
        days=days,
        now=work.now,
        staff=work.actor.staff,
        level=extension_level(days),
    )
    assert row is not None  # an INSERT with RETURNING gives its row
    note(work, case.id, "extension_asked", text, extension=row[0], days=days)
    return int(row[0])


def approve_extension(work: Work, command: ApproveExtension) -> None:
    """Approve; raises RuleBroken when the superior has to, NotPermitted to who asked, BadInput
    where an order is needed and none was given."""
    case, days, by_order = _asked(work, command)
    order = checked_text(command.order, "order", needed=True, longest=60) if by_order else ""
    _require_in_time(work, case)
    _APPROVE.run(work.store, extension=command.extension, day=today(work), staff=work.actor.staff)
    what = {"extension": command.extension, "days": days, "by_order": by_order}
    note(work, case.id, "extension_approved", order, **what)


def refuse_extension(work: Work, command: RefuseExtension) -> None:
    """Refuse; the limit stays. Raises as ``approve_extension``."""
    case, days, _by_order = _asked(work, command)
    _REFUSE.run(work.store, extension=command.extension, staff=work.actor.staff)
    note(work, case.id, "extension_refused", extension=command.extension, days=days)


def tell_extension(work: Work, command: TellExtension) -> None:
    """Tell; raises RuleBroken when the limit has ended meanwhile: then it is overdue."""
    complaint, days, _, _, approved_on, told_on, refused_by = _extension(work, command)
    case = _running_case(work, complaint)
    known(command.mode, ("in_person", "phone", "message", "post"), "mode")
    if told_on or refused_by is not None:
        raise Stale("extension_settled")
    if not approved_on:
        raise RuleBroken("extension_not_approved")
    _require_in_time(work, case)
    _TELL.run(work.store, extension=command.extension, day=today(work), mode=command.mode)
    note(work, case.id, "extension_told", extension=command.extension, days=days, mode=command.mode)
    refresh_due(work, unguarded(work, case.id), "extension")


def start_pause(work: Work, command: StartPause) -> int:
    """Stop the clock; raises BadInput unless the complainant was told."""
    case = _running_case(work, command.complaint)
    known(command.kind, PAUSES, "kind")
    if not command.told:
        raise BadInput("pause_not_told", field="told")
    if _OPEN_PAUSE.one(work.store, complaint=case.id, kind=command.kind) is not None:
        raise Stale("pause_open")
    row = _PAUSE.one(work.store, complaint=case.id, kind=command.kind, start=today(work))
    assert row is not None  # an INSERT with RETURNING gives its row
    note(work, case.id, "paused", pause=row[0], kind=command.kind)
    refresh_due(work, unguarded(work, case.id), "pause")
    return int(row[0])


def end_pause(work: Work, command: EndPause) -> None:
    """Let the clock run on; raises Stale when it does already."""
    row = _FIND_PAUSE.one(work.store, pause=command.pause)
    if row is None:
        raise NotFound("pause_unknown")
    case = _running_case(work, row[0])
    if row[1]:
        raise Stale("pause_over")
    close_pause(work, case.id, command.pause)
    refresh_due(work, unguarded(work, case.id), "pause")


def add_new_facts(work: Work, command: AddNewFacts) -> None:
    """Begin the limit anew with what came in; raises BadInput for a day before the complaint was
    received or to come."""
    case = _running_case(work, command.complaint)
    text = checked_text(command.text, "text", needed=True)
    day = today(work) if command.received_on is None else command.received_on.isoformat()
    if day > today(work):
        raise BadInput("day_to_come", field="received_on")
    if day < case.received_on:
        raise BadInput("new_facts_early", field="received_on", day=case.received_on)
    restart(work, case.id, "new_facts", day)
    note(work, case.id, "new_facts", text, day=day)
    refresh_due(work, unguarded(work, case.id), "new_facts")


def import_and_refresh(work: Work, command: ImportYear) -> int:
    """Import a year and compute every running due day anew; returns the year's version."""
    version = import_year(work, command)
    _refresh_all(work)
    return version


def restore_and_refresh(work: Work, command: RestoreYear) -> int:
    """Put a former version of a year back and compute every running due day anew."""
    version = restore_year(work, command)
    _refresh_all(work)
    return version


def set_and_refresh(work: Work, command: ChangeSetting) -> None:
    """Change a setting; when it is a limit of the house, compute every running due day anew."""
    change_setting(work, command)
    if command.key.startswith(DAYS):
        _refresh_all(work, "house_limit")


def _refresh_all(work: Work, cause: str = "calendar") -> None:
    calendar = work_calendar(work.store)
    for complaint in running(work.store):
        refresh_due(work, unguarded(work, complaint), cause, calendar)


def _extension(
    work: Work, command: ApproveExtension | RefuseExtension | TellExtension
) -> tuple[int, int, int, str, str, str, int | None]:
    row = _EXTENSION.one(work.store, extension=command.extension)
    if row is None:
        raise NotFound("extension_unknown")
    return row[0], row[1], row[2], row[3], row[4], row[5], row[6]


def _asked(work: Work, command: ApproveExtension | RefuseExtension) -> tuple[Case, int, bool]:
    """The case and the days of what waits, and whether it is approved on paper only, for somebody
    whose part it is."""
    complaint, days, asked_by, level, approved_on, _, refused_by = _extension(work, command)
    case = _running_case(work, complaint)
    if approved_on or refused_by is not None:
        raise Stale("extension_settled")
    members, staff = staff_members(work.store), work.actor.staff
    found, by_order = approvers(members, interested(work.store, case.id), level, asked_by)
    if staff not in found:
        if asked_by == staff:
            raise NotPermitted("second_person_needed")
        if level == Role.SUPERIOR and not by_order:
            raise RuleBroken("superior_decides")
        raise NotPermitted("complaint_part")
    return case, days, by_order


def _running_case(work: Work, complaint: int) -> Case:
    case = found(work, complaint)
    if case.state not in BEFORE_DECISION or case.kind != "complaint":
        raise Stale("complaint_moved_on")
    return case


def _require_in_time(work: Work, case: Case) -> None:
    legal = due_of(work.store, case, today(work)).legal
    if legal is not None and date.fromisoformat(today(work)) > legal:
        raise RuleBroken("limit_over")


HANDLERS: dict[type, Handler] = {
    RequestExtension: Handler(request_extension),
    ApproveExtension: Handler(approve_extension),
    RefuseExtension: Handler(refuse_extension),
    TellExtension: Handler(tell_extension),
    StartPause: Handler(start_pause),
    EndPause: Handler(end_pause),
    AddNewFacts: Handler(add_new_facts),
    ImportYear: Handler(import_and_refresh),
    RestoreYear: Handler(restore_and_refresh),
    ChangeSetting: Handler(set_and_refresh),
}
