"""Well-worded asks: what a seeker sends who means it."""

from kith.domain.asks import ChatAsk, FirstMessage, IntroAsk, Question, ReferralAsk, Topic

NOTE_TO_FORWARD = (
    "I am a risk analyst who spent six years on stress tests at a mid-sized bank, and I now look into how energy "
    "suppliers hedge their winter prices. Your article on weather risk answered half of my questions, and raised new "
    "ones. Could I ask you, in twenty minutes at a time that suits you, how your team came to model demand, and what "
    "you would read first?"
)
DETAIL = "her talk about stress tests in Porto"


def first_message(number: int = 0, detail: str = "your talk about stress tests in Porto") -> FirstMessage:
    """A first message like no other; a note on record has to back its detail."""
    theme = THEMES[number % len(THEMES)]
    who = f"I model {theme} for a living"
    why = f"I wonder how you came to {theme}"
    return FirstMessage(text=f"I enjoyed {detail}. {who}. {why}.", detail=detail, who_i_am=who, why=why)


THEMES = (
    "winter prices of gas at small suppliers",
    "late trains",
    "the queue in front of vaccination centres during a heat wave",
    "bank runs told through letters of the nineteen twenties and thirties",
    "maize",
    "how museums lend paintings without ever losing sleep over insurance",
    "rare words in court rulings",
    "tides, turbines and the birds that rest on them",
)


def chat_ask(minutes: int = 20) -> ChatAsk:
    """Three questions on three topics."""
    questions = (
        Question(topic=Topic.MOTIVATION, text="What made you leave banking for energy?"),
        Question(topic=Topic.WORK, text="What does a week look like when prices jump?"),
        Question(topic=Topic.ENTRY, text="What would you learn first today?"),
    )
    return ChatAsk(minutes=minutes, questions=questions, text="May I ask you three questions over a coffee?")


def intro_ask(target: str = "Rui Costa", note: str = NOTE_TO_FORWARD) -> IntroAsk:
    """Names whom, says why, and carries a note."""
    return IntroAsk(target=target, company="Acme", why="He built the demand model that your team uses.", note=note)


def referral_ask(role: str = "Risk analyst", company: str = "Acme") -> ReferralAsk:
    """Says everything that a referrer has to know."""
    return ReferralAsk(
        role=role, company=company, fit="I ran the stress tests of a bank of that size for six years.",
        help="Would you pass my name to the hiring manager?", link="https://acme.example/jobs/1",
        seen="You saw me rebuild the pricing model in spring.",
        comfort_question="Would you be comfortable to put your name to that?",
    )  # fmt: skip
