"""What the log keeps of an error nobody expected: where and what kind, and nothing typed."""

from __future__ import annotations

import logging

import peewee
import pytest
from pytestqt.qtbot import QtBot

from branch.kernel.settings import Settings
from ui.shell.defects import Defects, told

# A traceback shows lines of the source: what people type stands in none of them.
NAME, PHONE = "Pat O'Brien 周大军", "13812345172"


def fail_with(name: str, phone: str) -> None:
    try:
        int(phone + "x")
    except ValueError as error:
        raise peewee.IntegrityError(
            f'duplicate key value "{name}": Key (name, phone)=({name}, {phone}) exists: {name}'
        ) from error


@pytest.fixture
def error() -> BaseException:
    with pytest.raises(peewee.IntegrityError) as raised:
        fail_with(NAME, PHONE)
    return raised.value


def test_the_log_names_the_place_and_not_the_person(error: BaseException) -> None:
    text = told(error)
    assert "IntegrityError" in text
    assert "ValueError" in text
    assert "test_defects.py" in text
    assert "in fail_with" in text
    for secret in ("周大军", "13812345172", "O'Brien"):
        assert secret not in text


def test_a_defect_is_told_with_its_reference_and_once(
    qtbot: QtBot, settings: Settings, error: BaseException, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    defects = Defects(settings)
    try:
        with qtbot.waitSignal(defects.found) as found:
            defects.report(error)
        with qtbot.assertNotEmitted(defects.found):
            defects.report(error)
    finally:
        defects.give_back()
    (reference,) = found.args
    assert reference in caplog.text
    assert "13812345172" not in caplog.text
    assert "周大军" not in (settings.home / "logs" / "tingtang.log").read_text(encoding="utf-8")
