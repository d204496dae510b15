"""The form that takes a file."""

from __future__ import annotations

from typing import Any

from django import forms

from linli.kernel.files.forms import UploadField
from linli.kernel.files.rules import TABLES
from linli.kernel.imports.rules import ImportKind, RunState
from linli.kernel.ui.forms import Filter, Form


class SendFile(Form):
    """One spreadsheet of one kind."""

    def __init__(self, *args: Any, kind: ImportKind, **words: Any) -> None:
        self.base_fields = {"file": UploadField(label="文件", allowed=TABLES, limit=kind.size)}
        super().__init__(*args, **words)


class Search(Filter):
    """The filter of the list of imports."""

    state = forms.ChoiceField(label="状态", choices=[(state.value, state.zh) for state in RunState])


class Confirm(Form):
    """Nothing but the key that makes a second click harmless."""
