"""The shipped catalogue, and what may be changed in it within which limits."""

from __future__ import annotations

from collections import Counter as Tally
from collections.abc import Callable
from dataclasses import asdict, replace
from typing import Any

import pytest

from branch.bootstrap import Branch
from branch.catalogue.commands import ChangeClass, ChangeCounter, ChangeService, ChangeSetting
from branch.catalogue.queries import (
    Service,
    areas,
    counters,
    credits,
    groups,
    priority_classes,
    queues,
    routing,
    services,
)
from branch.catalogue.rules import (
    CHANNELS,
    DOCUMENT_CONDITIONS,
    LETTERS,
    Document,
    checked_break,
    offered_machine,
)
from branch.kernel import journal
from branch.kernel.errors import BadInput, NotFound
from branch.kernel.runner import Actor
from branch.kernel.setting import setting

GROUPS = ["cash", "cards", "transfer", "pension", "wealth", "loan", "corporate", "fx_other"]


@pytest.fixture
def me(actor: Callable[[str, str], Actor]) -> Actor:
    return actor("100201", "settings")


def service(branch: Branch, code: str) -> Service:
    return next(item for item in services(branch.store) if item.code == code)


def change(item: Service, **changes: Any) -> ChangeService:
    """A command that keeps everything of a service but the changes."""
    same = ChangeService(
        item.code,
        item.group,
        item.name.zh,
        item.name.en,
        item.minutes,
        item.documents,
        item.channels,
        item.active,
    )
    return replace(same, **changes)


def test_there_are_41_services_in_eight_groups(branch: Branch) -> None:
    offered = services(branch.store)
    assert len(offered) == len({item.code for item in offered}) == 41
    assert [group.code for group in groups(branch.store)] == GROUPS
    assert Tally(item.group for item in offered) == {
        "cash": 5,
        "cards": 10,
        "transfer": 3,
        "pension": 2,
        "wealth": 2,
        "loan": 1,
        "corporate": 10,
        "fx_other": 8,
    }


def test_every_service_can_be_offered_in_both_languages(branch: Branch) -> None:
    for item in services(branch.store):
        assert item.name.zh
        assert item.name.en
        assert item.active
        assert 1 <= item.minutes <= 240
        assert set(item.channels) == set(CHANNELS)
        assert set(item.channels.values()) <= {"yes", "partial", "no"}
        assert all(document.when in DOCUMENT_CONDITIONS for document in item.documents)
        assert all(document.zh and document.en for document in item.documents)


def test_every_service_leads_to_a_queue_and_an_area(branch: Branch) -> None:
    letters = {queue.letter for queue in queues(branch.store)}
    places = {area.code for area in areas(branch.store)}
    for item in services(branch.store):
        leads = routing(branch.store, item.code)
        assert leads is not None
        assert leads.letter in letters
        assert leads.area in places
        assert leads.active
    assert routing(branch.store, "P99") is None


def test_letters_have_no_look_alikes(branch: Branch) -> None:
    assert [queue.letter for queue in queues(branch.store)] == ["A", "C", "E", "F"]
    assert all(queue.letter in LETTERS for queue in queues(branch.store))
    assert not set("IOQZSBDGJ") & set(LETTERS)


def test_every_service_has_a_counter_in_the_sample(branch: Branch) -> None:
    everywhere = counters(branch.store)
    assert [counter.number for counter in everywhere] == list(range(1, 9))
    done = frozenset().union(*(counter.services for counter in everywhere))
    assert done == {item.code for item in services(branch.store)}
    assert everywhere[7].name.text("zh") == "理财室"
    assert everywhere[7].name.text("en") == "Wealth room"
    assert everywhere[0].planned_break == "11:30-12:10"


def test_classes_come_with_the_credits_of_the_default(branch: Branch) -> None:
    assert credits(branch.store) == {
        "assisted": 45,
        "pregnant_or_infant": 45,
        "elderly": 30,
        "military": 30,
        "appointment": 30,
        "vip": 10,
        "corporate": 10,
        "ordinary": 0,
    }
    targets = {item.code: item.target for item in priority_classes(branch.store)}
    assert {
        code: targets[code] for code in ("assisted", "elderly", "appointment")
    } == dict.fromkeys(("assisted", "elderly", "appointment"), 10)
    assert {code: targets[code] for code in ("vip", "corporate", "ordinary")} == dict.fromkeys(
        ("vip", "corporate", "ordinary"), 20
    )


def test_a_machine_is_offered_only_for_the_whole_service(branch: Branch) -> None:
    assert service(branch, "P01").machine == "cash_machine"
    assert service(branch, "P05").machine == "smart_teller"
    assert service(branch, "P09").machine is None
    assert offered_machine({}) is None
    assert offered_machine({"cash_machine": "yes"}, {"cash_machine"}) is None


def test_a_service_can_be_changed(branch: Branch, me: Actor) -> None:
    documents = (Document("身份证 䶮", "ID card", "always"), Document("存折", "", "if_has"))
    channels = {**service(branch, "P01").channels, "mobile_bank": "partial"}
    command = change(
        service(branch, "P01"),
        group="cards",
        zh=" 小额  取款 ",
        en="Small withdrawal",
        minutes=3,
        documents=documents,
        channels=channels,
        active=False,
    )
    assert branch.run(command, me).changes == {"catalogue"}
    after = service(branch, "P01")
    assert (after.group, after.name.zh, after.name.en, after.minutes, after.active) == (
        "cards",
        "小额 取款",
        "Small withdrawal",
        3,
        False,
    )
    assert after.documents == documents
    assert after.channels == channels
    assert routing(branch.store, "P01").letter == "C"
    assert [entry.what for entry in journal.entries(branch.store)][
        -1
    ] == "catalogue.service_changed"


def test_the_same_change_twice_changes_nothing_else(branch: Branch, me: Actor) -> None:
    before = services(branch.store)
    for item in before:
        branch.run(change(item), me)
    assert services(branch.store) == before


@pytest.mark.parametrize(
    ("changes", "code", "field"),
    [
        ({"group": "nowhere"}, "group_unknown", "group"),
        ({"zh": "  "}, "field_empty", "zh"),
        ({"en": ""}, "field_empty", "en"),
        ({"zh": "长" * 61}, "field_too_long", "zh"),
        ({"en": "x" * 10_000}, "field_too_long", "en"),
        ({"minutes": -1}, "minutes_range", "minutes"),
        ({"minutes": 241}, "minutes_range", "minutes"),
        ({"documents": (Document("", "", "always"),)}, "field_empty", "documents"),
        ({"documents": (Document("长" * 61, "", "always"),)}, "field_too_long", "documents"),
        ({"documents": (Document("证", "x" * 121, "always"),)}, "field_too_long", "documents"),
        ({"documents": (Document("证", "", "never"),)}, "document_condition_unknown", "documents"),
        ({"channels": {"fax": "yes"}}, "channel_unknown", "channels"),
        ({"channels": {"mobile_bank": "perhaps"}}, "channel_unknown", "channels"),
    ],
)
def test_a_change_of_a_service_that_cannot_stand_is_refused(
    branch: Branch, me: Actor, changes: dict[str, Any], code: str, field: str
) -> None:
    before = service(branch, "P01")
    with pytest.raises(BadInput) as refused:
        branch.run(change(before, **changes), me)
    assert (refused.value.code, refused.value.field) == (code, field)
    assert service(branch, "P01") == before


def test_an_unknown_service_is_not_made(branch: Branch, me: Actor) -> None:
    with pytest.raises(NotFound, match="service_unknown"):
        branch.run(change(service(branch, "P01"), code="P99"), me)
    assert len(services(branch.store)) == 41


@pytest.mark.parametrize(("credit", "target"), [(0, 0), (120, 15), (1_440, 240)])
def test_credit_and_target_can_be_changed(
    branch: Branch, me: Actor, credit: int, target: int
) -> None:
    branch.run(ChangeClass("elderly", credit, target), me)
    after = next(item for item in priority_classes(branch.store) if item.code == "elderly")
    assert (after.credit, after.target) == (credit, target)
    assert credits(branch.store)["elderly"] == credit


@pytest.mark.parametrize(
    ("credit", "target", "field"),
    [(-1, 10, "credit"), (1_441, 10, "credit"), (30, -1, "target"), (30, 241, "target")],
)
def test_credit_and_target_have_limits(
    branch: Branch, me: Actor, credit: int, target: int, field: str
) -> None:
    before = priority_classes(branch.store)
    with pytest.raises(BadInput) as refused:
        branch.run(ChangeClass("elderly", credit, target), me)
    assert (refused.value.code, refused.value.field) == ("minutes_range", field)
    assert priority_classes(branch.store) == before


def test_an_unknown_class_is_not_made(branch: Branch, me: Actor) -> None:
    with pytest.raises(NotFound, match="class_unknown"):
        branch.run(ChangeClass("royal", 30, 10), me)


def test_a_counter_is_named_and_a_new_one_made(branch: Branch, me: Actor) -> None:
    branch.run(ChangeCounter(8, " 财富 室 ", "Wealth", "12:50 – 13:30"), me)
    branch.run(ChangeCounter(12, "", "", ""), me)
    eighth, twelfth = counters(branch.store)[-2:]
    assert (eighth.name.zh, eighth.name.en, eighth.planned_break) == (
        "财富 室",
        "Wealth",
        "12:50-13:30",
    )
    assert eighth.services
    assert asdict(twelfth) == {
        "number": 12,
        "name": {"zh": "", "en": ""},
        "planned_break": "",
        "services": frozenset(),
    }


@pytest.mark.parametrize(
    ("command", "code", "field"),
    [
        (ChangeCounter(0, "", "", ""), "counter_number_range", "number"),
        (ChangeCounter(100, "", "", ""), "counter_number_range", "number"),
        (ChangeCounter(1, "长" * 61, "", ""), "field_too_long", "zh"),
        (ChangeCounter(1, "", "x" * 61, ""), "field_too_long", "en"),
        (ChangeCounter(1, "", "", "at noon"), "break_form", "planned_break"),
    ],
)
def test_a_counter_that_cannot_stand_is_refused(
    branch: Branch, me: Actor, command: ChangeCounter, code: str, field: str
) -> None:
    before = counters(branch.store)
    with pytest.raises(BadInput) as refused:
        branch.run(command, me)
    assert (refused.value.code, refused.value.field) == (code, field)
    assert counters(branch.store) == before


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("", ""),
        ("   ", ""),
        ("11:30-12:10", "11:30-12:10"),
        ("11:30 – 12:10", "11:30-12:10"),
        ("00:00-23:59", "00:00-23:59"),
    ],
)
def test_a_break_is_kept_in_one_form(text: str, kept: str) -> None:
    assert checked_break(text) == kept


@pytest.mark.parametrize(
    "text", ["11:30", "12:10-11:30", "11:30-11:30", "24:00-24:10", "11:60-12:00", "1:30-2:00", "x"]
)
def test_a_break_in_another_form_is_refused(text: str) -> None:
    with pytest.raises(BadInput, match="break_form"):
        checked_break(text)


def test_a_setting_is_changed_within_its_limits(branch: Branch, me: Actor) -> None:
    branch.run(ChangeSetting("calls_before_no_show", 3), me)
    assert setting(branch.store, "calls_before_no_show") == 3
    for key, value, code in (
        ("calls_before_no_show", 0, "setting_range"),
        ("calls_before_no_show", "3", "setting_range"),
        ("recall_gap_s", 4, "setting_range"),
        ("colour", 1, "setting_unknown"),
    ):
        with pytest.raises(BadInput, match=code):
            branch.run(ChangeSetting(key, value), me)
    assert setting(branch.store, "calls_before_no_show") == 3
    entry = [item for item in journal.entries(branch.store) if item.topic == "catalogue"][-1]
    assert (entry.what, entry.subject, entry.data) == (
        "catalogue.setting_changed",
        "calls_before_no_show",
        {"value": 3},
    )
