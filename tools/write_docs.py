"""Write the generated pages and pictures of `docs/` from the code and the rule tables; `--check` only compares."""

import argparse
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

from docs_commands import commands_page
from docs_pictures import pictures
from docs_policy import policy_page
from docs_reports import reports_page
from docs_rules import rules_page
from docs_systems import systems_page

DOCS = Path(__file__).resolve().parent.parent / "docs"
PAGES: Mapping[str, Callable[[], str]] = {
    "policy.md": policy_page,
    "commands.md": commands_page,
    "rules.md": rules_page,
    "reports.md": reports_page,
    "systems.md": systems_page,
}


def written_now() -> dict[str, bytes]:
    """Every generated page and picture as it would be written now."""
    pages = {name: write().encode() for name, write in PAGES.items()}
    return pages | {f"pictures/{name}": content for name, content in pictures().items()}


def stale(wanted: Mapping[str, bytes]) -> list[str]:
    """Those whose file is not what would be written now."""
    return [name for name, content in wanted.items() if content != _read(DOCS / name)]


def _read(path: Path) -> bytes:
    return path.read_bytes() if path.exists() else b""


def main() -> int:
    """Write the pages and pictures, or say which are stale."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing; end with 1 where a page is stale")
    wanted = written_now()
    if parser.parse_args().check:
        for name in stale(wanted):
            print(f"docs/{name} is stale: run `make docs`", file=sys.stderr)
        return 1 if stale(wanted) else 0
    for name in stale(wanted):
        (DOCS / name).parent.mkdir(parents=True, exist_ok=True)
        (DOCS / name).write_bytes(wanted[name])
        print(f"written: docs/{name}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
