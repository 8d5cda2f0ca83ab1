"""Who may see and do what: the table of roles and levels, cell by cell."""

from __future__ import annotations

import itertools

import pytest

from powermap.access import Act, Role, Scope, Viewer, permit
from powermap.errors import Forbidden
from powermap.vocabulary import Sensitivity

OPEN, CONFIDENTIAL, PRIVATE = Sensitivity
READ, WRITE, MANAGE = Act

# Columns: open, confidential, own private, private of others. A dash: the act is refused.
TABLE = {
    (Role.OWNER, READ): "yyyn",
    (Role.OWNER, WRITE): "yyyn",
    (Role.OWNER, MANAGE): "yyyn",
    (Role.EDITOR, READ): "yyyn",
    (Role.EDITOR, WRITE): "yyyn",
    (Role.EDITOR, MANAGE): "-",
    (Role.ANALYST, READ): "yyyn",
    (Role.ANALYST, WRITE): "nnyn",
    (Role.ANALYST, MANAGE): "-",
    (Role.VIEWER, READ): "ynnn",
    (Role.VIEWER, WRITE): "-",
    (Role.VIEWER, MANAGE): "-",
}


@pytest.mark.parametrize(("role", "act"), list(itertools.product(Role, Act)))
def test_each_cell_of_the_table(role: Role, act: Act) -> None:
    viewer, expected = Viewer("kim", role), TABLE[role, act]
    if expected == "-":
        with pytest.raises(Forbidden, match=f"The role {role} does not allow this"):
            permit(viewer, act)
        return

    scope = permit(viewer, act)

    cells = [(OPEN, "lee"), (CONFIDENTIAL, "lee"), (PRIVATE, "kim"), (PRIVATE, "lee")]
    assert "".join("y" if scope.admits(*cell) else "n" for cell in cells) == expected
    # Who wrote it matters for private records alone.
    assert scope.admits(OPEN, "kim") == scope.admits(OPEN, "lee")
    assert scope.admits(CONFIDENTIAL, "kim") == scope.admits(CONFIDENTIAL, "lee")


def test_each_role_sees_what_the_role_below_it_sees() -> None:
    below_first = [Role.VIEWER, Role.ANALYST, Role.EDITOR, Role.OWNER]
    scopes = [permit(Viewer("kim", role), READ) for role in below_first]

    for lower, higher in itertools.pairwise(scopes):
        assert lower.levels <= higher.levels


@pytest.mark.parametrize("role", Role)
def test_nobody_writes_what_they_cannot_read(role: Role) -> None:
    viewer = Viewer("kim", role)
    try:
        writes = permit(viewer, WRITE)
    except Forbidden:
        return
    reads = permit(viewer, READ)

    for level, author in itertools.product(Sensitivity, ["kim", "lee"]):
        assert reads.admits(level, author) or not writes.admits(level, author)


def test_a_scope_without_an_author_admits_nothing_private() -> None:
    assert not Scope(frozenset(), None).admits(PRIVATE, "None")
    assert not Scope(frozenset(), None).admits(PRIVATE, "")
