"""What a session says on the record of the conversation (form TS-08); writes nothing.

The visitor gets a copy: that silent help was called stands on it only where the police came, whom
everybody saw. The room is made ready after he has gone; those cells are filled in by hand.
"""

from __future__ import annotations

from typing import Any

from branch.complaints.case import unguarded
from branch.kernel.errors import NotFound
from branch.kernel.phrases import phrases
from branch.kernel.prepared import Prepared
from branch.kernel.runner import Work
from branch.papers.form import Value
from branch.papers.head import Material
from branch.people.queries import staff_members
from branch.quality.queries import actions_of
from branch.rooms.records import MATERIALS, SIGNATURE, STATEMENT, RoomRow, SessionRow
from branch.rooms.rules import BROKEN_OFF, mood_group
from branch.rooms.session import PROMISED, Session, calmed, marks_of, opened_visitors

FORM = "TS-08"
_COLUMNS = (
    "ended_at",
    "guard",
    "recorder",
    "recorder_ok",
    "media",
    "visitors",
    "parties",
    "statement",
    "materials",
    "mood_start",
    "mood_end",
    "outcome",
    "level",
    "police_at",
    "read_back",
    "signature",
    "refusal",
)
_READ = Prepared(
    lambda session: (
        SessionRow.select(RoomRow.name, *(getattr(SessionRow, name) for name in _COLUMNS))
        .join(RoomRow, on=(RoomRow.id == SessionRow.room))
        .where(SessionRow.id == session)
    )
)


def material(work: Work, session: Session, language: str) -> Material:
    """The fields of the record, as far as the session has come."""
    row = _READ.one(work.store, session=session.id)
    if row is None:
        raise NotFound("session_unknown")
    kept: dict[str, Any] = dict(zip(("room", *_COLUMNS), row, strict=True))
    names = {member.id: member.name for member in staff_members(work.store)}
    case = None if session.complaint is None else unguarded(work, session.complaint)
    say = phrases("rooms").say
    marks = marks_of(work.store, session.id)
    open_ = work.store.sealer.open
    refusal = ""
    if kept["refusal"]:
        first, second = (names.get(staff, "") for staff in (session.staff_1, session.staff_2))
        refusal = say("refused", language, first=first, second=second)
    had_police = kept["police_at"] is not None
    fields: dict[str, Value] = {
        "room": kept["room"],
        "start_at": session.started_at,
        "end_at": kept["ended_at"],
        "complaint_no": case.number if case else "",
        "visitors": [
            {"name": one.name, "capacity": say(f"capacity.{one.capacity}", language)}
            for one in opened_visitors(work.store, kept["visitors"])
        ],
        "visitor_count": kept["parties"],
        "staff_1": names.get(session.staff_1, ""),
        "staff_2": names.get(session.staff_2, ""),
        "security_present": bool(kept["guard"]),
        "recording_notice": True,
        "recorder_id": kept["recorder"],
        "media_ref": kept["media"],
        "recorder_ok": bool(kept["recorder_ok"]),
        "statement": open_(kept["statement"], STATEMENT),
        "explained": "explained" in calmed(marks) or None,
        "materials_taken": open_(kept["materials"], MATERIALS),
        "calming_steps": sorted(calmed(marks)),
        "emotion_start": _mood(kept["mood_start"], language),
        "emotion_end": _mood(kept["mood_end"], language),
        "commitments": _commitments(work, session, marks),
        "outcome": say(f"outcome.{kept['outcome']}", language) if kept["outcome"] else "",
        "incident_level": kept["level"] if had_police else None,
        "police_110_at": kept["police_at"],
        "read_back": bool(kept["read_back"]) or None,
        "visitor_sign": open_(kept["signature"], SIGNATURE),
        "refusal": refusal,
    }
    return Material(
        case_number=case.number if case else "",
        complaint=session.complaint,
        fields=fields,
        spared=_spared(kept["outcome"]),
        number=session.number,
    )


def _mood(grade: int | None, language: str) -> str:
    """In the word the screen says, not in its grade."""
    return "" if grade is None else phrases("rooms").say(f"mood.{mood_group(grade)}", language)


def _commitments(
    work: Work, session: Session, marks: list[tuple[str, str, int]]
) -> list[dict[str, str]]:
    if session.complaint is None:
        return []
    promised = {int(code) for kind, code, _at in marks if kind == PROMISED}
    return [
        {"text": one.text, "owner": one.owner_name, "due": one.due_on}
        for one in actions_of(work.store, "promise", session.complaint)
        if one.id in promised
    ]


def _spared(outcome: str) -> frozenset[str]:
    """What a session that was broken off need not have."""
    if outcome not in BROKEN_OFF:
        return frozenset()
    return frozenset({"statement", "explained", "read_back"})
