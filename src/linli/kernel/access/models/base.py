"""The bases of every table of ours."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from linli.kernel.access.rules import Rights

AREA_CODE = r"^[0-9]{12}$"


class AreaField(models.CharField):
    """A 12-digit area code, kept as text without a foreign key so that access stands below the registry."""

    def __init__(self, *args: object, **words: object) -> None:
        words.setdefault("max_length", 12)
        super().__init__(*args, **words)  # type: ignore[arg-type]


class Guarded(models.Model):
    """A table of ours. ``rights`` are what the application may do with it.

    A table with a field ``area`` is under row security: the application sees and writes only rows whose code lies in
    the range of the present scope. ``area_from`` names the foreign key whose row gives the area (set by a trigger),
    and follows that row where it goes. ``goes_with`` names foreign keys of rows followed, too, though the area is given by
    the writer: a row goes along that lies where the other lay, as long as ``goes_while`` (SQL over the row ``t``) holds.
    A field ``area_then`` keeps for ever where the row was entered, whatever becomes of the area: it is filled from ``area`` by
    a trigger, and what may exist once in an area is unique by it, because two areas with one such row each may be merged.
    ``stands_for`` belongs to a view: its columns that name the table and the row from which each row comes.
    ``wide_reading`` lets everyone who has a scope read all rows and limits only writing.
    """

    rights: ClassVar[Rights] = Rights.NONE
    public_rights: ClassVar[Rights] = Rights.NONE
    area_from: ClassVar[str] = ""
    goes_with: ClassVar[tuple[str, ...]] = ()
    goes_while: ClassVar[str] = ""
    stands_for: ClassVar[tuple[str, str] | None] = None
    wide_reading: ClassVar[bool] = False

    class Meta:
        abstract = True
