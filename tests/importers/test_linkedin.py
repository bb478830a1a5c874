"""A LinkedIn export of any era becomes people, interactions and problems; nobody is invented, merged or swallowed."""

import runpy
import tempfile
from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kith.domain.people import company_key
from kith.workflows.importers.linkedin import read_linkedin
from kith.workflows.records import ImportRefused, InteractionRecord, Network, Position

IN = "https://www.linkedin.com/in/"
OLD = "First Name,Last Name,Email Address,Company,Position,Connected On\n"
NEW = "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n"
NOTES = 'Notes:\n"When exporting your connection data, you may notice that ""some"" are missing."\n\n'
NINE = "CONVERSATION ID,CONVERSATION TITLE,FROM,SENDER PROFILE URL,TO,DATE,SUBJECT,CONTENT,FOLDER\n"
TEN = (
    "CONVERSATION ID,CONVERSATION TITLE,FROM,SENDER PROFILE URL,TO,RECIPIENT PROFILE URLS,DATE,SUBJECT,CONTENT,FOLDER\n"
)
THIRTEEN = TEN.strip() + ",ATTACHMENTS,IS MESSAGE DRAFT,IS CONVERSATION DRAFT\n"
PROFILE = (
    "First Name,Last Name,Headline,Summary,Industry,Geo Location\n"
    'Mira,"Okafor, PhD",Analyst,"I count.\nWell.",Data,Lisbon\n'
)
POSITIONS = "Company Name,Title,Description,Location,Started On,Finished On\n"
INVITATIONS = "From,To,Sent At,Message,Direction,inviterProfileUrl,inviteeProfileUrl\n"
ENDORSED = "Endorsement Date,Skill Name,Endorser First Name,Endorser Last Name,Endorser Public Url,Endorsement Status\n"
ENDORSING = ENDORSED.replace("Endorser", "Endorsee")
RECOMMENDED = "First Name,Last Name,Company,Job Title,Text,Creation Date,Status\n"


def read(files: Mapping[str, str | bytes] | None = None, /, **stems: str | bytes) -> Network:
    """The network in these files: by name, or by stem (`Connections=...`)."""
    with tempfile.TemporaryDirectory() as folder:
        for name, text in {**(files or {}), **{f"{stem}.csv": text for stem, text in stems.items()}}.items():
            (Path(folder) / name).write_bytes(text.encode() if isinstance(text, str) else text)
        return read_linkedin(folder)


def names(network: Network) -> list[str]:
    return [person.name for person in network.people]


def where(network: Network, level: str = "error") -> list[str]:
    return [str(problem.place) for problem in network.problems if problem.level == level]


def said(network: Network) -> str:
    return " ".join(f"{problem.place} {problem.reason}" for problem in network.problems)


def line(conversation: str, sender: str, to: str, when: str, body: str = "Hello", folder: str = "INBOX") -> str:
    """A row of ten columns between the owner ("me") and people named by their slug."""
    people = {"me": ("Mira Okafor, PhD", IN + "mira"), "ana": ("Ana Silva", IN + "ana"), "bo": ("Bo Li", IN + "bo")}
    (writer, writer_url), (reader, reader_url) = people[sender], people[to]
    quoted = body.replace('"', '""')
    return f'{conversation},,"{writer}",{writer_url},"{reader}",{reader_url},{when},,"{quoted}",{folder}\n'


def touches(network: Network) -> list[tuple[str, str, str]]:
    return [(item.direction, item.name, item.at.isoformat(" ")[:16]) for item in network.interactions]


def only(network: Network) -> InteractionRecord:
    assert len(network.interactions) == 1, said(network)
    return network.interactions[0]


# Connections.csv


def test_reads_the_layout_of_2020_without_url_and_preamble() -> None:
    network = read(Connections=OLD + "Ana,Silva,ana@example.org,Acme,Analyst,08 Feb 2019\n")
    (ana,) = network.people
    assert (ana.name, ana.company, ana.position) == ("Ana Silva", "Acme", "Analyst")
    assert ana.keys == ("email:ana@example.org",)
    assert (ana.since, ana.url, ana.origin) == (date(2019, 2, 8), None, "unknown")


@pytest.mark.parametrize("preamble", ["", NOTES, "Notes:\nx\n\n", "\n\n", NOTES * 9, "\ufeff", "\ufeff" + NOTES])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_finds_the_header_after_any_preamble_and_with_any_line_end(preamble: str, end: str) -> None:
    text = preamble + NEW + f"Ana,Silva,{IN}ana,NA,Acme,Analyst,08 Feb 2026"
    network = read(Connections=text.replace("\n", end))
    (ana,) = network.people
    assert ana.keys == ("linkedin:ana",)
    assert ana.email is None
    assert ana.place.line == text.count("\n") + 1
    assert network.problems == []


def test_a_person_is_known_by_profile_and_address() -> None:
    network = read(Connections=NEW + "Ana,Silva,www.linkedin.com/in/Ana%2DS,Ana@Example.org,,,08 Feb 2026\n")
    assert network.people[0].keys == ("linkedin:ana-s", "email:ana@example.org")
    assert network.people[0].url == "https://www.linkedin.com/in/Ana%2DS"


def test_rows_with_only_a_date_are_counted_and_create_nobody() -> None:
    network = read(Connections=NEW + ",,,,,,07 Jun 2026\n,,,,,,\n\n,,,,,,08 Jun 2026\n")
    assert (network.people, network.hidden, network.counts["hidden"]) == ([], 2, 2)
    assert network.problems == []


def test_nobody_is_made_of_a_row_without_a_name() -> None:
    network = read(Connections=NEW + f" ,\u200b,{IN}ana,,Acme,Analyst,08 Feb 2026\n")
    assert network.people == []
    assert where(network) == ["Connections.csv:2"]


def test_people_with_one_name_and_two_profiles_are_two() -> None:
    rows = f"Ana,Silva,{IN}ana,,Acme,,08 Feb 2026\nAna,Silva,{IN}ana-2,,Acme,,08 Feb 2026\n"
    assert [person.keys for person in read(Connections=NEW + rows).people] == [("linkedin:ana",), ("linkedin:ana-2",)]


def test_one_profile_under_two_names_is_a_conflict_and_not_a_merge() -> None:
    network = read(Connections=NEW + f"Ana,Silva,{IN}ana,,,,08 Feb 2026\nBo,Li,{IN}ANA/,,,,09 Feb 2026\n")
    assert names(network) == ["Ana Silva"]
    assert where(network, "warning") == ["Connections.csv:3"]
    assert "line 2" in said(network)


def test_exact_copies_are_noted_once() -> None:
    row = f"Ana,Silva,{IN}ana,,Acme,,08 Feb 2026\n"
    network = read(Connections=NEW + row * 4)
    assert names(network) == ["Ana Silva"]
    assert [str(problem.place) for problem in network.problems] == ["Connections.csv:3"]
    assert network.counts["duplicate_rows"] == 3


def test_copies_without_any_key_are_known_again_and_twins_stay_two() -> None:
    rows = "Ana,Silva,,Acme,,08 Feb 2019\nAna,Silva,,Acme,,08 Feb 2019\nAna,Silva,,Globex,,08 Feb 2019\n"
    first, second = (read(Connections=OLD + rows).people for _ in range(2))
    assert [person.keys for person in first] == [(), ()]
    assert [person.row_id for person in first] == [person.row_id for person in second]
    assert len({person.row_id for person in first}) == 2


def test_an_address_that_two_profiles_share_identifies_only_the_first() -> None:
    rows = f"Ana,Silva,{IN}ana,us@example.org,,,08 Feb 2026\nBo,Li,{IN}bo,us@example.org,,,08 Feb 2026\n"
    network = read(Connections=NEW + rows)
    assert [person.keys for person in network.people] == [("linkedin:ana", "email:us@example.org"), ("linkedin:bo",)]
    assert where(network, "warning") == ["Connections.csv:3"]


def test_rows_with_too_few_or_too_many_columns_are_left_out_and_the_rest_goes_on() -> None:
    network = read(
        Connections=NEW
        + f"Ana,Silva,{IN}ana\nBo,Li,{IN}bo,,,,08 Feb 2026,extra\nCy,Diaz,{IN}cy,,,,08 Feb 2026,,\n"
        + f"Di,Eze,{IN}di,,,,08 Feb 2026\n"
    )
    assert names(network) == ["Cy Diaz", "Di Eze"]
    assert where(network) == ["Connections.csv:2", "Connections.csv:3"]
    assert network.counts["rows_left_out"] == 2


@pytest.mark.parametrize("after", [3, 300])
def test_a_quotation_mark_that_is_never_closed_swallows_nobody(after: int) -> None:
    others = "".join(f"P{number},Li,{IN}p{number},,,,08 Feb 2026\n" for number in range(after))
    network = read(Connections=NEW + f'Ana,"Silva,{IN}ana,,,,08 Feb 2026\n' + others)
    assert len(network.people) == after
    assert where(network) == ["Connections.csv:2"]
    assert network.people[0].place.line == 3


def test_a_quotation_mark_that_the_next_one_closes_swallows_nobody() -> None:
    network = read(
        Connections=NEW
        + f'Ana,Silva,{IN}ana,,"Acme,,08 Feb 2026\nBo,Li,{IN}bo,,,,08 Feb 2026\n'
        + f'Cy,Diaz,{IN}cy,,"Globex, Inc.",,08 Feb 2026\n'
    )
    assert names(network) == ["Bo Li", "Cy Diaz"]
    assert where(network) == ["Connections.csv:2"]


def test_many_open_quotation_marks_take_no_more_than_a_moment() -> None:
    rows = "".join(f'A{number},"Silva,{IN}a{number},,,,08 Feb 2026\n' for number in range(20_000))
    network = read(Connections=NEW + rows + f"Bo,Li,{IN}bo,,,,08 Feb 2026\n")
    assert names(network) == ["Bo Li"]
    assert where(network) == ["Connections.csv:2"]


def test_a_company_of_two_lines_is_one_company() -> None:
    network = read(Connections=NEW + f'Ana,Silva,{IN}ana,,"Acme\nLabs",,08 Feb 2026\nBo,Li,{IN}bo,,,,08 Feb 2026\n')
    assert network.people[0].company == "Acme Labs"
    assert [person.place.line for person in network.people] == [2, 4]


def test_control_characters_are_taken_out_of_names() -> None:
    network = read(Connections=NEW + f"A\x00na\u202e,Sil\x1bva\u200b ,{IN}ana,,Ac\x07me,,08 Feb 2026\n")
    assert (network.people[0].name, network.people[0].company) == ("Ana Silva", "Acme")


def test_an_absurdly_long_name_is_left_out() -> None:
    network = read(Connections=NEW + f"{'A' * 20_000_000},Li,{IN}a,,,,08 Feb 2026\nBo,Li,{IN}bo,,,,08 Feb 2026\n")
    assert names(network) == ["Bo Li"]
    assert where(network) == ["Connections.csv:2"]


@pytest.mark.parametrize(
    "text",
    [
        "27-Oct-24", "2024-10-27", "10/27/2024", "27/10/2024", "27.10.2024", "10/27/24", "2024/10/27", "27 Oct 2024",
        "27. Okt. 2024", "27 octobre 2024", "27 oct 2024", "27 de outubro de 2024", "27 ott 2024", "Oct 27, 2024",
    ],
)  # fmt: skip
def test_dates_that_spreadsheets_rewrote_are_read_where_they_mean_one_day(text: str) -> None:
    network = read(Connections=NEW + f'Ana,Silva,{IN}ana,,,,"{text}"\n')
    assert network.people[0].since == date(2024, 10, 27)
    assert network.problems == []


def test_a_date_that_means_two_days_is_not_guessed() -> None:
    network = read(Connections=NEW + f"Ana,Silva,{IN}ana,,,,05/06/2024\n")
    assert network.people[0].since is None
    assert where(network, "warning") == ["Connections.csv:2"]


def test_the_other_dates_of_the_file_tell_which_comes_first() -> None:
    rows = f"Ana,Silva,{IN}ana,,,,05/06/2024\nBo,Li,{IN}bo,,,,25/06/2024\n"
    assert read(Connections=NEW + rows).people[0].since == date(2024, 6, 5)
    both = rows + f"Cy,Diaz,{IN}cy,,,,06/25/2024\n"
    assert read(Connections=NEW + both).people[0].since is None


@pytest.mark.parametrize("text", ["31 Feb 2024", "01 Jan 1900", "soon", "45592"])
def test_an_impossible_date_is_a_warning_and_the_person_stays(text: str) -> None:
    network = read(Connections=NEW + f"Ana,Silva,{IN}ana,,,,{text}\n")
    assert (names(network), network.people[0].since) == (["Ana Silva"], None)
    assert where(network, "warning") == ["Connections.csv:2"]


@pytest.mark.parametrize(
    "header",
    [
        "Vorname,Nachname,URL,E-Mail-Adresse,Unternehmen,Position,Verbunden am",
        "Prénom,Nom,URL,Adresse e-mail,Entreprise,Poste,Connecté le",
        "Nombre,Apellidos,URL,Correo electrónico,Empresa,Cargo,Conectado el",
        "Nome,Sobrenome,URL,Endereço de e-mail,Empresa,Cargo,Conectado em",
        "Nome,Cognome,URL,Indirizzo e-mail,Azienda,Posizione,Collegato il",
    ],
)
def test_localised_headers_are_known(header: str) -> None:
    network = read(Connections=header + f"\nAna,Silva,{IN}ana,,Acme,Analyst,08 Feb 2026\n")
    (ana,) = network.people
    assert (ana.name, ana.company, ana.position, ana.since) == ("Ana Silva", "Acme", "Analyst", date(2026, 2, 8))
    assert network.problems == []


def test_columns_that_are_not_known_are_named() -> None:
    network = read(Connections=NEW.strip() + f",Shoe Size\nAna,Silva,{IN}ana,,,,08 Feb 2026,38\n")
    assert names(network) == ["Ana Silva"]
    assert "Connections.csv:1" in said(network)
    assert "'Shoe Size'" in said(network)


@pytest.mark.parametrize("mark", [";", "\t"])
def test_semicolons_and_tabs_of_a_spreadsheet_are_read(mark: str) -> None:
    network = read(Connections=(NEW + f"Ana,Silva,{IN}ana,,Acme,,08 Feb 2026\n").replace(",", mark))
    assert names(network) == ["Ana Silva"]
    assert [problem.level for problem in network.problems] == ["note"]


def test_refuses_rows_that_are_separated_otherwise_than_their_header() -> None:
    with pytest.raises(ImportRefused, match=r"Connections\.csv:2: .*separated"):
        read(Connections=NEW + f"Ana;Silva;{IN}ana;;;;08 Feb 2026\n" * 3)


def test_refuses_columns_that_no_export_has_and_names_them() -> None:
    with pytest.raises(ImportRefused, match="'Voornaam'"):
        read(Connections="Voornaam,Achternaam,Bedrijf\nAna,Silva,Acme\n")


def test_refuses_the_layouts_of_2018_by_name() -> None:
    outlook = "Title,First Name,Middle Name,Last Name,Suffix,E-mail Address,Company,Job Title\n,Ana,,Silva,,,Acme,\n"
    with pytest.raises(ImportRefused, match="2018"):
        read(Connections=outlook)
    with pytest.raises(ImportRefused, match="2018"):
        read({"messages.csv": 'From,To,Date,Subject,Content,Direction,Folder\nA,B,"1/1/18, 1:00 PM",,x,OUTGOING,\n'})


def test_reads_the_layout_of_2018_that_tells_enough() -> None:
    header = "First Name,Last Name,Address,Email Address,Company,Position,Connected On,Websites,Instant Messengers\n"
    network = read(Connections=header + 'Ana,Silva,,,Acme,,"05/25/18, 9:07 AM",,\n')
    assert (network.people[0].company, network.people[0].since) == ("Acme", date(2018, 5, 25))


def test_a_file_that_is_not_utf8_is_left_out_with_its_line_and_the_others_are_read() -> None:
    latin = (NEW + f"Ana,Silva,{IN}ana,,,,08 Feb 2026\nJosé,Li,{IN}jose,,,,08 Feb 2026\n").encode("cp1252")
    network = read(Connections=latin, messages=TEN + line("c", "ana", "me", "2026-01-01 10:00:00 UTC"), Profile=PROFILE)
    assert where(network) == ["Connections.csv:3"]
    assert names(network) == ["Ana Silva"]  # from the message
    assert network.files == ("Profile.csv", "messages.csv")
    with pytest.raises(ImportRefused, match=r"Connections\.csv:3: .*UTF-8"):
        read(Connections=latin)


def test_a_file_in_utf16_is_read() -> None:
    text = (NEW + f"José,Silva,{IN}ana,,,,08 Feb 2026\n").replace(",", "\t")
    assert names(read(Connections=text.encode("utf-16"))) == ["José Silva"]


def test_problems_are_bounded() -> None:
    network = read(Connections=NEW + f"Bo,Li,{IN}bo,,,,08 Feb 2026\n" + "x,y\n" * 3_000)
    assert len(network.problems) == 1_001
    assert network.problems[-1].reason.startswith("2000 more rows")
    assert network.counts["rows_left_out"] == 3_000


# The owner, and former colleagues


def test_the_owner_is_told_by_profile_and_positions() -> None:
    rows = "Acme,Analyst,,,Jan 2019,Jun 2022\nGlobex,Lead,,,Jul 2022,\n"
    owner = read(Profile=PROFILE, Positions=POSITIONS + rows, Connections=NEW).owner
    assert owner is not None
    assert (owner.name, owner.headline, owner.summary) == ("Mira Okafor, PhD", "Analyst", "I count.\nWell.")
    assert (owner.industry, owner.location) == ("Data", "Lisbon")
    assert owner.positions == (
        Position("Acme", "Analyst", date(2019, 1, 1), date(2022, 6, 1)),
        Position("Globex", "Lead", date(2022, 7, 1), None),
    )


@pytest.mark.parametrize(
    ("company", "since", "origin"),
    [
        ("Acme GmbH", "15 Mar 2019", "former_colleague"),
        ("Acme", "30 Jun 2022", "former_colleague"),
        ("Acme", "31 Dec 2018", "unknown"),
        ("Acme", "01 Jul 2022", "unknown"),
        ("Globex", "15 Mar 2024", "former_colleague"),
        ("Initech", "15 Mar 2019", "unknown"),
        ("", "15 Mar 2019", "unknown"),
        ("Acme", "", "unknown"),
    ],
)
def test_a_former_colleague_shares_the_employer_at_the_time_of_connecting(
    company: str, since: str, origin: str
) -> None:
    jobs = POSITIONS + '"Acme, Inc.",Analyst,,,Jan 2019,Jun 2022\nGlobex,Lead,,,Jul 2022,\nInitech,x,,,,\n'
    (ana,) = read(Positions=jobs, Connections=NEW + f"Ana,Silva,{IN}ana,,{company},,{since}\n").people
    assert ana.origin == origin
    assert (ana.origin_evidence is None) == (origin == "unknown")


def test_the_evidence_names_employer_and_month() -> None:
    network = read(
        Positions=POSITIONS + "Acme,Analyst,,,Jan 2019,Jun 2022\n",
        Connections=NEW + f"Ana,Silva,{IN}ana,,Acme,,15 Mar 2019\n",
    )
    assert network.people[0].origin_evidence == "worked at Acme when you connected (Mar 2019)"


def test_a_position_with_an_unreadable_date_makes_no_colleagues() -> None:
    network = read(
        Positions=POSITIONS + "Acme,Analyst,,,Jan 2019,long ago\n",
        Connections=NEW + f"Ana,Silva,{IN}ana,,Acme,,15 Mar 2024\n",
    )
    assert network.people[0].origin == "unknown"
    assert where(network) == ["Positions.csv:2"]


# messages.csv


def test_one_to_one_messages_are_interactions_and_the_owner_is_nobody() -> None:
    network = read(
        Profile=PROFILE,
        messages=TEN
        + line("c", "me", "ana", "2026-01-01 10:00:00 UTC")
        + line("c", "ana", "me", "2026-01-02 10:00:00 UTC"),
    )
    assert touches(network) == [
        ("outbound", "Ana Silva", "2026-01-01 10:00"),
        ("inbound", "Ana Silva", "2026-01-02 10:00"),
    ]
    assert [person.keys for person in network.people] == [("linkedin:ana",)]
    assert network.owner is not None
    assert network.owner.keys == ("linkedin:mira",)
    assert all(item.zone_known and item.at.tzinfo is UTC for item in network.interactions)


def test_the_owner_is_the_most_frequent_party_where_no_profile_tells() -> None:
    network = read(
        messages=TEN
        + line("c", "ana", "me", "2026-01-01 10:00:00 UTC")
        + line("c", "ana", "me", "2026-01-02 10:00:00 UTC")
        + line("d", "bo", "me", "2026-01-02 10:00:00 UTC")
    )
    assert network.owner is not None
    assert network.owner.name == "Mira Okafor, PhD"
    assert names(network) == ["Ana Silva", "Bo Li"]


def test_of_two_parties_the_connection_is_not_the_owner() -> None:
    network = read(
        Connections=NEW + f"Ana,Silva,{IN}ana,,,,08 Feb 2026\n",
        messages=TEN + line("c", "ana", "me", "2026-01-01 10:00:00 UTC"),
    )
    assert touches(network) == [("inbound", "Ana Silva", "2026-01-01 10:00")]


def test_where_nothing_tells_who_the_owner_is_no_message_is_read() -> None:
    network = read(messages=TEN + line("c", "ana", "bo", "2026-01-01 10:00:00 UTC"))
    assert (network.people, network.interactions) == ([], [])
    assert where(network) == ["messages.csv:1"]


def test_bodies_of_many_lines_with_quotation_marks_are_read_and_dropped() -> None:
    body = 'She said "yes",\nthen "no";\n\nwell.'
    network = read(
        Profile=PROFILE,
        messages=TEN
        + line("c", "me", "ana", "2026-01-01 10:00:00 UTC", body)
        + line("c", "ana", "me", "2026-01-02 10:00:00 UTC"),
    )
    assert [item.place.line for item in network.interactions] == [2, 6]
    assert "yes" not in repr(network)


def test_a_body_of_twenty_megabytes_is_dropped_like_any_other() -> None:
    network = read(
        Profile=PROFILE, messages=TEN + line("c", "me", "ana", "2026-01-01 10:00:00 UTC", "long " * 4_000_000)
    )
    assert len(network.interactions) == 1


@pytest.mark.parametrize(
    "row",
    [
        line("c", "me", "ana", "2026-01-01 10:00:00 UTC", folder="SPAM").strip() + ",,No,No\n",
        line("c", "me", "ana", "2026-01-01 10:00:00 UTC").strip() + ",,Yes,No\n",
        line("c", "me", "ana", "2026-01-01 10:00:00 UTC").strip() + ",,No,YES\n",
        line("c", "ana", "me", "2026-01-01 10:00:00 UTC", '<p class="spinmail-quill-editor__spin-break">Hi').strip()
        + ",,No,No\n",
        f'c,Sponsored,Ana Silva,{IN}ana,"Mira Okafor, PhD",{IN}mira,2026-01-01 10:00:00 UTC,,x,INBOX,,No,No\n',
        f'c,,LinkedIn Member,,"Mira Okafor, PhD",{IN}mira,2026-01-01 10:00:00 UTC,,x,INBOX,,No,No\n',
        f'c,,"Mira Okafor, PhD",{IN}mira,,,2026-01-01 10:00:00 UTC,,x,INBOX,,No,No\n',
    ],
)
def test_drafts_spam_advertising_and_members_who_are_gone_count_for_nothing(row: str) -> None:
    network = read(Profile=PROFILE, messages=THIRTEEN + row)
    assert (network.people, network.interactions, network.problems) == ([], [], [])
    assert sum(count for reason, count in network.counts.items() if reason.startswith("messages_")) == 1


def test_a_group_is_a_tie_between_its_people_and_no_touch() -> None:
    mira = f'"Mira Okafor, PhD",{IN}mira'
    network = read(
        Profile=PROFILE,
        messages=TEN
        + f'g,Team,{mira},"Ana Silva, Bo Li","{IN}ana,{IN}bo",2026-01-01 10:00:00 UTC,,x,INBOX\n'
        + f'g,Team,Ana Silva,{IN}ana,"Mira Okafor, PhD, Bo Li","{IN}mira,{IN}bo",2026-01-03 10:00:00 UTC,,x,INBOX\n',
    )
    assert network.interactions == []
    (group,) = network.groups
    assert group.keys == ("linkedin:ana", "linkedin:bo")
    assert group.at == datetime(2026, 1, 3, 10, tzinfo=UTC)
    assert names(network) == ["Ana Silva"]  # Bo's name is nowhere alone
    assert network.counts["messages_group"] == 2


def test_in_the_nine_columns_the_other_side_is_known_where_it_wrote_under_its_profile() -> None:
    rows = (
        f'c,,"Mira Okafor, PhD",{IN}mira,Ana Silva,2022-01-01 10:00:00 UTC,,x,INBOX\n'
        f'c,,Ana Silva,{IN}ana,"Mira Okafor, PhD",2022-01-02 10:00:00 UTC,,x,INBOX\n'
        f'd,,"Mira Okafor, PhD",{IN}mira,"Bo Li, MBA",2022-01-03 10:00:00 UTC,,x,INBOX\n'
    )
    network = read(Profile=PROFILE, messages=NINE + rows)
    assert [(item.name, item.keys) for item in network.interactions] == [
        ("Ana Silva", ("linkedin:ana",)),
        ("Ana Silva", ("linkedin:ana",)),
        ("Bo Li, MBA", ()),
    ]
    assert names(network) == ["Ana Silva"]


def test_in_the_nine_columns_several_known_names_are_a_group() -> None:
    rows = (
        f'c,,Ana Silva,{IN}ana,"Mira Okafor, PhD",2022-01-02 10:00:00 UTC,,x,INBOX\n'
        f'd,,Bo Li,{IN}bo,"Mira Okafor, PhD",2022-01-02 10:00:00 UTC,,x,INBOX\n'
        f'g,,"Mira Okafor, PhD",{IN}mira,"Ana Silva, Bo Li",2022-01-03 10:00:00 UTC,,x,INBOX\n'
    )
    assert len(read(Profile=PROFILE, messages=NINE + rows).interactions) == 2


def test_ids_stay_the_same_over_eras_and_imports() -> None:
    when = "2022-01-01 10:00:00 UTC"
    nine = f'c,,"Mira Okafor, PhD",{IN}mira,Ana Silva,{when},,x,INBOX\n'
    ten = f'c,,"Mira Okafor, PhD",{IN}mira,Ana Silva,{IN}ana,{when},,x,INBOX\n'
    quoted = "\n".join(
        ",".join(f'"{cell}"' for cell in row)
        for row in (
            THIRTEEN.strip().split(","),
            ["c", "", "Mira Okafor, PhD", IN + "mira", "Ana Silva", IN + "ana", when, "", "x", "INBOX", "", "No", "No"],
        )
    )
    eras = [NINE + nine, TEN + ten, quoted]
    ids = {only(read(Profile=PROFILE, messages=text)).external_id for text in eras for _ in range(2)}
    assert len(ids) == 1
    assert "ana" not in ids.pop().casefold()


def test_a_message_that_stands_there_twice_counts_once() -> None:
    row = line("c", "me", "ana", "2026-01-01 10:00:00 UTC")
    network = read(Profile=PROFILE, messages=TEN + row + row)
    assert len(network.interactions) == 1
    assert network.counts["duplicate_rows"] == 1


def test_a_message_with_an_unreadable_date_is_left_out_with_its_line() -> None:
    network = read(Profile=PROFILE, messages=TEN + line("c", "me", "ana", "yesterday"))
    assert network.interactions == []
    assert where(network) == ["messages.csv:2"]


def test_a_message_to_a_profile_without_a_name_is_kept_only_for_a_connection() -> None:
    row = f'c,,"Mira Okafor, PhD",{IN}mira,,{IN}ana,2026-01-01 10:00:00 UTC,,x,INBOX\n'
    connected = NEW + f"Ana,Silva,{IN}ana,,,,08 Feb 2026\n"
    assert only(read(Profile=PROFILE, Connections=connected, messages=TEN + row)).keys == ("linkedin:ana",)
    unknown = read(Profile=PROFILE, messages=TEN + row)
    assert (unknown.interactions, unknown.people, unknown.counts["messages_unnamed"]) == ([], [], 1)


def test_a_name_that_changed_since_does_not_make_a_second_person() -> None:
    network = read(
        Profile=PROFILE,
        Connections=NEW + f"Ana,Silva-Reyes,{IN}ana,,,,08 Feb 2026\n",
        messages=TEN + line("c", "ana", "me", "2026-01-01 10:00:00 UTC"),
    )
    assert names(network) == ["Ana Silva-Reyes"]


# Invitations, endorsements, recommendations


@pytest.mark.parametrize("column", ["Sent At", "Date Sent"])
def test_an_invitation_with_a_text_is_a_touch_without_a_zone(column: str) -> None:
    mira = '"Mira Okafor, PhD"'
    network = read(
        Invitations=INVITATIONS.replace("Sent At", column)
        + f'{mira},Ana Silva,"1/29/26, 2:37 PM","Loved your talk",OUTGOING,{IN}mira,{IN}ana\n'
        + f'Bo Li,{mira},"1/30/26, 12:05 AM",,INCOMING,{IN}bo,{IN}mira\n'
    )
    touch = only(network)
    assert (touch.direction, touch.channel, touch.keys) == ("outbound", "invitation", ("linkedin:ana",))
    assert (touch.at, touch.zone_known) == (datetime(2026, 1, 29, 14, 37, tzinfo=UTC), False)
    assert names(network) == ["Ana Silva", "Bo Li"]
    assert network.counts["invitations_without_text"] == 1
    assert network.owner is not None
    assert network.owner.keys == ("linkedin:mira",)


def test_an_invitation_without_addresses_waits_for_review() -> None:
    network = read(
        Invitations="From,To,Sent At,Message,Direction\n" + 'Bo Li,Mira,"1/30/26, 12:05 AM",Hello,INCOMING\n'
    )
    assert (only(network).keys, only(network).name, network.people) == ((), "Bo Li", [])


def test_endorsements_are_touches_in_their_direction() -> None:
    network = read(
        {
            "Endorsement_Received_Info.csv": ENDORSED
            + "2024/02/01 15:02:55 UTC,Python,Ana,Silva,www.linkedin.com/in/ana,ACCEPTED\n"
            + "2024/02/01 15:02:59 UTC,SQL,Ana,Silva,www.linkedin.com/in/ana,PENDING\n",
            "Endorsement_Given_Info.csv": ENDORSING + "2024/02/02 15:02:55 UTC,Risk,Bo,Li,,ACCEPTED\n",
        }
    )
    assert touches(network) == [
        ("inbound", "Ana Silva", "2024-02-01 15:02"),
        ("inbound", "Ana Silva", "2024-02-01 15:02"),
        ("outbound", "Bo Li", "2024-02-02 15:02"),
    ]
    assert [item.keys for item in network.interactions] == [("linkedin:ana",), ("linkedin:ana",), ()]
    assert len({item.external_id for item in network.interactions}) == 3


def test_the_id_of_an_endorsement_survives_the_column_with_addresses() -> None:
    new = ENDORSED + "2024/02/01 15:02:55 UTC,Python,Ana,Silva,www.linkedin.com/in/ana,ACCEPTED\n"
    old = ENDORSED.replace("Endorser Public Url,", "") + "2024/02/01 15:02:55 UTC,Python,Ana,Silva,ACCEPTED\n"
    ids = {only(read({"Endorsement_Received_Info.csv": text})).external_id for text in (new, old)}
    assert len(ids) == 1


@pytest.mark.parametrize(
    ("status", "counts"), [("VISIBLE", 1), (" HIDDEN", 1), ("", 1), ("PENDING", 0), ("DRAFT", 0), ("DELETED", 0)]
)
def test_only_a_recommendation_that_stands_is_a_touch_and_it_waits_for_review(status: str, counts: int) -> None:
    text = RECOMMENDED + f'Ana,Silva,Acme,Lead,"She is great,\nreally.","01/24/18, 03:00 PM",{status}\n'
    network = read({"Recommendations_Received.csv": text, "Recommendations_Given.csv": text})
    assert len(network.interactions) == counts * 2
    assert network.people == []
    for item, direction in zip(network.interactions, ["inbound", "outbound"], strict=False):
        assert (item.direction, item.channel, item.name, item.company) == (
            direction,
            "recommendation",
            "Ana Silva",
            "Acme",
        )
        assert (item.keys, item.at.date()) == ((), date(2018, 1, 24))


def test_a_date_without_a_time_is_its_noon() -> None:
    network = read({"Recommendations_Given.csv": RECOMMENDED + "Ana,Silva,Acme,Lead,x,06/30/25,VISIBLE\n"})
    assert only(network).at == datetime(2025, 6, 30, 12, tzinfo=UTC)


def test_one_recommendations_file_alone_must_say_which_it_is(tmp_path: Path) -> None:
    path = tmp_path / "recommendations.csv"
    path.write_text(RECOMMENDED + "Ana,Silva,Acme,Lead,x,06/30/25,VISIBLE\n")
    with pytest.raises(ImportRefused, match="Only the file's name tells"):
        read_linkedin(path)


# The sample that is shipped, and a large export

ROOT = Path(__file__).resolve().parents[2]
SAMPLE = ROOT / "workflows" / "kith" / "workflows" / "sample" / "linkedin-export.zip"


def test_the_sample_is_what_its_script_writes(tmp_path: Path) -> None:
    script = runpy.run_path(str(ROOT / "tests" / "data" / "make_sample_export.py"))
    script["main"](tmp_path / "again.zip")
    assert (tmp_path / "again.zip").read_bytes() == SAMPLE.read_bytes()
    assert SAMPLE.stat().st_size < 100_000


def test_the_sample_tells_the_stories_that_the_demo_needs() -> None:
    network = read_linkedin(SAMPLE)
    last: dict[str, InteractionRecord] = {}
    for item in sorted(network.interactions, key=lambda item: item.at):
        if item.channel == "message":
            last[item.name] = item
    assert (last["Tomás Pereira"].direction, last["Tomás Pereira"].at.date()) == ("inbound", date(2026, 11, 20))
    assert (last["Ana Silva"].direction, last["Ana Silva"].at.date()) == ("outbound", date(2026, 11, 18))
    assert last["Inês Carvalho"].at.date() < date(2023, 11, 20)
    assert "Jordan Blake" not in last
    at_target = [person.name for person in network.people if company_key(person.company or "") == "northwind analytics"]
    assert sorted(at_target) == ["Ana Silva", "Helena Duarte", "Jordan Blake"]
    assert names(network).count("Sofia Marques") == 2
    assert network.owner is not None
    assert network.owner.name == "Mira Okafor, PhD"
    assert (network.hidden, len(network.groups), where(network), where(network, "warning")) == (1, 1, [], [])
    assert {item.channel for item in network.interactions} == {"message", "invitation", "endorsement", "recommendation"}


def test_a_large_export_is_read_to_the_last_row(tmp_path: Path) -> None:
    script = runpy.run_path(str(ROOT / "tests" / "data" / "make_large_export.py"))
    script["make"](tmp_path / "large.zip", connection_count=3_000, message_count=2_000, seed=1)
    network = read_linkedin(tmp_path / "large.zip")
    assert len(network.people) + network.hidden == 3_000
    assert network.counts["messages"] == 2_000
    assert len(network.interactions) + network.counts.get("duplicate_rows", 0) == 2_000
    assert network.problems == []


# Whatever is in the files

cells = st.text(st.characters(codec="utf-8"), max_size=12) | st.sampled_from(
    [
        "",
        "NA",
        '"',
        "Ana",
        IN + "ana",
        "08 Feb 2026",
        "5/6/24",
        "2026-01-01 10:00:00 UTC",
        "a\nb",
        ",",
        "Yes",
        "INCOMING",
    ]
)
HEADERS = {
    "Connections.csv": NEW,
    "messages.csv": THIRTEEN,
    "Invitations.csv": INVITATIONS,
    "Positions.csv": POSITIONS,
    "Profile.csv": PROFILE.splitlines(keepends=True)[0],
    "Endorsement_Given_Info.csv": ENDORSING,
    "Recommendations_Received.csv": RECOMMENDED,
}


@given(st.sampled_from(sorted(HEADERS)), st.lists(st.lists(cells, max_size=14), max_size=8), st.booleans())
def test_any_rows_are_read_refused_or_problems_and_nobody_is_without_a_name(
    file: str, rows: list[list[str]], quoted: bool
) -> None:
    body = "\n".join(",".join('"' + cell.replace('"', '""') + '"' if quoted else cell for cell in row) for row in rows)
    try:
        network = read({file: HEADERS[file] + body})
    except ImportRefused:
        return
    assert all(person.name.strip() for person in network.people)
    last = len(body.splitlines()) + 3
    assert all(1 <= problem.place.line <= last for problem in network.problems)


plain = st.text("abcdeé", min_size=1, max_size=8)
junk = st.sampled_from(['x,"y', "too,few", "", 'a,b,c,d,e,f,"g"h', '"', "\n\n"])


@given(st.lists(st.tuples(plain, st.lists(junk, max_size=3)), max_size=12))
def test_everybody_is_found_on_their_line_whatever_stands_between(people: list[tuple[str, list[str]]]) -> None:
    text, lines = NEW, []
    for number, (name, between) in enumerate(people):
        text += "".join(f"{row}\n" for row in between)
        lines.append((name, text.count("\n") + 1))
        text += f"{name},,{IN}p{number},,,,08 Feb 2026\n"
    network = read(Connections=text)
    assert [(person.name, person.place.line) for person in network.people] == lines


@given(st.lists(st.tuples(st.sampled_from("ab"), st.dates(date(2020, 1, 1), date(2026, 1, 1))), max_size=9))
def test_reading_again_gives_the_same_ids_in_any_order(sent: list[tuple[str, date]]) -> None:
    rows = [
        line("c", *(("me", "ana") if who == "a" else ("ana", "me")), at.strftime("%Y-%m-%d 10:00:00 UTC"))
        for who, at in sent
    ]
    first = read(Profile=PROFILE, messages=TEN + "".join(rows))
    second = read(Profile=PROFILE, messages=TEN + "".join(reversed(rows)))
    assert {item.external_id for item in first.interactions} == {item.external_id for item in second.interactions}
