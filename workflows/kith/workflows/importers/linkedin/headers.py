"""The files of a LinkedIn export and their columns, by every name that they are known to have."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

from kith.domain.people import name_key

Kind: TypeAlias = Literal[
    "profile", "positions", "connections", "invitations", "messages",
    "endorsements received", "endorsements given", "recommendations received", "recommendations given",
]  # fmt: skip

_DIGITS: Final = re.compile(r"(?:[ _]*\(\d+\)|[ _-]+\d+)$")
_LETTERS: Final = re.compile(r"[^a-z]+")


@dataclass(frozen=True, slots=True)
class Layout:
    """One file of the export: the columns that are read, in order, each with its names, and how far a row may reach."""

    kind: Kind
    columns: tuple[str, ...]
    required: frozenset[str]
    one_of: frozenset[str]
    names: Mapping[str, str]
    ignored: frozenset[str]
    most_lines: int
    unsupported: frozenset[str] = frozenset()
    texts: frozenset[str] = frozenset({"content", "message", "summary"})

    def match(self, cells: Iterable[str]) -> dict[str, int] | None:
        """Where each column stands in this header, or None if this is no header of the file."""
        found: dict[str, int] = {}
        for index, cell in enumerate(cells):
            column = self.names.get(folded(cell))
            if column is not None:
                found.setdefault(column, index)
        whole = self.required <= found.keys() and (not self.one_of or bool(self.one_of & found.keys()))
        return found if whole else None

    def unknown(self, cells: Iterable[str]) -> list[str]:
        """The names in this header that mean nothing to us."""
        return [cell.strip() for cell in cells if (name := folded(cell)) and not self._knows(name)]

    def _knows(self, name: str) -> bool:
        return name in self.names or name in self.ignored


def folded(cell: str) -> str:
    """A column's name without case, accents, spaces and punctuation."""
    return name_key(cell.strip('\ufeff \t\r\n"')[:100]).replace(" ", "")


def kind_of_name(name: str) -> Kind | None:
    """The kind of file that this name stands for, in any case, with spaces or underscores, and with a copy's number."""
    stem, _, suffix = name.rpartition(".")
    if suffix.casefold() != "csv" or name.startswith("."):
        return None
    return _STEMS.get(_LETTERS.sub("", _DIGITS.sub("", stem.casefold())))


def _layout(kind: Kind, names: Mapping[str, str], required: str, *, one_of: str = "", ignored: str = "",
            most_lines: int = 2_000, unsupported: str = "") -> Layout:  # fmt: skip
    known = {name: column for column, text in names.items() for name in text.split()}
    return Layout(
        kind, tuple(names), frozenset(required.split()), frozenset(one_of.split()), known, frozenset(ignored.split()),
        most_lines, frozenset(unsupported.split()),
    )  # fmt: skip


_FIRST: Final = "firstname vorname prenom nombre nome"
_LAST: Final = "lastname nachname nom nomdefamille apellido apellidos sobrenome apelido cognome"
_COMPANY: Final = "company currentcompany unternehmen firma entreprise societe empresa azienda"
_POSITION: Final = "position currentposition poste fonction cargo puesto posizione qualifica"
_EMAIL: Final = (
    "emailaddress email emailadresse adresseemail courriel direcciondecorreoelectronico correoelectronico "
    "direcciondeemail enderecodeemail indirizzoemail"
)
_RECOMMENDATIONS: Final[tuple[Kind, ...]] = ("recommendations received", "recommendations given")
_ENDORSEMENTS: Final[tuple[tuple[Kind, str], ...]] = (
    ("endorsements received", "endorser"), ("endorsements given", "endorsee"),
)  # fmt: skip
_SINCE: Final = "connectedon verbundenam connectele conectadoel conectadoem collegatoil collegatodal"

LAYOUTS: Final[Mapping[Kind, Layout]] = {
    layout.kind: layout
    for layout in (
        _layout(
            "profile",
            {"first": _FIRST, "last": _LAST, "headline": "headline", "summary": "summary", "industry": "industry",
             "location": "geolocation", "country": "country"},
            "first last headline",
            ignored="maidenname address birthdate zipcode twitterhandles websites instantmessengers "
            "contactinstructions createddate maritalstatus association",
        ),
        _layout(
            "positions",
            {"company": "companyname", "title": "title", "start": "startedon", "end": "finishedon"},
            "company title start",
            ignored="description location",
        ),
        _layout(
            "messages",
            {"conversation": "conversationid", "title": "conversationtitle", "sender": "from",
             "sender url": "senderprofileurl", "to": "to", "to urls": "recipientprofileurls", "date": "date",
             "content": "content", "folder": "folder", "draft": "ismessagedraft",
             "conversation draft": "isconversationdraft"},
            "conversation sender to date",
            ignored="subject attachments isconversationarchived",
            most_lines=20_000,
            unsupported="from to date subject content direction folder",
        ),
        _layout(
            "invitations",
            {"sender": "from", "to": "to", "date": "sentat datesent", "message": "message", "direction": "direction",
             "sender url": "inviterprofileurl", "to url": "inviteeprofileurl"},
            "sender to date direction",
        ),
        *(
            _layout(
                kind,
                {"first": f"{role}firstname", "last": f"{role}lastname", "url": f"{role}publicurl",
                 "skill": "skillname", "date": "endorsementdate", "status": "endorsementstatus"},
                "first last date",
                most_lines=50,
            )
            for kind, role in _ENDORSEMENTS
        ),
        *(
            _layout(
                kind,
                {"first": _FIRST, "last": _LAST, "company": "company", "position": "jobtitle", "date": "creationdate",
                 "status": "status"},
                "first last date",
                ignored="text",
            )
            for kind in _RECOMMENDATIONS
        ),
        _layout(
            "connections",
            {"first": _FIRST, "last": _LAST, "url": "url profileurl", "email": _EMAIL, "company": _COMPANY,
             "position": _POSITION, "since": _SINCE},
            "first last",
            one_of="url email company position since",
            ignored="address websites instantmessengers tags notes location",
            most_lines=50,
            unsupported="title firstname middlename lastname suffix emailaddress jobtitle",
        ),
    )
}  # fmt: skip

_STEMS: Final[Mapping[str, Kind]] = {
    "profile": "profile", "positions": "positions", "connections": "connections", "messages": "messages",
    "invitations": "invitations", "endorsementreceivedinfo": "endorsements received",
    "endorsementgiveninfo": "endorsements given", "recommendationsreceived": "recommendations received",
    "recommendationsgiven": "recommendations given",
}  # fmt: skip
