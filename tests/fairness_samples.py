"""Stories and judgements that paper and screens are tried with; every reason once."""

from __future__ import annotations

from dataclasses import replace

from branch.catalogue.queries import Name
from branch.lobby.day_record import Life, Stay
from branch.lobby.fairness import CallBefore, HandCall, Judgement, Overtaking, Reason, Story
from branch.lobby.queries.fairness import ClassCount, DayFairness, TicketFairness
from branch.lobby.queries.screens import BranchName
from tests.conftest import OPENING

MINUTE = 60_000
BRANCH = BranchName(
    "HB001",
    Name("云川银行湖滨路支行", "Yunchuan Bank, Lakeside Road Branch"),
    "Asia/Shanghai",
    "09:00",
    "17:00",
)
CLASSES = {
    "elderly": Name("老年", "Senior"),
    "assisted": Name("需要协助", "Assisted"),
    "ordinary": Name("普通", "Ordinary"),
}
SERVICES = {"P01": Name("个人存款", "Cash deposit"), "P05": Name("挂失", "Loss report")}
STAFF = {7: "李静"}
WRITTEN = "带着发烧的孩子"


def call(reason: Reason, number: int, **more: object) -> CallBefore:
    """A call of A0nn, nn minutes after nine at counter 3."""
    plain = CallBefore(
        revision=100 + number,
        at=OPENING + number * MINUTE,
        ticket=number,
        number=f"A{number:03d}",
        service="P05",
        klass="ordinary",
        counter=3,
        reason=reason,
        later=-4 * MINUTE,
    )
    return replace(plain, **more)  # type: ignore[arg-type]


EVERY_REASON = (
    call(Reason.EARLIER, 11),
    call(Reason.EARLIER, 12, later=-5_000),
    call(Reason.CREDIT, 13, klass="elderly", credit=30, later=29 * MINUTE),
    call(Reason.CREDIT, 14, credit=30, later=20 * MINUTE),
    call(Reason.CREDIT, 15, credit=0, later=-MINUTE),
    call(Reason.OTHER_COUNTER, 16),
    call(Reason.PINNED, 17),
    call(Reason.KEPT_PLACE, 18),
    call(Reason.KEPT_PLACE, 19, away=6 * MINUTE),
    call(Reason.AWAY, 20, away=25 * MINUTE + 59_000),
    call(Reason.BY_HAND, 21, staff=7, code="unwell"),
    call(Reason.BY_HAND, 22, staff=7, code="other"),
    call(Reason.OUT_OF_ORDER, 23),
)


def story_of(*before: CallBefore, until: int | None = 32) -> TicketFairness:
    """A036, issued at 09:10, called to counter 5 so many minutes after nine; or it still waits."""
    at = None if until is None else OPENING + until * MINUTE
    life = Life(
        id=36,
        number="A036",
        issued_at=OPENING + 10 * MINUTE,
        seq=36,
        service="P01",
        classes=("ordinary",),
        slot=None,
        key=OPENING + 10 * MINUTE,
        waiting_since=OPENING + 10 * MINUTE if at is None else None,
        stays=[] if at is None else [Stay("P01", 5, at, OPENING + 10 * MINUTE)],
    )
    return TicketFairness(
        day="2026-11-20",
        story=Story(life, "ordinary", at, before, 45 * MINUTE, 30 * MINUTE),
        names=STAFF,
        services=SERVICES,
        classes=CLASSES,
        texts={122: WRITTEN},
    )


OVERTAKING = Overtaking(
    OPENING + 40 * MINUTE, 50, "A050", 12, "A012", "elderly", 29 * MINUTE, 45 * MINUTE
)
BEYOND = replace(OVERTAKING, number="A060", by=45 * MINUTE + 1)
HAND = HandCall(121, OPENING + 21 * MINUTE, 21, "A021", 3, 7, "unwell", 4)
WRITTEN_HAND = replace(HAND, revision=122, number="A022", code="other", passed=0)


def day_of(judgement: Judgement) -> DayFairness:
    """A day with this judgement."""
    spans = [overtaking.by for overtaking in judgement.overtakings]
    return DayFairness(
        day="2026-11-20",
        judgement=judgement,
        overtaken=len({overtaking.overtaken for overtaking in judgement.overtakings}),
        longest=max(spans, default=0),
        by_class=(ClassCount("elderly", len(spans), max(spans)),) if spans else (),
        names=STAFF,
        classes=CLASSES,
        texts={122: WRITTEN},
    )


KEPT = day_of(Judgement(120, 45 * MINUTE, [OVERTAKING] * 3, [], [HAND, WRITTEN_HAND], []))
BROKEN = day_of(
    Judgement(9, 45 * MINUTE, [OVERTAKING, BEYOND], [BEYOND], [], [call(Reason.OUT_OF_ORDER, 23)])
)
QUIET = day_of(Judgement(calls=2))
