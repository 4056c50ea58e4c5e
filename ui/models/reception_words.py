"""Owns how the codes of reception records read on a screen; must not decide anything.

The words are those of the printed summary, in the language of the moment.
"""

from __future__ import annotations

from branch.kernel.phrases import phrases
from ui.shell.language import language


def reception_word(part: str, code: str) -> str:
    """A code in words: ``reception_word("advice", "mobile")`` is 手机银行.

    ``part`` is advice, kind, follow_up or outcome. Raises PhraseMissing for an unknown code.
    """
    return phrases("feedback").say(f"{part}_{code}", language().code)


def advice_words(codes: tuple[str, ...]) -> str:
    """What was advised, in one line."""
    between = phrases("feedback").say("between", language().code)
    return between.join(reception_word("advice", code) for code in codes)


def person_words(surname: str, title: str) -> str:
    """How somebody is spoken of: 周先生, Ms Wu; the surname alone where no title is known."""
    if not surname or not title:
        return surname
    return phrases("feedback").say(f"person_{title}", language().code, surname=surname)


def no_service_word() -> str:
    """A need that is no service."""
    return phrases("feedback").say("no_service", language().code)
