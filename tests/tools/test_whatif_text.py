"""What-if on the command line: options read, refusals said, the comparison printed."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from branch.kernel.errors import BadInput
from branch.kernel.settings import settle
from branch.lobby.whatif import Comparison
from branch.tools.whatif_text import comparison_json, comparison_text, whatif
from branch.tools.whatif_wanted import Wanted

DAY = """\
arrives_at,service,priority_class,care_needs,appointment,language,service_seconds,shows_up,leaves_after_minutes,rating
2026-11-20 09:01:00,P01,ordinary,,,zh,1800,yes,,5
2026-11-20 09:02:00,P01,ordinary,,,zh,1800,yes,,
2026-11-20 09:02:30,P01,ordinary,,,zh,1800,yes,,
2026-11-20 09:03:00,P01,ordinary,,,zh,1800,yes,,
2026-11-20 09:04:00,P01,ordinary,,,zh,600,yes,,
2026-11-20 09:05:00,P01,elderly,read_aloud,,zh,600,yes,,
"""


@pytest.fixture
def compare(tmp_path: Path) -> Callable[[Wanted], Comparison]:
    """The small day with changes, while there is no branch."""
    file = tmp_path / "day.csv"
    file.write_text(DAY, encoding="utf-8")
    settings = settle(str(tmp_path / "home"), None, environment={})
    return lambda wanted: whatif(settings, file, None, wanted, lambda share: True)


def test_one_more_teller_shortens_the_waits(compare: Callable[[Wanted], Comparison]) -> None:
    found = compare(Wanted(more=["09:00-12:00:cash"]))
    assert found.real == found.again
    assert found.real.waits.count == found.changed.waits.count == 6
    assert found.changed.waits.mean < found.real.waits.mean


def test_without_their_credit_the_elderly_wait_longer(
    compare: Callable[[Wanted], Comparison],
) -> None:
    found = compare(Wanted(credit=["elderly=0"]))
    assert found.changed.by_class["elderly"].mean > found.real.by_class["elderly"].mean
    assert found.changed.by_class["ordinary"].mean < found.real.by_class["ordinary"].mean


def test_nothing_is_left_behind(compare: Callable[[Wanted], Comparison], tmp_path: Path) -> None:
    compare(Wanted())
    assert [path.name for path in tmp_path.iterdir()] == ["day.csv"]


@pytest.mark.parametrize(
    ("wanted", "code"),
    [
        (Wanted(more=["9-12"]), "whatif_option"),
        (Wanted(more=["12:00-10:00"]), "whatif_option"),
        (Wanted(more=["29:00-29:30"]), "whatif_option"),
        (Wanted(more=["10:00-12:00:nothing"]), "whatif_code"),
        (Wanted(also=["99:cash"]), "whatif_option"),
        (Wanted(also=["1:nothing"]), "whatif_code"),
        (Wanted(also=["cash"]), "whatif_option"),
        (Wanted(credit=["nobody=3"]), "whatif_option"),
        (Wanted(credit=["elderly=-3"]), "whatif_option"),
    ],
)
def test_what_cannot_be_read_is_refused(
    compare: Callable[[Wanted], Comparison], wanted: Wanted, code: str
) -> None:
    with pytest.raises(BadInput) as refused:
        compare(wanted)
    assert refused.value.code == code


def test_a_past_day_needs_a_branch(tmp_path: Path) -> None:
    settings = settle(str(tmp_path), None, environment={})
    with pytest.raises(BadInput) as refused:
        whatif(settings, None, "2026-11-20", Wanted(), lambda share: True)
    assert refused.value.code == "no_branch_yet"


def test_text_and_json_say_the_same(compare: Callable[[Wanted], Comparison]) -> None:
    found = compare(Wanted(also=["5:cash"]))
    told = json.loads(comparison_json(found))
    assert told["changed"]["waits"]["count"] == 6
    for language, heads in (
        ("zh", ("当天", "按规则重排", "假如")),
        ("en", ("as it was", "what if")),
    ):
        text = comparison_text(found, language)
        for head in heads:
            assert head in text
        assert f"{told['changed']['waits']['mean'] / 60:.1f}" in text
