"""Checks of the folder on its disk: who may read and write there, and how much room is left."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

from firstday_cli.desk import SHEETS, STORE
from firstday_cli.morning.checks.looking import Surroundings
from firstday_cli.morning.heartbeat import HEARTBEAT
from firstday_cli.reports.health import Check, failed, fine, warned

MEGABYTE = 1024 * 1024
LITTLE, NEXT_TO_NOTHING = 500 * MEGABYTE, 20 * MEGABYTE
OTHERS, OTHERS_WRITE = 0o077, 0o022
ITS_OWNERS = (STORE, SHEETS, HEARTBEAT)
SETTINGS = ("policy.toml", "calendar.toml")
SAYS = {STORE: "the store", SHEETS: "the sheets", HEARTBEAT: "the heartbeat"}


def permissions(at: Surroundings) -> Iterator[Check]:
    """Whether what holds names is its owner's alone, and the settings are nobody else's to change."""
    if os.name != "posix":
        yield fine("permissions", "those of the folder's place: see that the office alone may open it")
        return
    open_to_others = [name for name in ITS_OWNERS if _mode(at.folder / name) & OTHERS]
    changed_by_others = [name for name in SETTINGS if _mode(at.folder / name) & OTHERS_WRITE]
    if not open_to_others and not changed_by_others:
        yield fine(
            "permissions", "store, sheets and heartbeat are their owner's alone; the settings nobody else's to change"
        )
    for name in open_to_others:
        mode = "700" if (at.folder / name).is_dir() else "600"
        yield warned("permissions", f"others may read {SAYS[name]}", f"chmod {mode} {name}")
    for name in changed_by_others:
        yield warned("permissions", f"others may change {name}", f"chmod go-w {name}")


def _mode(place: Path) -> int:
    return place.stat().st_mode if place.exists() else 0


def may_write(at: Surroundings) -> Iterator[Check]:
    """Whether the folder may be written into: the store, the sheets and the heartbeat are."""
    closed = [
        f"{p.name}" for p in (at.folder, at.folder / SHEETS) if p.is_dir() and not os.access(p, os.W_OK | os.X_OK)
    ]
    if closed:
        yield failed(
            "may write", f"nothing may be written into {' and '.join(closed)}", "ask who may let you write there"
        )
    else:
        yield fine("may write", "the folder may be written into")


def disk(at: Surroundings) -> Iterator[Check]:
    """How much room is left on the disk."""
    yield room_for(shutil.disk_usage(at.folder).free)


def room_for(free: int) -> Check:
    """What so many bytes of room mean: a full disk keeps no entry."""
    found = f"{free // MEGABYTE} MB free"
    if free < NEXT_TO_NOTHING:
        return failed("disk", found, "make room now: with a full disk nothing can be kept")
    if free < LITTLE:
        return warned("disk", found, "make room: `firstday retain` removes old sheets")
    return fine("disk", found)
