"""Who may import whom (the table of the architecture page), read from the source of every module."""

import ast
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
APPS = ("clinic", "assessments", "programs")
PURE = (
    "clinic/vocabulary",
    "assessments/reasoning",
    "programs/library",
    "programs/progression",
    "programs/figures",
    "programs/reminders/schedule.py",
    "programs/progress/chart",
    "programs/progress/grid.py",
)
PURE_ORDER = {
    "clinic.vocabulary": (),
    "assessments.reasoning": ("clinic.vocabulary",),
    "programs.library": ("clinic.vocabulary", "assessments.reasoning", "programs.progression"),
    "programs.progression": ("clinic.vocabulary", "assessments.reasoning", "programs.library"),
    "programs.figures": ("clinic.vocabulary", "programs.library"),
    "programs.reminders.schedule": ("clinic.vocabulary", "programs.progression"),
    "programs.progress.chart": (),
    "programs.progress.grid": ("programs.progression",),
}
STANDARD = set(sys.stdlib_module_names)
NOT_PURE = {"random", "socket", "urllib", "http", "subprocess", "secrets", "smtplib", "ssl", "asyncio", "time"}

MODULES = sorted(
    path for app in (*APPS, "config") for path in (ROOT / app).rglob("*.py") if "migrations" not in path.parts
)


def name_of(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imports_of(path: Path) -> set[str]:
    """Every module named in an import, also inside functions: a late import is an import."""
    found: set[str] = set()
    package = name_of(path) if path.name == "__init__.py" else name_of(path).rpartition(".")[0]
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            if node.level:
                parent = package.split(".")[: len(package.split(".")) - node.level + 1]
                base = ".".join([*parent, base]).strip(".")
            found |= {base} | {f"{base}.{alias.name}" for alias in node.names}
    return found


def is_pure(path: Path) -> bool:
    return str(path.relative_to(ROOT)).startswith(PURE)


def within(module: str, packages: tuple[str, ...]) -> bool:
    return any(module == package or module.startswith(package + ".") for package in packages)


def role_of(path: Path) -> set[str]:
    """The parts of the table a module plays, by its file name or its folder."""
    return {path.stem, *path.relative_to(ROOT).parts[:-1]}


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_apps_import_only_to_their_left(path: Path) -> None:
    app = path.relative_to(ROOT).parts[0]
    if app == "config":
        return
    right = APPS[APPS.index(app) + 1 :]
    wrong = {module for module in imports_of(path) if within(module, (*right, "tests"))}
    assert not wrong, f"{name_of(path)} reaches to its right: {sorted(wrong)}"


@pytest.mark.parametrize("path", [path for path in MODULES if is_pure(path)], ids=name_of)
def test_pure_packages_import_the_standard_library_and_pure_packages_to_their_left(path: Path) -> None:
    own = max((package for package in PURE_ORDER if within(name_of(path), (package,))), key=len)
    for module in imports_of(path):
        top = module.split(".")[0]
        if top in APPS:
            assert within(module, (own, *PURE_ORDER[own])), f"{name_of(path)} imports {module}"
        else:
            assert top in STANDARD, f"{name_of(path)} imports {module}"
            assert top not in NOT_PURE, f"{name_of(path)} imports {module}"


@pytest.mark.parametrize("path", [path for path in MODULES if is_pure(path)], ids=name_of)
def test_pure_packages_ask_neither_clock_nor_chance(path: Path) -> None:
    calls = {
        f"{node.func.value.id}.{node.func.attr}"
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and isinstance(node.func.value, ast.Name)
    }
    assert not calls & {"date.today", "datetime.now", "datetime.utcnow", "datetime.today"}, name_of(path)


FORBIDDEN = {
    "models": ("views", "forms", "actions", "tasks", "presenters", "access"),
    "access": ("forms", "views", "actions"),
    "queries": ("forms", "views", "actions"),
    "permissions": ("forms", "views", "actions"),
    "actions": ("forms", "views", "presenters", "http"),
    "mapping": ("views", "http", "forms"),
    "forms": ("views", "actions", "http", "access"),
    "tasks": ("views", "forms", "http"),
    "document": ("models", "access", "queries", "http", "views"),
    "pdf": ("models", "access", "queries", "http", "views"),
    "compose": ("models", "access", "queries", "http", "views"),
}


@pytest.mark.parametrize("path", [path for path in MODULES if not is_pure(path)], ids=name_of)
def test_each_part_keeps_to_its_room(path: Path) -> None:
    for role in role_of(path) & set(FORBIDDEN):
        for module in imports_of(path):
            parts = module.split(".")
            if parts[0] in APPS:
                wrong = set(parts[1:]) & set(FORBIDDEN[role])
                assert not wrong, f"{name_of(path)} ({role}) imports {module}"


@pytest.mark.parametrize("path", [p for p in MODULES if "views" in role_of(p)], ids=name_of)
def test_views_reach_records_only_through_access_and_queries(path: Path) -> None:
    for node in ast.walk(ast.parse(path.read_text())):
        assert not (isinstance(node, ast.Attribute) and node.attr == "objects"), f"{name_of(path)}:{node.lineno}"


def test_actions_never_take_a_request() -> None:
    for path in MODULES:
        if "actions" in role_of(path):
            for node in ast.walk(ast.parse(path.read_text())):
                if isinstance(node, ast.FunctionDef):
                    names = {argument.arg for argument in (*node.args.args, *node.args.kwonlyargs)}
                    assert "request" not in names, f"{name_of(path)}.{node.name}"


def test_the_web_process_never_loads_what_only_workers_need() -> None:
    """WeasyPrint costs a second and 50 MB, and the keys to phones are no business of the web: only workers load them."""
    code = (
        "import django, sys; django.setup(); import config.urls, config.wsgi; from django.urls import get_resolver;"
        "get_resolver().url_patterns; sys.exit(bool({'weasyprint', 'py_vapid', 'http_ece'} & set(sys.modules)))"
    )
    env = os.environ | {"DJANGO_SETTINGS_MODULE": "config.settings.test"}
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
