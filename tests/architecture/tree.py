"""Names the files of the project's tree for the other tests of this folder; it judges nothing."""

from __future__ import annotations

import ast
import subprocess
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CODE = ("branch", "reports", "ui")


def sources(*roots: str) -> list[Path]:
    """Python files below the named top folders, in order."""
    return sorted(path for root in roots for path in (ROOT / root).rglob("*.py"))


def shown(path: Path) -> str:
    """A path as a reader of a failed test wants it: from the top of the repository."""
    return path.relative_to(ROOT).as_posix()


def kept_files() -> list[Path]:
    """Every file that git keeps or would keep: tracked, or new and not ignored."""
    listing = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        check=True,
        capture_output=True,
    ).stdout.decode()
    paths = [ROOT / name for name in listing.split("\0") if name]
    return [path for path in paths if path.is_file()]


def imports(path: Path) -> Iterator[tuple[int, str]]:
    """Line and full name of every module that a file imports, at any depth.

    ``from a.b import c`` gives ``a.b.c``: c may be a module. A relative import keeps its dots.
    """
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield node.lineno, alias.name
        elif isinstance(node, ast.ImportFrom):
            base = "." * node.level + (node.module or "")
            for alias in node.names:
                yield node.lineno, f"{base}.{alias.name}" if base else alias.name
