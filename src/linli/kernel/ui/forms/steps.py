"""A form for residents in short steps, one after the other, that needs no account and no script."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError

from linli.kernel.ui.forms.base import PublicForm
from linli.kernel.ui.forms.fields import TextField

BROKEN = "\ufffd"


class PlainText(TextField):
    """Words of a resident; bytes that were no text are refused instead of being kept as marks."""

    def to_python(self, value: Any) -> Any:
        said = super().to_python(value)
        if said and BROKEN in said:
            raise ValidationError(f"{self.label}里有不能识别的文字，可能是编码不对，请删去后重新输入。")
        return said


class Step(PublicForm):
    """A step. What was typed in the other steps travels along, unseen, and is judged again at the end."""

    zh: ClassVar[str] = ""
    others: ClassVar[tuple[str, ...]] = ()

    def __init__(self, *args: Any, places: Any = (), **words: Any) -> None:
        super().__init__(*args, **words)
        for name in self.others:
            self.add(name, forms.CharField(required=False, widget=forms.HiddenInput))
        if "place" in self.fields and "place" not in self.others:
            self.fields["place"].choices = [("", "请选择"), *grouped(places)]


def grouped(places: Any) -> list[tuple[str, list[tuple[str, str]]]]:
    """Communities under their street or town."""
    found: dict[str, list[tuple[str, str]]] = {}
    for code, name, above in places:
        found.setdefault(above or "本区", []).append((code, name))
    return list(found.items())


@dataclass(frozen=True, slots=True)
class Walk:
    """Where somebody stands: the step to show with its form; or all of them, filled in and valid (``done``)."""

    forms: list[Any]
    at: int
    status: int = 200
    done: bool = False

    @property
    def form(self) -> Any:
        """The form of the step to show."""
        return self.forms[-1]


def walk(data: Any, files: Any, kinds: Sequence[type[Step]], **words: Any) -> Walk:
    """The next step, the one before, or the first with a fault. What was typed stays, whatever goes wrong."""
    last = len(kinds) - 1
    given = data.get("step", "0")
    number = int(given) if given in {str(one) for one in range(len(kinds))} else 0
    if "back" in data:
        return _fresh(data, kinds, max(number - 1, 0), words)
    filled = [kind(data, files, **words) for kind in kinds[: number + 1]]
    for at, form in enumerate(filled):
        if not form.is_valid():
            return Walk([form], at, 422)
    return Walk(filled, number, done=True) if number == last else _fresh(data, kinds, number + 1, words)


def _fresh(data: Any, kinds: Sequence[type[Step]], at: int, words: Any) -> Walk:
    form = kinds[at](initial=data.dict(), **words)
    form.fresh_key = data.get("_key") or form.fresh_key
    return Walk([form], at)
