"""Periods are shortened by two people, and a legal hold is lifted by another than placed it."""

from __future__ import annotations

import pytest

from branch.kernel.errors import BadInput, NotFound, NotPermitted, RuleBroken, Stale
from branch.kernel.setting import PERIODS, setting
from branch.visitors.commands.holds import LiftHold, PlaceHold
from branch.visitors.commands.retention import DecideRetention, Proposed, ProposeRetention
from branch.visitors.queries.notices import current_notice
from branch.visitors.queries.retention import holds, is_on_hold, periods, waiting_changes
from tests.visitors.gate import AUDITOR, BRANCH_MANAGER, SUPERVISOR, Gate

KEY = "keep_visitors_days"


def test_every_period_has_its_default_within_its_limits(gate: Gate) -> None:
    assert {period.key for period in periods(gate.store)} == PERIODS.keys()
    for period in periods(gate.store):
        assert period.least <= period.default == period.days <= period.most
        assert period.waiting is None


def test_a_longer_period_holds_at_once_and_the_notice_says_so(gate: Gate) -> None:
    outcome = gate.run(ProposeRetention(KEY, 120), by=SUPERVISOR)
    assert outcome.in_force
    assert setting(gate.store, KEY) == 120
    notice = current_notice(gate.store, "register")
    assert (notice.version, notice.days) == (2, 120)
    changed = next(e for e in gate.entries if e.what == "retention.changed")
    assert (changed.subject, changed.data) == (KEY, {"before": 90, "days": 120})


def test_a_shorter_period_waits_for_another_person(gate: Gate) -> None:
    outcome: Proposed = gate.run(ProposeRetention(KEY, 30), by=SUPERVISOR)
    assert not outcome.in_force
    assert setting(gate.store, KEY) == 90
    (waiting,) = waiting_changes(gate.store)
    assert (waiting.key, waiting.before, waiting.days) == (KEY, 90, 30)
    assert waiting.proposed_by == gate.staff(SUPERVISOR)
    with pytest.raises(NotPermitted) as refused:
        gate.run(DecideRetention(outcome.id, approve=True), by=SUPERVISOR)
    assert refused.value.code == "second_person_needed"
    gate.run(DecideRetention(outcome.id, approve=True), by=BRANCH_MANAGER)
    assert setting(gate.store, KEY) == 30
    assert waiting_changes(gate.store) == ()
    assert current_notice(gate.store, "register").days == 30
    with pytest.raises(Stale):
        gate.run(DecideRetention(outcome.id, approve=True), by=BRANCH_MANAGER)


def test_a_proposal_is_turned_down_or_taken_back(gate: Gate) -> None:
    for by in (BRANCH_MANAGER, SUPERVISOR):
        outcome = gate.run(ProposeRetention(KEY, 30), by=SUPERVISOR)
        gate.run(DecideRetention(outcome.id, approve=False), by=by)
        assert setting(gate.store, KEY) == 90
        assert waiting_changes(gate.store) == ()
        assert gate.last.what == "retention.turned_down"


def test_a_second_proposal_takes_the_place_of_the_first(gate: Gate) -> None:
    first = gate.run(ProposeRetention(KEY, 30), by=SUPERVISOR)
    gate.run(ProposeRetention(KEY, 40), by=SUPERVISOR)
    (waiting,) = waiting_changes(gate.store)
    assert waiting.days == 40
    with pytest.raises(Stale):
        gate.run(DecideRetention(first.id, approve=True), by=BRANCH_MANAGER)


@pytest.mark.parametrize("key", PERIODS)
def test_no_period_leaves_its_limits(gate: Gate, key: str) -> None:
    limit = PERIODS[key]
    for days in (limit.least - 1, limit.most + 1):
        with pytest.raises(BadInput) as refused:
            gate.run(ProposeRetention(key, days), by=SUPERVISOR)
        assert refused.value.code == "setting_range"
        assert refused.value.values == {"least": limit.least, "most": limit.most}
    with pytest.raises(RuleBroken):
        gate.run(ProposeRetention(key, limit.default), by=SUPERVISOR)


def test_an_unknown_period_or_change_is_refused(gate: Gate) -> None:
    with pytest.raises(BadInput):
        gate.run(ProposeRetention("recall_gap_s", 5), by=SUPERVISOR)
    with pytest.raises(NotFound):
        gate.run(DecideRetention(7, approve=True), by=SUPERVISOR)
    with pytest.raises(NotPermitted):
        gate.run(ProposeRetention(KEY, 80), by=AUDITOR)


def test_a_hold_is_placed_once_and_lifted_by_another(gate: Gate) -> None:
    visitor = gate.come().id
    hold = gate.run(PlaceHold("visitor", visitor, "incident", "玻璃门破损"), by=BRANCH_MANAGER)
    assert is_on_hold(gate.store, "visitor", visitor)
    placed = gate.last
    assert (placed.what, placed.data) == (
        "hold.placed",
        {"kind": "visitor", "ref": visitor, "reason": "incident"},
    )
    with pytest.raises(RuleBroken) as twice:
        gate.run(PlaceHold("visitor", visitor, "authority"), by=SUPERVISOR)
    assert twice.value.code == "hold_stands"
    (shown,) = holds(gate.store)
    assert (shown.kind, shown.ref, shown.text, shown.lifted_at) == (
        "visitor",
        visitor,
        "玻璃门破损",
        None,
    )
    gate.run(LiftHold(hold), by=SUPERVISOR)
    assert not is_on_hold(gate.store, "visitor", visitor)
    assert holds(gate.store)[0].lifter
    with pytest.raises(Stale):
        gate.run(LiftHold(hold), by=SUPERVISOR)


def test_what_cannot_be_a_hold_is_refused(gate: Gate) -> None:
    with pytest.raises(NotFound):
        gate.run(PlaceHold("visitor", 99, "incident"), by=SUPERVISOR)
    with pytest.raises(NotFound):
        gate.run(LiftHold(99), by=SUPERVISOR)
    visitor = gate.come().id
    for kind, reason, text, code in (
        ("ticket", "incident", "", "code_unknown"),
        ("visitor", "mood", "", "code_unknown"),
        ("visitor", "other", " ", "reason_text_needed"),
        ("visitor", "incident", "长" * 301, "field_too_long"),
    ):
        with pytest.raises(BadInput) as refused:
            gate.run(PlaceHold(kind, visitor, reason, text), by=SUPERVISOR)
        assert refused.value.code == code
    assert "玻璃" not in repr(PlaceHold("visitor", 1, "incident", "玻璃"))
