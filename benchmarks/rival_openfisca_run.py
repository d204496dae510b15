"""The rival of the monthly run: the rule of benchmarks/assistance_run.py in openfisca-core 46, in an environment of its own.

It is given a folder of arrays; at each line of its input it builds the simulation, calculates, answers with the seconds and
leaves amounts and reasons in the folder. Loading the arrays is not counted against it.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

import numpy as np
from openfisca_core.entities import build_entity
from openfisca_core.periods import MONTH
from openfisca_core.simulations import SimulationBuilder
from openfisca_core.taxbenefitsystems import TaxBenefitSystem
from openfisca_core.variables import Variable

PERIOD = "2010-12"
PERSON = build_entity(key="person", plural="persons", label="person", is_person=True)
HOUSEHOLD = build_entity(
    key="household", plural="households", label="household", roles=[{"key": "member", "plural": "members", "label": "member"}]
)
OF_PEOPLE, OF_HOMES = ("wage", "medical", "marks"), ("standard", "deposit", "vehicle")


def counted(person, period):
    wage, medical = person("wage", period), person("medical", period)
    return np.maximum(0, wage - np.minimum(wage // 5, 50_000) - np.minimum(medical, 30_000))


def more_each(person, period):
    standard, marks = person.household("standard", period), person("marks", period)
    return np.where(marks & 1 > 0, standard * 3 // 10, np.where(marks > 0, standard // 5, 0))


def line(household, period):
    return household("standard", period) * household.nb_persons()


def income(household, period):
    return household.sum(household.members("counted", period)).astype(np.int64)


def more(household, period):
    return household.sum(household.members("more_each", period)).astype(np.int64)


def rich(household, period):
    return (household("deposit", period) > household("line", period) * 36).astype(np.int64)


def amount(household, period):
    gap = (household("line", period) - household("income", period) + household("more", period) + 99) // 100 * 100
    out = (household("rich", period) > 0) | (household("vehicle", period) > 0)
    return np.where(out | (household("income", period) >= household("line", period)), 0, gap)


def reasons(household, period):
    found = (household("amount", period) > 0) + 2 * household("rich", period) + 4 * (household("vehicle", period) > 0)
    found = found + 8 * household.any(household.members("wage", period) > 0)
    return found + 16 * household.any(household.members("medical", period) > 0) + 32 * (household("more", period) > 0)


def system() -> TaxBenefitSystem:
    made = TaxBenefitSystem([HOUSEHOLD, PERSON])
    formulas = {PERSON: (counted, more_each), HOUSEHOLD: (line, income, more, rich, amount, reasons)}
    for entity, names in ((PERSON, OF_PEOPLE), (HOUSEHOLD, OF_HOMES)):
        for name in names:
            made.add_variable(_variable(name, entity))
    for entity, functions in formulas.items():
        for function in functions:
            made.add_variable(_variable(function.__name__, entity, function))
    return made


def _variable(name, entity, formula=None):
    words = {"value_type": int, "entity": entity, "definition_period": MONTH, "label": name}
    if formula:
        words["formula"] = formula
    return type(name, (Variable,), words)


def turn(built, folder: Path, given: dict[str, np.ndarray]) -> float:
    began = time.perf_counter()
    builder = SimulationBuilder()
    builder.create_entities(built)
    builder.declare_person_entity("person", np.arange(len(given["household_of"])))
    homes = builder.declare_entity("household", np.arange(len(given["standard"])))
    builder.join_with_persons(homes, given["household_of"], np.full(len(given["household_of"]), "member"))
    simulation = builder.build(built)
    for name in (*OF_PEOPLE, *OF_HOMES):
        simulation.set_input(name, PERIOD, given[name])
    found = {name: simulation.calculate(name, PERIOD) for name in ("amount", "reasons")}
    took = time.perf_counter() - began
    for name, column in found.items():
        np.save(folder / f"{name}.npy", column.astype("i8"))
    return took


def main() -> None:
    folder, built = Path(sys.argv[1]), system()
    print("ready", flush=True)
    for _ in sys.stdin:
        given = {name: np.load(folder / f"{name}.npy") for name in ("household_of", *OF_PEOPLE, *OF_HOMES)}
        print(turn(built, folder, given), flush=True)


if __name__ == "__main__":
    main()
