"""Issued means frozen: bytes, digest, snapshot; corrections, prints, codes, one flipped byte."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from branch.bootstrap import open_branch
from branch.complaints.commands.acceptance import Accept
from branch.complaints.commands.correcting import EditCase
from branch.complaints.commands.files import AddFile, sweep_files
from branch.complaints.commands.handling import Assign, Decide
from branch.complaints.commands.limits import StartPause
from branch.complaints.commands.registration import SetSubjects
from branch.complaints.queries.papers import paper_offers, papers_of, verify_code, verify_file
from branch.kernel.clock import SetClock
from branch.kernel.errors import BadInput, NotFound, NotPermitted, RuleBroken, Stale
from branch.kernel.runner import Actor
from branch.kernel.store import Store
from branch.papers.commands import DraftPaper, NotePrinted, OpenPaper
from branch.papers.drafting import retyped, typed_of
from branch.papers.head import Draft, PaperContent, Verified
from branch.papers.queries import Damage, damaged_papers
from branch.people.queries import staff_members
from tests.complaints import papers
from tests.complaints.desk import (
    ADVISER,
    AUDITOR,
    GUARD,
    HEAD,
    LOBBY_MANAGER,
    OFFICER,
    SUPERIOR,
    TELLER,
    WHAT,
    Desk,
    issue_of,
)
from tests.complaints.test_papers_grounds import draft

PDF = b"%PDF-1.7\n1 0 obj (K7QF) endobj\n%%EOF\n"


def roles(desk: Desk, by: str) -> frozenset[str]:
    return next(one.roles for one in staff_members(desk.store) if one.staff_no == by)


def verified(desk: Desk, said: str | bytes, by: str = OFFICER) -> Verified:
    ask = (desk.store, desk.staff(by), roles(desk, by))
    return verify_code(*ask, said) if isinstance(said, str) else verify_file(*ask, said)


def pdf_of(made: Draft) -> bytes:
    return b"%PDF-1.7 /Keywords (" + made.head.code.encode() + b") stream"


def vault_files(store: Store) -> list[Path]:
    assert store.attachments is not None
    return sorted(path for path in store.attachments.rglob("*") if path.is_file())


def test_what_was_issued_is_there_byte_for_byte(desk: Desk) -> None:
    complaint = desk.register()
    made = draft(desk, complaint, "TS-01")
    typed = retyped(desk.store, made, {"phone_reserved": "0571-1", "claims": "退还差额"})
    with pytest.raises(RuleBroken, match="paper_incomplete") as refused:
        desk.run(issue_of(typed))
    assert refused.value.values == {"fields": "read_back"}
    desk.run(EditCase(complaint, matter=WHAT))
    complaint = desk.register(read_back=True)
    made = draft(desk, complaint, "TS-01")
    typed = retyped(desk.store, made, {"claims": "退还差额"})
    data = pdf_of(typed)
    paper = desk.run(issue_of(typed, pdf=data))
    assert desk.last.what == "complaint.paper_issued"
    assert desk.last.data == {"paper": paper, "form": "TS-01", "copy": 1}
    (line,) = papers_of(desk.store, desk.staff(OFFICER), complaint)
    assert (line.id, line.form, line.copy, line.code) == (paper, "TS-01", 1, typed.head.code)
    assert (line.issued_by, line.issued_at) == ("冯涛", desk.clock.now_ms())
    assert (line.printed, line.replaced_by, line.reason, line.deliveries) == (0, None, "", ())
    content: PaperContent = desk.run(OpenPaper(paper))
    assert content.data == data
    assert (content.form, content.case_number) == ("TS-01", made.head.case_number)
    assert desk.last.what == "paper.opened"
    # A later change of the case does not change it.
    desk.run(EditCase(complaint, matter=replace(WHAT, facts="另有隐情。")))
    assert desk.run(OpenPaper(paper)).data == data
    assert verified(desk, data).state == "unchanged"
    said = " ".join(str(entry) for entry in desk.entries)
    for secret in ("陈小梅", "13812345172", "退还差额"):
        assert secret not in said


def test_the_snapshot_is_sealed(desk: Desk) -> None:
    complaint = desk.register(read_back=True)
    desk.paper(complaint, "TS-01")
    rows = desk.store.database.execute_sql("SELECT snapshot, snapshot_digest FROM paper").fetchall()
    ((snapshot, digest),) = rows
    kept = json.loads(desk.store.sealer.open(snapshot, "paper.snapshot"))
    assert json.loads(kept["said"])["fields"]["name"] == "陈小梅"
    assert kept["head"]["zone"] == "Asia/Shanghai"
    assert len(digest) == 64


def test_a_copy_in_place_of_another_says_why(desk: Desk) -> None:
    complaint = desk.decided()
    first = desk.letter(complaint)
    again = draft(desk, complaint, "TS-06", "round:1", ADVISER)
    assert (again.head.copy, again.head.number) == (2, "湖滨投复〔2026〕1 号")
    assert again.last is not None
    assert again.last["decision"] == "向客户致歉。"
    better = retyped(desk.store, again, {"decision": "向客户致歉，并补偿。"})
    with pytest.raises(BadInput, match="field_empty") as refused:
        desk.run(issue_of(better), HEAD)
    assert refused.value.field == "reason"
    second = desk.run(issue_of(better, "金额写漏"), HEAD)
    old, new = papers_of(desk.store, desk.staff(OFFICER), complaint)
    assert (old.id, old.replaced_by, old.copy) == (first, second, 1)
    assert (new.id, new.replaced_by, new.copy, new.reason) == (second, None, 2, "金额写漏")
    # The third begins with what was typed into the second.
    third = draft(desk, complaint, "TS-06", "round:1", ADVISER)
    assert third.fields["decision"] == "向客户致歉，并补偿。"
    assert verified(desk, old.code).state == "replaced"
    assert (verified(desk, old.code).copy, verified(desk, old.code).newest_copy) == (1, 2)
    assert verified(desk, new.code).state == "unchanged"
    assert "金额写漏" not in " ".join(str(entry) for entry in desk.entries)


@pytest.mark.parametrize("field", ["verified", "decision", "basis_reason", "follow_up"])
@pytest.mark.parametrize("by", [ADVISER, OFFICER])
def test_an_answer_says_what_was_decided(desk: Desk, field: str, by: str) -> None:
    complaint = desk.decided()
    made = draft(desk, complaint, "TS-06", "round:1", by)
    other = retyped(desk.store, made, {**typed_of(made), field: "全额退还手续费。"})
    with pytest.raises(BadInput, match="paper_reworded") as refused:
        desk.run(issue_of(other), by)
    assert refused.value.field == field
    assert papers_of(desk.store, desk.staff(OFFICER), complaint) == ()
    # Where a line ends is not what it says; and how he is addressed is not decided.
    same = {field: str(made.fields[field]) + "\n", "salutation": "尊敬的陈女士："}
    desk.run(issue_of(retyped(desk.store, made, {**typed_of(made), **same})), by)


@pytest.mark.parametrize("by", [HEAD, SUPERIOR])
def test_who_decides_may_put_it_otherwise(desk: Desk, by: str) -> None:
    complaint = desk.decided()
    made = draft(desk, complaint, "TS-06", "round:1", by)
    desk.run(issue_of(retyped(desk.store, made, {"decision": "向客户书面致歉。"})), by)
    (line,) = papers_of(desk.store, desk.staff(OFFICER), complaint)
    assert line.form == "TS-06"


def test_what_the_superior_decided_the_head_does_not_put_otherwise(desk: Desk) -> None:
    complaint = desk.investigated(who={"parties": 20})
    desk.report(complaint)
    desk.run(Decide(complaint), SUPERIOR)
    made = draft(desk, complaint, "TS-06", "round:1", HEAD)
    other = retyped(desk.store, made, {"decision": "向客户书面致歉。"})
    with pytest.raises(BadInput, match="paper_reworded"):
        desk.run(issue_of(other), HEAD)
    desk.run(issue_of(other), SUPERIOR)


def test_a_first_copy_has_no_reason(desk: Desk) -> None:
    complaint = desk.register(read_back=True)
    with pytest.raises(BadInput, match="paper_first_copy"):
        desk.run(issue_of(draft(desk, complaint, "TS-01"), "更正"))


def test_two_stations_issue_the_same_copy_and_one_wins(desk: Desk, url: str) -> None:
    complaint = desk.decided()
    mine = draft(desk, complaint, "TS-06", "round:1", ADVISER)
    other = open_branch(url, SetClock(desk.clock.now_ms()))
    try:
        other.store.attachments = desk.store.attachments
        theirs: Draft = other.run(
            DraftPaper("TS-06", f"complaint:{complaint}", "round:1"),
            Actor(desk.staff(OFFICER), "complaints-2"),
        ).value
        other.run(issue_of(theirs), Actor(desk.staff(OFFICER), "complaints-2"))
    finally:
        other.close()
    with pytest.raises(Stale, match="paper_changed"):
        desk.run(issue_of(mine), ADVISER)
    assert len(papers_of(desk.store, desk.staff(OFFICER), complaint)) == 1
    # The number went to the one that won, and no number is left out.
    again = desk.decided()
    assert draft(desk, again, "TS-06", "round:1").head.number == "湖滨投复〔2026〕2 号"


def test_a_number_given_to_another_case_meanwhile_makes_the_draft_old(desk: Desk) -> None:
    first, second = desk.decided(), desk.decided()
    mine = draft(desk, first, "TS-06", "round:1")
    desk.letter(second)
    with pytest.raises(Stale, match="paper_changed"):
        desk.run(issue_of(mine))
    assert draft(desk, first, "TS-06", "round:1").head.number == "湖滨投复〔2026〕2 号"


def test_numbers_begin_anew_with_the_year(desk: Desk) -> None:
    desk.letter(desk.decided())
    desk.at("2027-01-04 09:00")
    made = draft(desk, desk.decided(), "TS-06", "round:1")
    assert made.head.number == "湖滨投复〔2027〕1 号"


def test_what_changed_since_the_draft_is_looked_at_again(desk: Desk) -> None:
    complaint = desk.register(read_back=True)
    desk.run(Accept(complaint, "verified"))
    made = draft(desk, complaint, "TS-02A")
    desk.run(Assign(complaint, desk.staff(ADVISER)))
    desk.run(StartPause(complaint, "mediation", told=True), OFFICER)
    with pytest.raises(Stale, match="paper_changed"):
        desk.run(issue_of(made))


def test_a_paper_is_issued_on_its_day(desk: Desk) -> None:
    complaint = desk.register(read_back=True)
    made = draft(desk, complaint, "TS-01")
    with pytest.raises(BadInput, match="paper_to_come"):
        desk.run(replace(issue_of(made), issued_at=desk.clock.now_ms() + 1))
    desk.at("2026-11-21 00:00")
    with pytest.raises(Stale, match="paper_changed"):
        desk.run(issue_of(made))


def test_what_is_no_pdf_is_not_issued(desk: Desk) -> None:
    complaint = desk.register(read_back=True)
    made = draft(desk, complaint, "TS-01")
    with pytest.raises(BadInput, match="paper_no_pdf"):
        desk.run(issue_of(made, pdf=b"<html>"))
    # Nor the PDF of another draft.
    other = retyped(desk.store, made, {"phone_reserved": "0571-1"})
    with pytest.raises(BadInput, match="paper_no_pdf"):
        desk.run(issue_of(made, pdf=pdf_of(other)))
    for pages in (0, -1, 2_001):
        with pytest.raises(BadInput, match="paper_pages"):
            desk.run(replace(issue_of(made), pages=pages))
    with pytest.raises(BadInput, match="code_unknown"):
        desk.run(replace(issue_of(made), language="fr"))
    with pytest.raises(BadInput, match="paper_typed_form"):
        desk.run(replace(issue_of(made), typed="{"))
    assert "陈" not in repr(issue_of(made))


# -- prints and opening ---------------------------------------------------------------------------


def test_prints_are_counted(desk: Desk) -> None:
    paper = desk.paper(desk.register(read_back=True), "TS-01")
    assert desk.run(NotePrinted(paper)) == 1
    desk.clock.advance(60)
    assert desk.run(NotePrinted(paper, 2)) == 3
    assert (desk.last.what, desk.last.data) == ("paper.printed", {"count": 2})
    for count in (0, -1, 100):
        with pytest.raises(BadInput, match="paper_prints"):
            desk.run(NotePrinted(paper, count))
    with pytest.raises(NotFound, match="paper_unknown"):
        desk.run(NotePrinted(999))


def test_opened_by_who_has_a_part_and_by_the_auditor(desk: Desk) -> None:
    paper = desk.paper(desk.register(read_back=True), "TS-01")
    for by in (OFFICER, HEAD, LOBBY_MANAGER, AUDITOR):
        assert desk.run(OpenPaper(paper), by).data.startswith(b"%PDF")
    for by in (TELLER, GUARD, ADVISER):
        with pytest.raises(NotPermitted, match="complaint_part"):
            desk.run(OpenPaper(paper), by)
    with pytest.raises(NotPermitted):
        desk.run(NotePrinted(paper), AUDITOR)
    with pytest.raises(NotFound, match="paper_unknown"):
        desk.run(OpenPaper(999))


# -- is it ours -----------------------------------------------------------------------------------


def test_one_flipped_byte_in_the_vault_is_found(desk: Desk) -> None:
    whole = desk.paper(desk.register(read_back=True), "TS-01")
    desk.clock.advance(60)
    complaint = desk.register(read_back=True)
    paper = desk.paper(complaint, "TS-01")
    assert damaged_papers(desk.store) == ()
    (line,) = papers_of(desk.store, desk.staff(OFFICER), complaint)
    row = desk.store.database.execute_sql(f"SELECT digest FROM paper WHERE id = {paper}").fetchone()
    (path,) = [path for path in vault_files(desk.store) if path.name == row[0]]
    spoilt = bytearray(path.read_bytes())
    spoilt[-1] ^= 1
    path.write_bytes(bytes(spoilt))
    assert damaged_papers(desk.store) == (Damage(paper, "TS-01", 1, "bytes"),)
    assert verified(desk, line.code).state == "changed"
    with pytest.raises(RuleBroken, match="file_damaged"):
        desk.run(OpenPaper(paper))
    assert desk.run(OpenPaper(whole)).data
    path.unlink()
    assert damaged_papers(desk.store) == (Damage(paper, "TS-01", 1, "missing"),)


def test_a_changed_snapshot_is_found(desk: Desk) -> None:
    first = desk.paper(desk.register(read_back=True), "TS-01")
    desk.clock.advance(60)
    complaint = desk.register(read_back=True)
    second = desk.paper(complaint, "TS-01")
    (line,) = papers_of(desk.store, desk.staff(OFFICER), complaint)
    with desk.store.transaction():
        desk.store.touch(f"UPDATE paper SET snapshot_digest = '0' WHERE id = {first}", ())
        # The snapshot of another paper, and one that was never sealed.
        desk.store.touch(f"UPDATE paper SET snapshot = 'x' WHERE id = {second}", ())
    assert [(one.paper, one.what) for one in damaged_papers(desk.store)] == [
        (first, "snapshot"),
        (second, "snapshot"),
    ]
    assert verified(desk, line.code).state == "changed"


def test_a_file_tells_whether_it_is_ours(desk: Desk) -> None:
    complaint = desk.register(read_back=True)
    made = draft(desk, complaint, "TS-01")
    data = pdf_of(made)
    desk.run(issue_of(made, pdf=data))
    number = made.head.case_number
    assert verified(desk, data) == Verified(
        "unchanged", "TS-01", number, "", 1, 1, desk.clock.now_ms()
    )
    # It says it is ours and is not as it was issued.
    changed = verified(desk, data.replace(b"stream", b"streak"))
    assert (changed.state, changed.case_number) == ("changed", number)
    assert verified(desk, PDF) == Verified("unknown")
    assert not verified(desk, b"").known
    for typed in (made.head.code.lower(), f"TT:TS-01:{number}:{made.head.code}"):
        assert verified(desk, typed).state == "unchanged"
    assert verified(desk, "0000-0000-0000").state == "unknown"
    with pytest.raises(BadInput, match="paper_code_form"):
        verified(desk, "这不是码")


def test_the_case_is_not_told_to_who_may_not_read_it(desk: Desk) -> None:
    complaint = desk.register(read_back=True)
    desk.paper(complaint, "TS-01")
    (line,) = papers_of(desk.store, desk.staff(OFFICER), complaint)
    ask = (desk.store, desk.staff(TELLER))
    assert verify_code(*ask, frozenset({"board"}), line.code).case_number == ""
    desk.run(SetSubjects(complaint, frozenset({desk.staff(TELLER)})))
    told = verified(desk, line.code, TELLER)
    assert (told.state, told.case_number) == ("unchanged", "")


# -- whom it is about -----------------------------------------------------------------------------


def test_whom_a_case_is_about_finds_none_of_its_papers(desk: Desk) -> None:
    complaint = desk.register(read_back=True)
    paper = desk.paper(complaint, "TS-01")
    made = draft(desk, complaint, "TS-01", by=LOBBY_MANAGER)
    desk.run(SetSubjects(complaint, frozenset({desk.staff(LOBBY_MANAGER)})))
    for wish in (
        OpenPaper(paper),
        NotePrinted(paper),
        DraftPaper("TS-01", f"complaint:{complaint}"),
        issue_of(made, "更正"),
    ):
        with pytest.raises(NotFound, match="complaint_unknown"):
            desk.run(wish, LOBBY_MANAGER)
    assert papers_of(desk.store, desk.staff(LOBBY_MANAGER), complaint) == ()
    ask = (desk.store, desk.staff(LOBBY_MANAGER), roles(desk, LOBBY_MANAGER))
    assert paper_offers(*ask, complaint, desk.clock.now_ms()) == ()
    assert len(papers_of(desk.store, desk.staff(OFFICER), complaint)) == 1


# -- the sweep ------------------------------------------------------------------------------------


def test_a_sweep_leaves_what_was_issued(desk: Desk) -> None:
    complaint = desk.register(read_back=True)
    paper = desk.paper(complaint, "TS-01")
    desk.run(AddFile(complaint, "协议书.pdf", papers.PDF), LOBBY_MANAGER)
    far = desk.clock.now_ms() + 365 * 86_400_000
    assert sweep_files(desk.store, far) == 0
    assert desk.run(OpenPaper(paper)).data
    # A draft whose PDF was put and never issued goes.
    made = draft(desk, desk.register(read_back=True), "TS-01")
    with pytest.raises(Stale):
        desk.run(replace(issue_of(made), code="0000-0000-0000"))
    assert len(vault_files(desk.store)) == 3
    assert sweep_files(desk.store, far) == 1
    assert damaged_papers(desk.store) == ()
