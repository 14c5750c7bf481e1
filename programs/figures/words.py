"""What a drawing shows, in words made from the same data: position, legs, movement, marked muscles, things."""

import math
import tomllib
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from programs.figures import front
from programs.figures.geometry import Point, distance
from programs.figures.pose import Pose
from programs.figures.scene import Arrow, Figure, Scene
from programs.figures.skeleton import ArmBones, LegBones, Skeleton, solved

FILE = Path(__file__).parent / "words.toml"
LANGUAGES = ("en", "de", "fr", "es")
FRAME_NAMES = {1: ("start",), 2: ("start", "end"), 3: ("start", "middle", "end")}

STRAIGHT, SLIGHTLY = 22.0, 55.0  # degrees of knee bend
LIFTED = 10.0  # body units the hip stands above what the trunk lies on
OFF_THE_GROUND = 9.0  # height of an ankle from which a standing leg counts as raised
LONG_STEP = 38.0
LYING, LEANING, FOLDED = 60.0, 22.0, 75.0  # tilt of the pelvis, degrees
SWAYS, IN_LINE = 8.0, 10.0  # degrees a standing body leans as one piece, and of knee bend it may have then
CHIN_DOWN, CHIN_UP = 36.0, -20.0  # degrees of neck and head together
LOW_KNEE = 8.0  # height of a knee that kneels, on a cushion too
PROPPED = 10.0  # degrees a trunk lying on its side is held up by the elbow
HIPS_UP = 13.0  # height of the hips in a side plank
SOFT = 0.95  # seen length of a limb below which the knee is bent towards the eye
CHEST_UP = 14.0  # height of the neck of somebody who lies on the front
SEAT_HIGH, SEAT_DEEP = 25.0, 24.0
AT_THE_HIP = 12.0
TIPTOE, UNDER = 25.0, 6.0  # degrees the toes are bent up; how far beside the hip a foot still carries the body
PUSHED_UP, LEGS_BEHIND, HAND_DOWN = 55.0, 225.0, 6.0  # tilt and direction of the thighs in a plank; height of a hand
SAYS_ENOUGH = {"kneeling", "kneeling_leaning", "half_kneeling", "on_elbows", "on_hands"}
"""Positions that say enough about the legs."""


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
        words = _from_the_front(scene.pose, say)
        return ", ".join(words + _arrows(scene, say, lies=False, hip=(scene.pose.x, scene.pose.y)))
    bones = solved(scene.pose)
    position = _position(scene, bones)
    words = [say(part) for part in position]
    if position[0] not in SAYS_ENOUGH:
        words += _legs(scene, bones, say)
    if position[0] == "hands_knees":
        words += _arms(bones, say)
    return ", ".join(words + _arrows(scene, say, lies=_lies(scene.pose), hip=bones.hip))


def _from_the_front(pose: front.FrontPose, say: _Voice) -> list[str]:
    """The person's right side is on the left of the picture, unless they are seen from behind."""
    bones = front.solved(pose)
    right = "right" if pose.back else "left"
    sides = ((say.near, right), (say.far, "right" if right == "left" else "left"))
    lying = abs(pose.turn - 90) > 45
    ankles = [ankle[1] for _hip, _knee, ankle in bones.legs.values()]
    if lying:
        propped = abs(math.remainder(pose.turn, 180)) > PROPPED
        words = [say("lying_side_elbow" if propped else "lying_side")]
        if propped:
            straight = _seen_straight(pose.left_leg) and _seen_straight(pose.right_leg)
            words += [say("hips_lifted")] * (pose.y > HIPS_UP)
            return words + [_told("both_legs", ["straight"], say)] * straight
        top, low = (_lying_leg(bones, place) for _side, place in sides)
        if top == low:
            words.append(_told("both_legs", top, say))
        else:
            words += [_told(f"{say.near}_leg", top, say), _told(f"{say.far}_leg", low, say)]
        open_knee = top == ["bent"] and bones.legs[right][1][1] - pose.y > OFF_THE_GROUND
        return words + [f"{say(f'{say.near}_leg')}: {say('knee_lifted')}"] * open_knee
    words = [say("standing_one" if max(ankles) - min(ankles) > OFF_THE_GROUND else "standing")]
    legs = []
    for _side, place in sides:
        leg: front.FrontLeg = getattr(pose, f"{place}_leg")
        told = ["slightly_bent" if min(leg.thigh, leg.shank) < SOFT else "straight"]
        if bones.legs[place][2][1] - min(ankles) > OFF_THE_GROUND:
            told = ["bent", "raised"]
        legs.append(told)
    if words == [say("standing")] and bones.legs["left"][2][0] > bones.legs["right"][2][0]:
        words.append(say("feet_crossed"))
    if legs[0] == legs[1]:
        return [*words, _told("both_legs", legs[0], say)]
    return words + [_told(f"{side}_leg", told, say) for (side, _place), told in zip(sides, legs, strict=True)]


def _seen_straight(leg: front.FrontLeg) -> bool:
    return min(leg.thigh, leg.shank) >= SOFT and abs(leg.bend) < STRAIGHT


def _lying_leg(bones: front.FrontBones, place: str) -> list[str]:
    """A leg of somebody who lies on the side."""
    if not _seen_straight(getattr(bones.pose, f"{place}_leg")):
        return ["bent"]
    return ["straight"] + ["raised"] * (bones.legs[place][2][1] - bones.pose.y > OFF_THE_GROUND)


def _told(limb: str, words: Sequence[str], say: _Voice) -> str:
    together = f" {say('and')} ".join(say(word) for word in words)
    return f"{say(limb)} {together}"


def _lies(pose: Pose) -> bool:
    return pose.tilt < -LYING or (pose.tilt > LYING and pose.anchor.part in ("rest", "seat"))


def _position(scene: Scene, bones: Skeleton) -> list[str]:
    pose = bones.pose
    kinds = {prop.kind for prop in scene.props}
    if "bench" in kinds:
        return ["on_bench"] + (["hips_lifted"] if bones.hip[1] > 20 else [])
    if _lies(pose):
        return _lying(bones)
    if pose.tilt > PUSHED_UP and _legs_in_line(bones) and min(arm.wrist[1] for arm in _both_arms(bones)) < HAND_DOWN:
        low = min(arm.elbow[1] for arm in _both_arms(bones)) < HAND_DOWN
        return ["on_elbows" if low else "on_hands"] + ["turned"] * (pose.twist > 40)
    if _kneels(bones.near_leg) or _kneels(bones.far_leg):
        return [_on_knees(bones)]
    if pose.anchor.part == "seat" or bones.hip[1] < 16:
        return ["sitting_chair" if "chair" in kinds else "sitting_floor", *_lean(bones), *_chin(bones)]
    stands = _on_feet(scene, bones)
    return [stands, *(_lean(bones) or _sway(bones, stands))]


def _lying(bones: Skeleton) -> list[str]:
    if bones.pose.tilt < 0:
        return ["lying_back"] + ["hips_lifted"] * (bones.hip[1] - bones.pose.anchor.y > LIFTED)
    return ["lying_front"] + ["chest_lifted"] * (bones.neck_base[1] > CHEST_UP)


def _both_arms(bones: Skeleton) -> tuple[ArmBones, ArmBones]:
    return bones.near_arm, bones.far_arm


def _legs_in_line(bones: Skeleton) -> bool:
    """Both legs straight on behind the trunk, as in a push-up."""
    bent = (math.remainder(leg.thigh - leg.shank, 360) for leg in (bones.near_leg, bones.far_leg))
    return max(map(abs, bent)) < STRAIGHT and max(bones.near_leg.thigh, bones.far_leg.thigh) < LEGS_BEHIND


def _kneels(leg: LegBones) -> bool:
    """A low knee with the instep on the ground; on the toes it only comes down."""
    return leg.knee[1] < LOW_KNEE and math.cos(math.radians(leg.foot)) < 0


def _on_knees(bones: Skeleton) -> str:
    if bones.pose.tilt > LYING:
        return "hands_knees"
    if bones.far_leg.knee[1] > 12:
        return "half_kneeling"
    return "kneeling_leaning" if bones.pose.tilt > 12 else "kneeling"


def _on_feet(scene: Scene, bones: Skeleton) -> str:
    heights = sorted(leg.ankle[1] - _step_under(scene, leg) for leg in (bones.near_leg, bones.far_leg))
    if heights[0] > OFF_THE_GROUND:
        return "in_the_air"
    if heights[1] > OFF_THE_GROUND:
        return "standing_one"
    return "lunge" if abs(bones.near_leg.ankle[0] - bones.far_leg.ankle[0]) > LONG_STEP else "standing"


def _step_under(scene: Scene, leg: LegBones) -> float:
    """How high the step is a foot stands on, 0 beside it."""
    steps = [prop for prop in scene.props if prop.kind == "step"]
    over = [prop.height for prop in steps if abs(leg.ankle[0] - prop.x) < prop.width / 2]
    return max((height for height in over if leg.ankle[1] > height), default=0.0)


def _on_chair(scene: Scene, leg: LegBones) -> bool:
    chairs = [prop for prop in scene.props if prop.kind == "chair"]
    return any(0 < leg.ankle[0] - chair.x < SEAT_DEEP and 0 < leg.ankle[1] - SEAT_HIGH < 12 for chair in chairs)


def _lean(bones: Skeleton) -> list[str]:
    if bones.pose.twist > 40:
        return ["turned"]
    lean = bones.pose.tilt + bones.pose.spine / 2
    return ["folded"] if lean > FOLDED else ["leaning"] if lean > LEANING else []


def _sway(bones: Skeleton, stands: str) -> list[str]:
    """Standing on both feet with the whole body in front of or behind them."""
    if stands != "standing":
        return []
    in_line = abs(math.remainder(bones.near_leg.thigh - bones.near_leg.shank, 360)) < IN_LINE
    if bones.pose.tilt > SWAYS and in_line:
        return ["leaning_line"]
    return ["leaning_back"] if bones.pose.tilt + bones.pose.spine < -SWAYS else []


def _chin(bones: Skeleton) -> list[str]:
    nod = (bones.pose.neck or 0.0) + bones.pose.head
    return ["chin_down"] if nod > CHIN_DOWN else ["chin_up"] if nod < CHIN_UP else []


def _legs(scene: Scene, bones: Skeleton, say: _Voice) -> list[str]:
    near, far = (_leg(scene, bones, leg) for leg in (bones.near_leg, bones.far_leg))
    if near == far:
        return [_told("both_legs", near, say)]
    return [_told(f"{side}_leg", words, say) for side, words in ((say.near, near), (say.far, far))]


def _leg(scene: Scene, bones: Skeleton, leg: LegBones) -> tuple[str, ...]:
    bend = abs(math.remainder(leg.thigh - leg.shank, 360))
    how = "straight" if bend < STRAIGHT else "slightly_bent" if bend < SLIGHTLY else "bent"
    if _on_chair(scene, leg) and _lies(bones.pose):
        return how, "on_chair"
    if 0 < leg.ankle[1] - _step_under(scene, leg) < OFF_THE_GROUND < leg.ankle[1]:
        return how, "on_step"
    low = min(bones.near_leg.ankle[1], bones.far_leg.ankle[1])
    lying = _lies(bones.pose)
    raised = leg.ankle[1] > max(bones.hip[1] + 6, 18) if lying else leg.ankle[1] - low > OFF_THE_GROUND
    if raised:
        return how, "raised"
    return (how, "on_toes") if _on_toes(leg) and not lying else (how,)


def _on_toes(leg: LegBones) -> bool:
    """The foot below the body carries it with its ball, the heel lifted."""
    return leg.toe > TIPTOE and abs(leg.ankle[0] - leg.hip[0]) < UNDER


def _arms(bones: Skeleton, say: _Voice) -> list[str]:
    """On hands and knees: an arm that has left the floor."""
    arms = ((say.near, bones.near_arm), (say.far, bones.far_arm))
    return [_told(f"{side}_arm", ["stretched_forward"], say) for side, arm in arms if arm.wrist[1] > OFF_THE_GROUND]


def _arrows(scene: Scene, say: _Voice, *, lies: bool, hip: Point) -> list[str]:
    return [f"{say('arrow')} {say(_way(arrow, lies=lies, scene=scene, hip=hip))}" for arrow in scene.arrows]


def _way(arrow: Arrow, *, lies: bool, scene: Scene, hip: Point) -> str:
    (x1, y1), (x2, y2) = arrow.points[0], arrow.points[-1]
    if lies and distance((x2, y2), hip) < AT_THE_HIP:
        return "to_hip"
    if abs(y2 - y1) >= abs(x2 - x1) * 0.9:
        return "up" if y2 > y1 else "down"
    if isinstance(scene.pose, front.FrontPose):
        return "sideways"
    if lies:
        to_the_head = (x2 > x1) == (scene.pose.tilt > 0)
        return "headward" if to_the_head else "footward"
    return "forward" if x2 > x1 else "backward"
