"""Which facts rate a pupil as shipped: one line a fact, and the highest rating that any line gives is the rating."""

from enum import StrEnum

from firstday_cli.domain.record import record


class RagRating(StrEnum):
    """How much risk an absence carries. Millbrook, table of student focus groups."""

    RED = "RED"
    AMBER = "AMBER"
    GREEN = "GREEN"


@record
class Rule:
    """One line that gives a rating: on a flag, on attendance, or on absences nobody explained, in whole sessions."""

    rating: RagRating
    because: str
    flag: str = ""
    absent_at_least: str = ""
    unexplained_at_least: int = 0


def _flags(rating: RagRating, **reasons: str) -> tuple[Rule, ...]:
    return tuple(Rule(flag=flag.replace("_", "-"), rating=rating, because=why) for flag, why in reasons.items())


SHIPPED_RULES = (
    *_flags(
        RagRating.RED,
        looked_after="looked-after child",
        cse="at risk of child sexual exploitation",
        cce="at risk of child criminal exploitation",
        social_worker="has a social worker",
        child_protection_plan="has a child protection plan",
        s47="section 47 enquiry",
        suicide_risk="mental health linked to suicide risk",
        forced_marriage_risk="at risk of forced marriage",
        fgm_risk="at risk of female genital mutilation",
        abduction_risk="at risk of abduction",
    ),
    *_flags(
        RagRating.AMBER,
        external_agency="working with an external agency",
        family_concern="family concern",
        ewo="education welfare officer involved",
        attendance_support="attendance support team involved",
        police_investigation="police investigation",
        previously_looked_after="previously looked after",
        privately_fostered="privately fostered",
        young_carer="young carer",
        previously_missing="has been missing before",
    ),
    Rule(absent_at_least="1/10", rating=RagRating.AMBER, because="persistently absent"),
    Rule(absent_at_least="1/2", rating=RagRating.AMBER, because="severely absent"),
)
UNRATED_FLAGS = (
    "cannot-summon-help",
    "walks-alone",
    "ehcp",
    "interpreter",
    "send",
    "eal",
    "pupil-premium",
    "free-school-meals",
)
