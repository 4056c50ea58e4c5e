"""What the registration form offers first: the classes that were used most, all of them there."""

from __future__ import annotations

from branch.complaints.codes import BIZ_CHANNELS, BIZ_CLASSES, REASONS
from branch.complaints.queries.intake import usual_classes
from tests.complaints.desk import Desk


def test_before_anything_is_usual_the_lists_stand_as_they_are(desk: Desk) -> None:
    usual = usual_classes(desk.store, "2026-01-01")
    assert usual.biz_channels == BIZ_CHANNELS
    assert usual.biz_classes == BIZ_CLASSES
    assert usual.reasons == REASONS


def test_most_used_comes_first_and_other_last(desk: Desk) -> None:
    for reason, times in (("pricing", 3), ("other", 4), ("returns", 1)):
        for _ in range(times):
            desk.register(what={"reason": reason, "biz_class": "", "biz_channel": "mobile"})
    usual = usual_classes(desk.store, "2026-01-01")
    assert usual.reasons[:3] == ("pricing", "returns", "service")
    assert usual.reasons[-1] == "other"
    assert sorted(usual.reasons) == sorted(REASONS)
    assert usual.biz_channels[0] == "mobile"
    assert usual.biz_classes == BIZ_CLASSES


def test_what_is_long_ago_counts_no_more(desk: Desk) -> None:
    desk.register(what={"reason": "pricing"})
    assert usual_classes(desk.store, "2026-11-21").reasons == REASONS
