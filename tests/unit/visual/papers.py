"""A small paper that holds one of everything, and pictures for it."""

from datetime import UTC, datetime

from visual.document.paper import Figure, Paper, Section, Table
from visual.figure.shapes import Box, Sheet


def sheet_of(width_mm, height_mm):
    """A picture of one box."""
    return Sheet(
        width=10,
        height=10 * height_mm / width_mm,
        width_mm=width_mm,
        height_mm=height_mm,
        page_mm=(210, 297),
        shapes=(Box(x=1, y=1, width=3, height=2, fill="#26303a"),),
        title="Riverside",
        description="Asha and Ben are tied.",
        maker="Asha Verma",
    )


FIGURE = Figure(sheet=sheet_of(160, 100), caption="Who is tied to whom")
PAPER = Paper(
    title="Who could bring the partners together",
    subtitle="As at 1 March 2010",
    subject="Riverside",
    marking="OFFICIAL",
    notice="Illustrative: people are invented.",
    front=(("Meeting", "Partnership Board"), ("Purpose", "For decision")),
    recommendation="The Board is asked to note it.\nAnd to agree it.",
    key_points=("One gap.", "Another."),
    figures=(FIGURE,),
    sections=(
        Section(
            heading="Where is something missing?",
            lead="There are two gaps.",
            sentences=("The first is wide.",),
            caution="Few ties are recorded.",
            table=Table(
                caption="Gaps",
                headings=("No.", "Finding"),
                widths=(1, 9),
                rows=[("1", "A gap"), ("2", "Another gap")],
            ),
            remark=None,
        ),
    ),
    evidence=Table(
        caption="Evidence", headings=("No.", "Source"), widths=(1, 9), rows=[("E1", "Minutes")]
    ),
    evidence_remark=None,
    method=("Counted by hand.",),
    maker="Asha Verma",
    made_at=datetime(2026, 11, 22, 9, 30, tzinfo=UTC),
    revision=3,
)
