"""What a scheduler is asked to do: which program with which words, at which times, for which school."""

from datetime import date

from firstday_cli.domain.machine_times import Slot, is_london_time
from firstday_cli.domain.record import record

WORDS = ("morning", "--if-due", "--school")


@record
class Step:
    """The scheduled step of one school on this machine: the words of its command, its folder, its times."""

    school: str
    folder: str
    program: tuple[str, ...]
    slots: tuple[Slot, ...]
    since: date

    @property
    def command(self) -> tuple[str, ...]:
        """Every word of the command, the program first; none is a path that depends on where it is started."""
        return (*self.program, *WORDS, self.folder)

    @property
    def is_in_london_time(self) -> bool:
        """Whether the machine's clock is London's."""
        return is_london_time(self.slots)


def in_words(slot: Slot) -> str:
    """What a line or trigger is for: each run, with London's time where the machine's is another."""
    runs = [run.why if run.at == slot.at else f"{run.at:%H:%M} in London: {run.why}" for run in slot.runs]
    return "; or ".join(runs)
