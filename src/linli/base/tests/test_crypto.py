from __future__ import annotations

import hmac

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.base.crypto import BadSeal, Keyring, Suite, new_keys, read_keys, write_keys

KEYS = {1: bytes(range(32)), 2: bytes(range(32, 64))}
NUMBER = "11010519491231002X"
SUITES: list[Suite] = ["aes", "sm"]

rings = st.sampled_from([Keyring(KEYS, suite=suite) for suite in SUITES])


@given(rings, st.text(), st.text())
def test_what_was_sealed_opens_in_its_context(ring: Keyring, text: str, context: str) -> None:
    text, context = (part.encode("utf-8", "ignore").decode() for part in (text, context))
    assert ring.open(ring.seal(text, context), context) == text


@given(rings, st.integers(0, 47), st.integers(1, 255))
def test_one_changed_byte_is_found(ring: Keyring, place: int, flip: int) -> None:
    blob = bytearray(ring.seal(NUMBER, "person.number"))
    blob[place] ^= flip
    with pytest.raises(BadSeal, match="打不开"):
        ring.open(bytes(blob), "person.number")


@pytest.mark.parametrize("suite", SUITES)
def test_a_value_does_not_open_in_another_column(suite: Suite) -> None:
    ring = Keyring(KEYS, suite=suite)
    with pytest.raises(BadSeal, match="不属于这一栏"):
        ring.open(ring.seal(NUMBER, "person.number"), "account.number")


@pytest.mark.parametrize("blob", [b"", b"\x01", b"\x01\x01" + bytes(27), b"\x09\x01" + bytes(40), b"\x01\x07" + bytes(40)])
def test_what_is_no_sealed_value_is_refused(blob: bytes) -> None:
    with pytest.raises(BadSeal, match="打不开"):
        Keyring(KEYS).open(blob, "person.number")


@pytest.mark.parametrize("suite", SUITES)
def test_the_same_text_is_never_sealed_the_same(suite: Suite) -> None:
    ring = Keyring(KEYS, suite=suite)
    blobs = ring.seal_many([NUMBER] * 500, "person.number") + [ring.seal(NUMBER, "person.number") for _ in range(500)]
    assert len(set(blobs)) == 1000
    assert {ring.open(blob, "person.number") for blob in blobs} == {NUMBER}
    assert not any(NUMBER.encode() in blob for blob in blobs)


def test_an_old_key_and_the_other_suite_still_open() -> None:
    old = Keyring({1: KEYS[1]}, suite="sm").seal(NUMBER, "c")
    ring = Keyring(KEYS, suite="aes")
    assert ring.open(old, "c") == NUMBER
    assert not ring.is_current(old)
    assert ring.is_current(ring.seal(NUMBER, "c"))
    with pytest.raises(BadSeal, match="没有对应的密钥"):
        Keyring({2: KEYS[2]}).open(old, "c")


@given(rings, st.lists(st.text().map(lambda text: text.encode("utf-8", "ignore").decode())))
def test_hashes_are_equal_for_equal_texts_only(ring: Keyring, texts: list[str]) -> None:
    hashes = ring.hash_many(texts, "person.number")
    assert hashes == [ring.keyed_hash(text, "person.number") for text in texts]
    assert len(set(hashes)) == len(set(texts))
    assert all(len(value) == 34 and ring.is_current(value) for value in hashes)


@pytest.mark.parametrize(("suite", "digest"), [("aes", "sha256"), ("sm", "sm3")])
def test_the_hash_is_the_standard_hmac_under_a_key_of_its_purpose(suite: Suite, digest: str) -> None:
    key = hmac.digest(KEYS[2], f"linli/{suite}/hash/person.number".encode(), digest)
    expected = hmac.digest(key, NUMBER.encode(), digest)
    assert Keyring(KEYS, suite=suite).keyed_hash(NUMBER, "person.number")[2:] == expected


def test_purposes_keys_and_suites_tell_nothing_of_each_other() -> None:
    hashes = {
        Keyring(KEYS, current=current, suite=suite).keyed_hash(NUMBER, purpose)[2:]
        for current in KEYS
        for suite in SUITES
        for purpose in ("person.number", "account.number")
    }
    assert len(hashes) == 8


def test_while_keys_change_a_number_is_looked_for_under_each() -> None:
    stored = Keyring({1: KEYS[1]}).keyed_hash(NUMBER, "person.number")
    ring = Keyring(KEYS)
    wanted = ring.keyed_hashes(NUMBER, "person.number")
    assert wanted[0] == ring.keyed_hash(NUMBER, "person.number")
    assert stored in wanted
    assert not ring.is_current(stored)


@pytest.mark.parametrize(("suite", "byte"), [("aes", 1), ("sm", 2)])
def test_stored_values_have_the_layout_that_later_versions_must_read(suite: Suite, byte: int) -> None:
    ring = Keyring(KEYS, suite=suite)
    blob = ring.seal(NUMBER, "person.number")
    assert blob[:2] == ring.keyed_hash(NUMBER, "person.number")[:2] == bytes((2, byte))
    assert len(blob) == 2 + 12 + len(NUMBER) + 16


@pytest.mark.parametrize(
    "stored",
    [
        "0101000102030405060708090a0b4b6f8f4191c84dcfa087e0be024e79253ff07b772b30ef64a05ef6b2900006511b3b",
        "0102000102030405060708090a0b8a15cfe389ee6fd0e340a61cb042594a19b24b370e18a29bd58444a2a14109af1a28",
    ],
)
def test_a_value_stored_by_an_earlier_version_opens(stored: str) -> None:
    assert Keyring(KEYS).open(bytes.fromhex(stored), "person.number") == NUMBER


def test_new_keys_are_added_beside_the_old_and_become_current() -> None:
    first = new_keys()
    second = new_keys(first)
    assert (set(first), set(second)) == ({1}, {1, 2})
    assert second[1] == first[1] != second[2]
    assert Keyring(second).current == 2
    assert new_keys() != first
    assert set(new_keys({254: KEYS[1]})) == {254, 255}
    with pytest.raises(ValueError, match="用完"):
        new_keys({255: KEYS[1]})


def test_keys_are_kept_in_a_file() -> None:
    keys = new_keys(new_keys())
    assert read_keys(write_keys(keys)) == keys


@pytest.mark.parametrize("text", ["", "{", "[]", '{"1": 5}', '{"one": "00"}', '{"1": "xy"}'])
def test_a_file_that_holds_no_keys_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="密钥文件"):
        read_keys(text)


@pytest.mark.parametrize("keys", [{}, {1: b"short"}, {0: KEYS[1]}, {256: KEYS[1]}])
def test_unfit_keys_are_refused(keys: dict[int, bytes]) -> None:
    with pytest.raises(ValueError, match="密钥应为"):
        Keyring(keys)


def test_the_last_version_works_like_the_first() -> None:
    ring = Keyring({1: KEYS[1], 255: KEYS[2]})
    assert ring.open(ring.seal(NUMBER, "c"), "c") == NUMBER
    assert ring.seal(NUMBER, "c")[0] == 255


def test_an_unknown_current_key_or_suite_is_refused() -> None:
    with pytest.raises(ValueError, match="没有当前密钥"):
        Keyring(KEYS, current=3)
    with pytest.raises(ValueError, match="密码套件"):
        Keyring(KEYS, suite="des")  # type: ignore[arg-type]


def test_the_keys_do_not_show_in_a_log() -> None:
    assert "0" * 4 not in repr(Keyring({1: bytes(32)})).replace("0x", "")
