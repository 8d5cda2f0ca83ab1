"""Every gap of a map on a day, as one answer."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from graph.findings.answer import Finding
from graph.findings.gaps.choices import Choices
from graph.findings.gaps.families import find_gaps
from graph.findings.gaps.found import Found
from graph.findings.gaps.kinds import ORDER, RULES, Gap
from graph.findings.gaps.paths import PATH_RULE
from graph.findings.gaps.reading import Reading
from graph.findings.phrases import counted, on_day
from powermap.errors import InvalidValue
from powermap.model import PowerMap


def gaps(
    power_map: PowerMap,
    on: date | None = None,
    *,
    kinds: Iterable[str] | None = None,
    **choices: Any,
) -> Finding:
    """Every gap on a day (the map's as-at date unless given), or those of some kinds.

    What counts as a gap can be chosen by the names in `Choices`. Raises `InvalidValue` for a kind
    that is none, or a choice that makes no sense.
    """
    wanted = wanted_kinds(kinds)
    reading = Reading(power_map, on, Choices(**choices))
    found = find_gaps(reading, wanted).kinds
    return Finding(
        question="Where is something missing, weak or out of date?",
        sentences=(_opening(reading, found), *(s for part in found for s in part.sentences)),
        rows=tuple(row for part in found for row in part.rows),
        rule=rule_of(wanted, reading.choices),
        thin=_thin(reading),
    )


def wanted_kinds(kinds: Iterable[str] | None) -> list[Gap]:
    """In the order of the answer, each once; all of them for None."""
    if kinds is None:
        return list(Gap)
    try:
        wanted = {Gap(kind) for kind in kinds}
    except ValueError:
        raise InvalidValue.at("kinds", f"must be one of {', '.join(Gap)}") from None
    return [kind for kind in Gap if kind in wanted]


def rule_of(kinds: Iterable[Gap], choices: Choices) -> str:
    """As it is printed, with what was chosen in its place."""
    told = [f"{kind}: {RULES[kind].format_map(vars(choices))}" for kind in kinds]
    return "\n".join([ORDER, *told, PATH_RULE])


def _opening(reading: Reading, found: Sequence[Found]) -> str:
    count = sum(part.count for part in found)
    sorts = sum(1 for part in found if part.count)
    where = f"In the recorded map on {on_day(reading.day)}"
    if not count:
        return f"{where} no gap of {'these kinds' if len(found) > 1 else 'this kind'} is found."
    kinds = f" of {counted(sorts, 'kind')}" if len(found) > 1 else ""
    return f"{where} {'there is' if count == 1 else 'there are'} {counted(count, 'gap')}{kinds}."


def _thin(reading: Reading) -> str | None:
    """Why a tie that is missing here may only be missing from the map."""
    every = len(reading.leaders)
    if every < 2:
        return f"{'One' if every else 'No'} leader is on the map on this day."
    tied = sum(1 for leader in reading.leaders if reading.contacts[leader])
    if not tied:
        return "No tie of any leader is recorded on this day: a missing tie tells nothing here."
    if 2 * tied < every:
        return (
            f"Ties are recorded of {tied} of {every} leaders only: a tie that is missing here may "
            "be missing from the map alone."
        )
    return None
