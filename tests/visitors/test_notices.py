"""Notices: the shipped text, versions, and what a text has to say."""

from __future__ import annotations

import pytest

from branch.kernel.errors import BadInput
from branch.visitors.commands.notices import ChangeNotice
from branch.visitors.queries.notices import current_notice
from branch.visitors.records import NoticeRow
from tests.visitors.gate import BRANCH_MANAGER, Gate


@pytest.mark.parametrize("kind", ["register", "reception"])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_shipped_notice_names_branch_and_period(gate: Gate, kind: str, language: str) -> None:
    notice = current_notice(gate.store, kind)
    text = notice.text(language, "湖滨路支行")
    assert notice.version == 1
    assert str(notice.days) in text
    assert "湖滨路支行" in text


def test_a_change_is_a_new_version_and_the_old_one_stays(gate: Gate) -> None:
    first = gate.run(ChangeNotice("register", "保存 {days} 天", "{days} days"), by=BRANCH_MANAGER)
    second = gate.run(ChangeNotice("register", "只存 {days} 天", "{days} days"), by=BRANCH_MANAGER)
    assert (first, second) == (2, 3)
    notice = current_notice(gate.store, "register")
    assert (notice.version, notice.text("zh", "")) == (3, "只存 90 天")
    kept = list(
        NoticeRow.select(NoticeRow.version)
        .order_by(NoticeRow.version)
        .tuples()
        .execute(gate.store.database)
    )
    assert [row[0] for row in kept] == [2, 3]
    assert gate.last.data == {"version": 3, "days": 90}


@pytest.mark.parametrize(
    ("zh", "en", "field"),
    [
        ("", "{days}", "zh"),
        ("{days}", " ", "en"),
        ("保存一阵子", "{days}", "zh"),
        ("{days} {host}", "{days}", "zh"),
        ("{days} {", "{days}", "zh"),
        ("{days}", "{days}" + "x" * 600, "en"),
    ],
)
def test_a_notice_says_how_long(gate: Gate, zh: str, en: str, field: str) -> None:
    with pytest.raises(BadInput) as refused:
        gate.run(ChangeNotice("register", zh, en), by=BRANCH_MANAGER)
    assert refused.value.field == field
    assert current_notice(gate.store, "register").version == 1
