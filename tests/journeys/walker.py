"""Walking through pages as a person does: open, read, fill in the form with this button, go where one is sent."""

from __future__ import annotations

import re
from typing import Any

from django.http import HttpRequest
from django.test import Client
from lxml import html

from linli.kernel.access.samples import PASSWORD


class Walker:
    """A signed-in person in front of a browser without scripts."""

    def __init__(self, username: str) -> None:
        self.client = Client(HTTP_HOST="127.0.0.1")
        request = HttpRequest()
        request.META["REMOTE_ADDR"] = "127.0.0.1"
        assert self.client.login(username=username, password=PASSWORD, request=request), username
        self.address, self.page, self.status = "", html.fromstring("<html></html>"), 0

    def open(self, address: str) -> Walker:
        """Go to an address, following redirects."""
        self._show(self.client.get(address, follow=True), address)
        assert self.status == 200, f"{address}: {self.status} {self.text[:300]}"
        return self

    @property
    def text(self) -> str:
        """What stands on the page, in one line."""
        return re.sub(r"\s+", " ", self.page.text_content())

    @property
    def faults(self) -> list[str]:
        """What the page says is wrong."""
        return [one.text_content().strip() for one in self.page.iter() if one.get("role") == "alert"]

    def follow(self, words: str) -> Walker:
        """Follow the link of these words, else the first that has them among others."""
        links = [link for link in self.page.iter("a") if words in link.text_content() and link.get("href")]
        if not links:
            raise AssertionError(f"no link “{words}” on {self.address}: {self.text[:300]}")
        best = min(links, key=lambda link: link.text_content().strip() != words)
        return self.open(best.get("href").replace("&amp;", "&"))

    def send(self, button: str, expect: int = 200, **words: Any) -> Walker:
        """Fill in the form whose button begins with these words, with what stands in it and ``words``, and send it."""
        form, press = self._form(button)
        sent = self._filled(form) | words
        if press.get("name"):
            sent[press.get("name")] = press.get("value", "")
        target = press.get("formaction") or form.get("action") or self.address
        call = self.client.post if form.get("method", "get").lower() == "post" else self.client.get
        self._show(call(target, sent, follow=True), target)
        assert self.status == expect, f"{button} → {target}: {self.status} {self.faults or self.text[:400]}"
        return self

    def _form(self, button: str) -> tuple[Any, Any]:
        for form in self.page.iter("form"):
            for press in form.iter("button"):
                if press.text_content().strip().startswith(button):
                    return form, press
        there = [press.text_content().strip() for press in self.page.iter("button")]
        raise AssertionError(f"no button “{button}” on {self.address}, but {there}")

    def _filled(self, form: Any) -> dict[str, Any]:
        sent: dict[str, Any] = {}
        for one in form.iter("input", "textarea", "select"):
            name, kind = one.get("name"), one.get("type", "")
            if not name or kind in {"submit", "button", "file"} or (kind in {"checkbox", "radio"} and one.get("checked") is None):
                continue
            blank = "on" if kind == "checkbox" else ""
            value = one.value if one.tag == "select" else one.get("value", blank) if one.tag == "input" else one.text or ""
            if kind == "checkbox" or (one.tag == "select" and one.get("multiple") is not None):
                sent.setdefault(name, []).append(value)
            else:
                sent[name] = value or ""
        return sent

    def _show(self, answer: Any, address: str) -> None:
        self.status = answer.status_code
        self.address = answer.redirect_chain[-1][0] if getattr(answer, "redirect_chain", None) else address
        self.content = b"".join(answer.streaming_content) if answer.streaming else answer.content
        if "html" in answer.get("Content-Type", ""):
            self.page = html.fromstring(self.content.decode() or "<html></html>")
