"""What the registry lets one suppose of a member before anybody asks: work, study, other schemes. The survey puts it right."""

from __future__ import annotations

from collections.abc import Mapping

from linli.law import owes_support
from linli.law.codes import Kin, Study, Work
from linli.law.kinship import APPLICANT

WORK_AGE, OLD = 16, 60
_STUDIES = {
    "primary": Study.COMPULSORY, "junior": Study.COMPULSORY, "senior": Study.SENIOR, "college": Study.COLLEGE,
}  # fmt: skip
SEVERE = ("1", "2")


def supposed(age: int, statuses: Mapping[str, str]) -> tuple[Work, Study]:
    """Work and study of a person of this age with these running statuses (kind to grade)."""
    study = _STUDIES.get(statuses.get("student", ""), Study.COMPULSORY if 6 <= age < WORK_AGE else Study.NONE)
    if age < WORK_AGE or study is not Study.NONE:
        return Work.NOT_YET, study
    if age >= OLD or statuses.get("disabled", "").endswith(SEVERE):
        return Work.UNABLE, study
    if "unemployed" in statuses or "laid_off" in statuses:
        return Work.JOBLESS, study
    return Work.FLEXIBLE, study


def bound_by_law(kin: str) -> bool:
    """Whether the member is a parent of the applicant, whom a grown child has to support (民法典 §1067).

    Then living together for long makes the parent a member of the family (57号 §7). What binds others, a grown child with
    money of its own or a brother, the survey finds.
    """
    return int(kin) // 10 == Kin.PARENT and owes_support(APPLICANT, kin)
