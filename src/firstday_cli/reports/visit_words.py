"""What staff do on a home visit, what they look for and ask, and what they write down. Several authorities' guidance.

Nothing here says why a child matters: the sheet may lie about, and a card is read by whoever opens the door.
"""

BEFORE: tuple[str, ...] = (
    "Two go, never one. The visit is authorised by the safeguarding lead, a senior leader or the headteacher.",
    "Leave with the office: your mobile number, the address, when you will be back. Report when you are out again.",
    "Ask the safeguarding lead about risks before leaving: dogs, people, the place.",
)
AT_THE_DOOR: tuple[str, ...] = (
    "You need not go in. Ask to see the child; speak to the child alone if you may.",
    "Write down what you saw, not what you think.",
    "Look for signs of life: lights, curtains, cars, milk, post, sounds, the telephone ringing inside.",
    "Nobody answers? Ring from the door. Ask the neighbours when they last saw the family; say nothing of why.",
    "A locked communal door is not a visit: write no-access, and tell the safeguarding lead at once.",
    "Worried, or somebody is in danger? 999, then the safeguarding lead. Do not wait for the time to be back.",
    "Never leave a note that says why you came. The card to leave:",
)
TO_ASK = "Where is (first name) now? Who with? When did you last see them? Why not in? Back when? Can we help?"
WHAT_FOR = {
    "first-day": "nobody of the family has replied: see that the child is well",
    "kit": "to see the child, a parent there: keeping in touch",
}
FORM: tuple[tuple[str, str], ...] = (
    ("Authorised by", ""),
    ("Staff, their mobile numbers", ""),
    ("Left at · arrived at · left the door at · safe back at", ""),
    ("Address visited; is it the one above?", ""),
    (
        "At the door",
        "child-seen · adult-only · no-answer · no-access (door not reached) · refused · wrong-address · concern",
    ),
    ("Child seen? Spoken to? Alone?", ""),
    ("A parent there?", ""),
    ("Everyone present, who spoke, how you know who they are", ""),
    ("How the child and the home looked", ""),
    ("What was said: why not in, back when", ""),
    ("Signs of life", ""),
    ("Neighbours spoken to", ""),
    ("Card left, to ring by", ""),
    ("Worried? Told whom, at", ""),
    ("What comes next, who does it, by when", ""),
)
