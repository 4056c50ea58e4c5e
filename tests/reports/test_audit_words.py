"""Every fact that the code records has its words, and so have kinds, subjects and the table."""

from __future__ import annotations

from fnmatch import fnmatchcase
from zoneinfo import ZoneInfo

import pytest

from branch.bootstrap import HANDLERS
from branch.kernel.journal import GENESIS, Entry
from branch.kernel.phrases import phrases
from branch.people.queries.audit import REFUSED, REVEALED, AuditFilter, facts, topics
from branch.people.rules import EXPORTS, PERMISSIONS, READS
from reports.forms.audit_words import (
    Names,
    audit_line,
    filter_words,
    place_words,
    topic_words,
)
from tests.conftest import OPENING
from tests.reports.recorded import recorded_facts

ZONE = ZoneInfo("Asia/Shanghai")
NAMES = Names({3: ("100482", "王敏"), 9: ("100001", "管理员")}, {17: "A012"})
# Recorded by earlier versions only, so that old entries can still be read.
FORMER = {"staff.changed"}


def entry(what: str, subject: str = "1", staff: int = 3, **data: object) -> Entry:
    return Entry(5, OPENING, "counter-3", staff, what, subject, data, "")  # type: ignore[arg-type]


def test_every_fact_that_is_recorded_has_words() -> None:
    known = facts()
    wordless = {
        fact: place
        for fact, place in recorded_facts().items()
        if not any(fnmatchcase(one, fact) for one in known)
    }
    assert wordless == {}


def test_no_words_without_a_fact() -> None:
    recorded = {*recorded_facts(), GENESIS, *FORMER}
    idle = [one for one in facts() if not any(fnmatchcase(one, fact) for fact in recorded)]
    assert idle == []


@pytest.mark.parametrize("topic", topics())
def test_every_kind_has_a_name_and_a_way_to_call_its_subject(topic: str) -> None:
    for language in ("zh", "en"):
        assert topic_words(topic, language)
    assert f"subject.{topic}" in phrases("audit").entries


@pytest.mark.parametrize("name", sorted({*PERMISSIONS, *(kind.__name__ for kind in HANDLERS)}))
def test_every_command_has_words(name: str) -> None:
    assert name in phrases("permissions").entries


@pytest.mark.parametrize("what", READS)
def test_everything_that_is_read_has_words(what: str) -> None:
    assert f"read.{what}" in phrases("permissions").entries


@pytest.mark.parametrize("kind", EXPORTS)
def test_every_kind_of_export_has_words(kind: str) -> None:
    assert f"export.{kind}" in phrases("audit").entries


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("what", facts())
def test_an_entry_is_told_even_when_it_kept_less(what: str, language: str) -> None:
    line = audit_line(entry(what), NAMES, language, ZONE)
    assert line.what
    assert line.what != what
    assert line.subject
    assert "{" not in f"{line}"


@pytest.mark.parametrize(
    ("told", "zh", "en"),
    [
        (entry("ticket.called", "17", counter=3), "叫到 3 号柜台", "Called to counter 3"),
        (
            entry("command.refused", "CallTicket", code="not_permitted"),
            "操作未获准：您的岗位不能做这一步",
            "Step refused: Your role may not do this",
        ),
        (
            entry("session.refused", "lobby", code="sign_in_wait"),
            "登录未成功：请等 … 秒再试",
            "Sign-in refused: Please wait … s before trying again",
        ),
        (entry("export.made", "audit_csv", rows=812), "导出 812 条", "812 rows exported"),
        (entry("something.new"), "something.new", "something.new"),
    ],
)
def test_what_happened_in_words(told: Entry, zh: str, en: str) -> None:
    assert audit_line(told, NAMES, "zh", ZONE).what == zh
    assert audit_line(told, NAMES, "en", ZONE).what == en


@pytest.mark.parametrize(
    ("told", "zh", "en"),
    [
        (entry("ticket.called", "17"), "号票 A012", "ticket A012"),
        (entry("print.noted", "18"), "号票 记录 18", "ticket record 18"),
        (entry("counter.opened", "3"), "3 号柜台", "counter 3"),
        (entry("visitor.came", "17"), "访客第 17 号", "visitor no. 17"),
        (entry("staff.pin_reset", "3"), "王敏（100482）", "王敏 (100482)"),
        (entry("staff.pin_reset", "77"), "账户 77", "account 77"),
        (entry("session.opened", "counter-3"), "3 号柜台", "Counter 3"),
        (entry("command.refused", "CallTicket"), "优先叫号", "Call out of turn"),
        (entry("catalogue.counter_changed", "3"), "3 号柜台", "counter 3"),
        (entry("catalogue.service_changed", "P01"), "业务 P01", "service P01"),
        (entry("export.made", "audit_pdf", rows=1), "流水，PDF", "journal, PDF"),
        (entry("something.new", "7"), "7", "7"),
    ],
)
def test_on_whom_in_words(told: Entry, zh: str, en: str) -> None:
    assert audit_line(told, NAMES, "zh", ZONE).subject == zh
    assert audit_line(told, NAMES, "en", ZONE).subject == en


def test_who_where_and_when() -> None:
    line = audit_line(entry("ticket.called", "17", counter=3), NAMES, "zh", ZONE)
    assert (line.who, line.place, line.time) == (
        "王敏（100482）", "3 号柜台", "2026-11-20 09:00:00",
    )  # fmt: skip
    assert audit_line(entry("session.refused", staff=0), NAMES, "zh", ZONE).who == "未登录"
    assert audit_line(entry("branch.founded", staff=0), NAMES, "zh", ZONE).who == "厅堂程序"
    assert [place_words(name, "zh") for name in ("lobby", "kiosk-2", "counter-12", "x-1")] == [
        "大堂", "2 号取号机", "12 号柜台", "x-1",
    ]  # fmt: skip


def test_refusals_and_full_views_are_marked() -> None:
    def marks(what: str) -> tuple[bool, bool]:
        line = audit_line(entry(what), NAMES, "zh", ZONE)
        return line.refused, line.view

    assert marks("command.refused") == (True, False)
    assert marks("visitor.refused") == (False, False)
    assert marks("visitor.revealed") == (False, True)
    assert marks("ticket.called") == (False, False)


def test_a_filter_in_words() -> None:
    day = 86_400_000
    midnight = OPENING - 9 * 3_600_000
    wanted = AuditFilter(
        since=midnight, until=midnight + 2 * day, staff=3, topic="ticket", station="lobby",
        only=REFUSED,
    )  # fmt: skip
    assert filter_words(wanted, "A012", NAMES, "zh", ZONE) == (
        "2026-11-20 起，到 2026-11-21，王敏（100482），号票，大堂，对象 A012，只看未获准"
    )
    assert filter_words(AuditFilter(only=REVEALED), "", NAMES, "en", ZONE) == "full views only"
    assert filter_words(AuditFilter(), "", NAMES, "zh", ZONE) == "全部"
