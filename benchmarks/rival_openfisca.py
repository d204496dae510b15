"""The rival: the rules of 低保, 边缘 and 刚性支出 in openfisca-core 46, in a process and an environment of its own.

Run by benchmarks/assistance.py with a folder of arrays. It reads words from its input, answers each with seconds, and writes
its answers beside the arrays. Two forms: `documented` looks standards up by fancy indexing, as the manual shows; `best` takes
them from an array. The inputs are made as kind to it as can be: each income is already cut to the window of twelve months.
"""

from __future__ import annotations

import json
import resource
import sys
import time
from pathlib import Path

import numpy as np
from openfisca_core.entities import build_entity
from openfisca_core.parameters import ParameterNode
from openfisca_core.periods import MONTH
from openfisca_core.simulations import SimulationBuilder
from openfisca_core.taxbenefitsystems import TaxBenefitSystem
from openfisca_core.variables import Variable

PERIOD = "2026-08"
PARTS = 10_000
ANSWERS = ("recognised", "reasons", "base", "category")
PERSON = build_entity(key="person", plural="persons", label="person", is_person=True)
HOUSEHOLD = build_entity(
    key="household", plural="households", label="household", roles=[{"key": "member", "plural": "members", "label": "member"}]
)


def whole(array):
    return array.astype(np.int64)


def bit(condition, ground):
    return np.where(condition, np.int64(ground), 0)


class Rules:
    """The formulas; one object per form. ``meta`` holds kinds, grounds and the uniform numbers of the law."""

    def __init__(self, meta: dict, standards: np.ndarray, form: str) -> None:
        self.meta, self.form, self.standards = meta, form, standards
        self.ground = meta["grounds"]
        self.system = TaxBenefitSystem([HOUSEHOLD, PERSON])
        numbers = {name: {"values": {"2000-01-01": {"value": value}}} for name, value in meta["numbers"].items()}
        by_law = {str(i): {"values": {"2000-01-01": {"value": int(value)}}} for i, value in enumerate(standards)}
        self.system.parameters = ParameterNode("", data={**numbers, "standard": by_law})
        for name in meta["person_inputs"]:
            self.add(name, PERSON)
        for name in meta["household_inputs"]:
            self.add(name, HOUSEHOLD)
        people = ("counted", "severe", "gross", "deducted", "money", "exempt", "share", "labour", "inside", "paid")
        for name in people:
            self.add(f"p_{name}", PERSON, getattr(self, f"p_{name}"))
        homes = ("members", "gross", "deducted", "net", "money", "things", "standard_of", "minimum_faults", "edge_faults")
        homes += ("against_alone", "alone_net", "way")
        for name in homes:
            self.add(f"h_{name}", HOUSEHOLD, getattr(self, f"h_{name}"))
        for name in ("reasons", "recognised", "base", "category"):
            self.add(name, HOUSEHOLD, getattr(self, name))

    def add(self, name, entity, formula=None):
        body = {"value_type": int, "entity": entity, "definition_period": MONTH, "label": name}
        if formula is not None:
            body["formula"] = _as_method(formula)
        self.system.add_variable(type(name, (Variable,), body))

    # of each person

    def p_counted(self, person, period, law):
        kin, age, study = person("kin", period), person("age", period), person("study", period)
        tens, standing = kin // 10, person("standing", period)
        long_together = person("long_together", period) == 1
        away = (person("scheme", period) != 0) | ((standing >= 1) & (standing <= 3))
        away |= (standing == 4) & (person("years_away", period) >= law.clergy_years) & (tens != 0)
        child = ((tens == 2) & (kin != 28)) | ((tens == 3) & (kin != 38))
        student = (study >= 1) & (study <= 3) & (law.students_in == 1)
        child &= (age < law.minor_age) | student | (person("independent", period) == 0)
        parent = (tens == 5) & (law.parents_in == 1) & long_together
        return ~away & ((tens <= 1) | child | parent | ((person("duty", period) == 1) & long_together))

    def p_severe(self, person, period, law):
        kind, level = person("disability", period), person("level", period)
        most = np.where((kind == 5) | (kind == 6), law.severe_mental, law.severe_level)
        return (kind != 0) & (level <= most)

    def p_gross(self, person, period, law):
        total = np.zeros(person.count, np.int64)
        for name, share in self.meta["income_share"].items():
            if share:
                total += whole(person(name, period)) * share // PARTS
        return total

    def p_deducted(self, person, period, law):
        total = np.zeros(person.count, np.int64)
        for name, share in self.meta["deduct_share"].items():
            if share:
                total += whole(person(name, period)) * share // PARTS
        for name in ("wage", "casual_work"):
            cost = whole(person(name, period)) * law.work_share // PARTS
            total += np.minimum(cost, law.work_cap * whole(person(f"{name}_months", period)))
        return total

    def p_money(self, person, period, law):
        return sum(person(name, period) for name in self.meta["money"])

    def p_exempt(self, person, period, law):
        partly = [name for name, share in self.meta["income_share"].items() if share < PARTS]
        return np.any([person(name, period) > 0 for name in partly], axis=0)

    def p_share(self, person, period, law):
        cat, age = self.meta["category"], person("age", period)
        minor = age < law.minor_age
        best = np.where(age >= law.elder_age, cat["elder"], 0)
        best = np.maximum(best, np.where(minor, cat["minor"], 0))
        single = minor & (person.household("single_parent", period) == 1)
        best = np.maximum(best, np.where(single, cat["single_parent"], 0))
        severe = person("p_severe", period) == 1
        best = np.maximum(best, np.where(severe, cat["severe"], 0))
        best = np.maximum(best, np.where(~severe & (person("disability", period) != 0), cat["disabled"], 0))
        return np.maximum(best, np.where(person("ill", period) == 1, cat["ill"], 0))

    def p_labour(self, person, period, law):
        work = person("work", period)
        return (work >= 1) & (work <= 3)

    # of each household

    def total(self, household, period, name):
        counted = household.members("p_counted", period) == 1
        return whole(household.sum(whole(household.members(name, period)) * counted))

    def own(self, household, period, name):
        """Of the applicant only."""
        applicant = household.members("kin", period) // 10 == 0
        return whole(household.sum(whole(household.members(name, period)) * applicant))

    def h_members(self, household, period, law):
        return household.sum(household.members("p_counted", period))

    def h_gross(self, household, period, law):
        return self.total(household, period, "p_gross")

    def h_deducted(self, household, period, law):
        return self.total(household, period, "p_deducted")

    def h_standard_of(self, household, period, law):
        if self.form == "documented":
            return law.standard[household("law", period)]
        return self.standards[household("law", period)]

    def h_net(self, household, period, law):
        return np.maximum(0, household("h_gross", period) - household("h_deducted", period))

    def net(self, household, period):
        return whole(household("h_net", period))

    def h_money(self, household, period, law):
        return self.total(household, period, "p_money")

    def below(self, household, period, law, ratio, net, members):
        standard = whole(household("h_standard_of", period))
        return net * law.standard_months * PARTS < ratio * standard * members * law.window_months

    def rich(self, household, period, law, months):
        standard = whole(household("h_standard_of", period))
        held = whole(household("h_money", period))
        return held * law.standard_months > months * standard * whole(household("h_members", period))

    def things(self, household, period):
        return whole(household("h_things", period))

    def h_things(self, household, period, law):
        over = 0
        for name, (most, ground) in self.meta["things"].items():
            over = over | bit(self.total(household, period, name) > most, self.ground[ground])
        return over

    def h_minimum_faults(self, household, period, law):
        members = whole(household("h_members", period))
        below = self.below(household, period, law, PARTS, self.net(household, period), members)
        faults = bit(~below, self.ground["INCOME_NOT_BELOW"])
        faults |= bit(self.rich(household, period, law, law.money_dibao), self.ground["MONEY_OVER"])
        return faults | self.things(household, period)

    def h_edge_faults(self, household, period, law):
        members = whole(household("h_members", period))
        above = ~self.below(household, period, law, law.edge_ratio, self.net(household, period), members)
        faults = self.things(household, period) | bit(above, self.ground["ABOVE_EDGE"])
        return faults | bit(self.rich(household, period, law, law.money_edge), self.ground["MONEY_OVER_EDGE"])

    def h_alone_net(self, household, period, law):
        return np.maximum(0, self.own(household, period, "p_gross") - self.own(household, period, "p_deducted"))

    def h_against_alone(self, household, period, law):
        fit = (self.own(household, period, "p_severe") > 0) | (self.own(household, period, "ill") > 0)
        fit &= self.own(household, period, "p_counted") > 0
        edge = household("h_edge_faults", period) == 0
        below = self.below(household, period, law, PARTS, whole(household("h_alone_net", period)), 1)
        against = bit(~fit, self.ground["ALONE_NOT_FIT"]) | bit(~edge, self.ground["ALONE_NOT_EDGE"])
        return against | bit(~below, self.ground["ALONE_INCOME"])

    def h_way(self, household, period, law):
        """Which way each household goes, as bits: somebody 1, family 2, asked 4, alone 8, taper 16, over 32, rest 64."""
        faults = household("h_minimum_faults", period)
        somebody = household("h_members", period) > 0
        family = somebody & (faults == 0)
        asked = somebody & ~family & (household("alone", period) == 1)
        alone = asked & (household("h_against_alone", period) == 0)
        job = household("job_month", period)
        bridge = somebody & ~family & ~alone & (household("received", period) > 0) & (job > 0)
        bridge &= faults == self.ground["INCOME_NOT_BELOW"]
        taper = bridge & (household("month", period) - job < law.taper_months)
        rest = somebody & ~family & ~alone & ~taper
        ways = (somebody, family, asked, alone, taper, bridge & ~taper, rest)
        return sum(way.astype(np.int32) << i for i, way in enumerate(ways))

    def states(self, household, period):
        way = household("h_way", period)
        return [(way >> i) & 1 == 1 for i in range(7)]

    def rigid_faults(self, household, period, law):
        members, gross = whole(household("h_members", period)), whole(household("h_gross", period))
        spent = sum(self.total(household, period, name) * share // PARTS for name, share in self.meta["rigid_share"].items())
        above = self.net(household, period) * 12 >= law.rigid_income * members * law.window_months
        faults = self.things(household, period) | bit(above, self.ground["ABOVE_AVERAGE"])
        faults |= bit(spent * PARTS <= law.rigid_ratio * gross, self.ground["SPENDING_SMALL"])
        return faults | bit(self.rich(household, period, law, law.money_rigid), self.ground["MONEY_OVER_RIGID"])

    def p_inside(self, person, period, law):
        way = person.household("h_way", period)
        alone, applicant = way & 8 != 0, person("kin", period) // 10 == 0
        return (way & 10 != 0) & np.where(alone, applicant, person("p_counted", period) == 1)

    def p_paid(self, person, period, law):
        return (person("p_inside", period) == 1) & (person("refusals", period) < law.refusals)

    def reasons(self, household, period, law):
        g = self.ground
        somebody, family, asked, alone, taper, over, rest = self.states(household, period)
        inside, paid = household.members("p_inside", period) == 1, household.members("p_paid", period) == 1
        granted = family | alone
        found = bit(household("h_members", period) < household.nb_persons(), g["LEFT_OUT"]) | bit(~somebody, g["NOBODY_COUNTS"])
        found |= bit(somebody & (self.total(household, period, "p_exempt") > 0), g["EXEMPTED"])
        found |= bit(somebody & (household("h_deducted", period) > 0), g["DEDUCTED"])
        found |= bit(family, g["BELOW_LINE"]) | bit(family & (household("alone", period) == 1), g["WHOLE_FAMILY"])
        found |= np.where(somebody, whole(household("h_minimum_faults", period)), 0)
        found |= bit(alone, g["ALONE"]) | np.where(asked, whole(household("h_against_alone", period)), 0)
        found |= bit(taper, g["TAPER"]) | bit(over, g["TAPER_OVER"])
        labour = household.sum(household.members("p_labour", period) * inside) > 0
        found |= bit(granted & labour, g["CLASS_B"]) | bit(granted & ~labour, g["CLASS_A"])
        found |= bit(household.sum(inside & ~paid) > 0, g["REFUSED_WORK"]) | bit(household("category", period) > 0, g["CATEGORY"])
        edge_faults, rigid_faults = whole(household("h_edge_faults", period)), self.rigid_faults(household, period, law)
        edge = rest & (edge_faults == 0)
        found |= bit(edge, g["AS_EDGE"]) | np.where(rest, edge_faults, 0)
        tried = rest & ~edge
        return found | bit(tried & (rigid_faults == 0), g["AS_RIGID"]) | np.where(tried, rigid_faults, 0)

    def recognised(self, household, period, law):
        g, found = self.ground, household("reasons", period)
        dibao = (found & (g["BELOW_LINE"] | g["ALONE"] | g["TAPER"])) != 0
        return np.select([dibao, (found & g["AS_EDGE"]) != 0, (found & g["AS_RIGID"]) != 0], [1, 2, 3], 0)

    def base(self, household, period, law):
        _, family, _, alone, taper, *_ = self.states(household, period)
        paid = whole(household.sum(household.members("p_paid", period)))
        members = np.where(alone, 1, np.maximum(1, whole(household("h_members", period))))
        net = np.where(alone, whole(household("h_alone_net", period)), self.net(household, period))
        standard = whole(household("h_standard_of", period))
        gap = standard * members * law.window_months - net * law.standard_months
        amount = self.rounded(law, gap * paid, law.window_months * law.standard_months * members)
        bridged = whole(household("received", period)) * law.taper_share // PARTS
        return np.where(family | alone, amount, np.where(taper, bridged, 0))

    def category(self, household, period, law):
        paid = household.members("p_paid", period)
        shares = whole(household.sum(whole(household.members("p_share", period)) * paid))
        return self.rounded(law, whole(household("h_standard_of", period)) * shares, law.standard_months * PARTS)

    def rounded(self, law, above, below):
        step = below * law.round_step
        return -(-above // step) * law.round_step


def _as_method(formula):
    def run(entity, period, parameters):
        return formula(entity, period, parameters(period))

    return run


class Rival:
    def __init__(self, folder: Path) -> None:
        self.meta = json.loads((folder / "meta.json").read_text())
        self.folder = folder
        names = self.meta["person_inputs"] + self.meta["household_inputs"]
        self.inputs = {name: np.load(folder / f"{name}.npy") for name in names}
        self.households = np.load(folder / "household_of.npy")
        standards = np.load(folder / "standards.npy")
        self.rules = {form: Rules(self.meta, standards, form) for form in ("documented", "best")}

    def build(self, form: str):
        builder, system = SimulationBuilder(), self.rules[form].system
        builder.create_entities(system)
        builder.declare_person_entity("person", np.arange(len(self.households)))
        household = builder.declare_entity("household", np.arange(len(self.inputs["law"])))
        builder.join_with_persons(household, self.households, np.full(len(self.households), "member"))
        simulation = builder.build(system)
        for name, values in self.inputs.items():
            simulation.set_input(name, PERIOD, values)
        return simulation

    def turn(self, form: str, save: bool) -> dict:
        began, start = time.perf_counter(), time.process_time()
        simulation = self.build(form)
        built, cpu = time.perf_counter(), time.process_time()
        build_cpu = cpu - start
        found = {name: simulation.calculate(name, PERIOD) for name in ANSWERS}
        done, cpu = time.perf_counter(), time.process_time() - cpu
        if save:
            for name, values in found.items():
                np.save(self.folder / f"rival_{form}_{name}.npy", values)
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        return {"build": built - began, "build_cpu": build_cpu, "calculate": done - built, "cpu": cpu, "peak": peak}


def main() -> None:
    rival = Rival(Path(sys.argv[1]))
    print("ready", flush=True)
    for line in sys.stdin:
        form, save = line.split()
        print(json.dumps(rival.turn(form, save == "save")), flush=True)


if __name__ == "__main__":
    main()
