"""`manage.py reason` prints JSON, names every problem, leaves with status 2, and needs no database."""

import io
import json
import sys
from time import process_time
from types import SimpleNamespace

import pytest
from django.core.management import call_command

from assessments.reasoning import Case, reason

from .cases import TENDON, case_json


def _run(name):
    out, err = io.StringIO(), io.StringIO()
    status = 0
    try:
        call_command("reason", name, stdout=out, stderr=err)
    except SystemExit as stop:
        status = stop.code
    return status, out.getvalue(), err.getvalue()


@pytest.fixture
def given(tmp_path):
    def run(content):
        path = tmp_path / "case.json"
        path.write_bytes(content if isinstance(content, bytes) else json.dumps(content).encode())
        return _run(str(path))

    return run


def test_one_case_is_answered_with_one_object(given):
    status, out, err = given(case_json(**TENDON))
    assert (status, err) == (0, "")
    answer = json.loads(out)
    assert list(answer) == [
        "knowledge_version",
        "action",
        "red_flags",
        "ranking_shown",
        "picture",
        "hypotheses",
        "next_findings",
        "completeness",
    ]
    assert list(answer["hypotheses"][0]) == ["key", "rank", "criteria", "support", "for", "against", "not_assessed"]
    assert answer["hypotheses"][0]["key"] == "pht"


def test_a_list_is_answered_with_a_list(given):
    status, out, _ = given([case_json(**TENDON), case_json(bladder_change="present")])
    assert status == 0
    assert [answer["action"] for answer in json.loads(out)] == ["continue", "emergency"]
    assert json.loads(given([])[1]) == []


def test_standard_input_is_read_with_a_dash(monkeypatch):
    content = io.BytesIO(json.dumps(case_json()).encode())
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=content))
    status, out, _ = _run("-")
    assert status == 0
    assert json.loads(out)["ranking_shown"] is True


def test_every_problem_stands_on_a_line_of_its_own(given):
    raw = case_json()
    raw["findings"] |= {"nope": 1, "onset": "slow", "palp_ischial": {"up": "present"}}
    status, out, err = given(raw)
    assert (status, out) == (2, "")
    assert [line.partition(":")[0] for line in err.splitlines()] == [
        "findings.nope",
        "findings.onset",
        "findings.palp_ischial.up",
    ]


def test_one_wrong_case_of_a_list_is_named_by_its_place(given):
    status, out, err = given([case_json(), {"painful_side": "up"}])
    assert (status, out) == (2, "")
    assert err.startswith("case 2: painful_side: ")


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"not json",
        b"{",
        b"\xff\xfe\x00",
        b"5",
        b'{"painful_side": "left", "findings": {"nprs_now": NaN}}',
        b'{"painful_side": "left", "findings": {"slr_degrees": {"left": 1e999}}}',
        b'{"painful_side": "left", "findings": {"nprs_now": ' + b"9" * 5000 + b"}}",
        b'{"painful_side": "left", "painful_side": "right"}',
        b'{"painful_side": "left", "findings": {"\\ud800": "present"}}',
        b"[" * 50_000,
    ],
)
def test_what_is_no_case_is_refused_in_a_sentence(given, content):
    status, out, err = given(content)
    assert (status, out) == (2, "")
    assert err.strip()
    assert "Traceback" not in err


def test_an_answer_given_twice_is_refused(given):
    raw = b'{"painful_side": "left", "findings": {"pop": "present", "pop": "absent"}}'
    assert given(raw) == (2, "", "pop: given twice\n")


@pytest.mark.parametrize("name", ["/does/not/exist.json", "/"])
def test_a_file_that_cannot_be_read_is_named(name):
    status, out, err = _run(name)
    assert (status, out) == (2, "")
    assert err.startswith(f"{name}: cannot be read")


def test_a_case_is_reasoned_in_milliseconds():
    case = Case.from_json(case_json(**TENDON))
    times = []
    for _ in range(50):
        start = process_time()
        reason(case)
        times.append(process_time() - start)
    assert min(times) < 0.005
