"""Puts the files of one export together: in which order they are read, and what they tell as one."""

from collections.abc import Iterable, Set
from typing import Final

from kith.domain.people import name_key
from kith.workflows.importers.archive import Archive, Progress
from kith.workflows.importers.linkedin.connections import Connections, read_connections
from kith.workflows.importers.linkedin.endorsements import read_endorsements, read_recommendations
from kith.workflows.importers.linkedin.files import Files
from kith.workflows.importers.linkedin.found import Found, newcomers
from kith.workflows.importers.linkedin.invitations import Invitations, invited, read_invitations
from kith.workflows.importers.linkedin.messages import Messages, read_messages
from kith.workflows.importers.linkedin.owner import Jobs, read_positions, read_profile
from kith.workflows.importers.linkedin.parties import Owner, Unclear, find_owner, names_of
from kith.workflows.importers.linkedin.threads import Threads
from kith.workflows.records import Network, OwnerRecord, PersonRecord, Position

_NO_JOBS: Final[tuple[Position, ...]] = ()
_NO_INVITATIONS: Final = Invitations([], None)
_UNCLEAR: Final = "Nothing here tells which of these people is you, so no message was read; import the whole zip."
_UNNAMED: Final = "The name in your profile is not among the writers; the most frequent one was taken to be you."


class Export:
    """One export being read, the owner's own files first, because they tell who former colleagues are."""

    def __init__(self, archive: Archive, progress: Progress | None) -> None:
        self._digest = archive.digest
        self._files = Files(archive, progress)

    def read(self) -> Network:
        """Everything that the files tell; raises ImportRefused where none of them can be read."""
        files = self._files
        profile = files.read("profile", read_profile, None)
        jobs = files.read("positions", read_positions, _NO_JOBS)
        employers = Jobs(jobs)
        connections = files.read("connections", lambda rows, log: read_connections(rows, log, employers), Connections())
        name = profile.name if profile else ""
        invitations = files.read("invitations", lambda rows, log: read_invitations(rows, log, name), _NO_INVITATIONS)
        messages = files.read("messages", read_messages, Messages())
        files.check()
        owner = self._owner(messages, name, invitations.owner, connections.keys)
        found = [
            self._sorted(messages, owner, connections.people),
            invited(invitations.invitations, files.log("invitations")),
            *self._praise(),
        ]
        return self._network(_owner_record(profile, jobs, owner), connections, found)

    def _owner(self, messages: Messages, name: str, known: Owner | None, others: Set[str]) -> Owner | None:
        """Who the owner is among the parties; None where nothing tells."""
        log = self._files.log("messages")
        try:
            owner = find_owner(messages.parties, name, known, others)
        except Unclear:
            if messages.parties:
                log.counts["messages_not_yours"] += messages.parties.total()
                log.error(1, _UNCLEAR)
            return None
        if name and name_key(name) != name_key(owner.name):
            log.warning(1, _UNNAMED)
        return owner

    def _sorted(self, messages: Messages, owner: Owner | None, people: list[PersonRecord]) -> Found:
        """The messages by thread; nothing where nobody can tell who the owner is."""
        if owner is None:
            return Found()
        threads = Threads(owner, self._files.log("messages"), lambda: _names(messages, people))
        return threads.sort(messages)

    def _praise(self) -> list[Found]:
        """Endorsements and recommendations, both ways."""
        read = self._files.read
        return [
            read("endorsements received", lambda rows, log: read_endorsements(rows, log, "inbound"), Found()),
            read("endorsements given", lambda rows, log: read_endorsements(rows, log, "outbound"), Found()),
            read("recommendations received", lambda rows, log: read_recommendations(rows, log, "inbound"), Found()),
            read("recommendations given", lambda rows, log: read_recommendations(rows, log, "outbound"), Found()),
        ]

    def _network(self, record: OwnerRecord | None, connections: Connections, found: list[Found]) -> Network:
        own = set(record.keys) if record else set()
        people = connections.people + newcomers(found, connections.keys, own)
        if not own.isdisjoint(connections.keys):
            people = [person for person in people if own.isdisjoint(person.keys)]
        interactions = [interaction for part in found for interaction in part.interactions.values()]
        told = [item for item in interactions if item.name or not connections.keys.isdisjoint(item.keys)]
        counts = self._files.counts()
        counts["messages_unnamed"] += len(interactions) - len(told)
        counts["connections"] = len(connections.people)
        counts["hidden"] = connections.hidden
        return Network(
            owner=record,
            people=people,
            interactions=told,
            groups=[group for part in found for group in part.groups],
            problems=self._files.problems(),
            hidden=connections.hidden,
            counts={reason: count for reason, count in counts.items() if count},
            digest=self._digest,
            files=self._files.names(),
        )


def _names(messages: Messages, people: Iterable[PersonRecord]) -> set[str]:
    """The folded names of everybody who is known or wrote."""
    return names_of(messages.parties) | {name_key(person.name) for person in people}


def _owner_record(profile: OwnerRecord | None, jobs: tuple[Position, ...], owner: Owner | None) -> OwnerRecord | None:
    """The owner from their own files, else as the messages name them."""
    record = profile or (OwnerRecord(owner.name) if owner and owner.name else None)
    if record is None:
        return None
    return record._replace(positions=jobs, keys=(owner.key,) if owner and owner.key else ())
