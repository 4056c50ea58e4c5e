"""The command line as a user meets it: what it prints, where, and with which exit status."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from branch.bootstrap import open_branch
from branch.kernel.clock import SetClock
from branch.kernel.key_ring import KeyRing
from branch.kernel.store import open_store
from tests.complaints.desk import Desk
from tests.conftest import NEWEST_STEP, OPENING

ROOT = Path(__file__).parents[1]
DATA = ROOT / "tests" / "data"


def run(*words: str, home: Path, language: str = "zh") -> subprocess.CompletedProcess[str]:
    """Start the program as a user does."""
    environment = {
        **{key: value for key, value in os.environ.items() if key != "DISPLAY"},
        "TINGTANG_LANGUAGE": language,
        "PYTHONUTF8": "1",
    }
    return subprocess.run(
        [sys.executable, str(ROOT / "main.py"), "--home", str(home), *words],
        capture_output=True,
        text=True,
        encoding="utf-8",
        env=environment,
        check=False,
        timeout=120,
        cwd=home,
    )


def test_replay_prints_one_object_a_scenario(tmp_path: Path) -> None:
    file = DATA / "scenarios.json"
    done = run("replay", "--scenarios", str(file), "--json", home=tmp_path)
    assert done.returncode == 0, done.stderr
    told = [json.loads(line) for line in done.stdout.splitlines()]
    expected = json.loads(file.read_text(encoding="utf-8"))["scenarios"]
    assert [(one["id"], one["calls"], one["keys"]) for one in told] == [
        (one["id"], one["expect"]["calls"], one["expect"]["keys"]) for one in expected
    ]
    assert not (tmp_path / "branch.db").exists()


def test_replay_for_a_person(tmp_path: Path) -> None:
    done = run("replay", "--scenarios", str(DATA / "scenarios.json"), home=tmp_path)
    assert "S01：叫号 A1 A2 A3 A4 无" in done.stdout


@pytest.mark.parametrize(
    ("language", "sentence"),
    [("zh", "文件 none.json 打不开"), ("en", "The file none.json cannot be opened")],
)
def test_a_missing_file_is_a_sentence(tmp_path: Path, language: str, sentence: str) -> None:
    done = run("replay", "--scenarios", "none.json", home=tmp_path, language=language)
    assert done.returncode == 1
    assert sentence in done.stderr
    assert "Traceback" not in done.stderr


def test_verify_tells_a_whole_journal(sqlite_url: str, tmp_path: Path) -> None:
    done = run("--database", sqlite_url, "journal", "verify", home=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert "流水完好，共 1 条" in done.stdout


def test_verify_names_the_first_broken_entry(sqlite_url: str, tmp_path: Path) -> None:
    store = open_store(sqlite_url)
    store.database.execute_sql("UPDATE journal SET data = '{}' WHERE revision = 1")
    store.close()
    done = run("--database", sqlite_url, "journal", "verify", home=tmp_path)
    assert done.returncode == 1
    assert "流水第 1 条与原记录不符" in done.stderr


def test_verify_names_a_paper_that_is_not_as_it_was_issued(sqlite_url: str, tmp_path: Path) -> None:
    clock = SetClock(OPENING)
    desk = Desk(open_branch(sqlite_url, clock, KeyRing(tmp_path / "config")), clock)
    paper = desk.paper(desk.register(read_back=True), "TS-01")
    desk.branch.close()
    assert run("--database", sqlite_url, "journal", "verify", home=tmp_path).returncode == 0
    (file,) = [path for path in (tmp_path / "attachments").rglob("*") if path.is_file()]
    spoilt = bytearray(file.read_bytes())
    spoilt[-1] ^= 1
    file.write_bytes(bytes(spoilt))
    done = run("--database", sqlite_url, "journal", "verify", home=tmp_path)
    assert done.returncode == 1
    assert f"已签发文书 {paper}（TS-01 第 1 份）的文件与签发时不符" in done.stderr


def test_verify_without_a_branch(tmp_path: Path) -> None:
    done = run("journal", "verify", home=tmp_path)
    assert done.returncode == 1
    assert "还没有网点" in done.stderr


def test_a_database_of_another_kind_is_refused(tmp_path: Path) -> None:
    done = run("--database", "mysql://x/y", "journal", "verify", home=tmp_path)
    assert done.returncode == 1
    assert "mysql" in done.stderr


def test_a_newer_database_is_refused_with_both_versions(tmp_path: Path) -> None:
    branch = open_branch(f"sqlite:///{tmp_path / 'branch.db'}", SetClock(OPENING))
    branch.store.database.execute_sql(
        "INSERT INTO schema_migration (name, applied) VALUES ('0042_later', '2027-01-01')"
    )
    branch.close()
    done = run("journal", "verify", home=tmp_path)
    assert done.returncode == 1
    assert f"版本 42，本程序认识到 {NEWEST_STEP}" in done.stderr


def test_a_file_that_is_no_database(tmp_path: Path) -> None:
    (tmp_path / "branch.db").write_bytes(b"not a database at all" * 100)
    done = run("journal", "verify", home=tmp_path)
    assert done.returncode == 1
    assert "已损坏" in done.stderr


def test_a_malformed_day_is_refused_whole(tmp_path: Path) -> None:
    day = (ROOT / "resources/samples/days/ordinary_friday.csv").read_text(encoding="utf-8")
    file = tmp_path / "day.csv"
    file.write_text(day.replace(",zh,422,", ",zh,many,"), encoding="utf-8")
    done = run("demo", "--headless", "--day", str(file), home=tmp_path)
    assert done.returncode == 1
    assert "第 3 行 service_seconds 列是“many”" in done.stderr
    assert not (tmp_path / "out").exists()


def test_a_speed_out_of_range(tmp_path: Path) -> None:
    done = run("demo", "--headless", "--speed", "601", home=tmp_path)
    assert (done.returncode, done.stderr.strip()) == (1, "速度为 1 到 600 倍")


def test_demo_leaves_pictures_tickets_and_a_summary(tmp_path: Path) -> None:
    done = run("demo", "--headless", "--out", "here", home=tmp_path)
    assert done.returncode == 0, done.stderr
    left = {file.name for file in (tmp_path / "here").iterdir()}
    assert {"sign-in.png", "kiosk-1.png", "lobby.png", "counter-1.png", "board-1.png"} <= left
    assert {"summary.json", "summary.txt"} <= left
    assert sum(name.startswith("ticket-") for name in left) == 8
    summary = json.loads((tmp_path / "here" / "summary.json").read_text(encoding="utf-8"))
    assert summary["issued"] == 226
    assert summary["waiting"] == 0
    lines = (tmp_path / "here" / "journal.jsonl").read_text(encoding="utf-8").splitlines()
    entries = [json.loads(line) for line in lines]
    told = Counter(entry["what"] for entry in entries)
    assert told["ticket.issued"] == summary["issued"]
    assert told["ticket.finished"] == summary["served"]
    assert told["ticket.missed"] == summary["no_shows"]
    assert told["ticket.left"] == summary["left"]
    issued = {e["subject"]: e["at"] for e in entries if e["what"] == "ticket.issued"}
    waits = [e["at"] - issued[e["subject"]] for e in entries if e["what"] == "ticket.called"]
    assert summary["waits"]["count"] == len(waits)
    assert summary["waits"]["maximum"] == max(waits) / 1000
    assert summary["waits"]["mean"] == pytest.approx(sum(waits) / len(waits) / 1000, abs=0.001)
    assert summary["journal"] == {"revision": len(entries), "head": entries[-1]["hash"]}
    assert "2026-11-20" in done.stdout
    assert not (tmp_path / "branch.db").exists()


def test_without_a_display_a_day_is_played_and_said_so(tmp_path: Path) -> None:
    done = run(home=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "没有显示屏" in done.stdout
    assert (tmp_path / "out" / "lobby.png").exists()
    assert not (tmp_path / "branch.db").exists()


@pytest.mark.parametrize("station", ["counter-1", "lobby", "teapot", "kiosk-0"])
def test_only_stations_without_a_person_open_by_name(tmp_path: Path, station: str) -> None:
    from branch.kernel.errors import BadInput
    from ui.program import checked_station

    with pytest.raises(BadInput):
        checked_station(station)
