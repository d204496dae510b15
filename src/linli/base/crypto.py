"""Sealing and keyed hashing of identity and account numbers, by international or Chinese algorithms.

A sealed value is: key version (1 byte), suite (1 byte), nonce (12 bytes), ciphertext and tag. A keyed hash
is: key version, suite, 32 bytes of HMAC. Both say which key made them, so keys can be changed while in use.
Random nonces of 96 bits are safe for 2^32 values a key (NIST SP 800-38D §8.3).
"""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import secrets
from collections.abc import Callable, Iterable, Mapping
from typing import Literal, Protocol, get_args

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

Suite = Literal["aes", "sm"]
"""aes: AES-256-GCM and HMAC-SHA256. sm: SM4-GCM and HMAC-SM3, where national algorithms are required."""

SECRET_BYTES = 32
_SUITE_BYTE: dict[Suite, int] = {"aes": 1, "sm": 2}
_SUITES = {byte: suite for suite, byte in _SUITE_BYTE.items()}
_DIGEST: dict[Suite, str] = {"aes": "sha256", "sm": "sm3"}
_NONCE_BYTES, _TAG_BYTES, _HEADER_BYTES = 12, 16, 2


class BadSeal(ValueError):
    """A sealed value that cannot be opened: unknown key, other context, or changed bytes."""


class _Aead(Protocol):
    def encrypt(self, nonce: bytes, data: bytes, associated_data: bytes, /) -> bytes: ...

    def decrypt(self, nonce: bytes, data: bytes, associated_data: bytes, /) -> bytes: ...


class _Sm4Gcm:
    """SM4 (GB/T 32907) in GCM, with the same two calls as AESGCM."""

    def __init__(self, key: bytes) -> None:
        self._algorithm = algorithms.SM4(key)

    def encrypt(self, nonce: bytes, data: bytes, associated_data: bytes) -> bytes:
        encryptor = Cipher(self._algorithm, modes.GCM(nonce)).encryptor()
        encryptor.authenticate_additional_data(associated_data)
        return encryptor.update(data) + encryptor.finalize() + encryptor.tag

    def decrypt(self, nonce: bytes, data: bytes, associated_data: bytes) -> bytes:
        decryptor = Cipher(self._algorithm, modes.GCM(nonce, data[-_TAG_BYTES:])).decryptor()
        decryptor.authenticate_additional_data(associated_data)
        return decryptor.update(data[:-_TAG_BYTES]) + decryptor.finalize()


def new_keys(old: Mapping[int, bytes] | None = None) -> dict[int, bytes]:
    """Secrets for a new installation, or the old ones and one of the next version, which becomes current.

    Raises ValueError when the 255 versions are used up.
    """
    kept = dict(old or {})
    version = max(kept, default=0) + 1
    if version > 255:
        raise ValueError("密钥版本已用完（最多255个），请先用新密钥重新加密旧数据再清理旧密钥。")
    return {**kept, version: secrets.token_bytes(SECRET_BYTES)}


def write_keys(keys: Mapping[int, bytes]) -> str:
    """The secrets as the text of a file (JSON, hexadecimal) that only its owner may read."""
    return json.dumps({str(version): key.hex() for version, key in sorted(keys.items())}, indent=1)


def read_keys(text: str) -> dict[int, bytes]:
    """The secrets that `write_keys` wrote. Raises ValueError, in Chinese, for another text."""
    try:
        return {int(version): bytes.fromhex(key) for version, key in json.loads(text).items()}
    except (ValueError, AttributeError, TypeError):
        raise ValueError("密钥文件的内容不完整或不是密钥，请从密钥备份中恢复。") from None


class Keyring:
    """The secrets of an installation by version: it seals and hashes with the current one, opens with any."""

    def __init__(self, keys: Mapping[int, bytes], *, current: int | None = None, suite: Suite = "aes") -> None:
        """`keys`: 32-byte secrets by version (1 to 255); `current` is the highest if not given.

        Raises ValueError, in Chinese, for no key, a key of another length, or an unknown version or suite.
        """
        if suite not in get_args(Suite):
            raise ValueError(f"密码套件“{suite}”应为 aes 或 sm。")
        if not keys or any(len(key) != SECRET_BYTES or not 1 <= v <= 255 for v, key in keys.items()):
            raise ValueError("密钥应为以版本号（1至255）为键、32字节为值的一组，至少一个。")
        self._keys = dict(keys)
        self.current = max(keys) if current is None else current
        self.suite: Suite = suite
        if self.current not in self._keys:
            raise ValueError(f"没有当前密钥（版本{self.current}）。")
        self._header = bytes((self.current, _SUITE_BYTE[suite]))
        self._aeads: dict[bytes, _Aead] = {}
        self._macs: dict[tuple[bytes, str], Callable[[str], bytes]] = {}

    def seal(self, text: str, context: str) -> bytes:
        """The text encrypted; it opens only in the same context ("person.number"): no value can be moved."""
        return self.seal_bytes(text.encode(), context)

    def seal_bytes(self, content: bytes, context: str) -> bytes:
        """`seal` for a content that is no text, such as a file."""
        nonce = os.urandom(_NONCE_BYTES)
        return self._header + nonce + self._aead(self._header).encrypt(nonce, content, context.encode())

    def seal_many(self, texts: Iterable[str], context: str) -> list[bytes]:
        """`seal` for many values of one context, for bulk writes."""
        header, encrypt, bound = self._header, self._aead(self._header).encrypt, context.encode()
        values = [text.encode() for text in texts]
        noise = os.urandom(_NONCE_BYTES * len(values))
        nonces = (noise[i : i + _NONCE_BYTES] for i in range(0, len(noise), _NONCE_BYTES))
        return [header + nonce + encrypt(nonce, value, bound) for nonce, value in zip(nonces, values, strict=True)]

    def open(self, blob: bytes, context: str) -> str:
        """The text that was sealed in this context. Raises BadSeal."""
        return self.open_bytes(blob, context).decode()

    def open_bytes(self, blob: bytes, context: str) -> bytes:
        """The content that `seal_bytes` sealed in this context. Raises BadSeal."""
        header, nonce = blob[:_HEADER_BYTES], blob[_HEADER_BYTES : _HEADER_BYTES + _NONCE_BYTES]
        if len(blob) < _HEADER_BYTES + _NONCE_BYTES + _TAG_BYTES or not self._knows(header):
            raise BadSeal("加密内容打不开：没有对应的密钥，或内容不完整。")
        try:
            return self._aead(header).decrypt(nonce, blob[_HEADER_BYTES + _NONCE_BYTES :], context.encode())
        except InvalidTag:
            raise BadSeal("加密内容打不开：内容被改动过，或不属于这一栏。") from None

    def keyed_hash(self, text: str, purpose: str) -> bytes:
        """34 bytes, equal for equal texts of one purpose, for exact search and uniqueness."""
        return self._mac(self._header, purpose)(text)

    def keyed_hashes(self, text: str, purpose: str) -> list[bytes]:
        """The hash under every key version, current first: what to look for while keys are being changed."""
        versions = sorted(self._keys, key=lambda version: version != self.current)
        return [self._mac(bytes((v, self._header[1])), purpose)(text) for v in versions]

    def hash_many(self, texts: Iterable[str], purpose: str) -> list[bytes]:
        """`keyed_hash` for many values of one purpose, for bulk writes."""
        return list(map(self._mac(self._header, purpose), texts))

    def is_current(self, value: bytes) -> bool:
        """Whether a sealed value or a hash was made by the current key and suite, or has to be made again."""
        return value[:_HEADER_BYTES] == self._header

    def _knows(self, header: bytes) -> bool:
        return len(header) == _HEADER_BYTES and header[0] in self._keys and header[1] in _SUITES

    def _derive(self, header: bytes, label: str) -> bytes:
        """A key of its own for each use of a secret."""
        suite = _SUITES[header[1]]
        return hmac.digest(self._keys[header[0]], f"linli/{suite}/{label}".encode(), _DIGEST[suite])

    def _aead(self, header: bytes) -> _Aead:
        if header not in self._aeads:
            key = self._derive(header, "seal")
            self._aeads[header] = AESGCM(key) if _SUITES[header[1]] == "aes" else _Sm4Gcm(key[:16])
        return self._aeads[header]

    def _mac(self, header: bytes, purpose: str) -> Callable[[str], bytes]:
        found = self._macs.get((header, purpose))
        if found is None:
            key = self._derive(header, f"hash/{purpose}")
            found = self._macs[header, purpose] = _fast_hmac(key, _DIGEST[_SUITES[header[1]]], header)
        return found


def _fast_hmac(key: bytes, digest: str, header: bytes) -> Callable[[str], bytes]:
    """HMAC (RFC 2104) with the padded key hashed once: half the time of `hmac.digest` for short texts."""
    padded = key.ljust(64, b"\0")  # SHA-256 and SM3 both work on blocks of 64 bytes
    inner = hashlib.new(digest, bytes(byte ^ 0x36 for byte in padded))
    outer = hashlib.new(digest, bytes(byte ^ 0x5C for byte in padded))
    copy_inner, copy_outer = inner.copy, outer.copy

    def mac(text: str) -> bytes:
        one = copy_inner()
        one.update(text.encode())
        two = copy_outer()
        two.update(one.digest())
        return header + two.digest()

    return mac
