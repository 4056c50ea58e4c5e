"""Decisions about visitors: states, what is asked, the block list, badges, roll calls; pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable
from enum import StrEnum

from branch.kernel.errors import BadInput, RuleBroken, Stale
from branch.people.rules import readable

LONGEST_TEXT = 200
SEPARATOR = "\n"


class State(StrEnum):
    """Where a visitor stands."""

    EXPECTED = "expected"
    HELD = "held"
    INSIDE = "inside"
    LEFT = "left"
    REFUSED = "refused"
    CANCELLED = "cancelled"
    NO_SHOW = "no_show"


# Which states each step may start from; anything else is refused as out of date.
FROM: dict[str, frozenset[State]] = {
    "come": frozenset({State.EXPECTED}),
    "cancel": frozenset({State.EXPECTED}),
    "approve": frozenset({State.HELD}),
    "refuse": frozenset({State.HELD}),
    "correct": frozenset({State.EXPECTED, State.HELD, State.INSIDE}),
    "answer": frozenset({State.INSIDE}),
    "leave": frozenset({State.INSIDE}),
    "come_back": frozenset({State.LEFT}),
}

# 治安保卫条例 Art. 11(2) asks for the purpose; the list keeps free text short.
PURPOSES = ("business", "maintenance", "inspection", "interview", "delivery", "cash", "other")
AREAS = (
    "hall",
    "machine_area",
    "reception_room",
    "office",
    "counter_area",
    "back_office",
    "machine_room",
)
DOCUMENTS = (
    "resident_id",
    "work_card",
    "passport",
    "hk_macao_permit",
    "taiwan_permit",
    "driving_licence",
    "other",
)
BLOCK_REASONS = ("threat", "theft", "solicitation", "court_order", "superior", "other")
REVEAL_REASONS = ("contact", "identity", "emergency", "police", "rights_request", "complaint")
NOTICE_KINDS = ("register", "reception")
ROLL_KINDS = ("drill", "real", "test")
ROLL_STATES = ("unconfirmed", "safe", "missing", "not_here")
# The care needs that mean somebody cannot leave a building alone.
NEEDS_HELP_OUT = frozenset({"step_free", "seat", "read_aloud", "guide_dog", "companion"})
# Seconds within which a sign-out can be taken back.
TAKE_BACK_MS = 180_000


def require(step: str, state: str) -> None:
    """Raise Stale unless ``step`` may be taken from ``state``."""
    if state not in FROM[step]:
        raise Stale("visitor_moved_on")


def require_known(code: str, codes: Collection[str], field: str) -> None:
    """Raise BadInput unless the code is one of the list; none at all is a choice not made yet."""
    if code not in codes:
        if not code:
            raise BadInput("field_empty", field=field)
        raise BadInput("code_unknown", field=field, given=code)


def checked_text(text: str, field: str, longest: int = LONGEST_TEXT) -> str:
    """An optional text as it is kept; raises BadInput when longer than ``longest``."""
    plain = readable(" ".join(text.split()))
    if len(plain) > longest:
        raise BadInput("field_too_long", field=field, longest=longest, length=len(plain))
    return plain


def fold(text: str) -> str:
    """A text as it is compared: half-width, small letters, without blanks and what nobody can read
    and no store takes."""
    return "".join(unicodedata.normalize("NFKC", readable(text)).casefold().split())


def search_text(name: str, unit: str, badge: str) -> str:
    """What the register is searched by: name, unit and badge, folded, on lines of their own."""
    return SEPARATOR.join((fold(name), fold(unit), fold(badge)))


def words(text: str) -> tuple[str, ...]:
    """A name's whole words, folded: one for a Chinese name, several for a Latin one."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    return tuple(re.findall(r"[^\W_]+", plain))


def is_same_name(given: str, listed: Iterable[str]) -> bool:
    """Whether a name is one of the listed, as a whole.

    A Chinese name has to be the same altogether, blanks aside; of a Latin one every listed word
    has to be there as a whole word, in its order. A part of a word never matches: the entry
    "Yes" says nothing about Laura Reyes (a documented flaw of keyword lists).
    """
    there = words(given)
    for entry in listed:
        wanted = words(entry)
        if not wanted:
            continue
        if "".join(there) == "".join(wanted):
            return True
        ascii_only = all(word.isascii() for word in (*there, *wanted))
        if ascii_only and len(wanted) > 1 and _in_order(wanted, there):
            return True
    return False


def _in_order(wanted: tuple[str, ...], there: tuple[str, ...]) -> bool:
    span = len(wanted)
    return any(there[at : at + span] == wanted for at in range(len(there) - span + 1))


def badge_number(position: int) -> str:
    """The badge at a position from 1 on: V-01, V-02 …"""
    return f"V-{position:02d}"


def require_notice(told: bool) -> None:
    """Raise RuleBroken unless the visitor was told before his data are kept (PIPL Art. 17)."""
    if not told:
        raise RuleBroken("notice_not_told")


def require_guardian(is_minor: bool, guardian: str, consented: bool) -> None:
    """Raise BadInput unless somebody under 14 has a guardian who agreed (PIPL Art. 28, 31)."""
    if is_minor and not guardian:
        raise BadInput("guardian_needed", field="guardian")
    if is_minor and not consented:
        raise BadInput("guardian_consent_needed", field="consent")
