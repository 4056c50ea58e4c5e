"""A day file is played beside the branch: on one like it, on either store, and nothing stays."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from branch.bootstrap import Branch
from branch.founding import twin_plan
from branch.kernel import journal
from branch.kernel.clock import MS_PER_MINUTE
from branch.kernel.errors import BadInput
from branch.kernel.runner import Actor
from branch.kernel.settings import Settings
from branch.kernel.store import open_store
from branch.lobby.commands.counters import SetCounterServices
from branch.people.queries import account_id
from branch.tools.day_file import COLUMNS
from branch.tools.past_day import Cancelled, WholeDay, day_of_file

HEAD = ",".join(COLUMNS) + "\n"
# Three come for cash within two minutes; on the sample branch more than one counter does it.
DAY = HEAD + "".join(
    f"2026-11-20 09:0{minute}:00,P01,ordinary,,,zh,600,yes,,\n" for minute in range(3)
)


@pytest.fixture
def settings(url: str, tmp_path: Path) -> Settings:
    """Settings of a branch on each kind of store."""
    return Settings(home=tmp_path, config=tmp_path / "config", database=url)


@pytest.fixture
def nothing_stays(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[None]:
    """Whatever a play makes for itself, a folder or a schema, is gone at the end."""
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(scratch))
    before = schemas(settings)
    yield
    assert list(scratch.iterdir()) == []
    assert schemas(settings) == before


def schemas(settings: Settings) -> set[str]:
    if not settings.on_server:
        return set()
    store = open_store(settings.database)
    rows = store.database.execute_sql(
        "SELECT nspname FROM pg_namespace WHERE starts_with(nspname, 'scratch')"
    )
    found = {name for (name,) in rows.fetchall()}
    store.close()
    return found


def file_of(tmp_path: Path, text: str) -> Path:
    file = tmp_path / "day.csv"
    file.write_text(text, encoding="utf-8")
    return file


def waits(day: WholeDay) -> list[int]:
    """Whole minutes from issue to the first call, in the order of arrival."""
    found = []
    for life in sorted(day.record.lives.values(), key=lambda item: item.seq):
        assert life.first_called_at is not None
        found.append((life.first_called_at - life.issued_at) // MS_PER_MINUTE)
    return found


@pytest.mark.usefixtures("nothing_stays")
def test_the_branch_itself_is_only_read(branch: Branch, settings: Settings, tmp_path: Path) -> None:
    before = journal.head(branch.store)
    plan = twin_plan(branch.store)
    day = day_of_file(file_of(tmp_path, DAY), plan, settings, lambda share: True)
    assert waits(day) == [0, 0, 0]
    assert journal.head(branch.store) == before


@pytest.mark.usefixtures("nothing_stays")
def test_it_is_played_on_a_branch_as_this_one_is_now(
    branch: Branch, settings: Settings, tmp_path: Path
) -> None:
    manager = account_id(branch.store, "100301")
    assert manager is not None
    for counter in range(2, 9):
        change = SetCounterServices(counter, frozenset({"C10"}))
        branch.run(change, Actor(manager, "lobby"))
    plan = twin_plan(branch.store)
    day = day_of_file(file_of(tmp_path, DAY), plan, settings, lambda share: True)
    assert day.services[2] == frozenset({"C10"})
    # Only counter 1 is left for cash: each of the three waits for the one before.
    assert waits(day) == [0, 9, 18]


@pytest.mark.usefixtures("nothing_stays")
@pytest.mark.parametrize("steps", [1, 4])
def test_enough_of_it(branch: Branch, settings: Settings, tmp_path: Path, steps: int) -> None:
    told: list[float] = []

    def progress(share: float) -> bool:
        told.append(share)
        return len(told) < steps

    with pytest.raises(Cancelled):
        day_of_file(file_of(tmp_path, DAY), twin_plan(branch.store), settings, progress)
    assert len(told) == steps


@pytest.mark.usefixtures("nothing_stays")
@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("name,age\n", "day_file_header"),
        (HEAD, "day_file_empty"),
        (DAY.replace("P01", "P99"), "day_file_cell"),
        (DAY.replace("ordinary", "royal"), "day_file_cell"),
    ],
)
def test_a_file_that_cannot_be_read(
    branch: Branch, settings: Settings, tmp_path: Path, text: str, code: str
) -> None:
    plan = twin_plan(branch.store)
    with pytest.raises(BadInput) as refused:
        day_of_file(file_of(tmp_path, text), plan, settings, lambda share: True)
    assert refused.value.code == code
