"""What would change if a tie between two people, or two bodies, were mended."""

from datetime import date

from graph.findings.answer import Finding, Row
from graph.findings.gaps.ties import Tie, ends, ties_between
from graph.findings.phrases import MUTUALLY, by_name, listed, name, names, sentence_case
from graph.findings.what_if.consequences import Consequences
from graph.findings.what_if.differences import DIFFERENCES_RULE, difference_rows, gains_told
from graph.findings.what_if.network_shape import SHAPE_RULE
from graph.findings.what_if.rehearsal import MENDED_AWAY, shown_on, unit_of, with_tie_mended
from graph.findings.what_if.told import NOTHING_WRITTEN, broker_sentence, day_told, thin
from powermap.errors import InvalidValue
from powermap.model import PowerMap

STRENGTH = 4
"""How strong a mended tie would be, of 5, unless another strength is asked about."""


def what_if_mended(
    power_map: PowerMap, a: str, b: str, strength: int = STRENGTH, on: date | None = None
) -> Finding:
    """What would change if what strains a tie were over, and both saw it as strong."""
    if not 1 <= strength <= 5:
        raise InvalidValue.at("strength", "must be a whole number from 1 to 5")
    shown = shown_on(power_map, on)
    unit = unit_of(shown, a, b)
    both = listed(names(shown, (a, b)))
    question = f"What changes if the tie between {both} is mended?"
    rule = (
        f"On {day_told(shown)}: conflict and competition between the two are over, both have a "
        f"view of the tie, and in each view strength, and every factor that is rated, is at least "
        f"{strength} of 5; they have been in contact on the day. {SHAPE_RULE} {DIFFERENCES_RULE} "
        f"{NOTHING_WRITTEN}"
    )
    now = ties_between(shown.relationships.values()).get(ends(a, b))
    after = with_tie_mended(shown, a, b, strength)
    if now is None or after is shown:
        said = _nothing_to_mend(both, strength, now)
        return Finding(question=question, sentences=(said,), rows=(), rule=rule)
    found = Consequences(shown, after, unit=unit)
    row = _tie_row(shown, now, strength)
    rows = [row, *difference_rows(found)]
    sentences = [row.sentence, *gains_told(rows), broker_sentence(found)]
    return Finding(
        question=question,
        sentences=tuple(sentence for sentence in sentences if sentence),
        rows=tuple(rows),
        rule=rule,
        thin=thin(found),
    )


def _nothing_to_mend(both: str, strength: int, now: Tie | None) -> str:
    if now is None:
        return (
            f"No tie between {both} is recorded that could be mended; ask what changes if they "
            "build one."
        )
    return (
        f"The tie between {both} is recorded as {strength} of 5 or more from both sides already, "
        "without conflict or competition."
    )


def _tie_row(shown: PowerMap, now: Tie, strength: int) -> Row:
    parties = by_name(shown, now.ends)
    both = listed(names(shown, parties))
    strains = sorted({view.kind for view in now.views if view.kind in MENDED_AWAY})
    told = _views_told(shown, now) if now.relationships else []
    if strains:
        told = [f"{both} are recorded as {listed([MUTUALLY[kind] for kind in strains])}", *told]
    return Row(
        kind="tie_mended",
        sentence=f"{sentence_case('; '.join(told))}. Mended, the tie would be {strength} of 5 or "
        f"more from both sides{', without that' if strains else ''}.",
        parties=tuple(parties),
        records=now.records,
        next_step=f"Ask {both}, each apart, what it would take.",
        facts={
            "ends": [kind.value for kind in strains],
            "strengths_now": list(now.strengths),
            "from_both_sides_now": now.from_both_sides,
            "strength": strength,
        },
    )


def _views_told(shown: PowerMap, now: Tie) -> list[str]:
    if now.from_both_sides and not now.strengths:
        return [f"neither {' nor '.join(names(shown, now.ends))} has rated how strong the tie is"]
    told = []
    for end in by_name(shown, now.ends):
        who, rated = name(shown, end), now.strength_of(end)
        if not now.views_of(end):
            told.append(f"no view that {who} has of the tie is recorded")
        elif rated is None:
            told.append(f"how strong the tie is for {who} is not recorded")
        else:
            told.append(f"{who} sees the tie as {rated} of 5")
    return told
