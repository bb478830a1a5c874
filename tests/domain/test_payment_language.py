"""What sounds like an offer of money, and what only has its words."""

import pytest

from kith.domain.asks import ReferralAsk
from kith.domain.wording import payment_offer
from tests.domain.asks import chat_ask, first_message, intro_ask, referral_ask
from tests.domain.story import chatted, day

INNOCENT = """
I spent five years in card payments at a bank.
Congratulations on your award for the flood model!
How did you choose the reward function of your agent?
I'd like to offer my help with the survey.
May I buy you a coffee next week?
Coffee is on me.
I would be glad to return the favour one day.
I work on a payment system for small shops.
Your talk on financial rewards in games was fun.
What do you charge your batteries with in winter?
I built a model of gift card fraud for my thesis.
Our team processed 3 million euros of payments a day.
How did you cut cash handling costs at the branch?
I gave a talk about commissions in insurance.
Thank you for your time, and for sharing your thoughts on bonus plans.
I paid close attention to your chapter on options.
Is it worth it to learn Rust for this kind of work?
In return, I can review your students' theses.
I can offer you feedback on the draft in exchange.
It would be rewarding to work on such a team.
I pay attention to details, and you know it.
Would you tell me what you would ask a new colleague first?
The price you gave for the bond in your example surprised me.
I will share my notes on the referral programme of the library.
I transferred to your department in 2019.
I sent you 3 pages of notes.
Our customers pay you for advice, do they not?
I was awarded a scholarship of 5,000 euros for my thesis.
My salary expectation is $90,000, if that helps you to place me.
I can give you 20 minutes at any time.
I'd love to compensate for my late answer with a longer one.
What would you want for the field in ten years?
""".strip().splitlines()

OFFERS = """
I will pay you for a referral.
I can offer you 200 euros if you refer me.
Name your price.
Give me a price to refer me.
How much would you charge for an introduction?
There is a gift card in it for you.
I'd send you a $50 voucher.
We could split the referral bonus.
You keep the bonus and I get the job.
I'll make it worth your while.
In exchange for money, would you put my name forward?
I would reward you for your help.
There is €100 for you when I am hired.
I am happy to compensate you for your time.
Tell me your fee for an intro.
I could venmo you 30 dollars.
A small commission for you, of course.
You would get a finder's fee from me.
Let me tip you for it.
I can transfer 100 euros to your account today.
I offer a financial reward to you for the introduction.
$500 if you get me an interview.
I'd gladly give you half of my signing bonus.
What would you charge to refer me?
""".strip().splitlines()


@pytest.mark.parametrize("sentence", INNOCENT)
def test_no_false_alarm(sentence: str) -> None:
    assert payment_offer(sentence) is None


@pytest.mark.parametrize("sentence", OFFERS)
def test_an_offer_is_heard(sentence: str) -> None:
    assert payment_offer(f"Hello Ana. {sentence} Best, Maria") == sentence


@pytest.mark.parametrize("ask", [first_message(), chat_ask(), intro_ask()], ids=lambda ask: str(ask.kind))
def test_the_sentence_is_shown_whatever_the_ask(ask: ReferralAsk) -> None:
    offer = ask.model_copy(update={"text": f"{ask.text} I will pay you for it."})
    finding = chatted().finding("payment-language", offer, day(22))
    assert (finding.holds, finding.hard) == (False, False)
    assert "“I will pay you for it.”" in finding.why


def test_what_is_sent_is_what_is_read() -> None:
    assert not chatted().holds(
        "payment-language", referral_ask().model_copy(update={"help": "I will pay you."}), day(22)
    )
    assert not chatted().holds("payment-language", intro_ask(note="I will pay you."), day(22))
    assert chatted().holds("payment-language", referral_ask(), day(22))


@pytest.mark.parametrize("ask", [intro_ask(), referral_ask()], ids=lambda ask: str(ask.kind))
def test_a_filled_compensation_is_refused_for_good(ask: ReferralAsk) -> None:
    assert chatted().holds("no-payment", ask.model_copy(update={"compensation": "  "}), day(22))
    finding = chatted().finding("no-payment", ask.model_copy(update={"compensation": "50 euros"}), day(22))
    assert (finding.holds, finding.hard) == (False, True)
