"""How a sector looks: a colour with a short code beside it, so that it also works in grey."""

from dataclasses import dataclass

from powermap.vocabulary import Sector


@dataclass(frozen=True, kw_only=True)
class SectorLook:
    """The code carries the meaning; the colour repeats it."""

    name: str
    code: str
    ink: str
    """White text on it, and it on white, have a contrast of 4.5 to 1 or more."""
    tint: str


LOOKS: dict[Sector, SectorLook] = {
    Sector.NHS: SectorLook(name="NHS", code="NHS", ink="#00696f", tint="#eef6f6"),
    Sector.LOCAL_GOVERNMENT: SectorLook(
        name="Local government", code="LG", ink="#3d4fa0", tint="#f1f2fa"
    ),
    Sector.CENTRAL_GOVERNMENT: SectorLook(
        name="Central government", code="CG", ink="#5a5568", tint="#f3f2f5"
    ),
    Sector.VOLUNTARY: SectorLook(name="Voluntary", code="VS", ink="#3a6b1e", tint="#f1f6ec"),
    Sector.EDUCATION: SectorLook(name="Education", code="ED", ink="#7a3e9d", tint="#f7f1fa"),
    Sector.PRIVATE: SectorLook(name="Private", code="PR", ink="#6d5a10", tint="#f8f5e8"),
    Sector.PUBLIC_VOICE: SectorLook(name="Public voice", code="PV", ink="#9a4f00", tint="#fbf3ea"),
    Sector.OTHER: SectorLook(name="Other", code="OT", ink="#4d5660", tint="#f2f4f5"),
}
NO_SECTOR = SectorLook(name="No body recorded", code="–", ink="#4d5660", tint="#ffffff")


def look_of(sector: Sector | None) -> SectorLook:
    return NO_SECTOR if sector is None else LOOKS[sector]
