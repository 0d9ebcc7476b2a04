"""Values, tables and pages as Markdown."""

from collections.abc import Iterable, Sequence
from datetime import date, time
from enum import Enum

NOTE = "<!-- Written by tools/write_docs.py. Change the code, then run `make docs`; never this page. -->"


def cell(value: object) -> str:
    """One value as it stands in a table of Markdown."""
    match value:
        case None | "" | ():
            return ""
        case bool():
            return "yes" if value else "no"
        case Enum():
            return cell(value.value)
        case time():
            return f"{value:%H:%M}"
        case date():
            return value.isoformat()
        case tuple() | list():
            return ", ".join(cell(item) for item in value)
        case _:
            return " ".join(str(value).split()).replace("|", "\\|").replace("<", "&lt;")


def code(text: str) -> str:
    """The text as code in a table; blank stays blank, and a backtick or a bar inside does no harm."""
    plain = text.replace("|", "\\|")
    return f"`` {plain} ``" if "`" in plain else f"`{plain}`" if plain else ""


def table(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Rows as a table of Markdown."""
    lines = [columns, ["---"] * len(columns), *rows]
    return "\n".join("|" + "|".join(f" {value} " if value else " " for value in line) + "|" for line in lines)


def page(title: str, *blocks: str) -> str:
    """Blocks as a page."""
    return "\n\n".join((NOTE, f"# {title}", *(block for block in blocks if block))) + "\n"
