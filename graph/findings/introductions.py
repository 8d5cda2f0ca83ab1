"""Who can bring me to whom: by trusted, recent ties, with the alternatives."""

from collections.abc import Iterator
from datetime import date

from graph.findings.answer import Finding, Row
from graph.findings.gaps.paths import PATH_RULE, Path
from graph.findings.gaps.reading import Reading
from graph.findings.gaps.steps import path_facts, way
from graph.findings.gaps.ties import Tie
from graph.findings.honest_broker import (
    honest_broker,
    leader_on,
    stuck_pairs,
    thin_between,
    why_stuck,
)
from graph.findings.phrases import counted, listed, on_day, sentence_case
from powermap.errors import InvalidValue
from powermap.model import PowerMap

__all__ = ["honest_broker", "introductions", "stuck_pairs"]

MOST_ROUTES = 5


def introductions(power_map: PowerMap, me: str, target: str, on: date | None = None) -> Finding:
    """The best ways to somebody, or to the people of a body, each by way of another person.

    Raises `UnknownRecord` for who is not on the map that day, `InvalidValue` for `me` no leader.
    """
    reading = Reading(power_map, on)
    start = reading.name(leader_on(reading, me, "me"))
    goal = reading.name(target)
    goals = [target] if target in reading.shown.leaders else _people_of(reading, target)
    if me in goals:
        raise InvalidValue.at("target", "must be somebody else, or a body you do not act for")
    routes = sorted(
        (path for person in goals for path in reading.paths.routes(me, person)),
        key=lambda path: -path.score,
    )
    rows = tuple(_route_row(reading, path) for path in routes[:MOST_ROUTES])
    known = [reading.tie(me, person) for person in goals]
    told = [_beside(reading, tie) for tie in known if tie is not None]
    return Finding(
        question=f"How does {start} get to {goal}?",
        sentences=(
            *(sentence for sentence in told if sentence),
            *_best_way(reading, routes, start, goal),
        ),
        rows=rows,
        rule=f"{PATH_RULE}\nOne row for each person who could make the introduction, best first, "
        f"at most {MOST_ROUTES}.",
        thin=thin_between(reading, me, goals, goal),
    )


def _people_of(reading: Reading, body: str) -> list[str]:
    return list(reading.in_order(reading.members.get(body, set())))


def _best_way(reading: Reading, routes: list[Path], start: str, goal: str) -> Iterator[str]:
    if not routes:
        yield (
            f"In the recorded map no path of up to four ties leads from {start} to {goal} on "
            f"{on_day(reading.day)}."
        )
        return
    yield _route_row(reading, routes[0]).sentence
    others = [path.people[-2] for path in routes[1:] if len(path.people) > 2]
    distinct = list(dict.fromkeys(others))
    if distinct:
        named = listed([reading.name(person) for person in distinct], most=4)
        yield (
            f"{sentence_case(counted(len(distinct), 'other person', 'other people'))} could make "
            f"the introduction: {named}."
        )


def _route_row(reading: Reading, path: Path) -> Row:
    first, last = (reading.name(path.people[place]) for place in (0, -1))
    direct = not path.between
    route = f"{first} has a tie with {last} already" if direct else way(reading, path)
    return Row(
        kind="direct" if direct else "introduction",
        sentence=f"{route}: {_how_sure(reading, path)}.{_doubt(reading, path)}",
        parties=path.people,
        records=path.records,
        next_step=(
            f"Get in touch with {last} directly."
            if direct
            else f"Ask {reading.name(path.between[0])}."
        ),
        facts={**path_facts(path), "ties": len(path.ties)},
    )


def _how_sure(reading: Reading, path: Path) -> str:
    """From which sides the ties are seen, how strong the weakest is, and how recent."""
    one = len(path.ties) == 1
    if path.from_both_sides:
        seen = "it is seen from both sides" if one else "every tie is seen from both sides"
    else:
        seen = "it is seen from one side only" if one else "a tie is seen from one side only"
    strength = path.weakest_strength
    weakest = "of strength" if one else "the weakest of strength"
    rated = "no strength is recorded" if strength is None else f"{weakest} {strength}"
    silent = [tie for tie in path.ties if not tie.recent(reading.day)]
    if not silent:
        return f"{seen}, {rated}, with contact in the 12 months before"
    if len(silent) == len(path.ties):
        return f"{seen}, {rated}, and no contact in the 12 months before is recorded"
    pairs = ", nor between ".join(" and ".join(reading.names(tie.ends)) for tie in silent)
    return f"{seen}, {rated}, and no contact in the 12 months before is recorded between {pairs}"


def _doubt(reading: Reading, path: Path) -> str:
    if not reading.doubtful(path.records):
        return ""
    return f" It may be that not every tie was held on {on_day(reading.day)}."


def _beside(reading: Reading, tie: Tie) -> str:
    """What is said of a tie between the two that no introduction should rest on."""
    pair = " and ".join(reading.names(tie.ends))
    if tie.stuck:
        return f"The tie between {pair} is stuck: {why_stuck(reading, tie)}."
    if not tie.relationships:
        kinds = listed(sorted({view.kind.value for view in tie.views}))
        return f"Between {pair} only a tie of kind {kinds} is recorded."
    return ""
