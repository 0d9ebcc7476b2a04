"""Profile: how one kind of export is laid out, as data."""

import tomllib
from dataclasses import field
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any, Literal

from firstday_cli.domain.record import record
from firstday_cli.errors import InvalidSettings

Kind = Literal["roll", "contacts", "register", "lates", "messages", "planned", "flags", "calls"]
MEANINGS: dict[str, frozenset[str]] = {
    "roll": frozenset(
        [
            "pupil_id",
            "forename",
            "surname",
            "preferred_forename",
            "preferred_surname",
            "upn",
            "dob",
            "year",
            "group",
            "start_date",
            "leave_date",
            "state",
            "flags",
            "household_id",
            "address",
            "notes",
        ]
    ),
    "contacts": frozenset(
        [
            "pupil_id",
            "contact_id",
            "order",
            "name",
            "relationship",
            "phone",
            "phone_type",
            "email",
            "parental_responsibility",
            "lives_with",
            "do_not_contact",
            "language",
            "notes",
        ]
    ),
    "register": frozenset(
        ["pupil_id", "date", "session", "mark", "sub_code", "comment", "minutes_late", "group", "taken_at", "week"]
    ),
    "lates": frozenset(["pupil_id", "name", "group", "date", "time_in", "time_out", "reason"]),
    "messages": frozenset(
        [
            "message_id",
            "received_at",
            "channel",
            "sender_name",
            "sender_phone",
            "sender_email",
            "pupil_id",
            "pupil_name",
            "group",
            "text",
            "from_date",
            "to_date",
        ]
    ),
    "planned": frozenset(["pupil_id", "from_date", "to_date", "session", "code", "reason", "due_back", "approved_by"]),
    "flags": frozenset(["pupil_id", "flag", "since", "until", "professional_name", "agency", "professional_phone"]),
    "calls": frozenset(
        [
            "pupil_id",
            "contact",
            "outcome",
            "at",
            "day",
            "by",
            "phone",
            "child_with",
            "reason",
            "no_reason",
            "code",
            "note",
        ]
    ),
}


@record
class Export:
    """One layout: what it holds, and the headings that carry each meaning, the first found counting.

    `needs` are meanings that must be there, `needs_one_of` at least one of, `without` headings that must not be.
    `marks_across` reads a column for each session; `numbered_contacts` are headings with {n} for each contact.
    """

    holds: tuple[Kind, ...]
    columns: dict[str, tuple[str, ...]]
    needs: tuple[str, ...]
    needs_one_of: tuple[tuple[str, ...], ...] = ()
    without: tuple[str, ...] = ()
    wins: bool = False
    marks_across: bool = False
    comments_only: bool = False
    numbered_contacts: dict[str, str] = field(default_factory=dict)
    flags_when_yes: dict[str, str] = field(default_factory=dict)
    left_when: tuple[str, ...] = ()
    marks: dict[str, str] = field(default_factory=dict)


@record
class Profile:
    """The exports of one information system."""

    name: str
    title: str
    exports: tuple[Export, ...]


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
        profile = _read(path.name, _text_of(path))
        own[profile.name] = profile
    shipped = {profile.name: profile for profile in shipped_profiles()}
    return tuple({**shipped, **own}.values())


def _text_of(path: Path) -> str:
    where = f"profiles/{path.name}"
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise InvalidSettings("is not UTF-8 text. Save it again as UTF-8.", where) from None
    except OSError as error:
        raise InvalidSettings(f"cannot be opened: {error.strerror}. Check who may read it.", where) from None


def _read(file: str, text: str) -> Profile:
    from pydantic import ValidationError

    where = f"profiles/{file}"
    try:
        laid_out: ProfileFile = _adapter().validate_python(tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        raise InvalidSettings(f"is not valid TOML: {error}. Mend that line.", where) from None
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        key = ".".join(str(part) for part in first["loc"])
        raise InvalidSettings(f"{key}: found {first['input']!r}, expected otherwise ({first['msg']}).", where) from None
    for export in laid_out.exports:
        known = frozenset().union(*(MEANINGS[kind] for kind in export.holds))
        choices = {meaning for choice in export.needs_one_of for meaning in choice}
        unknown = sorted({*export.columns, *export.needs, *choices} - known)
        if unknown:
            expected = ", ".join(sorted(known))
            raise InvalidSettings(f"columns.{unknown[0]}: not a meaning; expected one of {expected}.", where)
    return Profile(name=Path(file).stem, title=laid_out.title, exports=laid_out.exports)


@cache
def _adapter() -> Any:
    """What reads a profile; made once, for making it takes longer than reading with it."""
    from pydantic import TypeAdapter

    return TypeAdapter(ProfileFile)
