"""From what was typed to what a question needs to know."""

from collections.abc import Callable, Mapping
from typing import Any

import click

from api.command.session import find_party
from graph.findings.questions import Parameter, Question, Takes
from powermap.model import PowerMap


def option(parameter: str) -> str:
    """`--from-revision`: a parameter as it is typed."""
    return f"--{parameter.replace('_', '-')}"


def told(
    power_map: PowerMap,
    question: Question,
    typed: Mapping[str, Any],
    at: Callable[[int], PowerMap],
) -> dict[str, Any]:
    """What the question is told, or a sentence on what is missing or has no meaning for it.

    `at` reads the same map as it was known at a revision.
    """
    given = {name: value for name, value in typed.items() if value is not None}
    missing = [n for n, p in question.parameters.items() if p.required and n not in given]
    if missing:
        raise click.ClickException(
            f"{question.asks} For that, say " + " and ".join(map(option, missing)) + "."
        )
    strange = [name for name in given if name not in question.parameters]
    if strange:
        raise click.ClickException(f"{option(strange[0])} has no meaning for this question.")
    return {
        name: _value(power_map, question.parameters[name], value, at)
        for name, value in given.items()
    }


def _value(
    power_map: PowerMap, parameter: Parameter, value: Any, at: Callable[[int], PowerMap]
) -> Any:
    takes = parameter.takes
    if takes is Takes.REVISION:
        return at(value)
    if takes is Takes.PARTY:
        return find_party(power_map, value)
    if takes is Takes.PARTIES:
        return [find_party(power_map, part.strip()) for part in value.split(";") if part.strip()]
    if takes is Takes.GAPS:
        return [part.strip() for part in value.split(",") if part.strip()]
    return value
