"""What a letter has to say of the ways of redress, and that none goes out without it."""

from __future__ import annotations

import pytest

from branch.catalogue.commands import ChangeSetting
from branch.complaints.commands.answering import Escalate
from branch.complaints.commands.handling import Decide
from branch.kernel.errors import BadInput, RuleBroken
from tests.complaints.desk import HEAD, OFFICER, SUPERIOR, Desk
from tests.complaints.test_papers_grounds import draft, offers, open_for

LETTER = ("upper_body", "upper_address", "upper_phone", "mediator", "arb_or_court", "branch_phone")


@pytest.mark.parametrize("key", LETTER)
def test_no_reply_without_the_ways_of_redress(desk: Desk, key: str) -> None:
    complaint = desk.decided()
    desk.run(ChangeSetting(key, ""), HEAD)
    assert offers(desk, complaint)["TS-06", "round:1"].blocked == "letter_settings_missing"
    # It can be written meanwhile, and says what is missing.
    made = draft(desk, complaint, "TS-06", "round:1")
    assert ("contact_phone" if key == "branch_phone" else key) in made.missing
    with pytest.raises(RuleBroken, match="letter_settings_missing"):
        desk.letter(complaint)
    desk.run(ChangeSetting(key, "0000-8800 0117"), HEAD)
    desk.letter(complaint)


def test_a_letter_setting_is_one_line(desk: Desk) -> None:
    desk.run(ChangeSetting("upper_body", "  云川银行\n市分行 "), HEAD)
    assert desk.last.data == {}
    complaint = desk.decided()
    assert draft(desk, complaint, "TS-06", "round:1").fields["upper_body"] == "云川银行 市分行"
    for value, code in ((7, "setting_text"), ("x" * 200, "field_too_long"), ("\x00", "setting_te")):
        with pytest.raises(BadInput, match=code):
            desk.run(ChangeSetting("upper_body", value), HEAD)


def test_head_office_is_not_reviewed_by_anybody_above(desk: Desk) -> None:
    """Order 3 Art. 20 speaks of the decisions of branches."""
    complaint = desk.investigated(what={"amount": 1})
    desk.report(complaint, redress=500_000)
    desk.run(Escalate(complaint, 4), OFFICER)
    desk.run(Decide(complaint), SUPERIOR)
    for key in ("upper_body", "upper_address", "upper_phone"):
        desk.run(ChangeSetting(key, ""), HEAD)
    made = open_for(desk, complaint, "TS-06", "round:1")
    assert made.missing == ()
    assert made.fields["upper_body"] == ""
    assert "核查" not in str(made.fields["remedies"])
    assert "仲裁" in str(made.fields["remedies"])
    desk.letter(complaint)


def test_level_four_alone_is_not_head_office(desk: Desk) -> None:
    complaint = desk.decided()
    desk.run(Escalate(complaint, 4), OFFICER)
    assert "书面申请核查" in str(draft(desk, complaint, "TS-06", "round:1").fields["remedies"])
