"""Files for tests and the demo."""

from __future__ import annotations

from base64 import b64decode
from datetime import date
from typing import Any

from linli.kernel.access.rules import Actor
from linli.kernel.files.actions import store_file
from linli.kernel.files.models import StoredFile

PNG = b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg==")  # one point
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


def make_file(by: Actor, on: date = date(2010, 12, 1), **words: Any) -> StoredFile:
    """A one-page paper that whoever may open files may open."""
    words = {"name": "材料.pdf", "content": PDF, "need": "files.open", "owner_kind": "files.sample"} | words
    return store_file(by=by, on=on, **words)
