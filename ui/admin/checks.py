"""Owns what is said at once about a value as it is typed; the rules themselves are branch's."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

from branch.catalogue.rules import checked_break, checked_minutes
from branch.kernel.errors import BadInput
from branch.kernel.setting import SETTINGS, checked_setting
from branch.people.rules import checked_name
from ui.shell.station import sentence
from ui.widgets.field import FieldEdit


def refusal(check: Callable[[], object]) -> str:
    """The sentence with which a rule of the branch refuses, or an empty text."""
    try:
        check()
    except BadInput as error:
        return sentence(error)
    return ""


def name_refusal(text: str) -> str:
    """Why a name cannot stand, or an empty text."""
    return refusal(lambda: checked_name(text, "name"))


def optional_refusal(text: str, longest: int = 60) -> str:
    """Why a name that may be left empty cannot stand, or an empty text."""
    return refusal(lambda: checked_name(text, "name", longest)) if text.strip() else ""


def narrow(text: str) -> str:
    """Digits and signs of a Chinese input method in their ordinary width: １２：００ is 12:00."""
    return unicodedata.normalize("NFKC", text).strip()


def whole(text: str) -> int | None:
    """A whole number as typed, or None."""
    plain = narrow(text)
    return int(plain) if re.fullmatch(r"[0-9]{1,6}", plain) else None


def minutes_of(text: str, field: str, longest: int) -> int:
    """Minutes as typed; raises BadInput unless a whole number from 0 to ``longest``."""
    minutes = whole(text)
    return checked_minutes(-1 if minutes is None else minutes, field, longest)


def minutes_refusal(text: str, longest: int) -> str:
    """Why minutes cannot stand, or an empty text."""
    return refusal(lambda: minutes_of(text, "minutes", longest))


def setting_of(text: str, key: str) -> int:
    """A setting's value as typed; raises BadInput outside its limits."""
    value = whole(text)
    return checked_setting(key, SETTINGS[key].least - 1 if value is None else value)


def break_refusal(text: str) -> str:
    """Why a planned break cannot stand, or an empty text."""
    return refusal(lambda: checked_break(narrow(text)))


def checked(*fields: FieldEdit) -> bool:
    """Check all fields, and give the keyboard to the first that is wrong."""
    wrong = [field for field in fields if not field.check()]
    if wrong:
        wrong[0].setFocus()
    return not wrong
