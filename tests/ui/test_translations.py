"""Every visible word goes through Qt's translation, and its English is there and fits."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from importlib import resources as package_files
from pathlib import Path

import pytest
import yaml

from branch.kernel.phrases import placeholders
from ui.shell.language import english

UI = Path(__file__).parents[2] / "ui"
HAN = re.compile(r"[\u3400-\u9fff\uff00-\uffef]")
FILES = sorted(UI.rglob("*.py"))


def is_translation(node: ast.AST) -> bool:
    """Whether a call is ``….tr(…)`` or ``….translate("Context", …)``."""
    return (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute | ast.Name)
        and (node.func.attr if isinstance(node.func, ast.Attribute) else node.func.id)
        in ("tr", "translate", "_tr", "QT_TRANSLATE_NOOP")
    )


def source_of(call: ast.Call) -> ast.expr:
    """The argument that holds the Chinese text."""
    name = call.func.attr if isinstance(call.func, ast.Attribute) else ""
    return call.args[1] if name == "translate" and len(call.args) > 1 else call.args[-1]


def texts_of(node: ast.expr) -> Iterator[str | None]:
    """The texts of an argument; None for one that no translator could ever see."""
    if isinstance(node, ast.IfExp):
        yield from texts_of(node.body)
        yield from texts_of(node.orelse)
    elif isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.JoinedStr):
        yield None


def sources() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for file in FILES:
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and is_translation(node) and node.args:
                for text in texts_of(source_of(node)):
                    place = f"{file.relative_to(UI)}:{node.lineno}"
                    assert text is not None, f"f-string inside tr(): {place}"
                    found.setdefault(text, []).append(place)
    return found


def test_every_source_text_has_english() -> None:
    missing = {text: places for text, places in sources().items() if text not in english()}
    assert not missing


def test_placeholders_agree() -> None:
    wrong = [text for text, told in english().items() if placeholders(text) != placeholders(told)]
    assert not wrong


def test_english_has_no_chinese_in_it() -> None:
    mixed = [told for told in english().values() if HAN.search(told)]
    assert mixed in ([], ["中文"])  # the name of the other language stays in that language


def test_no_english_without_a_use() -> None:
    every_text = {
        node.value
        for file in FILES
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    assert sorted(set(english()) - every_text) == []


def test_one_text_has_one_english() -> None:
    folder = package_files.files("resources").joinpath("translations/en")
    told: dict[str, set[str]] = {}
    for part in folder.iterdir():
        if not part.name.endswith(".yaml"):
            continue
        for text, word in (yaml.safe_load(part.read_text(encoding="utf-8")) or {}).items():
            told.setdefault(text, set()).add(word)
    assert {text: words for text, words in told.items() if len(words) > 1} == {}


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(UI)))
def test_no_chinese_outside_translation(file: Path) -> None:
    tree = ast.parse(file.read_text(encoding="utf-8"))
    allowed = {
        id(part) for node in ast.walk(tree) if is_translation(node) for part in ast.walk(node)
    }
    docs = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    loose = [
        f"{node.lineno}: {node.value}"
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and HAN.search(node.value)
        and id(node) not in allowed | docs
        and node.value not in english()
        and node.value not in ("厅堂", "中文")
    ]
    assert loose == []


FORBIDDEN = ("禁止", "必须", "非法", "无效", "作废")


def test_words_that_are_never_used() -> None:
    for text in sources():
        assert not any(word in text for word in FORBIDDEN), text
        assert "·" not in text, text
        assert "！" not in text or text.startswith("您好！"), text
