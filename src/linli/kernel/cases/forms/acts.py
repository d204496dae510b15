"""One form for each thing that can be done with a case. They know the case, so they offer only what is possible."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms

from linli.base.areas import level_of, scope_of
from linli.kernel.access.rules import Actor
from linli.kernel.cases.forms.papers import PaperFields
from linli.kernel.cases.queries import assignable, flow_of, missing_papers, papers, ways_back
from linli.kernel.cases.rules import Move, Verb
from linli.kernel.ui.forms import AreaField, DayField, Form, TextField, TidyField

Choices = list[tuple[str, str]]


class ActForm(Form):
    """The base: which act it is, and which state of the case the page showed."""

    verb: ClassVar[str] = ""  # not `key`: that names this one filling-in of a form
    label: ClassVar[str] = ""
    danger: ClassVar[bool] = False
    main: ClassVar[bool] = False
    impossible: str = ""  # why it cannot be done just now, as a sentence

    act = forms.CharField(widget=forms.HiddenInput, required=False)
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, case: Any, by: Actor, **words: Any) -> None:
        self.case, self.by = case, by
        self.flow = flow_of(case)
        self.step = self.flow.step(case.step) if case.state == "open" else None
        words |= {"initial": {"act": self.verb, "seen": case.events} | words.get("initial", {}), "auto_id": f"{self.verb}_%s"}
        super().__init__(*args, **words)
        self.submit = self.label
        self.shape()

    def shape(self) -> None:
        """Fit the fields to the case."""

    def offer(self, name: str, choices: Choices) -> None:
        """Choices of a field; a field without choices goes."""
        if choices:
            self.fields[name].choices = choices  # type: ignore[attr-defined]
        else:
            del self.fields[name]

    def offer_targets(self, moves: tuple[Move, ...]) -> None:
        """Where to; when there is one way only, the button says it and nothing is asked."""
        choices = [self.target(move) for move in moves]
        self.offer("to", choices)
        if len(choices) == 1:
            self.fields["to"].widget = forms.HiddenInput()
            self.fields["to"].initial = choices[0][0]
            self.submit = f"{self.label}，{'转' if moves[0].to else ''}{choices[0][1]}"

    def moves(self, verb: Verb) -> tuple[Move, ...]:
        return self.step.moves_of(verb) if self.step else ()

    def target(self, move: Move) -> tuple[str, str]:
        """Where a move leads, as a choice."""
        name = self.flow.step(move.to).zh if move.to else f"办结：{self.flow.ending(move.outcome).zh}"
        return move.to or move.outcome, name


def _reasons(moves: tuple[Move, ...]) -> Choices:
    found = {reason.code: reason for move in moves for reason in move.reasons}
    return [(code, reason.zh + (f"（{reason.article}）" if reason.article else "")) for code, reason in found.items()]


def _opinion(label: str = "意见", *, required: bool = True, note: str = "") -> TextField:
    return TextField(label=label, max_length=500, required=required, help_text=note)


class Pass(ActForm):
    verb, label, main = "pass", "通过", True

    to = forms.ChoiceField(label="转入", widget=forms.RadioSelect)
    phrase = forms.ChoiceField(label="常用意见", widget=forms.RadioSelect, required=False)
    opinion = _opinion(required=False)

    def shape(self) -> None:
        moves = self.moves(Verb.PASS)
        self.offer_targets(moves)
        phrases = list(dict.fromkeys(phrase for move in moves for phrase in move.phrases))
        self.offer("phrase", [(phrase, phrase) for phrase in phrases] + ([("", "另写意见")] if phrases else []))

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        data["opinion"] = "\n".join(part for part in (data.get("phrase"), (data.get("opinion") or "").strip()) if part)
        if self.step and self.step.signs and not data["opinion"]:
            self.add_error("opinion", "请选择一条常用意见，或填写意见。")
        return data


class Refuse(ActForm):
    verb, label, danger, main = "refuse", "驳回", True, True

    reason = forms.ChoiceField(label="驳回理由", widget=forms.RadioSelect)
    opinion = _opinion("说明", required=False)

    def shape(self) -> None:
        self.offer("reason", _reasons(self.moves(Verb.REFUSE)))


class Return(ActForm):
    verb, label, main = "return", "退回", True

    to = forms.ChoiceField(label="退回到", widget=forms.RadioSelect)
    reason = forms.ChoiceField(label="退回理由", widget=forms.RadioSelect)
    opinion = _opinion("说明", required=False, note="写明需要补充或更正的内容。已收的材料和已签的意见都会保留。")

    def shape(self) -> None:
        moves = ways_back(self.case) if self.step else ()
        self.offer_targets(moves)
        self.offer("reason", _reasons(moves))


class Ask(ActForm):
    verb, label, main = "ask", "告知补正", True

    papers = forms.MultipleChoiceField(label="缺少的材料", widget=forms.CheckboxSelectMultiple, required=False)
    others = TextField(label="清单外的材料", required=False, help_text="每行一件。")
    opinion = _opinion("补正要求", required=False, note="会印在告知书上。")
    new_facts = _opinion("再次告知的新情况", required=False, note="同一环节只能一次性告知；再次告知须写明新发现的情况。")

    def shape(self) -> None:
        rows = papers(self.case).filter(received_on=None, waived="")
        self.offer("papers", [(row.key, row.name) for row in rows])

    def clean_others(self) -> list[str]:
        return [line.strip()[:100] for line in self.cleaned_data["others"].splitlines() if line.strip()]


class Receive(ActForm, PaperFields):
    verb, label, main = "receive", "收到材料", True

    def shape(self) -> None:
        rows = papers(self.case).filter(received_on=None, waived="")
        self.groups = self.ask_for((row.key, row.name) for row in rows)  # type: ignore[misc]

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if not self.errors and not self.received():
            self.add_error(None, "请勾选收到的材料，或上传电子件。")
        return data


class Waive(ActForm):
    verb, label = "waive", "免交材料"

    paper = forms.ChoiceField(label="材料", widget=forms.RadioSelect)
    reason = TextField(label="免交理由", max_length=200, help_text="如：系统内已有，无需重复提交。")

    def shape(self) -> None:
        self.offer("paper", [(row.key, row.name) for row in missing_papers(self.case)])


class Stop(ActForm):
    """For a hearing; missing papers and public notices stop the clock by acts of their own."""

    verb, label = "stop", "因听证停止计时"

    until = DayField(label="预计恢复日", required=False, help_text="已知最后一天的，到期自动恢复。")
    opinion = _opinion("说明")


class Resume(ActForm):
    verb, label = "resume", "恢复计时"

    opinion = _opinion("说明", required=False)


class Extend(ActForm):
    verb, label = "extend", "延长期限"

    document = TidyField(label="批准文号", required=False)
    opinion = _opinion("延长理由")


class Withdraw(ActForm):
    verb, label, danger = "withdraw", "申请人撤回", True

    opinion = _opinion("撤回情况", note="写明申请人以何种方式、因何撤回。")


class CloseCase(ActForm):
    verb, label, danger = "close", "终止办理", True

    outcome = forms.ChoiceField(label="办结结果", widget=forms.RadioSelect)
    opinion = _opinion("原因")

    def shape(self) -> None:
        self.offer("outcome", [(ending.key, ending.zh) for ending in self.flow.outcomes if ending.direct])


class Reopen(ActForm):
    verb, label = "reopen", "重新办理"

    to = forms.ChoiceField(label="重新办理的环节", widget=forms.RadioSelect)
    opinion = _opinion("原因")

    def shape(self) -> None:
        self.offer("to", [(key, self.flow.step(key).zh) for key in self.flow.reopens_at])


class Transfer(ActForm):
    verb, label = "transfer", "转办"

    to = AreaField(label="转到")
    opinion = _opinion("转办原因")

    def shape(self) -> None:
        code = self.case.area
        self.fields["to"].level = level_of(code)
        self.fields["to"].limit(scope_of(f"{code[:6]}000000"))


class Assign(ActForm):
    verb, label = "assign", "指派"

    to = forms.TypedChoiceField(label="办理人", coerce=int)
    opinion = _opinion("要求", required=False)

    def shape(self) -> None:
        staff = assignable(self.case, by=self.by, on=self.initial["on"])
        self.offer("to", [(str(one.pk), one.name) for one in staff])
        self.impossible = "" if staff else "本辖区没有其他人可以办理这一环节。"


class Take(ActForm):
    verb, label = "take", "由我领办"


class GiveBack(ActForm):
    verb, label = "give_back", "放回待领"


class Object(ActForm):
    verb, label = "object", "登记异议"

    source = TidyField(label="来源", required=False, help_text="如：来电、来信、公示栏。")
    opinion = _opinion("异议内容")


class Note(ActForm):
    verb, label = "note", "添加备注"

    opinion = _opinion("备注")
