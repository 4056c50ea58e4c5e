"""What the desk's reminders are drawn from, gathered of all that is under way; decides nothing and
writes nothing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from peewee import fn

from branch.complaints.commands.answering import TRIES
from branch.complaints.commands.papers import TOLD
from branch.complaints.deciding import approvers, decider
from branch.complaints.duties import Watched
from branch.complaints.house import House, house_of
from branch.complaints.records import ComplaintRow, ExtensionRow, FollowUpRow, SubjectRow
from branch.complaints.reminders import (
    ROLE_OF,
    Whose,
)
from branch.complaints.rules import OPEN, STEPS, State, Who, row_for
from branch.complaints.satisfaction import keeps_out
from branch.kernel.clock import from_ms, local_date
from branch.kernel.journal import read_data
from branch.kernel.prepared import Prepared
from branch.kernel.records import JournalRow
from branch.kernel.store import Store
from branch.people.queries import StaffMember, staff_members
from branch.people.rules import Role

# Longer than any run of days in which five are worked.
_BACK_MS = 31 * 24 * 3_600_000
_CONTACT_FACTS = ("contact_recorded", "extension_told", "paper_delivered")
_RAISED_FACTS = ("escalated", "major_found")
_WATCHED_FACTS = tuple(
    f"complaint.{what}" for what in (*_CONTACT_FACTS, *_RAISED_FACTS, "handed_back")
)
# The letters by which he hears how his complaint stands, and how they reach him.
_LETTERS = frozenset({"TS-02A", "TS-05"})
_STATES = tuple(sorted(OPEN | {State.REPLIED}))

# To whom a follow-up visit falls, one after another.
_VISITORS = (Whose.DESK, Whose.HEAD, Whose.SUPERVISOR, Whose.SUPERIOR)
_DECIDES = {Who.HEAD: Whose.HEAD, Who.UP: Whose.SUPERIOR}
_AS_KEPT = (
    "id",
    "number",
    "kind",
    "state",
    "handler",
    "level",
    "channel",
    "due",
    "legal_due",
    "house_due",
    "act_by",
    "received_on",
    "proposed",
)
_FURTHER = (
    "major",
    "anonymous",
    "slip_due",
    "notified_at",
    "round",
    "registered_at",
    "urgency",
    "read_back",
    "assigned_at",
    "reported_by",
    "decided_by",
    "redress",
    "outcome",
    "handed_back",
)
_REACHED_BY = ("phone", "address", "email", "agent_phone")
_COLUMNS = (*_AS_KEPT, *_FURTHER, *_REACHED_BY)

_VALUES = (
    *(getattr(ComplaintRow, name) for name in (*_AS_KEPT, *_FURTHER)),
    # Sealed: it is only asked whether there is one.
    *(getattr(ComplaintRow, name) != "" for name in _REACHED_BY),
)
_WATCHED = Prepared(
    lambda: (
        ComplaintRow.select(*_VALUES)
        .where(ComplaintRow.state.in_(_STATES))
        .order_by(ComplaintRow.id)
    )
)
_PRIMARY = ComplaintRow.alias()
# Merged into one that was withdrawn: he who withdrew did so for himself.
_LEFT_BEHIND = Prepared(
    lambda: (
        ComplaintRow.select(*_VALUES)
        .where(
            ComplaintRow.state == State.MERGED,
            ComplaintRow.merged_into.in_(
                _PRIMARY.select(_PRIMARY.id).where(_PRIMARY.state == State.WITHDRAWN)
            ),
        )
        .order_by(ComplaintRow.id)
    )
)
_WAITING = Prepared(
    lambda: ExtensionRow.select(
        ExtensionRow.complaint,
        ExtensionRow.level,
        ExtensionRow.asked_by,
        ExtensionRow.approved_on,
    ).where(ExtensionRow.told_on == "", ExtensionRow.refused_by.is_null())
)
_VISITS = Prepared(
    lambda: (
        FollowUpRow.select(FollowUpRow.complaint, FollowUpRow.round, FollowUpRow.reached)
        .join(ComplaintRow, on=(ComplaintRow.id == FollowUpRow.complaint))
        .where(ComplaintRow.state == State.REPLIED)
    )
)
_TOUCHED = Prepared(
    lambda: (
        SubjectRow.select(SubjectRow.complaint, SubjectRow.staff)
        .join(ComplaintRow, on=(ComplaintRow.id == SubjectRow.complaint))
        .where(ComplaintRow.state.in_((*_STATES, State.MERGED)))
    )
)
_FIRST_SINCE = Prepared(
    lambda since: JournalRow.select(fn.MIN(JournalRow.revision)).where(JournalRow.at >= since)
)
_MOMENTS = Prepared(
    lambda revision, since: JournalRow.select(
        JournalRow.subject, JournalRow.what, JournalRow.at, JournalRow.data
    ).where(
        JournalRow.what.in_(_WATCHED_FACTS),
        JournalRow.revision >= revision,
        JournalRow.at >= since,
    )
)


@dataclass
class _Moments:
    """What the journal says of a complaint in the last weeks."""

    contact_on: str = ""
    raised_at: int | None = None
    handed_back_on: str = ""


@dataclass(frozen=True)
class _People:
    """The active members of staff with each role that a part in a case falls to."""

    by_role: Mapping[str, frozenset[int]]

    def free(self, whose: Whose, away: Collection[int]) -> bool:
        """Whether anybody of them is not away."""
        return not self.by_role.get(ROLE_OF[whose], frozenset()) <= set(away)

    def visitor(self, away: Collection[int]) -> Whose:
        """Who makes a follow-up visit from which these keep away."""
        return next((one for one in _VISITORS if self.free(one, away)), Whose.SUPERIOR)


def watched(store: Store, at: int, zone: ZoneInfo) -> list[Watched]:
    """All that is under way, and what was left behind by a withdrawal, as it stands at an instant
    (ms)."""
    rows = [*_WATCHED.all(store), *_LEFT_BEHIND.all(store)]
    if not rows:
        return []
    moments = _moments(store, at, zone)
    touched: dict[int, set[int]] = defaultdict(set)
    for complaint, staff in _TOUCHED.all(store):
        touched[complaint].add(staff)
    waiting: dict[int, list[tuple[str, int, bool]]] = defaultdict(list)
    for complaint, level, asked_by, approved_on in _WAITING.all(store):
        waiting[complaint].append((level, asked_by, bool(approved_on)))
    visits: dict[tuple[int, int], list[bool]] = defaultdict(list)
    for complaint, number, reached in _VISITS.all(store):
        visits[complaint, number].append(bool(reached))
    members = staff_members(store)
    active = [member for member in members if member.active]
    people = _People(
        {
            role: frozenset(one.id for one in active if role in one.roles)
            for role in ROLE_OF.values()
        }
    )
    house = house_of(store)
    found = []
    for values in rows:
        row = dict(zip(_COLUMNS, values, strict=True))
        away, heard = touched.get(row["id"], set()), moments[row["id"]]
        apart = keeps_out(row["handler"], row["reported_by"], row["outcome"], row["decided_by"])
        made = visits[row["id"], row["round"]]
        found.append(
            Watched(
                **{name: row[name] for name in _AS_KEPT},
                major=bool(row["major"]),
                anonymous=bool(row["anonymous"]),
                # A later round begins without a slip.
                slip_due=row["slip_due"] if row["round"] == 1 else "",
                notified_on=_day(row["notified_at"], zone),
                contact_on=max(row["received_on"], heard.contact_on),
                visited=any(made) or len(made) >= TRIES,
                waiting=tuple(
                    (_approver(members, away, level, asked_by), is_approved)
                    for level, asked_by, is_approved in waiting.get(row["id"], ())
                ),
                visit_workdays=house.visit_workdays,
                decider=_decider(row, members, away, house),
                visitor=people.visitor(away | apart),
                apart=apart,
                ack=_ack(row, heard, house, at),
                with_desk_since=max(row["received_on"], heard.handed_back_on),
                assigner=_assigner(row),
                slip_out=house.slip_out_of(row["channel"], row["urgency"] == "urgent"),
                assigned_on=_day(row["assigned_at"], zone),
                sign=house.sign_workdays,
                progress_workdays=house.progress_workdays,
                escalated_at=None if heard.raised_at is None else from_ms(heard.raised_at, zone),
                major_minutes=house.major_minutes,
                desk_free=people.free(Whose.DESK, away),
                head_free=people.free(Whose.HEAD, away),
            )
        )
    return found


def _decider(
    row: Mapping[str, Any], members: Collection[StaffMember], away: Collection[int], house: House
) -> Whose | None:
    """Who decides on the report that waits, None while none does; the desk's to find
    somebody where nobody is free to."""
    if row["state"] != State.DRAFTED:
        return None
    beyond = bool(row["major"]) or (row["redress"] or 0) > house.redress
    who = decider(members, away, (row["handler"], row["reported_by"]), beyond=beyond)
    return Whose.DESK if who is None else _DECIDES[who]


def _assigner(row: Mapping[str, Any]) -> Whose:
    """Who says to whom it goes: after it was handed back the head (complaints.md 4a, 7)."""
    anew = row_for(STEPS["Assign"], row["state"], bool(row["handed_back"]))
    return Whose.DESK if Who.REG in anew.who else Whose.HEAD


def _approver(
    members: Collection[StaffMember], away: Collection[int], level: str, asked_by: int
) -> Whose:
    """Who approves a longer limit; the desk's where headquarters does on paper."""
    found, by_order = approvers(members, away, level, asked_by)
    if by_order:
        return Whose.DESK
    heads = {one.id for one in members if Role.BRANCH_MANAGER in one.roles}
    return Whose.SUPERIOR if level == Role.SUPERIOR or heads.isdisjoint(found) else Whose.HEAD


def _ack(row: Mapping[str, Any], heard: _Moments, house: House, now: int) -> int | None:
    """Working days until he is told that it has come, or what was passed on is accepted; None
    where that is done, nobody can be told, or it is so long ago that nobody knows."""
    if row["round"] > 1 or row["registered_at"] < now - _BACK_MS:
        return None
    if row["channel"] == "superior":
        is_done = row["state"] != State.RECEIVED
    else:
        can_be_told = any(row[name] for name in _REACHED_BY) and not row["anonymous"]
        # A call is acknowledged in the call: he is read what was written, and until when.
        in_the_call = row["channel"] == "phone" and row["read_back"]
        is_done = bool(heard.contact_on) or in_the_call or not can_be_told
    return None if is_done else house.ack.get(row["channel"])


def _moments(store: Store, now: int, zone: ZoneInfo) -> defaultdict[int, _Moments]:
    """When the complainant was last reached, the next level last told, the case handed back, of
    what happened in the last weeks."""
    found: defaultdict[int, _Moments] = defaultdict(_Moments)
    since = now - _BACK_MS
    first = _FIRST_SINCE.one(store, since=since)
    if first is None or first[0] is None:
        return found
    for subject, fact, at, data in _MOMENTS.all(store, revision=first[0], since=since):
        moments, what = found[int(subject)], fact.removeprefix("complaint.")
        if what in _RAISED_FACTS:
            moments.raised_at = max(moments.raised_at or 0, at)
        elif what == "handed_back":
            moments.handed_back_on = max(moments.handed_back_on, _day(at, zone))
        elif _reached(what, read_data(data)):
            moments.contact_on = max(moments.contact_on, _day(at, zone))
    return found


def _reached(what: str, data: Mapping[str, object]) -> bool:
    if what == "paper_delivered":
        return data.get("form") in _LETTERS and data.get("mode") in TOLD
    return data.get("reached") is not False


def _day(at: int | None, zone: ZoneInfo) -> str:
    return "" if at is None else local_date(at, zone).isoformat()
