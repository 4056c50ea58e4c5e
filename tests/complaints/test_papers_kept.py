"""How long papers and drafts of a case are kept: as long as the case, and not a day longer."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from branch.complaints.commands.files import sweep_files
from branch.complaints.commands.retention import RunCaseRetention
from branch.complaints.queries.papers import papers_of
from branch.kernel.drafts import DraftName, drafts_of
from branch.kernel.runner import Actor
from branch.papers.commands import DeliverPaper
from branch.people.rules import PROGRAM
from branch.visitors.commands.requests import (
    ConfirmIdentity,
    LinkRecord,
    OpenRequest,
    ShowOwnData,
)
from tests.complaints import papers
from tests.complaints.desk import HEAD, OFFICER, Desk


def files(desk: Desk) -> list[Path]:
    folder = desk.store.attachments
    assert folder is not None
    return [path for path in folder.rglob("*") if path.is_file()]


def rows(desk: Desk, table: str) -> int:
    return int(desk.store.rows(f"SELECT COUNT(*) FROM {table}", ())[0][0])


def test_papers_go_with_their_case(desk: Desk) -> None:
    complaint, other = desk.register(read_back=True), desk.register(read_back=True)
    paper, kept = desk.paper(complaint, "TS-01"), desk.paper(other, "TS-01")
    for one in (paper, kept):
        desk.run(
            DeliverPaper(
                one, "in_person", desk.clock.now_ms(), receiver="陈小梅", proof=papers.JPEG
            )
        )
    desk.put_away(complaint)
    desk.at(f"{(desk.today + timedelta(days=366 * 5)).isoformat()} 09:00")
    ran = desk.branch.run(RunCaseRetention(), Actor(PROGRAM, "complaints")).value
    assert ran.gone == {"complaint": 1}
    assert (rows(desk, "paper"), rows(desk, "paper_delivery")) == (1, 1)
    assert papers_of(desk.store, desk.staff(OFFICER), complaint) == ()
    # Three letters and one proof, the same for both.
    assert len(files(desk)) == 4
    assert sweep_files(desk.store, desk.clock.now_ms()) == 2
    assert len(files(desk)) == 2


def test_drafts_go_with_their_case_and_after_thirty_days(desk: Desk) -> None:
    complaint = desk.register()
    drafts, now = drafts_of(desk.store), desk.clock.now_ms()
    names = {
        "of the case": DraftName("paper", f"complaint:{complaint}.ts_01", 5),
        "of the case, short": DraftName("reply", f"{complaint}.round:1", 5),
        "of a case that is gone": DraftName("paper", "complaint:999.ts_01", 5),
        "of a case that is gone, short": DraftName("reply", "999", 5),
        "of a session": DraftName("session", "999", 5),
        "of no case yet": DraftName("intake", "999", 5),
    }
    for name in names.values():
        drafts.keep(name, {"text": "未写完"}, now)
    assert sweep_files(desk.store, now) == 2
    left = {one.name for one in drafts.found(5)}
    assert left == {name for about, name in names.items() if "gone" not in about}
    assert sweep_files(desk.store, now + 31 * 86_400_000) == 4


def test_who_asks_for_his_data_is_told_of_the_papers(desk: Desk) -> None:
    complaint = desk.register(read_back=True)
    desk.paper(complaint, "TS-01")
    request = desk.run(OpenRequest("copy", "陈小梅", wish="请提供副本"), HEAD).id
    desk.run(ConfirmIdentity(request), HEAD)
    desk.run(LinkRecord(request, "complaint", complaint), HEAD)
    (record,) = desk.run(ShowOwnData(request), HEAD)
    values = {value.name: value.value for value in record.values}
    assert values["papers"] == "TS-01 2026-11-20"
