"""What must hold of every package, so that whoever has read one knows them all."""

from __future__ import annotations

import ast
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
LINLI = ROOT / "src" / "linli"
PACKAGES = sorted(
    path.parent for storey in ("kernel", "domains") for path in (LINLI / storey).glob("*/__init__.py")
)
ROOMS = {
    "__init__", "rules", "models", "queries", "actions", "figures", "books", "forms", "views", "api", "tasks", "urls",
    "apps", "samples", "templatetags",
}  # fmt: skip
FOLDERS = {"parameters", "sql", "templates", "migrations", "tests", "static", "layouts"}
LONGEST = 350
CLOCKLESS = {"law", "rules", "actions", "rules.py", "actions.py"}
SOURCES = [
    path for path in sorted(LINLI.rglob("*.py")) if "migrations" not in path.parts and "static" not in path.parts
]


@pytest.mark.parametrize("package", PACKAGES, ids=lambda path: path.name)
def test_a_package_has_only_the_known_rooms(package: Path) -> None:
    names = {path.stem for path in package.glob("*.py")}
    names |= {path.name for path in package.iterdir() if path.is_dir() and path.name != "__pycache__"}
    assert names <= ROOMS | FOLDERS, f"unknown rooms: {sorted(names - ROOMS - FOLDERS)}"


@pytest.mark.parametrize("package", PACKAGES, ids=lambda path: path.name)
def test_a_package_says_in_a_page_what_it_is_for(package: Path) -> None:
    readme = package / "README.md"
    assert readme.exists(), f"{package.name} has no README.md"
    assert len(readme.read_text().splitlines()) <= 130, "a README is at most about a page"


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(LINLI)))
def test_a_file_is_short_and_says_what_it_answers(path: Path) -> None:
    text = path.read_text()
    limit = LONGEST if "tests" not in path.parts else 600
    assert len(text.splitlines()) <= limit, f"{len(text.splitlines())} lines: split the room by theme"
    if "tests" not in path.parts and text.strip():
        assert ast.get_docstring(ast.parse(text)), "a module begins with what it answers"


def test_nothing_unfinished_is_committed() -> None:
    marks = re.compile(r"raise NotImplementedError|\bTODO\b|\bFIXME\b|\bXXX\b|# stub")
    found = [str(path.relative_to(ROOT)) for path in SOURCES if marks.search(path.read_text())]
    assert not found


def test_a_field_that_a_form_gains_later_has_our_words_and_look() -> None:
    """Set into ``fields`` by hand it would speak the framework's words; ``Form.add`` gives it ours."""
    by_hand = re.compile(r"self\.fields\[[^]]+\] = ")
    rooms = [path for path in SOURCES if {"forms", "forms.py"} & set(path.relative_to(LINLI).parts) and path.name != "base.py"]
    assert not [str(path.relative_to(LINLI)) for path in rooms if by_hand.search(path.read_text())]


def test_no_signals_and_no_clock_in_rules_and_actions() -> None:
    clock = re.compile(r"timezone\.now\(|date\.today\(|datetime\.now\(|localdate\(")
    rooms = [path for path in SOURCES if CLOCKLESS & set(path.relative_to(LINLI).parts)]
    found = [str(path.relative_to(LINLI)) for path in rooms if clock.search(path.read_text())]
    assert not found


def test_the_kernel_knows_no_domain() -> None:
    labels = [path.name for path in (LINLI / "domains").iterdir() if (path / "__init__.py").exists()]
    if not labels:
        pytest.skip("no domain yet")
    word = re.compile(r"['\"](?:" + "|".join(labels) + r")[.'\":]")
    place = re.compile(r"\"hall\"[:,]")  # a kind of place in the registry
    account = re.compile(r'\("\w+", "\w+", Role\.\w+\)')  # a user name of the demo, as the clerk of the federation
    kernel = [path for path in SOURCES if "kernel" in path.parts and "tests" not in path.parts]
    found = [str(path.relative_to(LINLI)) for path in kernel if word.search(place.sub("", account.sub("", path.read_text())))]
    assert not found


def test_tracked_files_name_no_registry_and_no_machine() -> None:
    files = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False).stdout.split()
    hosts = re.compile(r"https?://[a-z0-9.-]*(?:pypi|npmjs|pythonhosted|debian)\.")
    found = []
    for name in files:
        path = ROOT / name
        if path.suffix in {".lock", ".json", ".toml", ".txt", ".cfg"} or name.startswith(("script/", ".ci/", ".npmrc")):
            if path.is_file() and hosts.search(path.read_text(errors="replace")):
                found.append(name)
    assert not found


def _exported_lists(view: ast.FunctionDef) -> int:
    lists = [one for one in ast.walk(view) if isinstance(one, ast.Call) and ast.unparse(one.func) == "Listing"]
    kept = [one for one in lists if any(word.arg == "export" and ast.unparse(word.value) == "None" for word in one.keywords)]
    return len(lists) - len(kept)


def test_a_page_whose_list_can_be_exported_takes_the_form_that_asks_for_the_purpose() -> None:
    """The form goes back to the page itself; a page that takes GET alone would answer it with 405."""
    views = [
        (path, view) for path in SOURCES for view in ast.walk(ast.parse(path.read_text())) if isinstance(view, ast.FunctionDef)
    ]
    makers = {view.name for _, view in views if view.returns and ast.unparse(view.returns) == "Listing"}
    closed = []
    for path, view in views:
        called = {ast.unparse(one.func).split(".")[-1] for one in ast.walk(view) if isinstance(one, ast.Call)}
        methods = {ast.unparse(one) for one in view.decorator_list}
        answers = _exported_lists(view) or ("response" in called and called & makers)
        if answers and methods & {"require_GET", "require_safe"}:
            closed.append(f"{path.name}: {view.name}")
    assert not closed
