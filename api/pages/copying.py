"""What can be copied from a page, and the files that stand beside each button that copies."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any
from urllib.parse import unquote

from flask import url_for

from api.pages.words import count, day
from powermap.model import PowerMap
from powermap.vocabulary import Sensitivity


class Kind(StrEnum):
    """What the script does with it."""

    PICTURE = "picture"
    TABLE = "table"
    SENTENCES = "sentences"


@dataclass(frozen=True, kw_only=True)
class Passage:
    """Sentences under a heading, if they have one."""

    sentences: tuple[str, ...]
    heading: str = ""


@dataclass(frozen=True, kw_only=True)
class List:
    """A list of the page as a table, for where one is copied and none is shown."""

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, kw_only=True)
class CopyLinks:
    """A line of small controls: `{% include "pages/copy_links.html" %}` with `links` set to it."""

    kind: Kind
    noun: str
    """What is copied, in a word: picture, table, sentences, brief."""
    files: tuple[tuple[str, str], ...]
    """The name of each file, and where it is had."""
    about: str = ""
    """What it is of, where a page has several: said to those who hear the page."""
    picture: str = ""
    """Where the picture that is copied is had."""
    table: str = ""
    """The id of the table that is copied, where the page shows one; else `listed`."""
    listed: List | None = None
    passages: tuple[Passage, ...] = ()
    source: str = ""
    """The line at the end of what is copied that says where it comes from."""
    name: str = ""
    """What a file is called, where the browser does not let pages copy."""


def table_links(
    whole: PowerMap,
    on: date | None,
    name: str,
    endpoint: str,
    values: Mapping[str, Any],
    *,
    table: str = "",
    listed: List | None = None,
    about: str = "",
) -> CopyLinks:
    """Those of a table: the one with this id, or a list; `endpoint` has all of it as CSV."""
    return CopyLinks(
        kind=Kind.TABLE,
        noun="table",
        files=_files(whole, "CSV", endpoint, values),
        about=about,
        table=table,
        listed=listed,
        source=source_line(whole, on),
        name=f"{name}-revision-{whole.revision}",
    )


def sentence_links(
    whole: PowerMap,
    on: date | None,
    name: str,
    endpoint: str,
    values: Mapping[str, Any],
    passages: Sequence[Passage],
    *,
    noun: str = "sentences",
    heading: str = "",
) -> CopyLinks:
    """Those of sentences, under a heading if there is one; `endpoint` has them as text."""
    head = (Passage(heading=heading, sentences=()),) if heading else ()
    return CopyLinks(
        kind=Kind.SENTENCES,
        noun=noun,
        files=_files(whole, "TXT", endpoint, values),
        passages=(*head, *passages),
        source=source_line(whole, on),
        name=f"{name}-revision-{whole.revision}",
    )


def source_line(whole: PowerMap, on: date | None) -> str:
    """Which map, of which day (None: of any), at which revision, and what to know of it."""
    header = whole.header
    when = f"as at {day(on)}" if on else "of any date"
    said = [f"{header.title}, {when}, revision {whole.revision} of the recorded map."]
    if header.illustrative:
        said.append("Illustrative: invented people.")
    if not whole.is_open:
        said.append("May hold what is not open.")
    if whole.withheld:
        said.append(f"{count(whole.withheld, 'private record')} of others left out.")
    return " ".join(said)


def _files(
    whole: PowerMap, format: str, endpoint: str, values: Mapping[str, Any]
) -> tuple[tuple[str, str], ...]:
    """The file of open records, and that of all where the map holds more."""
    query: dict[str, Any] = {"map_id": whole.header.id, **values}
    of_open = url_for(endpoint, **query)
    if whole.is_open:
        return ((format, of_open),)
    of_all = (f"{format} of all you may see", url_for(endpoint, **query, records="all"))
    # Among open records there is nobody of that name to answer about.
    return (
        (of_all,)
        if _names_others(whole, values)
        else ((f"{format} of open records", of_open), of_all)
    )


def _names_others(whole: PowerMap, values: Mapping[str, Any]) -> bool:
    """Whether an address names a record that is not open."""
    ids = (unquote(id) for value in values.values() for id in re.split("[;,:]", str(value)))
    found = (whole.records.get(id) for id in ids)
    return any(each.sensitivity is not Sensitivity.OPEN for each in found if each)
