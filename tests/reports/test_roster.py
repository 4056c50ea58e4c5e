"""The list of everybody inside: who is looked for first, boxes, and how fast it is there."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader

from branch.visitors.queries.roster import Roster, Somebody
from reports.forms.roster import roster_pdf
from tests.reports.paper import READERS, dots, packed
from tests.reports.register_samples import BRANCH, NOW, PEOPLE


def read(
    roster: Roster,
    language: str = "zh",
    made_at: int = NOW,
    marks: Mapping[tuple[str, int], str] | None = None,
    reader: str = "pdftotext",
) -> str:
    return packed(READERS[reader](roster_pdf(roster, BRANCH, language, made_at, marks)))


@pytest.mark.parametrize("reader", READERS)
def test_who_needs_help_comes_first_and_names_are_whole(reader: str) -> None:
    said = read(PEOPLE, reader=reader)
    assert "现场人员名册截至2026-11-2010:26" in said
    assert "合计6人需要协助1人员工2人访客1人客户，按号票2人" in said
    lines = (
        "需要协助（1人）A032行动不便、有人陪同安全未找到",
        "员工（2人）李静大堂安全未找到王敏1号柜台安全未找到",
        "访客（1人）周建军V-04，自助区，安达设备维保，找李静安全未找到",
        "客户，按号票（2人）A030安全未找到A0312号柜台安全未找到",
        "名册外的人安全未找到",
        "点到人数时间清点人签字",
    )
    places = [said.index(line) for line in lines]
    assert places == sorted(places)


def test_blank_lines_wait_for_who_is_on_no_list() -> None:
    said = read(PEOPLE)
    assert said.endswith("名册外的人" + 6 * "安全未找到" + "点到人数时间清点人签字")


def test_an_empty_list_says_so_and_can_still_be_filled_in() -> None:
    said = read(Roster(NOW, ()))
    assert "名册上没有人。" in said
    assert "名册外的人安全未找到" in said


def test_an_old_list_says_when_it_stopped() -> None:
    sentence = "名册停在2026-11-2010:26，之后进出的人请现场核对。"
    assert sentence not in read(PEOPLE, made_at=NOW + 100_000)
    assert sentence in read(PEOPLE, made_at=NOW + 600_000)


def test_marks_of_a_roll_call_are_ticked(tmp_path: Path) -> None:
    marks = {("staff", 3): "safe", ("visitor", 4): "not_here", ("customer", 30): "missing"}
    assert "找李静不在场" in read(PEOPLE, marks=marks)
    plain = dots(roster_pdf(PEOPLE, BRANCH, "zh", NOW), tmp_path, 100)
    ticked = dots(roster_pdf(PEOPLE, BRANCH, "zh", NOW, {("staff", 3): "safe"}), tmp_path, 100)
    assert plain.tobytes() != ticked.tobytes()


def test_whoever_was_added_by_hand_stands_before_the_blank_lines() -> None:
    added = Roster(NOW, (*PEOPLE.people, Somebody("unlisted", 88, "郑洁", "hall")))
    assert "名册外的人（1人）郑洁大厅安全未找到安全未找到" in read(added)


def test_english_words() -> None:
    said = READERS["pdftotext"](roster_pdf(PEOPLE, BRANCH, "en", NOW))
    for words in (
        "People inside",
        "As of 2026-11-20 10:26",
        "Need help (1)",
        "Mobility, Accompanied",
        "Counter 1",
        "to see 李静",
        "Not found",
        "Not on the list",
    ):
        assert words in said


def test_many_people_flow_over_pages_and_none_is_lost() -> None:
    many = Roster(
        NOW,
        tuple(
            Somebody(kind, n, f"{kind[0].upper()}{n:03d}", "")
            for kind in ("staff", "visitor", "customer")
            for n in range(100)
        ),
    )
    pages = PdfReader(BytesIO(roster_pdf(many, BRANCH, "zh", NOW))).pages
    said = "".join(packed(page.extract_text()) for page in pages)
    assert len(pages) > 3
    assert [person.label for person in many.people if person.label not in said] == []


def test_rare_and_long_names_print() -> None:
    people = tuple(
        replace(PEOPLE.people[0], ref=n, label=name)
        for n, name in enumerate(("龚䶮", "何𬭚", "黄㛃志", "阿卜杜热西提·买买提"))
    )
    said = read(Roster(NOW, people))
    for name in ("龚䶮", "何𬭚", "黄㛃志"):
        assert name in said
    assert "阿卜杜热" in said


def test_the_list_is_there_at_once() -> None:
    """47 people, as on an ordinary morning: nobody waits for the paper in an emergency."""
    people = [Somebody("staff", n, f"员工{n}", "lobby") for n in range(18)]
    people += [Somebody("customer", n, f"A{n:03d}", "") for n in range(23)]
    people += [Somebody("visitor", n, f"访客{n}", "hall", "安达", f"V-{n}") for n in range(6)]
    roster_pdf(PEOPLE, BRANCH, "zh", NOW)
    took = []
    for _ in range(5):
        start = time.perf_counter()
        roster_pdf(Roster(NOW, tuple(people)), BRANCH, "zh", NOW)
        took.append(time.perf_counter() - start)
    assert min(took) < 0.1
