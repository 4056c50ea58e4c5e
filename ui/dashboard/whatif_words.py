"""Owns the words of a what-if: changes, differences, counts; must not compute what they say."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication

from branch.kernel.clock import MS_PER_MINUTE
from branch.lobby.whatif import Comparison, Course
from ui.dashboard.whatif_lines import AlsoLine, CreditLine, Line, MoreLine, Offer
from ui.shell.language import language

translate = QCoreApplication.translate

# So many services or groups are named one by one.
_NAMED = 3
# Savings from here on are told in hours.
_HOURS_FROM_MIN = 120


def minutes(seconds: float) -> int:
    """Seconds as the whole minutes that are shown."""
    return round(seconds / 60)


def joined(parts: Sequence[str]) -> str:
    """A short list: 现金、账户."""
    return translate("WhatIf", "、").join(parts)


def services_words(services: frozenset[str], offer: Offer) -> str:
    """The services as few words: everything, whole groups, then single ones."""
    if services >= offer.every():
        return translate("WhatIf", "全部业务")
    code = language().code
    names, left = [], services
    for group in offer.groups:
        mine = offer.of_group(group.code)
        if mine and mine <= services:
            names.append(group.short.text(code))
            left -= mine
    names += [service.name.text(code) for service in offer.services if service.code in left]
    if len(names) > _NAMED:
        return translate("WhatIf", "{first}等 {n} 项").format(first=names[0], n=len(names))
    return joined(names)


def class_name(klass: str, offer: Offer) -> str:
    """A class as the branch calls it."""
    found = next((item for item in offer.classes if item.code == klass), None)
    return found.name.text(language().code) if found else klass


def line_words(line: Line, offer: Offer) -> str:
    """A change in one phrase."""
    match line:
        case MoreLine():
            if line.services >= offer.every():
                text = translate("WhatIf", "{since}–{until} 加开一个柜台，什么业务都办")
                return text.format(since=line.since, until=line.until)
            text = translate("WhatIf", "{since}–{until} 加开一个柜台，办{services}")
            able = services_words(line.services, offer)
            return text.format(since=line.since, until=line.until, services=able)
        case AlsoLine():
            if line.services >= offer.every():
                text = translate("WhatIf", "{counter} 号柜台什么业务都办")
                return text.format(counter=line.counter)
            text = translate("WhatIf", "{counter} 号柜台也办{services}")
            able = services_words(line.services, offer)
            return text.format(counter=line.counter, services=able)
        case CreditLine():
            text = translate("WhatIf", "{name}提前 {n} 分钟，现在是 {now} 分钟")
            name, now = class_name(line.klass, offer), offer.credit(line.klass)
            return text.format(name=name, n=line.minutes, now=now)


def saved_words(saved: int) -> str:
    """The time in line (ms) that a change saves everybody together."""
    spared = round(saved / MS_PER_MINUTE)
    if spared < _HOURS_FROM_MIN:
        return translate("WhatIf", "大家一共少等 {n} 分钟").format(n=spared)
    return translate("WhatIf", "大家一共少等约 {n} 小时").format(n=round(spared / 60))


def minutes_moved(before: float, after: float) -> str:
    """How much shorter or longer a wait (seconds) is, in whole minutes as they are shown."""
    moved = minutes(after) - minutes(before)
    if moved == 0:
        return translate("WhatIf", "不变")
    if moved < 0:
        return translate("WhatIf", "少等 {n} 分钟").format(n=-moved)
    return translate("WhatIf", "多等 {n} 分钟").format(n=moved)


def people_moved(before: int, after: int) -> str:
    """How many people fewer or more."""
    if after == before:
        return translate("WhatIf", "不变")
    if after < before:
        return translate("WhatIf", "少 {n} 人").format(n=before - after)
    return translate("WhatIf", "多 {n} 人").format(n=after - before)


def verdict(again: Course, changed: Course) -> str:
    """What the changes do, in one sentence; against the day run again, which follows the rule."""
    mean = minutes_moved(again.waits.mean, changed.waits.mean)
    most = minutes_moved(again.waits.p90, changed.waits.p90)
    text = translate(
        "WhatIf", "平均等候{mean}，九成客户的等候{most}；超过目标{over}，未办离开{left}"
    )
    return text.format(
        mean=mean,
        most=most,
        over=people_moved(again.over, changed.over),
        left=people_moved(again.left, changed.left),
    )


def why_again_differs(found: Comparison) -> str:
    """Why the day run again is not the day itself; empty when it is."""
    if found.real == found.again:
        return ""
    why = translate("WhatIf", "重排时柜台一空就叫下一位，当天不一定")
    if found.by_hand:
        hand = translate("WhatIf", "当天有 {n} 次手动叫号，重排时按正常次序")
        return translate("WhatIf", "；").join((hand.format(n=found.by_hand), why))
    return why
