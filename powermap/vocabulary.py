"""The closed lists: kinds, sectors, scales and levels, in the field's own words."""

from enum import StrEnum


class OrganisationKind(StrEnum):
    ACUTE_TRUST = "acute_trust"
    FOUNDATION_TRUST = "foundation_trust"
    MENTAL_HEALTH_TRUST = "mental_health_trust"
    COMMUNITY_PROVIDER = "community_provider"
    PRIMARY_CARE_TRUST = "primary_care_trust"
    CLINICAL_COMMISSIONING_GROUP = "clinical_commissioning_group"
    INTEGRATED_CARE_BOARD = "integrated_care_board"
    CARE_TRUST = "care_trust"
    COUNCIL = "council"
    COMBINED_AUTHORITY = "combined_authority"
    GOVERNMENT_DEPARTMENT = "government_department"
    REGULATOR = "regulator"
    ARMS_LENGTH_BODY = "arms_length_body"
    HEALTH_AND_WELLBEING_BOARD = "health_and_wellbeing_board"
    PARTNERSHIP = "partnership"
    PROGRAMME = "programme"
    VOLUNTARY_ORGANISATION = "voluntary_organisation"
    UNIVERSITY = "university"
    PATIENT_OR_PUBLIC_BODY = "patient_or_public_body"
    PROFESSIONAL_BODY = "professional_body"
    SUPPLIER = "supplier"
    OTHER = "other"


class Sector(StrEnum):
    NHS = "nhs"
    LOCAL_GOVERNMENT = "local_government"
    CENTRAL_GOVERNMENT = "central_government"
    VOLUNTARY = "voluntary"
    EDUCATION = "education"
    PRIVATE = "private"
    PUBLIC_VOICE = "public_voice"
    OTHER = "other"


class HolderStatus(StrEnum):
    NAMED = "named"
    VACANT = "vacant"
    UNDISCLOSED = "undisclosed"


class AccountabilityKind(StrEnum):
    POST = "post"
    LINE_MANAGEMENT = "line_management"
    STATUTORY = "statutory"
    BOARD_MEMBER = "board_member"
    CHAIR = "chair"
    PROGRAMME_LEAD = "programme_lead"
    SECONDMENT = "secondment"
    COMMISSIONING = "commissioning"
    REGULATION = "regulation"
    FUNDING = "funding"
    DELEGATION = "delegation"
    PARTNERSHIP_MEMBER = "partnership_member"


class Level(StrEnum):
    """Seniority in one body: six rungs of a ladder, and five roles beside it."""

    CHIEF_OFFICER = "chief_officer"
    EXECUTIVE_DIRECTOR = "executive_director"
    DIRECTOR = "director"
    DEPUTY_DIRECTOR = "deputy_director"
    SENIOR_MANAGER = "senior_manager"
    MANAGER = "manager"
    CHAIR = "chair"
    NON_EXECUTIVE = "non_executive"
    ELECTED_MEMBER = "elected_member"
    CLINICAL_LEAD = "clinical_lead"
    MEMBER = "member"

    @property
    def rung(self) -> int | None:
        """6 for a chief officer down to 1 for a manager; None beside the ladder."""
        return _RUNGS.get(self)


_RUNGS = {
    level: 6 - place
    for place, level in enumerate(
        (
            Level.CHIEF_OFFICER,
            Level.EXECUTIVE_DIRECTOR,
            Level.DIRECTOR,
            Level.DEPUTY_DIRECTOR,
            Level.SENIOR_MANAGER,
            Level.MANAGER,
        )
    )
}


class RelationshipKind(StrEnum):
    COLLABORATES = "collaborates"
    TRUSTS = "trusts"
    INFLUENCES = "influences"
    ADVISES = "advises"
    SUPPORTS = "supports"
    CHALLENGES = "challenges"
    COMPETES = "competes"
    CONFLICTS = "conflicts"
    INTRODUCED = "introduced"


class Sentiment(StrEnum):
    HOSTILE = "hostile"
    STRAINED = "strained"
    NEUTRAL = "neutral"
    WARM = "warm"
    CLOSE = "close"


class Cadence(StrEnum):
    WEEKLY = "weekly"
    MONTHLY = "monthly"
    QUARTERLY = "quarterly"
    YEARLY = "yearly"
    RARER = "rarer"


class Stance(StrEnum):
    CHAMPION = "champion"
    SUPPORTER = "supporter"
    NEUTRAL = "neutral"
    SCEPTIC = "sceptic"
    OPPONENT = "opponent"


class Basis(StrEnum):
    INTERVIEW = "interview"
    MINUTES = "minutes"
    PUBLIC_REGISTER = "public_register"
    PUBLISHED = "published"
    SURVEY = "survey"
    OWN_KNOWLEDGE = "own_knowledge"


class Confidence(StrEnum):
    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"


class Nature(StrEnum):
    FACT = "fact"
    OPINION = "opinion"


class Sensitivity(StrEnum):
    """Who may see a record: all who may see the map, its inner circle, or its author alone."""

    OPEN = "open"
    CONFIDENTIAL = "confidential"
    PRIVATE = "private"

    @property
    def rank(self) -> int:
        return list(Sensitivity).index(self)


class RecordKind(StrEnum):
    MAP = "map"
    ORGANISATION = "organisation"
    LEADER = "leader"
    ACCOUNTABILITY = "accountability"
    RELATIONSHIP = "relationship"
    ASSESSMENT = "assessment"

    @property
    def plural(self) -> str:
        """The word for many of them, as in addresses and files."""
        return "accountabilities" if self is RecordKind.ACCOUNTABILITY else f"{self.value}s"


class Layer(StrEnum):
    """A network that can be measured: which records count as its ties."""

    RELATIONSHIPS = "relationships"
    TENSIONS = "tensions"
    ACCOUNTABILITIES = "accountabilities"


LAYER_KINDS: dict[Layer, frozenset[RelationshipKind]] = {
    Layer.RELATIONSHIPS: frozenset(
        {
            RelationshipKind.COLLABORATES,
            RelationshipKind.TRUSTS,
            RelationshipKind.INFLUENCES,
            RelationshipKind.ADVISES,
            RelationshipKind.SUPPORTS,
        }
    ),
    Layer.TENSIONS: frozenset(
        {RelationshipKind.COMPETES, RelationshipKind.CONFLICTS, RelationshipKind.CHALLENGES}
    ),
}

POST_KINDS = frozenset(
    {AccountabilityKind.POST, AccountabilityKind.STATUTORY, AccountabilityKind.SECONDMENT}
)
"""What counts as holding a post in a body: employed there, appointed by law, or lent to it."""

FACTOR_QUESTIONS = {
    "shared_purpose": "shared purpose",
    "frequent_contact": "frequent personal contact",
    "surfacing_conflict": "surfacing and resolving conflict",
    "altruism": "behaving altruistically",
    "long_term": "committing for the longer term",
}
"""The five factors of leading across a system (The King's Fund, 2017)."""
