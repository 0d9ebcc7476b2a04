"""Where the program's answer differs from the one worked out by hand, in sentences."""

from collections.abc import Callable
from typing import Any

from .morning import Answer

Json = dict[str, Any]
READ: dict[str, Callable[[Json], object]] = {
    "day": lambda answer: answer["day"],
    "session": lambda answer: answer["session"],
    "provisional": lambda answer: answer["provisional"],
    "counts": lambda answer: answer["counts"],
    "missing_registers": lambda answer: sorted(group["group"] for group in answer["missing_registers"]),
    "unexplained": lambda answer: [pupil["pupil_id"] for pupil in answer["unexplained"]],
    "unknown": lambda answer: _ids(answer["unknown"]),
    "explained": lambda answer: _ids(answer["explained"]),
    "off_site": lambda answer: _ids(answer["off_site"]),
    "confirmed": lambda answer: _ids([pupil for pupil in answer["off_site"] if pupil["confirmed"] is True]),
    "not_expected": lambda answer: _ids(answer["not_expected"]),
    "discrepancies": lambda answer: _pairs(answer["discrepancies"], "kind"),
    "alerts": lambda answer: [pair for pair in _pairs(answer["alerts"], "alert") if pair[1] != "implausible-list"],
    "messages_to_match": lambda answer: _waiting(answer["messages_to_match"]),
}


def differences(expected: Answer, answer: Json, exit_code: int) -> list[str]:
    """A sentence for each part of the answer, and the exit code, that is not as worked out by hand."""
    wanted = dict(expected.items())
    told = [_difference(name, wanted[name], read, answer) for name, read in READ.items()]
    allowed = {expected["exit_code"], *expected["steps_may_give"]}
    if exit_code not in allowed:
        told.append(f"The exit code should be {' or '.join(map(str, sorted(allowed)))}, and is {exit_code}.")
    return [sentence for sentence in told if sentence]


def _difference(name: str, wanted: object, read: Callable[[Json], object], answer: Json) -> str:
    try:
        found = read(answer)
    except (KeyError, TypeError) as missing:
        return f"The answer's {name} cannot be read: {missing!r}."
    if wanted == found:
        return ""
    if isinstance(wanted, list) and isinstance(found, list):
        return _of_lists(name, wanted, found)
    return f"The {name} should be {wanted!r}, and is {found!r}."


def _of_lists(name: str, wanted: list[object], found: list[object]) -> str:
    lacking = [each for each in wanted if each not in found]
    beyond = [each for each in found if each not in wanted]
    if not lacking and not beyond:
        return f"The {name} come in another order or number: they should be {wanted!r}, and are {found!r}."
    return f"The {name} lack {lacking!r} and should not have {beyond!r}."


def _ids(pupils: list[Json]) -> list[str]:
    return sorted(pupil["pupil_id"] for pupil in pupils)


def _pairs(rows: list[Json], second: str) -> list[tuple[str, str]]:
    return sorted({(row["pupil_id"] or "", row[second]) for row in rows})


def _waiting(rows: list[Json]) -> list[tuple[str, tuple[str, ...]]]:
    return sorted((row["message_id"], tuple(sorted(row["candidates"]))) for row in rows)
