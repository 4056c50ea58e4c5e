"""Draws the documentation of the state table out of the table itself.

Run whenever a step changes; a test says so when it was forgotten:

    .venv/bin/python -m tests.complaints.make_steps
"""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

import yaml

from branch.complaints import rules
from branch.complaints.rules import GIVEN_ANEW, ROLES_OF, STEPS, State, Step, Who, line_of
from branch.people.rules import PERSON_ROLES
from ui.models.complaint_words import state_label, step_label
from ui.models.words import role_label

PATH = Path(rules.__file__).with_name("STEPS.md")
_ENGLISH = Path(rules.__file__).parents[2] / "resources" / "translations" / "en"
_WHO = {
    Who.FIRST: "anybody who works here (首问责任人)",
    Who.REG: "the desk (登记岗)",
    Who.HAND: "the handler of the case (经办人)",
    Who.HEAD: "the head (网点负责人)",
    Who.UP: "the superior body (上级行消保岗)",
}
_HEAD = """\
# The steps of a complaint

Drawn from the one table, `branch/complaints/rules.py`; not to be changed by hand:
`.venv/bin/python -m tests.complaints.make_steps`. Commands, permissions, screens and tests go by
the same table. A step that is not here is refused, whoever tries it.

"""
_PARTS = """
## Whose part it is

Whoever a complaint is about, or who has an interest in it, is told that there is no such complaint.
Where everybody of a part is kept from a case, the part falls to the next: {line}.

| part | roles |
|---|---|
"""
_STATES = """
## From state to state

| state | leads to |
|---|---|
"""


def text() -> str:
    """The whole document, as it is to stand beside the table."""
    found = [_HEAD, "| step | from | to | who | if all of those are kept from it | by |\n"]
    found.append("|---|---|---|---|---|---|\n")
    for step in STEPS.values():
        found.append(_row(step, step_name(step.code)))
        if step.code == GIVEN_ANEW.code:
            found.append(_row(GIVEN_ANEW, f"{step_name(step.code)}, once handed back"))
    line = ", then ".join(_WHO[who] for who in line_of(STEPS["Accept"], Who.REG))
    found.append(_PARTS.format(line=line))
    for who, roles in ROLES_OF.items():
        named = ", ".join(
            f"{_english()[role_label(role)]} ({role_label(role)})"
            for role in PERSON_ROLES
            if role in roles
        )
        found.append(f"| {_WHO[who]} | {named} |\n")
    found.append(_STATES)
    for state in State:
        to = {step.to for step in STEPS.values() if state in step.froms and step.to}
        found.append(f"| {_named(state)} | {_states(to) or 'nothing'} |\n")
    return "".join(found)


def step_name(code: str) -> str:
    """A step by its command and by what its button says."""
    label = step_label(code)
    return f"`{code}`" if label == code else f"`{code}` {label}"


def _row(step: Step, name: str) -> str:
    parts = [who for who in Who if who in step.who]
    falls = [who for who in Who if any(who in line_of(step, one)[1:] for one in parts)]
    after = ", then ".join(_WHO[who] for who in falls if who not in parts)
    to = _named(step.to) if step.to else "stays" if step.code != "UndoMerge" else "where it stood"
    froms = _states(step.froms) or "nothing"
    who = ", ".join(_WHO[one] for one in parts)
    return f"| {name} | {froms} | {to} | {who} | {after} | {step.source} |\n"


def _states(states: Collection[State]) -> str:
    return ", ".join(_named(state) for state in State if state in states)


def _named(state: State) -> str:
    name = "re-review" if state is State.RE_REVIEW else state.replace("_", " ")
    return f"{name} ({state_label(state)})"


def _english() -> dict[str, str]:
    found: dict[str, str] = {}
    for path in _ENGLISH.glob("*.yaml"):
        found |= yaml.safe_load(path.read_text("utf-8"))
    return found


if __name__ == "__main__":
    PATH.write_text(text(), "utf-8")
