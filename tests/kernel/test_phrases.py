"""The phrase catalogues: every sentence in both languages, with the same values, in our words."""

from __future__ import annotations

from importlib.resources import files

import pytest
import yaml

from branch.kernel.phrases import LANGUAGES, PhraseMissing, catalogue_from_text, phrases
from branch.kernel.phrases import placeholders as wanted

CATALOGUES = sorted(
    entry.name.removesuffix(".yaml")
    for entry in (files("resources") / "phrases").iterdir()
    if entry.name.endswith(".yaml")
)
# Words the product does not use towards anybody, and signs that tear holes into a line.
NEVER = ("禁止", "必须", "非法", "无效", "作废", "！", "·", "・")


def test_the_ticket_has_its_catalogue() -> None:
    assert "ticket" in CATALOGUES


@pytest.mark.parametrize("name", CATALOGUES)
def test_both_languages_want_the_same_values(name: str) -> None:
    different = {
        key: [sorted(wanted(sentences[language])) for language in LANGUAGES]
        for key, sentences in phrases(name).entries.items()
        if len({wanted(sentences[language]) for language in LANGUAGES}) > 1
    }
    assert different == {}


@pytest.mark.parametrize("name", CATALOGUES)
def test_every_placeholder_has_a_plain_name(name: str) -> None:
    for key, sentences in phrases(name).entries.items():
        for sentence in sentences.values():
            assert all(value.isidentifier() for value in wanted(sentence)), key


@pytest.mark.parametrize("name", CATALOGUES)
def test_no_key_is_written_twice(name: str) -> None:
    text = (files("resources") / "phrases" / f"{name}.yaml").read_text(encoding="utf-8")
    node = yaml.compose(text)
    keys = [key.value for key, _ in node.value]
    assert sorted(keys) == sorted(set(keys))


@pytest.mark.parametrize("name", CATALOGUES)
def test_chinese_sentences_keep_to_our_words(name: str) -> None:
    found = [
        (key, word)
        for key, sentences in phrases(name).entries.items()
        for word in NEVER
        if word in sentences["zh"]
    ]
    assert found == []


def test_values_are_put_in() -> None:
    assert phrases("ticket").say("ahead_many", "zh", n=4) == "4 人"
    assert phrases("ticket").say("ahead_many", "en", n=4) == "4 people"


def test_a_value_without_a_place_is_left_out() -> None:
    assert phrases("ticket").say("ahead_one", "en", n=1, of=9) == "1 person"


def test_a_missing_key_is_named() -> None:
    with pytest.raises(PhraseMissing, match="no phrase 'nowhere'"):
        phrases("ticket").say("nowhere", "zh")


def test_a_missing_language_is_named() -> None:
    with pytest.raises(PhraseMissing, match="'thanks' is not told in 'fr'"):
        phrases("ticket").say("thanks", "fr")


def test_a_missing_value_is_named() -> None:
    with pytest.raises(PhraseMissing, match="'wait_range' in 'en' needs high, low"):
        phrases("ticket").say("wait_range", "en")


def test_a_missing_catalogue_is_named() -> None:
    with pytest.raises(LookupError, match="no catalogue 'poems'"):
        phrases("poems")


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("- a\n- b", "not a catalogue"),
        ("yes: {zh: 是, en: Yes}", "key True is no text"),
        ("a: {zh: 甲}", "'a' must have exactly zh and en"),
        ("a: {zh: 甲, en: A, fr: A}", "'a' must have exactly zh and en"),
        ("a: 甲", "'a' must have exactly zh and en"),
        ("a: {zh: 甲, en: }", "'a' is not told in 'en'"),
        ("a: {zh: '', en: A}", "'a' is not told in 'zh'"),
    ],
)
def test_a_malformed_catalogue_is_refused(text: str, complaint: str) -> None:
    with pytest.raises(PhraseMissing, match=complaint):
        catalogue_from_text("sample", text)
