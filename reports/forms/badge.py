"""Owns the visitor's badge on 80 mm paper: what stands on it and where; names nobody in full and
decides nothing."""

from __future__ import annotations

from datetime import datetime

from branch.lobby.queries.screens import BranchName
from reports.codes import Qr
from reports.forms.register_words import coded, say
from reports.page import DOT, ROLL_MARGIN, ROLL_WIDTH, About, Page, break_lines, pdf
from reports.typeface import Face, Style

# All measures are dots of a 203 dpi head, as on the ticket.
LEFT = ROLL_MARGIN
WIDTH = ROLL_WIDTH - 2 * ROLL_MARGIN
TOP = 40
FOOT = 38

BODY = Style(Face.SANS, 28, 39.2)
TITLE = Style(Face.SANS_BOLD, 34, 47.6)
WORD = Style(Face.SANS_BOLD, 84, 104)
LATIN = Style(Face.SANS_BOLD, 56, 104, 3)
NAME = Style(Face.SANS_BOLD, 68, 90)
VALUE = Style(Face.SANS_BOLD, 34, 47.6)
RETURN = Style(Face.SANS_BOLD, 34, 47.6)

NUMBER_SIZE = 196
NUMBER_LEADING = 1.12  # ems
CODE_SIZE = 132
GAP = 28


def badge_pdf(
    badge: str,
    shown_name: str,
    unit: str,
    host: str,
    area: str,
    came_at: datetime,
    branch_name: BranchName,
    language: str,
) -> bytes:
    """The badge as a PDF of one page, black only. ``shown_name`` is masked by who asks; ``area``
    is a code of the register; ``came_at`` carries its zone. The code holds the badge's number, so
    that a scanner finds its visitor. The same badge gives the same bytes.

    The word for a visitor stands in both languages: whoever meets him reads it at arm's length.
    """
    if came_at.tzinfo is None:
        raise ValueError("came_at without a zone")
    page = Page()
    y = _head(page, branch_name.name.text(language), came_at)
    y = _number(page, y, badge)
    y = _person(page, y, shown_name, unit)
    facts = [
        (say("badge_host", language), host),
        (say("badge_area", language), coded("area", area, language)),
    ]
    y = _facts(page, _rule(page, y), [fact for fact in facts if fact[1]])
    y = _code(page, _rule(page, y), badge, say("badge_return", language))
    about = About(say("badge_file", language, badge=badge), language, came_at)
    return pdf(page, ROLL_WIDTH, round(y + FOOT), DOT, about)


def _head(page: Page, branch: str, came_at: datetime) -> float:
    y = page.paragraph(LEFT, TOP, WIDTH, branch, TITLE) + 4
    page.line(LEFT, y, f"{came_at:%Y-%m-%d %H:%M}", BODY)
    return y + BODY.leading


def _rule(page: Page, y: float) -> float:
    page.dashes(LEFT, y + 24, WIDTH, 3)
    return y + 24 + 3 + 22


def _number(page: Page, y: float, badge: str) -> float:
    y += 24
    word = say("badge_visitor", "zh")
    height = WORD.leading + 20
    page.frame(LEFT, y, WIDTH, height, thickness=6, radius=14)
    both = WORD.width(word) + GAP + LATIN.width("VISITOR")
    x = LEFT + (WIDTH - both) / 2
    page.line(x, y + 10, word, WORD)
    page.line(x + WORD.width(word) + GAP, y + 10, "VISITOR", LATIN)
    y += height + 6
    style = _number_style(NUMBER_SIZE)
    if style.width(badge) > WIDTH:
        style = _number_style(NUMBER_SIZE * WIDTH / style.width(badge))
    page.line(LEFT, y, badge, style)
    return y + style.leading


def _number_style(size: float) -> Style:
    return Style(Face.SANS_BOLD, size, NUMBER_LEADING * size, 2)


def _person(page: Page, y: float, shown_name: str, unit: str) -> float:
    y = page.paragraph(LEFT, y, WIDTH, shown_name, NAME)
    return page.paragraph(LEFT, y, WIDTH, unit, VALUE) if unit else y


def _facts(page: Page, y: float, facts: list[tuple[str, str]]) -> float:
    beside = max((BODY.width(label) for label, _value in facts), default=0.0) + GAP
    for label, value in facts:
        page.line(LEFT, y + (VALUE.leading - BODY.leading) / 2, label, BODY)
        y = page.paragraph(LEFT + beside, y, WIDTH - beside, value, VALUE) + 6
    return y


def _code(page: Page, y: float, badge: str, words: str) -> float:
    code = Qr(badge, CODE_SIZE)
    page.place(LEFT, y, code.height, code)
    x = LEFT + code.width + GAP
    lines = break_lines(words, RETURN, LEFT + WIDTH - x)
    top = y + (code.height - len(lines) * RETURN.leading) / 2
    page.paragraph(x, top, LEFT + WIDTH - x, words, RETURN)
    return y + float(code.height)
