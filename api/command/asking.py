"""From what was typed to what a question needs to know."""

from collections.abc import Mapping
from typing import Any

import click

from api.command.session import find_party
from graph.findings.answer import Finding
from graph.findings.questions import Question, Takes
from powermap.model import PowerMap


def asked(power_map: PowerMap, question: Question, typed: Mapping[str, Any]) -> Finding:
    """The answer, or a sentence on what is missing or has no meaning for this question."""
    given = {name: value for name, value in typed.items() if value is not None}
    missing = [n for n, p in question.parameters.items() if p.required and n not in given]
    if missing:
        raise click.ClickException(
            f"{question.asks} For that, say " + " and ".join(f"--{name}" for name in missing) + "."
        )
    strange = [name for name in given if name not in question.parameters]
    if strange:
        raise click.ClickException(f"--{strange[0]} has no meaning for this question.")
    return question.answer(
        power_map,
        **{
            name: _value(power_map, question.parameters[name].takes, value)
            for name, value in given.items()
        },
    )


def _value(power_map: PowerMap, takes: Takes, value: Any) -> Any:
    if takes is Takes.PARTY:
        return find_party(power_map, value)
    if takes is Takes.PARTIES:
        return [find_party(power_map, part.strip()) for part in value.split(";") if part.strip()]
    if takes is Takes.GAPS:
        return [part.strip() for part in value.split(",") if part.strip()]
    return value
