"""The words that every message of this kind is made of: one that has no others says nothing in particular."""

from __future__ import annotations

from typing import Final

_HELD_TOGETHER: Final = """
a about above after afternoon again ago all almost alone along already also always am an and another any anybody
anyone anything anyway are aren't around as at away back be became because become been before being below best better
between both but by came can can't cannot come could couldn't day days dear did didn't different do does doesn't doing
don't done down during each easy either else enough even evening ever every everybody everyone everything far few find
first for found from further gave get give given go goes going gone good got great had half happen hard has hasn't
have haven't having he he'd hello her here hers herself hey hi him himself his how however i i'd i'll i'm i've if
in indeed instead into is isn't it it's its itself just keep kept kind knew know known last late later least less let
let's like little long look lot lots made make many may maybe me mean might mine minute moment month more morning most
much must my myself near need never new next nice no nobody none nor not nothing now of off often oh ok okay old on
once one ones only onto or other others our ours out over own part people perhaps person place please pm point
possible probably put quick quite rather really right said same saw say see seem seen several shall she should show
side simply since small so some somebody someone something sometimes soon sort still such sure take taken than that
that's the their theirs them themselves then there there's therefore these they they'd they're thing think third this
those though thought three through thus till time times to today together told tomorrow tonight too took toward truly
try turn two u until up upon ur us use used usual various very want was wasn't way we we'd we'll we're we've week
weekend well went were weren't what whatever when whenever where whether which while who whole whom whose why will
with within without won't word work world would wouldn't year years yes yesterday yet you you'd you'll you're you've
your yours yourself
"""
"""What English is held together by."""

_WORN_OUT: Final = """
able absolute accept achieve achievement actual add admire advice advise amaze amazing answer apologize application
apply appreciate appreciation approach area ask aspire assist assistance attention available awesome background
benefit bother brain brief bright build busy call candidate career catch chance chat check cheers choose close coffee
colleague comfortable community company connect connection consider contact continue contribute convenience convenient
conversation cool curious current cv decide decision deep delight describe detail develop development difference
direct discuss discussion dream eager early earn effort email enjoy enter enthusiastic excellent excite expand expect
experience expert expertise explore express extreme eye fantastic favor favour feedback feel field fit follow
fortunate forward free friend fruitful full future gain generous glad goal grateful gratitude grow growth guidance
guide guy happy hear heart help helpful highlight hire honest honor honour hope hour huge idea immense important
impress impressive improve include incredible industry inform information insight insightful inspiration inspire
interest interview introduce introduction invaluable invest invite involve job join journey keen knowledge lead learn
level life line linkedin listen live love lucky mail manage manager match matter meet meeting mention mentor
mentorship message messages million mind mutual name network note number occasion offer open opening opinion
opportunity option order organisation organization outstanding passion passionate past path perspective phone pick
plan play pleasure position post potential praise present profession professional profile progress proud provide
question reach read ready realise realize reason receive recent recommend recommendation refer referral regard relate
relationship remarkable remember reply request resource respect respond response resume reward role schedule search
seek send sense serve share short sincere situation skill smart sorry speak spend stand star start stay step story
strong student study succeed success successful suggest suggestion suit super support talent talk task team tell thank
thankful thanks thrill tip touch track tremendous trust understand understanding unfortunate unfortunately university
useful valuable value view vouch wait warm watch welcome win wisdom wish wonder wonderful write written zoom
"""
"""What messages about careers are full of."""

_WORDS: Final = frozenset((_HELD_TOGETHER + _WORN_OUT).split())
_ENDINGS: Final = ("'s", "ing", "ed", "es", "ly", "s", "d")


def worn(word: str) -> bool:
    """Whether a word, folded, is one that such messages are full of, whatever its ending."""
    word = word.replace("\u2019", "'")
    if len(word) < 3 or word in _WORDS:
        return True
    return any(
        stem in _WORDS or f"{stem}e" in _WORDS or (stem[-1:] == stem[-2:-1] and stem[:-1] in _WORDS)
        for ending in _ENDINGS
        if word.endswith(ending) and (stem := word[: -len(ending)])
    )
