"""Which rows of two lists are one person: candidates by shared keys, weights by Fellegi and Sunter, three answers."""

from linli.base.matching.candidates import candidates
from linli.base.matching.columns import check_digits, day_code, number_code, same_code
from linli.base.matching.links import Reason, Verdict, explain, judge, link, one_to_one
from linli.base.matching.model import Both, Comparison, Key, Level, Model, Same, Shared, Slip, Turned
from linli.base.matching.people import PEOPLE, person_columns, with_numbers
from linli.base.matching.weights import fit, levels_of, patterns, weights_of

__all__ = [
    "PEOPLE", "Both", "Comparison", "Key", "Level", "Model", "Reason", "Same", "Shared", "Slip", "Turned", "Verdict",
    "candidates", "check_digits", "day_code", "explain", "fit", "judge", "levels_of", "link", "number_code", "one_to_one",
    "patterns", "person_columns", "same_code", "weights_of", "with_numbers",
]  # fmt: skip
