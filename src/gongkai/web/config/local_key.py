"""The secret key of a start on this machine: made once and kept beside the data, for its owner alone."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

VARIABLE = "GONGKAI_SECRET_KEY"
_NAME = "secret-key"


def data_folder() -> Path:
    """As `settings.DATA`, before there are settings."""
    return Path(os.environ.get("GONGKAI_DATA") or Path(__file__).resolve().parents[4] / "var")


def keep_local_key() -> bool:
    """Set GONGKAI_SECRET_KEY where it is not, to the key kept in the data folder: people stay signed in over
    a restart. Gives whether a kept key is used; where none can be kept, one of this start's own is.
    """
    if os.environ.get(VARIABLE):
        return False
    folder = data_folder()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        os.environ[VARIABLE] = _kept(folder / _NAME)
    except OSError:
        os.environ[VARIABLE] = secrets.token_urlsafe(48)
        return False
    return True


def _kept(place: Path) -> str:
    """The key in the file, made if there is none; of two starts at once both have the one that was first."""
    try:
        handle = os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        key = place.read_text("ascii").strip()
        if len(key) < 40:
            raise OSError("the key file is damaged") from None
        return key
    key = secrets.token_urlsafe(48)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(key + "\n")
    return key
