"""The library's texts in the runner's language, whole or not at all. What has no translation stays English and says so:
every part carries the language its words are in, so that page and paper can mark it and read it out rightly.
"""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import get_language, get_language_info

from programs.library.protocol import Protocol
from programs.library.translations import (
    ENGLISH,
    EXERCISE_TEXTS,
    Texts,
    Translations,
    protocol_key,
    protocol_texts,
    translations,
)


def language_now() -> str:
    """The active language without its country: `en` for `en-gb`."""
    return (get_language() or ENGLISH).partition("-")[0]


def language_mark(language: str) -> str:
    """`(English)` in the active language, where words are not in it; "" where they are or where nobody knows."""
    if not language or language == language_now():
        return ""
    try:
        return f"({get_language_info(language)['name_translated']})"
    except KeyError:
        return f"({language})"


def exercise_words(key: str, content: Mapping[str, Any], language: str, *, own_language: str = "") -> dict[str, Any]:
    """All texts of one exercise in one language, and which that is.

    A translation is used only when it was made from exactly the words in `content`: a clinic's own wording is not ours
    to translate. `own_language` is the language such own words are in.
    """
    english = {name: content[name] for name in EXERCISE_TEXTS if content.get(name)}
    found = translations(language).exercise(key, english)
    if found is None:
        spoken = own_language or ENGLISH
        return {"language": spoken, "rep_word": content.get("rep_word", "") if spoken == language else ""}
    return {"language": language, "rep_word": ""} | _plain(found.texts)


def protocol_words(protocol: Protocol | None, language: str) -> dict[str, Any]:
    """What a stage says to the runner: title, aim, running, hills, avoid, move_on, and the language it is in."""
    if protocol is None:
        return {"language": language, "avoid": [], "move_on": []}
    english = protocol_texts(protocol)
    found = translations(language).protocol(protocol_key(protocol), english)
    texts = found.texts if found else english
    return {"language": language if found else ENGLISH} | _plain(texts)


def running_text(protocol: Protocol | None, text: str, language: str) -> tuple[str, str]:
    """Advice about running and the language it is in: ours is translated, a clinician's own words stay as they are."""
    if not text or protocol is None or text != joined(protocol_texts(protocol)):
        return text, language
    words = protocol_words(protocol, language)
    return joined(words), words["language"]


def joined(words: Mapping[str, Any]) -> str:
    """What is said about running, hills last."""
    return " ".join(part for part in (words["running"], words["hills"]) if part)


def is_draft(language: str) -> bool:
    """Whether some text of this language was not yet read by a clinician who speaks it."""
    known: Translations = translations(language)
    return any(entry.review.status != "reviewed" for entry in (*known.exercises.values(), *known.protocols.values()))


def _plain(texts: Texts) -> dict[str, Any]:
    """The same as JSON keeps it."""
    return {name: list(text) if isinstance(text, tuple) else text for name, text in texts.items()}
