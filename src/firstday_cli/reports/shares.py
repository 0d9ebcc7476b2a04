"""Shares as people read them: what is not known is a dash, never nought."""

from firstday_cli.domain.term.term_picture import AttendanceLine

DASH = "–"


def share(part: int, whole: int) -> str:
    """The part of the whole in hundredths, to one decimal; a dash where there is no whole."""
    return f"{100 * part / whole:.1f} %" if whole else DASH


def exact(part: int, whole: int) -> float | None:
    """The same for programs; None where there is no whole."""
    return round(100 * part / whole, 2) if whole else None


def absence(line: AttendanceLine) -> str:
    """Sessions missed as a share of those possible."""
    return share(line.missed, line.possible)


def counted(number: int, one: str, several: str = "") -> str:
    """A number with its noun."""
    return f"{number:,} {one if number == 1 else several or f'{one}s'}"
