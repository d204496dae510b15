"""Documents of the mechanism and help of other departments, for tests and the demo, through the real actions."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from linli.base.days import age_on
from linli.domains.coordination.books import DOCUMENTS, FACILITIES, PARTNER_AID
from linli.domains.coordination.rules import LEFT_BEHIND
from linli.kernel.access.actions import scoped
from linli.kernel.access.rules import Actor, DemoPlan
from linli.kernel.access.samples import demo_actor
from linli.kernel.records.actions import add_entry
from linli.kernel.registry.actions import recognise_status
from linli.kernel.registry.queries import people_with_status
from linli.kernel.registry.rules import Sex

TITLES = (
    ("opinion", "关于加强社会救助体系建设的意见"), ("opinion", "关于建立社会救助协调机制的意见"),
    ("measures", "城乡医疗救助实施办法"), ("measures", "农村最低生活保障工作实施办法"),
    ("measures", "慈善救助工作暂行办法"), ("rules", "低收入农户核查实施细则"),
)  # fmt: skip


def make_document(by: Actor, on: date, number: str, title: str = TITLES[0][1], kind: str = "opinion", **more: Any) -> Any:
    """A document of the mechanism."""
    values = {
        "day": on.isoformat(), "number": number, "title": title, "kind": kind, "issuer": "区人民政府",
        "partners": "民政局、财政局、卫生局、教育局", "about": "各部门按职责分工救助困难群众，信息互通，不遗漏、不重复。",
    }  # fmt: skip
    return add_entry(by=by, on=on, book=DOCUMENTS.key, values=values | more)


def make_partner_aid(by: Actor, on: date, person: int, department: str = "housing", help: str = "housing", **more: Any) -> Any:
    """Help of another department: a house put right unless said otherwise."""
    values = {
        "person": person, "day": on.isoformat(), "department": department, "help": help, "what": "农村危房改造一处",
        "amount": 800_000, "paper": "部门救助名单",
    }  # fmt: skip
    return add_entry(by=by, on=on, book=PARTNER_AID.key, values=values | more)


def make_facility(by: Actor, on: date, kind: str = "clinic", name: str = "卫生室", places: int = 10) -> Any:
    """A facility of a village or community."""
    values = {"since": on.isoformat(), "kind": kind, "name": name, "places": places, "keeper": "村委会"}
    return add_entry(by=by, on=on, book=FACILITIES.key, values=values)


def demo_coordination(plan: DemoPlan) -> None:
    """The six documents, and a few families helped with houses, jobs and schooling."""
    district = demo_actor("district", plan.on)
    for index, (kind, title) in enumerate(TITLES, 1):
        make_document(district, plan.on - timedelta(days=40 * index), f"峄政发〔{plan.on.year}〕{index}号", title, kind)
    with scoped(district):
        disabled = [one.pk for one in people_with_status("disabled", plan.on)[:3]]
        poor = [one.pk for one in people_with_status("dibao", plan.on)[:4]]
    for person in disabled[:2]:
        make_partner_aid(district, plan.on - timedelta(days=60), person)
    for person in disabled[2:] + poor[:2]:
        job = {"what": "公益性岗位", "amount": 0, "paper": "公益性岗位安置名单"}
        make_partner_aid(district, plan.on - timedelta(days=30), person, "labour", "job", **job)
    for person in poor[2:]:
        study = {"what": "减免学杂费", "amount": 60_000, "paper": "资助学生名单"}
        make_partner_aid(district, plan.on - timedelta(days=90), person, "education", "study", **study)
    for index in (1, 2):
        worker = demo_actor(f"worker{index}", plan.on)
        _demo_left_behind(worker, plan.on)
        for kind, name in (("clinic", "卫生室"), ("room", "老年活动室"), ("garden", "文化广场")):
            make_facility(worker, plan.on - timedelta(days=200), kind, f"第{index}社区{name}")


def _demo_left_behind(worker: Actor, on: date) -> None:
    """Of the poor families a child, an old person and a woman whose people work far away, as far as there are such."""
    with scoped(worker):
        poor = list(people_with_status("dibao", on).order_by("id")[:60])
    for kind in LEFT_BEHIND:
        found = next((one for one in poor if _may_be(kind, one, on)), None)
        if found is not None:
            since = on - timedelta(days=200)
            recognise_status(by=worker, on=on, person_id=found.pk, kind=kind, since=since, source="村（居）委会走访")


def _may_be(kind: str, person: Any, on: date) -> bool:
    age = age_on(person.birth, on)
    if kind == "left_behind_woman":
        return bool(person.sex == Sex.FEMALE.value and 20 <= age < 60)
    return age < 16 if kind == "left_behind_child" else age >= 60
