"""Every module says what it owns, is read in one sitting, and is named after what it is about."""

from __future__ import annotations

import ast

import pytest

from tests.architecture.tree import CODE, ROOT, shown, sources

MODULES = [ROOT / "main.py", *sources("resources", *CODE)]
LONGEST = 400
LONGEST_WINDOW = 300
# A name must say what a file is about; in a bank a service is what the customer came for.
NAMES_THAT_SAY_NOTHING = {"base", "common", "helper", "helpers", "manager", "managers", "misc"}
NAMES_THAT_SAY_NOTHING |= {"service", "services", "util", "utils"}


def length(path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


TESTS = [path for path in sources("tests") if path.stat().st_size]  # an empty __init__ says enough


@pytest.mark.parametrize("path", [*MODULES, *TESTS], ids=shown)
def test_every_module_opens_with_a_sentence(path) -> None:
    text = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
    assert text, f"{shown(path)} has no docstring"
    first = text.split("\n\n")[0].rstrip()
    assert first.endswith((".", "。", ":")), f"{shown(path)} opens with no full sentence: {first}"


def test_no_module_grows_past_a_sitting() -> None:
    long = {shown(path): length(path) for path in MODULES if length(path) > LONGEST}
    assert not long, "split by what they are about"


def test_windows_stay_smaller_still() -> None:
    windows = [path for path in sources("ui") if path.name == "window.py"]
    long = {shown(path): length(path) for path in windows if length(path) > LONGEST_WINDOW}
    assert not long, "move panels into files of their own"


def test_names_say_what_a_file_is_about() -> None:
    nameless = [shown(path) for path in MODULES if path.stem in NAMES_THAT_SAY_NOTHING]
    nameless += [shown(path) for path in MODULES if path.parent.name in NAMES_THAT_SAY_NOTHING]
    assert not nameless
