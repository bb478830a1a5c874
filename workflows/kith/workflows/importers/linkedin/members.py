"""Chooses the files of an export that are read, by their names, or by their headers where no name is known."""

from collections.abc import Iterable
from itertools import islice
from typing import Final

from kith.workflows.importers.archive import Archive, Member, base_name
from kith.workflows.importers.linkedin.headers import LAYOUTS, Kind, kind_of_name
from kith.workflows.importers.linkedin.text import Unreadable, find_header, open_lines
from kith.workflows.records import ImportRefused

_MOST_TRIED: Final = 20
_UNKNOWN: Final = (
    "Nothing here is a file of a LinkedIn export; give the zip that LinkedIn sent, its folder, or its Connections.csv."
)
_WHICH_WAY: Final = "Only the file's name tells: call it Recommendations_Received.csv or Recommendations_Given.csv."


def choose_members(archive: Archive) -> dict[Kind, Member]:
    """The file of each kind; raises ImportRefused where there is none, or two of one kind."""
    members = [member for member in archive.members if _counts(member)]
    named: list[tuple[Kind, Member]] = [
        (kind, member) for member in members if (kind := kind_of_name(base_name(member.name)))
    ]
    return _each_once(named or _by_header(members))


def _counts(member: Member) -> bool:
    """Not the shadow files that a Mac adds to a zip."""
    return not member.name.startswith("__MACOSX/") and not base_name(member.name).startswith("._")


def _each_once(found: list[tuple[Kind, Member]]) -> dict[Kind, Member]:
    chosen: dict[Kind, Member] = {}
    for kind, member in found:
        other = chosen.setdefault(kind, member)
        if other is not member:
            raise ImportRefused(
                f"{other.name} and {member.name} are the same file of two exports; give one export at a time."
            )
    return chosen


def _by_header(members: Iterable[Member]) -> list[tuple[Kind, Member]]:
    tables = (member for member in members if member.name.casefold().endswith((".csv", ".txt", ".tsv")))
    reasons: list[str] = []
    found: list[tuple[Kind, Member]] = []
    for member in islice(tables, _MOST_TRIED):
        try:
            found.append((_kind_by_header(member), member))
        except Unreadable as error:
            reasons.append(f"{base_name(member.name)}:{error.line}: {error.reason}")
        except UnicodeError:
            reasons.append(f"{base_name(member.name)} is not a text file in UTF-8.")
    if not found:
        raise ImportRefused(f"{reasons[0]} {_UNKNOWN}" if len(reasons) == 1 else _UNKNOWN)
    return found


def _kind_by_header(member: Member) -> Kind:
    """The kind whose columns the file has; raises Unreadable where there is none, or it cannot be told."""
    reason = Unreadable(1, "The file is empty.")
    for kind, layout in LAYOUTS.items():
        try:
            with open_lines(member) as lines:
                header = find_header(lines, layout)
        except Unreadable as error:
            reason = error
            if error.supported:
                continue
            raise
        if kind == "recommendations received":
            raise Unreadable(header.line, _WHICH_WAY)
        return kind
    raise reason
