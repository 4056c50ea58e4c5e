"""Owns how the fairness record reads on a screen: its sentences in the language of the moment, and
its lists of calls; judges nothing and asks nobody."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QCoreApplication

from branch.lobby.fairness import CallBefore, Reason
from branch.lobby.queries.fairness import DayFairness, TicketFairness
from reports.forms.fairness_words import (
    class_name,
    disorder_words,
    exceeded_words,
    hand_words,
    minutes,
    passed_words,
    rule_words,
    tally_words,
    verdicts,
    why_before,
)
from ui.shell.language import language
from ui.widgets.call_list import CallLine

translate = QCoreApplication.translate

Local = Callable[[int], datetime]


def why(told: TicketFairness, call: CallBefore) -> str:
    """Why a call came before a ticket."""
    return why_before(told, call, language().code)


def rule_sentence(told: TicketFairness) -> str:
    """The rule with the numbers that were in force for this ticket."""
    return rule_words(told.story, language().code)


def tally_sentence(told: TicketFairness) -> str:
    """How many came before, and for which kind of reason."""
    text = translate("Fairness", "等候期间先叫到 {n} 次：{kinds}")
    before = told.story.before
    return text.format(n=len(before), kinds=tally_words(told.story, language().code))


def ticket_facts(told: TicketFairness, local: Local) -> str:
    """What became of a ticket: class, issue, call."""
    story, life = told.story, told.story.life
    parts = [
        class_name(told, story.klass, language().code),
        translate("Fairness", "{time} 取号").format(time=_clock(local, life.issued_at)),
    ]
    if story.until is None:
        parts.append(translate("Fairness", "还在等候"))
    elif life.left_at is not None:
        parts.append(translate("Fairness", "{time} 离开").format(time=_clock(local, story.until)))
    else:
        text = translate("Fairness", "{time} 叫到 {counter} 号柜台，取号后 {n} 分钟")
        parts.append(
            text.format(
                time=_clock(local, story.until),
                counter=life.stays[-1].counter,
                n=minutes(story.until - life.issued_at),
            )
        )
    return translate("Fairness", "，").join(parts)


def service_name(told: TicketFairness, code: str) -> str:
    """A service by its name; one that is gone by its code."""
    name = told.services.get(code)
    return name.text(language().code) if name else code


def story_lines(told: TicketFairness, local: Local) -> list[CallLine]:
    """Everybody who was called before a ticket, in order."""
    text = translate("Fairness", "{service}，{counter} 号柜台，{time} 取号")
    issued = told.story.life.issued_at
    return [
        CallLine(
            time=_clock(local, call.at),
            number=call.number,
            sentence=why(told, call),
            second=text.format(
                service=service_name(told, call.service),
                counter=call.counter,
                time=_clock(local, issued + call.later),
            ),
            wrong=call.reason is Reason.OUT_OF_ORDER,
        )
        for call in told.story.before
    ]


def verdict_sentences(told: DayFairness) -> list[str]:
    """Whether a day kept the rule, or what is wrong."""
    return verdicts(told.judgement, language().code)


def wrong_lines(told: DayFairness, local: Local) -> list[CallLine]:
    """What exceeded the bound or was out of order; none on a day that kept the rule."""
    speech, judged = language().code, told.judgement
    lines = [
        CallLine(_clock(local, o.at), o.number, exceeded_words(o, speech), wrong=True)
        for o in judged.exceeded
    ]
    lines += [
        CallLine(_clock(local, call.at), call.number, disorder_words(call, speech), wrong=True)
        for call in judged.out_of_order
    ]
    return lines


def hand_lines(told: DayFairness, local: Local) -> list[CallLine]:
    """The calls by hand of a day, with name and reason."""
    speech = language().code
    text = translate("Fairness", "{counter} 号柜台，{passed}")
    return [
        CallLine(
            time=_clock(local, call.at),
            number=call.number,
            sentence=hand_words(told, call, speech),
            second=text.format(counter=call.counter, passed=passed_words(call, speech)),
        )
        for call in told.judgement.by_hand
    ]


def _clock(local: Local, ms: int) -> str:
    return f"{local(ms):%H:%M}"
