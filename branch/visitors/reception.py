"""Decisions about reception records: what may be noted, when a name and a number may be; pure.

Handbook 001 section 4.3: need and feedback are noted for following up (4.3.1), accurately,
completely and in confidence (4.3.2), and summed up regularly (4.3.3).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from branch.kernel.errors import BadInput, RuleBroken, Stale
from branch.kernel.identity import compact
from branch.visitors.rules import checked_text, require_known

# What was advised or offered, in the order of the screen. ``room`` is the complaint room: with a
# dissatisfied customer it marks that he is to be heard there.
ADVICE = (
    "explained",
    "documents",
    "counter",
    "self_service",
    "mobile",
    "appointment",
    "other_branch",
    "room",
)
FEEDBACK = ("none", "praise", "suggestion", "dissatisfied")
# What the customer waits to hear; the empty code is no follow-up.
FOLLOW_UPS = ("answer", "documents", "appointment", "other")
OUTCOMES = ("answered", "came", "unreachable", "not_wanted")
TITLES = ("", "mr", "ms")
LONGEST_SURNAME = 20
LONGEST_PHONE = 32
FURTHEST_DAYS = 60
# A record tells of a talk that is just over: the notice was read within these milliseconds.
_TOLD_WITHIN_MS = 24 * 3_600_000
# A station's clock may run a little before the one that stamps the record.
_CLOCKS_APART_MS = 60_000

# Seven digits or more, single blanks or dashes between them: a telephone, a card, an account, an
# ID number with its check letter. Shorter ones are amounts, hours and counters.
_LONG_NUMBER = re.compile(r"(?<![0-9])\+?[0-9](?:[ \-]?[0-9]){6,}[Xx]?(?![0-9])")
# Full-width digits and letters, and every kind of dash, as plain ones.
_PLAIN = {
    **{ord("０") + at: ord("0") + at for at in range(10)},
    **{ord("Ａ") + at: ord("A") + at for at in range(26)},
    **{ord("ａ") + at: ord("a") + at for at in range(26)},
    **dict.fromkeys(map(ord, "－—–‐‑"), "-"),
    ord("＋"): "+",
    ord("　"): " ",
}
_DAY = re.compile(r"[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}")
_COMPOUND_SURNAMES = frozenset(
    "欧阳 司马 上官 诸葛 东方 皇甫 尉迟 公孙 慕容 司徒 令狐 宇文 长孙 端木 夏侯 轩辕 南宫 呼延 "
    "百里 东郭 西门 独孤 拓跋 澹台 公冶 宗政 濮阳 淳于 单于 太叔 申屠 仲孙 钟离 闻人 赫连 鲜于 "
    "司空 司寇 闾丘 万俟 第五 左丘 公羊 谷梁 乐正 巫马 公西 漆雕 壤驷 夹谷 宰父 段干 "
    "东门 梁丘".split()
)


@dataclass(frozen=True)
class Contact:
    """How somebody is to be reached, as typed; all empty where he did not wish to say."""

    surname: str = ""
    title: str = ""
    phone: str = ""

    def __repr__(self) -> str:
        return "Contact()"

    def given(self) -> bool:
        """Whether anything of it is known."""
        return bool(self.surname or self.title or self.phone)


def checked_advice(codes: Iterable[str]) -> str:
    """Codes of advice as one column keeps them; raises BadInput for an unknown one."""
    chosen = frozenset(codes)
    for code in chosen:
        require_known(code, ADVICE, "advice")
    return ",".join(code for code in ADVICE if code in chosen)


def checked_feedback(kind: str, text: str) -> str:
    """The words of a feedback as they are kept; raises BadInput for words without a kind."""
    require_known(kind, FEEDBACK, "feedback")
    plain = checked_text(text, "feedback_text")
    if plain and kind == "none":
        raise BadInput("feedback_kind_needed", field="feedback")
    return plain


def checked_contact(contact: Contact) -> Contact:
    """A contact as it is kept; raises BadInput for what is too long or cannot be called."""
    require_known(contact.title, TITLES, "title")
    surname = checked_text(contact.surname, "surname", LONGEST_SURNAME)
    # Without blanks and dashes, so that one number has one mark to be found by.
    phone = compact(checked_text(contact.phone, "phone", LONGEST_PHONE))
    if phone and not any(char.isdecimal() for char in phone):
        raise BadInput("phone_without_digits", field="phone")
    return Contact(surname, contact.title, phone)


def require_follow_up(follow_up: str, follow_by: str, today: date) -> None:
    """Raise BadInput unless a follow-up wanted has a known kind and a day within 60 days."""
    if not follow_up:
        if follow_by:
            raise BadInput("follow_up_kind_needed", field="follow_up")
        return
    require_known(follow_up, FOLLOW_UPS, "follow_up")
    day = _day(follow_by)
    if day is None or not today <= day <= today + timedelta(days=FURTHEST_DAYS):
        raise BadInput("follow_by_range", field="follow_by", most=FURTHEST_DAYS)


def require_reason_for_contact(follow_up: str, contact: bool) -> None:
    """Raise RuleBroken for a name or number without a follow-up (PIPL Art. 6: least data)."""
    if contact and not follow_up:
        raise RuleBroken("contact_without_follow_up")


def require_told(
    contact: bool, version: int | None, newest: int, told_at: int | None, now: int
) -> None:
    """Raise RuleBroken unless the notice was read out before a name or number was asked for.

    ``newest`` is the newest version there is; an older one counts, since it is what was read.
    ``told_at`` and ``now`` are instants in milliseconds (PIPL Art. 17).
    """
    if not contact:
        return
    if version is None or told_at is None or not 1 <= version <= newest:
        raise RuleBroken("notice_not_told")
    if not now - _TOLD_WITHIN_MS <= told_at <= now + _CLOCKS_APART_MS:
        raise RuleBroken("notice_not_told")


def require_own_and_today(staff: int, day: str, actor: int, today: str) -> None:
    """Raise RuleBroken unless the record is the actor's own and of the open business day."""
    if day != today:
        raise RuleBroken("reception_past_day")
    if staff != actor:
        raise RuleBroken("reception_of_colleague")


def require_open_follow_up(follow_up: str, done_at: int | None) -> None:
    """Raise RuleBroken where no follow-up is wanted, Stale where a colleague has done it."""
    if not follow_up:
        raise RuleBroken("no_follow_up")
    if done_at is not None:
        raise Stale("follow_up_done")


def is_overdue(follow_by: str, today: str) -> bool:
    """Whether a follow-up's day is over; both are ISO days."""
    return bool(follow_by) and follow_by < today


def shown_surname(surname: str) -> str:
    """A surname for screens; of what looks like a whole name only the surname is shown."""
    plain = " ".join(surname.split())
    if len(plain) <= 1 or plain in _COMPOUND_SURNAMES:
        return plain
    known = plain[:2] if plain[:2] in _COMPOUND_SURNAMES else plain[0]
    return f"{known}*"


def surname_doubt(surname: str) -> str | None:
    """Why this may be more than a surname (a code of errors.yaml), or None.

    Rare surnames are not known here, so it is a doubt and never a block.
    """
    plain = " ".join(surname.split())
    if plain.isascii():
        return "doubt_surname" if " " in plain else None
    return "doubt_surname" if len(plain) > 1 and plain not in _COMPOUND_SURNAMES else None


def number_doubt(text: str) -> str | None:
    """Whether a free text holds what looks like a telephone, card or ID number: a code, or None."""
    return "doubt_text_number" if _long_numbers(text) else None


def hide_numbers(text: str) -> str:
    """The text with ``****`` for every long number; days (2026-11-20) stay."""
    for first, last in reversed(_long_numbers(text)):
        text = f"{text[:first]}****{text[last:]}"
    return text


def _long_numbers(text: str) -> list[tuple[int, int]]:
    """Where long numbers begin and end. Full-width signs count as plain ones, each for one."""
    return [
        found.span()
        for found in _LONG_NUMBER.finditer(text.translate(_PLAIN))
        if not _DAY.fullmatch(found.group())
    ]


def week_of(day: date) -> date:
    """The Monday of a day's week."""
    return day - timedelta(days=day.weekday())


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
