"""Believable handouts for every kind of case, and texts that try to break out of them. All people are invented."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from programs.handouts.document import ClinicHead, HandoutDocument, HandoutExercise, RunningAdvice

STARTS_ON = date(2026, 11, 23)
ENDS_ON = date(2026, 12, 6)
LINK = "https://strideback.example/p/Qm9vdHMtYW5kLXNob2VzLWFuZC1zb2Nrcy0yMDI2"
CLINIC = ClinicHead(name="Larkfield Running Physio", phone="020 7946 0147")

HOSTILE = (
    "<img src=file:///etc/passwd>",
    "<link rel=attachment href=file:///etc/hostname>",
    "<script>alert(1)</script>",
    "{{ clinic.phone }} {% now 'Y' %}",
    "</style><style>@import url(http://127.0.0.1:9/x.css);",
    "\"><svg onload='x()'><image href='http://127.0.0.1:9/a.png'/></svg>",
    "&lt;b&gt; &amp; ]]> <!-- ",
)


def days(every: int = 1, start: int = 0) -> tuple[date, ...]:
    """Every so many days of the two weeks."""
    return tuple(STARTS_ON + timedelta(days=n) for n in range(start, 14, every))


KNEE_KICK = HandoutExercise(
    number=1,
    name="Knee kick on your back",
    side="left",
    headline="3 × 12",
    unit="slow kicks",
    how_often="2 times a day",
    sentence="Do 12 slow kicks with your left leg. Then rest for 1 minute. Do this 3 times in all."
    " Do it twice a day, every day.",
    cues=("Hold your thigh still, straight up.", "Stop just before it hurts.", "Let your foot hang loose."),
    steps=(
        "Lie on your back.",
        "Hold your left thigh upright with both hands.",
        "Slowly straighten your knee.",
        "Bend it again, just as slowly.",
    ),
    due_days=days(),
    times_per_day=2,
)
DIVER = HandoutExercise(
    number=2,
    name="The diver",
    side="left",
    headline="3 × 6",
    unit="slow dives",
    how_often="every 2nd day",
    sentence="Do 6 slow dives with your left leg. Then rest for 1 minute. Do this 3 times in all."
    " Do it once a day, every second day.",
    cues=("Bend at your hip. Keep your back flat.", "Reach your arms forward, keep your hips level."),
    steps=(
        "Stand on your left leg with a soft knee.",
        "Tip forward from your hip, arms ahead of you.",
        "Bend your back knee as you go down.",
        "Push into the floor to stand up.",
    ),
    due_days=days(2),
)
CHAIR_BRIDGE = HandoutExercise(
    number=3,
    name="Bridge on a chair",
    side="both",
    headline="2 × 10",
    unit="hold 5 seconds",
    how_often="once a day",
    sentence="Do 10 with both legs. Hold each one for 5 seconds. Then rest for 1 minute. Do this twice in all."
    " Do it once a day, every day.",
    cues=("Squeeze your buttocks first, then lift.", "Keep your back flat.", "Come down slowly."),
    steps=(
        "Lie down with your heels on a firm chair.",
        "Press your heels down and lift your hips.",
        "Hold, then lower.",
    ),
    due_days=days(),
)
HIP_STRETCH = HandoutExercise(
    number=4,
    name="Kneeling hip-flexor stretch",
    side="right",
    headline="3\u00a0min",
    unit="one long hold",
    how_often="once a week",
    sentence="Hold for 3 minutes with your right leg. Do it once a week.",
    cues=("Put a cushion under your knee.", "Tuck your tailbone under."),
    steps=(
        "Kneel on your right knee.",
        "Tuck your tailbone until you feel the front of your thigh.",
        "Stay there and breathe.",
    ),
    due_days=(date(2026, 11, 25), date(2026, 12, 2)),
)
WARRIOR = HandoutExercise(
    number=5,
    name="Twisted warrior",
    side="alternate",
    headline="1 × 10",
    unit="twists",
    how_often="Mon Wed Fri",
    sentence="Do 10 twists with each leg. Do it once a day on Monday, Wednesday and Friday.",
    cues=("Turn your whole chest, not only your arms.", "Keep the back leg straight."),
    steps=(
        "Step into a long lunge, hands inside the front foot.",
        "Raise the outer hand and turn your chest.",
        "Change arms.",
    ),
    due_days=tuple(day for day in days() if day.weekday() in (0, 2, 4)),
)
CURL_HOLD = HandoutExercise(
    number=1,
    name="Prone curl hold",
    side="right",
    headline="5 × 45\u00a0s",
    unit="holds",
    how_often="3 times a day",
    sentence="Hold for 45 seconds with your right leg. Then rest for 2 minutes. Do this 5 times in all."
    " Do it 3 times a day, every day.",
    cues=("Keep your hips on the floor.", "Breathe."),
    steps=("Lie on your front, weight on your right ankle.", "Bend your knee half way.", "Hold it there."),
    due_days=days(),
    times_per_day=3,
)
SLIDER = HandoutExercise(
    number=2,
    name="Nerve slider on your back",
    side="left",
    headline="1 × 10",
    unit="times",
    how_often="6 times a day",
    sentence="Do 10 with your left leg. Do it 6 times a day, every day.",
    cues=("No tingling. Go less far if you feel any.",),
    steps=(
        "Lie on your back, thigh up.",
        "Straighten the knee a little while you look up.",
        "Bend it while you look down.",
    ),
    due_days=days(),
    times_per_day=6,
)
FOUR = (KNEE_KICK, DIVER, CHAIR_BRIDGE, HIP_STRETCH)

WALK_RUN = RunningAdvice(
    title="Running this week",
    headline="10 × (run 1 min, walk 2 min)",
    text="Every second day. Flat ground, easy pace, short steps. If pain goes over 3, walk.",
    move_up="Move up to 8 × (run 2 min, walk 2 min) after 2 good runs in a row: pain 2 or less, no worse the next morning.",
    due_days=days(2, 1),
)


def strain(**changes: object) -> HandoutDocument:
    """The usual sheet: four exercises, running, a visit. `changes` replace fields."""
    document = HandoutDocument(
        clinic=CLINIC,
        first_name="Nora",
        body_part="Left thigh",
        starts_on=STARTS_ON,
        ends_on=ENDS_ON,
        version=3,
        generated_on=date(2026, 11, 22),
        exercises=FOUR,
        pain_ceiling=3,
        link_url=LINK,
        running=WALK_RUN,
        next_visit="Mon 7 Dec, 8:40 am, with Ines Halvard",
    )
    return replace(document, **changes)  # type: ignore[arg-type]


def tendon() -> HandoutDocument:
    """Proximal hamstring tendinopathy: ceiling 5, holds three times a day, no running, no visit booked."""
    return strain(
        first_name="Björn",
        body_part="Right buttock",
        pain_ceiling=5,
        exercises=(CURL_HOLD,),
        running=None,
        next_visit=None,
    )


def nerve() -> HandoutDocument:
    """Irritable nerve: ceiling 2, two exercises, one of them six times a day, no link."""
    return strain(
        first_name="Zoë-Aurélie", pain_ceiling=2, exercises=(CHAIR_BRIDGE, SLIDER), link_url=None,
        running=replace(WALK_RUN, headline="Walk 30 minutes", move_up="", due_days=()),
    )  # fmt: skip


def of_size(count: int, *, with_drawing: bool = False) -> HandoutDocument:
    """A sheet with so many exercises, 1 to 20, by going round the examples."""
    return strain(exercises=numbered([*FOUR, WARRIOR], count, with_drawing=with_drawing))


def numbered(pool: Sequence[HandoutExercise], count: int, *, with_drawing: bool = False) -> tuple[HandoutExercise, ...]:
    drawing = DRAWING if with_drawing else None
    return tuple(replace(pool[n % len(pool)], number=n + 1, figure_svg=drawing) for n in range(count))


def hostile(text: str) -> HandoutDocument:
    """One text in every field that takes text."""
    exercise = replace(
        KNEE_KICK,
        name=text,
        headline=text,
        unit=text,
        how_often=text,
        sentence=text,
        cues=(text,),
        steps=(text,),
        note=text,
    )
    return strain(
        clinic=ClinicHead(name=text, phone=text, emergency_number=text, urgent_number=text, emergency_place=text),
        first_name=text,
        body_part=text,
        exercises=(exercise,),
        running=RunningAdvice(title=text, headline=text, text=text, move_up=text),
        next_visit=text,
    )


DRAWING = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 140 100"><title>Knee kick, finish: knee nearly straight</title>'
    '<path d="M8 86h124" stroke="#777" stroke-width="1.4" fill="none"/>'
    '<circle cx="18" cy="76" r="7.5" fill="none" stroke="#333" stroke-width="4"/>'
    '<path d="M27 78L74 82" stroke="#333" stroke-width="6" stroke-linecap="round" fill="none"/>'
    '<path d="M74 82L132 84" stroke="#8a8a8a" stroke-width="6" stroke-linecap="round" fill="none"/>'
    '<path d="M74 82L77 46L94 14" stroke="#111" stroke-width="10" stroke-linecap="round" fill="none"/>'
    '<circle cx="60" cy="44" r="8" fill="#111"/>'
    '<path d="M57.6 39.6v8.8h4.8" stroke="#fff" stroke-width="2" fill="none"/></svg>'
)
