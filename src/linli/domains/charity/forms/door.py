"""Forms of the application at the door: who applies, and what only she can tell."""

from __future__ import annotations

from typing import Any

from django import forms

from linli.domains.charity.rules import ILLNESSES, PAPERS, Ask, Need, Project, fitting_aids
from linli.kernel.cases.forms import PaperFields
from linli.kernel.ui.forms import Form, MoneyField, TextField, TidyField

OPTIONAL = "选交"


class FindApplicant(Form):
    """The first step at the door: what the registry's search box takes."""

    words = TidyField(
        label="申请人", max_length=60, help_text="身份证号或末四位、姓名、拼音首字母、电话、住址；可用空格分开几样一起找",
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false", "autofocus": True}),
    )  # fmt: skip


class Apply(PaperFields):
    """What the registry cannot know, as the project asks it: its grounds, its questions, its papers.

    ``grade``: the applicant's disability as the registry knows it, which decides about aids.
    """

    need = forms.ChoiceField(label="申请事由", widget=forms.RadioSelect)
    illness = forms.ChoiceField(label="病种", widget=forms.RadioSelect, choices=list(ILLNESSES.items()))
    own_cost = MoneyField(label="自付医疗费用", help_text="一次治疗中扣除医保和其他救助后由家庭自付的部分；还没有结算的填 0")
    aid = forms.ChoiceField(label="申请辅具", required=False, widget=forms.RadioSelect)
    statement = TextField(label="情况说明", required=False, max_length=1000)

    def __init__(self, *args: Any, project: Project, grade: str, **words: Any) -> None:
        super().__init__(*args, **words)
        self.project = project
        for name in {one.value for one in Ask} - set(project.asks):
            del self.fields[name]
        self._offer("need", [(need.value, need.zh) for need in project.needs], most=1)
        aids = [(aid.key, aid.zh) for aid in fitting_aids(project, grade)]
        self._offer("aid", [("", "不申请辅具，申请现金"), *aids], most=1)
        shown = [(key, PAPERS[key] if required else f"{PAPERS[key]}（{OPTIONAL}）") for key, required in project.papers(grade)]
        asked = ("申请事项", tuple(name for name in ("need", "illness", "own_cost", "aid", "statement") if name in self.fields))
        papers = tuple(name for _, names in self.ask_for(shown, originals=False) for name in names)
        self.groups = (asked, ("材料：勾选表示收到并核对原件，也可以拍照上传", papers))  # type: ignore[misc]
        self.initial.setdefault("got_form", True)

    def _offer(self, name: str, choices: list[tuple[str, str]], *, most: int) -> None:
        """A choice of more than ``most``; less is none, and is not asked."""
        if name in self.fields and len(choices) > most:
            self.fields[name].choices = choices  # type: ignore[attr-defined]
        else:
            self.fields.pop(name, None)

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if "need" in self.fields and "need" not in data:
            return data
        data["need"] = Need(data.get("need") or self.project.needs[0])
        return data

    @property
    def answers(self) -> dict[str, Any]:
        """What was answered, without the papers."""
        return {name: self.cleaned_data[name] for name in ("need", "statement", *self.project.asks) if name in self.cleaned_data}


class Correct(Form):
    """What the survey found otherwise, of what the project asks."""

    illness = forms.ChoiceField(label="病种", choices=list(ILLNESSES.items()))
    own_cost = MoneyField(label="自付医疗费用")
    enrolled = forms.BooleanField(label="已核对录取通知书", required=False)
    diagnosed = forms.BooleanField(label="已核对定点医院诊断", required=False)
    why = TidyField(label="更正依据", max_length=100, help_text="例如：经核对医院结算单")

    @staticmethod
    def names(project: Project) -> set[str]:
        """What can be corrected of an application to this project."""
        papers = {key for key, _ in project.evidence}
        return {*project.asks} - {Ask.AID} | {name for name, key in CHECKED.items() if key in papers}

    def __init__(self, *args: Any, application: Any, project: Project, **words: Any) -> None:
        asked = self.names(project)
        super().__init__(*args, initial={name: getattr(application, name) for name in asked}, **words)
        for name in self.fields.keys() - asked - {"why"}:
            del self.fields[name]


CHECKED = {"enrolled": "admission", "diagnosed": "diagnosis"}
"""What is said to be checked, and on which paper."""
