"""House rules that a reader should be able to trust without looking."""

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TOP_LEVEL = {
    "manage.py", "pyproject.toml", "config", "clinic", "assessments", "programs", "templates", "static", "tests",
    "docker-compose.yml", "README.md", "Makefile", "Dockerfile", ".ci", ".gitignore", ".dockerignore",
    "requirements.txt", "requirements-dev.txt", "requirements-local.txt", "LICENSE",
}  # fmt: skip
TRACKED = [
    ROOT / line
    for line in subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT, capture_output=True, text=True, check=True,
    ).stdout.splitlines()
    if (ROOT / line).exists()
]  # fmt: skip
CODE = [
    p
    for p in TRACKED
    if p.suffix == ".py" and p.relative_to(ROOT).parts[0] in {"config", "clinic", "assessments", "programs"}
]
TEMPLATES = [p for p in TRACKED if p.suffix == ".html" and "templates" in p.parts]
STATIC = [p for p in TRACKED if p.suffix in {".css", ".js"} and "static" in p.parts]


def shown(path: Path) -> str:
    return str(path.relative_to(ROOT))


def test_the_top_level_holds_what_was_agreed_and_no_other_code_folder() -> None:
    assert {path.relative_to(ROOT).parts[0] for path in TRACKED} <= TOP_LEVEL


@pytest.mark.parametrize("path", [p for p in CODE if "migrations" not in p.parts], ids=shown)
def test_no_code_file_is_longer_than_300_lines(path: Path) -> None:
    assert len(path.read_text().splitlines()) <= 300


def test_no_lock_file_names_a_host() -> None:
    for path in TRACKED:
        if path.name.startswith("requirements") or path.name == ".npmrc" or path.suffix == ".lock":
            assert not re.search(r"https?://|--index-url|--extra-index-url|--find-links", path.read_text()), shown(path)


def test_nothing_is_left_for_later_in_the_code() -> None:
    marks = re.compile("|".join(["TO" + "DO", "FIX" + "ME", "X" * 3, "NotImplemented" + "Error"]))
    for path in [*CODE, *TEMPLATES, *STATIC]:
        assert not marks.search(path.read_text()), shown(path)


@pytest.mark.parametrize("path", TEMPLATES, ids=shown)
def test_templates_keep_to_the_strict_content_security_policy(path: Path) -> None:
    """Inline script and style, event attributes, hx-on, htmx event filters and js: values would be dropped or run wild."""
    text = re.sub(r"{#.*?#}|{% comment.*?endcomment %}", "", path.read_text(), flags=re.DOTALL)
    on_paper = "handouts" in path.parts or "paper" in path.parts  # printed by our own renderer, never sent to a browser
    assert not re.search(r"\shx-on", text)
    assert not re.search(r"hx-(vals|headers)\s*=\s*['\"]\s*(js|javascript):", text)
    assert not re.search(r"hx-trigger\s*=\s*(['\"])[^'\"]*\[", text)
    assert not re.search(r"<script(?![^>]*\bsrc=)(?![^>]*application/json)[^>]*>", text)
    assert not re.search(r"\son[a-z]+=[\"']", text)
    assert not re.search(r"javascript:", text)
    if not on_paper:
        assert not re.search(r"<style|\sstyle\s*=", text)
    assert "|safe" not in text
    assert "autoescape off" not in text


@pytest.mark.parametrize("path", [p for p in TEMPLATES if "handouts" not in p.parts], ids=shown)
def test_templates_load_nothing_from_the_internet(path: Path) -> None:
    assert not re.search(r"(?:src|href)\s*=\s*[\"']\s*(?:https?:)?//", path.read_text())


@pytest.mark.parametrize("path", STATIC, ids=shown)
def test_styles_and_scripts_load_nothing_from_the_internet(path: Path) -> None:
    assert not re.search(
        r"url\(\s*[\"']?(?:https?:)?//|import\s+[^;]*[\"']https?://|eval\(|new Function", path.read_text()
    )


@pytest.mark.parametrize("path", TEMPLATES, ids=shown)
def test_tab_titles_carry_no_patient_name(path: Path) -> None:
    for title in re.findall(r"{% block title %}(.*?){% endblock", path.read_text(), flags=re.DOTALL):
        assert not re.search(r"{{[^}]*(name|patient)", title), title


def test_forms_that_post_carry_a_csrf_token() -> None:
    for path in TEMPLATES:
        for form in re.findall(
            r"<form\b[^>]*method=[\"']post[\"'].*?</form>", path.read_text(), flags=re.DOTALL | re.IGNORECASE
        ):
            assert "csrf_token" in form or "{% include" in form, f"{shown(path)}: {form[:80]}"


def test_ids_in_addresses_are_random_and_names_never_appear() -> None:
    from config.urls import urlpatterns
    from tests.access.addresses import walk

    for address in walk(urlpatterns):
        assert not re.search(r"<(?:int|slug|str):\w*(?:id|name|patient)", address.pattern), address.pattern


def test_task_arguments_and_logs_carry_ids_only() -> None:
    for path in CODE:
        for line in path.read_text().splitlines():
            if re.search(r"\blog(?:ger)?\.(debug|info|warning|error|exception)\(", line):
                assert not re.search(r"(?<!__)name|email|birth|phone|answer|value", line), (
                    f"{shown(path)}: {line.strip()}"
                )
