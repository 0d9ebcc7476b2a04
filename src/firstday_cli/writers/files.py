"""Files written whole or not at all, for their owner alone."""

import os
from contextlib import suppress
from pathlib import Path

from firstday_cli.errors import StoreUnavailable

FOLDER, FILE = 0o700, 0o600
BINARY = getattr(os, "O_BINARY", 0)  # of Windows, where line ends would be changed without it


def write_whole(target: Path, content: str | bytes, *, encoding: str = "utf-8", alone: bool = False) -> None:
    """Write the content beside its name first, then put it in place. Raises StoreUnavailable where that fails.

    Whoever works `alone` leaves nothing behind when it is killed: its half-written file has one name, and is the next
    one's.
    """
    half = target.with_name(f".{target.name}.{'one' if alone else os.getpid()}.part")
    try:
        target.parent.mkdir(mode=FOLDER, parents=True, exist_ok=True)
        with os.fdopen(os.open(half, os.O_CREAT | os.O_WRONLY | os.O_TRUNC | BINARY, FILE), "wb") as file:
            file.write(content.encode(encoding) if isinstance(content, str) else content)
        half.replace(target)
    except OSError as error:
        with suppress(OSError):
            half.unlink(missing_ok=True)
        reason = (error.strerror or "it failed").lower()
        raise StoreUnavailable(
            f"cannot be written: {reason}. Is it open in another program? Close it, or name another file with -o.",
            target.name,
        ) from None
