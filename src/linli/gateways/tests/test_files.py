"""The store keeps contents whole, under their keys, and nowhere else."""

from __future__ import annotations

from pathlib import Path

import pytest

from linli.gateways.files import FileStore, MemoryStore, Store

KEY = "a" * 64


@pytest.fixture(params=["folder", "memory"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Store:
    return FileStore(tmp_path / "files") if request.param == "folder" else MemoryStore()


def test_a_content_comes_back_as_it_was_given(store: Store) -> None:
    store.put(KEY, b"one")
    store.put("0" * 64, b"")
    assert store.get(KEY) == b"one"
    assert list(store.keys()) == ["0" * 64, KEY]


def test_a_key_keeps_its_first_content(store: Store) -> None:
    store.put(KEY, b"one")
    store.put(KEY, b"two")
    assert store.get(KEY) == b"one"


def test_a_content_is_replaced_only_where_one_is(store: Store) -> None:
    store.put(KEY, b"one")
    store.replace(KEY, b"two")
    assert store.get(KEY) == b"two"
    with pytest.raises(FileNotFoundError):
        store.replace("0" * 64, b"three")


@pytest.mark.parametrize("key", ["", "../" + "a" * 61, "A" * 64, "a" * 63, "a" * 64 + "/"])
def test_a_key_never_leads_elsewhere(store: Store, key: str) -> None:
    with pytest.raises(ValueError):
        store.put(key, b"x")
    with pytest.raises(ValueError):
        store.get(key)
    with pytest.raises(ValueError):
        store.drop(key)


def test_what_is_dropped_is_gone(store: Store) -> None:
    store.put(KEY, b"x")
    store.drop(KEY)
    store.drop(KEY)
    assert list(store.keys()) == []
    with pytest.raises(FileNotFoundError):
        store.get(KEY)


def test_only_the_owner_reads(tmp_path: Path) -> None:
    FileStore(tmp_path).put(KEY, b"x")
    assert (tmp_path / KEY[:2] / KEY).stat().st_mode & 0o077 == 0


def test_a_write_that_fails_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(handle: int) -> None:
        raise OSError("disk full")

    monkeypatch.setattr("os.fsync", broken)
    with pytest.raises(OSError, match="disk full"):
        FileStore(tmp_path).put(KEY, b"x")
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []
