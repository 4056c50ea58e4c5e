"""No kept text file names a package registry's host or a path of the machine it was written on."""

from __future__ import annotations

import re

from tests.architecture.tree import kept_files, shown

# Put together here, so that this file does not find itself.
HOSTS = ("pypi" + ".org", "python" + "hosted", "registry." + "npmjs", "deb." + "debian.org")
PLACES = ("/" + "work/", "/" + "root/", "/" + "home/", "/" + "Users/", "C:" + "\\Users")
MACHINE = re.compile("|".join(map(re.escape, (*HOSTS, *PLACES))))


def text_of(path) -> str | None:
    raw = path.read_bytes()
    return None if b"\0" in raw[:8000] else raw.decode("utf-8")


def test_no_registry_and_no_place_of_a_machine() -> None:
    files = kept_files()
    assert files
    found = []
    for path in files:
        for number, line in enumerate((text_of(path) or "").splitlines(), 1):
            if MACHINE.search(line):
                found.append(f"{shown(path)}:{number} {line.strip()[:100]}")
    assert not found, "\n".join(found)


def test_the_search_finds_what_it_should() -> None:
    assert MACHINE.search("index-url = https://" + "pypi" + ".org/simple")
    assert MACHINE.search("see /" + "home/somebody/notes")
    assert not MACHINE.search("TINGTANG_DATABASE=postgresql://user@server/branch")
    assert not MACHINE.search("/usr/lib/postgresql")
