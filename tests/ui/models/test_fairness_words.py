"""The record's lists and sentences as screens show them."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from branch.kernel.clock import from_ms
from tests.conftest import OPENING
from tests.fairness_samples import BROKEN, EVERY_REASON, KEPT, MINUTE, QUIET, story_of
from ui.models.fairness_words import (
    hand_lines,
    rule_sentence,
    story_lines,
    tally_sentence,
    ticket_facts,
    verdict_sentences,
    why,
    wrong_lines,
)
from ui.shell.language import language


def local(ms: int) -> datetime:
    return from_ms(ms, ZoneInfo("Asia/Shanghai"))


def test_every_call_before_has_time_number_reason_and_issue() -> None:
    lines = story_lines(story_of(*EVERY_REASON), local)
    assert lines[0].spoken() == ("09:11，A011，来得更早，早 4 分钟，挂失，3 号柜台，09:06 取号")
    # Staff see what was written to a call by hand.
    assert lines[11].sentence == "李静手动叫号，原因：其他，带着发烧的孩子"
    assert [line.number for line in lines if line.wrong] == ["A023"]


def test_the_sentences_follow_the_language() -> None:
    told = story_of(*EVERY_REASON)
    assert why(told, EVERY_REASON[2]) == "老年，按提前 30 分钟到达排序"
    assert tally_sentence(told).startswith("等候期间先叫到 13 次：")
    assert "手动叫号 2" in tally_sentence(told)
    language().choose("en")
    assert why(told, EVERY_REASON[2]) == "Senior: placed as if 30 min earlier"
    assert rule_sentence(told).startswith("Elderly customers are placed as if")
    assert tally_sentence(told).startswith("Called while it waited, 13 in all: ")
    assert story_lines(told, local)[0].second == "Loss report, counter 3, issued 09:06"


def test_what_became_of_a_ticket() -> None:
    assert ticket_facts(story_of(), local) == (
        "普通，09:10 取号，09:32 叫到 5 号柜台，取号后 22 分钟"
    )
    assert ticket_facts(story_of(until=None), local) == "普通，09:10 取号，还在等候"
    gone = story_of(until=None)
    gone.story.life.left_at = OPENING + 40 * MINUTE
    left = type(gone)(
        **{
            **vars(gone),
            "story": type(gone.story)(**{**vars(gone.story), "until": OPENING + 40 * MINUTE}),
        }
    )
    assert ticket_facts(left, local) == "普通，09:10 取号，09:40 离开"


def test_a_day_that_kept_the_rule_lists_nothing_wrong() -> None:
    assert wrong_lines(KEPT, local) == []
    assert verdict_sentences(KEPT) == [
        "从未超过：除手动叫号外，没有人被晚到 45 分钟以上的客户先叫到"
    ]
    assert [line.spoken() for line in hand_lines(KEPT, local)] == [
        "09:21，A021，李静，身体不适，3 号柜台，越过 4 人",
        "09:21，A022，李静，其他，带着发烧的孩子，3 号柜台，没有越过别人",
    ]
    assert hand_lines(QUIET, local) == []


def test_a_day_that_broke_it_shows_everything() -> None:
    lines = wrong_lines(BROKEN, local)
    assert [line.spoken() for line in lines] == [
        "09:40，A060，A060 晚到 46 分钟，先于 A012 叫到，上限 45 分钟",
        "09:23，A023，A023 叫到 3 号柜台时，前面还有应先叫的号票",
    ]
    assert all(line.wrong for line in lines)
    assert len(verdict_sentences(BROKEN)) == 2
