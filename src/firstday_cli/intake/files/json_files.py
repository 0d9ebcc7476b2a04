"""A JSON file → its tables: flat records, one object a line, or the pupils of Wonde."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from firstday_cli.errors import UnreadableExport
from firstday_cli.intake.files.gathered import MOST_CELLS, Records, too_large
from firstday_cli.intake.files.letters import decoded
from firstday_cli.intake.files.table import CellTable
from firstday_cli.intake.files.values import value_text
from firstday_cli.intake.files.wonde import attendance_tables, is_attendance, is_of_wonde, pupil_tables

SHAPES = (
    "Read are a list of flat records (alone, or under value, results, records or data), one flat record a line, and "
    "the pupils and marks of Wonde. Export it as one of these, or as CSV."
)
WRONG_SHAPE = f"is JSON of a shape that is not read. {SHAPES}"
NO_RECORDS = "is JSON with no record in it: nothing was exported. Export it again."
NESTED_TOO_DEEP = "nests its JSON too deep: it is no export. Export it again."
ONE_PAGE = "one page of several: take all pages together, or every child of the others is missing"
NEXT_PAGE = frozenset({"@odata.nextlink", "nextlink", "next_link", "next", "nextpage", "next_page", "next_page_url"})
PAGES, TOTALS, MOST_DIGITS = (
    ("pages", "total_pages", "page_count"),
    ("total", "count", "total_count", "@odata.count"),
    9,
)
LISTS = ("data", "value", "results", "records")
DEEPEST = 2  # of the parts of a record: the number of whoever rang is from.phoneNumber
LOOKS_LIKE_A_LIST = re.compile(r"\[\s*[\[{\]]")


def is_json(text: str) -> bool:
    """Whether this text is JSON, or was to be: a CSV file too may begin with a bracket."""
    import json

    start = text[:200].lstrip()
    if start.startswith("{"):
        return start[1:].lstrip()[:1] in ('"', "}", "")
    if LOOKS_LIKE_A_LIST.match(start):
        return True
    try:
        return start.startswith("[") and isinstance(json.loads(text), list)
    except (ValueError, RecursionError):
        return False


def json_tables(raw: bytes, file: str) -> tuple[CellTable, ...]:
    """The tables of a JSON file. Raises UnreadableExport where it breaks, or is of no shape that is read."""
    found = _understood(decoded(raw, file).text, file)
    records, notes = _records_of(found, file)
    if not records:
        raise UnreadableExport(NO_RECORDS, file)
    if is_of_wonde(records):
        return tuple(replace(table, is_part=bool(notes)) for table in pupil_tables(records, file, notes))
    if is_attendance(records):
        return attendance_tables(records, file, notes)
    flat = Records(file)
    for record in records:
        flat.add(_flat(record, flat.at))
    return tuple(replace(table, is_part=bool(notes)) for table in flat.tables("records of JSON", notes=notes))


class _Twice(ValueError):
    """An object has one name twice."""


class _NoNumber(ValueError):
    """A value is no number of JSON."""


def _understood(text: str, file: str) -> Any:
    import json

    try:
        return _loaded(text)
    except RecursionError:
        raise UnreadableExport(NESTED_TOO_DEEP, file) from None
    except _Twice:
        raise UnreadableExport("is JSON that names one thing twice in one record: which one counts?", file) from None
    except _NoNumber:
        raise UnreadableExport(
            "is JSON with NaN or Infinity in it, which is no value. Export it again.", file
        ) from None
    except json.JSONDecodeError as error:
        if error.msg.startswith("Extra data"):
            return _line_by_line(text, file)
        message = f"is broken JSON, or is cut off: it breaks in line {error.lineno}. Export it again."
        raise UnreadableExport(message, f"{file}, line {error.lineno}") from None


def _loaded(text: str) -> Any:
    import json

    return json.loads(
        text, parse_int=str, parse_float=str, parse_constant=_refuse_number, object_pairs_hook=_once_each
    )  # numbers keep their own digits: an id is text


def _refuse_number(text: str) -> str:
    raise _NoNumber(text)


def _once_each(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise _Twice
    return found


def _line_by_line(text: str, file: str) -> list[Any]:
    found = []
    for number, line in enumerate(text.splitlines(), start=1):
        try:
            found += [_loaded(line)] if line.strip() else []
        except (ValueError, RecursionError):
            message = f"is broken JSON: line {number} is no whole record. Export it again."
            raise UnreadableExport(message, f"{file}, line {number}") from None
        if len(found) > MOST_CELLS:
            raise too_large(file)
    return found


def _records_of(found: Any, file: str) -> tuple[Sequence[dict[str, Any]], tuple[str, ...]]:
    """The records, and what to say of them. Raises UnreadableExport where the shape is none that is read."""
    notes: tuple[str, ...] = ()
    if isinstance(found, dict):
        notes = (ONE_PAGE,) if _is_one_page(found) else ()
        found = next((found[name] for name in LISTS if isinstance(found.get(name), list)), None)
    if not isinstance(found, list) or not all(isinstance(record, dict) for record in found):
        raise UnreadableExport(WRONG_SHAPE, file)
    return found, notes


def _is_one_page(found: dict[str, Any]) -> bool:
    """Whether another page comes before or after this one."""
    meta = found.get("meta")
    pages = meta.get("pagination") if isinstance(meta, dict) else None
    pages = pages if isinstance(pages, dict) else {}
    is_between = bool(pages.get("more") or pages.get("next") or pages.get("previous"))
    is_later = value_text(pages.get("current_page")) not in ("", "0", "1")
    several = any(_number(found.get(name)) > 1 for name in PAGES)
    held = next((len(found[name]) for name in LISTS if isinstance(found.get(name), list)), 0)
    is_short = any(_number(found.get(name)) > held for name in TOTALS)
    return (
        is_between
        or is_later
        or several
        or is_short
        or any(value for name, value in found.items() if name.casefold() in NEXT_PAGE)
    )


def _number(value: Any) -> int:
    text = value_text(value)
    return int(text) if text.isdecimal() and len(text) <= MOST_DIGITS else 0


def _flat(record: dict[str, Any], where: str, within: str = "", depth: int = 1) -> Iterator[tuple[str, str]]:
    """Each part of a record with its heading: of a part within a part, both names with a point between."""
    for name, value in record.items():
        if isinstance(value, dict) and depth < DEEPEST:
            yield from _flat(value, where, f"{within}{name}.", depth + 1)
        elif isinstance(value, dict | list):
            raise UnreadableExport(WRONG_SHAPE, where)
        else:
            yield f"{within}{name}", value_text(value)
