"""Eight fictional runners in different states, one of them ready to move on and one with something new. Names, numbers and addresses are invented; findings follow the library's keys."""

from dataclasses import dataclass, field
from typing import Any

from programs.portal.actions.checks import Measured
from programs.portal.actions.runs import Run

Sided = dict[str, str]


@dataclass(frozen=True)
class Reports:
    """What the runner told the page, day 0 being the first day of the plan: pain per done session, None for no value."""

    pain: dict[int, int | None] = field(default_factory=dict)
    skipped: tuple[int, ...] = ()
    mornings: dict[int, tuple[str, int]] = field(default_factory=dict)
    runs: dict[int, Run] = field(default_factory=dict)
    checks: dict[str, Measured] = field(default_factory=dict)  # on the day before today
    new: dict[str, bool | None] = field(default_factory=dict)  # today's answers about something new
    words: str = ""


@dataclass(frozen=True)
class Runner:
    first_name: str
    last_name: str
    born: str
    sex: str
    running_type: str
    weekly_km: int
    goal: str
    side: str
    weeks: int  # since it began
    note: str
    findings: dict[str, str | Sided] = field(default_factory=dict)
    screened: bool = True
    diagnosis: str = ""  # empty: the assessment stays open
    stage: int | None = None
    irritability: str = "low"
    wording: str = ""
    began_days_ago: int | None = None  # first day of the issued plan; None: no program
    reports: Reports = field(default_factory=Reports)
    ended: bool = False


def _steady(days: int, values: list[int]) -> dict[int, int | None]:
    return {day: values[day % len(values)] for day in range(days)}


PHT: dict[str, Any] = {
    "onset": "gradual",
    "pain_sitting": "present",
    "pain_speed_hills": "present",
    "load_error": "present",
    "nprs_now": "2",
    "nprs_worst": "6",
    "nprs_run": "4",
    "settle_minutes": "20",
    "palp_ischial": {"right": "present", "left": "absent"},
    "palp_hamstring": {"right": "absent", "left": "absent"},
    "mbk_stretch": {"right": "present", "left": "absent"},
    "resisted_kf_pain": {"right": "absent", "left": "absent"},
    "slr_degrees": {"right": "66", "left": "74"},
    "slump": {"right": "absent", "left": "absent"},
    "slump_sd": {"right": "absent", "left": "absent"},
    "bridge_single_s": {"right": "18", "left": "30"},
}
STRAIN: dict[str, Any] = {
    "onset": "sudden",
    "onset_at_speed": "present",
    "after_warmup": "present",
    "pop": "absent",
    "nprs_now": "2",
    "nprs_worst": "5",
    "palp_hamstring": {"left": "present", "right": "absent"},
    "palp_ischial": {"left": "absent", "right": "absent"},
    "resisted_kf_pain": {"left": "present", "right": "absent"},
    "stretch_pain": {"left": "present", "right": "absent"},
    "slr_rom_loss": {"left": "present", "right": "absent"},
    "bentknee_rom_loss": {"left": "present", "right": "absent"},
    "slump_sd": {"left": "absent", "right": "absent"},
    "slr_degrees": {"left": "58", "right": "78"},
}
NERVE: dict[str, Any] = {
    "onset": "gradual",
    "neuro_quality": "present",
    "pain_below_knee": "present",
    "cough_sneeze": "absent",
    "lbp_history": "present",
    "nprs_now": "3",
    "nprs_worst": "6",
    "settle_minutes": "40",
    "palp_hamstring": {"left": "absent", "right": "absent"},
    "slr_sd": {"left": "present", "right": "absent"},
    "slump": {"left": "present", "right": "absent"},
    "slump_sd": {"left": "present", "right": "absent"},
    "resisted_kf_pain": {"left": "absent", "right": "absent"},
    "myotome_deficit": {"left": "absent", "right": "absent"},
    "lumbar_response": "no_change",
}
SACROILIAC: dict[str, Any] = {
    "onset": "gradual",
    "pain_buttock_dominant": "present",
    "sit_to_stand_pain": "present",
    "midline_lbp": "absent",
    "nprs_now": "3",
    "nprs_worst": "5",
    "palp_hamstring": {"right": "absent", "left": "absent"},
    "sij_fortin": {"right": "present", "left": "absent"},
    "sij_distraction": {"right": "present", "left": "absent"},
    "sij_thigh_thrust": {"right": "present", "left": "absent"},
    "sij_compression": {"right": "present", "left": "absent"},
    "sij_sacral_thrust": {"right": "absent", "left": "absent"},
    "lumbar_response": "no_change",
    "slump_sd": {"right": "absent", "left": "absent"},
}

RUNNERS = (
    Runner(
        "Ana", "Ferreira", "1992-03-09", "female", "distance", 48, "Half marathon in March", "right", 9,
        "Deep ache under the sit bone after long runs and in the car.", PHT,
        diagnosis="pht", stage=2, wording="Proximal tendinopathy after a jump in hill work. Sitting tolerance 20 minutes.",
        began_days_ago=12,
        reports=Reports(
            {0: 3, 2: 3, 4: 2, 6: 3, 8: 4, 10: 6}, skipped=(11,),
            mornings={1: ("same", 2), 9: ("worse", 4), 10: ("worse", 4), 11: ("worse", 5)},
            runs={1: Run(25, 4100, "flat", 2), 5: Run(30, 5000, "flat", 3), 9: Run(40, 7200, "speed", 5)},
        ),
    ),
    Runner(
        "Jonas", "Weber", "1985-07-21", "male", "trail", 35, "Mountain race in June", "left", 5,
        "Buzzing down to the calf after driving.", NERVE,
        diagnosis="nerve", stage=2, irritability="moderate",
        wording="Nerve mechanosensitivity, no deficit. Sliders tolerated.",
        began_days_ago=9, reports=Reports(_steady(9, [2, 1, 2, 1]), mornings=dict.fromkeys(range(2, 9, 2), ("same", 1))),
    ),
    Runner(
        "Tomás", "Oliveira", "1999-11-02", "male", "sprint", 20, "Club season, 400 m", "left", 3,
        "Pulled up in the third sprint.", STRAIN,
        diagnosis="hamstring_strain", stage=2, wording="Grade II strain of the long head, four weeks expected.",
        began_days_ago=13,
        reports=Reports(
            _steady(13, [2, 2, 1, 1, 0]), mornings=dict.fromkeys(range(1, 14), ("better", 1)),
            runs={day: Run(30, 3600, "flat", 1, 1) for day in (3, 6, 9, 12)},
            checks={
                "full_force_curl": Measured(pain=0), "half_speed_jog": Measured(pain=0),
                "bridge_one_leg": Measured(left=31, right=36, has_cramp=False, hip_drops=False),
            },
        ),
    ),
    Runner(
        "Ruth", "Adeyemi", "1979-01-30", "female", "distance", 30, "Back to five runs a week", "right", 14,
        "Worst when getting up from the sofa.", SACROILIAC,
        diagnosis="sij", stage=2, wording="Three of four provocation tests with familiar pain, no centralisation.",
        began_days_ago=11, reports=Reports({0: 3, 1: 2, 2: 3, 4: 2}, skipped=(3,)),
    ),
    Runner(
        "Lea", "Brandt", "2001-05-17", "female", "distance", 55, "First marathon in October", "left", 1,
        "Sharp pull in a relay.", STRAIN,
        diagnosis="hamstring_strain", stage=1, wording="Grade I to II, walking almost normal.", began_days_ago=0,
        reports=Reports(
            new=dict.fromkeys(("pee_poo", "between_legs", "both_legs", "chest_breath", "hard_thigh"), False)
            | dict.fromkeys(("weaker_leg", "swollen_leg", "groin_hop", "unwell"), False) | {"pop_bruise": True},
            words="The bruise has reached the knee since the visit.",
        ),
    ),
    Runner(
        "Mei", "Tanaka", "1988-09-12", "female", "distance", 40, "Ten kilometres under 45 minutes", "right", 20,
        "Came back slowly after a winter of intervals.", PHT,
        diagnosis="pht", stage=1, wording="Settled well; discharged with a maintenance program.",
        began_days_ago=25, reports=Reports(_steady(14, [2, 1, 1])), ended=True,
    ),
    Runner(
        "Callum", "Reid", "1990-02-25", "male", "distance", 60, "", "left", 2,
        "Both legs since Thursday.", NERVE | {"saddle_numbness": "present", "bilateral_leg_symptoms": "present"},
    ),
    Runner(
        "Nora", "Lindqvist", "1996-12-06", "female", "trail", 25, "", "left", 6, "Started after a new hilly route.",
        {"onset": "gradual", "pain_speed_hills": "present", "nprs_now": "1", "nprs_worst": "4"}, screened=False,
    ),
)  # fmt: skip
