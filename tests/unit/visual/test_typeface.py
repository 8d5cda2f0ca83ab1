"""Text measured on the server: it fits, and what does not fit says so."""

import pytest

from tests.unit.visual.made_up_maps import HOSTILE_NAMES
from visual.cards import COMPACT, FULL, PHONE, lettering
from visual.typeface import fit, width_of


@pytest.mark.parametrize("style", [FULL, COMPACT, PHONE])
@pytest.mark.parametrize("name", [*HOSTILE_NAMES, "Rob Webster", "Diane Whittingham"])
def test_a_name_fits_its_card_in_two_lines(name, style):
    written = lettering(name, "Chief executive, Calderdale and Huddersfield", style)

    assert 1 <= len(written.name) <= 2
    assert len(written.name) + len(written.role) <= 3
    for line in written.name:
        assert width_of(line, style.name_size, "semibold") <= style.text_width


def test_what_is_cut_ends_in_an_ellipsis():
    assert fit("Calderdale and Huddersfield", 90, 16)[0].endswith("…")
    assert fit("Calderdale", 90, 16) == ("Calderdale",)


def test_a_wide_letter_is_wider_than_a_narrow_one():
    assert width_of("W", 16) > 2 * width_of("i", 16) > 0


def test_the_words_of_the_field_are_shortened_only_where_they_do_not_fit():
    long = lettering("Coventry Health and Wellbeing Board", "", COMPACT, of_body=True)
    short = lettering("Leeds Health and Wellbeing Board", "", FULL, of_body=True)

    assert long.name == ("Coventry HWB",)
    assert " ".join(short.name) == "Leeds Health and Wellbeing Board"
