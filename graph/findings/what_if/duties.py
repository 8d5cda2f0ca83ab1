"""What would answer to a vacant post, or need another home, row by row."""

from collections.abc import Sequence

from graph.findings.answer import Row
from graph.findings.phrases import (
    DEPENDENCE,
    dependence_told,
    name,
    post_named,
    sentence_case,
)
from graph.findings.what_if.consequences import Consequences
from powermap.model import Accountability, PowerMap


def headless_rows(found: Consequences) -> list[Row]:
    """Posts whose line would lead to nobody."""
    vacated = {duty.id: duty for duty in found.vacated}
    return [
        Row(
            kind="line_without_head",
            sentence=f"{sentence_case(post_named(found.before, duty))} would answer to a vacant "
            f"post: {post_named(found.before, vacated[duty.reports_to or ''])}.",
            parties=(duty.holder,) if duty.holder else (duty.to,),
            records=(duty.id, duty.reports_to or ""),
        )
        for duty in found.after.accountabilities.values()
        if duty.reports_to in vacated
    ]


def dependence_rows(
    shown: PowerMap, bodies: Sequence[str], *, passed_on: bool = False
) -> list[Row]:
    """Duties held to the bodies or by them, which must go somewhere."""
    rows = []
    for duty in shown.accountabilities.values():
        if duty.kind not in DEPENDENCE or duty.holder not in shown.organisations:
            continue
        if (duty.holder in bodies) != (duty.to in bodies):
            rows.append(_dependence_row(shown, duty, duty.to in bodies, passed_on))
    return sorted(rows, key=lambda row: (row.kind, row.sentence.casefold()))


def _dependence_row(shown: PowerMap, duty: Accountability, lost: bool, passed_on: bool) -> Row:
    below = name(shown, duty.holder or "")
    return Row(
        kind="answers_to_it" if lost else "it_answers_to",
        sentence=f"{dependence_told(shown, duty)}.",
        parties=(duty.holder or "", duty.to),
        records=(duty.id,),
        next_step=f"Settle who takes this on for {below}." if lost and not passed_on else None,
        facts={"kind": duty.kind.value, "from": below},
    )
