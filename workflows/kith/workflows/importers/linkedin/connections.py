"""Reads Connections.csv of every era into people: nobody is invented, and nobody is merged by name."""

from collections.abc import Set
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from kith.domain.people import email_key, linkedin_key, name_key
from kith.workflows.importers.linkedin.cells import Texts, TooLong, full_name, is_blank, shown
from kith.workflows.importers.linkedin.dates import Dates
from kith.workflows.importers.linkedin.owner import Jobs
from kith.workflows.importers.linkedin.problems import ProblemLog
from kith.workflows.importers.linkedin.rows import Rows
from kith.workflows.records import PersonRecord, Place, fingerprint

MEMBER: Final = "linkedin member"
_PREFIX: Final = "https://"


@dataclass(slots=True)
class Connections:
    """The people that the file tells with all their keys, and how many it hides."""

    people: list[PersonRecord] = field(default_factory=list)
    hidden: int = 0
    keys: Set[str] = frozenset()


def read_connections(rows: Rows, log: ProblemLog, jobs: Jobs) -> Connections:
    """All connections, each once; the rest becomes problems."""
    table = list(rows)
    dates = Dates(lambda: (cells[-1] for _, cells in table))
    reader = _Reader(log, dates, jobs)
    for line, cells in table:
        try:
            reader.read(line, cells)
        except TooLong as error:
            log.left_out(line, error.reason)
    return reader.finished()


class _Reader:
    """Reads one row after the other and remembers who has been seen."""

    def __init__(self, log: ProblemLog, dates: Dates, jobs: Jobs) -> None:
        self._log = log
        self._dates = dates
        self._jobs = jobs
        self._found = Connections()
        self._seen: dict[str, PersonRecord] = {}
        self._twins: dict[str, set[tuple[object, ...]]] = {}
        self._texts = Texts()
        self._copies: list[int] = []

    def finished(self) -> Connections:
        """Everybody; exact copies are noted once."""
        if self._copies:
            many = len(self._copies)
            reason = "This row is an exact copy of an earlier one" if many == 1 else f"{many} rows are exact copies"
            self._log.note(self._copies[0], f"{reason}; each person was read once.")
            self._log.counts["duplicate_rows"] += many
        self._found.keys = self._seen.keys()
        return self._found

    def read(self, line: int, cells: tuple[str, ...]) -> None:
        """One row: a person, a hidden person, or a problem."""
        first, last, url, email, company, position, since = cells
        name = full_name(first, last)
        key = linkedin_key(url) if url else None
        mail = email_key(email) if email else None
        if not name or (key is None and name.casefold() == MEMBER):
            self._nobody(line, cells)
            return
        found = self._dates[since]
        sound = isinstance(found, date) and (key or not url) and (mail or not email)
        day = found if isinstance(found, date) and sound else self._checked(line, cells, key, mail)
        link = None if not key else url if url.startswith("https://") else _link(url)
        employer = self._texts[company]
        evidence = self._jobs.evidence(employer, day) if day and self._jobs[employer] else None
        self._add(
            PersonRecord(
                ((key, mail) if mail else (key,)) if key else (mail,) if mail else (), name, employer,
                self._texts[position], email.strip() if mail else None, link, day,
                "former_colleague" if evidence else "unknown", evidence, Place(self._log.file, line),
            )
        )  # fmt: skip

    def _nobody(self, line: int, cells: tuple[str, ...]) -> None:
        if any(map(str.strip, cells[2:-1])):
            self._log.left_out(line, "This row has no name; it was left out.")
        else:
            self._found.hidden += bool(cells[-1].strip())

    def _checked(self, line: int, cells: tuple[str, ...], key: str | None, mail: str | None) -> date | None:
        """Warns of an address or a date that is none; the day, where it can be read."""
        _, _, url, email, _, _, since = cells
        if not key and not is_blank(url):
            self._log.warning(line, f"{shown(url)} is no LinkedIn profile; the person was read without it.")
        if not mail and not is_blank(email):
            self._log.warning(line, f"{shown(email)} is no e-mail address; the person was read without it.")
        day = self._dates[since]
        if isinstance(day, date):
            return day
        if not is_blank(since):
            self._log.warning(line, f"The date {shown(since)} {day.value}; the person was read without it.")
        return None

    def _add(self, person: PersonRecord) -> None:
        keys, seen = person.keys, self._seen
        if len(keys) == 1 and seen.setdefault(keys[0], person) is person:
            self._found.people.append(person)
        elif not keys:
            self._add_without_key(person)
        elif not any(key in seen for key in keys):
            self._keep(person)
        else:
            self._add_with_known_key(person)

    def _add_with_known_key(self, person: PersonRecord) -> None:
        for key in person.keys:
            earlier = self._seen.get(key)
            if earlier and key.startswith("email:") and earlier.url and person.url:
                person = self._without_mail(person, earlier)
            elif earlier:
                self._repeated(person, earlier)
                return
        self._keep(person)

    def _add_without_key(self, person: PersonRecord) -> None:
        """A row that tells only a name is known again by name and day; two such rows that differ are two people."""
        row_id = fingerprint("connection", name_key(person.name), str(person.since))
        twins = self._twins.setdefault(row_id, set())
        content = _content(person)
        if content in twins:
            self._copies.append(person.place.line)
            return
        self._keep(person._replace(row_id=fingerprint(row_id, str(len(twins))) if twins else row_id))
        twins.add(content)

    def _keep(self, person: PersonRecord) -> None:
        self._seen.update(dict.fromkeys(person.keys, person))
        self._found.people.append(person)

    def _without_mail(self, person: PersonRecord, earlier: PersonRecord) -> PersonRecord:
        self._log.warning(
            person.place.line,
            f"This e-mail address also belongs to another profile (line {earlier.place.line}); "
            "the two stay different people, and it does not identify this one.",
        )
        return person._replace(keys=person.keys[:1])

    def _repeated(self, person: PersonRecord, earlier: PersonRecord) -> None:
        line, first = person.place.line, earlier.place.line
        if _same(earlier, person):
            self._copies.append(line)
        elif name_key(person.name) == name_key(earlier.name):
            self._log.note(line, f"This row repeats the person of line {first} with other details; it was left out.")
        else:
            what = "profile address" if person.url else "e-mail address"
            self._log.counts["rows_left_out"] += 1
            self._log.warning(
                line,
                f"This row has the {what} of line {first} but another name; it was left out and line {first} kept.",
            )


def _link(url: str) -> str:
    """The full address of a profile, whose key is known to be right."""
    link = url.strip()
    return link if link[:4].casefold() == "http" else _PREFIX + link


def _same(one: PersonRecord, other: PersonRecord) -> bool:
    return _content(one) == _content(other)


def _content(person: PersonRecord) -> tuple[object, ...]:
    """What the row itself says."""
    return person.name, person.company, person.position, person.email, person.url, person.since
