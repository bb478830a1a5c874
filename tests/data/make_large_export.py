"""Writes a large fictional LinkedIn export, true in format, to measure imports with; the same seed, the same bytes."""

import argparse
import csv
import io
import random
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from itertools import accumulate
from pathlib import Path

FIRST_NAMES = (
    "Ada Adil Aiko Amara Ana Anders Anouk Arjun Astrid Beatriz Bela Bianca Bruno Camila Carlos Chidi Clara Dagny "
    "Dalia Daniel Diego Edda Elif Emeka Emil Esra Eva Farah Felix Fiona Gael Greta Hana Hugo Ines Ivan Jana João "
    "Jonas Kaja Karim Keiko Lara Leila Liam Lucía Maja Malik Marta Mateo Mei Milan Mira Nadia Nils Noor Olga "
    "Omar Paula Pavel Priya Rafael Rania René Rosa Samir Sanna Selma Sofia Søren Tariq Teresa Theo Tomás Uma "
    "Vera Viktor Wanda Yara Yusuf Zoë"
)
FIRST = FIRST_NAMES.split()
LAST_NAMES = (
    "Abara Almeida Andersen Aydin Bakker Barros Becker Berg Björk Bosch Castro Chandra Costa Dahl Demir Diaz "
    "Duarte Eze Falk Farouk Ferreira Fischer Fuchs García Haddad Hahn Hansen Horvat Ibarra Ito Jansen Jovanović "
    "Kaya Keller Khan Kimura Kowalski Kruger Lang Larsen Lima Lopes Maier Mendes Moreau Müller Nakano Nguyen "
    "Novak Núñez Okoro Oliveira Park Pereira Petrov Pinto Rahman Ramos Reyes Ribeiro Rossi Roy Sato Schmid Serra "
    "Sharma Silva Sørensen Tanaka Teixeira Tran Vogel Weber Winter Wolf Yilmaz Zimmer"
)
LAST = LAST_NAMES.split()
HEADS = "Alder Amber Birch Blue Bright Cedar Clear Coral Delta Ember Fern Granite Harbour Iron Juniper Lumen"
COMPANY_HEAD = HEADS.split()
TAILS = "Analytics Bank Capital Data Energy Foods Health Insurance Labs Logistics Media Partners Systems"
COMPANY_TAIL = TAILS.split()
LEGAL = ("", "", " GmbH", ", Inc.", " Ltd", " S.A.", " AG")
ROLES = "Analyst,Data Engineer,Head of Risk,Product Manager,Consultant,Recruiter,Director,Developer,Designer"
ROLE = ROLES.split(",")
SENTENCES = (
    "Thank you for the link, it was just what I needed.",
    "How is the new team?",
    'I liked your point about "small steps", we tried it last week.',
    "Shall we talk on Thursday?\nI am free after four.",
    "Congratulations on the new role!",
    "I have sent you the slides; tell me what you think, please.",
)
OWNER = ("Robin", "Castell, MSc", "https://www.linkedin.com/in/robin-castell")
LAST_DAY = datetime(2026, 11, 20, 18, 0, tzinfo=UTC)
NOTES = (
    "When exporting your connection data, you may notice that some of the email addresses are missing. You will only "
    "see email addresses for connections who have allowed their connections to see or download their email address."
)
CONNECTIONS = ("First Name", "Last Name", "URL", "Email Address", "Company", "Position", "Connected On")
MESSAGES = (
    "CONVERSATION ID", "CONVERSATION TITLE", "FROM", "SENDER PROFILE URL", "TO", "RECIPIENT PROFILE URLS", "DATE",
    "SUBJECT", "CONTENT", "FOLDER", "ATTACHMENTS", "IS MESSAGE DRAFT", "IS CONVERSATION DRAFT",
)  # fmt: skip
POSITIONS = ("Company Name", "Title", "Description", "Location", "Started On", "Finished On")
PROFILE = (
    "First Name", "Last Name", "Maiden Name", "Address", "Birth Date", "Headline", "Summary", "Industry", "Zip Code",
    "Geo Location", "Twitter Handles", "Websites", "Instant Messengers",
)  # fmt: skip


def companies() -> list[str]:
    """All company names, the same ones every time."""
    names = (f"{head} {tail}" for head in COMPANY_HEAD for tail in COMPANY_TAIL)
    return [name + LEGAL[number % len(LEGAL)] for number, name in enumerate(names)]


def connections(count: int, dice: random.Random) -> Iterator[tuple[str, ...]]:
    """The rows of Connections.csv, newest first; one in 400 is hidden, and one in 20 shows an e-mail address."""
    employers = companies()
    for number in range(count):
        day = (LAST_DAY - timedelta(days=number * 3_300 // max(count, 1))).strftime("%d %b %Y")
        if number % 400 == 399:
            yield ("",) * 6 + (day,)
            continue
        first, last = dice.choice(FIRST), dice.choice(LAST)
        slug = f"{first}-{last}-{number:x}".lower().encode("ascii", "ignore").decode()
        mail = f"{slug}@example.org" if number % 20 == 0 else ""
        yield first, last, f"https://www.linkedin.com/in/{slug}", mail, dice.choice(employers), dice.choice(ROLE), day


def messages(count: int, people: Sequence[tuple[str, ...]], dice: random.Random) -> Iterator[tuple[str, ...]]:
    """The rows of messages.csv: four years of threads with at most 2,500 of the people, to and fro."""
    partners = [row for row in people if row[0]][:: max(1, len(people) // 2_500)][:2_500]
    weights = list(accumulate(1 / (1 + rank) ** 0.6 for rank in range(len(partners))))
    owner = (f"{OWNER[0]} {OWNER[1]}", OWNER[2])
    for number in range(count if partners else 0):
        person = dice.choices(partners, cum_weights=weights)[0]
        other = (f"{person[0]} {person[1]}", person[2])
        sender, to = (owner, other) if dice.random() < 0.5 else (other, owner)
        at = LAST_DAY - timedelta(seconds=number * 126_000_000 // count + dice.randrange(3_000))
        body = " ".join(dice.choices(SENTENCES, k=dice.randint(1, 6)))
        thread = f"2-{abs(hash_of(person[2])):016x}=="
        yield thread, "", *sender, *to, at.strftime("%Y-%m-%d %H:%M:%S UTC"), "", body, "INBOX", "", "No", "No"


def hash_of(text: str) -> int:
    """A number for a text that is the same in every run."""
    value = 0
    for character in text:
        value = (value * 131 + ord(character)) % (1 << 61)
    return value


def table(header: Sequence[str], rows: Iterable[Sequence[str]], *, before: str = "") -> str:
    """A CSV text as LinkedIn writes it, without a line end after the last row."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    return before + text.getvalue().rstrip("\n")


def write_zip(target: Path, files: dict[str, str]) -> None:
    """The zip, with fixed time stamps, so that equal files make equal bytes."""
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            info = zipfile.ZipInfo(name, (2026, 11, 20, 12, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o644 << 16
            archive.writestr(info, text.encode())


def make(target: Path, *, connection_count: int, message_count: int, seed: int) -> None:
    """Writes the export to the target."""
    dice = random.Random(seed)
    people = list(connections(connection_count, dice))
    jobs = [("Cedar Data", "Analyst", "", "", "Jan 2019", "Jun 2022"), ("Blue Bank", "Analyst", "", "", "Jul 2022", "")]
    write_zip(
        target,
        {
            "Profile.csv": table(PROFILE, [(*OWNER[:2], "", "", "", "Data analyst", "", "", "", "", "", "", "")]),
            "Positions.csv": table(POSITIONS, jobs),
            "Connections.csv": table(CONNECTIONS, people, before=f'Notes:\n"{NOTES}"\n\n'),
            "messages.csv": table(MESSAGES, messages(message_count, people, dice)),
        },
    )


def main() -> None:
    """Reads the command line and writes the zip."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path, metavar="OUT.zip")
    parser.add_argument("--connections", type=int, default=30_000)
    parser.add_argument("--messages", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    make(options.out, connection_count=options.connections, message_count=options.messages, seed=options.seed)


if __name__ == "__main__":
    main()
