"""The documents are true: words are in the glossary, links lead somewhere, commands exist, the wheel is complete."""

from __future__ import annotations

import glob
import re
import subprocess
import tomllib
from enum import Enum
from importlib import import_module
from pathlib import Path

import pytest
from django.apps import apps
from typer.main import get_command

from linli.kernel.access.rules import Role
from linli.site.command import app

ROOT = Path(__file__).parents[1]
LINLI = ROOT / "src" / "linli"
GLOSSARY = (ROOT / "docs" / "glossary.md").read_text()
TERMS = {line.split("|")[1].strip().lower() for line in GLOSSARY.splitlines() if line.startswith("|")}
OURS = [config for config in apps.get_app_configs() if config.name.startswith(("linli.kernel.", "linli.domains."))]
PAGES = [ROOT / name for name in ("README.md", "README.zh.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "CHANGELOG.md")]
PAGES += sorted((ROOT / "docs").rglob("*.md"))


def _enums() -> list[type[Enum]]:
    found: dict[str, type[Enum]] = {}
    for path in sorted(LINLI.rglob("*.py")):
        if ("rules" in path.relative_to(LINLI).as_posix() and "tests" not in path.parts) or path.parent.name in {"base", "law"}:
            module = import_module("linli." + ".".join(path.relative_to(LINLI).with_suffix("").parts).removesuffix(".__init__"))
            for thing in vars(module).values():
                if isinstance(thing, type) and issubclass(thing, Enum) and len(thing) and thing.__module__ == module.__name__:
                    found[f"{thing.__module__}.{thing.__name__}"] = thing
    return list(found.values())


def _spoken(name: str) -> str:
    """How the glossary writes a class: BatchState is batch state."""
    return re.sub(r"(?<!^)(?=[A-Z])", " ", name).lower()


@pytest.mark.parametrize("config", OURS, ids=lambda config: config.label)
def test_every_package_and_every_kind_of_row_is_in_the_glossary(config) -> None:
    words = [str(config.verbose_name), *(str(model._meta.verbose_name) for model in config.get_models())]
    assert [word for word in words if word not in GLOSSARY] == []


@pytest.mark.parametrize("enum", _enums(), ids=lambda enum: enum.__name__)
def test_every_enumeration_is_in_the_glossary(enum: type[Enum]) -> None:
    word = _spoken(enum.__name__)
    assert any(term == word or term.startswith(f"{word} (") for term in TERMS), f"no row for “{word}”"


def test_no_term_stands_twice_in_the_glossary() -> None:
    rows = [line.split("|")[1].strip().lower() for line in GLOSSARY.splitlines()[2:] if line.startswith("|")]
    assert sorted({row for row in rows if rows.count(row) > 1}) == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_somewhere(page: Path) -> None:
    links = re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", page.read_text())
    lost = [link for link in links if "://" not in link and not (page.parent / link).exists()]
    assert lost == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_files_named_in_the_documents_exist(page: Path) -> None:
    named = re.findall(r"`((?:script|src/linli|docs|tests|benchmarks)/[\w./-]+)", page.read_text())
    assert [name for name in named if not (ROOT / name.rstrip("./")).exists()] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_commands_named_in_the_documents_exist(page: Path) -> None:
    lost = []
    for words in re.findall(r"script/linli ([a-z][a-z -]*[a-z])", page.read_text()):
        command = get_command(app)
        for word in words.split():
            if not hasattr(command, "commands"):
                break
            if word not in command.commands:
                lost.append(words)
                break
            command = command.commands[word]
    assert lost == []


@pytest.mark.parametrize("page", sorted((ROOT / "docs" / "guide").glob("*.md")), ids=lambda page: page.stem)
def test_the_guides_name_what_stands_on_the_pages(page: Path) -> None:
    said = "".join(path.read_text() for kind in ("html", "py", "js") for path in LINLI.rglob(f"*.{kind}"))
    words = [word for bold in re.findall(r"\*\*([^*]+)\*\*", page.read_text()) for word in bold.split("，")]
    assert words
    assert [word for word in words if word not in said] == []


def test_whoever_adds_a_domain_finds_every_name_of_the_manifest() -> None:
    page = (ROOT / "CONTRIBUTING.md").read_text()
    files = [path for part in ("kernel", "site") for path in (LINLI / part).rglob("*.py") if "tests" not in path.parts]
    read = r'(?:declared\(|declared_by_key\(|declared_functions\(|getattr\(config, |hasattr\(config, )"(\w+)"'
    names = {name for path in files for name in re.findall(read, path.read_text())}
    assert {"flows", "books", "task_sources", "order_page", "progress_page"} <= names
    assert sorted(name for name in names if f"`{name}`" not in page) == []


def test_the_map_names_every_package() -> None:
    page = (ROOT / "ARCHITECTURE.md").read_text()
    assert sorted(config.label for config in OURS if not re.search(rf"\b{config.label}\b", page)) == []


def test_every_role_has_a_guide() -> None:
    index = (ROOT / "docs" / "guide" / "README.md").read_text()
    apart = {Role.AUDIT_ADMIN, Role.MACHINE}  # the first reads only the trail, the last is no person
    assert [role.zh for role in Role if role not in apart and role.zh not in index] == []


def test_an_installed_package_has_every_file() -> None:
    patterns = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["setuptools"]["package-data"]["*"]
    packed: set[Path] = set()
    for home in LINLI.rglob("__init__.py"):
        for pattern in patterns:
            packed |= {Path(found) for found in glob.glob(str(home.parent / pattern), recursive=True)}
    said = subprocess.run(["git", "ls-files", "src/linli"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    files = [ROOT / line for line in said.splitlines() if not line.endswith(".py")]
    assert files
    assert [str(path.relative_to(LINLI)) for path in files if path.exists() and path not in packed] == []
