"""The record of a conversation (TS-08): filled from the session, issued once it has ended."""

from __future__ import annotations

import json
from datetime import date

import pytest

from branch.complaints.commands.registration import SetSubjects
from branch.complaints.queries.papers import papers_of
from branch.kernel.errors import BranchError, NotFound, NotPermitted, RuleBroken
from branch.papers.commands import DraftPaper, IssuePaper
from branch.papers.head import Draft
from branch.rooms.commands.alarms import NoteIncident, RaiseAlarm
from branch.rooms.commands.ending import EndSession
from branch.rooms.commands.talk import AddPromise, MarkCalming, NoteMaterials
from branch.rooms.rules import OUTCOMES
from reports.forms.papers.paper import paper_pdf
from tests.complaints.desk import ADVISER, HEAD, LOBBY_MANAGER, OFFICER, TELLER
from tests.reports.paper import text_by_pypdf
from tests.rooms.house import SAID, House


def drafted(house: House, session: int, language: str = "zh", by: str = OFFICER) -> Draft:
    draft = house.in_room(DraftPaper("TS-08", f"session:{session}", language=language), by)
    assert isinstance(draft, Draft)
    return draft


def issue(house: House, draft: Draft, by: str = OFFICER) -> int:
    pdf, pages = paper_pdf(draft.head, draft.fields)
    head = draft.head
    paper = house.in_room(
        IssuePaper(
            head.form, head.subject, "", head.language, "{}", head.copy, head.issued_at,
            head.code, pdf, pages,
        ),
        by,
    )  # fmt: skip
    assert isinstance(paper, int)
    return paper


def filled(house: House) -> int:
    session = house.held()
    house.in_room(NoteMaterials(session, "宣传页一张"))
    house.in_room(MarkCalming(session, "seated"))
    house.in_room(AddPromise(session, "出具书面答复", house.staff(ADVISER), date(2026, 11, 27)))
    house.clock.advance(25 * 60)
    return session


def test_every_field_is_what_was_noted(house: House) -> None:
    session = filled(house)
    began = house.view(session).line.started_at
    house.end(session)
    draft = drafted(house, session)
    assert draft.missing == ()
    assert draft.head.number == "JD-HB001-20261120-001"
    fields = draft.fields
    case = house.detail(house.view(session).line.complaint or 0)
    assert case is not None
    assert draft.head.case_number == case.line.number
    assert fields["complaint_no"] == case.line.number
    assert (fields["start_at"], fields["end_at"]) == (began, began + 25 * 60_000)
    assert fields["room"] == "接待室 1"
    assert fields["visitors"] == [
        {"name": "陈小梅", "capacity": "本人"},
        {"name": "陈晓", "capacity": "陪同"},
    ]
    assert (fields["staff_1"], fields["staff_2"]) == ("冯涛", "李静")
    assert fields["statement"] == SAID
    assert fields["explained"] is True
    assert fields["read_back"] is True
    assert fields["materials_taken"] == "宣传页一张"
    assert fields["calming_steps"] == ["explained", "seated"]
    assert fields["commitments"] == [{"text": "出具书面答复", "owner": "郑岚", "due": "2026-11-27"}]
    assert (fields["emotion_start"], fields["emotion_end"]) == ("平稳", "平稳")
    assert fields["outcome"] == "继续跟进"
    assert (fields["recorder_id"], fields["recorder_ok"]) == ("JD-A1", True)
    assert json.loads(str(fields["visitor_sign"])) == [[[1.0, 2.0], [3.0, 4.0]]]
    assert fields["refusal"] == ""


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("zh", ("继续跟进", "接待室 1", "陈小梅", "郑岚")),
        ("en", ("Follow on", "Companion", "陈小梅")),
    ],
)
def test_it_is_printed_in_both_languages(
    house: House, language: str, words: tuple[str, ...]
) -> None:
    session = filled(house)
    house.end(session)
    draft = drafted(house, session, language)
    pdf, _pages = paper_pdf(draft.head, draft.fields)
    text = text_by_pypdf(pdf)
    for word in (*words, SAID[:10], draft.head.number):
        assert word in text


def test_issued_it_stands_among_the_papers_of_the_case(house: House) -> None:
    session = filled(house)
    with pytest.raises(RuleBroken) as refused:
        issue(house, drafted(house, session))
    assert refused.value.code == "session_goes_on"
    house.end(session)
    paper = issue(house, drafted(house, session))
    case = house.view(session).line.complaint
    assert case is not None
    lines = papers_of(house.store, house.staff(OFFICER), case)
    assert [(line.id, line.form, line.number) for line in lines] == [
        (paper, "TS-08", "JD-HB001-20261120-001")
    ]
    (kept,) = house.store.rows("SELECT snapshot FROM paper", ())
    assert "陈小梅" not in kept[0]


def test_both_who_received_may_and_others_may_not(house: House) -> None:
    session = filled(house)
    house.end(session)
    assert issue(house, drafted(house, session, by=LOBBY_MANAGER), LOBBY_MANAGER)
    with pytest.raises(NotPermitted):
        drafted(house, session, by=TELLER)


def test_to_whom_it_is_about_it_is_not_there(house: House) -> None:
    session = filled(house)
    case = house.view(session).line.complaint
    assert case is not None
    house.end(session)
    draft = drafted(house, session)
    house.run(SetSubjects(case, frozenset({house.staff(HEAD)})))
    with pytest.raises(NotFound):
        drafted(house, session, by=HEAD)
    with pytest.raises(NotFound):
        issue(house, draft, HEAD)


def test_a_refused_signature_is_told_with_both_witnesses(house: House) -> None:
    session = filled(house)
    both = frozenset(house.view(session).staff)
    house.end(session, signed="refused", signature="", witnesses=both)
    fields = drafted(house, session).fields
    assert fields["visitor_sign"] == ""
    assert fields["refusal"] == "来访人未签名，冯涛、李静在场见证"


def test_broken_off_it_can_be_issued_as_it_is(house: House) -> None:
    session = house.held()
    both = frozenset(house.view(session).staff)
    house.in_room(EndSession(session, "left", 5, witnesses=both))
    draft = drafted(house, session)
    assert draft.missing == ()
    assert issue(house, draft)


@pytest.mark.parametrize("had_police", [False, True])
def test_silent_help_does_not_stand_on_the_visitors_copy(house: House, had_police: bool) -> None:
    session = filled(house)
    house.in_room(RaiseAlarm(2, session))
    came = house.clock.now_ms() if had_police else None
    house.in_room(NoteIncident(session, "拍桌", came))
    house.end(session)
    fields = drafted(house, session).fields
    assert fields["police_110_at"] == came
    assert fields["incident_level"] == (2 if had_police else None)
    assert "拍桌" not in str(fields)


def test_a_session_without_a_case_has_its_record_too(house: House) -> None:
    session = house.start()
    house.end(session)
    draft = drafted(house, session)
    assert draft.head.case_number == ""
    assert issue(house, draft)


@pytest.mark.parametrize("outcome", OUTCOMES)
def test_every_outcome_has_words(house: House, outcome: str) -> None:
    session = house.held()
    both = frozenset(house.view(session).staff)
    house.end(session, outcome=outcome, witnesses=both)
    assert drafted(house, session).fields["outcome"]


@pytest.mark.parametrize(
    ("form", "subject", "part"),
    [
        ("TS-08", "session:999", ""),
        ("TS-08", "session:x", ""),
        ("TS-08", "session:", ""),
        ("TS-06", "session:1", ""),
        ("TS-08", "session:1", "round:1"),
        ("TS-08", "nothing:1", ""),
    ],
)
def test_what_there_is_not(house: House, form: str, subject: str, part: str) -> None:
    house.held()
    for command in (
        DraftPaper(form, subject, part),
        IssuePaper(form, subject, part, "zh", "{}", 1, 0, "", b"%PDF-1.4"),
    ):
        with pytest.raises(BranchError):
            house.in_room(command)
