"""Scenarios out of YAML: every refusal names file, line, and what belongs there."""

from __future__ import annotations

from dataclasses import replace
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from branch.drills.commands.scenarios import ChangeScenario, ImportScenarios, RestoreScenario
from branch.drills.import_file import read_scenarios, scenario_yaml
from branch.drills.queries.scenarios import scenario, scenarios
from branch.drills.rules.scenario import Words, checked_scenario
from branch.drills.scenario_text import from_text, to_text
from branch.drills.shipped import shipped_scenarios
from branch.kernel.errors import BadInput, BranchError, NotFound, Stale
from branch.kernel.phrases import phrases
from tests.drills.desk import HEAD, SUPERVISOR, Desk

GOOD = """\
scenarios:
- code: WET-01
  name_zh: 水管破裂
  name_en: Burst pipe
  level: III
  frequency_days: 182
  planned_minutes: 15
  basis:
  - {zh: 支行要求, en: House rule}
  objectives: []
  injects:
  - id: I1
    planned_at_s: 0
    zh: 卫生间漏水
    en: Water in the toilet
  steps:
  - no: 1
    role: LOB
    anchor: T0
    target_s: 60
    critical: true
    evidence: tick
    zh: 关总阀
    en: Close the main valve
    success_zh: 水停了
    success_en: No more water
  - no: 2
    role: SEC
    anchor: I1
    target_s: 120
    critical: false
    evidence: photo
    zh: 围挡
    en: Put up a barrier
    success_zh: 没有人滑倒
    success_en: Nobody slips
  never: []
  variants: []
  questions:
  - {zh: 总阀在哪里, en: "Where is the valve?"}
"""


def sentence(error: BranchError, language: str = "zh") -> str:
    return phrases("errors").say(error.code, language, **error.values)


def refusal(text: str) -> BadInput:
    with pytest.raises(BadInput) as refused:
        read_scenarios("漏水.yaml", text)
    assert refused.value.field == "file"
    assert sentence(refused.value, "en")
    return refused.value


def test_a_good_file_is_read() -> None:
    (found,) = read_scenarios("漏水.yaml", GOOD)
    assert (found.code, found.name, found.level) == (
        "WET-01",
        Words("水管破裂", "Burst pipe"),
        "III",
    )
    assert [(step.no, step.role, step.anchor, step.critical) for step in found.steps] == [
        (1, "LOB", "T0", True), (2, "SEC", "I1", False),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("target_s: 60", "target_s: soon", "漏水.yaml 第 20 行：target_s 应为整数"),
        ("target_s: 60", "target_s: 0", "漏水.yaml 第 20 行：target_s 应在 1 到 14400 之间"),
        ("target_s: 60", "target: 60", "漏水.yaml 第 20 行：这里没有 target 这一项"),
        ("    target_s: 60\n", "", "漏水.yaml 第 17 行：缺少 target_s"),
        ("critical: true", "critical: yes", "漏水.yaml 第 21 行：critical 应为 true 或 false"),
        (
            "role: SEC",
            "role: COOK",
            "漏水.yaml 第 28 行：role 应为 CMD, SUP, LOB, TEL, SEC, RM, REC 之一",
        ),
        ("anchor: I1", "anchor: I7", "漏水.yaml 第 29 行：没有情景 I7"),
        ("anchor: I1", "anchor: soon", "漏水.yaml 第 29 行：anchor 应为 T0 或情景编号，如 I2"),
        (
            "evidence: photo",
            "evidence: film",
            "漏水.yaml 第 32 行：evidence 应为 tick, time, photo, count, text, sign, call 之一",
        ),
        ("no: 2", "no: 3", "漏水.yaml 第 27 行：编号应从 1 起连续，这里应为 2"),
        ("id: I1", "id: one", "漏水.yaml 第 12 行：id 应如 I1"),
        ("zh: 关总阀", "zh: ''", "漏水.yaml 第 23 行：zh 应写文字"),
        ("zh: 关总阀", "zh: [关, 总阀]", "漏水.yaml 第 23 行：zh 应为文字"),
        ("code: WET-01", "code: wet", "漏水.yaml 第 2 行：code 应如 FIRE-01"),
        ("level: III", "level: IV", '漏水.yaml 第 5 行：level 应为 "", I, II, III 之一'),
        (
            "frequency_days: 182",
            "frequency_days: 3",
            "漏水.yaml 第 6 行：frequency_days 应在 7 到 1095 之间",
        ),
        (
            "objectives: []",
            "objectives: none",
            "漏水.yaml 第 10 行：objectives 应为列表，每条以“-”开头",
        ),
        (
            "{zh: 支行要求, en: House rule}",
            "支行要求",
            "漏水.yaml 第 9 行：basis 应写成“名称: 内容”",
        ),
        ("  - {zh: 总阀在哪里", "  - {zh: ''", "漏水.yaml 第 40 行：zh 应写文字"),
        ("name_en: Burst pipe", "name_zh: 又一个", "漏水.yaml 第 4 行：name_zh 前面已写过"),
        (
            "  - no: 1",
            "  - no: 1\n   - no",
            "漏水.yaml 第 18 行不是完整的 YAML，请检查缩进、引号和冒号",
        ),
    ],
)
def test_every_slip_names_file_line_and_what_belongs_there(
    before: str, after: str, said: str
) -> None:
    assert before in GOOD
    assert sentence(refusal(GOOD.replace(before, after, 1))) == said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "漏水.yaml 第 1 行：scenarios 应写成“名称: 内容”"),
        ("- a", "漏水.yaml 第 1 行：scenarios 应写成“名称: 内容”"),
        ("scenarios: []", "漏水.yaml 第 1 行：应至少有一个情景"),
        ("scenarios: 5", "漏水.yaml 第 1 行：scenarios 应为列表，每条以“-”开头"),
        ("a: 1\nscenarios: []", "漏水.yaml 第 1 行：这里没有 a 这一项"),
        ("scenarios:\n- code: 'x", "漏水.yaml 第 2 行不是完整的 YAML，请检查缩进、引号和冒号"),
        ("scenarios:\n\n- code: \x07", "漏水.yaml 第 3 行不是完整的 YAML，请检查缩进、引号和冒号"),
        ("[" * 3_000, "漏水.yaml 第 1 行不是完整的 YAML，请检查缩进、引号和冒号"),
        (GOOD + GOOD.removeprefix("scenarios:\n"), "漏水.yaml 第 41 行：WET-01 前面已写过"),
        ("x" * 1_000_001, "漏水.yaml 太大，情景文件不超过 1 MB"),
    ],
    ids=["empty", "list", "none", "number", "key", "quote", "control", "deep", "twice", "long"],
)
def test_files_that_are_none(text: str, said: str) -> None:
    assert sentence(refusal(text)) == said


@given(st.text(max_size=200))
def test_no_text_at_all_breaks_the_reader(text: str) -> None:
    with pytest.raises(BadInput):
        read_scenarios("x.yaml", text)


@given(st.integers(0, 38), st.text(max_size=20))
def test_no_line_replaced_breaks_the_reader(line: int, text: str) -> None:
    lines = GOOD.splitlines()
    lines[line] = text
    try:
        read_scenarios("x.yaml", "\n".join(lines))
    except BadInput as error:
        said = sentence(error)
    else:
        said = "read"
    assert said


def test_what_is_written_is_read_again() -> None:
    shipped = tuple(shipped_scenarios().values())
    assert read_scenarios("x.yaml", scenario_yaml(shipped)) == shipped
    assert [from_text(to_text(one)) for one in shipped] == list(shipped)


def test_the_shipped_eight_are_whole() -> None:
    shipped = shipped_scenarios()
    assert list(shipped) == [
        "FIRE-01", "ROB-01", "MED-01", "OUT-01", "RUN-01", "CON-01", "FRD-01", "NAT-01",
    ]  # fmt: skip
    for one in shipped.values():
        assert checked_scenario(one) == one
        assert 13 <= len(one.steps) <= 15
        assert 3 <= len(one.injects) <= 4
        assert one.injects[0].planned_at_s == 0
        assert one.basis
        assert one.never
        assert one.variants
        assert one.questions
        texts = [words.text(language) for step in one.steps for words in (step.words, step.success)
                 for language in ("zh", "en")]  # fmt: skip
        assert all(texts)
    assert sum(len(one.steps) for one in shipped.values()) == 112


def test_the_shipped_texts_keep_to_our_words() -> None:
    text = (files("resources") / "catalogue" / "scenarios.yaml").read_text(encoding="utf-8")
    assert not [
        word for word in ("禁止", "必须", "非法", "无效", "作废", "！", "·") if word in text
    ]


# -- in the store ----------------------------------------------------------------------------------


def test_an_import_keeps_what_differs(desk: Desk) -> None:
    fire = shipped_scenarios()["FIRE-01"]
    slower = replace(fire, steps=(replace(fire.steps[0], target_s=20), *fire.steps[1:]))
    text = scenario_yaml((slower, shipped_scenarios()["MED-01"]))
    assert desk.run(ImportScenarios("x.yaml", text), SUPERVISOR) == ("FIRE-01",)
    kept = scenario(desk.store, "FIRE-01")
    assert kept is not None
    assert (kept.version, kept.is_shipped, kept.changed_by) == (2, False, "陈刚")
    assert kept.scenario.steps[0].target_s == 20
    assert desk.run(ImportScenarios("漏水.yaml", GOOD), SUPERVISOR) == ("WET-01",)
    assert [one.scenario.code for one in scenarios(desk.store)][-1] == "WET-01"


def test_a_bad_file_changes_nothing(desk: Desk) -> None:
    with pytest.raises(BadInput) as refused:
        desk.run(ImportScenarios("漏水.yaml", GOOD.replace("no: 2", "no: 5")), SUPERVISOR)
    assert refused.value.values["line"] == 27
    assert all(one.is_shipped for one in scenarios(desk.store))


def test_an_edit_is_a_new_version_and_runs_keep_theirs(desk: Desk) -> None:
    run = desk.started()
    fire = shipped_scenarios()["FIRE-01"]
    other = replace(fire, name=Words("厨房起火", "Kitchen fire"))
    assert desk.run(ChangeScenario(other, seen=1), HEAD) == 2
    assert desk.detail(run).line.name.zh == fire.name.zh
    with pytest.raises(Stale):
        desk.run(ChangeScenario(fire, seen=1), HEAD)
    assert desk.run(RestoreScenario("FIRE-01"), HEAD) == 3
    kept = scenario(desk.store, "FIRE-01")
    assert kept is not None
    assert (kept.version, kept.is_shipped, kept.scenario) == (3, True, fire)
    with pytest.raises(NotFound):
        desk.run(RestoreScenario("WET-01"), HEAD)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"code": "fire"}, "code"),
        ({"planned_minutes": 1}, "planned_minutes"),
        ({"name": Words("", "x")}, "name.zh"),
        ({"never": (Words("不要慌", "Stay calm"), Words(" ", ""))}, "never.2.zh"),
        ({"steps": ()}, "steps"),
    ],
)
def test_the_editor_is_told_which_field(desk: Desk, change: dict, field: str) -> None:
    with pytest.raises(BadInput) as refused:
        desk.run(ChangeScenario(replace(shipped_scenarios()["FIRE-01"], **change), 1), HEAD)
    assert refused.value.field == field


def test_a_step_field_is_named_by_its_number(desk: Desk) -> None:
    fire = shipped_scenarios()["FIRE-01"]
    steps = (*fire.steps[:2], replace(fire.steps[2], anchor="I9"), *fire.steps[3:])
    with pytest.raises(BadInput) as refused:
        desk.run(ChangeScenario(replace(fire, steps=steps), 1), HEAD)
    assert (refused.value.code, refused.value.field) == (
        "scenario_anchor_unknown", "steps.3.anchor",
    )  # fmt: skip
