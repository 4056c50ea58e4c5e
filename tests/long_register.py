"""A register of many visitors, all of whom have left, made in one statement."""

from __future__ import annotations

from branch.kernel.store import Store

_FILL = """
    WITH RECURSIVE past(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM past WHERE i < {count}),
    named(i, name, unit) AS (
        SELECT i,
            substr('赵钱孙李周吴郑王冯陈', 1 + i - i / 10 * 10, 1)
                || substr('大小有志', 1 + i - i / 4 * 4, 1)
                || substr('军平琳勇浩远娜光', 1 + i - i / 8 * 8, 1),
            '第 ' || (i - i / 500 * 500) || ' 家安达设备维保有限公司'
        FROM past)
    INSERT INTO visitor (day, state, name, unit, search, phone, phone_mark, document,
        document_tail, document_mark, host, purpose, matter, area, badge, plate, goods, guardian,
        signature, came_at, left_at, left_by, made_at, made_by, rev)
    SELECT '2026-10-01', 'left', name, unit,
        name || '\n' || replace(unit, ' ', '') || '\n' || 'v-' || (i - i / 60 * 60),
        '{phone}', 'mark ' || i, 'resident_id', '4471', 'mark ' || i, {host}, 'maintenance',
        '自助机月检', 'machine_area', 'V-' || (i - i / 60 * 60), '', '', '', '', {at} + i, {at} + i,
        'guard', {at} + i, {host}, -i FROM named
"""


def lengthen_register(store: Store, count: int, host: int, at: int) -> None:
    """Add ``count`` visitors who came and left from ``at`` (milliseconds) on."""
    phone = store.sealer.seal("13812345172", "visitor.phone")
    with store.transaction():
        store.touch(_FILL.format(count=count, phone=phone, host=host, at=at), ())
