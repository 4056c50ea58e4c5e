"""Fifty people go through everything that keeps personal data, and stand in the clear nowhere."""

from __future__ import annotations

import logging
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from stdnum.cn import ric

from branch.bootstrap import Branch
from branch.complaints.commands.acceptance import Accept
from branch.complaints.commands.registration import Register
from branch.complaints.description import Complainant, Matter
from branch.drills.commands.evidence import Observe
from branch.drills.commands.incidents import FillReport, OpenIncident
from branch.drills.commands.marking import MarkStep
from branch.drills.commands.review import WriteHotWash
from branch.drills.commands.running import EndRun
from branch.drills.queries.detail import run_detail
from branch.drills.rules.run import REAL_FIELDS
from branch.kernel import journal
from branch.kernel.drafts import DraftName, drafts_of
from branch.kernel.errors import BranchError
from branch.kernel.runner import Actor
from branch.lobby.queries.screens import branch_name
from branch.papers.commands import DeliverPaper, DraftPaper
from branch.people.queries import account_id, staff_members
from branch.people.queries.audit import ALL
from branch.rooms.commands.alarms import CancelAlarm, NoteIncident, RaiseAlarm
from branch.rooms.commands.ending import EndSession, RevealSession, SignTurnover
from branch.rooms.commands.starting import StartSession
from branch.rooms.commands.talk import AddCheck, GoToStep, MarkCalming, NoteMaterials
from branch.rooms.queries.rooms import rooms_now
from branch.rooms.rules import TURNOVER
from branch.rooms.session import Visitor
from branch.visitors.commands.blocking import ProposeBlock
from branch.visitors.commands.reception import RecordReception
from branch.visitors.commands.register import SignInVisitor, SignOutVisitor
from branch.visitors.commands.requests import OpenRequest
from branch.visitors.commands.reveal import Reveal
from branch.visitors.commands.rollcall import AddToRoll, StartRollCall
from branch.visitors.details import Details
from branch.visitors.queries.register import visitors_of_day
from branch.visitors.queries.roster import KeptRoster, roster, sealed_roster
from reports.forms.audit import Extract, audit_csv, audit_pdf
from reports.forms.audit_words import Names
from reports.forms.register_day import register_day_pdf
from reports.letterhead import Origin
from tests.complaints.desk import issue_of
from tests.keyed import actor, copy_sample, keyed
from tests.reports.paper import text_by_pypdf

DAY = "2026-11-20"
FAMILY = "龑䶮暅翀昪燚甯亓仉麴"
GIVEN = ("昱岐", "旻湉", "晟阆", "珩漪", "骧骁")


def numbered(n: int) -> str:
    body = f"110101{1950 + n}0307{500 + n}"
    return body + ric.calc_check_digit(body + "0")


PEOPLE = tuple(
    (f"{FAMILY[n % 10]}{GIVEN[n // 10]}", f"1395{n:03d}8{n:03d}", numbered(n), f"云Q{7000 + n}X")
    for n in range(50)
)
CODES = ("utf-8", "utf-16-le", "utf-16-be", "gb18030")


def go_through_everything(branch: Branch) -> None:
    """Every one of them visits, is received, asks for his data, complains and is blocked."""

    def run(command: object, by: str) -> object:
        return branch.run(command, actor(branch, by, "register")).value

    host = account_id(branch.store, "100482")
    for n, (name, phone, number, plate) in enumerate(PEOPLE):
        details = Details(name, "安达设备维保", host, "maintenance", "hall", "月检", phone, plate)
        noted = run(
            SignInVisitor(
                details, True, 1, document="resident_id", number=number, checked=True,
                is_minor=n % 7 == 0, guardian=PEOPLE[(n + 1) % 50][0], consented=True,
            ),
            "100401",
        )  # fmt: skip
        visitor = getattr(noted, "id")  # noqa: B009  a value of any command
        run(Reveal("visitor", visitor, "phone", "contact"), "100301")
        if n % 2:
            run(SignOutVisitor(visitor), "100401")
        run(
            RecordReception(
                None, "", frozenset({"explained"}), follow_up="answer", follow_by="2026-12-01",
                surname=name[0], title="mr", phone=phone, notice=1,
                told_at=branch.clock.now_ms(),
            ),
            "100301",
        )  # fmt: skip
        run(OpenRequest("access", name, phone, "查看"), "100101")
        run(ProposeBlock(name, "threat", "见记录", date(2027, 1, 31), number=number), "100401")
        case = run(
            Register(
                "on_site", branch.clock.now_ms(),
                Complainant(name, phone, document="resident_id", document_number=number),
                Matter("排队时间长", "等候超过一小时", biz_channel="counter",
                       biz_class="savings", reason="service"),
            ),
            "100301",
        )  # fmt: skip
        complaint = getattr(case, "id")  # noqa: B009
        run(Accept(complaint, "verified"), "100303")
        on_paper(branch, complaint, name)
        tell_in_a_room(branch, getattr(case, "id"), name, phone)  # noqa: B009
        # What is refused must not tell either.
        with pytest.raises(BranchError):
            run(SignInVisitor(details, False, 1, number=number), "100401")
    call = run(StartRollCall("drill"), "100401")
    assert isinstance(call, int)
    run(AddToRoll(call, PEOPLE[7][0]), "100401")
    write_of_an_incident(branch)


def on_paper(branch: Branch, complaint: int, name: str) -> None:
    """A notice with his name is issued and handed over; another is still being written."""
    by = actor(branch, "100303", "complaints")
    draft = branch.run(DraftPaper("TS-02A", f"complaint:{complaint}"), by).value
    assert draft.fields["addressee"] == name
    data = f"%PDF-1.7 {draft.head.code} {name}".encode()
    paper = branch.run(issue_of(draft, pdf=data), by).value
    branch.run(
        DeliverPaper(paper, "in_person", branch.clock.now_ms(), receiver=name, proof=data), by
    )
    kept = DraftName("paper", f"complaint:{complaint}.ts_10", by.staff)
    drafts_of(branch.store).keep(kept, {"complainant": name}, branch.clock.now_ms())


def tell_in_a_room(branch: Branch, case: int, name: str, phone: str) -> None:
    """He is received in a complaint room, says who he is, and help is called and taken back."""

    def run(command: object, by: str) -> Any:
        return branch.run(command, actor(branch, by, "room")).value

    officer, lobby = (actor(branch, by, "room").staff for by in ("100303", "100301"))
    room = rooms_now(branch.store, officer, branch.clock.now_ms())[0].id
    session = run(
        StartSession(
            room, officer, lobby, (Visitor(name),), notice_shown=True, notice_spoken=True,
            agreed=True, complaint=case,
        ),
        "100303",
    ).id  # fmt: skip
    run(GoToStep(session, 2, f"我是{name}，电话{phone}"), "100303")
    run(AddCheck(session, f"{name}的产品协议", f"{name}本人签字"), "100303")
    run(NoteMaterials(session, f"{name}的宣传页"), "100303")
    run(MarkCalming(session, "explained"), "100303")
    run(CancelAlarm(run(RaiseAlarm(1, session), "100303"), f"{name}误会"), "100101")
    run(NoteIncident(session, f"{name}情绪平稳"), "100303")
    run(RevealSession(session, "contact"), "100303")
    run(EndSession(session, "continues", 2, True, "paper", told_next=True), "100303")
    run(SignTurnover(room, frozenset(TURNOVER), "R-1"), "100401")


def write_of_an_incident(branch: Branch) -> None:
    """All of them are named in what is written about a real incident."""

    def run(command: object) -> Any:
        return branch.run(command, actor(branch, "100101", "drills")).value

    incident = run(OpenIncident("MED-01"))
    found = run_detail(branch.store, incident)
    assert found is not None
    for step, (name, phone, _number, _plate) in zip(found.scenario.steps, PEOPLE, strict=False):
        run(MarkStep(incident, step.no, note=f"{name}，电话{phone}"))
    for name, *_rest in PEOPLE:
        run(Observe(incident, "strength", f"{name}镇定"))
    run(EndRun(incident))
    names = "、".join(person[0] for person in PEOPLE[:20])
    run(FillReport(incident, "III", dict.fromkeys(REAL_FIELDS, names)))
    run(WriteHotWash(incident, tuple(names for _ in found.scenario.questions), names))


def details_in(content: bytes) -> list[str]:
    """The planted names, telephones, document numbers and plates that stand in these bytes."""
    texts = [text for person in PEOPLE for text in person]
    return [t for t in texts if any(t.encode(code) in content for code in CODES)]


def test_nothing_of_fifty_people_stands_in_the_clear(
    sample_file: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    place = keyed(copy_sample(sample_file, tmp_path / "data"), tmp_path / "config")
    branch = place.open()
    go_through_everything(branch)
    store, now = branch.store, branch.clock.now_ms()
    everybody = roster(store, now)
    kept = KeptRoster(branch_name(store), everybody)
    (tmp_path / "roster.sealed").write_text(sealed_roster(store.sealer, kept))
    assert {p.label for p in everybody.people} >= {PEOPLE[0][0], PEOPLE[2][0]}
    # While it is open: with its log and shared memory.
    open_files = {path.name: details_in(path.read_bytes()) for path in files(tmp_path)}
    assert {"branch.db", "branch.db-wal", "roster.sealed"} <= set(open_files)
    assert {name: found for name, found in open_files.items() if found} == {}
    # Another key and a copy made with it.
    manager = actor(branch, "100101", "admin")
    branch.rotate_key(manager)
    assert reveal_all(branch) == [person[1] for person in PEOPLE]
    branch.close()
    assert {p.name for p in files(tmp_path) if details_in(p.read_bytes())} == set()
    assert details_in(caplog.text.encode()) == []


def test_journal_and_exports_name_nobody(sample_file: Path, tmp_path: Path) -> None:
    place = keyed(copy_sample(sample_file, tmp_path / "data"), tmp_path / "config")
    branch = place.open()
    go_through_everything(branch)
    store, now = branch.store, branch.clock.now_ms()
    entries = list(journal.entries(store))
    assert details_in("".join(map(repr, entries)).encode()) == []
    assert sum(entry.what == "visitor.revealed" for entry in entries) == 50
    origin = Origin("zh", branch_name(store), now)
    names = Names({m.id: (m.staff_no, m.name) for m in staff_members(store)}, {})
    extract = Extract(entries, names, ALL, "", journal.head(store), manager_of(branch).staff)
    assert details_in(audit_csv(extract, origin).encode()) == []
    lines = visitors_of_day(store, DAY)
    assert len(lines) == 50
    sheet = register_day_pdf(lines, DAY, branch_name(store), "zh", now)
    for paper in (audit_pdf(extract, origin), sheet):
        assert details_in(paper) == []
        assert details_in(text_by_pypdf(paper).replace("\n", "").encode()) == []
    branch.close()


def files(folder: Path) -> list[Path]:
    """Every file below a folder but the key's own."""
    return [p for p in folder.rglob("*") if p.is_file() and "config" not in p.parts]


def manager_of(branch: Branch) -> Actor:
    return actor(branch, "100101", "admin")


def reveal_all(branch: Branch) -> list[str]:
    by = actor(branch, "100301", "lobby")
    visitors = sorted(line.id for line in visitors_of_day(branch.store, DAY))
    return [branch.run(Reveal("visitor", n, "phone", "contact"), by).value for n in visitors]
