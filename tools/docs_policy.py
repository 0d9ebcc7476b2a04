"""docs/policy.md: every key of policy.toml, from the policy itself."""

import inspect
from collections.abc import Sequence
from dataclasses import MISSING, fields
from datetime import time
from typing import Any

from cost_of_counting import PUPILS, Cost, costs
from docs_markdown import cell, code, page, table
from firstday_cli.domain.policy import Policy
from firstday_cli.domain.rating_rules import Rule


def policy_page() -> str:
    """Every key of policy.toml: its shipped value and its reason."""
    blocks = []
    for part in fields(Policy):
        shape: Any = part.type
        rows = [
            (code(key.name), _shipped(key.default), cell(key.metadata.get("says", "")))
            for key in fields(shape)
            if not _are_rules(key.default)
        ]
        blocks += [
            f"## [{part.name}]",
            inspect.cleandoc(shape.__doc__),
            table(("key", "shipped", "what it does"), rows),
        ]
        rules: list[Any] = [key for key in fields(shape) if _are_rules(key.default)]
        blocks += [_rules_of(key.default, key.metadata["says"]) for key in rules]
    return page(
        "policy.toml",
        "The school's own times, counts and rules. `firstday init` writes the file whole, with every shipped value in "
        "it. A key that is left out keeps its shipped value; a key that is not in this list is an error (exit code 21)."
        " Times are in quotes and mean London's clock. A key that nothing uses yet may be set today; it changes "
        "nothing until it is used.",
        *blocks,
        "## What each way of counting costs",
        f"Faces to face due in a made-up school of {PUPILS} pupils over a year, RED left out (they are seen on every "
        "day of absence in any case), each made on the day it is due.",
        table(
            ("count", "since", "in the year", "on an average day", "on the fullest day"), [_cost(c) for c in costs()]
        ),
    )


def _cost(cost: Cost) -> Sequence[str]:
    return code(f'"{cost.count}"'), code(f'"{cost.since}"'), str(cost.in_all), f"{cost.a_day:.1f}", str(cost.fullest)


def _are_rules(value: object) -> bool:
    return isinstance(value, tuple) and bool(value) and isinstance(value[0], Rule)


def _shipped(value: object) -> str:
    match value:
        case _ if value is MISSING:
            return "none: required"
        case bool():
            return code(str(value).lower())
        case time():
            return code(f'"{value:%H:%M}"')
        case tuple():
            return code("[" + ", ".join(f'"{item}"' for item in value) + "]")
        case str():
            return code(f'"{value}"')
        case _:
            return code(str(value))


def _rules_of(rules: Sequence[Rule], says: str) -> str:
    rows = [
        (
            _condition(rule),
            cell(rule.rating),
            cell(rule.because),
        )
        for rule in rules
    ]
    return f"`rules` as shipped. {says}\n\n" + table(("flag", "rating", "because"), rows)


def _condition(rule: Rule) -> str:
    if rule.flag:
        return code(rule.flag)
    if rule.absent_at_least:
        return f"absent at least {rule.absent_at_least}"
    return f"{rule.unexplained_at_least} sessions unexplained"
