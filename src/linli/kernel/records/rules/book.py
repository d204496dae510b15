"""A record book (台账) declared as data: fields, purpose, basis, rights, keeping, version of the definition."""

from __future__ import annotations

from dataclasses import dataclass

from linli.base.fields import REFERENCES, Field, FieldKind
from linli.base.named import Named


class Subject(Named):
    """What a row is about. The row lies in the subject's area and follows it; a row about nothing lies where it was written."""

    PERSON = "person", "人员"
    HOUSEHOLD = "household", "家庭"
    ORGANISATION = "organisation", "单位"
    PLACE = "place", "场所"
    AREA = "area", "区划"
    NOTHING = "", ""


class EntryState(Named):
    """Whether a row counts: it stands, was struck out with a reason, or was destroyed after the time of keeping."""

    STANDING = "standing", "在册"
    STRUCK = "struck", "已作废"
    DESTROYED = "destroyed", "已销毁"


class AfterKeeping(Named):
    """What happens to a row when the time of keeping is over."""

    ARCHIVE = "archive", "移交档案馆"
    DESTROY = "destroy", "销毁内容"


@dataclass(frozen=True)
class Book:
    """One record book, declared in a package's manifest (``books = (Book(…),)``).

    ``purpose`` and ``basis`` say for what and under which law the rows are kept. ``subject`` is the field that the row is
    about ("" for a book about nothing in the registry); it gives the row its area. ``day`` is the field with the day of
    the row (else the day of writing). ``lasting`` rows stand from that day until they are ended, others happened on it.
    ``unique`` are the fields that no two standing rows have in common. ``write`` and ``read`` are permissions of the
    declaring package. A later ``version`` may add fields or end some; rows keep the version that they were written in.
    ``counted`` is the unit of its figures. ``new`` is the route of the package's own page for new rows; such a book is not
    imported. ``own``: only the package's acts write and change rows, because they stand beside something else (a posting).
    ``heard`` is the dotted path of what follows when rows were written, in the same transaction:
    ``f(*, by, on, entries, what)``; ``what`` is added, corrected, ended or struck.
    """

    key: str
    zh: str
    purpose: str
    basis: str
    fields: tuple[Field, ...]
    write: str
    read: str
    subject: str = ""
    day: str = ""
    lasting: bool = False
    unique: tuple[str, ...] = ()
    keep_years: int = 10
    after: AfterKeeping = AfterKeeping.ARCHIVE
    version: int = 1
    noun: str = "条"
    counted: str = "件"
    new: str = ""
    own: bool = False
    heard: str = ""

    def __post_init__(self) -> None:
        keys = [field.key for field in self.fields]
        kinds = [field.kind for field in self.fields if field.kind in REFERENCES]
        if len(set(keys)) != len(keys) or len(set(kinds)) != len(kinds):
            raise ValueError(f"{self.key}: each field, and each kind of reference, stands once")
        if not (self.purpose and self.basis):
            raise ValueError(f"{self.key}: a book says for what and under which law it is kept")
        lost = {self.subject, self.day, *self.unique} - {""} - set(keys)
        if lost:
            raise ValueError(f"{self.key}: there is no field {sorted(lost)}")
        if self.subject and not self.field(self.subject).required:
            raise ValueError(f"{self.key}: what the rows are about is required")
        if self.own and not self.new:
            raise ValueError(f"{self.key}: a book of the package's own acts names the page where they are done")
        if self.day and self.field(self.day).kind is not FieldKind.DAY:
            raise ValueError(f"{self.key}: the day of a row is a day")

    def field(self, key: str) -> Field:
        """The field with this key, of any version; LookupError for an unknown one."""
        for one in self.fields:
            if one.key == key:
                return one
        raise LookupError(f"{self.key} has no field {key}")

    def fields_in(self, version: int) -> tuple[Field, ...]:
        """The fields of a version of the definition."""
        return tuple(field for field in self.fields if field.stands_in(version))

    @property
    def present(self) -> tuple[Field, ...]:
        """The fields of the present version."""
        return self.fields_in(self.version)

    @property
    def about(self) -> Subject:
        """What kind of thing a row is about."""
        if not self.subject:
            return Subject.NOTHING
        return Subject(self.field(self.subject).kind.value)

    @property
    def asked(self) -> tuple[Field, ...]:
        """The fields that a form asks: all but the subject, which is chosen from the registry beforehand."""
        chosen = {Subject.PERSON, Subject.HOUSEHOLD}
        return tuple(field for field in self.present if field.key != self.subject or self.about not in chosen)
