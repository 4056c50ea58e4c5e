"""Every code of a complaint and every fact of its life has words on paper and in the journal."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from branch.complaints import codes
from branch.complaints.case import PAST
from branch.complaints.closings import BANDS
from branch.complaints.rules import State
from branch.complaints.statistics import ENDS
from branch.kernel.phrases import LANGUAGES, phrases
from reports.forms.complaint_words import code_word, code_words, yuan

COMPLAINTS = Path(__file__).parents[2] / "branch" / "complaints"
CODES = {
    "kind": codes.KINDS,
    "channel": codes.CHANNELS,
    "forwarded": codes.FORWARDED[1:],
    "capacity": codes.CAPACITIES,
    "identity": codes.IDENTITIES,
    "biz_channel": codes.BIZ_CHANNELS,
    "biz_class": codes.BIZ_CLASSES,
    "reason": codes.REASONS,
    "severity": codes.SEVERITIES,
    "urgency": codes.URGENCIES,
    "sensitivity": codes.SENSITIVITIES,
    "state": tuple(State),
    "refusal": codes.REFUSALS,
    "referred": codes.OUTCOMES_REFERRED,
    "finding": codes.FINDINGS,
    "cause": codes.CAUSES,
    "systemic": codes.SYSTEMIC,
    "remedy": codes.REMEDIES,
    "mode": codes.REPLY_MODES,
    "satisfaction": codes.SATISFACTIONS,
    "re_review": codes.RE_REVIEWS,
    "band": BANDS,
    "ended": tuple(ENDS.values()),
}


@pytest.mark.parametrize("dimension", CODES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_code_has_words(dimension: str, language: str) -> None:
    for code in CODES[dimension]:
        assert code_word(dimension, code, language) != code


def test_what_is_not_filled_in_says_so() -> None:
    assert code_word("reason", "", "zh") == "未填"
    assert code_word("hour", "9", "en") == "09:00"
    assert code_word("reason", "something_new", "zh") == "something_new"
    assert code_words("remedy", ("apology", "correction"), "zh") == "道歉、改正错误"
    assert yuan(463_000) == "4,630.00"


def noted() -> set[str]:
    """Every fact that a command of complaints notes by its own name."""
    found = set(PAST.values())
    for file in COMPLAINTS.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            is_call = isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
            if is_call and node.func.id == "note" and isinstance(node.args[2], ast.Constant):
                found.add(node.args[2].value)
    return found


def test_every_fact_of_a_complaint_has_a_sentence() -> None:
    told = {fact.partition(".")[2] for fact in phrases("journal").entries if "complaint." in fact}
    assert noted() - told == set()
