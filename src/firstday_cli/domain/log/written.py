"""What was written in the log, as it is told: the entry, what it says, what follows."""

from firstday_cli.domain.log.entries import Entry, EntryId, pupils_of
from firstday_cli.domain.log.sentences import said
from firstday_cli.domain.people import PupilId
from firstday_cli.domain.record import record


@record
class Written:
    """One entry that was written; without an id one that would be. `follows` are sentences for whoever wrote it."""

    entry_id: EntryId | None
    entry: Entry
    follows: tuple[str, ...] = ()

    @property
    def pupil_ids(self) -> tuple[PupilId, ...]:
        """The pupils it is about."""
        return pupils_of(self.entry)

    @property
    def sentence(self) -> str:
        """What it says, under its id."""
        return f"{self.entry_id or 'would be written'}: {said(self.entry)}"
