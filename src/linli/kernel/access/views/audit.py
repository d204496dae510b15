"""Reading the audit trail."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from linli.kernel.access import forms, queries
from linli.kernel.access.rules import page


@page("access.read_audit")
def audit(request: HttpRequest) -> HttpResponse:
    form = forms.AuditSearch(request.GET or None)
    words = form.cleaned_data if form.is_bound and form.is_valid() else {}
    lines = queries.audit_trail(**words)
    shown = Paginator(lines, 50).get_page(request.GET.get("page"))
    return render(request, "access/audit.html", {"form": form, "lines": shown})
