"""Fixtures for every test: a sample branch on SQLite and on PostgreSQL, and a clock that is set."""

from __future__ import annotations

import gc
import os
import shutil
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from argon2 import PasswordHasher
from hypothesis import settings

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
# No test puts a key into the key store of whoever runs the tests.
os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.fail.Keyring"

from branch.bootstrap import Branch, open_branch
from branch.founding import Plan, sample_plan
from branch.kernel.clock import SetClock, to_ms
from branch.kernel.migrations import _STEPS, version_of
from branch.kernel.runner import Actor
from branch.people.commands import pins
from branch.people.queries import account_id
from tests.stores import NO_SERVER, POSTGRES, KeptSchema, fresh_schema

SHANGHAI = ZoneInfo("Asia/Shanghai")
# A busy machine is no failed example.
settings.register_profile("tingtang", deadline=None)
settings.load_profile("tingtang")

# The number of the newest migration step, as sentences about a newer database name it.
NEWEST_STEP = max(version_of(step.name) for step in _STEPS.glob("0*.py"))
OPENING = to_ms(datetime(2026, 11, 20, 9, 0, tzinfo=SHANGHAI))


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Iterator[None]:
    """Have the cycle collector pass over the tests themselves, which live as long as the run: going
    through them over and over took a third of the collecting and a tenth of the run."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.collect()
        gc.freeze()
        gc.enable()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say loudly when half of the stores was not tried."""
    if not POSTGRES:
        terminalreporter.write_line(NO_SERVER, red=True, bold=True)


@pytest.fixture(scope="session", autouse=True)
def quick_pins() -> Iterator[None]:
    """Hash PINs with next to no work; tests/people looks at what the program spends."""
    with pytest.MonkeyPatch.context() as cheap:
        cheap.setattr(pins, "_HASHER", PasswordHasher(1, 8, 1))
        yield


@pytest.fixture(scope="session")
def sample() -> Plan:
    """The sample branch with its PINs, the same for the whole run."""
    return sample_plan()


@pytest.fixture(scope="session")
def sample_file(sample: Plan, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A founded sample branch in a file, to be copied and never opened."""
    path = tmp_path_factory.mktemp("sample") / "branch.db"
    branch = open_branch(f"sqlite:///{path}", SetClock(OPENING))
    branch.found(sample)
    branch.close()
    return path


@pytest.fixture(scope="session")
def sample_schema(sample: Plan) -> Iterator[KeptSchema]:
    """A founded sample branch on the PostgreSQL server, for one test at a time."""
    if not POSTGRES:
        pytest.skip(NO_SERVER)
    with fresh_schema() as url:
        branch = open_branch(url, SetClock(OPENING))
        branch.found(sample)
        branch.close()
        kept = KeptSchema(url)
        yield kept
        kept.close()


@pytest.fixture
def clock() -> SetClock:
    """Friday 20 November 2026, 09:00 in Shanghai, until a test moves it."""
    return SetClock(OPENING)


@pytest.fixture
def sqlite_url(sample_file: Path, tmp_path: Path) -> str:
    """A sample branch of this test's own, in a file."""
    path = tmp_path / "branch.db"
    shutil.copy(sample_file, path)
    return f"sqlite:///{path}"


@pytest.fixture
def postgres_url() -> Iterator[str]:
    """An empty schema of this test's own on a real PostgreSQL server."""
    if not POSTGRES:
        pytest.skip(NO_SERVER)
    with fresh_schema() as url:
        yield url


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A place for a store that does not exist yet, once on each kind of store."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'empty' / 'branch.db'}"
    fresh: str = request.getfixturevalue("postgres_url")
    return fresh


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest) -> str:
    """The sample branch's URL, once on each kind of store."""
    if request.param == "sqlite":
        found: str = request.getfixturevalue("sqlite_url")
        return found
    kept: KeptSchema = request.getfixturevalue("sample_schema")
    return kept.put_back()


@pytest.fixture
def branch(url: str, clock: SetClock) -> Iterator[Branch]:
    """The open sample branch, once on each kind of store."""
    opened = open_branch(url, clock)
    yield opened
    opened.close()


@pytest.fixture
def actor(branch: Branch) -> Callable[[str, str], Actor]:
    """``actor("100482", "counter-1")``: an account at a station."""

    def find(staff_no: str, station: str) -> Actor:
        staff = account_id(branch.store, staff_no)
        assert staff is not None, f"the sample branch has no account {staff_no}"
        return Actor(staff, station)

    return find
