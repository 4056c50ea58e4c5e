"""An export leaves its own trace in the journal, with kind and number of rows."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from branch.bootstrap import Branch
from branch.kernel import journal
from branch.kernel.errors import BadInput, NotPermitted
from branch.kernel.runner import Actor
from branch.people.commands import RecordExport
from branch.people.rules import EXPORTS

At = Callable[[str, str], Actor]


@pytest.mark.parametrize("kind", EXPORTS)
def test_an_export_is_noted(branch: Branch, actor: At, kind: str) -> None:
    auditor = actor("100402", "admin")
    branch.run(RecordExport(kind, 812), auditor)
    last = list(journal.entries(branch.store))[-1]
    assert (last.what, last.subject, last.data, last.staff) == (
        "export.made", kind, {"rows": 812}, auditor.staff,
    )  # fmt: skip


def test_only_known_kinds(branch: Branch, actor: At) -> None:
    with pytest.raises(BadInput, match="code_unknown"):
        branch.run(RecordExport("everything", 1), actor("100402", "admin"))


def test_who_may_not_read_the_journal_may_not_export_it(branch: Branch, actor: At) -> None:
    with pytest.raises(NotPermitted):
        branch.run(RecordExport("audit_csv", 1), actor("100482", "counter-1"))
