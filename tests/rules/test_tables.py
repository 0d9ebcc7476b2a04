"""Every module of rules has a table that can be printed."""

from importlib import import_module
from pathlib import Path

import pytest

from rules.table import RuleTable

MODULES = sorted(path.stem for path in Path(__file__).parent.glob("test_*.py") if path != Path(__file__))


@pytest.mark.parametrize("module", MODULES)
def test_each_module_has_a_table_whose_rows_fit_under_its_headings(module: str) -> None:
    for table in tables_of(module):
        assert isinstance(table, RuleTable)
        assert table.title and table.source and table.rows
        assert {len(row) for row in table.rows} == {len(table.columns)}
        assert len(set(table.rows)) == len(table.rows), "a row stands there twice"


def tables_of(module: str) -> tuple[RuleTable, ...]:
    rules = import_module(f"rules.{module}").RULES
    return rules if isinstance(rules, tuple) else (rules,)


def test_no_two_tables_have_one_title() -> None:
    titles = [table.title for module in MODULES for table in tables_of(module)]
    assert len(set(titles)) == len(titles)
