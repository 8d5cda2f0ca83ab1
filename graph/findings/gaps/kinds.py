"""The sorts of gap, in the order they are listed, and the rule of each as it is printed."""

from enum import StrEnum


class Gap(StrEnum):
    """What is missing, weak or out of date. The order here is the order of the answer."""

    SHARED_ACCOUNTABILITY = "shared_accountability"
    DEPENDENT_BODIES = "dependent_bodies"
    GROUPS_WITHOUT_TIE = "groups_without_tie"
    ONE_WAY = "one_way"
    SEEN_DIFFERENTLY = "seen_differently"
    GONE_COLD = "gone_cold"
    CONFLICT_AVOIDED = "conflict_avoided"
    NO_HOLDER = "no_holder"
    TWO_CHIEF_OFFICERS = "two_chief_officers"
    HOLDER_LEFT = "holder_left"
    BODY_ABOLISHED = "body_abolished"
    NO_ACCOUNTABILITY = "no_accountability"
    EVIDENCE_MISSING = "evidence_missing"
    EVIDENCE_OLD = "evidence_old"
    ONE_SIDES_WORD = "one_sides_word"
    VOICE_AT_THE_EDGE = "voice_at_the_edge"


# What may be chosen stands in braces, by its name.
RULES: dict[Gap, str] = {
    Gap.SHARED_ACCOUNTABILITY: (
        "Two leaders hold accountabilities to the same body, board or programme on the day and no "
        "tie between them is recorded from either side. A chief officer also shares the "
        "partnerships that their body is a member of. A tie of any kind counts, save having been "
        "introduced."
    ),
    Gap.DEPENDENT_BODIES: (
        "An accountability of kind commissioning, regulation, funding, delegation or "
        "partnership_member between two bodies, and nobody joins them, or only one person or one "
        "tie. People join two bodies by answering to both or by a tie between one's people and "
        "the other's; a tie between the bodies themselves counts too. Bodies for which nobody is "
        "on the map are told apart."
    ),
    Gap.GROUPS_WITHOUT_TIE: (
        "No tie, or one only, between the people of two groups. Groups are made by {group_by}, "
        "from every body where a leader holds a post (or, without one, a seat). Groups of whose "
        "people no tie is recorded at all are told apart; other is no group."
    ),
    Gap.ONE_WAY: (
        "One side's view of the tie is recorded and the other's is not, told once for each silent "
        "side. The map does not record who was asked."
    ),
    Gap.SEEN_DIFFERENTLY: (
        "Both views exist, and strength or any of the five factors differs by {views_apart} or "
        "more. Views of the same kind of tie are compared; ties of which the two name different "
        "kinds count apart."
    ),
    Gap.GONE_COLD: (
        "The last contact that either side records is longer ago than twice the cadence (weekly "
        "7 days, monthly 31, quarterly 92, yearly or rarer 366; the rarer where the two differ), "
        "or than {cold_days} days where none is recorded. Ties without a date of contact are "
        "counted apart."
    ),
    Gap.CONFLICT_AVOIDED: (
        "The two share an accountability or their bodies depend on each other; frequent contact "
        "is rated 4 or more, or contact is at least monthly; some view rates surfacing conflict 2 "
        "or less; and no tie of kind conflicts or challenges is recorded. Unrated means not "
        "asked, never avoided."
    ),
    Gap.NO_HOLDER: "The accountability is recorded as vacant. Undisclosed holders count apart.",
    Gap.TWO_CHIEF_OFFICERS: "Two or more leaders hold a chief officer's post in the same body.",
    Gap.HOLDER_LEFT: (
        "The holder is an organisation that has ended, or a leader all of whose recorded posts "
        "have ended, and the accountability is recorded with no end, or a later one."
    ),
    Gap.BODY_ABOLISHED: (
        "The body has ended, and accountabilities to it are recorded with no end, or a later one."
    ),
    Gap.NO_ACCOUNTABILITY: "A leader on the map who holds no accountability on the day.",
    Gap.EVIDENCE_MISSING: "No evidence is recorded, told once for each sort of record.",
    Gap.EVIDENCE_OLD: (
        "The newest dated evidence is older than {evidence_months} months before the day. "
        "Evidence without a date is counted apart."
    ),
    Gap.ONE_SIDES_WORD: (
        "Only one side's view of the tie is recorded, and all its evidence is what that side says: "
        "interview, survey or own knowledge, said by them or by nobody named."
    ),
    Gap.VOICE_AT_THE_EDGE: (
        "A leader of sector public_voice or voluntary with no incoming tie from any post-holder "
        "outside that sector, or in the lowest quarter of harmonic_in (fewer than a quarter of all "
        "leaders have a lower value); only where the map has 10 leaders or more."
    ),
}

ORDER = (
    "By kind, in the listed order; within a kind by the number of accountabilities shared, then by "
    "the strength of the best path between the two (weaker first), then by name. Where the two "
    "have a tie, in place of the path by how far it falls short: the wider difference, the longer "
    "silence, the lower rating of surfacing conflict first. Of each kind at most 500 are listed; "
    "the counts are of all."
)

MOST_LISTED = 500
