"""Owns the words of the working calendar: days, kinds, doubts; must not decide anything.

Every function speaks the language of the moment, so call it again after a change of language.
"""

from __future__ import annotations

from datetime import date, datetime, time

from PySide6.QtCore import QCoreApplication

from branch.workdays.rules import SpecialDay, WorkCalendar
from ui.models.dates import day_text

translate = QCoreApplication.translate


def date_text(day: date) -> str:
    """A day with its weekday: 11月20日 星期五."""
    return day_text(datetime.combine(day, time()))


def month_name(month: int) -> str:
    """A month as the head of its picture."""
    return (
        translate("CalendarWords", "1月"),
        translate("CalendarWords", "2月"),
        translate("CalendarWords", "3月"),
        translate("CalendarWords", "4月"),
        translate("CalendarWords", "5月"),
        translate("CalendarWords", "6月"),
        translate("CalendarWords", "7月"),
        translate("CalendarWords", "8月"),
        translate("CalendarWords", "9月"),
        translate("CalendarWords", "10月"),
        translate("CalendarWords", "11月"),
        translate("CalendarWords", "12月"),
    )[month - 1]


def weekday_letters() -> tuple[str, ...]:
    """The days of the week over a month, Monday first."""
    return tuple(translate("CalendarWords", "一 二 三 四 五 六 日").split())


def day_kind(day: date, calendar: WorkCalendar, name: str = "") -> str:
    """What a day is: 放假（国庆节）, 上班（调休）, 周末休息, 工作日."""
    special = calendar.worked.get(day)
    if special:
        return translate("CalendarWords", "上班（调休）")
    if special is False:
        if name:
            return translate("CalendarWords", "放假（{name}）").format(name=name)
        return translate("CalendarWords", "放假")
    if not calendar.is_workday(day):
        if day.weekday() < 5:
            return translate("CalendarWords", "暂按放假")
        return translate("CalendarWords", "周末休息")
    return translate("CalendarWords", "工作日")


def special_words(one: SpecialDay) -> str:
    """A day of a notice in one line: 10月10日 星期六 上班."""
    kind = translate("CalendarWords", "上班") if one.worked else translate("CalendarWords", "放假")
    return translate("CalendarWords", "{day} {kind}").format(day=date_text(one.day), kind=kind)


def doubt_words(code: str) -> str:
    """What somebody should look at before he trusts a file."""
    return {
        "same_as_other_year": translate(
            "CalendarWords", "月日与另一年完全相同，可能是照抄的，请对照公布的通知"
        ),
        "off_count": translate("CalendarWords", "放假天数与往年相差较大，可能没有写全"),
        "weekday_worked": translate("CalendarWords", "有周一至周五写成调休上班，请核对日期"),
        "no_work_weekends": translate("CalendarWords", "没有一天调休上班，请核对是否写全"),
        "statutory_missing": translate(
            "CalendarWords", "元旦、劳动节或国庆节当天没有写成放假，请核对"
        ),
    }[code]
