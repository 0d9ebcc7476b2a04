"""A page with every kind of block that a report can have, and with words that would be markup or orders elsewhere."""

from firstday_cli.reports.page import ROOM, Audience, Chart, Page, Table

HOSTILE = (
    '=HYPERLINK("x")', "<b>bold</b> & <script>alert(1)</script>", "#set *bold* _under_ `code` $x$ [link](x) | bar",
    "[red]RED[/red]", "{{ page }} {% if %}", "\x1b[31mred\x1b[0m", "right\u202eto left", "@SUM(A1)", "- dash\n+ plus",
)  # fmt: skip
NAMES = (
    "Zoë Łukasiewicz-Þórsdóttir", "محمد علي", "שרה כהן", "Дмитро Шевченко", "आरव शर्मा",
    "Wolfeschlegelsteinhausenbergerdorff-Featherstonehaugh", "نور O'Neill",
)  # fmt: skip
OTHER_LETTERS = "王小明"


def every_block() -> Page:
    """Safeguarding, with warnings, tables of every shape, a chart, prose, room to write and notes."""
    return Page(
        title="Fernhill Primary School: every block, Mon 23 Nov 2026 AM, as of 09:20",
        facts={
            "schema": "firstday/every-block/1", "day": "2026-11-23", "session": "AM",
            "as_of": "2026-11-23T09:20:00+00:00",
        },
        audience=Audience.SAFEGUARDING,
        warnings=("Sheet 2, made 09:20; it replaces sheet 1.", "PROVISIONAL: 1 register missing: 4B."),
        tables=(_card(), _ratings(), _hostile(), _names(), _nobody(), _chart(), _letter(), _on_a_new_page()),
        notes=("3 to ring. A named person decides.",),
    )  # fmt: skip


def _card() -> Table:
    return Table(
        title="1. Ivy Brennan (P001, 4B), by 10:00, NEW",
        lines=("Register: N. Round 1 of 2.", "Interpreter: Polish."),
        columns=("Now", "Contact", "Person", "Number", "Tried", "Outcome, who spoke, where the child is, time"),
        rows=(
            ("RING", "1", "Ann Brennan, mother", "07700 900001", "", ROOM),
            ("", "2", "Ben Brennan, father", "01632 960002", "09:05 no-answer (round 1), A. Officer\n09:10 busy", ROOM),
        ),
        unbroken=("Now", "Contact", "Person", "Number"), large=("Number",),
    )  # fmt: skip


def _ratings() -> Table:
    return Table(
        title="Ratings", columns=("Pupil", "Rating", "Empty", "Days"),
        rows=(("P001", "RED", "", "3"), ("P002", "AMBER?", "", "1,204"), ("P003", "GREEN", "", "0.5")),
        numbers=("Days",),
    )  # fmt: skip


def _hostile() -> Table:
    return Table(title="Words that are only words", columns=("What", "Said"), rows=tuple(("said", w) for w in HOSTILE))


def _names() -> Table:
    return Table(
        title="Names", columns=("Name", "Group"), rows=tuple((name, "4B") for name in NAMES), unbroken=("Name",)
    )


def _nobody() -> Table:
    return Table(title="Nobody here (0)", columns=("Pupil",), rows=(), empty="Nobody: no absence is unexplained.")


def _chart() -> Table:
    return Table(
        title="Absence by weekday", lines=("Of possible sessions.",), columns=("Weekday", "Possible", "Absence"),
        rows=(("Mon", "4,378", "6.5 %"), ("Tue", "4,399", "5.4 %"), ("Wed", "0", "–"), ("Thu", "4,618", "0.0 %")),
        numbers=("Possible", "Absence"),
        chart=Chart(
            described="Absence is highest on Mondays; on Wednesdays no session was possible.", names="Weekday",
            measures="Absence", marks=(("England", 7.1),),
        ),
    )  # fmt: skip


def _letter() -> Table:
    return Table(
        title="If your child is absent", columns=(), rows=(),
        lines=("Ring the school before 09:00 on 01632 960000, each day.", "1. We ring you. 2. We visit."),
    )  # fmt: skip


def _on_a_new_page() -> Table:
    return Table(
        title="A card of its own", columns=("What", "Found"), rows=(("Signs of life", ROOM),), begins_a_page=True
    )
