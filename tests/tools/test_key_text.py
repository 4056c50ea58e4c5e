"""``main.py key …``: what it says and does, and to whom it refuses."""

from __future__ import annotations

import io
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

import main as program
from branch.bootstrap import own_branch
from branch.founding import Plan
from branch.kernel import journal
from branch.kernel.file_head import head_of
from branch.kernel.settings import Settings, settle

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    monkeypatch.setenv("TINGTANG_HOME", str(tmp_path / "home"))
    monkeypatch.delenv("TINGTANG_DATABASE", raising=False)
    monkeypatch.delenv("TINGTANG_LANGUAGE", raising=False)
    return settle()


@pytest.fixture
def founded(settings: Settings, sample: Plan) -> Settings:
    branch = own_branch(settings)
    branch.found(sample)
    branch.close()
    return settings


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """``run("key", "status", typed="…")``: exit status, output, complaints."""

    def carry_out(*argv: str, typed: str = "") -> tuple[int, str, str]:
        monkeypatch.setattr("sys.stdin", io.StringIO(typed + "\n"))
        code = program.main(list(argv))
        said = capsys.readouterr()
        return code, said.out, said.err

    return carry_out


def pin_of(sample: Plan, staff_no: str) -> str:
    return next(member.pin for member in sample.staff if member.staff_no == staff_no)


def file_of(settings: Settings) -> Path:
    return settings.home / "branch.db"


def fingerprint(settings: Settings) -> str:
    branch = own_branch(settings)
    found = branch.key_status().fingerprint
    branch.close()
    return found


def test_status(founded: Settings, run: Run) -> None:
    code, said, _ = run("key", "status")
    first, second, third = said.splitlines()
    assert code == 0
    assert first == "数据文件和备份已加密"
    assert second.startswith(f"密钥指纹 {fingerprint(founded)}，启用于 20")
    assert third == "密钥保存在配置文件夹里，只有本用户能读"
    assert run("--language", "en", "key", "status")[1].splitlines()[0] == (
        "The data file and its backups are encrypted"
    )


@pytest.mark.parametrize("what", ["status", "rotate", "recover", "show"])
def test_without_a_branch_none_is_made(settings: Settings, run: Run, what: str) -> None:
    more = {"rotate": ["--staff", "100101"], "show": ["--yes"]}.get(what, [])
    code, said, complaint = run("key", what, *more)
    assert (code, said) == (1, "")
    assert complaint == "这里还没有网点，请先打开程序建立\n"
    assert not file_of(settings).exists()


def test_the_sheet_is_shown_to_who_says_yes(founded: Settings, run: Run) -> None:
    code, said, complaint = run("key", "show")
    assert (code, said) == (1, "")
    assert "--yes" in complaint
    code, said, _ = run("key", "show", "--yes")
    assert code == 0
    assert said.startswith(f"密钥指纹 {fingerprint(founded)}\n恢复密钥 ")


def test_off_on_and_a_new_key(founded: Settings, run: Run, sample: Plan) -> None:
    pin, old = pin_of(sample, "100101"), fingerprint(founded)
    said = run("key", "decrypt", "--staff", "100101", typed=pin)[1]
    assert said == "数据文件已不加密\n"
    assert head_of(file_of(founded)).kind == "plain"
    assert run("key", "status")[1].startswith("数据文件没有加密")
    assert run("key", "encrypt", "--staff", "100101", typed=pin)[0] == 0
    assert head_of(file_of(founded)).fingerprint == old
    said = run("key", "rotate", "--staff", "100001", typed=pin_of(sample, "100001"))[1]
    new = head_of(file_of(founded)).fingerprint
    assert new not in (old, "")
    assert said.startswith(f"已换用密钥 {new}，")
    branch = own_branch(founded)
    told = [(e.what, e.station) for e in journal.entries(branch.store) if e.topic == "key"]
    assert told == [
        (what, "command-line") for what in ("key.decrypted", "key.encrypted", "key.rotated")
    ]
    assert branch.store.rows("SELECT count(*) FROM session", ()) == [(0,)]
    branch.close()


@pytest.mark.parametrize(
    ("staff_no", "pin", "sentence"),
    [
        ("100101", "000000", "员工号或密码不对"),
        ("999999", "000000", "员工号或密码不对"),
        ("100482", "", "您的岗位不能做这一步"),
    ],
)
def test_who_may_not_changes_nothing(
    founded: Settings, run: Run, sample: Plan, staff_no: str, pin: str, sentence: str
) -> None:
    before = head_of(file_of(founded))
    typed = pin or pin_of(sample, staff_no)
    code, said, complaint = run("key", "decrypt", "--staff", staff_no, typed=typed)
    assert (code, said) == (1, "")
    assert sentence in complaint
    assert head_of(file_of(founded)) == before


def test_the_recovery_key_opens_it_on_another_machine(founded: Settings, run: Run) -> None:
    paper = run("key", "show", "--yes")[1].split()[-1]
    assert run("key", "recover", typed=paper)[1] == "这台机器上已有密钥\n"
    shutil.rmtree(founded.config)
    code, said, _ = run("key", "status")
    assert (code, "请输入恢复密钥" in said) == (0, True)
    assert run("journal", "verify")[0] == 1
    code, _, complaint = run("key", "recover", typed=paper[:-2])
    assert (code, complaint) == (1, "恢复密钥有 65 个字符，这里是 63 个\n")
    assert run("key", "recover", typed=paper.lower())[1] == "密钥已保存，数据可以打开了\n"
    assert run("journal", "verify")[0] == 0
