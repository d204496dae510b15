"""Fields for papers that come in: seen on paper, or as a photo; the domains use them at their own doors."""

from __future__ import annotations

from collections.abc import Iterable

from django import forms

from linli.kernel.cases.rules import Received
from linli.kernel.files.forms import Upload, UploadField
from linli.kernel.files.rules import PAPERS
from linli.kernel.ui.forms import Form

Groups = tuple[tuple[str, tuple[str, ...]], ...]


class PaperFields(Form):
    """A form that receives papers: for each of them a tick and a place for its photo."""

    def ask_for(self, papers: Iterable[tuple[str, str]], *, originals: bool = True) -> Groups:
        """Add the fields of these papers (key, name); the groups that show them.

        ``originals``: whether the original was seen is asked beside the tick; else the tick says so.
        """
        groups = []
        for key, name in papers:
            names = [f"got_{key}", *([f"original_{key}"] if originals else []), f"photo_{key}"]
            self.add(names[0], forms.BooleanField(label="收到" if originals else name, required=False))
            if originals:
                self.add(names[1], forms.BooleanField(label="已核原件", required=False))
            self.add(names[-1], UploadField(label=f"{name}照片", required=False, allowed=PAPERS, help_text=""))
            groups.append((name, tuple(names)))
        return tuple(groups)

    def received(self) -> list[Received]:
        """The papers that were ticked or photographed."""
        data, keys = self.cleaned_data, [name.removeprefix("got_") for name in self.fields if name.startswith("got_")]
        return [
            Received(key, original=data.get(f"original_{key}", data.get(f"got_{key}", False)))
            for key in keys if data.get(f"got_{key}") or data.get(f"photo_{key}")
        ]  # fmt: skip

    def photos(self) -> dict[str, Upload]:
        """The photos that were sent, by the key of the paper."""
        sent = {name.removeprefix("photo_"): data for name, data in self.cleaned_data.items() if name.startswith("photo_")}
        return {key: upload for key, upload in sent.items() if upload}
