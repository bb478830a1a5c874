"""Writes the sample that is shipped: the LinkedIn export of Mira Okafor, PhD, who does not exist, as of 20 Nov 2026."""

import csv
import io
import random
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from pathlib import Path

TARGET = Path(__file__).resolve().parents[2] / "workflows" / "kith" / "workflows" / "sample" / "linkedin-export.zip"
IN = "https://www.linkedin.com/in/"
MIRA = ("Mira Okafor, PhD", IN + "mira-okafor")
NOTES = (
    "When exporting your connection data, you may notice that some of the email addresses are missing. You will only "
    "see email addresses for connections who have allowed their connections to see or download their email address."
)

# First name, last name, slug, e-mail address, company, position, connected on.
PEOPLE = """
Yuki|Arai|yuki-arai||Cobalt Ledger|Compliance Analyst|14 Nov 2026
Jordan|Blake|jordan-blake||Northwind Analytics|Head of Credit Risk|02 Nov 2026
Petra|Novotna|petra-novotna||Granite Reinsurance|Actuary|27 Oct 2026
Oskar|Lindgren|oskar-lindgren||Harbour Capital|Quantitative Analyst|12 Oct 2026
Leonor|Vaz|leonor-vaz|leonor.vaz@example.org|Banco Atlântida|Credit Risk Analyst|21 Sep 2026
Samuel|Odukwe|samuel-odukwe||Cobalt Ledger|Model Validation Lead|03 Sep 2026
Helena|Duarte|helena-duarte||Northwind Analytics, Lda|Data Engineer|18 Jun 2026
Gabriel|Monteiro|gabriel-monteiro|NA|Banco Atlântida|Risk Manager|29 May 2026
Freya|Holm|freya-holm||Fjord Payments|Fraud Analyst|11 May 2026
Kwame|Boateng|kwame-boateng||Meridian Audit|Senior Consultant|02 Apr 2026
Lucia|Ferrante|lucia-ferrante||Granite Reinsurance|Catastrophe Modeller|16 Mar 2026
Diego|Robledo|diego-robledo||Solana Energy|Data Scientist|25 Feb 2026
Sofia|Marques|sofia-marques||Banco Atlântida|Product Owner|30 Jan 2026
Sofia|Marques|sofiamarques-design||Estúdio Alecrim|Designer|19 Jan 2026
Noor|van Dijk|noor-vandijk||Harbour Capital|Risk Analyst|08 Dec 2025
Emre|Aksoy|emre-aksoy||Cobalt Ledger|Data Analyst|14 Nov 2025
Beatriz|Pimentel|beatriz-pimentel||Ferrovia Freight|Planning Analyst|06 Oct 2025
Wanda|Kowalczyk|wanda-kowalczyk||Meridian Audit|Manager|22 Sep 2025
Hugo|Teles|hugo-teles||Ferrovia Freight|BI Developer|03 Jun 2025
Priya|Raman|priya-raman|priya.raman@example.org|Fjord Payments|Analytics Lead|12 May 2025
Mateus|Figueira|mateus-figueira||Ferrovia Freight|Head of Data|17 Feb 2025
Amélie|Rousset|amélie-rousset||Solana Energy|Market Analyst|28 Jan 2025
Jonas|Brandt|jonas-brandt||Granite Reinsurance|Underwriter|09 Dec 2024
Clara|Espinosa|clara-espinosa||Harbour Capital|Portfolio Analyst|18 Nov 2024
Rafael|Seabra|rafael-seabra||Ferrovia Freight|Operations Manager|02 Sep 2024
Ingrid|Solberg|ingrid-solberg||Fjord Payments|Product Manager|20 May 2024
Tiago|Valente|tiago-valente||Ferrovia Freight|Data Engineer|11 Mar 2024
Chiara|Donati|chiara-donati||Meridian Audit|Data Analyst|05 Feb 2024
Omar|Haddou|omar-haddou||Banco Atlântida|Data Analyst|27 Nov 2023
Nadia|Petrescu|nadia-petrescu||Ferrovia Freight|Financial Controller|04 Sep 2023
Lars|Ravnborg|lars-ravnborg||Granite Reinsurance|Risk Officer|19 Jun 2023
Catarina|Lobo|catarina-lobo||Ferrovia Freight|People Partner|13 Mar 2023
Vasco|Nogueira|vasco-nogueira||Ferrovia Freight|Analyst|24 Oct 2022
Marta|Lindqvist|marta-lindqvist|marta.lindqvist@example.org|Lumora Insurance|Claims Analyst|30 May 2022
Duarte|Quintela|duarte-quintela||Lumora Insurance|Pricing Actuary|14 Feb 2022
Elif|Yalçın|elif-yalçın||Cobalt Ledger|Engineering Manager|08 Nov 2021
Paula|Sarmento|paula-sarmento||Lumora Insurance|Data Steward|21 Jun 2021
Felix|Baumgart|felix-baumgart||Meridian Audit|Partner|02 Mar 2021
Joana|Cordeiro|joana-cordeiro||Lumora Insurance|Fraud Investigator|19 Oct 2020
Inês|Carvalho|ines-carvalho||Alvorada Health|Chief Risk Officer|07 Sep 2020
Andrei|Munteanu|andrei-munteanu||Solana Energy|Data Engineer|11 May 2020
Rui|Castanho|rui-castanho|rui.castanho@example.org|Lumora Insurance|Head of Analytics|13 Jan 2020
Lena|Hoffer|lena-hoffer||Harbour Capital|Investor Relations|25 Nov 2019
Ana|Silva|ana-silva-risk||Northwind Analytics|Risk Lead|16 Sep 2019
Pedro|Salgueiro|pedro-salgueiro||Lumora Insurance|Reserving Actuary|08 Jul 2019
Sara|Benmoussa|sara-benmoussa||Alvorada Health|Data Analyst|20 May 2019
Miguel|Furtado|miguel-furtado||Lumora Insurance|Software Engineer|01 Apr 2019
Filipa|Rego|filipa-rego||Tagus Retail Group|Category Manager|12 Nov 2018
Bruno|Amado|bruno-amado||Tagus Retail Group|Store Analyst|09 Jul 2018
Hannah|Greve|hannah-greve||Solana Energy|Controller|14 May 2018
Tomás|Pereira|tomas-pereira|tomas.pereira@example.org|Oficina Azul|Teacher|05 Mar 2018
Carolina|Matos|carolina-matos||Tagus Retail Group|Buyer|22 Jan 2018
Ivo|Stanchev|ivo-stanchev||Meridian Audit|Auditor|27 Nov 2017
Rita|Abrantes|rita-abrantes||Universidade do Estuário|Lecturer in Statistics|16 Oct 2017
Daniel|Okonjo|daniel-okonjo||Alvorada Health|Biostatistician|18 Sep 2017
Alice|Fontes|alice-fontes||Tagus Retail Group|Data Analyst|12 Jun 2017
Manuel|Ribas|manuel-ribas||Universidade do Estuário|Professor of Economics|03 Apr 2017
Teresa|Gouvinhas|teresa-gouvinhas||Tagus Retail Group|Finance Director|20 Feb 2017
"""

# When (UTC), who ("<" they wrote, ">" Mira wrote), what.
ANA = r"""
2026-09-08 08:41|>|Hi Ana, I read your note on stress tests for small lenders. The part about rents was new to me.
2026-09-09 17:22|<|Mira! How good to hear from you. It grew out of the old claims model you and I built, you know.
2026-09-10 07:58|>|I did recognise the shape of it :) I am learning scenario design now and follow what you write.
2026-09-24 12:10|<|Here is the list of papers I promised.\n\n"Start with the short one", as Rui used to say.
2026-09-25 08:03|>|Thank you! I read the short one on the train and wrote a page about it. Shall I send it?
2026-09-25 10:47|<|Please do, I would like to see it.
2026-10-06 09:15|>|Here it is. I tried the rent scenario on open data; the notebook is linked at the end.
2026-10-08 18:30|<|This is really good. I showed the chart on page 1 to the team.
2026-10-21 07:44|>|I saw the new guideline and thought of your calibration question: a summary of chapter 4.
2026-10-22 13:05|<|You saved me an afternoon. We are discussing exactly that on Friday.
2026-11-04 08:20|>|How did Friday go?
2026-11-05 16:52|<|Well! We keep your way of grouping the regions. Two more weeks of work, then it is calm again.
2026-11-18 11:26|<|It is calm again. How are you getting on with the certificate?
2026-11-18 19:02|>|Passed the second part on Monday! I have two questions about your field, whenever you have time.
"""
TOMAS = r"""
2025-08-02 18:12|<|Are you two coming to the river on Sunday?
2025-08-02 18:40|>|Yes, and I bring the melon.
2025-12-23 09:01|>|Happy holidays to you and the little ones!
2025-12-23 20:15|<|To you too! They still talk about the magic tricks.
2026-05-11 12:45|<|A parent at school works in banking and needs statistics explained. May I name you?
2026-05-11 13:02|>|Of course, with pleasure.
2026-10-30 19:33|>|How is the new school year?
2026-11-01 10:20|<|Loud and lovely. And your search?
2026-11-02 08:10|>|Slow but honest. Tell me when you have a free evening.
2026-11-20 17:48|<|Friday the 4th would be free. My cousin started at a bank in risk,\nshall I ask her for you?
"""
INES = r"""
2022-01-17 09:30|>|Dear Inês, thank you for the evening talk. Your "ask who pays for the error" stays with me.
2022-01-18 20:11|<|That makes me happy. Come to the next one and bring questions.
2022-03-03 08:15|>|I did the exercise with our claims data. May I show you?
2022-03-04 12:40|<|Yes, Thursday at five.
2022-03-11 07:50|>|Thank you for yesterday. I rewrote the whole second part.
2022-06-20 16:05|<|You should apply for the senior role, I mean it.
2022-06-21 08:22|>|I did, this morning. Thank you for the push.
2022-09-05 10:00|<|First day! How is the railway?
2022-09-05 19:44|>|Big, slow and full of data. I love it.
2023-01-12 18:20|<|I have moved to Alvorada. New city, old problems.
2023-01-13 08:05|>|Congratulations! They are lucky.
2023-05-22 09:12|>|Your article on hospital liquidity was the clearest thing I read this spring.
2023-05-23 21:30|<|You always read to the end, I know nobody else who does.
2023-09-14 17:25|<|If you ever look at risk seriously, tell me first.
"""
CIRCLE = r"""
2026-03-18 18:00|mira-okafor|Shall we meet once a month and each bring one chart?
2026-03-18 20:31|rui-castanho|I am in. "One chart, five minutes" is the rule then.
2026-03-19 07:40|helena-duarte|Yes please! Third Wednesday?
2026-06-17 21:05|marta-lindqvist|Thank you all for tonight. My notes:\n- look at the tail first\n- ask who reads it
2026-09-16 20:58|mira-okafor|Next time at my place, there will be soup.
2026-10-21 21:12|helena-duarte|Good soup, better charts.
"""

# Small talk for everybody else: "<" and ">" as above, one line after the other within days.
TALKS = """
>Hello {name}, how is the new year starting?/<Busy, but in a good way. And yours?/>The same. Let us talk in spring.
<Do you still have the slides about missing values?/>Yes, here they are./<Perfect, thank you!
>I saw your post about the data catalogue. Did people use it in the end?/<Half of them. The other half will follow.
<Happy birthday!/>Thank you, that is kind of you.
>Congratulations on the new role!/<Thank you Mira! It is a big change, but I like it so far.
<A question: which course on survival models did you like?/>The short one by the university, it is free.
>I read this article and thought of your project: "Small data, big decisions"./<Oh, that is us! Sharing it with my team.
<We look for a speaker in May, ten minutes on forecasting. Would you?/>With joy. When do you need a title?/<Next week.
>How did the migration go?/<Two weekends and one cake. It runs now./>I will learn from the cake part.
<Do you know somebody who cleans address data?/>Yes, I can ask an old colleague./<That would help a lot.
>Are you going to the meetup on Thursday?/<I am! See you there.
<Your comment on our dashboard was spot on, we changed it./>Great, show me when it is out.
>I finished the book you lent me. The last chapter is gold./<Told you :)
<I have a new phone number, tell me if you need it./>Please do, and say hello to the team.
"""
TALKING = (
    "rui-castanho marta-lindqvist helena-duarte hugo-teles mateus-figueira priya-raman tiago-valente nadia-petrescu "
    "beatriz-pimentel leonor-vaz noor-vandijk rita-abrantes joana-cordeiro vasco-nogueira chiara-donati kwame-boateng"
)
TALKERS = TALKING.split()

INVITATIONS = """
>|jordan-blake|Jordan Blake|11/2/26, 9:12 AM|
>|yuki-arai|Yuki Arai|11/14/26, 8:30 AM|Hello Yuki, thank you for the good question at the meetup.
>|dora-weiland|Dora Weiland|11/16/26, 7:55 PM|
<|petra-novotna|Petra Novotna|10/27/26, 2:37 PM|
<|oskar-lindgren|Oskar Lindgren|10/12/26, 10:05 AM|I liked your chart about freight delays, may I quote it?
>|leonor-vaz|Leonor Vaz|9/21/26, 12:20 PM|We sat next to each other at the scenario workshop. Let us stay in touch.
<|samuel-odukwe|Samuel Odukwe|9/3/26, 4:44 PM|
<|growth-guru-max|Max Pohl|8/19/26, 6:01 AM|
>|helena-duarte|Helena Duarte|6/18/26, 9:00 AM|
<|gabriel-monteiro|Gabriel Monteiro|5/29/26, 11:11 AM|Rita told me about your work on small samples.
>|kwame-boateng|Kwame Boateng|4/2/26, 3:16 PM|
<|noor-vandijk|Noor van Dijk|12/8/25, 1:45 PM|
"""

RECEIVED = """
2026/10/09 17:40:12 UTC|Scenario Analysis|ana-silva-risk
2026/10/09 17:40:20 UTC|Python|ana-silva-risk
2026/07/02 08:11:45 UTC|Data Visualization|helena-duarte
2026/04/15 12:30:00 UTC|SQL|hugo-teles
2025/11/20 09:05:33 UTC|Statistics|rita-abrantes
2025/06/18 16:22:10 UTC|Forecasting|tiago-valente
2025/03/05 10:00:51 UTC|SQL|mateus-figueira
2022/06/10 14:48:02 UTC|Statistical Modeling|rui-castanho
2021/02/22 11:19:27 UTC|Data Analysis|paula-sarmento
2018/05/30 08:32:40 UTC|Excel|bruno-amado
"""
GIVEN = """
2026/10/09 18:05:00 UTC|Stress Testing|ana-silva-risk
2026/07/02 08:20:13 UTC|Data Engineering|helena-duarte
2026/01/21 09:44:55 UTC|Teaching|tomas-pereira
2025/09/14 20:01:09 UTC|Product Analytics|priya-raman
2025/04/02 07:30:30 UTC|Business Intelligence|hugo-teles
2024/12/11 13:13:13 UTC|Leadership|mateus-figueira
2024/06/06 15:50:00 UTC|Data Pipelines|tiago-valente
2022/07/19 08:08:08 UTC|Claims|marta-lindqvist
2022/03/12 10:25:41 UTC|Risk Management|ines-carvalho
2021/09/01 12:41:31 UTC|Leadership|rui-castanho
"""
RECOMMENDED = r"""
rui-castanho|Lumora Insurance|Head of Analytics|08/30/22, 09:14 AM|Mira asks the question behind the question.
mateus-figueira|Ferrovia Freight|Head of Data|09/04/26, 05:30 PM|Our delay model is hers. Calm, exact, and kind.
"""
RECOMMENDING = r"""
ana-silva-risk|Northwind Analytics|Risk Lead|10/12/26, 08:00 AM|Ana explains risk so that everybody can decide.
marta-lindqvist|Lumora Insurance|Claims Analyst|06/03/22, 11:45 AM|Marta finds the odd claim\nbefore anybody else does.
"""

MESSAGES = (
    "CONVERSATION ID", "CONVERSATION TITLE", "FROM", "SENDER PROFILE URL", "TO", "RECIPIENT PROFILE URLS", "DATE",
    "SUBJECT", "CONTENT", "FOLDER", "ATTACHMENTS", "IS MESSAGE DRAFT", "IS CONVERSATION DRAFT",
)  # fmt: skip
PROFILE = (
    "First Name", "Last Name", "Maiden Name", "Address", "Birth Date", "Headline", "Summary", "Industry", "Zip Code",
    "Geo Location", "Twitter Handles", "Websites", "Instant Messengers",
)  # fmt: skip
CONNECTIONS = ("First Name", "Last Name", "URL", "Email Address", "Company", "Position", "Connected On")
INVITED = ("From", "To", "Sent At", "Message", "Direction", "inviterProfileUrl", "inviteeProfileUrl")
PRAISE = ("First Name", "Last Name", "Company", "Job Title", "Text", "Creation Date", "Status")
HELD = ("Company Name", "Title", "Description", "Location", "Started On", "Finished On")
SUMMARY = (
    "I turn messy operational data into decisions: claims at an insurer, delays at a railway.\n"
    "Now I study scenario design and credit models, and look for a team that measures risk honestly."
)
POSITIONS = (
    ("Ferrovia Freight", "Senior Data Analyst", "Delay and capacity models.", "Lisbon", "Sep 2022", "Sep 2026"),
    ("Lumora Insurance", "Data Analyst", "Claims models, with pricing and fraud.", "Lisbon", "Mar 2019", "Aug 2022"),
    ("Tagus Retail Group", "Junior Data Analyst", "Store reports.", "Lisbon", "Sep 2016", "Feb 2019"),
)


def records(block: str) -> list[list[str]]:
    """The lines of a block, cut at the bars, with their line breaks."""
    return [line.replace("\\n", "\n").split("|") for line in block.strip().splitlines()]


FULL_NAMES = {row[2]: f"{row[0]} {row[1]}" for row in records(PEOPLE)} | {"mira-okafor": MIRA[0]}


def conversation_id(name: str) -> str:
    """An opaque id as LinkedIn makes them, the same every time."""
    return f"2-{random.Random(name).randbytes(18).hex()}=="


def message(thread: str, sender: str, to: str, at: str, body: str, **extra: str) -> tuple[str, ...]:
    """A row of messages.csv between two people who are known by their slugs."""
    cells = dict.fromkeys(MESSAGES, "") | {
        "CONVERSATION ID": conversation_id(thread), "FROM": FULL_NAMES[sender], "SENDER PROFILE URL": IN + sender,
        "TO": FULL_NAMES[to], "RECIPIENT PROFILE URLS": IN + to, "DATE": f"{at} UTC", "CONTENT": body,
        "FOLDER": "INBOX", "IS MESSAGE DRAFT": "No", "IS CONVERSATION DRAFT": "No",
    }  # fmt: skip
    return tuple({**cells, **{name.replace("_", " "): text for name, text in extra.items()}}.values())


def told(partner: str, block: str) -> Iterator[tuple[str, ...]]:
    """The messages of one story."""
    for at, way, body in records(block):
        sender, to = ("mira-okafor", partner) if way == ">" else (partner, "mira-okafor")
        yield message(partner, sender, to, f"{at}:{len(body) % 60:02d}", body)


def small_talk(dice: random.Random) -> Iterator[tuple[str, ...]]:
    """Each talker's few exchanges between November 2024 and the beginning of November 2026, after they connected."""
    talks = TALKS.strip().splitlines()
    since = {row[2]: datetime.strptime(row[6], "%d %b %Y") for row in records(PEOPLE)}  # noqa: DTZ007 - days only
    last = datetime(2026, 11, 5, 9)  # noqa: DTZ001 - written as UTC
    for rank, partner in enumerate(TALKERS):
        first = max(since[partner] + timedelta(days=2), datetime(2024, 11, 25, 9))  # noqa: DTZ001
        for talk in dice.sample(talks, 6 - rank // 4):
            at = first + (last - first) * dice.random()
            for turn in talk.split("/"):
                at = at.replace(hour=dice.randrange(8, 20), minute=dice.randrange(60), second=dice.randrange(60))
                sender, to = ("mira-okafor", partner) if turn[0] == ">" else (partner, "mira-okafor")
                yield message(partner, sender, to, str(at)[:19], turn[1:].format(name=FULL_NAMES[partner].split()[0]))
                at += timedelta(days=dice.randint(1, 3))


def circle() -> Iterator[tuple[str, ...]]:
    """A group thread of four."""
    members = ("mira-okafor", "rui-castanho", "helena-duarte", "marta-lindqvist")
    for at, sender, body in records(CIRCLE):
        others = [slug for slug in members if slug != sender]
        to, urls = ", ".join(FULL_NAMES[slug] for slug in others), ",".join(IN + slug for slug in others)
        row = message(
            "circle", sender, others[0], f"{at}:07", body, CONVERSATION_TITLE="One chart, five minutes", TO=to
        )
        yield tuple(urls if MESSAGES[number] == "RECIPIENT PROFILE URLS" else cell for number, cell in enumerate(row))


def odds() -> Iterator[tuple[str, ...]]:
    """What an importer has to tell from conversations: advertising, a recruiter, a draft, spam, somebody who left."""
    ad = '<p class="spinmail-quill-editor__spin-break">Hi %FIRSTNAME%, grow your pipeline in <b>seven days</b>!</p>'
    strange = {"SENDER_PROFILE_URL": ""}
    to_mira = ("ana-silva-risk", "mira-okafor")
    yield message("ad", *to_mira, "2026-10-14 06:00:00", ad, FROM="Pipeline Pilot", **strange)
    inmail = "Dear Mira, my client, a bank in Porto, looks for a risk analyst. Would a short call suit you?"
    recruiter = {"FROM": "Carla Winters", "SENDER_PROFILE_URL": IN + "carla-winters-talent"}
    yield message("inmail", *to_mira, "2026-10-05 09:30:11", inmail, SUBJECT="Risk analyst in Porto", **recruiter)
    draft = {"IS_MESSAGE_DRAFT": "Yes"}
    yield message(
        "gabriel-monteiro", "mira-okafor", "gabriel-monteiro", "2026-11-19 22:10:00", "Dear Gabriel, I", **draft
    )
    yield message("spam", *to_mira, "2026-08-20 03:00:00", "You have won.", FOLDER="SPAM", FROM="Max Pohl", **strange)
    gone = "Thank you for the talk!"
    yield message("gone", *to_mira, "2025-02-11 15:00:00", gone, FROM="LinkedIn Member", **strange)
    unanswered = "Hello Pedro, is the reserving workshop open to guests?"
    yield message("pedro-salgueiro", "mira-okafor", "pedro-salgueiro", "2026-04-20 08:05:00", unanswered)


def messages() -> list[tuple[str, ...]]:
    """All rows of messages.csv, newest first."""
    stories = [*told("ana-silva-risk", ANA), *told("tomas-pereira", TOMAS), *told("ines-carvalho", INES)]
    dice = random.Random(20261120)
    rows = [*stories, *small_talk(dice), *circle(), *odds()]
    return sorted(rows, key=lambda row: row[MESSAGES.index("DATE")], reverse=True)


def connections() -> Iterator[tuple[str, ...]]:
    """All rows of Connections.csv: one of them hidden, and one twice."""
    for first, last, slug, mail, company, position, since in records(PEOPLE):
        row = (first, last, IN + slug, mail, company, position, since)
        yield row
        if slug == "felix-baumgart":
            yield row
        if slug == "petra-novotna":
            yield ("",) * 6 + ("19 Oct 2026",)


def invitations() -> Iterator[tuple[str, ...]]:
    """All rows of Invitations.csv."""
    for way, slug, name, at, text in records(INVITATIONS):
        other = (name, IN + slug)
        sender, to, direction = (MIRA, other, "OUTGOING") if way == ">" else (other, MIRA, "INCOMING")
        yield sender[0], to[0], at, text, direction, sender[1], to[1]


def endorsements(block: str) -> Iterator[tuple[str, ...]]:
    """The rows of endorsements, whose addresses have no scheme."""
    people = {row[2]: row for row in records(PEOPLE)}
    for at, skill, slug in records(block):
        yield at, skill, people[slug][0], people[slug][1], f"www.linkedin.com/in/{slug}", "ACCEPTED"


def endorsed(role: str) -> tuple[str, ...]:
    """The header of endorsements, which says endorser or endorsee."""
    return (
        "Endorsement Date", "Skill Name", f"{role} First Name", f"{role} Last Name", f"{role} Public Url",
        "Endorsement Status",
    )  # fmt: skip


def recommendations(block: str) -> Iterator[tuple[str, ...]]:
    """The rows of recommendations, which have no addresses."""
    people = {row[2]: row for row in records(PEOPLE)}
    for slug, company, title, at, text in records(block):
        yield people[slug][0], people[slug][1], company, title, text, at, "VISIBLE"


def table(header: Sequence[str], rows: Iterable[Sequence[str]], *, quote_all: bool = False) -> str:
    """A CSV text as LinkedIn writes it, without a line end after the last row."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n", quoting=csv.QUOTE_ALL if quote_all else csv.QUOTE_MINIMAL)
    writer.writerow(header)
    writer.writerows(rows)
    return text.getvalue().rstrip("\n")


def files() -> dict[str, str]:
    """The export's files by name."""
    headline = "Data analyst on her way to risk"
    mira = ("Mira", "Okafor, PhD", "", "", "", headline, SUMMARY, "Data and Analytics", "1100-148")
    return {
        "Connections.csv": f'Notes:\n"{NOTES}"\n\n' + table(CONNECTIONS, connections()),
        "messages.csv": table(MESSAGES, messages(), quote_all=True),
        "Invitations.csv": table(INVITED, invitations()),
        "Endorsement_Received_Info.csv": table(endorsed("Endorser"), endorsements(RECEIVED)),
        "Endorsement_Given_Info.csv": table(endorsed("Endorsee"), endorsements(GIVEN)),
        "Recommendations_Received.csv": table(PRAISE, recommendations(RECOMMENDED)),
        "Recommendations_Given.csv": table(PRAISE, recommendations(RECOMMENDING)),
        "Positions.csv": table(HELD, POSITIONS),
        "Profile.csv": table(PROFILE, [(*mira, "Lisbon, Portugal", "", "", "")]),
    }


def main(target: Path = TARGET) -> None:
    """Writes the zip, with fixed time stamps, so that it is the same on every machine."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
        for name, text in files().items():
            info = zipfile.ZipInfo(name, (2026, 11, 20, 18, 0, 0))
            info.external_attr = 0o644 << 16
            archive.writestr(info, text.encode())


if __name__ == "__main__":
    main()
