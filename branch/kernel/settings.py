"""Where this machine keeps its store and its choices; it opens nothing.

Order of precedence: the options before a sub-command (``--home``, ``--database``), then the
environment (``TINGTANG_HOME``, ``TINGTANG_DATABASE``), then the user's own data folder.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import platformdirs

from branch.kernel.errors import BadInput

_APP = "tingtang"


@dataclass(frozen=True)
class Settings:
    """The settled places of one run: data folder, configuration folder, database URL."""

    home: Path
    config: Path
    database: str

    @property
    def on_server(self) -> bool:
        """Whether the branch's store is a PostgreSQL server."""
        return self.database.startswith(("postgresql://", "postgres://"))

    @property
    def attachments(self) -> Path:
        """Where files of the branch lie when its store is on a server."""
        return self.home / "attachments"

    @property
    def shown_database(self) -> str:
        """The database's place for a person to read, without user name and password."""
        if not self.on_server:
            return self.database.removeprefix("sqlite:///")
        parts = urlsplit(self.database)
        return f"postgresql://{parts.hostname or 'localhost'}{parts.path}"


def settle(
    home: str | None = None,
    database: str | None = None,
    environment: Mapping[str, str] | None = None,
) -> Settings:
    """Settle the places of this run; raises BadInput for a database URL of another kind."""
    env = os.environ if environment is None else environment
    chosen = home or env.get("TINGTANG_HOME")
    if chosen:
        folder = Path(chosen).expanduser().absolute()
        config = folder / "config"
    else:
        folder = Path(platformdirs.user_data_dir(_APP, appauthor=False))
        config = Path(platformdirs.user_config_dir(_APP, appauthor=False))
    url = database or env.get("TINGTANG_DATABASE") or f"sqlite:///{folder / 'branch.db'}"
    if not url.startswith(("sqlite:///", "postgresql://", "postgres://")):
        raise BadInput("database_url_unknown", field="database", given=url.split(":", 1)[0])
    return Settings(home=folder, config=config, database=url)


def machine_choice(settings: Settings, key: str) -> str | None:
    """A choice kept on this machine only (printer, language, last place), or None."""
    value = _choices(settings).get(key)
    return value if isinstance(value, str) else None


def keep_machine_choice(settings: Settings, key: str, value: str) -> None:
    """Keep a choice of this machine; raises OSError where the folder cannot be written."""
    choices = _choices(settings)
    choices[key] = value
    settings.config.mkdir(parents=True, exist_ok=True)
    path = settings.config / "machine.json"
    fresh = path.with_suffix(f".{os.getpid()}.new")
    fresh.write_text(json.dumps(choices, ensure_ascii=False, indent=1), encoding="utf-8")
    fresh.replace(path)


def _choices(settings: Settings) -> dict[str, object]:
    try:
        loaded = json.loads((settings.config / "machine.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):  # not there, not to be read, or spoilt: the defaults hold
        return {}
    return loaded if isinstance(loaded, dict) else {}
