"""Codes with names: stored and compared as the code, read as the name."""

from __future__ import annotations

import copy
import json
import pickle
from enum import Enum

import pytest

from linli.base.named import Named, NamedInt


class Colour(Named):
    RED = "red", "红"
    BLUE = "blue", "蓝"


class Size(NamedInt):
    SMALL = 1, "小"
    LARGE = 2, "大"


def test_a_code_is_its_text_or_number_and_has_a_name():
    assert Colour.RED == "red" and str(Colour.RED) == f"{Colour.RED}" == "red" and Colour.RED.zh == "红"
    assert Size.SMALL == 1 and Size.LARGE > Size.SMALL and Size.LARGE.zh == "大"
    assert json.dumps([Colour.RED, Size.LARGE]) == '["red", 2]'


def test_a_code_is_found_by_what_is_stored_and_by_nothing_else():
    assert Colour("blue") is Colour.BLUE and Size(2) is Size.LARGE
    for enum, wrong in ((Colour, "蓝"), (Colour, ("red", "红")), (Size, 3)):
        with pytest.raises(ValueError, match="not a valid"):
            enum(wrong)


def test_a_field_chooses_from_code_and_name():
    assert Colour.choices() == [("red", "红"), ("blue", "蓝")]


def test_a_code_survives_copies_and_storing():
    for one in (Colour.BLUE, Size.LARGE):
        assert copy.deepcopy(one) is one and pickle.loads(pickle.dumps(one)) is one


def test_every_enumeration_with_names_has_them_from_here():
    """No second way to name a code."""
    import linli

    def below(kind: type) -> set[type]:
        return {kind} | {one for child in kind.__subclasses__() for one in below(child)}

    ours = [one for one in below(Enum) if one.__module__.startswith(linli.__name__)]
    assert [one for one in ours if "zh" in vars(one) and isinstance(vars(one)["zh"], property)] == []
