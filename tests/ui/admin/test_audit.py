"""The page of the journal: filters, pages, one entry whole, the check, exports with their trace."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from branch.bootstrap import Branch
from branch.complaints.commands.acceptance import Accept
from branch.complaints.commands.handling import Assign
from branch.complaints.commands.registration import SetSubjects
from branch.kernel import journal
from branch.kernel.clock import SetClock
from branch.kernel.errors import BranchError
from branch.lobby.commands.arrivals import Issue
from branch.lobby.commands.calling import CallNext, CallTicket
from branch.lobby.commands.counters import OpenCounter
from branch.people.commands import ResetPin
from branch.people.queries import account_id
from branch.people.queries.audit import ALL, PAGE, REFUSED, audit_count
from branch.rooms.commands.bookings import SeatInRoom
from branch.rooms.commands.linking import LinkSession, UnlinkSession
from tests.complaints.desk import ADVISER, OFFICER, Desk
from tests.long_journal import lengthen
from tests.rooms.house import House
from tests.ui.admin.conftest import AUDITOR, MANAGER, SUPERIOR, OpenAdmin, press, write
from ui.admin import audit_export
from ui.admin.audit_model import AuditModel
from ui.admin.audit_page import AuditPage
from ui.admin.audit_rows import Asked, audit_rows, narrowed
from ui.admin.window import AdminWindow
from ui.shell.language import language
from ui.widgets.rows import STATE
from ui.widgets.state import State

Run = Callable[[str, str, object], Any]
TIME, WHO, PLACE, WHAT, SUBJECT, MARK = range(1, 7)


def page_of(window: AdminWindow) -> AuditPage:
    page = window.pages["audit"]
    assert isinstance(page, AuditPage)
    return page


def cells(page: AuditPage, column: int) -> list[str]:
    rows = range(page.model.rowCount())
    return [str(page.model.index(row, column).data()) for row in rows]


@pytest.fixture
def morning(run: Run, other: Branch) -> None:
    """Two tickets, one call, one refusal, one PIN reset."""
    run("100482", "counter-1", OpenCounter(1))
    for _ in range(2):
        run("KIOSK", "kiosk-1", Issue("P01"))
    run("100482", "counter-1", CallNext(1))
    with pytest.raises(BranchError):
        run("100482", "counter-1", CallTicket(2, 1, "other", "某人"))
    run("100101", "admin", ResetPin(account_id(other.store, "100483") or 0, "482019"))


def test_the_newest_comes_first_in_words(admin: OpenAdmin, morning: None) -> None:
    page = page_of(admin("audit", AUDITOR))
    assert cells(page, WHAT)[:5] == [
        "重置密码",
        "操作未获准：您的岗位不能做这一步",
        "叫到 1 号柜台",
        "取号",
        "取号",
    ]
    assert cells(page, SUBJECT)[:5] == [
        "刘洋（100483）", "优先叫号", "号票 A001", "号票 A002", "号票 A001",
    ]  # fmt: skip
    assert cells(page, WHO)[0] == "林婉（100101）"
    assert cells(page, PLACE)[:4] == ["设置", "1 号柜台", "1 号柜台", "1 号取号机"]
    assert cells(page, TIME)[0] == "2026-11-20 09:00:00"
    assert page.model.index(1, MARK).data(STATE) is State.ATTENTION
    assert cells(page, MARK)[:3] == ["", "未获准", ""]
    assert cells(page, WHAT)[-1] == "建立网点"


def test_the_language_changes_at_once(qtbot: QtBot, admin: OpenAdmin, morning: None) -> None:
    page = page_of(admin("audit", AUDITOR))
    language().choose("en")
    qtbot.waitUntil(lambda: page.strip.person.combo.accessibleName() == "Who")
    assert cells(page, WHAT)[0] == "PIN reset"
    assert cells(page, SUBJECT)[1] == "Call out of turn"
    assert page.model.headerData(WHAT, Qt.Orientation.Horizontal) == "What"


def choose(page: AuditPage, name: str, code: str) -> None:
    combo = getattr(page.strip, name).combo
    combo.setCurrentIndex(combo.findData(code))


def test_each_filter_narrows(qtbot: QtBot, admin: OpenAdmin, morning: None, other: Branch) -> None:
    page = page_of(admin("audit", AUDITOR))
    whole = page.model.rowCount()
    qtbot.waitUntil(lambda: page.strip.station.combo.count() > 1)
    entries = list(journal.entries(other.store))
    manager = account_id(other.store, "100101")
    for name, code, fits in (
        ("only", REFUSED, lambda e: e.what == "command.refused"),
        ("topic", "ticket", lambda e: e.topic == "ticket"),
        ("station", "kiosk-1", lambda e: e.station == "kiosk-1"),
        ("person", str(manager), lambda e: e.staff == manager),
    ):
        expected = len([entry for entry in entries if fits(entry)])
        assert 0 < expected < whole
        choose(page, name, code)
        qtbot.waitUntil(lambda count=expected: page.model.rowCount() == count)
        choose(page, name, "")
        qtbot.waitUntil(lambda: page.model.rowCount() == whole)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("A002", {"取号"}),
        (" a001 ", {"取号", "叫到 1 号柜台"}),
        ("刘洋", {"重置密码"}),
        ("100483", {"重置密码"}),
        ("1", {"开始服务"}),
    ],
)
def test_a_subject_is_found_as_people_call_it(
    qtbot: QtBot, admin: OpenAdmin, morning: None, typed: str, expected: set[str]
) -> None:
    page = page_of(admin("audit", AUDITOR))
    write(page.strip.subject, typed)
    QTest.keyClick(page.strip.subject.edit, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: set(cells(page, WHAT)) - {"迎接客户", "分流"} == expected)


def test_nothing_found_says_so(qtbot: QtBot, admin: OpenAdmin, morning: None) -> None:
    page = page_of(admin("audit", AUDITOR))
    write(page.strip.subject, "没有这个人")
    QTest.keyClick(page.strip.subject.edit, Qt.Key.Key_Return)
    qtbot.waitUntil(page.empty.isVisible)
    assert not page.table.isVisible()


def test_days_bound_the_time(qtbot: QtBot, admin: OpenAdmin, morning: None) -> None:
    page = page_of(admin("audit", AUDITOR))
    whole = page.model.rowCount()
    write(page.strip.since, "2026-11-21")
    QTest.keyClick(page.strip.since.edit, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.model.rowCount() == 0)
    write(page.strip.since, "2026-11-20")
    write(page.strip.until, "2026-11-20")
    QTest.keyClick(page.strip.until.edit, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.model.rowCount() == whole)
    write(page.strip.until, "20 Nov")
    QTest.keyClick(page.strip.until.edit, Qt.Key.Key_Tab)
    assert page.strip.until.error_text() == "如 2026-11-20"


def test_an_entry_is_shown_whole(
    qtbot: QtBot, admin: OpenAdmin, morning: None, other: Branch
) -> None:
    page = page_of(admin("audit", AUDITOR))
    assert page.details.title.text() == "请选一条记录"
    entries = {entry.revision: entry for entry in journal.entries(other.store)}
    page.table.selectRow(2)
    entry = page.model.entry(2)
    assert page.details.title.text() == f"第 {entry.revision} 条"
    said = [value.text() for value in page.details.values]
    assert said[0] == "叫到 1 号柜台"
    assert said[2] == "王敏（100482），1 号柜台"
    assert said[4] == '{"counter": 1, "service": "P01"}'
    assert said[5].replace(" ", "") == entry.hash
    before = entries[entry.revision - 1].hash
    qtbot.waitUntil(lambda: page.details.values[6].text().replace(" ", "") == before)
    page.table.selectRow(page.model.rowCount() - 1)
    qtbot.waitUntil(lambda: page.details.values[6].text() == "没有，这是第一条")


def test_it_grows_as_it_is_scrolled(qtbot: QtBot, admin: OpenAdmin, other: Branch) -> None:
    lengthen(other.store, 3 * PAGE)
    page = page_of(admin("audit", AUDITOR))
    assert page.model.rowCount() == PAGE
    bar = page.table.verticalScrollBar()
    bar.setValue(bar.maximum())
    qtbot.waitUntil(lambda: page.model.rowCount() == 2 * PAGE)
    while page.model.canFetchMore():
        rows = page.model.rowCount()
        bar.setValue(bar.maximum())
        qtbot.waitUntil(lambda rows=rows: page.model.rowCount() > rows)
    numbers = [int(text) for text in cells(page, 0)]
    assert numbers == list(range(3 * PAGE + 1, 0, -1))


def test_what_others_do_appears_but_never_under_a_reader(
    qtbot: QtBot, admin: OpenAdmin, run: Run, other: Branch
) -> None:
    lengthen(other.store, PAGE)
    page = page_of(admin("audit", AUDITOR))
    newest = int(cells(page, 0)[0])
    page.table.selectRow(4)
    chosen = page.details.revision
    run("100482", "counter-1", OpenCounter(1))
    qtbot.waitUntil(lambda: int(cells(page, 0)[0]) > newest)
    assert page.details.revision == chosen
    assert page.model.entry(page.table.currentIndex().row()).revision == chosen
    bar = page.table.verticalScrollBar()
    bar.setValue(bar.maximum() // 2)
    seen, newest = bar.value(), int(cells(page, 0)[0])
    with qtbot.waitSignal(page._station.changed):
        run("100483", "counter-2", OpenCounter(2))
    assert (bar.value(), int(cells(page, 0)[0])) == (seen, newest)


def test_the_chain_is_checked_step_by_step(
    qtbot: QtBot, admin: OpenAdmin, other: Branch, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(journal, "_CHUNK", 100)
    lengthen(other.store, 500)
    page = page_of(admin("audit", AUDITOR))
    said: list[tuple[State, str]] = []
    page.checking.said.connect(lambda state, text: said.append((state, text)))
    press(page.check_button)
    assert not page.check_button.isEnabled()
    qtbot.waitUntil(page.check_button.isEnabled)
    assert (State.RUNNING, "正在核对，200 / 501") in said
    state, answer = said[-1]
    assert state is State.OK
    assert answer.startswith("流水完整，501 条逐条相符，末条校验码 ")
    assert page.outcome.whole_text() == answer
    language().choose("en")
    qtbot.waitUntil(lambda: page.outcome.whole_text().startswith("Whole: all 501 entries fit."))


def test_a_broken_chain_is_named(qtbot: QtBot, admin: OpenAdmin, other: Branch) -> None:
    lengthen(other.store, 50)
    other.store.database.execute_sql("UPDATE journal SET subject = '8' WHERE revision = 20")
    page = page_of(admin("audit", SUPERIOR))
    press(page.check_button)
    told = "核对未通过：流水第 20 条与原记录不符"
    qtbot.waitUntil(lambda: page.outcome.whole_text() == told)
    assert page.glyph.state() is State.URGENT


def keep(qtbot: QtBot, page: AuditPage, button: object, file: Path) -> None:
    """Press an export, give a place in the dialog, wait for the answer."""
    press(button)  # type: ignore[arg-type]
    dialog = page.window().findChild(QFileDialog)
    assert dialog is not None
    dialog.fileSelected.emit(str(file))
    dialog.close()
    qtbot.waitUntil(lambda: page.outcome.whole_text().startswith(("已导出", "超过")))


def test_the_table_holds_filter_and_head_and_is_noted(
    qtbot: QtBot, admin: OpenAdmin, morning: None, other: Branch, tmp_path: Path
) -> None:
    page = page_of(admin("audit", AUDITOR))
    choose(page, "topic", "ticket")
    qtbot.waitUntil(lambda: page.model.rowCount() == 3)
    head = journal.head(other.store)
    file = tmp_path / "extract.csv"
    keep(qtbot, page, page.table_button, file)
    assert page.outcome.whole_text() == "已导出 3 条到 extract.csv"
    raw = file.read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(raw.decode("utf-8-sig").splitlines()))
    facts = dict(rows[: rows.index([])])
    assert facts["筛选"] == "号票"
    assert (facts["流水末条"], facts["末条校验码"]) == (str(head[0]), head[1])
    assert facts["条数"] == "3"
    assert facts["导出人"] == "田野（100402）"
    table = rows[rows.index([]) + 2 :]
    assert [row[7] for row in table] == ["ticket.called", "ticket.issued", "ticket.issued"]
    hashes = {str(entry.revision): entry.hash for entry in journal.entries(other.store)}
    assert all(row[-1] == hashes[row[0]] for row in table)
    last = list(journal.entries(other.store))[-1]
    assert (last.what, last.subject, last.data) == ("export.made", "audit_csv", {"rows": 3})


def test_the_paper_too(
    qtbot: QtBot, admin: OpenAdmin, morning: None, other: Branch, tmp_path: Path
) -> None:
    page = page_of(admin("audit", AUDITOR))
    head = journal.head(other.store)
    count = page.model.rowCount()
    file = tmp_path / "extract.pdf"
    keep(qtbot, page, page.paper_button, file)
    assert page.outcome.whole_text() == f"已导出 {count} 条到 extract.pdf"
    text = "".join(part.extract_text() for part in PdfReader(file).pages).replace("\n", "")
    assert head[1] in text
    last = list(journal.entries(other.store))[-1]
    assert (last.what, last.subject) == ("export.made", "audit_pdf")


def test_pieces_are_put_together_and_nothing_newer_slips_in(
    qtbot: QtBot,
    admin: OpenAdmin,
    other: Branch,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(audit_export, "_PIECE", 40)
    lengthen(other.store, 210)
    page = page_of(admin("audit", AUDITOR))
    file = tmp_path / "extract.csv"
    keep(qtbot, page, page.table_button, file)
    rows = list(csv.reader(file.read_text(encoding="utf-8-sig").splitlines()))
    numbers = [int(row[0]) for row in rows[rows.index([]) + 2 :]]
    assert numbers == list(range(211, 0, -1))


def test_too_much_is_not_begun_and_not_noted(
    qtbot: QtBot,
    admin: OpenAdmin,
    other: Branch,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(audit_export.MOST, "pdf", 50)
    lengthen(other.store, 60)
    page = page_of(admin("audit", AUDITOR))
    keep(qtbot, page, page.paper_button, tmp_path / "extract.pdf")
    assert page.outcome.whole_text() == "超过 50 条，请先缩小时间或范围再导出"
    assert not (tmp_path / "extract.pdf").exists()
    assert all(entry.what != "export.made" for entry in journal.entries(other.store))
    assert page.paper_button.isEnabled()


def test_a_number_is_no_id(other: Branch, morning: None) -> None:
    """Typing 3 finds counter 3 and visitor 3, never the third account or ticket of the store."""
    found = narrowed(other.store, Asked(ALL, "3"), 0).subjects
    assert found is not None
    topics = {topic for topic, _subject in found}
    assert {"counter", "visitor"} <= topics
    assert not topics & {"staff", "ticket", "training", "glass", "print", "rating"}


def test_nobody_reads_there_what_is_said_of_a_complaint_about_him(
    qtbot: QtBot, admin: OpenAdmin, other: Branch, clock: SetClock, tmp_path: Path
) -> None:
    desk = Desk(other, clock)
    complaint = desk.register(subjects=frozenset({desk.staff(MANAGER)}))
    desk.run(Accept(complaint))
    desk.run(Assign(complaint, desk.staff(ADVISER)))
    paper = desk.paper(complaint, "TS-02A")
    mine = desk.register(subjects=frozenset({desk.staff(ADVISER)}))
    page = page_of(admin("audit", MANAGER))
    assert "转办" not in "".join(cells(page, WHAT))
    entries = [page.model.entry(row) for row in range(page.model.rowCount())]
    assert {entry.subject for entry in entries if entry.topic == "complaint"} == {str(mine)}
    kept = {f"complaint:{complaint}", str(paper)}
    assert not [entry for entry in entries if entry.topic == "paper" and entry.subject in kept]
    whole = narrowed(other.store, Asked(ALL), desk.staff(MANAGER))
    assert audit_count(other.store, whole, 10_000, 10_000) == len(entries)
    typed = Asked(ALL, str(complaint))
    assert audit_rows(other.store, typed, desk.staff(MANAGER)).entries == ()
    assert audit_rows(other.store, typed, desk.staff(SUPERIOR)).entries
    keep(qtbot, page, page.table_button, tmp_path / "journal.csv")
    with (tmp_path / "journal.csv").open(encoding="utf-8-sig", newline="") as file:
        assert not [row for row in csv.reader(file) if "complaint.assigned" in row]


def test_nor_which_room_was_kept_for_it(admin: OpenAdmin, other: Branch, clock: SetClock) -> None:
    house = House(other, clock)
    about_him, mine = house.register(by=OFFICER), house.register(by=OFFICER)
    session = house.start()
    house.in_room(LinkSession(session, about_him))
    house.in_room(UnlinkSession(session))
    house.in_room(LinkSession(session, mine))
    house.in_room(SeatInRoom(house.room(1).id, complaint=about_him))
    house.run(SetSubjects(about_him, frozenset({house.staff(MANAGER)})))
    page = page_of(admin("audit", MANAGER))
    entries = [page.model.entry(row) for row in range(page.model.rowCount())]
    told = [(one.what, one.data["complaint"]) for one in entries if "complaint" in one.data]
    assert told == [("room_session.linked", mine), ("room_session.started", None)]
    # To somebody else it is all there, and the count is of what is shown.
    facts = [one.what for one in audit_rows(other.store, Asked(ALL), house.staff(SUPERIOR)).entries]
    assert {"room.seated", "room_session.unlinked"} <= set(facts)
    whole = narrowed(other.store, Asked(ALL), house.staff(MANAGER))
    assert audit_count(other.store, whole, 10_000, 10_000) == len(entries)


def test_the_model_keeps_qts_rules(
    qtmodeltester: ModelTester, other: Branch, admin: OpenAdmin
) -> None:
    lengthen(other.store, 20)
    model = AuditModel(page_of(admin("audit", AUDITOR))._station.zone)
    model.show(audit_rows(other.store, Asked(ALL), 0))
    qtmodeltester.check(model)
