"""What several commands take, in the same words."""

import json
from datetime import date
from typing import Any

import click

from powermap.errors import InvalidValue
from powermap.schema import read_day


class Day(click.ParamType[date]):
    name = "YYYY-MM-DD"

    def convert(self, value: Any, param: Any, ctx: Any) -> date:
        try:
            return read_day(value)
        except InvalidValue as error:
            self.fail(f"{value!r} {error.problems[0].message}.", param, ctx)


on_option = click.option(
    "--on", type=Day(), help="The day asked about; the map's as-at date if left out."
)
json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON, for a script.")
map_argument = click.argument("map_name", metavar="MAP")


def print_json(values: Any) -> None:
    click.echo(json.dumps(values, ensure_ascii=False, allow_nan=False, indent=2))
