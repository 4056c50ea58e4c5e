"""What happens while a visitor is received: steps, his own words, wishes, mood, promises."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from branch.complaints.case import checked_text, note
from branch.kernel.errors import BadInput, NotFound, RuleBroken, Stale
from branch.kernel.prepared import Prepared, delete
from branch.kernel.runner import Handler, Work
from branch.people.rules import checked_name
from branch.quality.commands import AddAction, add_action
from branch.rooms.records import (
    CHECKED,
    FOUND,
    MATERIALS,
    STATEMENT,
    SessionCheckRow,
    SessionMarkRow,
)
from branch.rooms.rules import (
    CALMING,
    CHECK_STATES,
    PENDING,
    STEPS,
    SUPPORT,
    UPSET,
    WISHES,
    require_mood,
)
from branch.rooms.session import (
    CALMED,
    FELT,
    PROMISED,
    Session,
    calmed,
    change,
    found,
    mark,
    marks_of,
    taken,
)
from branch.rooms.support import answer, ask, call_manager

PROMISE = "promise"
_LONGEST_CHECK = 200
_MOST_CHECKS = 60


@dataclass(frozen=True)
class GoToStep:
    """Go to one of the five steps, with the statement as it stands (None: as it was saved)."""

    session: int
    step: int
    statement: str | None = None

    def __repr__(self) -> str:
        return f"GoToStep({self.session}, {self.step})"


@dataclass(frozen=True)
class SaveStatement:
    """Keep what the visitor says, in his own words."""

    session: int
    statement: str

    def __repr__(self) -> str:
        return f"SaveStatement({self.session})"


@dataclass(frozen=True)
class SetWishes:
    """What the visitor wishes, as codes."""

    session: int
    wishes: frozenset[str]


@dataclass(frozen=True)
class SetMood:
    """The visitor's mood from 1 to 5; from 4 on the branch manager is called."""

    session: int
    mood: int


@dataclass(frozen=True)
class MarkCalming:
    """Tick a calming step, or take the tick away."""

    session: int
    code: str
    done: bool = True


@dataclass(frozen=True)
class AddCheck:
    """A point to verify together; returns its id."""

    session: int
    text: str
    found: str = ""
    state: str = PENDING

    def __repr__(self) -> str:
        return f"AddCheck({self.session})"


@dataclass(frozen=True)
class ChangeCheck:
    """What a point came to: pending, true, differs."""

    check: int
    text: str
    found: str
    state: str

    def __repr__(self) -> str:
        return f"ChangeCheck({self.check}, {self.state!r})"


@dataclass(frozen=True)
class RemoveCheck:
    """Take a point off the list."""

    check: int


@dataclass(frozen=True)
class NoteMaterials:
    """What material was taken from the visitor against a receipt."""

    session: int
    text: str

    def __repr__(self) -> str:
        return f"NoteMaterials({self.session})"


@dataclass(frozen=True)
class AddPromise:
    """Promise something by a day: it becomes its owner's task; returns the action's id."""

    session: int
    text: str
    owner: int
    due_on: date

    def __repr__(self) -> str:
        return f"AddPromise({self.session})"


@dataclass(frozen=True)
class AskSupport:
    """Ask the branch manager in, or tea and five minutes' rest."""

    session: int
    kind: str


@dataclass(frozen=True)
class AnswerSupport:
    """Somebody has come."""

    session: int
    kind: str


_UNTICK = Prepared(
    lambda session, code: delete(SessionMarkRow).where(
        SessionMarkRow.session == session,
        SessionMarkRow.kind == CALMED,
        SessionMarkRow.code == code,
    )
)
_ADD_CHECK = Prepared(
    lambda session, text, found, state, now, staff: SessionCheckRow.insert(
        {
            SessionCheckRow.session: session,
            SessionCheckRow.text: text,
            SessionCheckRow.found: found,
            SessionCheckRow.state: state,
            SessionCheckRow.at: now,
            SessionCheckRow.by: staff,
        }
    ).returning(SessionCheckRow.id)
)
_CHECKS = Prepared(
    lambda session: SessionCheckRow.select(SessionCheckRow.id).where(
        SessionCheckRow.session == session
    )
)
_CHECK = Prepared(
    lambda check: SessionCheckRow.select(SessionCheckRow.session).where(SessionCheckRow.id == check)
)
_CHANGE_CHECK = Prepared(
    lambda check, text, found, state, now, staff: SessionCheckRow.update(
        {
            SessionCheckRow.text: text,
            SessionCheckRow.found: found,
            SessionCheckRow.state: state,
            SessionCheckRow.at: now,
            SessionCheckRow.by: staff,
        }
    ).where(SessionCheckRow.id == check)
)
_DROP_CHECK = Prepared(lambda check: delete(SessionCheckRow).where(SessionCheckRow.id == check))


def go_to_step(work: Work, command: GoToStep) -> None:
    """Go there and save; raises BadInput for a step that there is not."""
    session = taken(work, command.session)
    if command.step not in STEPS:
        raise BadInput("step_unknown", field="step", most=len(STEPS))
    if command.statement is not None:
        _keep_statement(work, session, command.statement)
    change(work, session.id, step=command.step)
    work.record("room_session.step_taken", session.id, step=command.step)


def save_statement(work: Work, command: SaveStatement) -> None:
    """Save it; raises BadInput when it is too long."""
    session = taken(work, command.session)
    _keep_statement(work, session, command.statement)
    work.record("room_session.statement_saved", session.id)


def set_wishes(work: Work, command: SetWishes) -> None:
    """Keep them; raises BadInput for an unknown one."""
    session = taken(work, command.session)
    for code in sorted(command.wishes):
        if code not in WISHES:
            raise BadInput("code_unknown", field="wishes", given=code)
    change(work, session.id, wishes=",".join(sorted(command.wishes)))
    work.record("room_session.wishes_set", session.id, wishes=sorted(command.wishes))


def set_mood(work: Work, command: SetMood) -> None:
    """Note it, and call the branch manager to somebody upset."""
    session = taken(work, command.session)
    require_mood(command.mood)
    mark(work, session.id, FELT, str(command.mood))
    change(work, session.id, mood_end=command.mood)
    work.record("room_session.mood_noted", session.id, mood=command.mood)
    if command.mood >= UPSET:
        call_manager(work, session.id)


def mark_calming(work: Work, command: MarkCalming) -> None:
    """Tick it or not; doing so again changes nothing."""
    session = taken(work, command.session)
    if command.code not in CALMING:
        raise BadInput("code_unknown", field="calming", given=command.code)
    if (command.code in calmed(marks_of(work.store, session.id))) == command.done:
        return
    if command.done:
        mark(work, session.id, CALMED, command.code)
    else:
        _UNTICK.run(work.store, session=session.id, code=command.code)
    work.record("room_session.calmed", session.id, code=command.code, done=command.done)


def add_check(work: Work, command: AddCheck) -> int:
    """Add it; raises BadInput without a text, RuleBroken beyond sixty points."""
    session = taken(work, command.session)
    text, result = _checked_point(work, command.text, command.found, command.state)
    if len(_CHECKS.all(work.store, session=session.id)) >= _MOST_CHECKS:
        raise RuleBroken("checks_most", most=_MOST_CHECKS)
    row = _ADD_CHECK.one(
        work.store,
        session=session.id,
        text=text,
        found=result,
        state=command.state,
        now=work.now,
        staff=work.actor.staff,
    )
    assert row is not None  # an INSERT with RETURNING gives its row
    work.record("room_session.check_added", session.id, check=row[0], state=command.state)
    return int(row[0])


def change_check(work: Work, command: ChangeCheck) -> None:
    """Change it; raises NotFound for one that was taken off."""
    session = _session_of(work, command.check)
    text, result = _checked_point(work, command.text, command.found, command.state)
    _CHANGE_CHECK.run(
        work.store,
        check=command.check,
        text=text,
        found=result,
        state=command.state,
        now=work.now,
        staff=work.actor.staff,
    )
    work.record("room_session.check_changed", session.id, check=command.check, state=command.state)


def remove_check(work: Work, command: RemoveCheck) -> None:
    """Take it off; raises NotFound for one that is off."""
    session = _session_of(work, command.check)
    _DROP_CHECK.run(work.store, check=command.check)
    work.record("room_session.check_removed", session.id, check=command.check)


def note_materials(work: Work, command: NoteMaterials) -> None:
    """Keep it; an empty text takes it back."""
    session = taken(work, command.session)
    text = checked_text(command.text, "materials", longest=500)
    change(work, session.id, materials=work.store.sealer.seal(text, MATERIALS))
    work.record("room_session.materials_noted", session.id)


def add_promise(work: Work, command: AddPromise) -> int:
    """Promise it; raises RuleBroken before there is a case it can belong to."""
    session = taken(work, command.session)
    if session.complaint is None:
        raise RuleBroken("promise_needs_case")
    action = add_action(
        work,
        AddAction(PROMISE, session.complaint, command.text, command.owner, command.due_on),
    )
    mark(work, session.id, PROMISED, str(action))
    work.record("room_session.promised", session.id, action=action, owner=command.owner)
    note(work, session.complaint, "promise_made", session=session.id, action=action)
    return action


def ask_support(work: Work, command: AskSupport) -> None:
    """Ask; doing so again before anybody has come changes nothing."""
    session = taken(work, command.session)
    _require_support(command.kind)
    ask(work, session.id, command.kind)


def answer_support(work: Work, command: AnswerSupport) -> None:
    """Note it; raises Stale when somebody has come already."""
    session = found(work, command.session)
    _require_support(command.kind)
    if not answer(work, session.id, command.kind):
        raise Stale("support_answered")


def _keep_statement(work: Work, session: Session, statement: str) -> None:
    text = checked_text(statement, "statement")
    change(work, session.id, statement=work.store.sealer.seal(text, STATEMENT))


def _checked_point(work: Work, text: str, result: str, state: str) -> tuple[str, str]:
    if state not in CHECK_STATES:
        raise BadInput("code_unknown", field="state", given=state)
    seal = work.store.sealer.seal
    return (
        seal(checked_name(text, "text", _LONGEST_CHECK), CHECKED),
        seal(checked_text(result, "found", longest=_LONGEST_CHECK), FOUND),
    )


def _session_of(work: Work, check: int) -> Session:
    row = _CHECK.one(work.store, check=check)
    if row is None:
        raise NotFound("check_unknown")
    return taken(work, row[0])


def _require_support(kind: str) -> None:
    if kind not in SUPPORT:
        raise BadInput("code_unknown", field="kind", given=kind)


HANDLERS: dict[type, Handler] = {
    GoToStep: Handler(go_to_step),
    SaveStatement: Handler(save_statement),
    SetWishes: Handler(set_wishes),
    SetMood: Handler(set_mood),
    MarkCalming: Handler(mark_calming),
    AddCheck: Handler(add_check),
    ChangeCheck: Handler(change_check),
    RemoveCheck: Handler(remove_check),
    NoteMaterials: Handler(note_materials),
    AddPromise: Handler(add_promise),
    AskSupport: Handler(ask_support),
    AnswerSupport: Handler(answer_support),
}
