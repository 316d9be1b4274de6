"""Numbers in words and figures: «tre», «11.», «ellevte», «eleventh»."""

_WORDS = (
    ("en", "ett", "ein", "eitt", "one"),
    ("to", "two"),
    ("tre", "three"),
    ("fire", "four"),
    ("fem", "five"),
    ("seks", "six"),
    ("sju", "syv", "seven"),
    ("åtte", "eight"),
    ("ni", "nine"),
    ("ti", "ten"),
    ("elleve", "eleven"),
    ("tolv", "twelve"),
)
_ORDINALS = (
    ("første", "fyrste", "first"),
    ("andre", "second"),
    ("tredje", "third"),
    ("fjerde", "fourth"),
    ("femte", "fifth"),
    ("sjette", "sixth"),
    ("sjuende", "syvende", "sjuande", "seventh"),
    ("åttende", "åttande", "eighth"),
    ("niende", "niande", "ninth"),
    ("tiende", "tiande", "tenth"),
    ("ellevte", "eleventh"),
    ("tolvte", "twelfth"),
    ("trettende", "trettande", "thirteenth"),
    ("fjortende", "fjortande", "fourteenth"),
    ("femtende", "femtande", "fifteenth"),
    ("sekstende", "sekstande", "sixteenth"),
    ("syttende", "syttande", "seventeenth"),
    ("attende", "attande", "eighteenth"),
    ("nittende", "nittande", "nineteenth"),
    ("tjuende", "tjuande", "twentieth"),
)
_VALUES = {word: value for value, words in enumerate(_WORDS, 1) for word in words}
_PLACES = {word: value for value, words in enumerate(_ORDINALS, 1) for word in words}

#: A number in figures, or a word for one; to be put into a pattern that ignores case.
NUMBER = r"\d+|" + "|".join(word for word in _VALUES if word not in {"en", "ein", "ett", "eitt", "one"})
ORDINAL = r"\d+\.?|" + "|".join(_PLACES)


def value_of(word: str) -> int | None:
    return int(word) if word.isdecimal() else _VALUES.get(word.casefold())


def place_of(word: str) -> int | None:
    """11 for «ellevte» and «11.»."""
    figures = word.rstrip(".")
    return int(figures) if figures.isdecimal() else _PLACES.get(word.casefold())
