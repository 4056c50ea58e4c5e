"""Owns how a day is written in a text (look.md section 13); must not read a clock."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QCoreApplication

from ui.shell.language import language

translate = QCoreApplication.translate

_MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()


def day_text(moment: date) -> str:
    """A day with its weekday: 11月20日 星期五, Fri 20 Nov."""
    weekday = (
        translate("Dates", "星期一"),
        translate("Dates", "星期二"),
        translate("Dates", "星期三"),
        translate("Dates", "星期四"),
        translate("Dates", "星期五"),
        translate("Dates", "星期六"),
        translate("Dates", "星期日"),
    )[moment.weekday()]
    if language().code == "en":
        return f"{weekday} {moment.day} {_MONTHS[moment.month - 1]}"
    text = translate("Dates", "{month}月{day}日 {weekday}")
    return text.format(month=moment.month, day=moment.day, weekday=weekday)


def short_day(day: date) -> str:
    """A day in a sentence: 11月22日, 22 Nov."""
    if language().code == "en":
        return f"{day.day} {_MONTHS[day.month - 1]}"
    return translate("Dates", "{month}月{day}日").format(month=day.month, day=day.day)


def days_late(days: int) -> str:
    """By how many days something is late: 逾期 1 天, 1 day late."""
    if days == 1:
        return translate("Dates", "逾期 1 天")
    return translate("Dates", "逾期 {n} 天").format(n=days)


def days_left(days: int) -> str:
    """How many days are left until a due day: 剩 1 天, 1 day left."""
    if days == 1:
        return translate("Dates", "剩 1 天")
    return translate("Dates", "剩 {n} 天").format(n=days)
