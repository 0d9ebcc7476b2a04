"""What was taken back: each entry that stands withdrawn, with the withdrawal."""

from collections.abc import Sequence

from firstday_cli.domain.log.entries import EntryId, EntryWithdrawn, Logged
from firstday_cli.domain.record import record


@record
class TakenBack:
    """One entry that stands withdrawn, and the entry that took it back."""

    entry: Logged
    withdrawal: Logged

    @property
    def because(self) -> str:
        """Why it was taken back, as it was typed."""
        return self.withdrawal.what.why if isinstance(self.withdrawal.what, EntryWithdrawn) else ""


def taken_back(log: Sequence[Logged]) -> tuple[TakenBack, ...]:
    """The entries of this log that stand withdrawn, in the order in which they were taken back.

    A withdrawal that is itself withdrawn takes nothing back.
    """
    entries = {entry.entry_id: entry for entry in log}
    gone: set[EntryId] = set()
    found = []
    for entry in sorted(entries.values(), key=lambda e: e.number, reverse=True):
        if isinstance(entry.what, EntryWithdrawn) and entry.entry_id not in gone:
            gone.add(entry.what.entry)
            if entry.what.entry in entries:
                found.append(TakenBack(entry=entries[entry.what.entry], withdrawal=entry))
    return tuple(reversed(found))
