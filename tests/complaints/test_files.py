"""Files of a complaint: told apart by content, kept outside the database, out of reach of some."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from branch.complaints.commands.acceptance import Accept
from branch.complaints.commands.files import AddFile, FileContent, OpenFile, RemoveFile, sweep_files
from branch.complaints.commands.handling import Assign
from branch.complaints.commands.registration import SetSubjects
from branch.complaints.files import (
    LONGEST_NAME,
    MOST_BYTES,
    SUFFIXES,
    checked_file,
    checked_file_name,
    kind_of,
)
from branch.complaints.records import ComplaintRow
from branch.kernel.errors import BadInput, NotFound, NotPermitted, RuleBroken
from branch.kernel.phrases import phrases
from branch.visitors.commands.holds import PlaceHold
from tests.complaints import papers
from tests.complaints.desk import (
    ADVISER,
    AUDITOR,
    GUARD,
    HEAD,
    LOBBY_MANAGER,
    OFFICER,
    TELLER,
    Desk,
)

NAME = "陈小梅的协议书.pdf"


@pytest.fixture(autouse=True)
def folder(desk: Desk, tmp_path: Path) -> Path:
    """Where files lie; beside a store file this is the place by itself."""
    place = tmp_path / "attachments"
    if desk.store.on_server:
        desk.store.attachments = place
    return place


def kept(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.rglob("*") if path.is_file())


# -- content --------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", papers.GOOD)
def test_kinds_are_known_by_content(kind: str) -> None:
    assert checked_file(papers.GOOD[kind]) == kind
    assert kind in SUFFIXES


@pytest.mark.parametrize("data", [papers.TXT_GB, papers.TXT_16, "\ufeff好".encode(), b"plain"])
def test_text_may_be_in_any_usual_encoding(data: bytes) -> None:
    assert kind_of(data) == "txt"


def test_a_tagged_recording_is_one() -> None:
    assert kind_of(papers.MP3_TAGGED) == "mp3"


@pytest.mark.parametrize("name", papers.OTHER)
def test_another_kind_is_refused_with_a_sentence_that_names_the_kinds(name: str) -> None:
    with pytest.raises(BadInput, match="file_kind") as refused:
        checked_file(papers.OTHER[name])
    assert refused.value.field == "file"
    for language in ("zh", "en"):
        said = phrases("errors").say("file_kind", language)
        for kind in ("PDF", "JPEG", "PNG", "MP3", "MP4", "DOCX", "XLSX", "TXT"):
            assert kind in said


def test_size_has_its_limits() -> None:
    with pytest.raises(BadInput, match="file_empty"):
        checked_file(b"")
    assert checked_file(papers.PDF + bytes(MOST_BYTES - len(papers.PDF))) == "pdf"
    with pytest.raises(BadInput, match="file_too_large") as refused:
        checked_file(papers.PDF + bytes(MOST_BYTES))
    assert refused.value.values == {"most": 20}


@given(st.binary(max_size=600), st.sampled_from([b"", b"PK\x03\x04", b"\xff\xfb", b"ID3", b"%PDF"]))
def test_no_content_is_too_odd_to_be_judged(data: bytes, head: bytes) -> None:
    assert kind_of(head + data) in ("", *SUFFIXES)


@given(st.integers(0, len(papers.DOCX) - 1), st.integers(0, 255))
def test_a_spoilt_document_is_judged_as_well(at: int, byte: int) -> None:
    spoilt = bytearray(papers.DOCX)
    spoilt[at] = byte
    assert kind_of(bytes(spoilt)) in ("", "docx", "txt")


def test_names_are_made_fit_to_keep() -> None:
    assert checked_file_name("C:\\我的\\录音 1.mp3") == "录音 1.mp3"
    assert checked_file_name("../../照片\u202egpj.exe") == "照片gpj.exe"
    long = checked_file_name("字" * 300 + ".pdf")
    assert len(long) == LONGEST_NAME
    assert long.endswith(".pdf")
    with pytest.raises(BadInput, match="field_empty"):
        checked_file_name(" \n")


# -- adding, opening, removing --------------------------------------------------------------------


def test_a_file_is_added_shown_and_opened(desk: Desk, folder: Path) -> None:
    complaint = desk.register()
    file = desk.run(AddFile(complaint, NAME, papers.PDF), LOBBY_MANAGER)
    found = desk.detail(complaint)
    assert found is not None
    (line,) = found.files
    assert (line.id, line.name, line.kind, line.size) == (file, NAME, "pdf", len(papers.PDF))
    assert line.adder == "李静"
    assert kept(folder) == [line.digest]
    opened = desk.run(OpenFile(file))
    assert opened == FileContent(NAME, "pdf", papers.PDF)
    assert desk.last.what == "complaint.file_opened"


def test_the_journal_has_no_name_of_a_file(desk: Desk) -> None:
    complaint = desk.register()
    file = desk.run(AddFile(complaint, NAME, papers.PDF))
    added = desk.last
    assert (added.what, added.data["kind"], added.data["file"]) == (
        "complaint.file_added",
        "pdf",
        file,
    )
    desk.run(RemoveFile(file))
    assert desk.last.what == "complaint.file_removed"
    assert not any("陈小梅" in str(entry.data) for entry in desk.entries)
    assert "陈小梅" not in repr(AddFile(complaint, NAME, papers.PDF))
    assert "陈小梅" not in repr(FileContent(NAME, "pdf", papers.PDF))


def test_removing_keeps_the_record_and_takes_the_bytes(desk: Desk, folder: Path) -> None:
    complaint = desk.register()
    file = desk.run(AddFile(complaint, NAME, papers.PDF))
    desk.run(RemoveFile(file), HEAD)
    found = desk.detail(complaint)
    assert found is not None
    assert found.files == ()
    ((removed_at, removed_by),) = desk.store.rows(
        "SELECT removed_at, removed_by FROM complaint_file", ()
    )
    assert (removed_at, removed_by) == (desk.clock.now_ms(), desk.staff(HEAD))
    with pytest.raises(NotFound, match="file_unknown"):
        desk.run(OpenFile(file))
    with pytest.raises(NotFound, match="file_unknown"):
        desk.run(RemoveFile(file))
    for name in kept(folder):
        os.utime(folder / name[:2] / name, (1000, 1000))
    assert sweep_files(desk.store, desk.clock.now_ms()) == 1
    assert kept(folder) == []


def test_a_sweep_leaves_what_another_complaint_has(desk: Desk, folder: Path) -> None:
    first, second = desk.register(), desk.register()
    file = desk.run(AddFile(first, NAME, papers.PDF))
    other = desk.run(AddFile(second, "同一份.pdf", papers.PDF))
    desk.run(RemoveFile(file))
    (name,) = kept(folder)
    os.utime(folder / name[:2] / name, (1000, 1000))
    assert sweep_files(desk.store, desk.clock.now_ms()) == 0
    assert desk.run(OpenFile(other)).data == papers.PDF


def test_the_same_file_is_not_added_twice(desk: Desk) -> None:
    complaint = desk.register()
    file = desk.run(AddFile(complaint, NAME, papers.PDF))
    with pytest.raises(RuleBroken, match="file_there"):
        desk.run(AddFile(complaint, "另一个名字.pdf", papers.PDF))
    desk.run(RemoveFile(file))
    assert desk.run(AddFile(complaint, NAME, papers.PDF)) != file


def test_a_wrong_kind_leaves_nothing(desk: Desk, folder: Path) -> None:
    complaint = desk.register()
    with pytest.raises(BadInput, match="file_kind"):
        desk.run(AddFile(complaint, "合同.pdf", papers.PROGRAM))
    assert kept(folder) == []
    assert desk.last.what == "command.refused"


# -- who ------------------------------------------------------------------------------------------


def test_first_contact_handler_and_desk_have_a_part(desk: Desk) -> None:
    complaint = desk.register(by=TELLER)
    desk.run(Accept(complaint, "verified"))
    desk.run(Assign(complaint, desk.staff(ADVISER)))
    for at, by in enumerate((TELLER, ADVISER, OFFICER, HEAD)):
        file = desk.run(AddFile(complaint, f"{at}.txt", f"第 {at} 份".encode()), by)
        assert desk.run(OpenFile(file), by).kind == "txt"
    with pytest.raises(NotPermitted, match="complaint_part"):
        desk.run(AddFile(complaint, NAME, papers.PDF), GUARD)
    with pytest.raises(NotPermitted, match="complaint_part"):
        desk.run(OpenFile(file), GUARD)
    with pytest.raises(NotPermitted, match="complaint_part"):
        desk.run(RemoveFile(file), GUARD)


def test_an_auditor_looks_and_changes_nothing(desk: Desk) -> None:
    complaint = desk.register()
    file = desk.run(AddFile(complaint, NAME, papers.PDF))
    assert desk.run(OpenFile(file), AUDITOR).data == papers.PDF
    with pytest.raises(NotPermitted):
        desk.run(RemoveFile(file), AUDITOR)


def test_to_whom_it_is_about_there_is_no_file(desk: Desk) -> None:
    complaint = desk.register(by=TELLER)
    file = desk.run(AddFile(complaint, NAME, papers.PDF), TELLER)
    desk.run(SetSubjects(complaint, frozenset({desk.staff(TELLER)})))
    for command in (OpenFile(file), RemoveFile(file), AddFile(complaint, NAME, papers.PNG)):
        with pytest.raises(NotFound, match="complaint_unknown"):
            desk.run(command, TELLER)


def test_an_archived_case_keeps_its_files(desk: Desk) -> None:
    complaint = desk.register()
    file = desk.run(AddFile(complaint, NAME, papers.PDF))
    change = ComplaintRow.update(state="archived").where(ComplaintRow.id == complaint)
    desk.store.touch(*change.bind(desk.store.database).sql())
    for command in (RemoveFile(file), AddFile(complaint, "新.png", papers.PNG)):
        with pytest.raises(RuleBroken, match="file_archived"):
            desk.run(command)
    assert desk.run(OpenFile(file)).data == papers.PDF


def test_a_legal_hold_keeps_the_files(desk: Desk) -> None:
    complaint = desk.register()
    file = desk.run(AddFile(complaint, NAME, papers.PDF))
    desk.run(PlaceHold("complaint", complaint, "lawsuit", "法院来函"), HEAD)
    with pytest.raises(RuleBroken, match="record_on_hold"):
        desk.run(RemoveFile(file))
    desk.run(AddFile(complaint, "来函.png", papers.PNG))
    assert desk.run(OpenFile(file)).data == papers.PDF


def test_a_damaged_file_says_so_and_hurts_nothing_else(desk: Desk, folder: Path) -> None:
    complaint = desk.register()
    file = desk.run(AddFile(complaint, NAME, papers.PDF))
    (name,) = kept(folder)
    (folder / name[:2] / name).write_bytes(b"TTFILE1\n" + bytes(100))
    with pytest.raises(RuleBroken, match="file_damaged"):
        desk.run(OpenFile(file))
    (folder / name[:2] / name).unlink()
    with pytest.raises(NotFound, match="file_not_here"):
        desk.run(OpenFile(file))
    assert desk.detail(complaint) is not None
