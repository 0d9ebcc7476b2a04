"""The rules as tables that a deputy head could check; docs/rules.md is printed from them."""
