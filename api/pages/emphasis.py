"""The measures that a heavier border can stand for, in the words of the page."""

from api.pages.meanings import FAMILIES, Meaning
from api.view import Emphasis

EMPHASIS_WORDS = {
    Emphasis.BETWEENNESS: "Between others",
    Emphasis.BROKERAGE: "Joining the untied",
    Emphasis.VIEWS_RECEIVED: "Named by many",
    Emphasis.VIEWS_GIVEN: "Naming many",
    Emphasis.TWO_STEP_REACH_OUT: "Reaching many with one introduction",
    Emphasis.HARMONIC_IN: "Near to everybody",
    Emphasis.PAGERANK: "Named by those who are named",
    Emphasis.EFFECTIVE_SIZE: "Contacts who lead to different people",
    Emphasis.K_CORE: "Deep in the dense middle",
    Emphasis.FRAGMENTATION_WITHOUT: "Would split the map by leaving",
}

MEANINGS: dict[Emphasis, Meaning] = {
    emphasis: meaning
    for meanings in FAMILIES.values()
    for meaning in meanings
    for emphasis in Emphasis
    if emphasis.value in meaning.measures
}
"""What each measure tells, and how not to misread it."""
