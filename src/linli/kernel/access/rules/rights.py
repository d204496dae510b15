"""What the application's database role may do with a table: nothing, unless the table says so."""

from __future__ import annotations

from enum import Flag


class Rights(Flag):
    """Rights of the application's role on one table."""

    NONE = 0
    READ = 1
    APPEND = 2
    CHANGE = 4
    ERASE = 8

    @property
    def sql(self) -> str:
        """The rights as PostgreSQL's GRANT names them; empty when there are none."""
        words = {Rights.READ: "SELECT", Rights.APPEND: "INSERT", Rights.CHANGE: "UPDATE", Rights.ERASE: "DELETE"}
        return ", ".join(word for right, word in words.items() if right in self)


READ = Rights.READ
APPEND = Rights.APPEND
CHANGE = Rights.CHANGE
ERASE = Rights.ERASE

# Tables of libraries, by prefix: the application needs them, and they hold no area, person, case or money.
LIBRARY_TABLES: dict[str, Rights] = {
    "django_session": READ | APPEND | CHANGE | ERASE,
    "django_content_type": READ,
    "django_migrations": READ,
    "auth_": READ,
    "axes_": READ | APPEND | CHANGE | ERASE,
    "procrastinate_": READ | APPEND | CHANGE | ERASE,
}
