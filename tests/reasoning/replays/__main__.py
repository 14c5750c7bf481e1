"""Writes the golden replays of released versions that have none."""

import json

from assessments.reasoning import RELEASES, of_version

from . import cases, file_of, replayed

for release in RELEASES:
    path = file_of(release.version)
    if path.exists():
        print(f"{path.name}: is kept as it is")  # noqa: T201 - a tool's answer
        continue
    knowledge = of_version(release.version)
    lines = [
        json.dumps({"case": case, "released": released}, ensure_ascii=False)[:-1]
        + ', "reasoning": '
        + replayed(case, knowledge, released)
        + "}"
        for case, released in cases(knowledge)
    ]
    path.write_text("[\n" + ",\n".join(lines) + "\n]\n", encoding="utf-8")
    print(f"{path.name}: {len(lines)} cases written")  # noqa: T201 - a tool's answer
