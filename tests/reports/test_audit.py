"""The extract of the journal on paper and as a table: head, filter, every entry, both languages."""

from __future__ import annotations

import csv
from datetime import datetime
from io import BytesIO
from zoneinfo import ZoneInfo

import pytest
from pypdf import PdfReader

from branch.kernel.journal import Entry, canonical, chained_hash
from branch.people.queries.audit import ALL, AuditFilter
from reports.forms import audit
from reports.forms.audit import CHUNK, Extract, audit_csv, audit_pdf, file_name
from reports.forms.audit_words import Names
from reports.letterhead import Origin
from tests.conftest import OPENING
from tests.fairness_samples import BRANCH
from tests.reports.paper import READERS, packed

ZH = Origin("zh", BRANCH, OPENING)
EN = Origin("en", BRANCH, OPENING)
NAMES = Names({3: ("100482", "王敏"), 9: ("100402", "田野")}, {n: f"A{n:03}" for n in range(999)})


def entries(count: int) -> tuple[Entry, ...]:
    """A chain of calls and one refusal, the newest first."""
    made: list[Entry] = []
    before = ""
    for revision in range(1, count + 1):
        fact, subject, data = "ticket.called", str(revision % 999), {"counter": 3}
        if revision == 2:
            fact, subject, data = "command.refused", "CallTicket", {"code": "not_permitted"}
        fields = (revision, OPENING + revision * 1_000, "counter-3", 3, fact, subject)
        before = chained_hash(before, *fields, canonical(data))
        made.append(Entry(*fields, data, before))  # type: ignore[arg-type]
    return tuple(reversed(made))


def extract(count: int, wanted: AuditFilter = ALL, subject: str = "") -> Extract:
    made = entries(count)
    head = (count, made[0].hash) if made else (1, "ab" * 32)
    return Extract(made, NAMES, wanted, subject, head, 9)


@pytest.mark.parametrize("reader", READERS)
def test_the_paper_says_what_when_who_on_whom(reader: str) -> None:
    told = extract(4, AuditFilter(topic="ticket", staff=3), "A004")
    text = packed(READERS[reader](audit_pdf(told, ZH)))
    for words in (
        "流水摘录",
        "王敏（100482），号票，对象A004",
        told.head[1],
        "田野（100402）",
        "2026-11-2009:00:04",
        "叫到3号柜台",
        "号票A004",
        "操作未获准：您的岗位不能做这一步",
        "优先叫号",
        f"流水末条第4条，校验码{told.head[1][:16]}",
        "第1页共1页",
    ):
        assert packed(words) in text, words


def test_the_paper_in_english() -> None:
    text = packed(READERS["pypdf"](audit_pdf(extract(3), EN)))
    for words in (
        "Extract of the journal",
        "everything",
        "Called to counter 3",
        "Call out of turn",
    ):
        assert packed(words) in text, words


def test_an_empty_extract_says_so() -> None:
    assert packed("没有符合条件的记录") in packed(READERS["pypdf"](audit_pdf(extract(0), ZH)))


def test_every_entry_stands_on_one_of_many_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(audit, "CHUNK", 40)
    count = 150
    paper = PdfReader(BytesIO(audit_pdf(extract(count), ZH)))
    pages = [page.extract_text() for page in paper.pages]
    assert len(pages) > 3
    whole = "\n".join(pages)
    for revision in range(1, count + 1):
        assert f"2026-11-20 09:0{revision // 60}:{revision % 60:02}" in whole.replace("\n", " ")
    assert all("条号" in page for page in pages)
    assert CHUNK == 500


def test_the_same_extract_gives_the_same_bytes() -> None:
    assert audit_pdf(extract(5), ZH) == audit_pdf(extract(5), ZH)
    assert audit_csv(extract(5), ZH) == audit_csv(extract(5), ZH)


def test_a_table_can_be_checked_without_the_program() -> None:
    """Whoever has the file alone can hold every entry against the one before and the head."""
    rows = list(csv.reader(audit_csv(extract(30), ZH).splitlines()))
    blank = rows.index([])
    facts = dict(rows[:blank])
    heads = rows[blank + 1]
    assert heads[0] == "条号"
    assert heads[-2:] == ["记录内容", "校验码"]
    before = ""
    for row in reversed(rows[blank + 2 :]):
        line = dict(zip(heads, row, strict=True))
        at = round(datetime.fromisoformat(line["时间"]).timestamp() * 1_000)
        fields = (int(line["条号"]), at, line["工位代码"], 3, line["事件代码"], line["对象代码"])
        before = chained_hash(before, *fields, line["记录内容"])
        assert before == line["校验码"]
    assert (facts["流水末条"], facts["末条校验码"]) == ("30", before)
    refused = [row for row in rows[blank + 2 :] if row[heads.index("未获准")] == "是"]
    assert [row[heads.index("事件代码")] for row in refused] == ["command.refused"]


def test_times_of_the_table_know_their_zone() -> None:
    rows = list(csv.reader(audit_csv(extract(1), ZH).splitlines()))
    assert rows[-1][1] == "2026-11-20T09:00:01.000+08:00"
    assert ZH.zone == ZoneInfo("Asia/Shanghai")


def test_the_file_is_named_by_its_day() -> None:
    assert file_name(ZH) == "流水 2026-11-20"
    assert file_name(EN) == "Journal 2026-11-20"
