"""Files written whole or not at all, for their owner alone."""

import os
from contextlib import suppress
from pathlib import Path

from firstday_cli.errors import StoreUnavailable

FOLDER, FILE = 0o700, 0o600


def write_whole(target: Path, text: str, *, encoding: str = "utf-8") -> None:
    """Write the text beside its name first, then put it in place. Raises StoreUnavailable where that fails."""
    half = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        target.parent.mkdir(mode=FOLDER, parents=True, exist_ok=True)
        with os.fdopen(
            os.open(half, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, FILE), "w", encoding=encoding, newline=""
        ) as file:
            file.write(text)
        half.replace(target)
    except OSError as error:
        with suppress(OSError):
            half.unlink(missing_ok=True)
        reason = (error.strerror or "it failed").lower()
        raise StoreUnavailable(f"cannot be written: {reason}. Name another file with -o.", target.name) from None
