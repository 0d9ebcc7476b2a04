"""docs/reports.md: every report of the catalogue, each with its page for the sample school."""

from docs_markdown import cell, code, page, table
from docs_sample import AS_OF, said, sample_school
from firstday_cli.reports.catalogue import REPORTS

ABOUT = {"referral": ("6551", "--to", "social-care"), "history": ("5488",)}  # what a report of one pupil is asked about


def reports_page() -> str:
    """Every report of the catalogue, each with its page for the sample school."""
    rows = [(code(name), cell(report.audience), cell(report.purpose)) for name, report in REPORTS.items()]
    with sample_school() as school:
        examples = [
            f"## {name}\n\n```text\n"
            f"{said('report', name, *ABOUT.get(name, ()), '--school', str(school), '--format', 'text', *AS_OF)}```"
            for name in REPORTS
        ]
    return page(
        "Reports",
        "`firstday report NAME` writes any of these; `firstday reports` lists them. Each example is the page of the "
        "sample school, Mon 23 Nov 2026 at 09:20.",
        table(("report", "for", "what it shows"), rows),
        *examples,
    )
