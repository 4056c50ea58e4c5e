"""Scenarios out of a YAML file, and back into one; pure: keeps nothing.

The shape is that of ``resources/catalogue/scenarios.yaml``. The text is read as nodes, not as
values, so that every refusal names the line.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import yaml

from branch.drills.rules.scenario import (
    EVIDENCE,
    LEVELS,
    ROLES,
    Inject,
    Scenario,
    Step,
    Words,
    checked_scenario,
)
from branch.kernel.errors import BadInput

MOST_CHARACTERS = 1_000_000
# A sign is read so that the sentence can say which numbers fit.
_WHOLE = re.compile(r"-?[0-9]{1,9}")
_CHOICES = {"role": ROLES, "evidence": EVIDENCE, "level": LEVELS}
_LINES = ("basis", "objectives", "never", "variants", "questions")
_SCENARIO = frozenset(
    {"code", "name_zh", "name_en", "level", "frequency_days", "planned_minutes"}
    | {"injects", "steps", *_LINES}
)
_STEP = frozenset(
    {"no", "role", "anchor", "target_s", "critical", "evidence"}
    | {"zh", "en", "success_zh", "success_en"}
)
_INJECT = frozenset({"id", "planned_at_s", "zh", "en"})
_WORDS = frozenset({"zh", "en"})


def read_scenarios(file: str, text: str) -> tuple[Scenario, ...]:
    """The scenarios of a file of this name.

    Raises BadInput (field ``file``) that names the file, the line, and what belongs there.
    """
    if len(text) > MOST_CHARACTERS:
        raise BadInput("scenario_file_long", field="file", file=file)
    try:
        root = yaml.compose(text, yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 1
        raise BadInput("scenario_line_yaml", field="file", file=file, line=line) from error
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        raise BadInput("scenario_line_yaml", field="file", file=file, line=line) from error
    except RecursionError as error:  # brackets within brackets, thousands of them
        raise BadInput("scenario_line_yaml", field="file", file=file, line=1) from error
    return _Reader(file).scenarios(root)


class _Reader:
    """Walks the nodes of one file; knows the line of every place that a rule may refuse."""

    def __init__(self, file: str) -> None:
        self._file = file
        self._lines: dict[str, int] = {}

    def scenarios(self, root: yaml.Node | None) -> tuple[Scenario, ...]:
        if root is None:
            raise self._wrong("scenario_line_mapping", 1, "scenarios")
        top = self._mapping(root, "scenarios", frozenset({"scenarios"}))
        found: dict[str, Scenario] = {}
        for node in self._list(top["scenarios"], "scenarios"):
            scenario = self._scenario(node)
            if scenario.code in found:
                line = self._lines["code"]
                raise self._wrong("scenario_line_twice", line, "code", given=scenario.code)
            found[scenario.code] = scenario
        if not found:
            raise self._wrong("scenario_line_nothing", _line(root), "scenarios")
        return tuple(found.values())

    def _scenario(self, node: yaml.Node) -> Scenario:
        self._lines = {}
        parts = self._mapping(node, "scenario", _SCENARIO)
        for key in ("code", "level", "frequency_days", "planned_minutes", "steps", "injects"):
            self._lines[key] = _line(parts[key])
        self._lines["name.zh"] = _line(parts["name_zh"])
        self._lines["name.en"] = _line(parts["name_en"])
        lines = {key: self._all(parts[key], key, self._pair) for key in _LINES}
        scenario = Scenario(
            code=self._text(parts["code"], "code"),
            name=Words(
                self._text(parts["name_zh"], "name_zh"), self._text(parts["name_en"], "name_en")
            ),
            level=self._choice(parts["level"], "level"),
            frequency_days=self._number(parts["frequency_days"], "frequency_days"),
            planned_minutes=self._number(parts["planned_minutes"], "planned_minutes"),
            injects=self._all(parts["injects"], "injects", self._inject),
            steps=self._all(parts["steps"], "steps", self._step),
            **lines,
        )
        try:
            return checked_scenario(scenario)
        except BadInput as error:
            line = self._line_of(error.field, _line(node))
            values = {**error.values, "key": error.field.rpartition(".")[2]}
            raise BadInput(
                f"scenario_line_{error.code.removeprefix('scenario_')}",
                field="file",
                file=self._file,
                line=line,
                **values,
            ) from error

    def _line_of(self, field: str, otherwise: int) -> int:
        while field and field not in self._lines:
            field = field.rpartition(".")[0]
        return self._lines.get(field, otherwise)

    def _step(self, node: yaml.Node, at: str) -> Step:
        parts = self._mapping(node, "steps", _STEP)
        self._note(at, parts)
        self._lines[f"{at}.words.zh"] = _line(parts["zh"])
        self._lines[f"{at}.success.zh"] = _line(parts["success_zh"])
        return Step(
            no=self._number(parts["no"], "no"),
            role=self._choice(parts["role"], "role"),
            anchor=self._text(parts["anchor"], "anchor"),
            target_s=self._number(parts["target_s"], "target_s"),
            critical=self._flag(parts["critical"], "critical"),
            evidence=self._choice(parts["evidence"], "evidence"),
            words=Words(self._text(parts["zh"], "zh"), self._text(parts["en"], "en")),
            success=Words(
                self._text(parts["success_zh"], "success_zh"),
                self._text(parts["success_en"], "success_en"),
            ),
        )

    def _inject(self, node: yaml.Node, at: str) -> Inject:
        parts = self._mapping(node, "injects", _INJECT)
        self._note(at, parts)
        name = self._text(parts["id"], "id")
        if not re.fullmatch(r"I[0-9]{1,2}", name):
            raise self._wrong("scenario_line_inject", _line(parts["id"]), "id")
        return Inject(
            no=int(name[1:]),
            planned_at_s=self._number(parts["planned_at_s"], "planned_at_s"),
            words=Words(self._text(parts["zh"], "zh"), self._text(parts["en"], "en")),
        )

    def _pair(self, node: yaml.Node, at: str) -> Words:
        parts = self._mapping(node, at.partition(".")[0], _WORDS)
        self._note(at, parts)
        return Words(self._text(parts["zh"], "zh"), self._text(parts["en"], "en"))

    # -- nodes --------------------------------------------------------------------------------

    def _note(self, at: str, parts: dict[str, yaml.Node]) -> None:
        for key, node in parts.items():
            self._lines[f"{at}.{key}"] = _line(node)

    def _all(
        self, node: yaml.Node, key: str, read: Callable[[yaml.Node, str], Any]
    ) -> tuple[Any, ...]:
        return tuple(
            read(item, f"{key}.{number}") for number, item in enumerate(self._list(node, key), 1)
        )

    def _mapping(self, node: yaml.Node, name: str, wanted: frozenset[str]) -> dict[str, yaml.Node]:
        if not isinstance(node, yaml.MappingNode):
            raise self._wrong("scenario_line_mapping", _line(node), name)
        parts: dict[str, yaml.Node] = {}
        for key, value in node.value:
            # A bare "no" is a boolean to YAML 1.1: what is written counts.
            text = str(key.value)
            if text not in wanted:
                raise self._wrong("scenario_line_unknown", _line(key), text)
            if text in parts:
                raise self._wrong("scenario_line_twice", _line(key), text, given=text)
            parts[text] = value
        lacking = sorted(wanted - parts.keys())
        if lacking:
            raise self._wrong("scenario_line_missing", _line(node), lacking[0])
        return parts

    def _list(self, node: yaml.Node, key: str) -> Iterator[yaml.Node]:
        if not isinstance(node, yaml.SequenceNode):
            raise self._wrong("scenario_line_list", _line(node), key)
        return iter(node.value)

    def _text(self, node: yaml.Node, key: str) -> str:
        if not isinstance(node, yaml.ScalarNode):
            raise self._wrong("scenario_line_text", _line(node), key)
        return str(node.value)

    def _choice(self, node: yaml.Node, key: str) -> str:
        text, known = self._text(node, key), _CHOICES[key]
        if text not in known:
            shown = ", ".join(code or '""' for code in known)
            raise self._wrong("scenario_line_choice", _line(node), key, choices=shown)
        return text

    def _number(self, node: yaml.Node, key: str) -> int:
        text = self._text(node, key)
        if not _WHOLE.fullmatch(text):
            raise self._wrong("scenario_line_number", _line(node), key)
        return int(text)

    def _flag(self, node: yaml.Node, key: str) -> bool:
        text = self._text(node, key)
        if text not in ("true", "false"):
            raise self._wrong("scenario_line_flag", _line(node), key)
        return text == "true"

    def _wrong(self, code: str, line: int, key: str, **more: str) -> BadInput:
        return BadInput(code, field="file", file=self._file, line=line, key=key, **more)


def _line(node: yaml.Node) -> int:
    return int(node.start_mark.line) + 1


def scenario_yaml(scenarios: tuple[Scenario, ...]) -> str:
    """The scenarios as a file that ``read_scenarios`` takes."""
    return yaml.safe_dump(
        {"scenarios": [_plain(scenario) for scenario in scenarios]},
        allow_unicode=True,
        sort_keys=False,
        width=100,
    )


def _plain(scenario: Scenario) -> dict[str, Any]:
    lines = {
        key: [{"zh": words.zh, "en": words.en} for words in getattr(scenario, key)]
        for key in _LINES
    }
    return {
        "code": scenario.code,
        "name_zh": scenario.name.zh,
        "name_en": scenario.name.en,
        "level": scenario.level,
        "frequency_days": scenario.frequency_days,
        "planned_minutes": scenario.planned_minutes,
        "injects": [
            {
                "id": f"I{inject.no}",
                "planned_at_s": inject.planned_at_s,
                "zh": inject.words.zh,
                "en": inject.words.en,
            }
            for inject in scenario.injects
        ],
        "steps": [
            {
                "no": step.no,
                "role": step.role,
                "anchor": step.anchor,
                "target_s": step.target_s,
                "critical": step.critical,
                "evidence": step.evidence,
                "zh": step.words.zh,
                "en": step.words.en,
                "success_zh": step.success.zh,
                "success_en": step.success.en,
            }
            for step in scenario.steps
        ],
        **lines,
    }
