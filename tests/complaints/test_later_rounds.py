"""Figures of what was taken up again, or reviewed, after it had been answered."""

from __future__ import annotations

from datetime import date

from branch.complaints.commands.answering import Close, NoteReceipt, Reopen, Reply
from branch.complaints.commands.correcting import GiveIdentity
from branch.complaints.commands.handling import Decide
from branch.complaints.commands.limits import ApproveExtension, RequestExtension, TellExtension
from branch.complaints.commands.reviews import OrderRedo, StartReReview, UpholdDecision
from branch.complaints.queries.late import late_cases
from branch.complaints.queries.months import months, weeks
from tests.complaints.desk import ADVISER, HEAD, OFFICER, SUPERIOR, WHO, Desk
from tests.complaints.month import NOVEMBER, act, close, figures, one_to_the_end, replied


def reviewed(desk: Desk, complaint: int) -> None:
    """He has had the answer, and applies for a re-review today."""
    desk.run(NoteReceipt(complaint, desk.today))
    desk.run(StartReReview(complaint, desk.today, True), SUPERIOR)


def test_re_reviews_and_how_many_were_overturned(desk: Desk) -> None:
    upheld = one_to_the_end(desk, "2026-10-12 09:00", "2026-10-15 09:00", "2026-10-16 09:00")
    redone = one_to_the_end(desk, "2026-10-13 09:00", "2026-10-15 09:00", "2026-10-16 09:00")
    for complaint in (upheld, redone):
        desk.run(NoteReceipt(complaint, date(2026, 10, 16)))
    desk.at("2026-11-02 09:00")
    for complaint in (upheld, redone):
        desk.run(StartReReview(complaint, date(2026, 11, 2), True), SUPERIOR)
    desk.at("2026-11-10 09:00")
    desk.run(UpholdDecision(upheld, False, "维持"), SUPERIOR)
    desk.run(OrderRedo(redone, "重办"), SUPERIOR)
    found = figures(desk)
    assert (found.reviews.applied, found.reviews.decided, found.reviews.overturned) == (2, 2, 1)
    assert (found.ledger.taken_up, found.ledger.open_after) == (2, 1)
    assert dict(found.ledger.ended) == {"re_reviewed": 1}
    # A re-review is no second closing, and does not move the due day of the first.
    assert found.handled.closed == 0
    october = figures(desk, period=(date(2026, 10, 1), date(2026, 10, 31)))
    assert (october.handled.closed, october.handled.late_legal) == (2, 0)


def test_what_was_upheld_before_it_was_closed_was_handled_to_its_end(desk: Desk) -> None:
    desk.at("2026-11-02 09:00")
    complaint = desk.investigated()
    desk.report(complaint, finding="not_true")
    desk.run(Decide(complaint), HEAD)
    desk.at("2026-11-05 09:00")
    replied(desk, complaint)
    reviewed(desk, complaint)
    assert figures(desk).handled.closed == 0
    desk.at("2026-11-10 09:00")
    desk.run(UpholdDecision(complaint, False, "维持"), SUPERIOR)
    found = figures(desk)
    # The closings of the period are what ended closed in it, so that its shares make up a whole.
    assert dict(found.ledger.ended) == {"closed": 1}
    assert (found.handled.closed, found.handled.gross_days, found.handled.late_legal) == (1, 3, 0)
    assert found.handled.findings == {"not_true": 1}
    # Reviewed once more, it is a review that ends.
    reviewed(desk, complaint)
    desk.run(OrderRedo(complaint, "重办"), SUPERIOR)
    desk.report(complaint, finding="not_true")
    desk.run(Decide(complaint), HEAD)
    replied(desk, complaint)
    close(desk, complaint)
    reviewed(desk, complaint)
    desk.run(UpholdDecision(complaint, False, "维持"), SUPERIOR)
    found = figures(desk)
    assert dict(found.ledger.ended) == {"closed": 2, "re_reviewed": 1}
    assert found.handled.closed == 2


def test_a_later_round_changes_nothing_of_the_months_before(desk: Desk) -> None:
    """What was paid, how long it could take and whom it was owed in a round stay with the round."""
    october = (date(2026, 10, 1), date(2026, 10, 31))
    desk.at("2026-10-12 09:00")
    paid = desk.investigated()
    nameless = desk.investigated(who={"name": "", "phone": "", "anonymous": True})
    desk.at("2026-10-14 09:00")
    desk.report(paid, redress=50_000)
    desk.report(nameless, finding="not_true")
    for complaint in (paid, nameless):
        desk.run(Decide(complaint), HEAD)
    act(desk, paid)
    replied(desk, paid)
    desk.run(Reply(nameless, "internal", desk.clock.now_ms()), OFFICER)
    desk.at("2026-10-16 09:00")
    close(desk, paid)
    desk.run(Close(nameless))
    before = figures(desk, period=october)
    told = before.handled
    assert (told.closed, told.compensated, told.redress, told.small) == (2, 1, 50_000, 1)
    assert (told.asked, told.extended) == (1, 0)
    desk.at("2026-11-02 09:00")
    desk.run(Reopen(paid, "有新情况"), HEAD)
    desk.run(GiveIdentity(nameless, WHO), OFFICER)
    desk.at("2026-11-10 09:00")
    extension = desk.run(RequestExtension(paid, "需要鉴定"), ADVISER)
    desk.run(ApproveExtension(extension), HEAD)
    desk.run(TellExtension(extension, "phone"), ADVISER)
    desk.report(paid, redress=150_000)
    desk.run(Decide(paid), HEAD)
    replied(desk, paid)
    desk.at("2026-11-12 09:00")
    close(desk, paid)
    assert figures(desk, period=october).handled == told
    now = figures(desk).handled
    assert (now.closed, now.compensated, now.redress, now.extended) == (1, 1, 150_000, 1)
    # Every end is one of its month, as in the ledger of the month.
    lately = months(desk.store, desk.staff(OFFICER), desk.today, 2)
    assert [(one.month, one.ended) for one in lately] == [("2026-10", 2), ("2026-11", 1)]
    assert [before.ledger.all_ended, figures(desk).ledger.all_ended] == [2, 1]
    # One more round that runs takes nothing out of the month that it ended in, nor of its week.
    desk.run(Reopen(paid, "又有新情况"), HEAD)
    lately = months(desk.store, desk.staff(OFFICER), desk.today, 2)
    assert [one.ended for one in lately] == [2, 1]
    assert [one.ended for one in weeks(desk.store, desk.staff(OFFICER), desk.today, 5)] == [
        2, 0, 0, 0, 1,
    ]  # fmt: skip
    told_again = figures(desk).handled
    assert (told_again.compensated, told_again.redress, told_again.extended) == (1, 150_000, 1)


def test_an_answer_that_was_late_stays_among_the_late_of_its_month(desk: Desk) -> None:
    october = (date(2026, 10, 1), date(2026, 10, 31))
    late = one_to_the_end(desk, "2026-10-01 09:00", "2026-10-20 09:00", "2026-10-22 09:00")

    def told(period: tuple[date, date]) -> list[tuple[bool, str, str, int, str]]:
        found = late_cases(desk.store, desk.staff(OFFICER), *period, desk.today)
        assert found.legal == figures(desk, period=period).handled.late_legal
        return [(one.legal, one.due, one.told, one.days, one.stood) for one in found.lines]

    missed = (True, "2026-10-16", "2026-10-20", 4, "investigating")
    assert told(october) == [missed]
    desk.at("2026-11-02 09:00")
    desk.run(Reopen(late, "有新情况"), HEAD)
    assert told(october) == [missed]
    desk.at("2026-11-04 09:00")
    desk.report(late)
    desk.run(Decide(late), HEAD)
    replied(desk, late)
    close(desk, late)
    assert (told(october), told(NOVEMBER)) == ([missed], [])
    # Reviewed, what was late is listed once.
    desk.at("2026-11-05 09:00")
    again = one_to_the_end(desk, "2026-11-05 09:00", "2026-11-23 09:00", "2026-11-23 10:00")
    reviewed(desk, again)
    assert told(NOVEMBER) == [(True, "2026-11-20", "2026-11-23", 3, "investigating")]
