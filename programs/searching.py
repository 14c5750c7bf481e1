"""How exercises are found: what of them is searched, and how the words somebody types are matched and ranked.

A row's `search_text` has three lines: its name, its keywords, everything else. It is written without accents and capitals,
so the database compares letters only. Row-level security does not let a trigram index take part (its operators are not
leakproof), so the rows of one clinic are read through: some 20 ms for 5,000 of them.
"""

from collections.abc import Collection, Mapping, Sequence
from difflib import SequenceMatcher
from functools import reduce
from operator import or_
from typing import Any, Final
from uuid import UUID

from django.db import connection
from django.db.models import Case, F, Func, Q, QuerySet, TextField, Value, When

from programs.library.catalogue import LIBRARY
from programs.library.translations import LANGUAGES, translations
from programs.models import Exercise
from programs.models.exercise import as_searched

MOST_WORDS: Final = 8
CLOSE: Final = 0.25  # trigram similarity, 0 to 1, from which a word counts as mistyped: "brigde" and "bridge" have 0.27
ALIKE: Final = 0.6  # share of letters two words have in common, in order

# What else people type when they look for a target.
ALSO_CALLED = {
    "gluteal": "buttock glutes",
    "hamstring": "back of thigh",
    "quadriceps": "front of thigh quads",
    "trunk": "core",
}


def plain(text: str) -> str:
    """As it is searched: no accents, no capitals, one space between words."""
    return " ".join(as_searched(text.replace("_", " ").replace("-", " ")).split())


def search_text_of(key: str, content: Mapping[str, Any]) -> str:
    """The three lines of one exercise. `key` finds what our own is called in the other languages of the interface."""
    targets = content["targets"]
    keywords = [*targets, *(ALSO_CALLED.get(target, "") for target in targets), *content["equipment"]]
    keywords += [content["position"], content["load_type"], content["kind"], *_other_names(key)]
    rest = [content["purpose"], *content["content"], *content["cues"], content["start"], *content["steps"]]
    return "\n".join(plain(" ".join(part)) for part in ([content["name"]], keywords, rest))


def _other_names(key: str) -> list[str]:
    """Our own exercise in the other languages, and its key; nothing for a clinic's own."""
    if key not in LIBRARY:
        return []
    found = [translations(code).exercises.get(key) for code in LANGUAGES]
    return [key, *(str(each.texts.get("name", "")) for each in found if each)]


def words_in(text: str) -> list[str]:
    """The words to look for; more than eight are not."""
    return plain(text).split()[:MOST_WORDS]


def holding(rows: QuerySet[Exercise], words: Sequence[Collection[str]]) -> QuerySet[Exercise]:
    """Those in which every word (or one of its other spellings) is found, also inside longer words.

    A name that begins so comes first, then a name that holds all of it, then the others, each by name.
    """
    named = Func(F("search_text"), Value("\n"), Value(1), function="split_part", output_field=TextField())
    in_name = Q()
    for spellings in words:
        rows = rows.filter(_any("search_text", spellings))
        in_name &= _any("named", spellings)
    begins = Q(named__startswith=" ".join(next(iter(spellings)) for spellings in words))
    rows = rows.alias(named=named, place=Case(When(begins, then=0), When(in_name, then=1), default=2))
    return rows.order_by("place", "name", "pk")


def _any(column: str, spellings: Collection[str]) -> Q:
    return reduce(or_, (Q(**{f"{column}__contains": spelling}) for spelling in spellings))


def spelled(clinic_id: UUID, words: Sequence[str]) -> list[list[str]]:
    """For each word the closest words that names and keywords of this clinic's library hold; none where nothing is close.

    One query: trigrams are compared word by word, over every different word once (5,000 exercises share a few thousand).
    Of the dozen that come near, those that differ by the fewest letters are taken: "brigde" is bridge, not brisk.
    """
    with connection.cursor() as cursor:
        cursor.execute(CLOSEST, {"words": list(words), "clinic": clinic_id, "close": CLOSE})
        found = dict(cursor.fetchall())
    return [_closest(word, found.get(word, [])) for word in words]


def _closest(typed: str, near: Sequence[str]) -> list[str]:
    if any(typed in word for word in near):
        return [typed]
    ratios = {word: SequenceMatcher(None, typed, word).ratio() for word in near}
    best = max(ratios.values(), default=0.0)
    return [word for word, ratio in ratios.items() if ratio >= max(best - 0.02, ALIKE)]


CLOSEST = """
    SELECT typed, (array_agg(word ORDER BY position(typed IN word) > 0 DESC, similarity(typed, word) DESC, word))[1:12]
      FROM unnest(%(words)s::text[]) AS typed, (
            SELECT DISTINCT string_to_table(
                       CASE WHEN clinic_id IS NULL THEN split_part(search_text, E'\\n', 1) || ' ' || split_part(search_text, E'\\n', 2)
                            ELSE split_part(search_text, E'\\n', 1) END, ' ') AS word
              FROM programs_exercise WHERE (clinic_id IS NULL OR clinic_id = %(clinic)s) AND retired_at IS NULL
           ) AS known
     WHERE position(typed IN word) > 0 OR similarity(typed, word) >= %(close)s
     GROUP BY typed
"""
"""Words of names, and of our keywords: a clinic's own exercises have the same keywords."""
