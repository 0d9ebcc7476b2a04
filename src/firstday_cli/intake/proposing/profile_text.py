"""A proposal → a school's own profile, as commented TOML that a person can read and mend."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date

from firstday_cli.intake.cells.ways import ORDINARY
from firstday_cli.intake.cells.words import heading_key
from firstday_cli.intake.layouts.profile import ORDINAL
from firstday_cli.intake.proposing.candidates import aliases, key_of, numbered_contacts
from firstday_cli.intake.proposing.proposal import MARK, SAID_SO, LayoutProposal, Meant
from firstday_cli.intake.proposing.shapes import DATED, LEFT, MONTH_FIRST, WORDS_FOR_MARKS, YEAR_FIRST, Shape

ORDERS = {"day-first": ORDINARY, "month-first": MONTH_FIRST, "year-first": YEAR_FIRST}
IS_THERE = re.compile(r"present|in school|attended|\bhere\b", re.IGNORECASE)
LEFT_YES = ("yes", "y", "true", "t", "1")


def profile_head(name: str, day: date) -> str:
    """The beginning of a new profile."""
    return (
        f"# How firstday reads exports of this school. Made by `firstday inspect FILE --save {name}`\n"
        f"# on {day.isoformat()}; mend it as you like. Each kind of file is one of its exports.\n\n"
        f"title = {_quoted(name)}\n"
    )


def export_text(proposal: LayoutProposal, orders: Mapping[str, str]) -> str:
    """One export of a profile. `orders` are what a person said of a column: day-first, month-first or year-first."""
    read = [m for m in proposal.columns if m.meaning and m.meaning != "marks of a session"]
    plain, marks = [m for m in read if not m.meaning.startswith(MARK)], [m for m in read if m.meaning.startswith(MARK)]
    lines = [
        "",
        "[[exports]]",
        f"holds = {_list(_holds(proposal))}",
        f"found_by = {_list(m.column.heading for m in read)}   # it is this export where all of these are headings",
        *_settings(proposal, plain, orders),
        *_set_aside(proposal),
        "",
        "[exports.columns]                       # meaning = the heading that carries it",
        *(f"{m.meaning} = [{_quoted(m.column.heading)}]   # {m.because}" for m in _first_of_each(plain)),
        *_table("marks_under", {m.column.heading: _session(m.meaning) for m in marks}, "column of marks = its session"),
        *_table("numbered_contacts", _beside(proposal), "{n} is 1, 2, 3 …"),
        *_table("flags_when_yes", _in_care(proposal), "flag = the column that says yes"),
        *_table("marks", _mark_words(proposal), "this system's own words → national codes"),
    ]
    unread = [m for m in proposal.columns if not m.meaning]
    return "\n".join([*lines, *(f"# not read: {_comment(m.column.heading)} ({m.because})" for m in unread), ""])


def _holds(proposal: LayoutProposal) -> list[str]:
    return [proposal.kind, "contacts"] if proposal.has_numbered_contacts else [proposal.kind]


def _settings(proposal: LayoutProposal, plain: list[Meant], orders: Mapping[str, str]) -> Iterable[str]:
    if any(m.meaning == "marks of a session" for m in proposal.columns):
        yield "marks_across = true                      # a column of marks for each session"
    if proposal.kind == "register":
        yield "wins = true                              # a register, whatever else the file carries"
    if proposal.kind == "messages":
        yield "rest_as_text = true                      # every other answer is part of what the message says"
    order = _order(plain, orders)
    if order != "day-first":
        yield f"dates = {_list(ORDERS[order])}   # {order}"
    state = next((m for m in plain if m.meaning == "state"), None)
    if state:
        is_yes = state.column.shape in (Shape.YES_OR_NO, Shape.NUMBERS, Shape.BLANK)
        yield f"left_when = {_list(LEFT_YES if is_yes else sorted(LEFT))}   # in that column: no longer on the roll"


def _set_aside(proposal: LayoutProposal) -> Iterable[str]:
    """The columns of which a person said that they mean nothing here."""
    aside = [m.column.heading for m in proposal.columns if m.because == SAID_SO and not m.meaning]
    if aside:
        yield f"may_have = {_list(aside)}   # somebody said that these mean nothing here"


def _order(plain: list[Meant], orders: Mapping[str, str]) -> str:
    """In which order the file writes its days: as a person said, else the one that all its columns allow."""
    if orders:
        return next(iter(orders.values()))
    dated = [m.column.ways for m in plain if m.column.shape in DATED and m.column.ways]
    return next((o for o, ways in ORDERS.items() if all(ways[0] in column for column in dated)), "day-first")


def _first_of_each(plain: list[Meant]) -> list[Meant]:
    """Each meaning once; a sign-in that carries its day beside its time says the date too."""
    found = {m.meaning: m for m in reversed(plain)}
    timed = next((found[m] for m in ("time_in", "time_out") if m in found), None)
    if timed and "date" not in found and timed.column.shape is Shape.MOMENTS:
        found = {"date": replace(timed, meaning="date"), **found}
    return list(found.values())[::-1]


def _session(meaning: str) -> str:
    """A column of marks as a profile writes it: mark:2026-11-23:AM becomes 2026-11-23 AM."""
    return " ".join(meaning.removeprefix(MARK).split(":"))


def _beside(proposal: LayoutProposal) -> dict[str, str]:
    return numbered_contacts([m.column for m in proposal.columns]) if proposal.has_numbered_contacts else {}


def _in_care(proposal: LayoutProposal) -> dict[str, str]:
    """Flags that the roll itself carries as yes and no."""
    if proposal.kind != "roll":
        return {}
    known = aliases()["in_care"]
    return {flag: m.column.heading for m in proposal.columns for flag, keys in known.items()
            if key_of(m.column) in keys and m.column.shape is Shape.YES_OR_NO}  # fmt: skip


def _mark_words(proposal: LayoutProposal) -> dict[str, str]:
    """The words that stand for marks; yes and no only under a heading that asks whether a pupil is there."""
    read = [m.column for m in proposal.columns if m.meaning == "mark" or m.meaning.startswith(MARK)]
    if any(column.shape is Shape.MARK_WORDS for column in read):
        return {word.upper(): code for word, code in WORDS_FOR_MARKS.items()}
    asks = any(column.shape is Shape.YES_OR_NO and IS_THERE.search(column.heading) for column in read)
    return {"YES": "/", "Y": "/", "NO": "N", "N": "N"} if asks else {}


def _table(name: str, rows: Mapping[str, str], comment: str) -> list[str]:
    if not rows:
        return []
    return [
        "",
        f"[exports.{name}]   # {comment}",
        *(f"{_quoted(key)} = {_quoted(value)}" for key, value in rows.items()),
    ]


def _list(values: Iterable[str]) -> str:
    return f"[{', '.join(_quoted(value) for value in values)}]"


def _quoted(text: str) -> str:
    escaped = "".join(ESCAPES.get(c, c) if c.isprintable() else f"\\u{ord(c):04x}" for c in text)
    return f'"{escaped}"'


def _comment(text: str) -> str:
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


def is_same_heading(one: str, other: str) -> bool:
    """Whether two headings, as a person types them, are the same one."""
    numbered = bool(ORDINAL.match(one)), bool(ORDINAL.match(other))
    return heading_key(one) == heading_key(other) and numbered[0] == numbered[1]


ESCAPES = {'"': '\\"', "\\": "\\\\"}
