"""Lines about very few pupils put together, so that no figure points at a child; what is joined still adds up."""

from collections.abc import Sequence

from firstday_cli.domain.term.term_picture import AttendanceLine

FEWEST = 5  # pupils that a line stands for, where a page is not for safeguarding


def joined(lines: Sequence[AttendanceLine]) -> tuple[AttendanceLine, ...]:
    """The lines, with those of fewer than five pupils as one; it takes in the next smallest until it has enough.

    Nothing is left out: a line that was would be found again by taking the others from the sum.
    """
    by_size = sorted(lines, key=lambda line: (line.pupils, line.label))
    small = [line for line in by_size if line.pupils < FEWEST]
    others = by_size[len(small) :]
    while small and others and sum(line.pupils for line in small) < FEWEST:
        small.append(others.pop(0))
    together = [line for line in lines if line in small]
    return (*(line for line in lines if line in others), *([_sum(together)] if together else []))


def _sum(lines: Sequence[AttendanceLine]) -> AttendanceLine:
    return AttendanceLine(
        label=", ".join(line.label for line in lines),
        joins=tuple(line.label for line in lines),
        pupils=sum(line.pupils for line in lines),
        attended=sum(line.attended for line in lines),
        authorised=sum(line.authorised for line in lines),
        unauthorised=sum(line.unauthorised for line in lines),
        unmarked=sum(line.unmarked for line in lines),
    )
