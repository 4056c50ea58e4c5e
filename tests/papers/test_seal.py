"""The branch's digital seal: kept sealed, read, taken away; its password shows nowhere."""

from __future__ import annotations

from importlib.resources import files

import pytest

from branch.bootstrap import Branch
from branch.kernel.errors import BadInput, NotFound, NotPermitted
from branch.kernel.journal import entries
from branch.kernel.runner import Actor
from branch.kernel.setting import kept_value
from branch.papers.seal import DropSeal, KeepSeal, seal_of
from branch.people.queries import account_id

SEAL = (files("resources") / "samples" / "test-seal.p12").read_bytes()
PASSWORD = "test-seal"


def run(branch: Branch, command: object, staff_no: str = "100001") -> None:
    staff = account_id(branch.store, staff_no)
    assert staff is not None
    branch.run(command, Actor(staff, "admin"))


def test_kept_and_read(branch: Branch) -> None:
    assert seal_of(branch.store) is None
    run(branch, KeepSeal(SEAL, PASSWORD))
    seal = seal_of(branch.store)
    assert seal is not None
    assert (seal.certificate, seal.password) == (SEAL, PASSWORD)
    assert PASSWORD not in repr(seal) + repr(KeepSeal(SEAL, PASSWORD))
    # Neither the store nor the journal shows the password.
    assert PASSWORD not in (kept_value(branch.store, "digital_seal") or "")
    last = list(entries(branch.store))[-1]
    assert (last.what, last.data) == ("seal.kept", {})


def test_taken_away(branch: Branch) -> None:
    with pytest.raises(NotFound, match="seal_none"):
        run(branch, DropSeal())
    run(branch, KeepSeal(SEAL, PASSWORD))
    run(branch, DropSeal())
    assert seal_of(branch.store) is None


@pytest.mark.parametrize("data", [b"", b"no certificate", b"\x30" * 70_000])
def test_what_is_no_certificate_is_refused(branch: Branch, data: bytes) -> None:
    with pytest.raises(BadInput):
        run(branch, KeepSeal(data, PASSWORD))
    with pytest.raises(BadInput):
        run(branch, KeepSeal(SEAL, "x" * 200))


def test_by_administrator_and_manager_only(branch: Branch) -> None:
    with pytest.raises(NotPermitted):
        run(branch, KeepSeal(SEAL, PASSWORD), "100303")
    run(branch, KeepSeal(SEAL, PASSWORD), "100101")
