"""The fairness record on A4: what stands on it, page by page, and what is kept to the staff."""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader

from branch.lobby.fairness import Reason
from branch.lobby.queries.fairness import DayFairness
from branch.lobby.rules import CALL_REASONS
from reports.forms.fairness import (
    day_fairness_parts,
    day_fairness_pdf,
    ticket_story_parts,
    ticket_story_pdf,
)
from reports.forms.fairness_words import say, why_before
from reports.letterhead import Origin
from tests.conftest import OPENING
from tests.fairness_samples import (
    BRANCH,
    BROKEN,
    EVERY_REASON,
    KEPT,
    MINUTE,
    QUIET,
    WRITTEN,
    call,
    day_of,
    story_of,
)
from tests.reports.paper import READERS, dots, fonts, ink, packed

ZH = Origin("zh", BRANCH, OPENING + 60 * MINUTE)
EN = Origin("en", BRANCH, OPENING + 60 * MINUTE)

SENTENCES = {
    "zh": (
        "来得更早，早 4 分钟",
        "来得更早",
        "老年，按提前 30 分钟到达排序",
        "类别后来改过，仍按提前 30 分钟到达排序",
        "排序时间更早",
        "其他业务；这张号票不在 3 号柜台办",
        "这张号票已转到其他柜台等候",
        "之前已叫过，仍排在原来的位置",
        "之前错过叫号，按离开的 6 分钟顺延后仍在前面",
        "这张号票错过叫号，离开的 25 分钟不计入等候",
        "李静手动叫号，原因：身体不适",
        "李静手动叫号，原因：其他，带着发烧的孩子",
        "没有按次序叫号，请核对流水",
    ),
    "en": (
        "Came 4 min earlier",
        "Came earlier",
        "Senior: placed as if 30 min earlier",
        "Class changed later; still placed as if 30 min earlier",
        "Its place counts from an earlier time",
        "Other service; that of this ticket is not done at counter 3",
        "This ticket had been sent to another counter",
        "Had been called before and kept its place",
        "Had missed its call; still first after 6 min away were added",
        "This ticket missed its call; the 25 min away do not count",
        "Called by hand by 李静, reason: unwell",
        "Called by hand by 李静, reason: other, 带着发烧的孩子",
        "Out of order: please check the journal",
    ),
}


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_reason_in_words(language: str) -> None:
    told = story_of(*EVERY_REASON)
    found = tuple(why_before(told, item, language) for item in EVERY_REASON)
    assert found == SENTENCES[language]
    assert {item.reason for item in EVERY_REASON} == set(Reason)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_reason_of_a_call_by_hand_has_its_word(language: str) -> None:
    assert len({say(f"reason_{code}", language) for code in CALL_REASONS}) == len(CALL_REASONS)


def text_of(data: bytes, reader: str = "pypdf") -> str:
    return packed(READERS[reader](data))


@pytest.mark.parametrize("reader", READERS)
def test_a_story_says_facts_rule_and_calls_in_order(reader: str) -> None:
    text = text_of(ticket_story_pdf(story_of(*EVERY_REASON[:3]), ZH), reader)
    place = 0
    for part in (
        "云川银行湖滨路支行",
        "叫号次序说明",
        "号票A036营业日2026-11-20",
        "业务个人存款类别普通",
        "取号09:10叫到09:32，5号柜台，取号后22分钟",
        "老年客户按提前30分钟到达排序；比您晚到45分钟以上的客户，不会先于您办理同一业务。",
        "等候期间先叫到的号票，共3张次",
        "来得更早2，按优先排序1",
        "时间号票取号柜台业务为什么在前",
        "09:11A01109:063挂失来得更早，早4分钟",
        "09:12A01209:093挂失来得更早",
        "09:13A01309:393挂失老年，按提前30分钟到达排序",
    ):
        # The letterhead and the foot come first or last, as the reader likes.
        found = text.find(packed(part), 0 if part == "云川银行湖滨路支行" else place)
        assert found >= 0, part
        place = max(place, found)
    assert "第1页共1页" in text


def test_what_was_written_of_a_call_by_hand_is_for_the_staff() -> None:
    text = text_of(ticket_story_pdf(story_of(*EVERY_REASON), ZH))
    assert "李静手动叫号，原因：其他" in text
    assert WRITTEN not in text
    assert WRITTEN in text_of(day_fairness_pdf(KEPT, ZH))


@pytest.mark.parametrize(
    ("largest", "elderly", "sentence"),
    [
        (60, 0, "比您晚到60分钟以上的客户，不会先于您办理同一业务。"),
        (120, 20, "老年客户按提前20分钟到达排序；比您晚到120分钟以上的客户"),
        (0, 0, "同一业务按取号先后叫号。"),
    ],
)
def test_the_rule_has_the_numbers_that_were_in_force(
    largest: int, elderly: int, sentence: str
) -> None:
    told = story_of()
    changed = {"bound": largest * MINUTE, "elderly": elderly * MINUTE}
    told = type(told)(
        **{**vars(told), "story": type(told.story)(**{**vars(told.story), **changed})}
    )
    assert sentence in text_of(ticket_story_pdf(told, ZH))


def test_a_ticket_that_nobody_passed_says_so() -> None:
    text = text_of(ticket_story_pdf(story_of(until=None), ZH))
    assert "等候期间没有叫过别的号票" in text
    assert "还在等候，取号后50分钟" in text


def test_a_long_story_flows_with_its_head_and_numbered_pages() -> None:
    many = [call(Reason.OTHER_COUNTER, number) for number in range(11, 131)]
    data = ticket_story_pdf(story_of(*many), ZH)
    pages = [packed(page.extract_text()) for page in PdfReader(BytesIO(data)).pages]
    assert len(pages) > 3
    for number, page in enumerate(pages, 1):
        assert f"第{number}页共{len(pages)}页" in page
        assert "时间号票取号柜台业务为什么在前" in page
        assert "云川银行湖滨路支行" in page
    whole = "".join(pages)
    assert [f"A{n:03d}" in whole for n in range(11, 131)] == [True] * 120


def test_the_day_in_figures_with_its_verdict() -> None:
    text = text_of(day_fairness_pdf(KEPT, ZH))
    for part in (
        "叫号公平日报",
        "营业日2026-11-20",
        "叫号120",
        "先于早到者叫号3涉及1张号票",
        "最长晚到29分钟",
        "上限45分钟",
        "从未超过：除手动叫号外，没有人被晚到45分钟以上的客户先叫到",
        "老年329分钟",
        "09:21A0213李静，身体不适越过4人",
        "09:21A0223李静，其他，带着发烧的孩子没有越过别人",
    ):
        assert part in text, part


def test_what_exceeded_the_bound_is_shown_and_nothing_is_called_kept() -> None:
    text = text_of(day_fairness_pdf(BROKEN, ZH))
    assert "从未超过" not in text
    assert "有1次超过上限，列在下面" in text
    # A moment beyond the bound does not look like the bound.
    assert "最长晚到46分钟" in text
    assert "A060晚到46分钟，先于A012叫到，上限45分钟" in text
    assert "有1次没有按次序叫号，列在下面，请核对流水" in text
    assert "A023叫到3号柜台时，前面还有应先叫的号票" in text


def test_a_day_without_credits_overtakings_or_hands() -> None:
    text = text_of(day_fairness_pdf(QUIET, ZH))
    assert "从未超过：除手动叫号外，同一业务都按取号先后叫号" in text
    assert "这一天没有人先于早到者叫号" in text
    assert "这一天没有手动叫号" in text


@pytest.mark.parametrize("told", [KEPT, BROKEN, QUIET], ids=["kept", "broken", "quiet"])
def test_english_paper_has_chinese_names_only(told: DayFairness) -> None:
    text = text_of(day_fairness_pdf(told, EN)) + text_of(
        ticket_story_pdf(story_of(*EVERY_REASON), EN)
    )
    left = text.replace("李静", "").replace(WRITTEN, "")
    assert re.findall(r"[\u3400-\u9fff]", left) == []


def test_english_words_are_not_cut() -> None:
    pages = PdfReader(BytesIO(ticket_story_pdf(story_of(*EVERY_REASON), EN))).pages
    words = set(re.findall(r"[A-Za-z]+", pages[0].extract_text()))
    assert {"Ticket", "Business", "Issued", "Counter", "Service", "Why"} <= words


@pytest.mark.parametrize("origin", [ZH, EN], ids=["zh", "en"])
def test_a4_inside_its_margins(origin: Origin, tmp_path: Path) -> None:
    for data in (
        ticket_story_pdf(story_of(*EVERY_REASON), origin),
        day_fairness_pdf(KEPT, origin),
        day_fairness_pdf(BROKEN, origin),
    ):
        image = dots(data, tmp_path, dpi=100)
        assert image.size == (827, 1170)
        left, top, right, bottom = ink(image)
        assert (left, right) >= (77, 0)
        assert right <= 827 - 77
        assert top >= 57
        assert bottom <= 1170 - 38


def test_the_file_says_what_it_is() -> None:
    reader = PdfReader(BytesIO(ticket_story_pdf(story_of(), ZH)))
    assert reader.metadata is not None
    assert reader.metadata.title == "叫号次序 A036 2026-11-20"
    assert reader.trailer["/Root"]["/Lang"] == "zh-CN"
    reader = PdfReader(BytesIO(day_fairness_pdf(KEPT, EN)))
    assert reader.metadata is not None
    assert reader.metadata.title == "Fairness 2026-11-20"


def test_fonts_are_embedded_and_the_same_story_gives_the_same_bytes() -> None:
    data = ticket_story_pdf(story_of(*EVERY_REASON), ZH)
    assert data == ticket_story_pdf(story_of(*EVERY_REASON), ZH)
    names = {str(font["/BaseFont"])[8:] for font in fonts(data)}
    assert names == {"NotoSansSC-Regular", "NotoSansSC-Bold", "NotoSerifSC-Bold"}
    assert all("/FontFile2" in font["/FontDescriptor"] for font in fonts(data))


def test_the_parts_can_follow_those_of_another_report() -> None:
    parts = [*day_fairness_parts(day_of(KEPT.judgement), ZH), *ticket_story_parts(story_of(), ZH)]
    assert all(part.wrap(0, 0)[1] > 0 for part in parts)
