"""Whom a row is about, where it carries no pupil id: a reference that the roll later turns into one pupil, or none."""

from firstday_cli.domain.record import record

MARK = "\x1f"  # no cell has it: what nobody can see is taken out of every cell
UPN, ADMISSION_NO, NAME = "upn", "admission_no", "pupil_name"


@record
class Who:
    """What a row says of its pupil."""

    pupil_id: str = ""
    upn: str = ""
    admission_no: str = ""
    name: str = ""
    group: str = ""


@record
class Reference:
    """What stands for a pupil until the roll is looked at; `row` keeps two children of one name apart."""

    upn: str
    admission_no: str
    name: str
    group: str
    row: int


def as_reference(who: Who, row: int) -> str:
    """The row's pupil as UPN, admission number, or name and class; blank where it says none of these."""
    if not (who.upn or who.admission_no or (who.name and who.group)):
        return ""
    return MARK.join(("", who.upn, who.admission_no, who.name, who.group, str(row)))


def is_reference(pupil_id: str) -> bool:
    """Whether this stands for a pupil, and is no id."""
    return pupil_id[:1] == MARK


def reference(text: str) -> Reference:
    """The parts of a reference."""
    _, upn, admission_no, name, group, row = text.split(MARK)
    return Reference(upn=upn, admission_no=admission_no, name=name, group=group, row=int(row))
