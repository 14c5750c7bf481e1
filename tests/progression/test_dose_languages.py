"""One dose, four wordings: what is read is pinned word by word."""

import pytest
from django.utils import translation
from django.utils.translation import gettext

from clinic.vocabulary.sides import DoseSide
from programs.progression.dose import Dose
from programs.progression.dose_words import Limb, big_line, patient_sentence, staff_text

FULL = Dose(
    sets=3,
    reps=8,
    reps_max=12,
    hold_s=5,
    rest_s=60,
    side=DoseSide.LEFT,
    times_per_day=2,
    weekdays=frozenset({0, 2, 4}),
    tempo="3-1-3",
)
HELD = Dose(sets=5, hold_s=45, rest_s=120, side=DoseSide.ALTERNATE, every_n_days=2)
WALK = Dose(work_s=1200)

SENTENCES = {
    "en": (
        "Do 8 to 12 with your left leg. Hold each one for 5 seconds. Count 3 to go down, 1 to wait and 3 to come up. "
        "Then rest for 1 minute. Do this 3 times in all. Do it twice a day, on Monday, Wednesday and Friday.",
        "Hold for 45 seconds on each side. Then rest for 2 minutes. Do this 5 times in all. Do it every second day.",
        "Keep going for 20 minutes. Do it once a day.",
    ),
    "de": (
        "Machen Sie das 8 bis 12 Mal mit dem linken Bein. Halten Sie jedes Mal 5 Sekunden. "
        "Zählen Sie 3 beim Absenken, 1 in der Pause und 3 beim Hochkommen. Dann 1 Minute Pause. "
        "Machen Sie insgesamt 3 Durchgänge. Machen Sie das zweimal am Tag, jeden Montag, Mittwoch und Freitag.",
        "Halten Sie 45 Sekunden je Seite. Dann 2 Minuten Pause. Machen Sie insgesamt 5 Durchgänge. "
        "Machen Sie das jeden zweiten Tag.",
        "Bleiben Sie 20 Minuten in Bewegung. Machen Sie das einmal am Tag.",
    ),
    "fr": (
        "Faites-le 8 à 12 fois avec la jambe gauche. Tenez 5 secondes à chaque fois. "
        "Comptez 3 pour descendre, 1 en pause et 3 pour remonter. Puis reposez-vous 1 minute. Faites 3 séries en tout. "
        "À faire deux fois par jour, chaque lundi, mercredi et vendredi.",
        "Tenez 45 secondes de chaque côté. Puis reposez-vous 2 minutes. Faites 5 séries en tout. "
        "À faire tous les deux jours.",
        "Continuez pendant 20 minutes. À faire une fois par jour.",
    ),
    "es": (
        "Hágalo de 8 a 12 veces con la pierna izquierda. Mantenga cada vez 5 segundos. "
        "Cuente 3 al bajar, 1 en pausa y 3 al subir. Luego descanse 1 minuto. Haga 3 series en total. "
        "Hágalo dos veces al día, cada lunes, miércoles y viernes.",
        "Mantenga 45 segundos en cada lado. Luego descanse 2 minutos. Haga 5 series en total. Hágalo cada dos días.",
        "Siga durante 20 minutos. Hágalo una vez al día.",
    ),
}
COUNTED = {
    "en": ("slow kicks", "Do 8 slow kicks with your right leg."),
    "de": ("langsame Züge", "Machen Sie 8 langsame Züge mit dem rechten Bein."),
    "fr": ("tractions lentes", "Faites 8 tractions lentes avec la jambe droite."),
    "es": ("tirones lentos", "Haga 8 tirones lentos con la pierna derecha."),
}
HOW_OFTEN = {
    "en": "2 times a day, Mon Wed Fri",
    "de": "2 Mal am Tag, Mo Mi Fr",
    "fr": "2 fois par jour, lun mer ven",
    "es": "2 veces al día, lun mié vie",
}


@pytest.mark.parametrize("language", SENTENCES)
def test_the_sentences_of_a_dose_in_each_language(language: str) -> None:
    with translation.override(language):
        said = (
            patient_sentence(FULL, gettext, limb=Limb.LEG),
            patient_sentence(HELD, gettext),
            patient_sentence(WALK, gettext, limb=Limb.NONE),
        )
    assert said == SENTENCES[language]


@pytest.mark.parametrize("language", COUNTED)
def test_what_is_counted_stands_in_the_sentence(language: str) -> None:
    word, sentence = COUNTED[language]
    with translation.override(language):
        said = patient_sentence(Dose(reps=8, side=DoseSide.RIGHT), gettext, limb=Limb.LEG, rep_word=word)
    assert said.startswith(sentence)


@pytest.mark.parametrize("language", HOW_OFTEN)
def test_the_big_line_has_the_same_numbers_and_the_days_in_the_language(language: str) -> None:
    with translation.override(language):
        line = big_line(FULL, gettext)
    assert (line.headline, line.how_often) == ("3 × 8–12", HOW_OFTEN[language])


@pytest.mark.parametrize("language", ["de", "fr", "es"])
def test_staff_shorthand_is_the_same_whatever_the_runner_reads(language: str) -> None:
    with translation.override(language):
        assert staff_text(FULL) == "3 × 8–12, hold 5 s, rest 60 s, tempo 3-1-3, left, 2×/day, Mon Wed Fri"
