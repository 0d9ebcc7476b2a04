"""Published national absence rates, to stand beside a school's own; no figure is here without its year and source."""

from firstday_cli.domain.record import record

YEAR = "2023/24"
SOURCE = (
    "Department for Education, Pupil absence in schools in England, academic year 2023/24: "
    "explore-education-statistics.service.gov.uk/find-statistics/pupil-absence-in-schools-in-england/2023-24"
)


@record
class NationalRate:
    """Absence of one kind of state-funded schools in England over a school year, in hundredths of possible sessions."""

    schools: str
    absence: float
    authorised: float


NATIONAL = (
    NationalRate(schools="all schools", absence=7.1, authorised=4.7),
    NationalRate(schools="primary", absence=5.5, authorised=3.9),
    NationalRate(schools="secondary", absence=8.9, authorised=5.4),
    NationalRate(schools="special", absence=13.0, authorised=9.7),
)
