"""A crude Flesch-Kincaid grade: vowels in a row are a syllable. It flatters short lines and is good enough to warn."""

import re

_WORD = re.compile(r"[A-Za-z']+")


def syllables(word: str) -> int:
    """Groups of vowels, less a silent final e; at least one."""
    word = word.lower()
    groups = len(re.findall(r"[aeiouy]+", word))
    if word.endswith("e") and not word.endswith(("le", "ee")) and groups > 1:
        groups -= 1
    return max(groups, 1)


def grade(text: str) -> float:
    """US school grade of a text of whole sentences."""
    sentences = [part for part in re.split(r"[.!?:]+(?:\s|$)", text) if _WORD.search(part)]
    words = _WORD.findall(text)
    if not words:
        return 0.0
    per_word = sum(syllables(word) for word in words) / len(words)
    return 0.39 * len(words) / len(sentences) + 11.8 * per_word - 15.59


def longest_sentence(text: str) -> int:
    """Words of the longest sentence."""
    return max((len(_WORD.findall(part)) for part in re.split(r"[.!?]+(?:\s|$)", text)), default=0)
