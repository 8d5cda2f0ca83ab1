"""What the command prints for a person: short tables and sentences."""

from collections.abc import Mapping, Sequence
from datetime import date

import click

from api.importing import Imported
from graph.findings.answer import Finding
from graph.findings.joint_posts import JointPost
from powermap.changes import Outcome
from powermap.model import PowerMap
from powermap.vocabulary import RecordKind, Sensitivity

MOST_PROBLEMS = 40
MOST_ROWS = 25


def print_import(done: Imported) -> None:
    would = "would be " if done.dry_run else ""
    click.echo(f"{done.title}  ({done.map_id})")
    _count(f"{would}created", done.created)
    _count(f"{would}updated", done.updated)
    _count("unchanged", done.unchanged)
    if done.revision is None:
        click.echo("Nothing to change.")
    elif not done.dry_run:
        click.echo(f"Revision {done.revision}; undoing that revision takes the import back.")
    for note in done.notes:
        click.echo(note)
    if done.problems:
        left_out = sum(1 for problem in done.problems if not problem.used)
        click.echo(f"{len(done.problems)} remarks; {left_out} of them on what was left out:")
        for problem in done.problems[:MOST_PROBLEMS]:
            place = ", ".join(
                [f"row {problem.row}"] * (problem.row is not None)
                + [f"{problem.cell}"] * (problem.cell is not None)
            )
            click.echo(f"  {place + ': ' if place else ''}{problem.message}")
        if len(done.problems) > MOST_PROBLEMS:
            click.echo(f"  … and {len(done.problems) - MOST_PROBLEMS} more (all with --json)")


def print_undo(outcome: Outcome, undone: int, *, dry_run: bool) -> None:
    counts: dict[tuple[str, RecordKind], int] = {}
    for entry in outcome.entries:
        counts[entry.op.value, entry.kind] = counts.get((entry.op.value, entry.kind), 0) + 1
    done = ", ".join(f"{op} {_many(kind, n)}" for (op, kind), n in counts.items())
    if dry_run:
        click.echo(f"Undoing revision {undone} would: {done}.")
    else:
        click.echo(f"Undid revision {undone}: {done}. This is revision {outcome.revision}.")


def _many(kind: RecordKind, count: int) -> str:
    return f"{count} {kind.value if count == 1 else kind.plural}"


def _count(what: str, counts: Mapping[RecordKind, int]) -> None:
    if counts:
        click.echo(f"  {what}: " + ", ".join(_many(k, n) for k, n in counts.items()))


def export_note(found: PowerMap, exported: PowerMap, who: str) -> str:
    """Who exported what, and how sensitive it is."""
    counts = {
        level: sum(1 for record in exported.records.values() if record.sensitivity is level)
        for level in Sensitivity
    }
    left = len(found.records) - len(exported.records)
    parts = ", ".join(f"{count} {level}" for level, count in counts.items() if count)
    return (
        f"{found.header.title}, revision {found.revision}, exported by {who}: "
        f"{len(exported.records)} records ({parts or 'none'})"
        + (f"; {left} left out above the ceiling" if left else "")
        + (f"; {found.withheld} private records of others not included" if found.withheld else "")
        + "."
    )


def print_finding(found: PowerMap, finding: Finding) -> None:
    click.echo(f"{finding.question}  ({found.header.title})")
    click.echo()
    for sentence in finding.sentences:
        click.echo(sentence)
    if finding.thin:
        click.echo()
        click.echo(finding.thin)
    if finding.rows:
        click.echo()
    for row in finding.rows[:MOST_ROWS]:
        click.echo(f"- {row.sentence}")
        if row.next_step:
            click.echo(f"  Next: {row.next_step}")
    if len(finding.rows) > MOST_ROWS:
        click.echo(f"… and {len(finding.rows) - MOST_ROWS} more (all with --json)")
    click.echo()
    click.echo("The rule, and the evidence behind each row, are in --json.")


def print_joint_posts(joint: Sequence[JointPost], day: date) -> None:
    if not joint:
        click.echo(f"On {day.isoformat()} nobody on this map holds posts in two bodies.")
        return
    count = "1 leader holds" if len(joint) == 1 else f"{len(joint)} leaders hold"
    click.echo(f"On {day.isoformat()} {count} posts in two bodies or more.")
    for one in joint:
        click.echo()
        click.echo(one.sentence)
        for post in one.posts:
            level = post.accountability.level
            above = f"; answers to {post.answers_to}" if post.answers_to else ""
            click.echo(
                f"  {post.body.name}: {post.accountability.title}"
                f" ({level.value.replace('_', ' ') if level else 'level not recorded'}){above}"
            )
