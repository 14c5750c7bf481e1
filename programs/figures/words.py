"""What a drawing shows, in words made from the same data: position, legs, movement, marked muscles, things."""

import math
import tomllib
from functools import lru_cache
from pathlib import Path

from programs.figures import front
from programs.figures.scene import Arrow, Figure, Scene
from programs.figures.skeleton import LegBones, Skeleton, solved

FILE = Path(__file__).parent / "words.toml"
LANGUAGES = ("en", "de", "fr", "es")
FRAME_NAMES = {1: ("start",), 2: ("start", "end"), 3: ("start", "middle", "end")}

STRAIGHT, SLIGHTLY = 22.0, 55.0  # degrees of knee bend
LIFTED = 10.0  # body units the hip stands above what the trunk lies on
OFF_THE_GROUND = 9.0  # height of an ankle from which a standing leg counts as raised
LONG_STEP = 38.0
LYING, LEANING, FOLDED = 60.0, 22.0, 75.0  # tilt of the pelvis, degrees


@lru_cache(maxsize=1)
def phrases() -> dict[str, dict[str, str]]:
    return tomllib.loads(FILE.read_text())


def words_of(figure: Figure, *, mirrored: bool, language: str = "en", frames: tuple[int, ...] | None = None) -> str:
    """Sentences for a screen reader and the tagged paper. An unknown language is told in English."""
    language = language if language in LANGUAGES else "en"
    say = _Voice(language, mirrored=mirrored)
    numbers = range(len(figure.frames)) if frames is None else frames
    names = FRAME_NAMES[len(figure.frames)]
    parts = [f"{say(names[number])}: {_frame(figure.frames[number], say)}." for number in numbers]
    last = figure.frames[max(numbers)]
    muscles = dict.fromkeys([region.muscle for region in last.regions] + [muscle for muscle, _side in last.marks])
    if muscles:
        parts.append(f"{say('marked')}: {', '.join(say(name) for name in muscles)}.")
    things = list(dict.fromkeys(prop.kind for number in numbers for prop in figure.frames[number].props))
    words = [say(kind) for kind in things] + ([say("helper")] if last.helper else [])
    if words:
        parts.append(f"{say('with')}: {', '.join(words)}.")
    return " ".join(parts)


class _Voice:
    """Phrases of one language for one side of the body."""

    def __init__(self, language: str, *, mirrored: bool) -> None:
        self.language = language
        self.near, self.far = ("left", "right") if mirrored else ("right", "left")

    def __call__(self, key: str) -> str:
        return phrases()[key][self.language]


def _frame(scene: Scene, say: _Voice) -> str:
    if isinstance(scene.pose, front.FrontPose):
        parts = [_seen_from_the_front(scene.pose)]
        lies = parts[0] == "lying_side"
        words = [say(part) for part in parts]
    else:
        bones = solved(scene.pose)
        lies = abs(scene.pose.tilt) > LYING
        words = [say(part) for part in _position(scene, bones)] + _legs(bones, say)
    words += [f"{say('arrow')} {say(_way(arrow, lies=lies, scene=scene))}" for arrow in scene.arrows]
    return ", ".join(words)


def _seen_from_the_front(pose: front.FrontPose) -> str:
    if abs(pose.turn - 90) > 45:
        return "lying_side"
    bones = front.solved(pose)
    heights = [ankle[1] for _hip, _knee, ankle in bones.legs.values()]
    return "standing_one" if max(heights) - min(heights) > OFF_THE_GROUND else "standing"


def _position(scene: Scene, bones: Skeleton) -> list[str]:
    pose = bones.pose
    kinds = {prop.kind for prop in scene.props}
    if "bench" in kinds:
        return ["on_bench"] + (["hips_lifted"] if bones.hip[1] > 20 else [])
    if pose.tilt < -LYING:
        return ["lying_back"] + (["hips_lifted"] if bones.hip[1] - pose.anchor.y > LIFTED else [])
    if pose.tilt > LYING and pose.anchor.part in ("rest", "seat"):
        return ["lying_front"] + (["chest_lifted"] if bones.neck_base[1] > 20 else [])
    knees = min(bones.near_leg.knee[1], bones.far_leg.knee[1])
    if knees < 8:
        return [_on_knees(bones)]
    if pose.anchor.part == "seat" or bones.hip[1] < 16:
        return ["sitting_chair" if "chair" in kinds else "sitting_floor", *_lean(bones)]
    return [_on_feet(scene, bones), *_lean(bones)]


def _on_knees(bones: Skeleton) -> str:
    if bones.pose.tilt > LYING:
        return "hands_knees"
    if bones.far_leg.knee[1] > 12:
        return "half_kneeling"
    return "kneeling_leaning" if bones.pose.tilt > 12 else "kneeling"


def _on_feet(scene: Scene, bones: Skeleton) -> str:
    ankles = sorted((bones.near_leg.ankle, bones.far_leg.ankle), key=lambda ankle: ankle[1])
    if ankles[0][1] > OFF_THE_GROUND + max((prop.height for prop in scene.props), default=0.0):
        return "in_the_air"
    if ankles[1][1] - ankles[0][1] > OFF_THE_GROUND:
        return "standing_one"
    return "lunge" if abs(ankles[0][0] - ankles[1][0]) > LONG_STEP else "standing"


def _lean(bones: Skeleton) -> list[str]:
    if bones.pose.twist > 40:
        return ["turned"]
    lean = bones.pose.tilt + bones.pose.spine / 2
    return ["folded"] if lean > FOLDED else ["leaning"] if lean > LEANING else []


def _legs(bones: Skeleton, say: _Voice) -> list[str]:
    near, far = (_leg(bones, leg) for leg in (bones.near_leg, bones.far_leg))
    if near == far:
        return [f"{say('both_legs')} {' '.join(say(word) for word in near)}"]
    return [
        f"{say(f'{side}_leg')} {', '.join(say(word) for word in words)}"
        for side, words in ((say.near, near), (say.far, far))
    ]


def _leg(bones: Skeleton, leg: LegBones) -> tuple[str, ...]:
    bend = abs(math.remainder(leg.thigh - leg.shank, 360))
    how = "straight" if bend < STRAIGHT else "slightly_bent" if bend < SLIGHTLY else "bent"
    upright = abs(bones.pose.tilt) <= LYING
    low = min(bones.near_leg.ankle[1], bones.far_leg.ankle[1])
    raised = leg.ankle[1] - low > OFF_THE_GROUND if upright else leg.ankle[1] > max(bones.hip[1] + 6, 18)
    return (how, "raised") if raised else (how,)


def _way(arrow: Arrow, *, lies: bool, scene: Scene) -> str:
    (x1, y1), (x2, y2) = arrow.points[0], arrow.points[-1]
    if abs(y2 - y1) >= abs(x2 - x1) * 0.9:
        return "up" if y2 > y1 else "down"
    if isinstance(scene.pose, front.FrontPose):
        return "sideways"
    if lies:
        to_the_head = (x2 > x1) == (scene.pose.tilt > 0)
        return "headward" if to_the_head else "footward"
    return "forward" if x2 > x1 else "backward"
