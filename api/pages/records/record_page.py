"""The page of an accountability, a tie or an assessment: what it says, and why."""

from functools import partial
from typing import Any

from flask import Blueprint

from api.context import power_map
from api.pages.records.conflict import show_deleted
from api.pages.records.fields import paths_of, told
from api.pages.records.form_page import found_record
from api.pages.records.kinds import WORDS, act_address, record_address, table_address
from api.pages.records.past import Naming, history_of, moment
from api.pages.rows import proofs
from api.pages.shell import render_on_map
from powermap.errors import DeletedRecord
from powermap.model import kind_of, name_of
from powermap.vocabulary import RecordKind


def show_record(kind: RecordKind, map_id: str, record_id: str) -> Any:
    try:
        record = found_record(map_id, kind, record_id)
    except DeletedRecord:
        return show_deleted(map_id, kind, record_id)
    whole, named = power_map(map_id), Naming(map_id)
    facts = []
    for path in paths_of(type(record)):
        lines = told(path, record, named)
        if path.name != "evidence" and lines and lines != ("No",):
            addresses = []
            if path.shape.refers:
                value = path.value(record)
                addresses = list(value) if path.shape.many else [value]
            facts.append(
                {
                    "label": path.label,
                    "lines": lines,
                    "addresses": [
                        record_address(map_id, kind_of(whole.records[id]), id)
                        for id in addresses
                        if id in whole.records
                    ],
                }
            )
    ends = [whole.records[r.id] for r in record.references() if r.id in whole.records]
    history = history_of(map_id, kind, record_id)
    return render_on_map(
        "pages/records/record.html",
        map_id,
        WORDS[kind].section,
        words=WORDS[kind],
        title=named.title(record),
        facts=facts,
        proofs=proofs(record.evidence),
        author=record.author,
        changed=f"{moment(history[-1].at)}, by {history[-1].actor}",
        version=record.version,
        parties=[
            (name_of(end), record_address(map_id, kind_of(end), end.id))
            for end in ends
            if kind_of(end) in (RecordKind.LEADER, RecordKind.ORGANISATION)
        ],
        edit=act_address("edit", map_id, kind, record_id),
        history=act_address("history", map_id, kind, record_id),
        delete=act_address("delete", map_id, kind, record_id),
        table=table_address(map_id, kind),
    )


def register(blueprint: Blueprint) -> None:
    for kind in (RecordKind.ACCOUNTABILITY, RecordKind.RELATIONSHIP, RecordKind.ASSESSMENT):
        blueprint.add_url_rule(
            f"/maps/<map_id>/{kind.plural}/<record_id>",
            str(kind),
            partial(show_record, kind),
        )
