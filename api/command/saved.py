"""The command that lists saved questions, asks one again, marks it as seen or forgets it."""

import json
from collections.abc import Sequence
from typing import Any

import click

from api.command.progress import told_when_slow
from api.command.session import Session, find_map, on_failure
from api.command.tables import MOST_ROWS, print_finding
from api.saved import Again, asked_again, plain_again, plain_saved
from graph.findings.answer import Finding
from graph.findings.questions import QUESTIONS
from powermap.model import PowerMap, name_of
from powermap.saved import SavedQuestion

CHANGES = {
    "new": "New:",
    "wider": "Wider than it was:",
    "gone": "Gone:",
}
"""What is listed; those still there are counted, and `ask` lists them."""


@click.command()
@click.argument("map_name", metavar="MAP")
@click.argument("name", metavar="[NAME]", required=False)
@click.option("--seen", is_flag=True, help="Ask it, and say that you have seen the answer.")
@click.option("--forget", is_flag=True, help="No longer keep it; it is not asked.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON, for a script.")
@click.pass_obj
@on_failure
def saved(
    session: Session, map_name: str, name: str | None, seen: bool, forget: bool, as_json: bool
) -> None:
    """List the questions you saved of a map; with a NAME, ask that one again and see what is new.

    Save one with `powermap ask MAP QUESTION … --save NAME`. What is new stays new until you say
    that you have seen it. Nobody else sees what you saved.
    """
    if name is None and (seen or forget):
        raise click.UsageError("Say which question: name it after the map.")
    if seen and forget:
        raise click.UsageError("Say --seen or --forget, not both.")
    with session.open() as store, told_when_slow("Looking"):
        viewer = session.viewer
        map_id = find_map(store, viewer, map_name)
        kept = store.saved_questions(map_id, viewer)
        found = store.read(map_id, viewer)
        if name is None:
            _print_list(found, kept, as_json=as_json)
            return
        one = find_saved(kept, name)
        if forget:
            store.forget_question(map_id, viewer, one.id, one.version)
            click.echo(f"Forgotten: {one.name}", err=as_json)
            return
        again = asked_again(
            found, one, at=lambda revision: store.read(map_id, viewer, revision=revision)
        )
        if as_json:
            _print_json(plain_again(found, again))
        else:
            _print_again(found, again)
        if seen:
            store.see_question(map_id, viewer, one.id, found.revision)
            click.echo(f"Marked as seen at revision {found.revision}.", err=True)


def find_saved(kept: Sequence[SavedQuestion], wanted: str) -> SavedQuestion:
    """The one with this name or id; letter case matters only where names differ by nothing else."""
    sought = wanted.casefold()
    exact = [one for one in kept if wanted in (one.name, one.id)]
    found = exact or [one for one in kept if one.name.casefold() == sought]
    if len(found) == 1:
        return found[0]
    names = ", ".join(one.name for one in found or kept)
    if found:
        raise click.ClickException(f"{wanted!r} may be any of: {names}. Write it as it was saved.")
    known = f"There are: {names}." if names else "There are none yet; save one with ask … --save."
    raise click.ClickException(f"There is no saved question {wanted!r} of this map. {known}")


def _print_list(found: PowerMap, kept: Sequence[SavedQuestion], *, as_json: bool) -> None:
    if as_json:
        _print_json({"revision": found.revision, "items": [plain_saved(one) for one in kept]})
        return
    if not kept:
        click.echo(f"You have saved no question of {found.header.title}.")
    for one in kept:
        click.echo(f"{one.name}: {_asks(one)}{_told(found, one)}")
        click.echo(f"  {_seen(one)}; the map is at revision {found.revision}.")


def _print_again(found: PowerMap, again: Again) -> None:
    click.echo(f"{again.saved.name}  ({_seen(again.saved).lower()})")
    click.echo()
    if again.since is not None:
        _print_since(found, again.since)
        return
    if again.differs is None:
        click.echo("What the answer was then cannot be told.")
    elif again.differs:
        click.echo("The answer has changed. It was:")
        for sentence in again.then:
            click.echo(f"  {sentence}")
    else:
        click.echo("The answer is as it was.")
    click.echo()
    print_finding(found, again.now)


def _print_since(found: PowerMap, since: Finding) -> None:
    click.echo(f"{since.question}  ({found.header.title})")
    click.echo()
    for sentence in since.sentences:
        click.echo(sentence)
    for change, heading in CHANGES.items():
        rows = [row for row in since.rows if row.facts["change"] == change]
        if rows:
            click.echo()
            click.echo(heading)
        for row in rows[:MOST_ROWS]:
            click.echo(f"- {row.sentence}")
            if row.next_step:
                click.echo(f"  Next: {row.next_step}")
        if len(rows) > MOST_ROWS:
            click.echo(f"… and {len(rows) - MOST_ROWS} more (all with --json)")


def _asks(one: SavedQuestion) -> str:
    return QUESTIONS[one.question].asks if one.question in QUESTIONS else one.question


def _told(found: PowerMap, one: SavedQuestion) -> str:
    """What the question is told, with names in the place of ids."""
    told = [
        f"{key.replace('_', ' ')}: {'; '.join(_name(found, part) for part in value.split(';'))}"
        for key, value in one.parameters.items()
    ]
    return f" ({', '.join(told)})" if told else ""


def _name(found: PowerMap, text: str) -> str:
    record = found.records.get(text.strip())
    return (name_of(record) if record else None) or text


def _seen(one: SavedQuestion) -> str:
    return f"Seen on {one.seen_at.date().isoformat()} at revision {one.seen_revision}"


def _print_json(values: Any) -> None:
    click.echo(json.dumps(values, ensure_ascii=False, allow_nan=False, indent=2))
