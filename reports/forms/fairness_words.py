"""Owns the sentences of the fairness record, the same on paper and on screens; draws nothing and
judges nothing."""

from __future__ import annotations

from collections import Counter

from branch.kernel.clock import MS_PER_MINUTE
from branch.kernel.phrases import phrases
from branch.lobby.fairness import CallBefore, HandCall, Judgement, Overtaking, Reason, Story
from branch.lobby.queries.fairness import DayFairness, TicketFairness
from branch.lobby.rules import ORDINARY


def say(key: str, language: str, **values: object) -> str:
    """A phrase of the record."""
    return phrases("fairness").say(key, language, **values)


def minutes(ms: int) -> int:
    """A span (milliseconds) in whole minutes gone by."""
    return abs(ms) // MS_PER_MINUTE


def minutes_later(told: DayFairness, ms: int) -> int:
    """By how much somebody came later, in minutes; beyond the bound it never looks within."""
    bound = told.judgement.bound
    return max(minutes(ms), -(-ms // MS_PER_MINUTE) if ms > bound else 0)


def class_name(told: TicketFairness | DayFairness, klass: str, language: str) -> str:
    """A class by the name the branch gave it."""
    name = told.classes.get(klass)
    return name.text(language) if name else klass


def why_before(told: TicketFairness, call: CallBefore, language: str, *, texts: bool = True) -> str:
    """Why a call came before a ticket, in words.

    ``texts`` adds what was written to a call by hand, which is for staff only.
    """
    match call.reason:
        case Reason.EARLIER:
            key = "earlier" if minutes(call.later) else "earlier_same"
            return say(key, language, n=minutes(call.later))
        case Reason.CREDIT:
            return _credit_words(told, call, language)
        case Reason.OTHER_COUNTER:
            return say("other_counter", language, counter=call.counter)
        case Reason.KEPT_PLACE:
            key = "kept_place_away" if minutes(call.away) else "kept_place"
            return say(key, language, n=minutes(call.away))
        case Reason.AWAY:
            return say("away", language, n=minutes(call.away))
        case Reason.BY_HAND:
            text = told.texts.get(call.revision, "") if texts else ""
            return say(
                "by_hand_text" if text else "by_hand",
                language,
                name=told.names.get(call.staff, ""),
                reason=say(f"reason_{call.code}", language),
                text=text,
            )
        case Reason.PINNED | Reason.OUT_OF_ORDER:
            return say(str(call.reason), language)


def _credit_words(told: TicketFairness, call: CallBefore, language: str) -> str:
    if not call.credit:
        return say("credit_other", language)
    key = "credit_kept" if call.klass == ORDINARY else "credit"
    return say(key, language, klass=class_name(told, call.klass, language), n=call.credit)


def tally_words(story: Story, language: str) -> str:
    """How many came before for which kind of reason, the most frequent first."""
    kinds = Counter(call.reason for call in story.before)
    parts = [say(f"tally_{kind}", language, n=n) for kind, n in kinds.most_common()]
    return say("between", language).join(parts)


def rule_words(story: Story, language: str) -> str:
    """The rule for a ticket with the numbers that were in force (queue.md section 1)."""
    largest, elderly = minutes(story.bound), minutes(story.elderly)
    key = "order_arrival"
    if largest:
        key = "order_elderly" if elderly else "order_credit"
    return phrases("ticket").say(key, language, elderly=elderly, largest=largest)


def verdicts(judgement: Judgement, language: str) -> list[str]:
    """Whether a day kept the rule: one sentence when it did, else what is wrong."""
    found = []
    if judgement.exceeded:
        found.append(say("exceeded", language, n=len(judgement.exceeded)))
    if judgement.out_of_order:
        found.append(say("disorder", language, n=len(judgement.out_of_order)))
    if found:
        return found
    key = "kept" if judgement.bound else "kept_arrival"
    return [say(key, language, n=minutes(judgement.bound))]


def exceeded_words(overtaking: Overtaking, language: str) -> str:
    """An overtaking beyond the bound; its minutes rounded up, so that it never looks within."""
    return say(
        "exceeded_line",
        language,
        number=overtaking.number,
        overtaken=overtaking.overtaken_number,
        by=-(-overtaking.by // MS_PER_MINUTE),
        bound=minutes(overtaking.bound),
    )


def disorder_words(call: CallBefore, language: str) -> str:
    """A call that nothing explains."""
    return say("disorder_line", language, number=call.number, counter=call.counter)


def hand_words(told: DayFairness, call: HandCall, language: str) -> str:
    """Who called out of turn, and why."""
    text = told.texts.get(call.revision, "")
    return say(
        "hand_line_text" if text else "hand_line",
        language,
        name=told.names.get(call.staff, ""),
        reason=say(f"reason_{call.code}", language),
        text=text,
    )


def passed_words(call: HandCall, language: str) -> str:
    """How many stood before a ticket that was called out of turn."""
    return say("passed" if call.passed else "passed_nobody", language, n=call.passed)
