"""policy.toml and calendar.toml → Policy and Calendar; an unknown or wrong key is an error that names it."""

import string
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import MISSING, fields
from datetime import date, time
from functools import cache
from itertools import chain
from pathlib import Path
from typing import Any, TypeVar

from firstday_cli.domain.log.kept import SettingsKept
from firstday_cli.domain.marks import BY_CODE, NEVER_EXPLAIN_ALONE
from firstday_cli.domain.policy import Policy
from firstday_cli.domain.rating_rules import Rule
from firstday_cli.domain.school_days import Calendar
from firstday_cli.errors import InvalidSettings

POLICY, CALENDAR = "policy.toml", "calendar.toml"
BLANKS = frozenset({"school", "phone", "child"})
T = TypeVar("T")
MOST = 10_000  # more of anything than a school could mean


def read_policy(school: Path) -> Policy:
    """The school's policy. Raises InvalidSettings with file, key, what was found and what was expected."""
    return policy_in(text_of(school / POLICY))


def policy_in(text: str) -> Policy:
    """The policy that a text says. Raises InvalidSettings as `read_policy` does."""
    values = _with_capital_ratings(_toml_in(text, POLICY))
    policy = as_record(Policy, values, POLICY)
    wrong = next(chain(_wrong_types(values), _what_is_wrong(policy)), None)
    if wrong:
        key, found, expected = wrong
        raise InvalidSettings(f"{key}: found {found}, expected {expected}.", POLICY)
    return policy


def read_calendar(school: Path) -> Calendar:
    """The school's calendar. Raises InvalidSettings as `read_policy` does."""
    return calendar_in(text_of(school / CALENDAR))


def calendar_in(text: str) -> Calendar:
    """The calendar that a text says. Raises InvalidSettings as `read_policy` does."""
    calendar = as_record(Calendar, _toml_in(text, CALENDAR), CALENDAR)
    if not calendar.terms:
        raise InvalidSettings("terms: found none, expected at least one [[terms]] with name, first and last.", CALENDAR)
    spans = [("terms", n, t.first, t.last) for n, t in enumerate(calendar.terms, start=1)]
    spans += [("closures", n, c.first, c.last) for n, c in enumerate(calendar.closures, start=1)]
    for kind, number, first, last in spans:
        if last < first:
            raise InvalidSettings(f"{kind}.{number}.last: found {last}, expected a day from {first} on.", CALENDAR)
    return calendar


def settings_of(school: Path) -> SettingsKept:
    """The text of both files as it is now. Raises InvalidSettings where one is absent or unreadable."""
    return SettingsKept(policy=text_of(school / POLICY), calendar=text_of(school / CALENDAR))


def text_of(path: Path) -> str:
    """The file's text. Raises InvalidSettings where it is absent or unreadable."""
    try:
        return path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        mend = "Make a school folder with `firstday init DIR`, or name yours with --school DIR."
        raise InvalidSettings(f"there is no {path.name} here. {mend}", path.name) from None
    except OSError as error:
        raise InvalidSettings(f"cannot be opened: {error.strerror}. Check who may read it.", path.name) from None
    except UnicodeDecodeError:
        raise InvalidSettings("is not UTF-8 text. Save it again as UTF-8.", path.name) from None


def _toml_in(text: str, name: str) -> dict[str, Any]:
    """The text as TOML. Raises InvalidSettings where it is broken."""
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise InvalidSettings(f"is not valid TOML: {error}. Mend that line.", name) from None
    except RecursionError:
        raise InvalidSettings("is not valid TOML: brackets within brackets. Mend that line.", name) from None


def as_record(kind: type[T], values: Mapping[str, Any], file: str) -> T:
    """The values read into a record. Raises InvalidSettings naming the first wrong key."""
    from pydantic import ValidationError

    adapter: Any = _adapter
    try:
        found: T = adapter(kind).validate_python(values)
    except ValidationError as error:
        sentences = [_sentence(wrong) for wrong in error.errors(include_url=False)]
        raise InvalidSettings(" ".join(sentences), file) from None
    return found


@cache
def _adapter(kind: type[Any]) -> Any:
    """What reads values into a record; made once, for making it takes longer than reading with it."""
    from pydantic import TypeAdapter

    return TypeAdapter(kind)


def _sentence(wrong: Mapping[str, Any]) -> str:
    key = ".".join(str(part + 1) if isinstance(part, int) else part for part in wrong["loc"])
    if wrong["type"] in ("unexpected_keyword_argument", "extra_forbidden"):
        return f"{key}: found a key that is not known, expected one that docs/policy.md lists."
    if wrong["type"] in ("missing", "missing_argument"):
        return f"{key}: found nothing, expected a value. Add it."
    return f"{key}: found {wrong['input']!r}, expected {_expected(wrong)}."


EXPECTED = {
    "time": 'a time in quotes, such as "09:15"',
    "date": 'a day in quotes, such as "2026-11-23"',
    "int": "a whole number",
    "float": "a number",
    "bool": "true or false",
    "tuple": "a list in [ ]",
    "string": "text in quotes",
    "dataclass": "a table of keys",
}


def _expected(wrong: Mapping[str, Any]) -> str:
    if wrong["type"] in ("literal_error", "enum"):
        return f"one of {wrong['ctx']['expected']}".replace("'", '"')
    return EXPECTED.get(str(wrong["type"]).split("_")[0], str(wrong["msg"]))


def _with_capital_ratings(values: dict[str, Any]) -> dict[str, Any]:
    seen, rag = values.get("seen_every"), values.get("rag")
    if isinstance(seen, dict) and isinstance(seen.get("video_counts_for"), list):
        values = {
            **values,
            "seen_every": {**seen, "video_counts_for": [str(r).upper() for r in seen["video_counts_for"]]},
        }
    if not isinstance(rag, dict) or not isinstance(rag.get("rules"), list):
        return values
    rules = [
        {**r, "rating": str(r["rating"]).upper()} if isinstance(r, dict) and "rating" in r else r for r in rag["rules"]
    ]
    return {**values, "rag": {**rag, "rules": rules}}


LONGEST_TIME = len("09:15:00")
WRITTEN_AS: dict[Any, tuple[tuple[type, ...], str]] = {
    time: ((str, time), EXPECTED["time"]),
    int: ((int,), EXPECTED["int"]),
    float: ((int, float), EXPECTED["float"]),
    bool: ((bool,), EXPECTED["bool"]),
}


def _wrong_types(values: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    """Values that can be read as the right type and were not written as it: a number for a time, true for a number."""
    for table in fields(Policy):
        shape: Any = table.type
        for key in fields(shape):
            written, (kinds, expected) = values.get(table.name, {}).get(key.name), WRITTEN_AS.get(key.type, ((), ""))
            odd = not isinstance(written, kinds) or (isinstance(written, bool) and key.type is not bool)
            if isinstance(written, str) and key.type is time and len(written) > LONGEST_TIME:
                odd = True
            if written is not None and kinds and odd:
                yield f"{table.name}.{key.name}", repr(written), expected


def _what_is_wrong(policy: Policy) -> Iterator[tuple[str, str, str]]:
    """Values that are of the right type and still mean nothing, as (key, found, expected)."""
    if not policy.school.name.strip():
        yield "school.name", "an empty name", "the school's name"
    morning, afternoon = policy.morning.registers_in_by, policy.afternoon
    if not morning < afternoon.starts < afternoon.registers_in_by:
        yield (
            "afternoon.starts",
            f"{afternoon.starts:%H:%M}",
            "a time after the morning's and before its own registers_in_by",
        )
    yield from _wrong_codes(policy)
    yield from _wrong_rules(policy)
    yield from _wrong_cadence(policy)
    yield from _wrong_numbers(policy)
    yield from _wrong_blanks(policy)


def _wrong_codes(policy: Policy) -> Iterator[tuple[str, str, str]]:
    for key in ("explain_alone", "explain_with_comment"):
        for code in getattr(policy.codes, key):
            if code in NEVER_EXPLAIN_ALONE:
                yield f"codes.{key}", f'"{code}"', "an absence code: N, O, -, present and off-site codes never explain"
            elif code not in BY_CODE:
                yield f"codes.{key}", f'"{code}"', "an attendance code, in capitals"


def _wrong_rules(policy: Policy) -> Iterator[tuple[str, str, str]]:
    for number, rule in enumerate(policy.rag.rules, start=1):
        conditions = [bool(rule.flag), bool(rule.absent_at_least), bool(rule.unexplained_at_least)]
        if sum(conditions) != 1:
            yield (
                f"rag.rules.{number}",
                f"{sum(conditions)} conditions",
                "one: flag, absent_at_least or unexplained_at_least",
            )
        elif rule.absent_at_least and not _is_share(rule.absent_at_least):
            yield f"rag.rules.{number}.absent_at_least", f'"{rule.absent_at_least}"', 'a fraction such as "1/10"'
        elif rule.unexplained_at_least < 0:
            yield f"rag.rules.{number}.unexplained_at_least", str(rule.unexplained_at_least), "a number of sessions"
    for key in ("attended_more_than", "reported_at_least"):
        if not _is_share(getattr(policy.character, key)):
            yield f"character.{key}", f'"{getattr(policy.character, key)}"', 'a fraction such as "97/100"'


def _is_share(text: str) -> bool:
    """Whether the text is a fraction of whole numbers, above nought and at most one."""
    parts = text.split("/")
    whole = len(parts) == 2 and all(part.isascii() and part.isdecimal() and int(part) > 0 for part in parts)
    return whole and int(parts[0]) <= int(parts[1])


def _wrong_cadence(policy: Policy) -> Iterator[tuple[str, str, str]]:
    """A higher rating is never seen later than a lower one."""
    every = policy.seen_every
    if not 1 <= every.red <= every.amber <= every.green:
        found = f"{every.red}, {every.amber}, {every.green}"
        yield "seen_every", found, "days of which red is at least 1, and no higher rating has more than a lower one"
    if policy.morning.red_visits_by > every.by:
        yield "seen_every.by", f"{every.by:%H:%M}", "a time that is not before [morning] red_visits_by"


def _wrong_numbers(policy: Policy) -> Iterator[tuple[str, str, str]]:
    for table in fields(policy):
        values = getattr(policy, table.name)
        for key in fields(values):
            value = getattr(values, key.name)
            if isinstance(value, int | float) and not 0 <= value <= MOST:
                yield f"{table.name}.{key.name}", str(value), f"a number that is not negative, and at most {MOST}"


def _wrong_blanks(policy: Policy) -> Iterator[tuple[str, str, str]]:
    for key in ("text_unexplained", "text_explained", "card"):
        try:
            named = set(_blanks_in(getattr(policy.wording, key)))
        except ValueError:
            yield f"wording.{key}", "an unfinished blank", "every { closed by a }"
            continue
        for blank in sorted(named - BLANKS):
            yield f"wording.{key}", f"{{{blank}}}", "only {school}, {phone} and {child} as blanks"


def _blanks_in(text: str) -> Iterator[str]:
    """The blanks of a wording, each with whatever else stands between its braces."""
    for _, blank, spec, conversion in string.Formatter().parse(text):
        if blank is not None:
            yield f"{blank}{f'!{conversion}' if conversion else ''}{f':{spec}' if spec else ''}"


def starter_policy(name: str) -> str:
    """A whole policy.toml: every key with its shipped value and the sentence that explains it."""
    lines = ["# The school's times, counts and rules. Every key has its shipped value; an unknown key is an error.", ""]
    for table in fields(Policy):
        shape: Any = table.type
        lines += [f"# {shape.__doc__}", f"[{table.name}]"]
        for key in fields(shape):
            value = name if key.default is MISSING else key.default
            lines += [f"# {key.metadata['says']}", f"{key.name} = {_toml(value)}"]
        lines.append("")
    return "\n".join(lines)


def _toml(value: Any) -> str:
    match value:
        case bool():
            return str(value).lower()
        case int() | float():
            return str(value)
        case time():
            return f'"{value:%H:%M}"'
        case date():
            return f'"{value.isoformat()}"'
        case tuple() if value and isinstance(value[0], Rule):
            return "[\n" + "".join(f"  {_rule(rule)},\n" for rule in value) + "]"
        case tuple():
            return "[" + ", ".join(_toml(item) for item in value) + "]"
        case _:
            return '"' + str(value).replace("\\", "\\\\").replace('"', '\\"') + '"'


def _rule(rule: Any) -> str:
    conditions = ("flag", "absent_at_least", "unexplained_at_least")
    on = next(f"{name} = {_toml(getattr(rule, name))}" for name in conditions if getattr(rule, name))
    return f"{{ {on}, rating = {_toml(rule.rating.lower())}, because = {_toml(rule.because)} }}"
