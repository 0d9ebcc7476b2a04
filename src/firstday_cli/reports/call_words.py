"""What to say on the telephone, and what never to say. Devon, one-minute guide to first-day calls; the school's notice.

What is printed here holds no child's name: the caller fills it in once the person is known.
"""

from firstday_cli.reports.page import Table

WORDS: tuple[tuple[str, str], ...] = (
    ("First", "Your full name, your role, the school. Are you speaking to the person named on the card?"),
    ("Then", "(First name) is not in school today; you ring to see that the child and the family are all right."),
    ("Ask", "Where is (first name) now? Who is with them? When did you last see them? Why are they not in?"),
    ("", "When do you expect them back? Is everyone all right? Is there anything we can do?"),
    ("Voicemail", "This is (your name) from {school}. Please ring {phone} about attendance today."),
    (
        "Worried",
        "They thought the child was in school, do not know where, or you are uneasy: the safeguarding lead now.",
    ),
    (
        "Never say",
        "“Is she ill?” · that a child is missing · why you ring so early · an illness · another child's name ·",
    ),
    ("", "anything about the child to somebody who is not named on the card, or to a machine."),
)


def words_to_say(school: str, phone: str) -> Table:
    """The words for the telephone and the voicemail, with the school's own name and number."""
    number = phone or "the school"
    return Table(
        title="On the telephone", columns=("When", "What"),
        rows=tuple((when, words.format(school=school, phone=number)) for when, words in WORDS),
    )  # fmt: skip
