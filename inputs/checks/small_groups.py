"""A group so small that those in it can be known again: «en ukrainsk forening».

A number up to three, where people come from or what they believe, and who: all three in a row. The list is of what
is common, never complete.
"""

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

from inputs.checks.edition import Texts
from inputs.checks.finding import Code, Finding, found_in

_FEW = "en ei et ein eit én éi ett to tre eneste einaste a an one two three only"
_ORIGINS = """
afghansk afrikansk albansk algirsk arabisk armensk asiatisk aserbajdsjansk bangladeshisk bosnisk bulgarsk burmesisk
burundisk chilensk egyptisk eritreisk etiopisk filippinsk gambisk georgisk ghanesisk guineansk indisk indonesisk
irakisk iransk israelsk jamaicansk jemenittisk jordansk kamerunsk kasakhisk kenyansk kinesisk kirgisisk kongolesisk
kosovoalbansk kosovsk kroatisk kubansk kurdisk latinamerikansk latvisk libanesisk liberisk libysk litauisk
makedonsk marokkansk moldovsk mongolsk nepalsk nigeriansk pakistansk palestinsk persisk peruansk polsk romsk rumensk
russisk rwandisk samisk saudiarabisk senegalesisk serbisk somalisk srilankisk sudansk sudanesisk syrisk tamilsk
tanzaniansk thailandsk tibetansk tsjetsjensk tunisisk tyrkisk ugandisk ukrainsk ungarsk usbekisk uigurisk
vietnamesisk zambisk
buddhistisk hinduistisk jødisk katolsk muslimsk ortodoks sikhisk
blind døv homofil lesbisk skeiv
ukrainian somali eritrean syrian afghan kurdish polish tamil rohingya oromo muslim jewish
"""
_WHO = """
forening foreining gruppe menighet forsamling familie klubb kyrkjelyd lag miljø moské organisasjon råd
mor far mamma pappa forelder mann kvinne jente gutt elev ungdom student lærer lege leder leiar
menn kvinner mødre fedre jenter gutter elever familier foreninger foreiningar organisasjoner
association organisation group family mother father boy girl woman man pupil
"""


def _any(words: str) -> str:
    return "|".join(words.split())


_SMALL = re.compile(
    rf"(?<!\w)(?:{_any(_FEW)}) (?:\w+ )?(?:{_any(_ORIGINS)})[et]? "
    rf"(?:[a-zæøå]+-?)??(?:{_any(_WHO)})(?:en|a|et|n)?(?!\w)",
    re.IGNORECASE,
)


def small_groups(texts: Texts) -> Iterator[Finding]:
    says = _("So few that somebody may know who they are.")
    for written in texts.said:
        marks = [match.span() for match in _SMALL.finditer(written.text)]
        yield from found_in(Code.SMALL_GROUP, written.place, written.text, says, marks)
