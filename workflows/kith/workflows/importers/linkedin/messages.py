"""Reads messages.csv into threads of who wrote to whom and when; drafts, spam and advertising only count."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Final

from kith.domain.people import linkedin_key, name_key
from kith.workflows.importers.linkedin.cells import TooLong
from kith.workflows.importers.linkedin.found import named
from kith.workflows.importers.linkedin.parties import Line, Parties
from kith.workflows.importers.linkedin.problems import ProblemLog
from kith.workflows.importers.linkedin.rows import Rows

_YES: Final = frozenset({"yes", "Yes", "YES", "true", "True", "TRUE", "1"})
_SPONSORED_TITLES: Final = frozenset({"sponsored", "sponsored message", "sponsored conversation", "sponsored inmail"})
_SPONSORED_MARK: Final = 'class="spinmail'
_MARK_WITHIN: Final = 2_000


@dataclass(slots=True)
class Messages:
    """The messages by conversation, without their bodies, and how many of them each pair of parties has."""

    threads: dict[str, list[Line]] = field(default_factory=dict)
    parties: Counter[Parties] = field(default_factory=Counter)


def read_messages(rows: Rows, log: ProblemLog) -> Messages:
    """The messages that people wrote to each other; the rest is counted by its reason."""
    found, known, read = Messages(), _Parties(), 0
    for number, cells in rows:
        conversation, title, sender, sender_url, to, to_urls, date, content, folder, draft, conversation_draft = cells
        read += 1
        if reason := _why_not(title, sender_url, content, folder, draft, conversation_draft):
            log.counts[reason] += 1
            continue
        try:
            parties = known[sender, sender_url, to, to_urls]
        except TooLong as error:
            log.left_out(number, error.reason)
            continue
        if parties is None:
            log.counts["messages_unnamed"] += 1
            continue
        found.threads.setdefault(conversation or _unnamed_thread(parties), []).append((number, parties, date))
    found.parties.update(parties for thread in found.threads.values() for _, parties, _ in thread)
    log.counts["messages"] += read
    return found


def _why_not(title: str, sender_url: str, content: str, folder: str, draft: str, conversation_draft: str) -> str:
    """The reason for which a message does not count; "" if it does."""
    if draft in _YES or conversation_draft in _YES:
        return "messages_draft"
    if folder != "INBOX" and folder.casefold() == "spam":
        return "messages_spam"
    sponsored = _SPONSORED_MARK in content[:_MARK_WITHIN] or "spinmail" in sender_url
    return "messages_sponsored" if sponsored or (title and title.strip().casefold() in _SPONSORED_TITLES) else ""


class _Parties(dict[tuple[str, str, str, str], Parties | None]):
    """The parties by their cells: the same ones come again and again. None where one side is nobody."""

    def __missing__(self, cells: tuple[str, str, str, str]) -> Parties | None:
        """Makes out parties that were not met before; raises TooLong."""
        made = self[cells] = _parties(*cells)
        return made


def _parties(sender: str, sender_url: str, to: str, to_urls: str) -> Parties | None:
    name, other = named(sender), named(to)
    keys = tuple(dict.fromkeys(key for url in to_urls.split(",") if (key := linkedin_key(url))))
    return Parties(name, linkedin_key(sender_url), other, keys) if name and (other or keys) else None


def _unnamed_thread(parties: Parties) -> str:
    """A stand-in for a missing conversation id: the two parties."""
    sides = parties.sender_key or name_key(parties.sender), *(parties.to_keys or (name_key(parties.to),))
    return "\x1e".join(sorted(sides))
