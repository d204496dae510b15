"""One page with all aid by household; what may be double or missed in it; spending against income."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from linli.base.masking import mask_name
from linli.base.money import show_yuan
from linli.domains.charity import actions, forms, queries
from linli.domains.charity.rules import ANSWERS, DOUBTS
from linli.kernel.access.actions import handle, press, record_seen, recording
from linli.kernel.access.rules import page
from linli.kernel.registry.queries import people_by_ids
from linli.kernel.ui.queries import Listing
from linli.kernel.ui.rules import Badge, Column, Fact, NumberCard, Tone

KINDS = {"duplicate": Tone.WARN, "missed": Tone.NOW}
DOUBT_COLUMNS = (
    Column("kind", "类别", kind="state", value=lambda one: Badge(DOUBTS[one.kind], KINDS[one.kind])),
    Column("person.name", "户内人员", kind="person",
           link=lambda one: reverse("charity:doubt", args=[one.pk])),
    Column("detail", "情况"),
    Column("area", "所在地", kind="area", sort="area"),
    Column("found_on", "发现日期", kind="day", sort=True, minor=True),
    Column("answer", "核查结果", value=lambda one: ANSWERS.get(one.answer, "待核查")),
)  # fmt: skip


def _columns(names: dict[int, str]) -> tuple[Column, ...]:
    def home(one: Any) -> str:
        route, pk = ("household", one.household) if one.household else ("person", one.person)
        return reverse(f"registry:{route}", args=[pk])

    return (
        Column("name", "户内人员", value=lambda one: names.get(one.person, ""), kind="person", link=home),
        Column("area", "所在地", kind="area"),
        Column("times", "救助次数", kind="count", sort="times"),
        Column("names", "救助项目"),
        Column("amount", "合计金额", kind="money", sort="amount"),
        Column("mark", "提示", kind="state", value=lambda one: Badge("请核查", Tone.WARN) if one.doubtful else ""),
    )


@page("charity.find")
def aid(request: HttpRequest) -> HttpResponse:
    """Every household that was helped in the year, over all projects, those with the most aid first."""
    form = forms.AidYear(request.GET, auto_id="y_%s")
    year = (form.cleaned_data["year"] if form.is_valid() else None) or request.today.year
    found = queries.helped(year, request.today)
    names = {pk: one.name for pk, one in people_by_ids({one.person for one in found}).items()}
    record = recording(by=request.actor, verb="charity.export", kind="charity.aid")

    def rows(words: dict[str, Any]) -> list[queries.Helped]:
        shown = [one for one in found if one.times >= words.get("least", 1)]
        return [one for one in shown if one.doubtful] if words.get("doubtful") else shown

    listing = Listing(
        request, title=f"{year}年救助总览", rows=rows, columns=_columns(names), filters=forms.AidSearch, noun="户", export=record,
        name_of=lambda one: mask_name(names.get(one.person, "")), empty="本年度还没有救助记录。",
    )  # fmt: skip
    context = {"year": year, "cards": _cards(request, found, year), "may_look": request.actor.may("charity.find")}
    return listing.response("charity/aid.html", context)


def _cards(request: HttpRequest, found: list[queries.Helped], year: int) -> list[NumberCard]:
    waiting = queries.doubts(state="open", year=year)
    double = waiting.filter(kind="duplicate").count()
    often, words = [("多次受助", f"{sum(one.times > 1 for one in found):,}户")], "可能重复救助和可能遗漏的家庭"
    cards = [
        NumberCard("受助户数", f"{len(found):,}", "户", often),
        NumberCard("待核查疑点", f"{waiting.count():,}", "个", [("可能重复", f"{double:,}个")], definition=words),
    ]
    if request.actor.may("ledgers.see"):
        received, spent = queries.money_of_scope()
        left = [("结余", f"{show_yuan(received - spent)}元")]
        words = "账簿内各项资金的收入与支出，量入为出"
        cards.append(NumberCard("支出与收入", f"{spent * 100 // received}%" if received else "0%", "", [
            ("收入", f"{show_yuan(received)}元"), ("支出", f"{show_yuan(spent)}元"), *left], definition=words))  # fmt: skip
    return cards


@page("charity.find")
@require_POST
def look(request: HttpRequest) -> HttpResponse:
    """Search the area now."""
    here = reverse("charity:doubts")

    def act() -> str:
        new = actions.look_for_doubts(by=request.actor, on=request.today, year=request.today.year)
        messages.success(request, f"查找完毕，新发现{new}个疑点，请逐户核查。" if new else "查找完毕，没有新的疑点。")
        return here

    return press(request, act, back=here)


@page("charity.find")
def doubts(request: HttpRequest) -> HttpResponse:
    record = recording(by=request.actor, verb="charity.export", kind="charity.doubt")
    listing = Listing(
        request, title="救助疑点", rows=lambda words: queries.doubts(**words), columns=DOUBT_COLUMNS,
        filters=forms.DoubtSearch, noun="个", export=record, name_of=lambda one: mask_name(one.person.name),
        empty="没有疑点。可点“查找疑点”重新查找。",
    )  # fmt: skip
    return listing.response("charity/doubts.html")


@page("charity.find")
@require_http_methods(["GET", "POST"])
def doubt(request: HttpRequest, doubt_id: int) -> HttpResponse:
    """One doubt: what is known, the way to the family, and the answer."""
    one = queries.doubt(doubt_id)
    may = not one.answer and request.actor.may("charity.answer_doubt")
    form = forms.AnswerDoubt(request.POST or None, kind=one.kind) if may else None

    def act() -> str:
        assert form is not None
        actions.answer_doubt(by=request.actor, on=request.today, doubt=one, **form.cleaned_data)
        return reverse("charity:doubts") + "?state=open"

    if form is not None and (answer := handle(request, form, act, said="已记录核查结果。")) is not None:
        return answer
    if request.method == "POST" and form is None:
        messages.warning(request, "这个疑点刚才已由其他人核查，本次没有记录。以下是最新情况。")
    record_seen(by=request.actor, verb="charity.doubt", kind="charity.doubt", subject=one.pk, area=one.area)
    home = reverse("registry:household", args=[one.household_id]) if one.household_id else ""
    facts = [
        Fact("类别", Badge(DOUBTS[one.kind], KINDS[one.kind])), Fact("情况", one.detail),
        Fact("人员", one.person.name, href=reverse("registry:person", args=[one.person_id])),
        *([Fact("家庭", one.household.address or f"{one.person.name}所在的家庭", href=home)] if home else []),
        Fact("所在地", one.area, "area"), Fact("发现", one.found_on, "day"),
        *([Fact("核查结果", ANSWERS[one.answer], note=one.note),
           Fact("核查", f"{one.answered_by.name}（{one.answered_on}）")] if one.answer else []),
    ]  # fmt: skip
    apply = one.kind == "missed" and not one.answer and request.actor.may("charity.submit")
    words = {"doubt": one, "form": form, "facts": facts, "apply": apply}
    return render(request, "charity/doubt.html", words, status=422 if form is not None and form.is_bound else 200)
