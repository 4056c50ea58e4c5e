"""Scenarios with hand-written expectations, through the real commands on both stores."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from branch.kernel.errors import BadInput
from branch.kernel.settings import Settings, settle
from branch.tools.scenarios import replay
from tests.conftest import POSTGRES

DATA = Path(__file__).parents[1] / "data"
FILES = ("scenarios.json", "scenarios_more.json")


@pytest.fixture(params=["sqlite", "postgresql"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Settings:
    """Settings on each kind of store."""
    if request.param == "postgresql":
        request.getfixturevalue("postgres_url")  # skips loudly without a server
        return settle(home=str(tmp_path), database=POSTGRES)
    return settle(home=str(tmp_path), environment={})


def expectations(file: Path) -> dict[str, Any]:
    loaded = json.loads(file.read_text(encoding="utf-8"))
    return {scenario["id"]: scenario["expect"] for scenario in loaded["scenarios"]}


@pytest.mark.parametrize("name", FILES)
def test_calls_and_keys_are_as_written(name: str, place: Settings) -> None:
    expected = expectations(DATA / name)
    outcomes = replay(DATA / name, place)
    assert [outcome.id for outcome in outcomes] == list(expected)
    for outcome in outcomes:
        assert outcome.calls == expected[outcome.id]["calls"], outcome.id
        assert outcome.keys == expected[outcome.id]["keys"], outcome.id
        assert outcome.refused == [], outcome.id


def test_expectations_are_never_read(tmp_path: Path) -> None:
    loaded = json.loads((DATA / "scenarios.json").read_text(encoding="utf-8"))
    for scenario in loaded["scenarios"]:
        del scenario["expect"]
    bare = tmp_path / "bare.json"
    bare.write_text(json.dumps(loaded), encoding="utf-8")
    place = settle(home=str(tmp_path), environment={})
    assert replay(bare, place) == replay(DATA / "scenarios.json", place)


def test_a_refused_event_is_told_and_the_rest_goes_on(tmp_path: Path) -> None:
    file = tmp_path / "one.json"
    events = [
        {"t": "09:00", "do": "no_show", "counter": "1"},
        {"t": "09:01", "do": "issue", "ticket": "A1", "service": "cash", "classes": []},
        {"t": "09:02", "do": "call", "counter": "1"},
    ]
    one = {"id": "X", "counters": {"1": ["cash"]}, "events": events}
    rules = {"credits_min": {"ordinary": 0}}
    file.write_text(json.dumps({"rules": rules, "scenarios": [one]}), encoding="utf-8")
    (outcome,) = replay(file, settle(home=str(tmp_path), environment={}))
    assert outcome.calls == ["A1"]
    assert json.loads(outcome.as_json())["refused"] == [{"event": 0, "code": "counter_empty"}]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("no json", "scenario_form"),
        ('{"scenarios": []}', "scenario_form"),
        ('{"rules": {"credits_min": {"a": "x"}}, "scenarios": []}', "scenario_form"),
        (
            '{"rules": {"credits_min": {}}, "scenarios": [{"id": "X", "counters": {"1": ["a"]},'
            ' "events": [{"t": "09:00", "do": "fly"}]}]}',
            "scenario_form",
        ),
        (
            '{"rules": {"credits_min": {}}, "scenarios": [{"id": "X", "counters": {"1": ["a"]},'
            ' "events": [{"t": "9 Uhr", "do": "call", "counter": "1"}]}]}',
            "scenario_form",
        ),
    ],
)
def test_another_form_is_refused_by_name(text: str, code: str, tmp_path: Path) -> None:
    file = tmp_path / "wrong.json"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(BadInput) as refused:
        replay(file, settle(home=str(tmp_path), environment={}))
    assert refused.value.code == code


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(BadInput) as refused:
        replay(tmp_path / "none.json", settle(home=str(tmp_path), environment={}))
    assert (refused.value.code, refused.value.values["file"]) == ("file_unreadable", "none.json")
