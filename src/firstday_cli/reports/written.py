"""What a command wrote in the log."""

from collections.abc import Sequence

from firstday_cli.domain.log.written import Written
from firstday_cli.reports.page import Page, Table


def said_page(command: str, sentences: Sequence[str]) -> Page:
    """The page of a command that only says what it did."""
    rows = tuple((sentence,) for sentence in sentences)
    return Page(
        title=f"firstday {command}", facts={"schema": f"firstday/{command}/1", "said": list(sentences)},
        tables=(Table(title="Done", columns=("What",), rows=rows),),
    )  # fmt: skip


def written_page(found: Sequence[Written]) -> Page:
    """The page of every command that writes entries, for a program that asks for it."""
    return Page(
        title="Written in the log",
        facts={
            "schema": "firstday/written/1",
            "entries": [
                {
                    "entry": w.entry_id, "kind": w.entry.kind, "pupil_ids": list(w.pupil_ids), "said": w.sentence,
                    "follows": list(w.follows),
                }
                for w in found
            ],
        },
        tables=(
            Table(
                title="Entries", columns=("Entry", "What follows"), empty="Nothing.",
                rows=tuple((w.sentence, "\n".join(w.follows)) for w in found),
            ),
        ),
    )  # fmt: skip
