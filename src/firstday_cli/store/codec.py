"""Records ↔ the bytes that are kept: JSON, squeezed."""

import hashlib
import json
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import MISSING, fields
from functools import cache
from typing import Annotated, Any, TypeVar

from firstday_cli.domain.log.entries import Entry
from firstday_cli.errors import StoreUnavailable

T = TypeVar("T")
Row = list[Any]


def written(value: Any) -> bytes:
    """A JSON value as text, always the same for the same value."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()


def digest_of(text: bytes) -> str:
    """What tells this text from every other."""
    return hashlib.sha256(text).hexdigest()


def packed(text: bytes) -> bytes:
    """The text as the bytes that are kept."""
    return zlib.compress(text, 6)


def unpacked(body: bytes) -> Any:
    """The JSON value that was kept."""
    try:
        return json.loads(zlib.decompress(body))
    except (zlib.error, ValueError):
        mend = "Put back the newest copy made by `firstday backup`."
        raise StoreUnavailable(f"is damaged: something kept can no longer be read. {mend}", "firstday.db") from None


def digest_kept(body: bytes) -> str:
    """The digest of what was kept; empty where the bytes are no longer readable."""
    try:
        return digest_of(zlib.decompress(body))
    except zlib.error:
        return ""


@cache
def _adapter(kind: Any) -> Any:
    from pydantic import TypeAdapter

    return TypeAdapter(kind)


def as_rows(kind: type[T], records: Iterable[T]) -> dict[str, Any]:
    """Records of one kind as their field names and one list a record."""
    names = [field.name for field in fields(kind)]  # type: ignore[arg-type]
    dumped = _adapter(list[kind]).dump_python(list(records), mode="json")  # type: ignore[valid-type]
    return {"fields": names, "rows": [[row[name] for name in names] for row in dumped]}


def as_records(kind: type[T], kept: dict[str, Any]) -> list[T]:
    """The records again; a field that is newer than the rows takes its default."""
    rows = [dict(zip(kept["fields"], row, strict=True)) for row in kept["rows"]]
    found: list[T] = _adapter(list[kind]).validate_python(rows)  # type: ignore[valid-type]
    return found


def as_record(kind: type[T], names: Sequence[str], row: Sequence[Any]) -> T:
    """One row as its record."""
    adapter: Any = _adapter
    found: T = adapter(kind).validate_python(dict(zip(names, row, strict=True)))
    return found


def in_field_order(kind: type[Any], kept: dict[str, Any]) -> list[Row]:
    """The rows in the order of the record's fields today; a field that is newer than the rows takes its default."""
    today = fields(kind)
    if [field.name for field in today] == kept["fields"]:
        return list(kept["rows"])
    places = [kept["fields"].index(field.name) if field.name in kept["fields"] else None for field in today]
    else_said = [None if field.default is MISSING else field.default for field in today]
    return [
        [row[place] if place is not None else other for place, other in zip(places, else_said, strict=True)]
        for row in kept["rows"]
    ]


def entry_as_json(entry: Entry) -> Any:
    """An entry as plain JSON values."""
    return _entries().dump_python(entry, mode="json")


def entry_from_json(value: Any) -> Entry:
    """The entry again."""
    found: Entry = _entries().validate_python(value)
    return found


@cache
def _entries() -> Any:
    """What reads and writes an entry, known by its kind at once instead of by trying one kind after another."""
    from pydantic import Field, TypeAdapter

    return TypeAdapter(Annotated[Entry, Field(discriminator="kind")])
