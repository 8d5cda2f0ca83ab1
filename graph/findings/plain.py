"""A finding as JSON-ready values, with names beside the ids, for every face."""

from collections.abc import Mapping
from typing import Any

from graph.findings.answer import Finding, Row
from powermap.model import PowerMap, Record, name_of
from powermap.shape import plain


def plain_finding(power_map: PowerMap, finding: Finding) -> dict[str, Any]:
    """A finding with the names of whom it is about and the evidence it rests on."""
    known = {**finding.past, **power_map.records} if finding.past else power_map.records
    told: dict[str, Any] = {
        "question": finding.question,
        "sentences": list(finding.sentences),
        "rows": [_row(known, row) for row in finding.rows],
        "rule": finding.rule,
    }
    if finding.thin is not None:
        told["thin"] = finding.thin
    return told


def _row(known: Mapping[str, Record], row: Row) -> dict[str, Any]:
    told: dict[str, Any] = {"kind": row.kind, "sentence": row.sentence}
    if row.next_step:
        told["next_step"] = row.next_step
    told["parties"] = [{"id": id, "name": _name(known, id)} for id in row.parties]
    told["evidence"] = [_evidence(known, id) for id in row.records]
    told["facts"] = row.facts
    return told


def _name(known: Mapping[str, Record], id: str) -> str:
    record = known.get(id)
    return (name_of(record) if record else None) or id


def _evidence(known: Mapping[str, Record], id: str) -> dict[str, Any]:
    """A record it rests on, and why that is said: empty evidence means unsourced."""
    record = known.get(id)
    proofs = [plain(proof) for proof in record.evidence] if record else []
    return {"record": id, "evidence": proofs}
