"""A notice out of a file: both kinds, what is wrong named by its line, the preview, the doubts."""

from __future__ import annotations

import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from branch.kernel.errors import BadInput
from branch.kernel.phrases import phrases
from branch.workdays.import_file import YearFile, csv_text, doubts_about, previews, read_year
from branch.workdays.rules import SpecialDay
from branch.workdays.shipped import shipped_years

KNOWN = {
    year: tuple(SpecialDay(day, kind, name) for day, (kind, name) in sorted(days.items()))
    for year, days in shipped_years().items()
}


def off(*days: str, name: str = "元旦") -> tuple[SpecialDay, ...]:
    return tuple(SpecialDay(date.fromisoformat(day), False, name) for day in days)


def as_json(year: int, days: tuple[SpecialDay, ...]) -> bytes:
    """The shape of the public files."""
    content = {
        "$schema": "schema.json",
        "year": year,
        "papers": ["https://example.org/notice.htm"],
        "days": [
            {"name": d.name, "date": d.day.isoformat(), "isOffDay": not d.worked} for d in days
        ],
    }
    return json.dumps(content, ensure_ascii=False, indent=4).encode()


@pytest.mark.parametrize("year", sorted(KNOWN))
def test_every_shipped_year_comes_back_from_both_kinds_of_file(year: int) -> None:
    for name, data in (
        ("year.csv", csv_text(KNOWN[year]).encode("utf-8-sig")),
        ("year.json", as_json(year, KNOWN[year])),
    ):
        found = read_year(name, data)
        assert (found.year, found.days) == (year, KNOWN[year])
        (preview,) = previews(found, KNOWN)
        assert preview.is_same
        # What the State Council really announced raises no doubt.
        assert preview.doubts == ()


def test_a_spreadsheet_s_own_ways_are_understood() -> None:
    text = "名称;日期;类型\r\n元旦;2027/1/1;休\r\n;2027年1月3日;班\r\n\r\n"
    found = read_year("2027年.csv", text.encode("gb18030"))
    assert found == YearFile(
        2027, (*off("2027-01-01"), SpecialDay(date(2027, 1, 3), worked=True, name=""))
    )
    english = read_year("y.csv", b"date\tname\tisOffDay\n2027-01-01\tNew Year\tTRUE\n")
    assert english.days == off("2027-01-01", name="New Year")


HEAD = "日期,名称,安排\n"
LINE_JSON = '{\n "year": 2027,\n "days": [\n  {"name": "元旦", "date": "2027-01-01"%s}%s\n ]\n}'
OFF_TRUE = ', "isOffDay": true'


@pytest.mark.parametrize(
    ("name", "text", "sentence"),
    [
        ("a.csv", "什么,都,不是\n", "a.csv 第 1 行应为表头：日期,名称,安排"),
        ("a.csv", HEAD + "2027-01-01,元旦\n", "a.csv 第 2 行缺少栏目，应为日期、名称、安排三栏"),
        ("a.csv", HEAD + "2027-02-30,元旦,放假\n", "a.csv 第 2 行：日期应如 2027-01-01"),
        ("a.csv", HEAD + "\n2027-01-01,元旦,也许\n", "a.csv 第 3 行：安排应写“放假”或“上班”"),
        (
            "a.csv",
            HEAD + "2027-01-01,元旦,放假\n2027-01-01,元旦,放假\n",
            "a.csv 第 3 行：2027-01-01 前面已写过，每天写一次",
        ),
        (
            "a.csv",
            HEAD + "2027-01-01,元旦,放假\n2027-01-02,元旦,放假\n2028-01-01,元旦,放假\n",
            "a.csv 第 4 行：2028-01-01 不属于 2027 年的安排",
        ),
        ("a.csv", HEAD, "a.csv 里没有放假日，可能还没有公布"),
        ("a.csv", "", "a.csv 里没有放假日，可能还没有公布"),
        ("a.csv", HEAD + "2027-01-03,,上班\n", "a.csv 里没有放假日，可能还没有公布"),
        ("a.json", '{"year": 2027,\n "days": [', "a.json 第 2 行不是完整的 JSON"),
        ("a.json", '{\n"year": "27", "days": []}', 'a.json 第 2 行：应有年份，如 "year": 2027'),
        ("a.json", '{"year": ' + "9" * 5000 + "}", "a.json 第 1 行不是完整的 JSON"),
        ("a.json", "[]", 'a.json 第 1 行：应有年份，如 "year": 2027'),
        ("a.json", '{"year": 2027}', 'a.json 第 1 行：应有日期列表 "days": […]'),
        ("a.json", '{"year": 2027, "days": []}', "a.json 里没有放假日，可能还没有公布"),
        (
            "a.json",
            LINE_JSON % (OFF_TRUE, ',\n  {"name": "元旦"}'),
            "a.json 第 5 行：每一天应写 name、date 和 isOffDay",
        ),
        ("a.json", LINE_JSON % ("", ""), "a.json 第 4 行：isOffDay 应为 true 或 false"),
        (
            "a.json",
            LINE_JSON % (OFF_TRUE, ',\n\n  {"date": "1月2日", "isOffDay": true}'),
            "a.json 第 6 行：日期应如 2027-01-01",
        ),
    ],
)
def test_what_is_wrong_is_named_with_its_line(name: str, text: str, sentence: str) -> None:
    with pytest.raises(BadInput) as refused:
        read_year(name, text.encode())
    assert refused.value.field == "file"
    assert phrases("errors").say(refused.value.code, "zh", **refused.value.values) == sentence
    assert phrases("errors").say(refused.value.code, "en", **refused.value.values)


def test_what_is_no_text_or_far_too_long_is_refused() -> None:
    for data, code in ((b"\xff\xfe\x00\xd8", "calendar_file_text"), (b"x" * 2_000_000, "long")):
        with pytest.raises(BadInput) as refused:
            read_year("holidays.xlsx", data)
        assert code in refused.value.code
        assert refused.value.values["file"] == "holidays.xlsx"


def refused_or_read(name: str, data: bytes) -> object:
    """The days, or the sentence that says why not; anything else is a defect."""
    try:
        return read_year(name, data)
    except BadInput as error:
        return phrases("errors").say(error.code, "zh", **error.values)


@given(st.binary(max_size=300))
def test_no_bytes_are_a_defect(data: bytes) -> None:
    for name in ("a.csv", "a.json"):
        assert refused_or_read(name, data)


@given(st.recursive(st.none() | st.booleans() | st.integers() | st.text(max_size=5),
                    lambda inner: st.lists(inner) | st.dictionaries(
                        st.sampled_from(["year", "days", "date", "name", "isOffDay", "papers"]),
                        inner)))  # fmt: skip
def test_no_json_is_a_defect(content: object) -> None:
    assert refused_or_read("a.json", json.dumps(content).encode())


def test_the_preview_tells_added_changed_and_removed() -> None:
    mended = [one for one in KNOWN[2026] if one.day != date(2026, 10, 7)]
    mended = [
        SpecialDay(one.day, False, "国庆节") if one.day == date(2026, 10, 10) else one
        for one in mended
    ]
    mended.append(SpecialDay(date(2026, 9, 19), True, ""))
    (preview,) = previews(YearFile(2026, tuple(sorted(mended, key=lambda d: d.day))), KNOWN)
    assert [one.day for one in preview.added] == [date(2026, 9, 19)]
    assert [(a.worked, b.worked, b.day) for a, b in preview.changed] == [
        (True, False, date(2026, 10, 10))
    ]
    assert [one.day for one in preview.removed] == [date(2026, 10, 7)]
    assert not preview.is_same


def test_a_notice_may_set_days_of_the_december_before() -> None:
    days = (
        SpecialDay(date(2026, 12, 26), True, ""),
        *off("2026-12-31", "2027-01-01", "2027-01-02"),
    )
    own, before = previews(YearFile(2027, days), KNOWN)
    assert (own.year, before.year) == (2027, 2026)
    assert [one.day.isoformat() for one in own.days] == ["2027-01-01", "2027-01-02"]
    assert len(before.days) == len(KNOWN[2026]) + 2
    assert before.removed == ()
    with pytest.raises(BadInput) as refused:
        previews(YearFile(2028, off("2027-12-31", "2028-01-01")), KNOWN)
    assert (refused.value.code, refused.value.values["year"]) == ("calendar_other_year_first", 2027)


def moved(days: tuple[SpecialDay, ...], year: int) -> tuple[SpecialDay, ...]:
    return tuple(SpecialDay(one.day.replace(year=year), one.worked, one.name) for one in days)


def test_last_year_s_table_with_another_number_is_doubted() -> None:
    doubts = doubts_about(2027, moved(KNOWN[2026], 2027), KNOWN)
    assert "same_as_other_year" in doubts
    # Copied, its worked weekends fall on weekdays.
    assert "weekday_worked" in doubts


@pytest.mark.parametrize(
    ("days", "doubts"),
    [
        (off("2027-01-01"), {"off_count", "no_work_weekends", "statutory_missing"}),
        (
            tuple(one for one in KNOWN[2026] if one.worked or one.day != date(2026, 10, 1)),
            {"statutory_missing"},
        ),
        (tuple(one for one in KNOWN[2026] if not one.worked), {"no_work_weekends"}),
    ],
)
def test_doubts_are_told_and_forbid_nothing(days: tuple[SpecialDay, ...], doubts: set[str]) -> None:
    year = days[0].day.year
    others = {key: value for key, value in KNOWN.items() if key != 2026}
    assert set(doubts_about(year, days, others)) == doubts
