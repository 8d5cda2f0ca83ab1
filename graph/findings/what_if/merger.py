"""What becomes internal, doubled or joint no more if bodies merge."""

from collections.abc import Sequence
from datetime import date

from graph.findings.answer import Finding, Row
from graph.findings.phrases import (
    DEPENDED_ON,
    DEPENDENCE,
    SMALL_NUMBERS,
    by_name,
    counted,
    listed,
    name,
    names,
    number,
)
from graph.findings.what_if.consequences import Consequences
from graph.findings.what_if.differences import DIFFERENCES_RULE, difference_rows, gaps_sentence
from graph.findings.what_if.duties import dependence_rows
from graph.findings.what_if.network_shape import SHAPE_RULE
from graph.findings.what_if.rehearsal import body_on, merged, shown_on
from graph.findings.what_if.rows import joint_post_rows
from graph.findings.what_if.told import NOTHING_WRITTEN, day_told, thin
from graph.network import Unit
from powermap.errors import InvalidValue
from powermap.model import Accountability, PowerMap
from powermap.vocabulary import AccountabilityKind, Level


def what_if_merge(
    power_map: PowerMap, organisations: Sequence[str], on: date | None = None
) -> Finding:
    """What becomes internal, doubled or joint no more if bodies become one."""
    shown = shown_on(power_map, on)
    bodies = list(dict.fromkeys(organisations))
    if len(bodies) < 2:
        raise InvalidValue.at("organisations", "name two or more different organisations")
    for body in bodies:
        body_on(shown, body)
    found = Consequences(shown, merged(shown, bodies), unit=Unit.ORGANISATIONS)
    doubled, single = _doubled(shown, bodies), _one_instead_of_several(shown, bodies)
    joint, inside = joint_post_rows(found, end="lie within one body"), _internal_rows(found, bodies)
    before, after = (len(net.graph.edges) for net in found.bodies)
    said = listed(names(shown, bodies))
    network_told = (
        "The ties between bodies and between people would stay as they are."
        if before == after
        else f"Between bodies, {counted(before, 'tie')} would become {number(after)}; "
        "the ties between people stay as they are."
    )
    rows = [*doubled, *joint, *single, *inside]
    differences = difference_rows(found)
    first = [row.sentence for row in rows[:5]] or ["No post is doubled and no tie lies between."]
    return Finding(
        question=f"What changes if {said} merge?",
        sentences=tuple(filter(None, (*first, network_told, gaps_sentence(differences)))),
        rows=(
            *rows,
            *dependence_rows(shown, bodies, passed_on=True),
            *differences,
        ),
        rule=f"On {day_told(shown)}. All posts, duties and ties of the bodies are taken as those "
        f"of one; what lies between them becomes internal. {SHAPE_RULE} {DIFFERENCES_RULE} "
        f"{NOTHING_WRITTEN}",
        thin=thin(found),
    )


def _internal_rows(found: Consequences, bodies: Sequence[str]) -> list[Row]:
    records = found.before.records.keys() - found.after.records.keys() - set(bodies)
    if not records:
        return []
    count = counted(len(records), "recorded tie or duty", "recorded ties and duties")
    return [
        Row(
            kind="becomes_internal",
            sentence=f"{count.capitalize()} between them would become internal.",
            parties=tuple(bodies),
            records=tuple(sorted(records)),
        )
    ]


def _one_instead_of_several(shown: PowerMap, bodies: Sequence[str]) -> list[Row]:
    """Others who answer to more than one of the bodies in the same way."""
    duties: dict[tuple[str, AccountabilityKind], list[Accountability]] = {}
    for duty in shown.accountabilities.values():
        holder = shown.organisations.get(duty.holder or "")
        if duty.to in bodies and duty.kind in DEPENDENCE and holder is not None:
            duties.setdefault((holder.id, duty.kind), []).append(duty)
    return [
        Row(
            kind="one_instead_of_several",
            sentence=f"{name(shown, holder)} would answer to one body instead of "
            f"{SMALL_NUMBERS[len({duty.to for duty in held})]} ({DEPENDED_ON[kind]}).",
            parties=(holder,),
            records=tuple(duty.id for duty in held),
        )
        for (holder, kind), held in sorted(
            duties.items(), key=lambda item: (name(shown, item[0][0]).casefold(), item[0][1])
        )
        if len({duty.to for duty in held}) > 1
    ]


def _doubled(shown: PowerMap, bodies: Sequence[str]) -> list[Row]:
    """Chief officers and chairs whom the merged body would have more than one of."""
    rows = []
    for level, title in ((Level.CHIEF_OFFICER, "chief officer"), (Level.CHAIR, "chair")):
        posts = [
            post
            for post in shown.accountabilities.values()
            if post.level is level and post.to in bodies and post.holder in shown.leaders
        ]
        holders = by_name(shown, {post.holder for post in posts if post.holder})
        if len(holders) > 1:
            rows.append(
                Row(
                    kind="doubled",
                    sentence=f"{listed(names(shown, holders))} would each be "
                    f"{title} of the one body.",
                    parties=tuple(holders),
                    records=tuple(post.id for post in posts),
                    next_step="Agree who holds it before the day.",
                )
            )
    return rows
