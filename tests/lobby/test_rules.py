"""The queue discipline and the life of a ticket, by table and by anything that may come."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from branch.kernel.errors import BadInput, RuleBroken
from branch.lobby.rules import (
    CALL_REASONS,
    CARE_NEEDS,
    FLAGS,
    FROM,
    HOLD_REASONS,
    LEAVE_REASONS,
    PAUSE_REASONS,
    State,
    checked_reason_text,
    is_over,
    key_after_class,
    key_after_return,
    main_class,
    order_key,
    pressure,
    require,
    require_known,
    target_of,
    ticket_number,
    wait_began,
)

MINUTE = 60_000
NINE = 1_000_000 * MINUTE
CREDITS = {
    "assisted": 45,
    "pregnant_or_infant": 45,
    "elderly": 30,
    "military": 30,
    "appointment": 30,
    "vip": 10,
    "corporate": 10,
    "ordinary": 0,
}
TARGETS = {"assisted": 10, "elderly": 10, "appointment": 10, "vip": 20, "ordinary": 20}
CLASS_SETS = st.frozensets(st.sampled_from(sorted(CREDITS)), min_size=1)
INSTANTS = st.integers(0, 4_000_000_000_000)
OFFSETS = st.integers(-24 * 60, 24 * 60)
WORTH = st.fixed_dictionaries({name: st.integers(0, 1_440) for name in CREDITS})


@pytest.mark.parametrize(
    ("classes", "slot_min", "key_min"),
    [
        (["ordinary"], None, 0),
        (["elderly"], None, -30),
        (["assisted"], None, -45),
        (["vip"], None, -10),
        # Several classes: the largest credit, never the sum.
        (["elderly", "vip"], None, -30),
        (["vip", "elderly", "assisted", "ordinary"], None, -45),
        # An appointment counts from its slot; who comes early is a walk-in until then.
        (["appointment"], 90, 0),
        (["appointment"], 31, 0),
        (["appointment"], 30, 0),
        (["appointment"], 29, -1),
        (["appointment"], 10, -20),
        (["appointment"], 0, -30),
        # Who comes late keeps the credit from his coming.
        (["appointment"], -45, -30),
        # With another class the better of the two counts.
        (["appointment", "vip"], 90, -10),
        (["appointment", "vip"], 20, -10),
        (["appointment", "vip"], 19, -11),
        (["appointment", "elderly"], 5, -30),
        (["appointment", "assisted"], 0, -45),
        (["appointment"], None, -30),
        # A slot counts for nothing without the appointment.
        (["ordinary"], 0, 0),
    ],
)
def test_the_key_is_issue_less_the_largest_credit(
    classes: list[str], slot_min: int | None, key_min: int
) -> None:
    slot = None if slot_min is None else NINE + slot_min * MINUTE
    assert order_key(NINE, classes, CREDITS, slot) == NINE + key_min * MINUTE


@given(INSTANTS, CLASS_SETS, WORTH, st.none() | OFFSETS)
def test_the_key_is_the_formula_of_the_design(
    issued: int, classes: frozenset[str], worth: dict[str, int], offset: int | None
) -> None:
    slot = None if offset is None else issued + offset * MINUTE
    others = max((worth[name] for name in classes - {"appointment"}), default=0)
    expected = issued - others * MINUTE
    if "appointment" in classes:
        expected = min(expected, max(issued, slot or issued) - worth["appointment"] * MINUTE)
    assert order_key(issued, classes, worth, slot) == expected


@given(INSTANTS, CLASS_SETS, WORTH, st.none() | OFFSETS)
def test_nobody_is_placed_later_than_he_came_nor_beyond_the_largest_credit(
    issued: int, classes: frozenset[str], worth: dict[str, int], offset: int | None
) -> None:
    slot = None if offset is None else issued + offset * MINUTE
    key = order_key(issued, classes, worth, slot)
    assert issued - max(worth.values()) * MINUTE <= key <= issued


@given(INSTANTS, CLASS_SETS, st.sampled_from(sorted(CREDITS)), st.none() | OFFSETS)
def test_another_class_never_makes_it_worse(
    issued: int, classes: frozenset[str], more: str, offset: int | None
) -> None:
    slot = None if offset is None else issued + offset * MINUTE
    with_more = order_key(issued, classes | {more}, CREDITS, slot)
    assert with_more <= order_key(issued, classes, CREDITS, slot)


@given(INSTANTS, st.integers(1, 10**9), CLASS_SETS)
def test_within_a_class_who_comes_first_is_first(
    issued: int, later: int, classes: frozenset[str]
) -> None:
    assert order_key(issued, classes, CREDITS) < order_key(issued + later, classes, CREDITS)


def test_all_credits_nought_is_first_come_first_served() -> None:
    nought = dict.fromkeys(CREDITS, 0)
    assert {order_key(NINE, [name], nought) for name in CREDITS} == {NINE}


def test_a_class_the_branch_does_not_have_is_refused() -> None:
    with pytest.raises(BadInput) as refused:
        order_key(NINE, ["royal"], CREDITS)
    assert (refused.value.code, refused.value.field) == ("class_unknown", "classes")
    assert refused.value.values == {"given": "royal"}


@given(INSTANTS, INSTANTS, st.integers(0, 10**8))
def test_time_away_does_not_count(key: int, called: int, away: int) -> None:
    assert key_after_return(key, called, called + away) == key + away


@given(INSTANTS, INSTANTS)
def test_a_key_only_improves(key: int, fresh: int) -> None:
    after = key_after_class(key, fresh)
    assert after in (key, fresh)
    assert after <= key
    assert after <= fresh


@pytest.mark.parametrize(
    ("ordinal", "number"),
    [(1, "A001"), (42, "A042"), (999, "A999"), (1000, "A1000"), (9999, "A9999")],
)
def test_a_number_has_a_letter_and_three_digits_then_four(ordinal: int, number: str) -> None:
    assert ticket_number("A", ordinal) == number


@given(st.lists(st.integers(1, 5_000), unique=True, min_size=2, max_size=2))
def test_no_two_ordinals_share_a_number(ordinals: list[int]) -> None:
    assert ticket_number("C", ordinals[0]) != ticket_number("C", ordinals[1])


SHANGHAI = timezone(timedelta(hours=8))


@pytest.mark.parametrize(
    ("now", "over"),
    [
        ((20, 9, 0), False),
        ((20, 23, 59), False),
        ((21, 0, 0), False),
        ((21, 3, 59), False),
        ((21, 4, 0), True),
        ((21, 9, 0), True),
        ((25, 1, 0), True),
        ((20, 2, 0), False),
    ],
)
def test_a_business_day_ends_at_four_in_the_morning(now: tuple[int, int, int], over: bool) -> None:
    day_of_month, hour, minute = now
    moment = datetime(2026, 11, day_of_month, hour, minute, tzinfo=SHANGHAI)
    assert is_over(date(2026, 11, 20), moment) is over


STEPS = {
    "call": {"waiting"},
    "recall": {"called"},
    "no_show": {"called"},
    "return": {"missed"},
    "hold": {"called"},
    "resume": {"held"},
    "transfer": {"called"},
    "finish": {"called"},
    "leave": {"waiting", "held", "missed"},
    "set_class": {"waiting", "held", "missed", "called"},
}


def test_the_table_of_steps_is_the_one_tried_here() -> None:
    assert {step: set(states) for step, states in FROM.items()} == STEPS


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("step", STEPS)
def test_a_step_starts_only_from_its_states(step: str, state: State) -> None:
    if state in STEPS[step]:
        require(step, state)
        return
    with pytest.raises(RuleBroken) as refused:
        require(step, state)
    assert refused.value.code == f"ticket_{state}"


@pytest.mark.parametrize(
    ("slot", "began"), [(None, NINE), (NINE - MINUTE, NINE), (NINE + MINUTE, NINE + MINUTE)]
)
def test_an_appointment_waits_from_its_slot(slot: int | None, began: int) -> None:
    assert wait_began(NINE, slot) == began


@pytest.mark.parametrize(
    ("classes", "minutes"),
    [(["ordinary"], 20), (["elderly"], 10), (["vip", "elderly"], 10), (["unknown"], 20), ([], 20)],
)
def test_the_shortest_target_counts(classes: list[str], minutes: int) -> None:
    assert target_of(classes, TARGETS) == minutes


@pytest.mark.parametrize(
    ("waited_s", "target", "expected"),
    [
        (0, 10, "fine"),
        (479, 10, "fine"),
        (480, 10, "near"),
        (600, 10, "near"),
        (601, 10, "over"),
        (959, 20, "fine"),
        (960, 20, "near"),
        (1_201, 20, "over"),
        (0, 0, "near"),
        (1, 0, "near"),
    ],
)
def test_a_wait_presses_at_80_and_at_100_percent(waited_s: int, target: int, expected: str) -> None:
    assert pressure(waited_s * 1_000, target) == expected


@pytest.mark.parametrize(
    ("classes", "expected"),
    [
        (["ordinary"], "ordinary"),
        (["ordinary", "vip"], "vip"),
        (["vip", "elderly"], "elderly"),
        (["elderly", "assisted"], "assisted"),
        ([], "ordinary"),
    ],
)
def test_a_ticket_is_counted_by_its_largest_credit(classes: list[str], expected: str) -> None:
    assert main_class(classes, CREDITS) == expected


def test_flags_of_the_console_stand_for_help_wanted_and_a_class() -> None:
    assert {flag: sign.klass for flag, sign in FLAGS.items()} == {
        "elderly": "elderly",
        "mobility": "assisted",
        "hearing": "assisted",
        "sight": "assisted",
        "infant": "pregnant_or_infant",
        "military": "military",
        "booked": "appointment",
        "language": "",
    }
    assert {sign.care for sign in FLAGS.values()} - {""} <= set(CARE_NEEDS)
    assert {sign.klass for sign in FLAGS.values()} - {""} <= set(CREDITS)


@pytest.mark.parametrize(
    "codes", [HOLD_REASONS, PAUSE_REASONS, CALL_REASONS, LEAVE_REASONS, CARE_NEEDS]
)
def test_codes_are_known_once(codes: tuple[str, ...]) -> None:
    assert len(set(codes)) == len(codes)
    assert [require_known(code, codes, "field") for code in codes] == list(codes)
    for wrong in ("", "nothing", "x" * 10_000):
        with pytest.raises(BadInput) as refused:
            require_known(wrong, codes, "field")
        assert (refused.value.code, refused.value.field) == ("code_unknown", "field")


@pytest.mark.parametrize(
    ("reason", "text", "kept"),
    [
        ("care", "", ""),
        ("care", "  腿脚不便  ", "腿脚不便"),
        ("other", "䶮㛃𬭚", "䶮㛃𬭚"),
        ("other", "长" * 500, "长" * 500),
        ("other", "一\n二\x00\x1b", "一\n二"),
    ],
)
def test_a_reason_keeps_its_text(reason: str, text: str, kept: str) -> None:
    assert checked_reason_text(reason, text) == kept


@pytest.mark.parametrize(
    ("reason", "text", "code"),
    [
        ("other", "", "reason_text_needed"),
        ("other", " \n ", "reason_text_needed"),
        ("other", "\x00", "reason_text_needed"),
        ("care", "长" * 501, "field_too_long"),
        ("other", "长" * 10_000, "field_too_long"),
    ],
)
def test_a_reason_that_cannot_stand_is_refused(reason: str, text: str, code: str) -> None:
    with pytest.raises(BadInput) as refused:
        checked_reason_text(reason, text)
    assert (refused.value.code, refused.value.field) == (code, "text")
