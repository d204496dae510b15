"""Relations seen from the applicant instead of the head of the household (GB/T 4761), and who owes support to whom."""

from __future__ import annotations

from linli.law.codes import DAUGHTER_IN_LAW, SON_IN_LAW

APPLICANT, MALE = "01", "1"
_SPOUSE, _CHILD, _PARENT, _OTHER = {"10", "11", "12"}, range(20, 40), {"50", "51", "52", "57", "58", "59"}, "97"
_IN_LAW = {str(SON_IN_LAW), str(DAUGHTER_IN_LAW)}


def seen_from(applicant: str, other: str, sex: str) -> str:
    """The relation of a member (``other``: to the head) to the applicant (``applicant``: to the head), by code.

    ``sex``: the member's. What cannot be told is 97, and the survey puts it right.
    """
    if applicant in ("01", "02"):
        return other
    if applicant in _SPOUSE:
        return _of_spouse(other, sex)
    if _is_child(applicant):
        return _of_child(other, sex)
    if applicant in _PARENT:
        return _of_parent(other, sex)
    return _OTHER


def _is_child(kin: str) -> bool:
    return int(kin) in _CHILD and kin not in _IN_LAW


def _of_spouse(other: str, sex: str) -> str:
    if other == "02":
        return "11" if sex == MALE else "12"
    if _is_child(other) or other in _IN_LAW or other.startswith("4"):
        return other
    if other in _PARENT:
        return "55" if sex == MALE else "56"
    return {"55": "51", "56": "52", "53": "51", "54": "52"}.get(other, _OTHER)


def _of_child(other: str, sex: str) -> str:
    if other == "02" or other in _SPOUSE:
        return "51" if sex == MALE else "52"
    if _is_child(other):
        return "73" if sex == MALE else "77"
    if other in _PARENT:
        return "61" if sex == MALE else "62"
    return _OTHER


def _of_parent(other: str, sex: str) -> str:
    if other == "02":
        return "20" if sex == MALE else "30"
    if other in _SPOUSE:
        return str(SON_IN_LAW) if sex == MALE else str(DAUGHTER_IN_LAW)
    if _is_child(other):
        return "41" if sex == MALE else "42"
    if other in _PARENT:
        return "11" if sex == MALE else "12"
    return _OTHER


def owes_support(one: str, other: str) -> bool:
    """Whether two adult members, by their relations to the applicant, owe each other support: spouses, parents and children."""
    pair = {_place(one), _place(other)}
    if pair == {"parent"} or pair == {"self", "spouse"}:
        return True
    return pair in ({"self", "child"}, {"spouse", "child"}, {"self", "parent"})


def _place(kin: str) -> str:
    if kin in ("01", "02"):
        return "self"
    if kin in _SPOUSE:
        return "spouse"
    if _is_child(kin):
        return "child"
    return "parent" if kin in _PARENT else "other"
