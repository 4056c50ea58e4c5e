"""Owns the words of reminders: state, chip and sentence; must not decide who is reminded."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from PySide6.QtCore import QCoreApplication

from branch.complaints.reminders import PROGRESS_WORKDAYS, Reason, Reminder
from ui.models.calendar_words import date_text
from ui.models.complaint_words import level_label
from ui.models.dates import days_late
from ui.widgets.state import State

translate = QCoreApplication.translate


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
    number, day = short_number(reminder.number), date_text(date.fromisoformat(reminder.day))
    late, reason = reminder.late, reminder.reason
    if reason is Reason.OVERDUE:
        sentence = translate("ReminderWords", "{number} 的办理期限已过")
        return Told(State.URGENT, _late(late), sentence.format(number=number))
    if reason is Reason.ACTION:
        sentence = translate("ReminderWords", "整改 {n} 应在 {day} 前完成")
        return Told(State.URGENT, _late(late), sentence.format(n=reminder.ref, day=day))
    if reason is Reason.SLIP:
        sentence = translate("ReminderWords", "{number} 的转办单应在 {day} 前报告")
        return Told(State.URGENT, _late(late), sentence.format(number=number, day=day))
    if reason is Reason.EXTENSION:
        sentence = translate("ReminderWords", "{number} 申请延期，期限 {day}")
        chip = translate("ReminderWords", "待批准")
    elif reason is Reason.EXTENSION_TELL:
        sentence = translate("ReminderWords", "{number} 延期已批准，{day} 前告知投诉人才有效")
        chip = translate("ReminderWords", "待告知")
    elif reason is Reason.ACT_BY:
        sentence = translate("ReminderWords", "{number} 办理提示日 {day}")
        chip = _soon(late)
    elif reason is Reason.RE_REVIEW:
        sentence = translate("ReminderWords", "{number} 的核查应在 {day} 前决定并告知")
        chip = _soon(late) if late <= 0 else _late(late)
    elif reason is Reason.VISIT:
        sentence = translate("ReminderWords", "{number} 应在 {day} 前回访")
        chip = translate("ReminderWords", "待回访")
    else:
        sentence = translate("ReminderWords", "{number} 已有 {n} 个工作日没有联系投诉人")
        chip = translate("ReminderWords", "告知进展")
    words = sentence.format(number=number, day=day, n=PROGRESS_WORKDAYS)
    return Told(
        State.URGENT if late > 0 and reason is Reason.RE_REVIEW else State.ATTENTION, chip, words
    )


def _late(days: int) -> str:
    return days_late(days)


def _soon(late: int) -> str:
    if late >= 0:
        return translate("ReminderWords", "今天到期")
    return translate("ReminderWords", "下个工作日到期")
