"""Owns the sentences of everything that may not ask Qt for its words: paper, error codes, the
command line; knows neither Qt nor the store, and decides nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from string import Formatter
from types import MappingProxyType
from typing import Any

import yaml

LANGUAGES = ("zh", "en")
# The safe loader in C, ten times as fast, where PyYAML was built with it.
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def read_yaml(text: str) -> Any:
    """What stands in a YAML file of ours: texts, numbers, lists and mappings, no objects."""
    return yaml.load(text, _LOADER)


class PhraseMissing(LookupError):
    """A sentence, one of its languages, or a value it needs is not there. Names which."""


def placeholders(text: str) -> frozenset[str]:
    """The names in braces that `text` wants values for."""
    return frozenset(name for _, name, _, _ in Formatter().parse(text) if name is not None)


@dataclass(frozen=True, slots=True)
class Phrases:
    """One catalogue: key -> language -> sentence."""

    name: str
    entries: Mapping[str, Mapping[str, str]]

    def say(self, key: str, language: str, /, **values: object) -> str:
        """The sentence `key` in `language` ("zh" or "en") with `values` put in.

        Values the sentence has no place for are left out, since one error code's values serve
        two languages and the log. Raises PhraseMissing for an unknown key or language and for a
        value that is wanted and not given.
        """
        if key not in self.entries:
            raise PhraseMissing(f"{self.name}: no phrase {key!r}")
        if language not in self.entries[key]:
            raise PhraseMissing(f"{self.name}: phrase {key!r} is not told in {language!r}")
        sentence = self.entries[key][language]
        missing = placeholders(sentence) - values.keys()
        if missing:
            raise PhraseMissing(
                f"{self.name}: phrase {key!r} in {language!r} needs {', '.join(sorted(missing))}"
            )
        return sentence.format_map(values)


def catalogue_from_text(name: str, text: str) -> Phrases:
    """Read `key: {zh: …, en: …}` lines. Raises PhraseMissing where the form is another."""
    content = read_yaml(text)
    if not isinstance(content, dict):
        raise PhraseMissing(f"{name}: not a catalogue of phrases")
    entries: dict[str, Mapping[str, str]] = {}
    for key, sentences in content.items():
        # YAML reads bare words such as `on` or `no` as booleans: such a key is found by nobody.
        if not isinstance(key, str):
            raise PhraseMissing(f"{name}: key {key!r} is no text, put it in quotes")
        if not isinstance(sentences, dict) or set(sentences) != set(LANGUAGES):
            raise PhraseMissing(f"{name}: phrase {key!r} must have exactly zh and en")
        for language, sentence in sentences.items():
            if not isinstance(sentence, str) or not sentence:
                raise PhraseMissing(f"{name}: phrase {key!r} is not told in {language!r}")
        entries[key] = MappingProxyType(sentences)
    return Phrases(name, MappingProxyType(entries))


@cache
def phrases(name: str) -> Phrases:
    """The catalogue `resources/phrases/<name>.yaml`, read once."""
    source = files("resources") / "phrases" / f"{name}.yaml"
    if not source.is_file():
        raise PhraseMissing(f"no catalogue {name!r}")
    return catalogue_from_text(name, source.read_text(encoding="utf-8"))
