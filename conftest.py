"""The fixtures of the harness, here so that they stand above pytest-django's own."""

from linli.site.testing import at_once, django_db_setup, fresh_database

__all__ = ["at_once", "django_db_setup", "fresh_database"]
