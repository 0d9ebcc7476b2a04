"""What matching messages costs: 1,000 of them on a roll of 2,000, beside the same command without any."""

import csv
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Sequence
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parents[1]
SETS = sorted((ROOT / "tests" / "messages" / "tuning").iterdir())
PUPILS, MESSAGES, TIMES = 2000, 1000, 5
NOW = "2026-11-23T09:05"
TERM = '[[terms]]\nname = "Autumn 2026"\nfirst = "2026-09-02"\nlast = "2026-12-18"\n'


def rows_of(name: str) -> list[list[str]]:
    """The rows of every set's file of this name, one heading above them all; each set's households are its own."""
    found: list[list[str]] = []
    for folder in SETS:
        with (folder / name).open(encoding="utf-8-sig", newline="") as file:
            rows = [[*row[:-1], f"{folder.name}-{row[-1]}"] if name == "roll.csv" else row for row in csv.reader(file)]
            rows[0] = [cell.removeprefix(f"{folder.name}-") for cell in rows[0]]
        found += rows if not found else rows[1:]
    return found


def write(path: Path, rows: Iterable[Sequence[str]]) -> None:
    """Write the rows as a CSV file."""
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)


def school_in(place: Path, messages: Sequence[Sequence[str]]) -> Path:
    """A school of 2,000 pupils that has taken these messages in."""
    firstday("init", str(place))
    (place / "policy.toml").write_text('[school]\nname = "Large"\n', encoding="utf-8")
    (place / "calendar.toml").write_text(TERM, encoding="utf-8")
    roll = rows_of("roll.csv")[: PUPILS + 1]
    ids = {row[0] for row in roll}
    contacts = rows_of("contacts.csv")
    write(place / "inbox" / "roll.csv", roll)
    write(place / "inbox" / "contacts.csv", [contacts[0], *(row for row in contacts[1:] if row[0] in ids)])
    write(place / "inbox" / "messages.csv", messages)
    register = [("pupil_id", "date", "session", "mark"), *((row[0], NOW[:10], "AM", "/") for row in roll[1:])]
    write(place / "inbox" / "register.csv", register)
    firstday("ingest", "--school", str(place), "--now", NOW)
    return place


def firstday(*words: str) -> None:
    """Run the installed program."""
    subprocess.run([sys.executable, "-m", "firstday_cli", *words], capture_output=True, check=False)


def seconds(school: Path) -> float:
    """How long `messages` takes, the median of several runs."""
    found = []
    for _ in range(TIMES):
        began = time.perf_counter()
        firstday("messages", "--school", str(school), "--now", NOW, "--format", "json")
        found.append(time.perf_counter() - began)
    return median(found)


def main() -> None:
    """Print both times, their difference, and how many times the one is the other."""
    messages = rows_of("messages.csv")
    today = [row for row in messages[1:] if row[1].startswith("2026-11-23")][:MESSAGES]
    with tempfile.TemporaryDirectory() as place:
        with_all = seconds(school_in(Path(place) / "full", [messages[0], *today]))
        without = seconds(school_in(Path(place) / "empty", [messages[0]]))
    sys.stdout.write(
        f"{len(today):,} messages on a roll of {PUPILS:,}: {with_all:.2f} s; none: {without:.2f} s; "
        f"matching: {with_all - without:.2f} s, {with_all / without:.1f} times the command without\n"
    )


if __name__ == "__main__":
    main()
