"""Owns the words of reminders: state, chip and sentence; must not decide who is reminded."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from PySide6.QtCore import QCoreApplication

from branch.complaints.reminders import AT_ONCE, OF_ACTIONS, Reason, Reminder
from ui.models.calendar_words import date_text
from ui.models.complaint_words import level_label
from ui.models.dates import days_late
from ui.widgets.state import State

translate = QCoreApplication.translate
# What is told by how many days it is late.
_LATE = frozenset(
    {
        Reason.OVERDUE,
        Reason.RE_REVIEW,
        Reason.ACK,
        Reason.ACCEPT,
        Reason.ASSIGN,
        Reason.SIGN,
        Reason.SLIP,
        Reason.ACTION,
    }
)


@dataclass(frozen=True)
class Told:
    """How a reminder is shown: its state, the word on the chip, the sentence beside it."""

    state: State
    chip: str
    sentence: str


def short_number(number: str) -> str:
    """The end of a complaint's number, which tells it apart in the branch: 20261120-0003."""
    return "-".join(number.rsplit("-", 2)[-2:])


def told(reminder: Reminder) -> Told:
    """A reminder in words of the moment's language, with the level that is proposed."""
    plain = _told(reminder)
    if not reminder.propose:
        return plain
    proposal = translate("ReminderWords", "{sentence}，建议升级到{level}")
    level = level_label(reminder.propose)
    return replace(plain, sentence=proposal.format(sentence=plain.sentence, level=level))


def _told(reminder: Reminder) -> Told:
    reason, late = reminder.reason, reminder.late
    words = _sentence(reason).format(
        number=short_number(reminder.number),
        day=date_text(date.fromisoformat(reminder.day)),
        n=reminder.ref if reason in OF_ACTIONS else reminder.count,
        time=reminder.until,
    )
    is_late = late > 0 and reason in _LATE
    chip = days_late(late) if is_late else _chip(reason, late)
    return Told(State.URGENT if is_late or reason in AT_ONCE else State.ATTENTION, chip, words)


def _sentence(reason: Reason) -> str:
    return {
        Reason.MAJOR: translate("ReminderWords", "{number} 是重大投诉，{time} 前报告上级行"),
        Reason.MEDIA: translate("ReminderWords", "{number} 是媒体投诉，马上告知办公室"),
        Reason.OVERDUE: translate("ReminderWords", "{number} 的办理期限已过"),
        Reason.EXTENSION: translate("ReminderWords", "{number} 申请延期，期限 {day}"),
        Reason.EXTENSION_TELL: translate(
            "ReminderWords", "{number} 延期已批准，{day} 前告知投诉人才有效"
        ),
        Reason.ACT_BY: translate("ReminderWords", "{number} 办理提示日 {day}"),
        Reason.DECIDE: translate("ReminderWords", "{number} 的调查报告等待审批，提示日 {day}"),
        Reason.PROPOSED: translate("ReminderWords", "{number} 有一项建议等待审批"),
        Reason.RE_REVIEW: translate("ReminderWords", "{number} 的核查应在 {day} 前决定并告知"),
        Reason.ESCALATED: translate("ReminderWords", "{number} 已升级，请一起跟进"),
        Reason.LEVEL: translate("ReminderWords", "{number} 需要更多人跟进"),
        Reason.ACK: translate("ReminderWords", "{number} 应在 {day} 前告知投诉人已收到"),
        Reason.ACCEPT: translate("ReminderWords", "{number} 应在 {day} 前受理"),
        Reason.ASSIGN: translate("ReminderWords", "{number} 应在 {day} 前转办"),
        Reason.SIGN: translate("ReminderWords", "{number} 已转给您，应在 {day} 前签收"),
        Reason.ASK: translate("ReminderWords", "{number} 并入的投诉已撤回，请问本人是否继续"),
        Reason.SLIP: translate("ReminderWords", "{number} 的转办单应在 {day} 前报告"),
        Reason.VISIT: translate("ReminderWords", "{number} 应在 {day} 前回访"),
        Reason.PROGRESS: translate("ReminderWords", "{number} 已有 {n} 个工作日没有联系投诉人"),
        Reason.ACTION: translate("ReminderWords", "整改 {n} 应在 {day} 前完成"),
        Reason.EFFECT: translate("ReminderWords", "整改 {n} 已办结，{day} 起可以复核效果"),
    }[reason]


def _chip(reason: Reason, late: int) -> str:
    """What is to be done; for a day that is near, when it is."""
    soon = (
        translate("ReminderWords", "今天到期")
        if late >= 0
        else translate("ReminderWords", "下个工作日到期")
    )
    return {
        Reason.MAJOR: translate("ReminderWords", "重大"),
        Reason.MEDIA: translate("ReminderWords", "马上办"),
        Reason.EXTENSION: translate("ReminderWords", "待批准"),
        Reason.PROPOSED: translate("ReminderWords", "待批准"),
        Reason.EXTENSION_TELL: translate("ReminderWords", "待告知"),
        Reason.DECIDE: translate("ReminderWords", "待审批"),
        Reason.ESCALATED: translate("ReminderWords", "已升级"),
        Reason.LEVEL: translate("ReminderWords", "待升级"),
        Reason.ACK: translate("ReminderWords", "待告知"),
        Reason.ACCEPT: translate("ReminderWords", "待受理"),
        Reason.ASSIGN: translate("ReminderWords", "待转办"),
        Reason.SIGN: translate("ReminderWords", "待签收"),
        Reason.ASK: translate("ReminderWords", "待询问"),
        Reason.VISIT: translate("ReminderWords", "待回访"),
        Reason.PROGRESS: translate("ReminderWords", "告知进展"),
        Reason.EFFECT: translate("ReminderWords", "待复核"),
    }.get(reason, soon)
