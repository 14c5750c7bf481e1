"""docker-compose.yml: valid by the specification, and everything it names exists. No Docker engine is needed."""

import importlib.util
import json
import re
from pathlib import Path
from typing import Any

import click
import jsonschema
import pytest
import yaml
from celery.bin.celery import celery as celery_command
from django.core.management import get_commands

from config.celery import app as celery_app
from tests.setup.dockerfile import stages

ROOT = Path(__file__).resolve().parents[2]
HERE = Path(__file__).resolve().parent
VARIABLE = re.compile(r"\$\{([A-Z_]+)(:?\?[^}]+)?\}")  # without the colon it may be empty, but has to be set
RUNS_OUR_CODE = ("migrate", "web", "worker", "beat")
SCALED = ("web", "worker")
GOOD = {
    "SITE_HOST": "clinic.example.org",
    "SECRET_KEY": "0123456789abcdef" * 6,
    "EMAIL_URL": "smtp+tls://user:word@mail.example.org:587",
    "DEFAULT_FROM_EMAIL": "no-reply@clinic.example.org",
}


def compose() -> dict[str, Any]:
    return yaml.safe_load((ROOT / "docker-compose.yml").read_text())


def example_names() -> set[str]:
    text = (ROOT / "config/server/env.example").read_text()
    return {line.partition("=")[0] for line in text.splitlines() if line and not line.startswith("#")}


def filled(service: str, **given: str) -> dict[str, str]:
    """The environment of a service, as compose would fill it in."""
    values = dict.fromkeys(example_names(), "f00dfeed" * 8) | GOOD | given
    environment = compose()["services"][service]["environment"]
    return {key: VARIABLE.sub(lambda found: values[found[1]], str(value)) for key, value in environment.items()}


def words(command: list[str]) -> list[str]:
    """The words of a command, also inside `sh -c`."""
    return command[2].split() if command[:2] == ["sh", "-c"] else [str(word) for word in command]


def test_the_file_is_valid_by_the_compose_specification() -> None:
    schema = json.loads((HERE / "compose-spec.json").read_text())
    jsonschema.Draft7Validator(schema).validate(compose())


def test_every_value_from_outside_is_demanded_with_a_message_and_listed_in_the_example() -> None:
    found = VARIABLE.findall((ROOT / "docker-compose.yml").read_text())
    assert all(message for _name, message in found)
    assert {name for name, _message in found} == example_names()


def test_what_a_service_refers_to_exists() -> None:
    plan = compose()
    used: dict[str, set[str]] = {"volumes": set(), "networks": set()}
    for service in plan["services"].values():
        assert set(service.get("depends_on", {})) <= set(plan["services"])
        used["networks"] |= set(service["networks"])
        for volume in service.get("volumes", []):
            source = volume.split(":")[0]
            if source.startswith("."):
                assert (ROOT / source).is_dir(), source
            else:
                used["volumes"].add(source)
        if "build" in service:
            assert service["build"]["target"] in stages()
    assert used["volumes"] == set(plan["volumes"])
    assert used["networks"] == set(plan["networks"])


def test_every_lasting_service_has_a_health_check_and_starts_again() -> None:
    for name, service in compose()["services"].items():
        if name != "migrate":
            assert service["healthcheck"]["test"], name
            assert service["restart"] == "unless-stopped", name


@pytest.mark.parametrize("name", SCALED)
def test_web_and_worker_can_be_scaled(name: str) -> None:
    assert not {"container_name", "ports", "hostname"} & compose()["services"][name].keys()


def test_only_the_proxy_is_open_to_the_outside() -> None:
    plan = compose()
    assert [name for name, service in plan["services"].items() if "ports" in service] == ["proxy"]
    assert plan["networks"]["data"]["internal"] is True
    assert plan["services"]["db"]["networks"] == plan["services"]["broker"]["networks"] == ["data"]


@pytest.mark.parametrize("name", RUNS_OUR_CODE)
def test_our_code_runs_without_privileges(name: str) -> None:
    service = compose()["services"][name]
    assert service["cap_drop"] == ["ALL"]
    assert service["read_only"] is True
    assert service["security_opt"] == ["no-new-privileges:true"]


@pytest.mark.parametrize("name", ["worker", "beat"])
def test_celery_knows_the_commands_options(name: str) -> None:
    program, *rest = words(compose()["services"][name]["command"])
    assert (program, rest[0], rest[1], rest[2]) == ("celery", "-A", "config.celery", name)
    subcommand = celery_command.commands[name]
    subcommand.make_parser(click.Context(subcommand)).parse_args(rest[3:])


def test_the_management_commands_exist() -> None:
    named = re.findall(r"manage\.py (\w+)", " ".join(words(compose()["services"]["migrate"]["command"])))
    assert named == ["migrate", "load_library"]
    assert set(named) <= set(get_commands())


def test_the_health_module_of_the_web_service_exists() -> None:
    python, flag, module = compose()["services"]["web"]["healthcheck"]["test"][1:]
    assert (python, flag) == ("python", "-m")
    assert importlib.util.find_spec(module)


def test_a_stopped_worker_may_finish_its_longest_task() -> None:
    minutes = int(compose()["services"]["worker"]["stop_grace_period"].removesuffix("m"))
    assert minutes * 60 >= celery_app.conf.task_time_limit


@pytest.mark.parametrize("name", RUNS_OUR_CODE)
def test_the_values_handed_over_satisfy_the_production_settings(name: str) -> None:
    problems = production_problems()
    role = {"STRIDEBACK_DB_ROLE": "owner"} if name == "migrate" else {}
    assert problems(filled(name) | role) == []
    assert problems(filled(name, SECRET_KEY="short") | role)
    assert problems(filled(name, DATABASE_APP_PASSWORD="postgres") | role)
    assert problems(filled(name, BROKER_PASSWORD="changeme") | role)


def test_only_migrating_knows_the_owners_password() -> None:
    for name, service in compose()["services"].items():
        knows = "OWNER_PASSWORD" in json.dumps(service.get("environment", {}))
        assert knows == (name in {"db", "migrate"}), name


def test_the_role_script_makes_the_roles_and_database_compose_connects_to() -> None:
    script = (ROOT / "config/server/postgres/10-roles.sh").read_text()
    for url in (filled("migrate")["DATABASE_URL"], filled("migrate")["DATABASE_OWNER_URL"]):
        role, database = re.fullmatch(r"postgresql://(\w+):\w+@db:5432/(\w+)", url).groups()  # type: ignore[union-attr]
        assert f"CREATE ROLE {role} LOGIN NOSUPERUSER" in script
        assert f"CREATE DATABASE {database} OWNER strideback_owner" in script


def production_problems() -> Any:
    """The function of the production settings, which themselves refuse to be imported here."""
    source = (ROOT / "config/settings/production.py").read_text()
    start = source.index("MIN_SECRET_LENGTH")
    space: dict[str, Any] = {}
    exec("from urllib.parse import urlsplit\n" + source[start : source.index("if _problems")], space)
    return space["problems"]
