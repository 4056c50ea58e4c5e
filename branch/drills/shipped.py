"""The scenarios that come with the program, read from its resources; it keeps nothing."""

from __future__ import annotations

from functools import cache
from importlib import resources as package_files

from branch.drills.import_file import read_scenarios
from branch.drills.rules.scenario import Scenario

# A shipped scenario, and the plan that goes with it, are the first version of their kind.
VERSION = 1


@cache
def shipped_scenarios() -> dict[str, Scenario]:
    """The shipped scenarios by code, in their order."""
    name = "catalogue/scenarios.yaml"
    text = package_files.files("resources").joinpath(name).read_text(encoding="utf-8")
    return {scenario.code: scenario for scenario in read_scenarios(name, text)}
