"""Why two notes look alike: the words of each that have a relative in the other."""

import re
from collections.abc import Container
from dataclasses import dataclass
from itertools import islice

from inputs.similarity.words import BOKMAAL, WORD
from rnik.lib.text import fold

# Bokmål, nynorsk and English words that say nothing about the topic.
_STOP = """
about all alle allerede alltid also alt altfor an and andre anna annet any are as at av bare be been begge berre bl
blant ble blei bli blir blitt blive burde but by både bør can da de deg dei dem den denne der dere deres derfor
dersom det dette di din disse ditt do does du dvs då eg ei ein eit eks eller ellers en enkelt enn er et etter
ettersom evt feks finne finnes fins finst fleire flere flest for fordi fra fram frem from frå få får fått før først
gang ganger get gi gir gitt gje gjelder gå går gått gjennom gjer gjere gjerne gjev gjort gjør gjøre gjøres god gode
godt ha hadde han hans har has hatt have he heile hele heller helst henne hennes her ho hos how hun hva hvem hver
hverandre hverken hvert hvilke hvilken hvilket hvis hvor hvordan hvorfor iblant if ifm ifra ift igjen ikke ikkje
imellom imot in ingen ingenting inn inne innen innenfor innom into is isteden istedenfor it its ja jeg jo just kan
kanskje kjem kom kome komme kommer kor korleis kunne kva kvar kvarandre kvart kven kvifor la lage lager lett lettere
like likevel lite litt make man mange many med meg meir mellom men mens mer mest min mindre more most mot mtp mulig
must mv mye mykje må måte måten måtte ned nede need needs nei nettopp no noe noen nok noka noko nokon nokre nokså
not ny nye nå når nær of ofte og også om on one opp oppe or oss osv other our out over overfor people per pga pr på
sa saman samme sammen samt se seg seier selv ser should si sidan siden sier sin sine sitt sjelden sjå sjøl sjølv
skal skulle slik slike slikt snart so som some spesielt stor store større such svært så særlig ta tar tatt than that
the their them then there they this til tilbake ting to too treng trenge trenger trengs trengst tror ulik ulike um
under up us ut utan ute uten utover vanskeleg vanskelig ved veit veldig vera vere verken vet vi viktig viktige
viktigste vil ville vore vs vår våre være vært was we what when where which who will with would you your òg
"""
STOP = frozenset(_STOP.split())
_MOST = 100  # words of a note that are compared: every pair of words is, and one note may be ten pages
_ENDING = re.compile(r"(?<=\w{3})(?:ene|ane|ne|er|ar|en|et|a|e)\Z")


def shared(a: str, b: str) -> tuple[str, ...]:
    """The words of `a` and then those of `b` that have a relative in the other text, folded, each once."""
    words_a, words_b = _content(a), _content(b)
    pairs = [(x, y) for x in words_a for y in words_b if _related(words_a[x], words_b[y])]
    related = {word for pair in pairs for word in pair}
    return tuple(word for word in {**words_a, **words_b} if word in related)


def _content(text: str) -> dict[str, str]:
    """The words with a topic, as written (folded), and the root each is compared by."""
    words = {word: BOKMAAL.get(word, word) for word in WORD.findall(fold(text)) if len(word) > 1}
    roots = ((word, _ENDING.sub("", spelled)) for word, spelled in words.items() if spelled not in STOP)
    return dict(islice(roots, _MOST))


def _related(x: str, y: str) -> bool:
    """Whether two roots are one word, begin alike, or one is a part of the other as a compound."""
    if x == y:
        return True
    if x[:4] != y[:4] and x[-4:] != y[-4:]:  # short words too, unless equal
        return False
    short, long = sorted((x, y), key=len)
    if short.isdecimal():
        return False
    begin = _common_start(x, y)
    if begin >= 5 or begin >= 0.65 * len(long) or begin == len(short):
        return True
    if long.endswith(short) and len(long) - len(short) >= 3:
        return True
    # Two compounds with the same ends and another joint between: læreplass, lærlingplass.
    end = _common_start(x[::-1], y[::-1])
    return begin >= 3 and end >= 4 and begin + end >= 0.65 * len(long)


def _common_start(x: str, y: str) -> int:
    return next((i for i, (a, b) in enumerate(zip(x, y, strict=False)) if a != b), min(len(x), len(y)))


@dataclass(frozen=True)
class Bit:
    """A part of a text, and whether it is a word that another text has too."""

    text: str
    is_shared: bool


def marked(text: str, words: Container[str]) -> tuple[Bit, ...]:
    """The text in bits, the words that `shared` named apart from the rest. Together they are the text."""
    bits: list[Bit] = []
    start = 0
    for match in WORD.finditer(text):
        if fold(match.group()) in words:
            bits += [Bit(text[start : match.start()], is_shared=False), Bit(match.group(), is_shared=True)]
            start = match.end()
    bits.append(Bit(text[start:], is_shared=False))
    return tuple(bit for bit in bits if bit.text)
