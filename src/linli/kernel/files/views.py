"""Handing out a stored file."""

from __future__ import annotations

import io

from django.http import FileResponse, HttpRequest
from django.views.decorators.http import require_GET

from linli.kernel.access.rules import page
from linli.kernel.files import queries
from linli.kernel.files.rules import FileKind


@page("files.open")
@require_GET
def download(request: HttpRequest, file_id: int) -> FileResponse:
    found, content = queries.open_file(by=request.actor, file_id=file_id, purpose=request.GET.get("purpose", "")[:200])
    return attachment(content, found.name, FileKind(found.kind))


def attachment(content: bytes, name: str, kind: FileKind) -> FileResponse:
    """The content as a download: never shown, run or guessed at by the browser."""
    response = FileResponse(io.BytesIO(content), as_attachment=True, filename=name, content_type=kind.media_type)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response
