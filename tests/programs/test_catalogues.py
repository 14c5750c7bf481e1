"""The catalogues of the patient's words: whole, compiled, with the same gaps."""

import gettext
import re
from io import BytesIO

import pytest
from django.conf import settings

from programs.catalogues import mo, po
from programs.catalogues.sources import ROOT, TEMPLATES, in_module, in_template, messages
from programs.library.translations import LANGUAGES

GAPS = re.compile(r"%\(\w+\)[sd]|\{\w+\}|#")
REMEDY = "Run `python manage.py patient_words`, translate what it lists in config/locale, run it again."
languages = pytest.mark.parametrize("language", LANGUAGES)


def catalogue(language: str) -> dict[po.Message, po.Forms]:
    return po.read(settings.LOCALE_PATHS[0] / language / "LC_MESSAGES" / "django.po")


def test_patients_can_choose_what_we_translate_to() -> None:
    assert {code for code, _name in settings.PATIENT_LANGUAGES} == {"en", *LANGUAGES}


@languages
def test_every_word_a_patient_may_read_is_translated(language: str) -> None:
    known = catalogue(language)
    missing = sorted(message.text for message in messages() if not all(known.get(message, ("",))))
    assert not missing, REMEDY


@languages
def test_the_compiled_catalogue_is_that_of_the_source(language: str) -> None:
    compiled = settings.LOCALE_PATHS[0] / language / "LC_MESSAGES" / "django.mo"
    assert compiled.read_bytes() == mo.compiled(language, catalogue(language)), REMEDY


@languages
def test_a_translation_has_the_same_gaps(language: str) -> None:
    for message, forms in catalogue(language).items():
        gaps = set(GAPS.findall(message.plural or message.text))
        assert set(GAPS.findall(forms[-1])) == gaps, message.text
        assert set(GAPS.findall(forms[0])) <= gaps, message.text


def test_a_compiled_catalogue_is_read_by_gettext() -> None:
    message, counted = po.Message("Save", "of a form"), po.Message("%(n)s day", plural="%(n)s days")
    data = mo.compiled(
        "fr", {message: ("Enregistrer",), counted: ("%(n)s jour", "%(n)s jours"), po.Message("No"): ("",)}
    )
    read = gettext.GNUTranslations(BytesIO(data))
    assert read.pgettext("of a form", "Save") == "Enregistrer"
    assert [read.ngettext("%(n)s day", "%(n)s days", n) for n in (0, 1, 2)] == [
        "%(n)s jour",
        "%(n)s jour",
        "%(n)s jours",
    ]
    assert read.gettext("No") == "No"


def test_words_are_found_in_templates_and_modules() -> None:
    template = (
        "{% load i18n %}{% translate 'One' %}{{ day|date:_('j F') }}{% blocktranslate trimmed count n=n %}\n"
        "{{ n }} day\n{% plural %}\n{{ n }} days\n{% endblocktranslate %}{% translate 'Two' context 'of three' %}"
    )
    assert set(in_template(template)) == {
        po.Message("One"),
        po.Message("j F"),
        po.Message("%(n)s day", plural="%(n)s days"),
        po.Message("Two", "of three"),
    }
    module = "def a():\n    return _('Yes')\n\ndef b():\n    return pgettext('side', 'No')\n"
    assert set(in_module(module, None)) == {po.Message("Yes"), po.Message("No", "side")}
    assert set(in_module(module, ("b",))) == {po.Message("No", "side")}


def test_dates_for_patients_are_written_as_their_language_writes_them() -> None:
    """A format of its own for each language: `date:_("j F")`, never `date:"j F"`."""
    for pattern in TEMPLATES:
        for path in (ROOT / "templates").glob(pattern):
            fixed = set(re.findall(r"""\|date:["']([^"']+)""", path.read_text()))
            assert fixed <= {"D", "j", "Y-m-d", "c"}, path.name
