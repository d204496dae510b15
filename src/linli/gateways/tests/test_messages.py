"""A message is sent once, to the configured provider only, and what went wrong is known."""

from __future__ import annotations

import http.server
import json
import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from linli.gateways.messages import FakeSms, HttpSms, Message, NotSent, Receipt, Sms

BAD = "13800000009"


def message(key: str = "notice-1", to: str = "13800000001", **values: str) -> Message:
    return Message(key, to, "SMS_PAID", values or {"金额": "500元"})


class _Provider(http.server.BaseHTTPRequestHandler):
    """A provider on this machine: a fake behind the door that the real ones have."""

    behind: FakeSms
    mode = "normal"
    seen: list[dict[str, str]]

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        type(self).seen.append(dict(self.headers))
        if self.mode == "normal":
            self._deliver(json.loads(body))
        elif self.mode == "redirect":
            self._reply(307, b"", Location="http://127.0.0.1:1/elsewhere")
        elif self.mode == "cut":
            self.send_response(200)
            self.send_header("Content-Length", "100")
            self.end_headers()
            self.wfile.write(b"{")
        elif self.mode == "slow":
            self.server.stopped.wait(5)  # type: ignore[attr-defined]
        else:
            code, _, text = self.mode.partition(" ")
            self._reply(int(code), text.encode())

    def _deliver(self, body: dict[str, object]) -> None:
        try:
            receipt = self.behind.send(Message(str(body["id"]), str(body["to"]), str(body["template"]), body["values"]))  # type: ignore[arg-type]
        except ValueError:
            self._reply(409, b"")
            return
        answer = {"accepted": receipt.accepted, "id": receipt.id, "reason": receipt.reason}
        self._reply(200, json.dumps(answer).encode())

    def _reply(self, code: int, body: bytes, **headers: str) -> None:
        self.send_response(code)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *words: object) -> None:
        """Quiet."""


@pytest.fixture
def provider() -> Iterator[type[_Provider]]:
    handler = type("Handler", (_Provider,), {"behind": FakeSms(refuse={BAD: "号码已停机"}), "seen": []})
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    server.stopped = threading.Event()  # type: ignore[attr-defined]
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    handler.address = f"http://127.0.0.1:{server.server_address[1]}/send"  # type: ignore[attr-defined]
    yield handler
    server.stopped.set()  # type: ignore[attr-defined]
    server.shutdown()
    server.server_close()


@pytest.fixture(params=["memory", "folder", "http"])
def sms(request: pytest.FixtureRequest, tmp_path: Path, provider) -> Sms:
    if request.param == "http":
        return HttpSms(provider.address, token="secret")
    return FakeSms(tmp_path / "sms" if request.param == "folder" else None, refuse={BAD: "号码已停机"})


def sent(sms: Sms, provider) -> tuple[Message, ...]:
    return sms.sent if isinstance(sms, FakeSms) else provider.behind.sent


def test_a_message_is_taken_with_its_values(sms: Sms, provider) -> None:
    receipt = sms.send(message(姓名="张䶮"))
    assert receipt.accepted
    assert receipt.id
    assert sent(sms, provider) == (message(姓名="张䶮"),)


def test_the_same_message_again_is_still_one(sms: Sms, provider) -> None:
    assert sms.send(message()) == sms.send(message())
    sms.send(message("notice-2"))
    assert [m.key for m in sent(sms, provider)] == ["notice-1", "notice-2"]


def test_another_message_under_a_used_key_is_an_error(sms: Sms, provider) -> None:
    sms.send(message())
    with pytest.raises(ValueError):
        sms.send(message(金额="600元"))
    assert sent(sms, provider) == (message(),)


def test_a_refused_number_is_told_with_its_reason(sms: Sms, provider) -> None:
    assert sms.send(message(to=BAD)) == Receipt(False, "", "号码已停机")
    assert sent(sms, provider) == ()


def test_the_fake_s_folder_is_shared_and_survives(tmp_path: Path) -> None:
    first, second = FakeSms(tmp_path), FakeSms(tmp_path)
    first.send(message())
    second.send(message())
    with pytest.raises(ValueError):
        second.send(message(金额="1元"))
    assert FakeSms(tmp_path).sent == (message(),)
    assert all(path.stat().st_mode & 0o077 == 0 for path in tmp_path.iterdir())


@pytest.mark.parametrize("to", ["", "1380000000", "138000000011", "021-5555", "１３８００００００01", "13800000001\n"])
def test_only_mobile_numbers_are_written_to(to: str) -> None:
    with pytest.raises(ValueError, match="手机号码"):
        message(to=to)


@pytest.mark.parametrize(
    ("mode", "again"),
    [
        ("500", True),
        ("503", True),
        ("429", True),
        ("400", False),
        ("401", False),
        ("redirect", False),
        ("cut", True),
        ("slow", True),
    ],
)
def test_a_provider_in_trouble_is_told_apart(provider, mode: str, again: bool) -> None:
    provider.mode = mode
    with pytest.raises(NotSent) as caught:
        HttpSms(provider.address, timeout=0.5).send(message())
    assert caught.value.again is again
    assert len(provider.seen) == 1


@pytest.mark.parametrize("answer", ["", "[]", "null", '"yes"', "{}", "<html>", '{"accepted": "yes"' + " " * 70_000 + "}"])
def test_an_answer_that_says_nothing_is_not_taken_for_a_receipt(provider, answer: str) -> None:
    provider.mode = f"200 {answer}"
    with pytest.raises(NotSent):
        HttpSms(provider.address).send(message())


def test_only_a_plain_yes_is_accepted(provider) -> None:
    provider.mode = '200 {"accepted": "true"}'
    assert not HttpSms(provider.address).send(message()).accepted


def test_the_key_and_the_token_go_along(provider) -> None:
    HttpSms(provider.address, token="secret").send(message())
    (headers,) = provider.seen
    assert headers["Authorization"] == "Bearer secret"
    assert len(headers["Idempotency-Key"]) == 64


def test_nobody_there_means_try_again() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with pytest.raises(NotSent) as caught:
        HttpSms(f"http://127.0.0.1:{port}/").send(message())
    assert caught.value.again


@pytest.mark.parametrize("address", ["file:///etc/passwd", "ftp://x", "", "data:,x"])
def test_the_address_is_one_of_the_web(address: str) -> None:
    with pytest.raises(ValueError):
        HttpSms(address)
