"""Applications that a town sends in as a table: each row is judged, and becomes a case of its own like any other."""

from __future__ import annotations

from datetime import date
from typing import Any

from linli.base.identity import BadIdentity, read_id
from linli.base.masking import mask_name
from linli.base.money import parse_yuan
from linli.base.names import clean_name
from linli.domains.charity.actions.applications import apply
from linli.domains.charity.models import Application, Campaign
from linli.domains.charity.queries.campaigns import closed_because, open_campaigns
from linli.domains.charity.rules import ILLNESSES, PROJECTS, Need
from linli.kernel.access.rules import Actor, Refused
from linli.kernel.cases.actions import withdraw
from linli.kernel.imports.rules import Checked, Fault, ImportColumn, ImportKind, Sheet, Tell, Undone
from linli.kernel.registry.queries import households_of, people_by_numbers

PROJECT_KEYS = {one.zh: key for key, one in PROJECTS.items()}
NEED_KEYS = {need.zh: need for need in Need}
ILLNESS_KEYS = {zh: key for key, zh in ILLNESSES.items()}
COLUMNS = (
    ImportColumn("name", "姓名", required=True, help="与身份证一致", example="李小明"),
    ImportColumn("number", "身份证号", required=True, number=True, help="18 位，单元格设为文本格式"),
    ImportColumn("project", "救助项目", required=True, choices=tuple(PROJECT_KEYS), example="情暖万家"),
    ImportColumn("need", "申请事由", required=True, choices=tuple(NEED_KEYS), example="生活困难"),
    ImportColumn("illness", "病种", choices=tuple(ILLNESS_KEYS), help="大病救助必填"),
    ImportColumn("cost", "自付医疗费用（元）", help="扣除医保和其他救助后由家庭自付的部分", example="23500.00"),
    ImportColumn("enrolled", "已核对录取通知书", choices=("是", "否")),
    ImportColumn("diagnosed", "已核对医院诊断", choices=("是", "否")),
    ImportColumn("statement", "情况说明", longest=500),
)


def check_applications(sheet: Sheet, faults: list[Fault], by: Actor, on: date, tell: Tell) -> Checked:
    """Judge each row: a real number, a person of this area with this name, an open campaign, once for each household."""
    reading = _Reading(sheet, faults, by, on)
    tell("核对人员与批次", 0, len(sheet))
    for row in range(len(sheet)):
        reading.judge(row)
    return Checked(len(sheet), faults, reading.warnings, reading.accepted)


class _Reading:
    """One walk over the sheet: what was seen before decides about what comes later."""

    def __init__(self, sheet: Sheet, faults: list[Fault], by: Actor, on: date) -> None:
        self.columns = {column.key: sheet.frame[column.key].to_list() for column in COLUMNS}
        self.numbers, self.faults, self.on = sheet.numbers, faults, on
        self.bad = {fault.row for fault in faults}
        self.warnings: list[Fault] = []
        self.accepted: list[dict[str, Any]] = []
        self.campaigns = list(open_campaigns(on))
        self.people = people_by_numbers([number for number in map(_number, self.columns["number"]) if number])
        self.homes = households_of([person.pk for person in self.people.values()], on)
        wanted = Application.objects.filter(campaign__in=self.campaigns, state__in=["open", "granted"])
        self.known = set(wanted.values_list("campaign__project", "household_id", "person_id"))
        self.seen: dict[tuple[str, Any], int] = {}

    def put(self, row: int, column: str, reason: str) -> None:
        self.faults.append(Fault(row, column, reason))
        self.bad.add(row)

    def judge(self, row: int) -> None:
        """Every fault of the row is named; a row without one is accepted."""
        words = {key: (column[row] or "").strip() for key, column in self.columns.items()}
        person = self._person(row, words)
        project = PROJECT_KEYS.get(words["project"], "")
        campaign = self._campaign(row, person, words["project"])
        cost = self._cost(row, words["cost"])
        if person is not None and campaign is not None:
            self._once(row, person, project)
        if row in self.bad or person is None:
            return
        self.accepted.append({
            "row": row, "campaign": campaign, "person": person.pk, "need": NEED_KEYS[words["need"]],
            "illness": ILLNESS_KEYS.get(words["illness"], ""), "own_cost": cost, "enrolled": words["enrolled"] == "是",
            "diagnosed": words["diagnosed"] == "是", "statement": words["statement"],
        })  # fmt: skip

    def _person(self, row: int, words: dict[str, str]) -> Any:
        if not words["number"]:
            return None
        try:
            number = read_id(words["number"], on=self.on).number
        except BadIdentity as fault:
            self.put(row, "number", str(fault))
            return None
        person = self.people.get(number)
        if person is None:
            self.put(row, "number", "本辖区没有登记这个身份证号，请先在居民登记中建档，或核对号码。")
            return None
        if person.name != _name(words["name"]):
            self.put(row, "name", f"与登记的姓名“{mask_name(person.name)}”不一致，请核对。")
        if person.died_on and person.died_on <= self.on:
            self.put(row, "name", "此人已登记死亡，不能申请。")
        return person

    def _campaign(self, row: int, person: Any, name: str) -> Campaign | None:
        """The campaign of this project that takes applications from where the person lives."""
        mine = [one for one in self.campaigns if one.project == PROJECT_KEYS.get(name)]
        if person is not None:
            mine = [one for one in mine if not closed_because(one, person.area, self.on)]
        if name in PROJECT_KEYS and not mine:
            self.put(row, "project", f"“{name}”目前没有受理中的批次。")
        return mine[-1] if mine else None

    def _cost(self, row: int, text: str) -> int:
        if not text:
            return 0
        try:
            return parse_yuan(text)
        except ValueError as fault:
            self.put(row, "cost", str(fault))
            return 0

    def _once(self, row: int, person: Any, project: str) -> None:
        home = self.homes.get(person.pk)
        key = (project, home or f"person {person.pk}")
        if key in self.seen:
            self.put(row, "", f"与本表第{self.numbers[self.seen[key]]}行是同一户，一户只能申请一次。")
        elif (project, home, person.pk) in self.known or (home and any(project == p and home == h for p, h, _ in self.known)):
            self.put(row, "", "该户在本批次已有申请，一户只能申请一次。")
        elif row not in self.bad:
            self.seen[key] = row


def _number(text: str | None) -> str:
    try:
        return read_id(text or "").number
    except BadIdentity:
        return ""


def _name(text: str) -> str:
    try:
        return clean_name(text)
    except ValueError:
        return text


def apply_applications(checked: Checked, run: int, by: Actor, on: date, tell: Tell) -> dict[str, Any]:
    """Each accepted row becomes an application by the same act as at the door."""
    made = []
    for done, row in enumerate(checked.rows):
        words = {key: value for key, value in row.items() if key not in {"row", "person"}}
        one = apply(by=by, on=on, person_id=row["person"], source="import", opinion="镇街批量上报", **words)
        made.append(one.pk)
        if done % 50 == 0:
            tell("受理申请", done, len(checked.rows))
    return {"made": [["救助申请", len(made)]], "applications": made}


def undo_applications(facts: dict[str, Any], run: int, by: Actor, on: date) -> Undone:
    """Withdraw what nobody has worked on yet; a case that has moved on stays and is named."""
    reversed_, left = 0, []
    for one in Application.objects.filter(pk__in=facts["applications"]).select_related("case"):
        if one.case.state != "open" or one.case.step != "check":
            left.append(f"{one.case.number}：已进入后续环节")
            continue
        try:
            withdraw(by=by, on=on, case=one.case, opinion="批量上报撤回")
            reversed_ += 1
        except Refused as fault:
            left.append(f"{one.case.number}：{fault.message}")
    return Undone(reversed_, tuple(left))


APPLICATIONS = ImportKind(
    key="charity.applications",
    zh="救助申请名单",
    permission="charity.submit",
    columns=COLUMNS,
    check=check_applications,
    apply=apply_applications,
    undo=undo_applications,
    notes=("每户一行，由本人或监护人申请。", "人员须先在居民登记中建档；家庭成员、困难身份由系统带出，不必填写。"),
    rows=20_000,
)
