"""Where this machine keeps branch keys: the system's key store, else files only the user reads.

Keys are found by their fingerprint, so a store that is moved or copied still finds its key. It
opens no store. Not for the GUI thread: a system's key store may ask the user to unlock it.
"""

from __future__ import annotations

import logging
import os
from pathlib import Path
from typing import TYPE_CHECKING

from branch.kernel.errors import BadInput
from branch.kernel.keys import BranchKey, read_recovery

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

_SERVICE = "tingtang"
_log = logging.getLogger(__name__)


class KeyRing:
    """The keys of this user on this machine. ``folder`` is that of the machine's choices."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder / "keys"
        self._known: dict[str, BranchKey] = {}

    def find(self, fingerprint: str) -> BranchKey | None:
        """The key of this fingerprint, or None."""
        if fingerprint not in self._known:
            key = self._in_file(fingerprint) or self._in_system(fingerprint)
            if key is None:
                return None
            self._known[fingerprint] = key
        return self._known[fingerprint]

    def keep(self, key: BranchKey) -> None:
        """Keep a key; raises OSError where the folder cannot be written."""
        if self.find(key.fingerprint) is not None:
            return
        if not self._keep_in_system(key):
            self._keep_in_file(key)
        self._known[key.fingerprint] = key

    def where(self, fingerprint: str) -> str:
        """Where a key is kept: ``file``, ``system``, or an empty text for nowhere."""
        if self._in_file(fingerprint) is not None:
            return "file"
        return "system" if self._in_system(fingerprint) is not None else ""

    def drop(self, fingerprint: str) -> None:
        """Forget a key; nothing happens when it is not kept."""
        self._known.pop(fingerprint, None)
        self._file(fingerprint).unlink(missing_ok=True)
        from keyring.errors import KeyringError

        system = _system()
        if system is None:
            return
        try:
            if system.get_password(_SERVICE, fingerprint) is not None:
                system.delete_password(_SERVICE, fingerprint)
        except KeyringError as error:
            _log.warning("key %s stays in the system's key store: %s", fingerprint, error)

    # -- files --------------------------------------------------------------------------------

    def _file(self, fingerprint: str) -> Path:
        return self._folder / f"{fingerprint}.key"

    def _in_file(self, fingerprint: str) -> BranchKey | None:
        try:
            text = self._file(fingerprint).read_text(encoding="ascii")
        except FileNotFoundError:
            return None
        except (OSError, UnicodeDecodeError) as error:
            _log.warning("the file of key %s cannot be read: %s", fingerprint, error)
            return None
        return _checked(text, fingerprint)

    def _keep_in_file(self, key: BranchKey) -> None:
        self._folder.parent.mkdir(parents=True, exist_ok=True)
        self._folder.mkdir(mode=0o700, exist_ok=True)
        self._folder.chmod(0o700)
        path = self._file(key.fingerprint)
        fresh = path.with_suffix(f".{os.getpid()}.new")
        fresh.unlink(missing_ok=True)
        # Never readable for others, not even for the moment between making and chmod.
        with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(key.recovery)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(path)
        sync_folder(self._folder)

    # -- the system's key store ---------------------------------------------------------------

    def _in_system(self, fingerprint: str) -> BranchKey | None:
        from keyring.errors import KeyringError

        system = _system()
        if system is None:
            return None
        try:
            text = system.get_password(_SERVICE, fingerprint)
        except KeyringError as error:
            _log.warning("the system's key store cannot be read: %s", error)
            return None
        return None if text is None else _checked(text, fingerprint)

    def _keep_in_system(self, key: BranchKey) -> bool:
        from keyring.errors import KeyringError

        system = _system()
        if system is None:
            return False
        try:
            system.set_password(_SERVICE, key.fingerprint, key.recovery)
            kept = system.get_password(_SERVICE, key.fingerprint)
        except KeyringError as error:
            _log.warning("the system's key store takes no key: %s", error)
            return False
        return kept is not None and _checked(kept, key.fingerprint) == key


def sync_folder(folder: Path) -> None:
    """Have the names in a folder survive a power cut; Windows does so by itself."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _checked(text: str, fingerprint: str) -> BranchKey | None:
    try:
        key = read_recovery(text)
    except BadInput as error:
        _log.warning("what is kept as key %s is spoilt: %s", fingerprint, error.code)
        return None
    return key if key.fingerprint == fingerprint else None


def _system() -> KeyringBackend | None:
    """The system's key store, None where there is none that hides what it keeps."""
    # Slow to import, and a start that finds its key in a file does without.
    import keyring

    chosen = keyring.get_keyring()
    # Several may stand behind a chain; the first that will do is taken.
    for backend in getattr(chosen, "backends", [chosen]):
        module = type(backend).__module__
        hides = not module.startswith(("keyring.backends.fail", "keyring.backends.null"))
        # These keep keys in plain or home-made files, which our own does better.
        if hides and not module.startswith("keyrings.alt") and backend.priority > 0:
            found: KeyringBackend = backend
            return found
    return None
