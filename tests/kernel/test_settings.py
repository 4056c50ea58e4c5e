"""Settings of a run: option, then environment, then the user's own folder; a machine's choices."""

from __future__ import annotations

from pathlib import Path

import pytest

from branch.kernel.errors import BadInput
from branch.kernel.settings import keep_machine_choice, machine_choice, settle

SERVER = "postgresql://desk:secret@db.example:5433/bank?schema=hb001"


@pytest.mark.parametrize(
    ("option", "variable", "expected"),
    [
        ("/option", "/variable", "/option"),
        ("/option", None, "/option"),
        (None, "/variable", "/variable"),
    ],
)
def test_the_home_of_the_option_wins(
    option: str | None, variable: str | None, expected: str
) -> None:
    environment = {"TINGTANG_HOME": variable} if variable else {}
    settled = settle(home=option, environment=environment)
    assert settled.home == Path(expected)
    assert settled.config == Path(expected) / "config"
    assert settled.database == f"sqlite:///{expected}/branch.db"


def test_without_either_the_folders_are_the_users_own(monkeypatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    settled = settle(environment={})
    assert settled.home == tmp_path / "data" / "tingtang"
    assert settled.config == tmp_path / "config" / "tingtang"
    assert settled.shown_database == str(tmp_path / "data" / "tingtang" / "branch.db")


def test_the_environment_of_the_process_counts(monkeypatch, tmp_path: Path) -> None:
    monkeypatch.setenv("TINGTANG_HOME", str(tmp_path))
    monkeypatch.setenv("TINGTANG_DATABASE", SERVER)
    settled = settle()
    assert settled.home == tmp_path
    assert settled.database == SERVER


def test_a_relative_home_is_settled_once(monkeypatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    assert settle(home="desk", environment={}).home == tmp_path / "desk"


@pytest.mark.parametrize(
    ("option", "variable", "expected"),
    [
        (SERVER, "sqlite:////tmp/other.db", SERVER),
        (None, SERVER, SERVER),
        ("postgres://db/bank", None, "postgres://db/bank"),
        ("sqlite:////srv/branch.db", SERVER, "sqlite:////srv/branch.db"),
    ],
)
def test_the_database_of_the_option_wins(
    option: str | None, variable: str | None, expected: str
) -> None:
    environment = {"TINGTANG_DATABASE": variable} if variable else {}
    settled = settle(home="/h", database=option, environment=environment)
    assert settled.database == expected
    assert settled.on_server == expected.startswith("postgres")


@pytest.mark.parametrize("wrong", ["mysql://db/bank", "postgresq://db", "branch.db", "sqlite:/x"])
def test_a_database_of_another_kind_is_refused_with_its_kind(wrong: str) -> None:
    with pytest.raises(BadInput) as refused:
        settle(home="/h", database=wrong, environment={})
    assert refused.value.code == "database_url_unknown"
    assert refused.value.field == "database"
    assert refused.value.values["given"] == wrong.split(":")[0]


def test_a_wrong_database_does_not_show_its_password() -> None:
    with pytest.raises(BadInput) as refused:
        settle(home="/h", database="mysql://desk:secret@db/bank", environment={})
    assert "secret" not in f"{refused.value!r} {refused.value}"


def test_the_shown_database_has_neither_user_nor_password() -> None:
    shown = settle(home="/h", database=SERVER, environment={}).shown_database
    assert shown == "postgresql://db.example/bank"


def test_choices_of_this_machine_are_kept_beside_each_other(tmp_path: Path) -> None:
    settings = settle(home=str(tmp_path / "new"), environment={})
    assert machine_choice(settings, "printer") is None
    keep_machine_choice(settings, "printer", "票据 80 毫米")
    keep_machine_choice(settings, "language", "en")
    keep_machine_choice(settings, "language", "zh")
    again = settle(home=str(tmp_path / "new"), environment={})
    assert machine_choice(again, "printer") == "票据 80 毫米"
    assert machine_choice(again, "language") == "zh"
    assert [path.name for path in settings.config.iterdir()] == ["machine.json"]


@pytest.mark.parametrize("spoilt", ["", "{", "[1]", '{"printer": 3}', "\udcff"])
def test_spoilt_choices_count_as_none(tmp_path: Path, spoilt: str) -> None:
    settings = settle(home=str(tmp_path), environment={})
    settings.config.mkdir()
    (settings.config / "machine.json").write_bytes(spoilt.encode("utf-8", "surrogateescape"))
    assert machine_choice(settings, "printer") is None
    keep_machine_choice(settings, "printer", "front")
    assert machine_choice(settings, "printer") == "front"
