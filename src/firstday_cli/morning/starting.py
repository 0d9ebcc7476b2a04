"""Making a school folder, whole or not at all, from what travels with the program."""

from importlib import resources
from pathlib import Path

from firstday_cli.errors import InvalidSettings, StoreUnavailable
from firstday_cli.morning.starters import placed
from firstday_cli.settings import CALENDAR, POLICY, starter_policy

SAMPLE_SCHOOL, SAMPLE_MOMENT = "Thistlemere Primary School", "2026-11-23T09:20"
FILL_IN = f"Fill in {POLICY} (the school's name) and {CALENDAR} (its terms), and save exports in inbox/."
STARTER_CALENDAR = """\
# When the school is open. Between two terms is holiday; a day before the first term or after the last is an error,
# never a holiday by guess. Put in your own terms, half terms, INSET days and bank holidays.

[[terms]]
name  = "Autumn 2026"
first = "2026-09-02"
last  = "2026-12-18"

[[terms]]
name  = "Spring 2027"
first = "2027-01-04"
last  = "2027-03-25"

[[terms]]
name  = "Summer 2027"
first = "2027-04-12"
last  = "2027-07-20"

[[closures]]
first = "2026-10-26"
last  = "2026-10-30"
why   = "half term"

[[closures]]
first = "2027-02-15"
last  = "2027-02-19"
why   = "half term"

[[closures]]
first = "2027-05-03"
last  = "2027-05-03"
why   = "bank holiday"

[[closures]]
first = "2027-05-31"
last  = "2027-06-04"
why   = "half term"

# A half day:
# [[closures]]
# first = "2026-12-18"
# last  = "2026-12-18"
# why   = "end of term"
# sessions = ["PM"]
"""


def made(folder: Path, *, with_sample: bool, dry_run: bool) -> list[str]:
    """Make the folder; return what was made, a sentence each. Raises where it holds a school already."""
    if (folder / POLICY).exists():
        raise InvalidSettings("a school is here already, and it is left as it is. Name another folder.", POLICY)
    files = _files(with_sample=with_sample)
    there = [name for name in files if (folder / name).exists()]
    if there:
        raise InvalidSettings("is there already, and it is left as it is. Name another folder.", there[0])
    at = ("--now", SAMPLE_MOMENT) if with_sample else ()
    if dry_run:
        return [*(f"would be made: {name}" for name in files), *placed(folder, at, dry_run=True)]
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name in ("inbox", "profiles", "sheets"):
            (folder / name).mkdir(mode=0o700, exist_ok=True)
        for name, content in files.items():
            (folder / name).write_bytes(content)
    except OSError as error:
        raise StoreUnavailable(
            f"cannot be made: {(error.strerror or 'it failed').lower()}. Check the place.", folder.name
        ) from None
    told = [*(f"made: {name}" for name in files), *placed(folder, at, dry_run=False)]
    place = f'"{folder}"' if " " in str(folder) else str(folder)
    day = f' --now "{SAMPLE_MOMENT}"' if with_sample else ""
    return [
        *told,
        *([] if with_sample else [FILL_IN]),
        f"Next: firstday reconcile --school {place}{day}",
    ]


def _files(*, with_sample: bool) -> dict[str, bytes]:
    """Every file of a new folder; the settings last, so that a folder half made is no school yet."""
    if not with_sample:
        return {CALENDAR: STARTER_CALENDAR.encode(), POLICY: starter_policy("Our School").encode()}
    sample = resources.files("firstday_cli") / "sample_data"
    exports = {
        f"inbox/{f.name}": f.read_bytes()
        for f in sorted(sample.iterdir(), key=lambda f: f.name)
        if f.name.endswith(".csv")
    }
    calendar = (sample / CALENDAR).read_bytes()
    return {**exports, CALENDAR: calendar, POLICY: starter_policy(SAMPLE_SCHOOL).encode()}
