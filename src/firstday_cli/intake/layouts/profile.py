"""Profile: how one kind of export is laid out, as data."""

import re
import tomllib
from dataclasses import field
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any, Literal

from firstday_cli.domain.record import record
from firstday_cli.errors import InvalidSettings
from firstday_cli.intake.cells.moments import day
from firstday_cli.intake.cells.ways import pattern_of
from firstday_cli.intake.layouts.meanings import MEANINGS, Kind

SESSION_MEANT = re.compile(r"^(?:(?P<day>\d{4}-\d{2}-\d{2}|mon|tue|wed|thu|fri) )?(?P<half>AM|PM)$")
SESSIONS_MEANT = "AM, PM, mon AM … fri PM, or 2026-11-23 AM"
ORDINAL = re.compile(r"^(?P<heading>.+) \[(?P<which>[1-9])\]$")  # "ID [2]": the second column with that heading


@record
class Export:
    """One layout: what it holds, and the headings that carry each meaning, the first found counting.

    `needs` are meanings that must be there, `needs_one_of` at least one of, `without` headings that must not be,
    `not_titled` words that must not stand above the headings.
    `found_by` are headings that must all be there, and then make it this layout before any other. With `knows_all`
    there must be no heading that it does not know, but for those it `may_have`. `in_this_order` are headings that must
    stand from left to right as written. `marks_across` reads a column for each session; `marks_under` names single
    columns of marks: heading → AM, or a date and AM. `numbered_contacts` are headings with {n} for each contact.
    `dates` are the ways in which days are written, `zone` the clock of its times. `sessions` are its words for AM and
    PM; one that stands for nothing is a lesson, and its rows are left out. With `is_past` it is a picture of days gone
    by: its marks of today or later are left out. `channel` is how its messages came, and with `rest_as_text` every
    other column is part of what they say; `must_say` are meanings whose cell no message may leave blank.
    """

    holds: tuple[Kind, ...]
    columns: dict[str, tuple[str, ...]]
    needs: tuple[str, ...] = ()
    needs_one_of: tuple[tuple[str, ...], ...] = ()
    without: tuple[str, ...] = ()
    not_titled: tuple[str, ...] = ()
    found_by: tuple[str, ...] = ()
    in_this_order: tuple[str, ...] = ()
    wins: bool = False
    knows_all: bool = False
    may_have: tuple[str, ...] = ()
    marks_across: bool = False
    marks_under: dict[str, str] = field(default_factory=dict)
    comments_only: bool = False
    is_past: bool = False
    numbered_contacts: dict[str, str] = field(default_factory=dict)
    flags_when_yes: dict[str, str] = field(default_factory=dict)
    left_when: tuple[str, ...] = ()
    marks: dict[str, str] = field(default_factory=dict)
    sessions: dict[str, str] = field(default_factory=dict)
    dates: tuple[str, ...] = ()
    zone: Literal["", "UTC"] = ""
    channel: str = ""
    rest_as_text: bool = False
    must_say: tuple[str, ...] = ()


@record
class Profile:
    """The exports of one information system; `is_own` where the school itself described them."""

    name: str
    title: str
    exports: tuple[Export, ...]
    is_own: bool = False


@record
class ProfileFile:
    """A profile as it stands in its TOML file."""

    title: str
    exports: tuple[Export, ...]


@cache
def shipped_profiles() -> tuple[Profile, ...]:
    """The profiles that come with firstday."""
    folder = resources.files("firstday_cli.intake") / "profiles"
    files = sorted((file for file in folder.iterdir() if file.name.endswith(".toml")), key=lambda file: file.name)
    return tuple(_read(file.name, file.read_text(encoding="utf-8")) for file in files)


def profiles_of(school: Path) -> tuple[Profile, ...]:
    """The shipped profiles and the school's own, which take the place of a shipped one of the same name."""
    own = {}
    for path in sorted((school / "profiles").glob("*.toml")):
        profile = _read(path.name, _text_of(path), is_own=True)
        own[profile.name] = profile
    shipped = {profile.name: profile for profile in shipped_profiles()}
    return tuple({**shipped, **own}.values())


def described(name: str, text: str) -> Profile:
    """The profile that this text describes. Raises InvalidSettings where it does not."""
    return _read(f"{name}.toml", text, is_own=True)


def _text_of(path: Path) -> str:
    where = f"profiles/{path.name}"
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise InvalidSettings("is not UTF-8 text. Save it again as UTF-8.", where) from None
    except OSError as error:
        raise InvalidSettings(f"cannot be opened: {error.strerror}. Check who may read it.", where) from None


def _read(file: str, text: str, *, is_own: bool = False) -> Profile:
    from pydantic import ValidationError

    where = f"profiles/{file}"
    try:
        laid_out: ProfileFile = _adapter().validate_python(tomllib.loads(text))
    except RecursionError:
        raise InvalidSettings("is nested too deep to be a profile. Mend it.", where) from None
    except tomllib.TOMLDecodeError as error:
        raise InvalidSettings(f"is not valid TOML: {error}. Mend that line.", where) from None
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        key = ".".join(str(part) for part in first["loc"])
        raise InvalidSettings(f"{key}: found {first['input']!r}, expected otherwise ({first['msg']}).", where) from None
    for export in laid_out.exports:
        _must_make_sense(export, where)
    return Profile(name=Path(file).stem, title=laid_out.title, exports=laid_out.exports, is_own=is_own)


def _must_make_sense(export: Export, where: str) -> None:
    """Raise InvalidSettings for a meaning, a way to write a day or a session that there is not."""
    if not export.holds:
        raise InvalidSettings(f"holds: found nothing, expected one of {', '.join(MEANINGS)}.", where)
    known = frozenset().union(*(MEANINGS[kind] for kind in export.holds))
    choices = {meaning for choice in export.needs_one_of for meaning in choice}
    beside = set(export.numbered_contacts) - MEANINGS["contacts"]
    unknown = sorted(({*export.columns, *export.needs, *export.must_say, *choices} - known) | beside)
    if unknown:
        expected = ", ".join(sorted(known))
        raise InvalidSettings(f"columns.{unknown[0]}: not a meaning; expected one of {expected}.", where)
    for way in export.dates:
        try:
            pattern_of(way)
        except ValueError as error:
            raise InvalidSettings(f"dates: found {way!r}, expected {error}.", where) from None
    for word, half in export.sessions.items():
        if half not in ("AM", "PM", ""):
            raise InvalidSettings(f"sessions.{word}: found {half!r}, expected AM, PM or nothing.", where)
    for heading, session in export.marks_under.items():
        if not _is_session(session):
            raise InvalidSettings(f"marks_under.{heading}: found {session!r}, expected {SESSIONS_MEANT}.", where)


def _is_session(said: str) -> bool:
    """Whether this names a session: AM, mon AM, 2026-11-23 AM."""
    found = SESSION_MEANT.match(said)
    when = found["day"] if found else ""
    try:
        return found is not None and (not (when or "").startswith("2") or bool(day(when)))
    except ValueError:
        return False


@cache
def _adapter() -> Any:
    """What reads a profile; made once, for making it takes longer than reading with it."""
    from pydantic import TypeAdapter

    return TypeAdapter(ProfileFile)
