"""Reads Invitations.csv: an invitation with a personal text is an interaction, one without is only an acquaintance."""

from collections import Counter
from typing import Final, NamedTuple

from kith.domain.people import linkedin_key, name_key
from kith.workflows.importers.linkedin.cells import shown
from kith.workflows.importers.linkedin.dates import Dates, Trouble
from kith.workflows.importers.linkedin.found import Found, named, profile_url
from kith.workflows.importers.linkedin.parties import Owner
from kith.workflows.importers.linkedin.problems import ProblemLog
from kith.workflows.importers.linkedin.rows import Rows
from kith.workflows.records import Direction, InteractionRecord, fingerprint

_DIRECTIONS: Final[dict[str, Direction]] = {
    "outgoing": "outbound", "sent": "outbound", "incoming": "inbound", "received": "inbound",
}  # fmt: skip


class Invitation(NamedTuple):
    """An invitation without its text: who invited whom, when, and whether there was a text."""

    number: int
    direction: Direction
    name: str
    key: str | None
    date: str
    has_text: bool


class Invitations(NamedTuple):
    """The invitations of the file, and the owner as they tell."""

    invitations: list[Invitation]
    owner: Owner | None


def read_invitations(rows: Rows, log: ProblemLog, owner_name: str) -> Invitations:
    """All invitations; the owner is the one who sent the outgoing and got the incoming ones."""
    found: list[Invitation] = []
    owners: Counter[tuple[str, str | None]] = Counter()
    for number, cells in rows:
        with log.row(number):
            read = _invitation(number, cells, owner_name)
            if read is None:
                log.left_out(number, "This row does not tell who invited whom; it was left out.")
                continue
            found.append(read[0])
            owners[read[1]] += 1
    log.counts["invitations"] += len(found)
    named_owners = [Owner(*party) for party, _ in owners.most_common() if party[0]]
    return Invitations(found, named_owners[0] if named_owners else None)


def _invitation(
    number: int, cells: tuple[str, ...], owner_name: str
) -> tuple[Invitation, tuple[str, str | None]] | None:
    """The invitation of a row, and the owner as it tells them."""
    sender, to, date, message, direction_text, sender_url, to_url = cells
    direction = _direction(direction_text, sender, to, owner_name)
    if direction is None:
        return None
    parties = [(named(sender), linkedin_key(sender_url)), (named(to), linkedin_key(to_url))]
    other, own = parties if direction == "inbound" else parties[::-1]
    return Invitation(number, direction, *other, date, bool(message.strip())), own


def invited(invitations: list[Invitation], log: ProblemLog) -> Found:
    """What the invitations tell: interactions where there was a text, and people where there is a profile."""
    found = Found()
    dates = Dates(lambda: (invitation.date for invitation in invitations), "month first")
    for invitation in invitations:
        if invitation.key:
            place = log.place(invitation.number)
            found.meet(invitation.key, invitation.name, profile_url(invitation.key), place)
        if not invitation.has_text:
            log.counts["invitations_without_text"] += 1
        elif not (invitation.name or invitation.key):
            log.left_out(invitation.number, "This invitation names nobody; it was left out.")
        else:
            _add(found, invitation, dates, log)
    return found


def _add(found: Found, invitation: Invitation, dates: Dates, log: ProblemLog) -> None:
    instant = dates.instant(invitation.date)
    if isinstance(instant, Trouble):
        text = shown(invitation.date)
        log.left_out(invitation.number, f"The date {text} {instant.value}; the invitation was left out.")
        return
    at, zone_known, stamp = instant
    direction, name = invitation.direction, invitation.name
    external_id = "invitation:" + fingerprint(direction, stamp, name_key(name))
    keys = (invitation.key,) if invitation.key else ()
    place = log.place(invitation.number)
    if not found.add(InteractionRecord(keys, name, None, at, direction, "invitation", external_id, zone_known, place)):
        log.counts["duplicate_rows"] += 1


def _direction(text: str, sender: str, to: str, owner_name: str) -> Direction | None:
    """As the row says, else by the owner's name."""
    said = _DIRECTIONS.get(text.strip().casefold())
    if said or not owner_name:
        return said
    mine = name_key(owner_name)
    return "outbound" if name_key(sender) == mine else "inbound" if name_key(to) == mine else None
