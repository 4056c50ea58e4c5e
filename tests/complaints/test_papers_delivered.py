"""How a paper reached the complainant: each way with its proof; handing the answer over replies."""

from __future__ import annotations

from dataclasses import replace

import pytest

from branch.complaints.commands.answering import RecordContact, Reopen, Reply
from branch.complaints.commands.handling import Decide
from branch.complaints.commands.limits import ApproveExtension, RequestExtension
from branch.complaints.commands.registration import SetSubjects
from branch.complaints.queries.papers import papers_of
from branch.kernel.errors import BadInput, BranchError, NotFound, NotPermitted, RuleBroken
from branch.kernel.vault import digest_of, vault_of
from branch.papers.commands import DeliverPaper, OpenProof
from branch.papers.head import Delivered
from tests.complaints import papers
from tests.complaints.desk import ADVISER, AUDITOR, HEAD, LOBBY_MANAGER, OFFICER, TELLER, Desk


def deliveries(desk: Desk, complaint: int) -> list[Delivered]:
    lines = papers_of(desk.store, desk.staff(OFFICER), complaint)
    return [one for line in lines for one in line.deliveries]


def registration(desk: Desk) -> tuple[int, int]:
    complaint = desk.register(read_back=True)
    return complaint, desk.paper(complaint, "TS-01")


def test_handed_over_with_a_receipt(desk: Desk) -> None:
    complaint, paper = registration(desk)
    now = desk.clock.now_ms()
    desk.run(
        DeliverPaper(
            paper, "in_person", now, receiver="陈小梅", proof=papers.JPEG, received_on="2026-11-20"
        ),
        LOBBY_MANAGER,
    )
    (one,) = deliveries(desk, complaint)
    assert (one.mode, one.at, one.by, one.receiver) == ("in_person", now, "李静", "陈小梅")
    assert (one.received_on, one.proof) == ("2026-11-20", digest_of(papers.JPEG))
    assert vault_of(desk.store).get(one.proof) == papers.JPEG
    assert "陈" not in repr(one)
    assert "陈小梅" not in " ".join(str(entry) for entry in desk.entries)
    assert desk.last.what == "complaint.paper_delivered"


def test_a_proof_is_opened_by_who_has_a_part(desk: Desk) -> None:
    complaint, paper = registration(desk)
    for proof in (papers.JPEG, b""):
        desk.run(
            DeliverPaper(paper, "in_person", desk.clock.now_ms(), receiver="陈小梅", proof=proof)
        )
    with_proof, without = deliveries(desk, complaint)
    content = desk.run(OpenProof(with_proof.id), AUDITOR)
    assert (content.data, content.kind) == (papers.JPEG, "jpeg")
    assert (desk.last.what, desk.last.data) == ("paper.proof_opened", {"delivery": with_proof.id})
    for unknown in (without.id, 999):
        with pytest.raises(NotFound, match="proof_unknown"):
            desk.run(OpenProof(unknown))
    with pytest.raises(NotPermitted, match="complaint_part"):
        desk.run(OpenProof(with_proof.id), TELLER)
    desk.run(SetSubjects(complaint, frozenset({desk.staff(LOBBY_MANAGER)})))
    with pytest.raises(NotFound, match="complaint_unknown"):
        desk.run(OpenProof(with_proof.id), LOBBY_MANAGER)


def test_handed_over_against_a_name(desk: Desk) -> None:
    complaint, paper = registration(desk)
    with pytest.raises(BadInput, match="receiver_missing") as refused:
        desk.run(DeliverPaper(paper, "in_person", desk.clock.now_ms(), receiver=" "))
    assert refused.value.field == "receiver"
    assert deliveries(desk, complaint) == []


def test_posted_with_its_number(desk: Desk) -> None:
    complaint, paper = registration(desk)
    now = desk.clock.now_ms()
    with pytest.raises(BadInput, match="tracking_missing") as refused:
        desk.run(DeliverPaper(paper, "post", now, tracking="  "))
    assert refused.value.field == "tracking"
    desk.run(DeliverPaper(paper, "post", now, tracking="EMS 1234 5678 9 CN"))
    assert deliveries(desk, complaint)[0].tracking == "EMS 1234 5678 9 CN"


def test_refused_before_two_witnesses(desk: Desk) -> None:
    complaint, paper = registration(desk)
    now = desk.clock.now_ms()
    for witnesses in ((), ("李静",), ("李静", "李静")):
        with pytest.raises(BadInput, match="witnesses_missing") as refused:
            desk.run(DeliverPaper(paper, "refused", now, witnesses=witnesses))
        assert refused.value.field == "witnesses"
    desk.run(DeliverPaper(paper, "refused", now, witnesses=("李静", "马强")))
    assert deliveries(desk, complaint)[0].witnesses == ("李静", "马强")


@pytest.mark.parametrize("mode", ["message", "phone", "not_reached"])
def test_sent_called_or_tried(desk: Desk, mode: str) -> None:
    complaint, paper = registration(desk)
    for _ in range(3):
        desk.run(DeliverPaper(paper, mode, desk.clock.now_ms()))
        desk.clock.advance(60)
    assert [one.mode for one in deliveries(desk, complaint)] == [mode] * 3


@pytest.mark.parametrize(
    ("change", "code", "field"),
    [
        ({"mode": "pigeon"}, "code_unknown", "mode"),
        ({"at": 0}, "delivered_when", "at"),
        ({"at": 2**50}, "delivered_when", "at"),
        ({"received_on": "2026-11-19"}, "receipt_day", "received_on"),
        ({"received_on": "2026-11-21"}, "receipt_day", "received_on"),
        ({"received_on": "昨天"}, "day_form", "received_on"),
        ({"receiver": "名" * 61}, "field_too_long", "receiver"),
        ({"proof": papers.PROGRAM}, "file_kind", "file"),
    ],
)
def test_what_cannot_stand_is_named(
    desk: Desk, change: dict[str, object], code: str, field: str
) -> None:
    complaint, paper = registration(desk)
    good = DeliverPaper(paper, "in_person", desk.clock.now_ms(), receiver="陈小梅")
    with pytest.raises(BadInput, match=code) as refused:
        desk.run(replace(good, **change))  # type: ignore[arg-type]
    assert refused.value.field == field
    assert deliveries(desk, complaint) == []


def test_the_minute_of_the_issue_is_not_before_it(desk: Desk) -> None:
    """Who chooses the time chooses hours and minutes."""
    complaint = desk.register(read_back=True)
    minute = desk.clock.now_ms()
    desk.clock.advance(59)
    paper = desk.paper(complaint, "TS-01")
    desk.run(DeliverPaper(paper, "in_person", minute, receiver="陈小梅"))
    with pytest.raises(BadInput, match="delivered_when"):
        desk.run(DeliverPaper(paper, "in_person", minute - 1_001, receiver="陈小梅"))


def test_the_newest_copy_is_delivered(desk: Desk) -> None:
    complaint, paper = registration(desk)
    newer = desk.paper(complaint, "TS-01")
    with pytest.raises(RuleBroken, match="paper_replaced"):
        desk.run(DeliverPaper(paper, "in_person", desk.clock.now_ms(), receiver="陈小梅"))
    desk.run(DeliverPaper(newer, "in_person", desk.clock.now_ms(), receiver="陈小梅"))


def test_by_who_has_a_part_only(desk: Desk) -> None:
    complaint, paper = registration(desk)
    wish = DeliverPaper(
        paper, "in_person", desk.clock.now_ms(), receiver="陈小梅", proof=papers.PNG
    )
    with pytest.raises(NotPermitted, match="complaint_part"):
        desk.run(wish, TELLER)
    desk.run(SetSubjects(complaint, frozenset({desk.staff(LOBBY_MANAGER)})))
    with pytest.raises(NotFound, match="complaint_unknown"):
        desk.run(wish, LOBBY_MANAGER)
    with pytest.raises(NotFound, match="paper_unknown"):
        desk.run(replace(wish, paper=999))


# -- the answer -----------------------------------------------------------------------------------


@pytest.mark.parametrize("mode", ["in_person", "post", "message", "refused"])
def test_what_is_handed_over_has_to_be_written_first(desk: Desk, mode: str) -> None:
    complaint = desk.decided()
    now = desk.clock.now_ms()
    wish = Reply(complaint, mode, now, True, "EMS 1", "陈小梅", ("李静", "马强"), papers.PDF)
    with pytest.raises(RuleBroken, match="reply_letter_missing"):
        desk.run(wish, ADVISER)
    letter = desk.letter(complaint)
    desk.run(wish, ADVISER)
    assert desk.state(complaint) == "replied"
    (one,) = deliveries(desk, complaint)
    assert (one.mode, one.at, one.proof) == (mode, now, digest_of(papers.PDF))
    assert [line.id for line in papers_of(desk.store, desk.staff(OFFICER), complaint)] == [letter]
    assert "马强" not in repr(wish)


def test_a_letter_of_the_round_before_is_none(desk: Desk) -> None:
    complaint = desk.decided()
    desk.letter(complaint)
    desk.run(Reply(complaint, "in_person", desk.clock.now_ms(), True, receiver="陈小梅"), ADVISER)
    desk.run(Reopen(complaint, "有新情况"), HEAD)
    desk.report(complaint)
    desk.run(Decide(complaint), HEAD)
    with pytest.raises(RuleBroken, match="reply_letter_missing"):
        desk.run(
            Reply(complaint, "in_person", desk.clock.now_ms(), True, receiver="陈小梅"), ADVISER
        )
    desk.letter(complaint)
    desk.run(Reply(complaint, "in_person", desk.clock.now_ms(), True, receiver="陈小梅"), ADVISER)
    assert len(deliveries(desk, complaint)) == 2


def test_a_call_needs_no_letter(desk: Desk) -> None:
    complaint = desk.decided()
    desk.run(Reply(complaint, "phone", desk.clock.now_ms(), True), ADVISER)
    assert desk.state(complaint) == "replied"
    assert deliveries(desk, complaint) == []


def test_a_call_about_the_letter_is_noted_with_it(desk: Desk) -> None:
    earlier, later = desk.decided(), desk.decided()
    called = desk.clock.now_ms()
    desk.clock.advance(60)
    for complaint, at in ((earlier, called), (later, desk.clock.now_ms())):
        desk.letter(complaint)
        desk.run(Reply(complaint, "phone", at, True), ADVISER)
    # The first was called before there was a letter.
    assert deliveries(desk, earlier) == []
    assert [one.mode for one in deliveries(desk, later)] == ["phone"]


def test_three_tries_stand_with_the_letter(desk: Desk) -> None:
    complaint = desk.decided()
    desk.letter(complaint)
    for _ in range(3):
        desk.run(RecordContact(complaint, "phone", False))
    desk.run(Reply(complaint, "not_reached", desk.clock.now_ms()), ADVISER)
    assert [one.mode for one in deliveries(desk, complaint)] == ["not_reached"]


def test_delivering_the_answer_is_the_reply(desk: Desk) -> None:
    """One fact, whichever way it was noted."""
    complaint = desk.decided()
    letter = desk.letter(complaint)
    at = desk.clock.now_ms()
    desk.run(
        DeliverPaper(letter, "in_person", at, receiver="陈小梅", received_on="2026-11-20"), ADVISER
    )
    assert desk.state(complaint) == "replied"
    found = desk.detail(complaint)
    assert found is not None
    assert (found.values["reply_mode"], found.values["notified_at"]) == ("in_person", at)
    assert found.values["reply_received_on"] == "2026-11-20"
    assert [one.receiver for one in deliveries(desk, complaint)] == ["陈小梅"]
    # Once more by post: a delivery and no second reply.
    desk.clock.advance(60)
    desk.run(DeliverPaper(letter, "post", desk.clock.now_ms(), tracking="EMS 1"), ADVISER)
    assert [one.mode for one in deliveries(desk, complaint)] == ["in_person", "post"]
    assert [entry.what for entry in desk.entries].count("complaint.replied") == 1


def test_the_third_try_in_vain_is_the_reply(desk: Desk) -> None:
    complaint = desk.decided()
    letter = desk.letter(complaint)
    for state in ("decided", "decided", "replied"):
        desk.run(DeliverPaper(letter, "not_reached", desk.clock.now_ms()), ADVISER)
        assert desk.state(complaint) == state
        desk.clock.advance(60)
    assert [one.mode for one in deliveries(desk, complaint)] == ["not_reached"] * 3
    assert [entry.what for entry in desk.entries].count("complaint.contact_recorded") == 3


def test_telling_of_a_longer_limit_puts_it_in_force(desk: Desk) -> None:
    complaint = desk.investigated()
    extension = desk.run(RequestExtension(complaint, "需等待外部材料"), ADVISER)
    desk.run(ApproveExtension(extension), HEAD)
    paper = desk.paper(
        complaint,
        "TS-05",
        f"extension:{extension}",
        reason="需等待外部材料",
        progress="已调阅录像",
        notify_mode="phone",
    )
    before = desk.due(complaint)[0]
    desk.run(DeliverPaper(paper, "not_reached", desk.clock.now_ms()), ADVISER)
    assert desk.due(complaint)[0] == before == "2026-12-05"
    desk.run(DeliverPaper(paper, "phone", desk.clock.now_ms()), ADVISER)
    assert desk.due(complaint)[0] == "2026-12-20"
    # Told again in writing.
    desk.run(DeliverPaper(paper, "post", desk.clock.now_ms(), tracking="EMS 2"), ADVISER)
    assert len(deliveries(desk, complaint)) == 3


def test_a_longer_limit_told_too_late_stays_out_of_force(desk: Desk) -> None:
    complaint = desk.investigated()
    extension = desk.run(RequestExtension(complaint, "需等待外部材料"), ADVISER)
    desk.run(ApproveExtension(extension), HEAD)
    part = f"extension:{extension}"
    paper = desk.paper(
        complaint, "TS-05", part, reason="材料未到", progress="已调阅", notify_mode="post"
    )
    desk.at("2026-12-06 00:00")
    with pytest.raises(BranchError, match="limit_over"):
        desk.run(DeliverPaper(paper, "phone", desk.clock.now_ms()), ADVISER)
    assert deliveries(desk, complaint) == []


@pytest.mark.parametrize("mode", ["in_person", "phone"])
@pytest.mark.parametrize(
    ("day", "told"),
    [("明天", "day_form"), ("2026-11-21", "receipt_day"), ("2026-11-19", "receipt_day")],
)
def test_a_day_of_receipt_that_is_none_is_no_reply(
    desk: Desk, mode: str, day: str, told: str
) -> None:
    complaint = desk.decided()
    letter = desk.letter(complaint)
    now = desk.clock.now_ms()
    wish = DeliverPaper(letter, mode, now, receiver="陈小梅", received_on=day)
    with pytest.raises(BadInput, match=told) as caught:
        desk.run(wish, ADVISER)
    assert caught.value.field == "received_on"
    assert (desk.state(complaint), deliveries(desk, complaint)) == ("decided", [])
    desk.run(replace(wish, received_on="2026-11-20"), ADVISER)
    assert [one.received_on for one in deliveries(desk, complaint)] == ["2026-11-20"]


def test_a_tracking_number_is_kept_whole_or_not_at_all(desk: Desk) -> None:
    _complaint, paper = registration(desk)
    wish = DeliverPaper(paper, "post", desk.clock.now_ms(), tracking="1" * 41)
    with pytest.raises(BadInput, match="field_too_long") as caught:
        desk.run(wish)
    assert caught.value.field == "tracking"
