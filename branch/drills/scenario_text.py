"""A scenario as the store keeps it, JSON with every text; pure, and true in both directions."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from branch.drills.rules.scenario import Inject, Scenario, Step, Words

_LINES = ("basis", "objectives", "never", "variants", "questions")


def to_text(scenario: Scenario) -> str:
    """The scenario as text."""
    return json.dumps(asdict(scenario), ensure_ascii=False, separators=(",", ":"))


def from_text(text: str) -> Scenario:
    """The scenario that such a text keeps."""
    kept: dict[str, Any] = json.loads(text)
    kept["name"] = Words(**kept["name"])
    for key in _LINES:
        kept[key] = tuple(Words(**line) for line in kept[key])
    kept["injects"] = tuple(
        Inject(**{**inject, "words": Words(**inject["words"])}) for inject in kept["injects"]
    )
    kept["steps"] = tuple(
        Step(**{**step, "words": Words(**step["words"]), "success": Words(**step["success"])})
        for step in kept["steps"]
    )
    return Scenario(**kept)
