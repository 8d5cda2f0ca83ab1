"""Organograms: what becomes of posts, holders and lines, and what is said about the rest."""

import csv
import io
import unicodedata
from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.exchange.organogram import read_organogram
from graph.stores import open_store
from powermap.access import Role, Viewer
from powermap.changes import Change, Create, Request
from powermap.errors import InvalidValue, Malformed, PowerMapError
from powermap.model import Accountability, Identifier, Leader, Organisation
from powermap.ports import MapStore
from powermap.shape import plain
from powermap.usecases.importing import ImportPlan, Incoming, RowProblem, plan_import
from powermap.vocabulary import (
    Basis,
    HolderStatus,
    Level,
    OrganisationKind,
    RecordKind,
    Sensitivity,
)

FILES = Path(__file__).parents[2] / "data" / "organogram"
MARCH = FILES / "department_of_health-2011-03-31-senior-excerpt.csv"
SEPTEMBER = FILES / "department_of_health-2011-09-30-senior-excerpt.csv"
OWNER = Viewer("owner", Role.OWNER)
COLUMNS = (
    *("Post Unique Reference", "Name", "Grade (or equivalent)", "Job Title", "Job/Team Function"),
    *("Parent Department", "Organisation", "Unit", "Reports to Senior Post"),
)
USUAL = {
    "Grade (or equivalent)": "SCS2",
    "Job Title": "Director",
    "Parent Department": "Department of Bridges",
    "Organisation": "Department of Bridges",
    "Reports to Senior Post": "B1",
}
HEAD = {"Post Unique Reference": "B1", "Name": "Asha Rao", "Reports to Senior Post": "XX"}


def written(*rows: dict[str, str], columns: tuple[str, ...] = COLUMNS) -> bytes:
    """A file of made-up posts in a made-up department."""
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, columns, extrasaction="ignore")
    writer.writeheader()
    writer.writerows(USUAL | row for row in rows)
    return text.getvalue().encode()


def post(reference: str, name: str, **others: str) -> dict[str, str]:
    cells = {key.replace("_", " "): value for key, value in others.items()}
    return {"Post Unique Reference": reference, "Name": name} | cells


def read(*rows: dict[str, str]) -> Incoming:
    return read_organogram(written(*rows), source="bridges-2011-03-31.csv")


def read_file(path: Path) -> Incoming:
    return read_organogram(path.read_bytes(), source=path.name)


def posts(incoming: Incoming) -> dict[str, Accountability]:
    return {r.identifiers[0].value: r for r in incoming.records if isinstance(r, Accountability)}


def leaders(incoming: Incoming) -> list[str]:
    return [record.name for record in incoming.records if isinstance(record, Leader)]


def told(incoming: Incoming, cell: str | None = None) -> list[tuple[int | None, str, bool]]:
    """Which rows and cells were reported, and whether the row was used."""
    return [(p.row, p.cell or "", p.used) for p in incoming.problems if cell in (None, p.cell)]


def message(incoming: Incoming, row: int | None) -> str:
    return " ".join(p.message for p in incoming.problems if p.row == row)


class TestRealExcerpts:
    def test_march_has_its_posts_and_only_real_names(self) -> None:
        incoming = read_file(MARCH)

        assert incoming.rows == 16
        assert len(posts(incoming)) == 15
        assert len(leaders(incoming)) == 11
        assert Counter(p.holder_status for p in posts(incoming).values()) == {
            HolderStatus.NAMED: 11,
            HolderStatus.UNDISCLOSED: 4,
        }
        assert told(incoming) == [
            (None, "Name", True),
            (5, "Job/Team Function", True),
            (9, "Reports to Senior Post", True),
            (11, "Reports to Senior Post", True),
            (13, "Post Unique Reference", True),
            (16, "Job/Team Function", True),
        ]

    def test_september_marks_the_same_things_differently(self) -> None:
        incoming = read_file(SEPTEMBER)

        assert incoming.rows == 18
        assert len(posts(incoming)) == 17
        assert Counter(p.holder_status for p in posts(incoming).values()) == {
            HolderStatus.NAMED: 10,
            HolderStatus.UNDISCLOSED: 5,
            HolderStatus.VACANT: 2,
        }
        assert told(incoming) == [(13, "Name", True), (19, "Name", False)]

    def test_the_line_leads_to_the_top(self) -> None:
        incoming = read_file(MARCH)
        by_reference = posts(incoming)
        by_id = {p.id: reference for reference, p in by_reference.items()}

        line = ["MD028"]
        while (above := by_reference[line[-1]].reports_to) is not None:
            line.append(by_id[above])

        assert line == ["MD028", "MD027", "MD001", "NHSCEO01"]

    def test_the_two_heads_are_chief_officers_with_and_without_the_stand_in(self) -> None:
        for path in (MARCH, SEPTEMBER):
            found = posts(read_file(path))

            chiefs = {k for k, p in found.items() if p.level is Level.CHIEF_OFFICER}
            assert chiefs == {"PSO001", "NHSCEO01"}
        assert found["REFPOST"].level is None

    def test_the_stand_in_at_the_top_is_no_person(self) -> None:
        incoming = read_file(SEPTEMBER)

        assert "Department of Health" not in leaders(incoming)
        assert posts(incoming)["REFPOST"].holder_status is HolderStatus.UNDISCLOSED
        assert "not of a person" in message(incoming, 13)

    def test_pay_telephone_numbers_and_addresses_stay_in_the_file(self) -> None:
        content = MARCH.read_text()
        assert "164999" in content and "020 7210 4850" in content

        everything = str([plain(record) for record in read_file(MARCH).records])

        assert "164999" not in everything
        assert "020 7210 4850" not in everything

    def test_proposes_a_map(self) -> None:
        header = read_file(MARCH).header

        assert header is not None
        assert header.title == "Department of Health, senior posts at 31 March 2011"
        assert header.as_at == date(2011, 3, 31)
        assert "Open Government Licence v3.0" in header.purpose
        assert header.identifiers == read_file(SEPTEMBER).header.identifiers  # type: ignore[union-attr]

    def test_every_record_is_open_and_says_where_it_is_from(self) -> None:
        for record in read_file(MARCH).records:
            (evidence,) = record.evidence
            assert record.sensitivity is Sensitivity.OPEN
            assert evidence.basis is Basis.PUBLIC_REGISTER
            assert str(evidence.observed_on) == "2011-03-31"
            assert evidence.citation == (
                "Department of Health, organogram of senior posts at 31 March 2011; "
                f"file {MARCH.name}"
            )


class TestHolders:
    @pytest.mark.parametrize(
        ("name", "status"),
        [
            ("Ben Hall", HolderStatus.NAMED),
            ("Una O'Brien", HolderStatus.NAMED),
            ("", HolderStatus.UNDISCLOSED),
            (" \u00a0 ", HolderStatus.UNDISCLOSED),
            ("N/D", HolderStatus.UNDISCLOSED),
            ("n.d.", HolderStatus.UNDISCLOSED),
            ("N\u200b/D", HolderStatus.UNDISCLOSED),
            ("Not disclosed", HolderStatus.UNDISCLOSED),
            ("N/A", HolderStatus.UNDISCLOSED),
            ("-", HolderStatus.UNDISCLOSED),
            ("Vacant", HolderStatus.VACANT),
            ("VACANT (from May)", HolderStatus.VACANT),
            ("Vacant\u200b", HolderStatus.VACANT),
            ("department of  bridges", HolderStatus.UNDISCLOSED),
            ("Director", HolderStatus.UNDISCLOSED),
        ],
    )
    def test_only_a_real_name_makes_a_leader(self, name: str, status: HolderStatus) -> None:
        incoming = read(HEAD, post("B2", name))

        assert posts(incoming)["B2"].holder_status is status
        assert (name in leaders(incoming)) is (status is HolderStatus.NAMED)

    @pytest.mark.parametrize("name", ["Eliminated", "ELIMINATED ", "Post eliminated"])
    def test_an_eliminated_post_is_reported_and_left_out(self, name: str) -> None:
        incoming = read(HEAD, post("B2", name), post("B3", "Cy Young", Reports_to_Senior_Post="B2"))

        assert set(posts(incoming)) == {"B1", "B3"}
        assert told(incoming) == [
            (3, "Name", False),
            (4, "Reports to Senior Post", True),
        ]
        assert posts(incoming)["B3"].reports_to is None

    def test_paid_but_not_in_a_post_is_reported_and_left_out_however_often(self) -> None:
        incoming = read(HEAD, post("0", "Ben Hall"), post("0", "Cy Young"))

        assert set(posts(incoming)) == {"B1"}
        assert told(incoming) == [
            (3, "Post Unique Reference", False),
            (4, "Post Unique Reference", False),
        ]

    def test_the_same_name_on_two_rows_stays_two_people(self) -> None:
        incoming = read(HEAD, post("B2", "Alan Hall"), post("B3", "ALAN  HALL"))

        assert leaders(incoming) == ["Asha Rao", "Alan Hall", "ALAN HALL"]
        assert told(incoming) == [(3, "Name", True), (4, "Name", True)]
        assert "row 4" in message(incoming, 3)

    def test_a_name_that_is_too_long_is_cut_and_reported(self) -> None:
        incoming = read(HEAD, post("B2", "Ben " * 100))

        assert [len(name) for name in leaders(incoming)] == [8, 200]
        assert told(incoming) == [(3, "Name", True)]


class TestJobShares:
    def test_each_named_holder_has_a_post_and_their_order_does_not_matter(self) -> None:
        shares = [post("B2", "Cy Young"), post("B2", "Ben Hall")]

        for rows in (shares, shares[::-1]):
            incoming = read(HEAD, *rows, post("B3", "Di", Reports_to_Senior_Post="B2"))
            found = posts(incoming)
            names = {r.id: r.name for r in incoming.records if isinstance(r, Leader)}

            assert {k: names[p.holder or ""] for k, p in found.items()} == {
                "B1": "Asha Rao",
                "B2": "Ben Hall",
                "B2/2": "Cy Young",
                "B3": "Di",
            }
            assert found["B2/2"].reports_to == found["B1"].id
            assert found["B3"].reports_to == found["B2"].id
            assert [(cell, used) for _, cell, used in told(incoming)] == [
                ("Post Unique Reference", True)
            ]

    def test_nameless_holders_share_one_post(self) -> None:
        incoming = read(HEAD, post("B2", "N/D"), post("B2", ""), post("B2", "Ben Hall"))

        found = posts(incoming)
        assert found["B2"].holder_status is HolderStatus.NAMED
        assert found["B2/2"].holder_status is HolderStatus.UNDISCLOSED
        assert len(found) == 3

    def test_rows_that_differ_are_no_job_share(self) -> None:
        incoming = read(HEAD, post("B2", "Ben Hall"), post("B2", "Cy Young", Job_Title="Adviser"))

        assert leaders(incoming) == ["Asha Rao", "Ben Hall"]
        assert told(incoming) == [(4, "Post Unique Reference", False)]
        assert "row 3" in message(incoming, 4) and "Job Title" in message(incoming, 4)

    def test_the_same_row_twice_is_imported_once(self) -> None:
        incoming = read(HEAD, post("B2", "Ben Hall"), post("B2", "Ben Hall"))

        assert leaders(incoming) == ["Asha Rao", "Ben Hall"]
        assert (4, "Name", False) in told(incoming)


class TestLines:
    @pytest.mark.parametrize(
        ("above", "why"),
        [
            ("B9", "'B9' is no reference of a post that was imported"),
            ("b1", "'b1' is no reference of a post that was imported"),
            ("B2", "is the post itself"),
            ("", "An empty cell is no reference"),
            ("N/A", "is no reference"),
            ("0", "'0'"),
        ],
    )
    def test_a_line_that_leads_nowhere_is_left_out(self, above: str, why: str) -> None:
        incoming = read(HEAD, post("B2", "Ben Hall", Reports_to_Senior_Post=above))

        assert posts(incoming)["B2"].reports_to is None
        assert told(incoming) == [(3, "Reports to Senior Post", True)]
        assert why in message(incoming, 3)
        assert "XX at the top" in message(incoming, 3)

    def test_a_loop_is_left_out_and_what_leads_into_it_stays(self) -> None:
        incoming = read(
            HEAD,
            post("B2", "Ben Hall", Reports_to_Senior_Post="B3"),
            post("B3", "Cy Young", Reports_to_Senior_Post="B2"),
            post("B4", "Di", Reports_to_Senior_Post="B2"),
        )

        found = posts(incoming)
        assert found["B2"].reports_to is None and found["B3"].reports_to is None
        assert found["B4"].reports_to == found["B2"].id
        assert told(incoming) == [
            (3, "Reports to Senior Post", True),
            (4, "Reports to Senior Post", True),
        ]

    def test_a_file_without_a_top_says_so(self) -> None:
        incoming = read(HEAD | {"Reports to Senior Post": "B2"}, post("B2", "Ben Hall"))

        assert (None, "Reports to Senior Post", True) in told(incoming)

    def test_the_head_is_chief_officer_whatever_the_grade(self) -> None:
        incoming = read(HEAD, post("B2", "Ben Hall", Reports_to_Senior_Post="xx"))

        assert posts(incoming)["B1"].level is Level.CHIEF_OFFICER

    def test_a_top_of_lower_grade_keeps_its_level(self) -> None:
        lower = {"Grade (or equivalent)": "SCS1", "Reports to Senior Post": "XX"}

        incoming = read(HEAD, post("B2", "Ben Hall") | lower)

        assert posts(incoming)["B2"].level is Level.DEPUTY_DIRECTOR


class TestCells:
    @pytest.mark.parametrize(
        ("grade", "level"),
        [
            ("SCS4", Level.CHIEF_OFFICER),
            ("SCS 3", Level.EXECUTIVE_DIRECTOR),
            ("scs2", Level.DIRECTOR),
            ("SCS1A", Level.DEPUTY_DIRECTOR),
            ("SCS1", Level.DEPUTY_DIRECTOR),
            ("OF-9", Level.CHIEF_OFFICER),
            ("OF8", Level.EXECUTIVE_DIRECTOR),
            ("OF-7", Level.DIRECTOR),
            ("OF-6", Level.DEPUTY_DIRECTOR),
        ],
    )
    def test_the_level_is_that_of_the_grade(self, grade: str, level: Level) -> None:
        incoming = read(HEAD, post("B2", "Ben Hall") | {"Grade (or equivalent)": grade})

        assert posts(incoming)["B2"].level is level
        assert not incoming.problems

    def test_an_unknown_grade_is_reported(self) -> None:
        incoming = read(HEAD, post("B2", "Ben Hall") | {"Grade (or equivalent)": "Grade 7"})

        assert posts(incoming)["B2"].level is None
        assert told(incoming) == [(3, "Grade (or equivalent)", True)]
        assert "OF-6" in message(incoming, 3)

    def test_reads_the_heading_of_the_first_round(self) -> None:
        rows = [{**USUAL, **row, "Grade": "SCS3"} for row in (HEAD, post("B2", "Ben Hall"))]
        columns = tuple("Grade" if "Grade" in c else c for c in COLUMNS)

        incoming = read_organogram(written(*rows, columns=columns), source="2011-03-31.csv")

        assert posts(incoming)["B2"].level is Level.EXECUTIVE_DIRECTOR

    @pytest.mark.parametrize(
        ("function", "scope"),
        [
            ("'Responsible for: bridges.'", "Responsible for: bridges."),
            ("Responsible for bridges.'", "Responsible for bridges."),
            ("'The Secretary of State's bridges'", "The Secretary of State's bridges"),
            ("'Big Bridge' lead for the region", "'Big Bridge' lead for the region"),
            ('"Bridges"', "Bridges"),
            ("Bridges\r\nand tunnels\t", "Bridges and tunnels"),
        ],
    )
    def test_the_function_loses_its_stray_quotes(self, function: str, scope: str) -> None:
        incoming = read(HEAD, post("B2", "Ben Hall") | {"Job/Team Function": function})

        assert posts(incoming)["B2"].scope == scope

    def test_the_unit_is_part_of_the_scope_and_no_organisation(self) -> None:
        row = post("B2", "Ben Hall", Unit="Spans") | {"Job/Team Function": "Keeps bridges up."}

        incoming = read(HEAD, row)

        assert posts(incoming)["B2"].scope == "Keeps bridges up.\nUnit: Spans"
        assert posts(incoming)["B1"].scope is None
        assert [r.name for r in incoming.records if isinstance(r, Organisation)] == [
            "Department of Bridges"
        ]

    def test_characters_lost_before_publication_are_reported(self) -> None:
        incoming = read(HEAD, post("B2", "Ben Hall", Job_Title="Director \ufffd Spans\x96"))

        assert posts(incoming)["B2"].title == "Director \ufffd Spans"
        assert told(incoming) == [(3, "Job Title", True)]

    def test_what_is_too_long_is_cut_and_reported(self) -> None:
        long = {"Job Title": "x" * 500, "Job/Team Function": "y" * 3000, "Unit": "z" * 300}

        incoming = read(HEAD, post("B2", "Ben Hall") | long)

        assert len(posts(incoming)["B2"].title) == 400
        assert len(posts(incoming)["B2"].scope or "") == 2000
        assert {cell for _, cell, _ in told(incoming)} == set(long)

    @pytest.mark.parametrize("reference", ["", "XX", "N/A", "-", "x" * 101])
    def test_a_post_without_a_reference_cannot_be_used(self, reference: str) -> None:
        incoming = read(HEAD, post(reference, "Ben Hall"))

        assert leaders(incoming) == ["Asha Rao"]
        assert told(incoming) == [(3, "Post Unique Reference", False)]

    def test_an_odd_reference_is_used_as_it_is(self) -> None:
        incoming = read(HEAD, post("B 2/1", "Ben Hall"))

        assert leaders(incoming) == ["Asha Rao", "Ben Hall"]
        assert told(incoming) == [(3, "Post Unique Reference", True)]

    def test_a_post_without_a_title_is_called_by_its_reference(self) -> None:
        incoming = read(HEAD, post("B2", "Ben Hall", Job_Title="N/D"))

        assert posts(incoming)["B2"].title == "Post B2"
        assert told(incoming) == [(3, "Job Title", True)]

    def test_an_agency_is_a_body_of_its_own(self) -> None:
        incoming = read(HEAD, post("B2", "Ben Hall", Organisation="Tunnels Agency"))

        kinds = {r.name: r.kind for r in incoming.records if isinstance(r, Organisation)}
        assert kinds == {
            "Department of Bridges": OrganisationKind.GOVERNMENT_DEPARTMENT,
            "Tunnels Agency": OrganisationKind.ARMS_LENGTH_BODY,
        }
        assert posts(incoming)["B2"].identifiers == (
            Identifier(scheme="organogram:tunnels-agency", value="B2"),
        )

    def test_without_an_organisation_the_parent_department_is_taken(self) -> None:
        incoming = read(HEAD, post("B2", "Ben Hall", Organisation="N/A"))
        neither = read(HEAD, post("B2", "Ben Hall", Organisation="", Parent_Department=""))

        assert posts(incoming)["B2"].to == posts(incoming)["B1"].to
        assert told(incoming) == [(3, "Organisation", True)]
        assert told(neither) == [(3, "Organisation", False)]


class TestDay:
    def test_the_day_given_comes_before_the_one_in_the_name(self) -> None:
        given = read_organogram(written(HEAD), source="2010-03-31.csv", as_at=date(2012, 3, 31))
        named = read_organogram(written(HEAD), source="posts 2010-03-31.csv")

        days = [i.header.as_at.isoformat() for i in (given, named) if i.header]
        assert days == ["2012-03-31", "2010-03-31"]

    def test_without_a_day_there_is_no_new_map(self) -> None:
        incoming = read_organogram(written(HEAD), source="posts-2011-02-31.csv")

        assert incoming.header is None
        assert incoming.records[0].evidence[0].observed_on is None
        assert told(incoming) == [(None, "", True)]


class TestWrongFiles:
    def test_names_the_columns_that_are_missing(self) -> None:
        with pytest.raises(InvalidValue, match="no column 'Reports to Senior Post'"):
            read_organogram(written(HEAD, columns=COLUMNS[:-1]), source="x")

    def test_knows_the_file_of_junior_posts(self) -> None:
        content = b"Parent Department,Organisation,Unit,Reporting Senior Post,Grade\n,,,,\n"

        with pytest.raises(InvalidValue, match="import the one of senior posts"):
            read_organogram(content, source="x")

    def test_a_column_it_can_do_without_is_reported(self) -> None:
        content = written(HEAD, columns=tuple(c for c in COLUMNS if c != "Unit"))

        incoming = read_organogram(content, source="2011-03-31.csv")

        assert told(incoming) == [(1, "Unit", True)]

    def test_refuses_a_file_without_rows(self) -> None:
        with pytest.raises(Malformed, match="no rows"):
            read_organogram(written(), source="x")

    def test_refuses_a_file_without_a_row_to_use_and_says_why(self) -> None:
        with pytest.raises(InvalidValue, match="row 2/Post Unique Reference"):
            read_organogram(written(post("", "Ben Hall")), source="x")


class TestImporting:
    @pytest.fixture
    def store(self) -> MapStore:
        return open_store("sqlite://")

    def test_importing_again_changes_nothing(self, store: MapStore) -> None:
        map_id = made_from(store, read_file(MARCH))

        again = plan(store, map_id, read_file(MARCH))

        assert again.changes == () and again.absent == () and again.notes == ()
        assert again.unchanged == {
            RecordKind.ORGANISATION: 1,
            RecordKind.LEADER: 11,
            RecordKind.ACCOUNTABILITY: 15,
        }

    def test_the_next_snapshot_changes_what_has_changed(self, store: MapStore) -> None:
        map_id = made_from(store, read_file(MARCH))

        found = plan(store, map_id, read_file(SEPTEMBER))

        assert found.created == {RecordKind.ACCOUNTABILITY: 5, RecordKind.LEADER: 3}
        assert found.rewritten[RecordKind.ACCOUNTABILITY]["reports_to"] == 5
        gone = {r.identifiers[0].value for r in found.absent if isinstance(r, Accountability)}
        assert gone == {"CMO001", "CDD007"}
        assert any("CMO001" in note for note in found.notes)

        apply(store, map_id, found.changes, "september")
        assert plan(store, map_id, read_file(SEPTEMBER)).changes == ()

    def test_a_post_keeps_both_snapshots_as_evidence_of_its_line(self, store: MapStore) -> None:
        map_id = made_from(store, read_file(MARCH))
        apply(store, map_id, plan(store, map_id, read_file(SEPTEMBER)).changes, "september")

        (moved,) = (
            record
            for record in store.read(map_id, OWNER).accountabilities.values()
            if record.identifiers[0].value == "CDD010"
        )

        assert [str(e.observed_on) for e in moved.evidence] == ["2011-03-31", "2011-09-30"]


def made_from(store: MapStore, incoming: Incoming) -> str:
    assert incoming.header is not None
    map_id = incoming.header.id
    apply(store, map_id, (Create(incoming.header), *map(Create, incoming.records)), "first")
    return map_id


def plan(store: MapStore, map_id: str, incoming: Incoming) -> ImportPlan:
    return plan_import(store.read(map_id, OWNER), incoming)


def apply(store: MapStore, map_id: str, changes: tuple[Change, ...], key: str) -> None:
    store.apply(map_id, OWNER, changes, request=Request(key, key))


def folded(text: str) -> str:
    """Letters and digits alone, as a reader sees them."""
    normal = unicodedata.normalize("NFKC", text).casefold()
    return "".join(c for c in normal if c.isalnum())


def check_whatever(content: bytes) -> None:
    """No file, however broken, does harm: it is refused, or what comes of it is sound."""
    try:
        incoming = read_organogram(content, source="posts-2011-03-31.csv")
    except PowerMapError:
        return
    bodies = {folded(r.name) for r in incoming.records if isinstance(r, Organisation)}
    for name in leaders(incoming):
        assert folded(name) not in {"", "nd", "na", "vacant", "eliminated", "notinpost"} | bodies
    keys = [(type(r), i) for r in incoming.records for i in r.identifiers]
    assert len(keys) == len(set(keys))
    assert all(isinstance(problem, RowProblem) and problem.message for problem in incoming.problems)
    # The store holds the records to every rule of a map, loops included.
    store = open_store("sqlite://")
    map_id = made_from(store, incoming)
    again = read_organogram(content, source="posts-2011-03-31.csv")
    assert plan(store, map_id, again).changes == ()
    store.close()


PIECES = st.sampled_from(
    [b'"', b",", b"\n", b"\r", b"\t", b";", b"\0", b"\xff", b"\xef\xbb\xbf", b"N/D", b"Vacant"]
    + [b"Eliminated", b"Department of Health", b"XX", b"0", b"MD013", b"PSO001", b"'", b"", b"/2"]
    + [b"Not in post", "\u200b".encode(), "\ufffd".encode(), b" ", b"SCS1", b"x" * 500]
)


@settings(max_examples=150, deadline=None)
@given(content=st.binary(max_size=400))
def test_no_bytes_do_harm(content: bytes) -> None:
    check_whatever(content)


@settings(max_examples=150, deadline=None)
@given(rows=st.lists(st.lists(st.text(max_size=12), max_size=9), max_size=6))
def test_no_cells_do_harm(rows: list[list[str]]) -> None:
    text = io.StringIO(newline="")
    csv.writer(text).writerows([list(COLUMNS), *rows])

    check_whatever(text.getvalue().encode("utf-8", "replace"))


CELL = st.sampled_from(
    ["", "N/D", "N/A", "Vacant", "Eliminated", "Not in post", "0", "XX", "xx", "B1", "B2", "B1/2"]
    + ["B1/B2", "Ben Hall", "Alan Hall", "Department of Bridges", "DEPARTMENT OF BRIDGES", "SCS1"]
    + [
        "n\u200b/d",
        "VACANT ",
        "\u00a0",
        "Ⅴacant",
        "Ｎ／Ｄ",
        "Bridges & Tunnels",
        "Bridges and Tunnels",
    ]
)


@settings(max_examples=300, deadline=None)
@given(rows=st.lists(st.lists(CELL, min_size=9, max_size=9), min_size=1, max_size=8))
def test_no_mixture_of_known_words_does_harm(rows: list[list[str]]) -> None:
    text = io.StringIO(newline="")
    csv.writer(text).writerows([list(COLUMNS), *rows])

    check_whatever(text.getvalue().encode())


@settings(max_examples=200, deadline=None)
@given(
    path=st.sampled_from([MARCH, SEPTEMBER]),
    edits=st.lists(
        st.tuples(st.floats(0, 1), st.integers(0, 30), PIECES | st.binary(max_size=4)), max_size=6
    ),
)
def test_no_damage_to_a_real_file_does_harm(
    path: Path, edits: list[tuple[float, int, bytes]]
) -> None:
    content = path.read_bytes()
    for place, removed, put in edits:
        at = int(place * len(content))
        content = content[:at] + put + content[at + removed :]

    check_whatever(content)
