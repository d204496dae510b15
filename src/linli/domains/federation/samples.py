"""A made-up charity network with its bulletins and models, for tests and the demo, through the real actions."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from linli.base.fields import Value
from linli.domains.federation.actions import (
    adopt_paper,
    appoint,
    award,
    found_body,
    hold,
    keep_in_touch,
    publish_bulletin,
    publish_honours,
    record_answer,
    record_coverage,
)
from linli.domains.federation.books import MEDIA
from linli.domains.federation.rules import BodyLevel
from linli.kernel.access.rules import Actor, DemoPlan
from linli.kernel.access.samples import DISTRICT, demo_actor
from linli.kernel.figures.actions import draft_report, sign_report
from linli.kernel.figures.models import Report
from linli.kernel.figures.rules import Period
from linli.kernel.records.actions import add_entry
from linli.kernel.registry.samples import TOWNS

SEAT = "370404901004"
FOUNDED = date(2006, 5, 18)
OFFICE = "峄城区慈善总会办公室，电话 0632-7711234"
PEOPLE = (("president", "part", 0), ("staff", "full", 1))
NAMES = (
    ("褚德厚", "孙广仁"), ("田守义", "马和平"), ("鲍长林", "贾福来"), ("郝建国", "葛春生"),
    ("种衍林", "龙在田"), ("邢如海", "武安邦"),
)  # fmt: skip


def make_body(
    by: Actor, on: date, *, level: BodyLevel = BodyLevel.DISTRICT, name: str = "峄城区慈善总会", seat: str = SEAT,
    founded: date = FOUNDED, number: int = 18, person: str = "周善堂",
) -> Any:  # fmt: skip
    """An organisation of the network."""
    return found_body(
        by=by, on=on, level=level, name=name, seat=seat, founded=founded, approval=f"峄民字〔{founded.year}〕{number}号",
        approver="峄城区民政局", person=person, phone="0632-7711234", address="承水中路1号",
    )  # fmt: skip


def make_branch(by: Actor, on: date, seat: str = "370404001001", town: str = "坛山街道", **words: Any) -> Any:
    """The branch of a town."""
    return make_body(by, on, level=BodyLevel.TOWN, name=f"{town}慈善分会", seat=seat, **words)


def make_officer(
    by: Actor, on: date, body: Any, name: str, office: str = "president", *, engagement: str = "part",
    since: date = date(2007, 3, 1), term_until: date | None = None,
) -> Any:  # fmt: skip
    """Somebody who serves in an organisation."""
    values: dict[str, Value] = {
        "name": name, "office": office, "engagement": engagement, "since": since.isoformat(), "document": "会员代表大会选举",
        "term_until": term_until.isoformat() if term_until else None,
    }  # fmt: skip
    return appoint(by=by, on=on, body_id=body.pk, values=values)


def make_paper(
    by: Actor, on: date, body: Any, title: str, kind: str = "statute", *, edition: int = 1, passed: date = FOUNDED,
    file: Any = None,
) -> Any:  # fmt: skip
    """A paper of an organisation."""
    values: dict[str, Value] = {
        "kind": kind, "title": title, "edition": edition, "passed": passed.isoformat(), "meeting": "会员代表大会",
        "valid_from": passed.isoformat(),
    }  # fmt: skip
    return adopt_paper(by=by, on=on, body_id=body.pk, values=values, file=file)


def make_signed_report(clerk: Actor, signer: Actor, on: date, period: Period | None = None) -> Report:
    """The bulletin's text, drafted and signed; of this year until now, or of a period."""
    period = period or Period(on.replace(month=1, day=1), on, f"{on.year}年")
    report = draft_report(by=clerk, on=on, template="federation.circular", period=period, area=DISTRICT)
    return sign_report(by=signer, on=on, report=report)


def make_bulletin(by: Actor, on: date, report: Report, title: str = "2010年慈善工作新闻发布会") -> Any:
    """A press conference on a signed report."""
    values: dict[str, Value] = {
        "kind": "conference", "day": on.isoformat(), "title": title, "place": "区政府会议中心", "host": "吴善行",
        "speaker": "周善堂", "media": "枣庄日报、峄城电视台、峄城慈善网", "guests": "捐赠单位、受助家庭和群众代表", "heads": 46,
    }  # fmt: skip
    return hold(by=by, on=on, report_id=report.pk, values=values)


def make_question(by: Actor, on: date, bulletin: Any, question: str = "大病救助的名单在哪里可以看到？") -> Any:
    """What a journalist asked."""
    answer = "救助名单在峄城慈善网和各镇街公示栏公布，不符合条件的一律取消救助资格。"
    values: dict[str, Value] = {
        "day": on.isoformat(), "asker": "枣庄日报", "question": question, "answer": answer, "answered_by": "周善堂",
    }  # fmt: skip
    return record_answer(by=by, on=on, bulletin_id=bulletin.pk, values=values)


def make_honour(
    by: Actor, on: date, name: str = "梁志远", title: str = "慈善爱民模范", *, consent: str = "named", day: date | None = None,
    unit: bool = False, minor: bool = False, served: bool = True,
) -> Any:  # fmt: skip
    """Somebody who is honoured."""
    day = day or on - timedelta(days=60)
    values: dict[str, Value] = {
        "unit": unit, "name": name, "minor": minor, "phone": "06327711235", "title": title, "body": "峄城区人民政府",
        "day": day.isoformat(), "document": f"峄政字〔{day.year}〕36号", "deeds": "连续五年捐资助学，帮助困难学生完成学业。",
        "consent": consent, "asked_on": None if consent == "unasked" else day.isoformat(), "served": served,
    }  # fmt: skip
    return award(by=by, on=on, values=values)


def make_contact(by: Actor, on: date, honour: Any, day: date | None = None) -> Any:
    """A visit to somebody who is honoured."""
    values: dict[str, Value] = {"day": (day or on).isoformat(), "way": "visit", "heard": "身体健康，愿意继续参加助学活动。"}
    return keep_in_touch(by=by, on=on, honour_id=honour.pk, values=values)


def demo_federation(plan: DemoPlan) -> None:
    """The federation, branches in all towns but the last, their people and papers; a press conference; four models."""
    on, clerk, signer = plan.on, demo_actor("federation", plan.on), demo_actor("district", plan.on)
    top = make_body(clerk, on)
    soon = date(on.year + 1, 1, 31)
    for name, office, until in (("周善堂", "president", soon), ("吴善行", "secretary", soon),
                                ("郑慈心", "deputy", None)):  # fmt: skip
        engagement = "part" if office == "president" else "full"
        make_officer(clerk, on, top, name, office, engagement=engagement, since=date(2006, 6, 1), term_until=until)
    make_paper(clerk, on, top, "峄城区慈善总会章程")
    make_paper(clerk, on, top, "峄城区慈善总会章程", edition=2, passed=date(2009, 3, 12))
    make_paper(clerk, on, top, "峄城区慈善救助工作暂行办法", "measures", passed=date(2008, 9, 1))
    for index, (town, name, kind) in enumerate(TOWNS[:-1]):
        plan.tell("慈善分会", index, len(TOWNS))
        _demo_branch(demo_actor(f"town{index + 1}", on), on, index, town, name, kind)
    _demo_honours(clerk, on)
    _demo_news(clerk, signer, on)


def _demo_branch(keeper: Actor, on: date, index: int, town: str, name: str, kind: str) -> None:
    seat, founded = town[:9] + ("001" if kind == "street" else "201"), date(2007, 3 + index % 3, 10 + index)
    person = NAMES[index][0]
    branch = make_branch(keeper, on, seat, name, founded=founded, number=21 + index, person=person)
    for office, engagement, place in PEOPLE[: 1 + index % 2]:
        until = date(on.year + 1 + index % 2, 3, 31) if office != "staff" else None
        make_officer(keeper, on, branch, NAMES[index][place], office, engagement=engagement, since=founded, term_until=until)
    if index % 2 == 0:
        make_paper(keeper, on, branch, f"{name}慈善分会工作制度", "rule", passed=founded)


def _demo_news(clerk: Actor, signer: Actor, on: date) -> None:
    for back, *words in (
        (12, "峄城电视台", "television", "一台电视，一份温暖", "慈善情银屏惠老工程"),
        (96, "枣庄日报", "newspaper", "圆梦大学，情暖学子", "朝阳助学"),
        (215, "枣庄人民广播电台", "radio", "慈心一日捐，爱心暖峄城", "慈心一日捐"),
    ):
        add_entry(by=clerk, on=on, book=MEDIA.key, values=coverage(on - timedelta(days=back), *map(str, words)))
    bulletin = make_bulletin(clerk, on, make_signed_report(clerk, signer, on))
    make_question(clerk, on, bulletin)
    publish_bulletin(by=clerk, on=on, bulletin_id=bulletin.pk, contact=OFFICE)
    told = coverage(on, "峄城慈善网", "web", "峄城区召开慈善工作新闻发布会", "情暖万家")
    record_coverage(by=clerk, on=on, bulletin_id=bulletin.pk, values=told)


def coverage(day: date, outlet: str, kind: str, title: str, project: str) -> dict[str, Value]:
    """What a medium said, as the book of media keeps it."""
    link = f"http://www.example.cn/{kind}/{day:%Y%m%d}.html"
    return {"day": day.isoformat(), "outlet": outlet, "kind": kind, "title": title, "project": project, "link": link}


def _demo_honours(clerk: Actor, on: date) -> None:
    models = (("梁志远", "慈善爱民模范", "named", False), ("峄城宏达建材有限公司", "爱心企业", "named", True),
              ("孔令仪", "慈善之星", "unnamed", False), ("曾繁星", "慈善之星", "unasked", False))  # fmt: skip
    for index, (name, title, consent, unit) in enumerate(models):
        day = on - timedelta(days=222)
        made = make_honour(clerk, on, name, title, consent=consent, day=day, unit=unit, served=index < 2)
        if index < 2:
            make_contact(clerk, on, made, day + timedelta(days=37))
            make_contact(clerk, on, made, day + timedelta(days=131))
    publish_honours(by=clerk, on=on, year=day.year, contact=OFFICE)
