"""``main.py drill report``: one command from a run's number to its report; who may, and what is
said to others."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pytest

import main as program
from branch.bootstrap import own_branch
from branch.founding import Plan
from branch.kernel import journal
from branch.kernel.clock import SetClock
from branch.kernel.settings import Settings, settle
from tests.conftest import OPENING
from tests.drills.desk import OFFICER, Desk
from tests.reports.drill_samples import full_run
from tests.reports.paper import READERS, packed

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, sample: Plan) -> Settings:
    """A founded branch with one drill, YL-2026-01."""
    monkeypatch.setenv("TINGTANG_HOME", str(tmp_path / "home"))
    monkeypatch.delenv("TINGTANG_DATABASE", raising=False)
    monkeypatch.delenv("TINGTANG_LANGUAGE", raising=False)
    monkeypatch.chdir(tmp_path)
    found = settle()
    clock = SetClock(OPENING)
    branch = own_branch(found)
    branch.found(sample)
    branch.close()
    branch = own_branch(found, clock)
    full_run(Desk(branch, clock))
    branch.close()
    return found


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    def carry_out(*argv: str, typed: str = "") -> tuple[int, str, str]:
        monkeypatch.setattr("sys.stdin", io.StringIO(typed + "\n"))
        code = program.main(list(argv))
        said = capsys.readouterr()
        return code, said.out, said.err

    return carry_out


def pin_of(sample: Plan, staff_no: str) -> str:
    return next(member.pin for member in sample.staff if member.staff_no == staff_no)


def test_one_command_writes_the_report(
    settings: Settings, run: Run, sample: Plan, tmp_path: Path
) -> None:
    pin = pin_of(sample, OFFICER)
    code, out, err = run("drill", "report", "YL-2026-01", "--staff", OFFICER, typed=pin)
    assert (code, err) == (0, "")
    assert "总结报告写到 应急演练总结报告 YL-2026-01.pdf" in out
    data = (tmp_path / "应急演练总结报告 YL-2026-01.pdf").read_bytes()
    said = packed(READERS["pdftotext"](data))
    assert "应急演练总结报告" in said
    assert "照片打不开" not in said
    branch = own_branch(settings)
    *before, last = [(entry.what, entry.station) for entry in journal.entries(branch.store)]
    branch.close()
    assert before[-6:] == [("drill.photo_opened", "command-line")] * 6
    assert last[1] == "command-line"


def test_in_english_to_a_place_of_one_s_own(
    settings: Settings, run: Run, sample: Plan, tmp_path: Path
) -> None:
    file = tmp_path / "kept.pdf"
    code, out, _err = run(
        *("--language", "en", "drill", "report", "YL-2026-01"),
        *("--staff", OFFICER, "--out", str(file)),
        typed=pin_of(sample, OFFICER),
    )
    assert (code, out) == (0, f"report in {file}\n")
    assert "After-action report" in READERS["pdftotext"](file.read_bytes())


def test_a_wrong_pin_an_unknown_number_a_folder_that_is_not_there(
    settings: Settings, run: Run, sample: Plan, tmp_path: Path
) -> None:
    pin = pin_of(sample, OFFICER)
    code, _out, err = run("drill", "report", "YL-2026-01", "--staff", OFFICER, typed="000000")
    assert code == 1
    assert "Traceback" not in err
    code, _out, err = run("drill", "report", "YL-2026-99", "--staff", OFFICER, typed=pin)
    assert (code, err.strip()) == (1, "没有这次演练")
    where = str(tmp_path / "none" / "x.pdf")
    code, _out, err = run(
        "drill", "report", "YL-2026-01", "--staff", OFFICER, "--out", where, typed=pin
    )
    assert code == 1
    assert "不能写入文件夹" in err
    assert not list(tmp_path.glob("*.pdf"))
