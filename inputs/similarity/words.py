"""The words of a note, and one spelling for words that are the same in bokmål, nynorsk and short form."""

import re

from rnik.lib.text import fold

WORD = re.compile(r"[^\W_]+")

# Words that carry a topic and that letter groups alone would miss. Function words (ikkje, dei, ein) stay as they are:
# mapped, they only make every nynorsk note resemble every bokmål one (measured: one hit in a hundred lost).
_BOKMAAL = """
skule skole, skulen skolen, skular skoler, skulane skolene, heim hjem, heime hjemme, heimen hjemmet, born barn, borna
barna, ungdomar ungdommer, ungdomane ungdommene, vaksen voksen, vaksne voksne, foreldra foreldrene, lærar lærer,
lærarar lærere, lærarane lærerne, elevar elever, elevane elevene, naboar naboer, gutar gutter, innvandrar innvandrer,
innvandrarar innvandrere, innvandrarane innvandrerne, kommunar kommuner, kommunane kommunene, arbeidsgjevar
arbeidsgiver, arbeidsgjevarar arbeidsgivere, arbeidsplassar arbeidsplasser, møteplassar møteplasser, verksemd
virksomhet, verksemder virksomheter, pengar penger, tilbod tilbud, teneste tjeneste, tenester tjenester, rettleiar
veileder, rettleiing veiledning, meistring mestring, tryggleik trygghet, mangfald mangfold, løysing løsning,
løysingar løsninger, haldning holdning, haldningar holdninger, røynsle erfaring, einsam ensom, einsemd ensomhet,
tidleg tidlig, låg lav, høg høy, høgare høyere, betre bedre, lettare lettere, saman sammen, samanheng sammenheng,
kome komme, kjem kommer, seie si, seier sier, gjere gjøre, gjer gjør, gje gi, gjev gir, sjå se, veit vet, trengst
trengs, kvifor hvorfor, korleis hvordan, bhg barnehage, vgs videregående, vgo videregående, ungd ungdom, komm kommune
"""
BOKMAAL: dict[str, str] = dict(pair.split() for pair in _BOKMAAL.split(","))


def spelled(text: str) -> str:
    """`text` folded, with nynorsk and short forms spelled as in bokmål; everything else stands."""
    return WORD.sub(lambda match: BOKMAAL.get(match.group(), match.group()), fold(text))


# Nynorsk and short forms beyond those, for a model that has read much bokmål and little nynorsk. Small words too:
# there they carry the sentence, and letters are not counted.
_WRITTEN_OUT = """
ikkje ikke, eg jeg, dei de, ein en, ei en, eit et, ho hun, kva hva, kven hvem, kvar hvor, kvart hvert, kor hvor, frå
fra, vere være, vera være, vore vært, meir mer, berre bare, noko noe, nokon noen, nokre noen, mykje mye, då da, no
nå, me vi, dykk dere, dykkar deres, vert blir, vart ble, verte bli, fleire flere, sjølv selv, sjølve selve, òg også,
åleine alene, attende tilbake, utan uten, difor derfor, anna annet, same samme, heile hele, eigen egen, eige eget,
eigne egne, ynskje ønske, ynskjer ønsker, ønskjer ønsker, trur tror, tru tro, treng trenger, fekk fikk, gjekk gikk,
byrje begynne, byrjar begynner, framleis fremdeles, samstundes samtidig, vanskeleg vanskelig, mogleg mulig, mogleik
mulighet, høve mulighet, einig enig, lesa lese, offentleg offentlig, dagleg daglig, viktigast viktigst, gløymde
glemt, gløyme glemme, gløymer glemmer, rettar rettigheter, verkeleg virkelig, verkar virker, verke virke, tenkje
tenke, tenkjer tenker, byggje bygge, byggjer bygger, leggje legge, fylgje følge, følgje følge, søkje søke, søkjer
søker, brukar bruker, lagar lager, snakkar snakker, arbeidar arbeider, jobbar jobber, ventar venter, manglar
mangler, startar starter, møtest møtes, kostar koster, vener venner, stad sted, staden stedet, døme eksempel, vegen
veien, veg vei, leigar leier, leige leie, bustad bolig, bustader boliger, sjukehus sykehus, sjuk syk, lækjar lege,
tolkar tolker, skriftleg skriftlig, munnleg muntlig, tydeleg tydelig, tydelege tydelige, enklare enklere, vanleg
vanlig, vanlege vanlige, eigentleg egentlig, særleg særlig, endeleg endelig, evt eventuelt
"""
_WHOLE: dict[str, str] = BOKMAAL | dict(pair.split() for pair in _WRITTEN_OUT.split(","))


def written_out(text: str) -> str:
    """`text` with nynorsk words and short forms as in bokmål; its capitals and signs stand."""
    return WORD.sub(lambda match: _WHOLE.get(match.group().casefold(), match.group()), text)
