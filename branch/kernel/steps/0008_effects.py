"""Step 8: whether a corrective action had an effect, looked at a while after it was closed. Frozen.

What was closed before stays as it is: nobody is asked for its effect afterwards.
"""

from typing import Any


def up(migrator: Any, db: Any) -> None:
    for statement in (
        # The day (ISO) from which the effect is to be looked at; null where no check waits.
        "ALTER TABLE corrective_action ADD COLUMN effect_due VARCHAR(10)",
        # What was found: good, poor, or nothing yet; why it was poor; when, and by whom.
        "ALTER TABLE corrective_action ADD COLUMN effect VARCHAR(8) NOT NULL DEFAULT ''",
        "ALTER TABLE corrective_action ADD COLUMN effect_note TEXT NOT NULL DEFAULT ''",
        "ALTER TABLE corrective_action ADD COLUMN effect_at BIGINT",
        "ALTER TABLE corrective_action ADD COLUMN effect_by INTEGER",
        "CREATE INDEX corrective_action_effect_idx ON corrective_action (effect_due)"
        " WHERE effect_due IS NOT NULL",
    ):
        db.execute_sql(statement)
