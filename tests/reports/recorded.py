"""What the code records in the journal, read from the sources; no text of its own."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]


def recorded_facts() -> dict[str, str]:
    """Every fact handed to a ``record(…)``, with a place; a ``*`` for what is put in at run time.

    A name is followed to what it is given in the same file. Anything else fails: words for it
    could not be looked for.
    """
    found: dict[str, str] = {}
    for file in sorted((ROOT / "branch").rglob("*.py")):
        tree = ast.parse(file.read_text(encoding="utf-8"))
        for node in ast.walk(tree):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
                continue
            if node.func.attr == "record" and node.args:
                place = f"{file.relative_to(ROOT)}:{node.lineno}"
                texts = list(_texts(node.args[0], tree))
                assert texts, f"no fact can be read from {place}"
                found.update(dict.fromkeys(texts, place))
    return found


def _texts(node: ast.expr, tree: ast.Module) -> Iterator[str]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.IfExp):
        yield from _texts(node.body, tree)
        yield from _texts(node.orelse, tree)
    elif isinstance(node, ast.JoinedStr):
        yield "".join(
            str(part.value) if isinstance(part, ast.Constant) else "*" for part in node.values
        )
    elif isinstance(node, ast.Name):
        for other in ast.walk(tree):
            if isinstance(other, ast.Assign) and any(
                isinstance(target, ast.Name) and target.id == node.id for target in other.targets
            ):
                yield from _texts(other.value, tree)
