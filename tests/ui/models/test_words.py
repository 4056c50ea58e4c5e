"""Every code that the branch knows has words and an icon, in both languages."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from branch.founding import default_catalogue
from branch.lobby import rules
from branch.people.rules import PERSON_ROLES
from ui.models import words
from ui.shell.language import language
from ui.widgets.icon import icon_names

CLASSES = [row["code"] for row in default_catalogue().classes]


@pytest.mark.parametrize("speech", ["zh", "en"])
@pytest.mark.parametrize(
    ("say", "codes"),
    [
        (words.class_label, CLASSES),
        (words.care_label, rules.CARE_NEEDS),
        (words.care_advice, rules.CARE_NEEDS),
        (words.flag_label, tuple(rules.FLAGS)),
        (words.hold_reason, rules.HOLD_REASONS),
        (words.pause_reason, rules.PAUSE_REASONS),
        (words.call_reason, rules.CALL_REASONS),
        (words.leave_reason, rules.LEAVE_REASONS),
        (words.print_state, ("", "printed", "reprinted", "failed")),
        (words.role_label, tuple(PERSON_ROLES)),
        (words.place_label, ("kiosk", "kiosk-2", "board-1", "lobby", "counter-3", "rating-3")),
    ],
)
def test_every_code_has_words(
    say: Callable[[str], str], codes: tuple[str, ...], speech: str
) -> None:
    language().choose(speech)
    for code in codes:
        told = say(code)
        assert told
        assert told != code
        assert told.isascii() == (speech == "en")


def test_every_icon_is_there() -> None:
    names = set(icon_names())
    assert {words.class_icon(code) for code in CLASSES} <= names
    assert {words.care_icon(code) for code in rules.CARE_NEEDS} <= names
    assert {words.flag_icon(code) for code in rules.FLAGS} <= names


def test_a_class_of_the_branch_s_own_is_shown_as_it_is() -> None:
    assert words.class_label("gold_card") == "gold_card"
    assert words.class_icon("gold_card") == "person"


@pytest.mark.parametrize(
    ("classes", "care", "shown"),
    [
        (("ordinary",), (), []),
        (("elderly",), (), ["老年"]),
        (("assisted",), ("step_free",), ["行动不便"]),
        (("assisted",), (), ["需要协助"]),
        (("assisted",), ("interpreter",), ["需要协助", "外语"]),
        (("pregnant_or_infant",), ("seat",), ["孕妇婴幼"]),
        (("ordinary",), ("seat",), ["请坐"]),
        (("appointment", "elderly"), ("write_down",), ["预约", "老年", "听力"]),
    ],
)
def test_chips_say_nothing_twice(
    classes: tuple[str, ...], care: tuple[str, ...], shown: list[str]
) -> None:
    assert [mark.word for mark in words.care_marks(classes, care)] == shown


def test_places() -> None:
    assert words.place_label("counter-3") == "3 号柜台"
    assert words.place_label("kiosk-2") == "2 号取号机"
    language().choose("en")
    assert words.place_label("kiosk-2") == "Kiosk 2"
