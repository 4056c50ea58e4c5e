"""Settings of the branch: defaults, limits, and what is no setting."""

from __future__ import annotations

import pytest

from branch.bootstrap import Branch
from branch.kernel.errors import BadInput
from branch.kernel.setting import SETTINGS, checked_setting, keep_setting, setting


@pytest.mark.parametrize("key", SETTINGS)
def test_a_setting_has_its_default_until_it_is_kept(branch: Branch, key: str) -> None:
    limit = SETTINGS[key]
    assert limit.least <= limit.default <= limit.most
    assert setting(branch.store, key) == limit.default
    for value in (limit.most, limit.least):
        keep_setting(branch.store, key, checked_setting(key, value))
        assert setting(branch.store, key) == value


@pytest.mark.parametrize("key", SETTINGS)
@pytest.mark.parametrize("beyond", [-1, 1])
def test_a_value_beyond_its_limits_is_refused_with_them(key: str, beyond: int) -> None:
    limit = SETTINGS[key]
    wrong = limit.least - 1 if beyond < 0 else limit.most + 1
    with pytest.raises(BadInput) as refused:
        checked_setting(key, wrong)
    assert refused.value.code == "setting_range"
    assert refused.value.field == key
    assert refused.value.values == {"least": limit.least, "most": limit.most}


def test_a_text_is_no_number() -> None:
    with pytest.raises(BadInput) as refused:
        checked_setting("recall_gap_s", "10")
    assert refused.value.code == "setting_range"


def test_an_unknown_setting_is_refused() -> None:
    with pytest.raises(BadInput) as refused:
        checked_setting("colour", 3)
    assert refused.value.code == "setting_unknown"
