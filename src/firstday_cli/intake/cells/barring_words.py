"""Words beside a telephone number that say that a person must not be contacted."""

import re

FORBIDDING: tuple[str, ...] = (
    r"no[ -]contact(?! (?:numbers?|nos?|details|tel\w*|phones?|info\w*|given|held|known|yet|available)\b)",
    (
        r"(?:do not|don'?t|never|must not|may not|not to|should not|cannot be|not be|not) "
        r"(?:be )?(?:contact|call|ring|phone|telephon|text)(?:e?d|ing)?\b(?! (?:before|after|until|between) [\d(])"
    ),
    r"not to be rung|not be rung",
    r"court[ -]orders?",
    r"injunctions?",
    r"non[ -]?molestation",
    r"restraining orders?",
    r"prohibited steps?",
    r"occupation orders?",
    r"bail conditions?",
    r"barred|banned",
    r"not allowed",
    r"no access",
    r"dnc|d\.n\.c",
)
ANY = re.compile(rf"\b(?:{'|'.join(FORBIDDING)})", re.IGNORECASE)
FORBIDS = (
    "its words say that this person is not to be contacted: nobody rings until the safeguarding lead has looked, and "
    "do_not_contact says yes or no"
)


def forbids(words: str) -> bool:
    """Whether these words forbid to contact the person; a time of day at which not to ring forbids nothing."""
    plain = " ".join(words.replace("\u2019", "'").split())
    return bool(ANY.search(plain))
