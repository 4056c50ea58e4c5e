"""A complaint that is not for somebody, where another one, the journal or an action names it: to
him nothing does (Order 3 Art. 17, 22). ``HIDDEN`` is about the head, ``CLOSED`` in confidence."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from branch.complaints.case import PAST
from branch.complaints.commands.acceptance import Merge, ProposeMerge, UndoMerge
from branch.complaints.commands.registration import LinkRepeat, SetSubjects
from branch.complaints.queries.actions import actions_to, effects_to
from branch.complaints.queries.detail import CaseDetail
from branch.complaints.queries.hidden import NAMING, entries_naming
from branch.complaints.queries.register import register_rows
from branch.papers.commands import DraftPaper
from branch.quality.commands import AddAction, CheckAction, FinishAction
from branch.rooms.queries.hidden import NAMING as ROOM_NAMING
from branch.visitors.commands.holds import LiftHold, PlaceHold
from tests.complaints.desk import (
    ADVISER,
    AUDITOR,
    HEAD,
    LOBBY_MANAGER,
    OFFICER,
    SUPERIOR,
    SUPERVISOR,
    TELLER,
    Desk,
)

LONG_AGO = date(2026, 1, 1)
HIDDEN, CLOSED = "hidden", "closed"
# To whom it is not, and who reads all.
NOT_FOR = {HIDDEN: HEAD, CLOSED: SUPERVISOR}


def other(desk: Desk, why: str) -> int:
    """A complaint that is not for the one of ``NOT_FOR``."""
    complaint = desk.register(by=OFFICER, who={"confidential": why == CLOSED})
    if why == HIDDEN:
        desk.run(SetSubjects(complaint, frozenset({desk.staff(HEAD)})))
    desk.clock.advance(60)
    return complaint


def of(desk: Desk, complaint: int, by: str) -> CaseDetail:
    found = desk.detail(complaint, by)
    assert found is not None
    return found


def named(detail: CaseDetail) -> set[object]:
    """The complaints that a case names anywhere."""
    found = {detail.values[key] for key in ("merged_into", "repeat_of", "proposed_ref")}
    found |= set(detail.children)
    for moment in detail.moments:
        found |= {moment.data.get(key) for key in ("into", "other", "earlier")}
    return found - {None}


@pytest.mark.parametrize("why", NOT_FOR)
def test_no_repeat_of_it(desk: Desk, why: str) -> None:
    earlier = other(desk, why)
    later = desk.register(by=OFFICER)
    desk.run(LinkRepeat(later, earlier))
    number = desk.number(earlier)
    assert named(of(desk, later, SUPERIOR)) == {earlier}
    assert named(of(desk, later, NOT_FOR[why])) == set()
    for by, told in ((SUPERIOR, True), (NOT_FOR[why], False)):
        rows = register_rows(desk.store, desk.staff(by), LONG_AGO, desk.today, desk.today)
        (row,) = (one for one in rows if one.number == desk.number(later))
        assert (row.repeat_of == number) is told
        if by != SUPERVISOR:
            draft = desk.run(DraftPaper("TS-01", f"complaint:{later}"), by)
            assert (number in repr(draft.fields)) is told


@pytest.mark.parametrize("why", NOT_FOR)
def test_no_proposal_to_merge_into_it(desk: Desk, why: str) -> None:
    into = other(desk, why)
    asked = desk.register(by=OFFICER)
    desk.run(ProposeMerge(asked, into))
    assert (of(desk, asked, SUPERIOR).line.proposed, named(of(desk, asked, SUPERIOR))) == (
        "merge",
        {into},
    )
    kept = of(desk, asked, NOT_FOR[why])
    assert (kept.line.proposed, named(kept)) == ("", set())


def test_what_was_merged_into_one_in_confidence(desk: Desk) -> None:
    into = other(desk, CLOSED)
    child = desk.register(by=OFFICER)
    desk.run(Merge(child, into), HEAD)
    assert named(of(desk, child, SUPERIOR)) == {into}
    kept = of(desk, child, SUPERVISOR)
    assert (named(kept), kept.primary_state, kept.line.state) == (set(), "", "merged")


def test_a_merge_that_was_taken_back(desk: Desk) -> None:
    first, second = desk.register(by=OFFICER), desk.register(by=OFFICER)
    desk.run(Merge(second, first), HEAD)
    desk.run(UndoMerge(second), HEAD)
    desk.run(SetSubjects(second, frozenset({desk.staff(HEAD)})))
    assert named(of(desk, first, SUPERIOR)) == {second}
    assert named(of(desk, first, HEAD)) == set()


# -- the journal --------------------------------------------------------------------------------


def test_no_entry_of_the_journal_names_it(desk: Desk) -> None:
    mine, hidden = desk.register(by=OFFICER), desk.register(by=OFFICER, who={"parties": 3})
    hold = desk.run(PlaceHold("complaint", hidden, "lawsuit"), SUPERVISOR)
    desk.run(LiftHold(hold), HEAD)
    desk.run(SetSubjects(hidden, frozenset({desk.staff(HEAD)})))
    desk.clock.advance(60)
    later = desk.register(by=OFFICER)
    desk.run(LinkRepeat(later, hidden))
    desk.run(ProposeMerge(mine, hidden))
    due = desk.today + timedelta(days=9)
    desk.run(AddAction("complaint", hidden, "补训", desk.staff(HEAD), due))
    left_out = entries_naming(desk.store, desk.staff(HEAD))
    facts = {entry.what for entry in desk.entries if entry.revision in left_out}
    assert facts == {
        "complaint.repeat_linked", "complaint.merge_proposed", "drill.incident_opened",
        "hold.placed", "hold.lifted", "action.added",
    }  # fmt: skip
    # What names another one stays, and to others all does.
    desk.run(LinkRepeat(later, mine))
    assert entries_naming(desk.store, desk.staff(HEAD)) == left_out
    assert entries_naming(desk.store, desk.staff(SUPERVISOR)) == frozenset()


def _named_in(tree: ast.AST) -> Iterator[tuple[str, str]]:
    """Fact and key of every entry that may name a complaint."""
    keys = {"complaint", "into", "other", "earlier", "ref"}
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        name = getattr(node.func, "attr", getattr(node.func, "id", ""))
        if name not in ("record", "note", "moved"):
            continue
        said = [one.value for one in node.args if isinstance(one, ast.Constant)]
        for key in (word.arg for word in node.keywords if word.arg in keys):
            yield (PAST[said[0]] if name == "moved" else said[0] if said else "", key)


def test_every_entry_that_names_a_complaint_is_known() -> None:
    """A new fact that carries the id of a complaint must be put into one of the two ``NAMING``."""
    known = {(fact.partition(".")[2], key) for fact, key in {**NAMING, **ROOM_NAMING}.items()}
    found = {
        (fact.rpartition(".")[2], key)
        for path in Path("branch").rglob("*.py")
        for fact, key in _named_in(ast.parse(path.read_text(encoding="utf-8")))
    }
    # A count; the ref of a run; a fact in a variable (linked, unlinked).
    others = {("ran", "complaint"), ("frozen", "ref"), ("freeze_turned", "ref"), ("", "ref")}
    assert found - known == others


# -- corrective actions -------------------------------------------------------------------------


def test_actions_of_one_in_confidence(desk: Desk) -> None:
    complaint = other(desk, CLOSED)
    due = desk.today + timedelta(days=9)
    for owner, text in ((ADVISER, "更换宣传页"), (TELLER, "补训服务规范")):
        desk.run(AddAction("complaint", complaint, text, desk.staff(owner), due))

    def told(by: str) -> list[tuple[str, int]]:
        return [(one.text, one.ref) for one in actions_to(desk.store, desk.staff(by))]

    both = [("更换宣传页", complaint), ("补训服务规范", complaint)]
    assert told(OFFICER) == told(HEAD) == both
    assert told(SUPERVISOR) == told(AUDITOR) == told(LOBBY_MANAGER) == []
    # What he has to mend he reads, and not whose complaint it is from.
    assert told(TELLER) == [("补训服务规范", 0)]


def test_actions_whose_effect_is_to_be_looked_at(desk: Desk) -> None:
    complaint = other(desk, CLOSED)
    due = desk.today + timedelta(days=9)
    action = desk.run(AddAction("complaint", complaint, "更换宣传页", desk.staff(ADVISER), due))
    desk.run(FinishAction(action, "已更换"), ADVISER)
    desk.run(CheckAction(action, good=True), HEAD)
    for by, count in ((HEAD, 1), (OFFICER, 1), (SUPERVISOR, 0), (ADVISER, 0)):
        assert len(effects_to(desk.store, desk.staff(by), "2027-12-31")) == count
    for by, count in ((HEAD, 1), (SUPERVISOR, 0)):
        assert len(actions_to(desk.store, desk.staff(by), closed=True)) == count
