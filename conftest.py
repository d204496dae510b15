"""The fixtures of the harness, here so that they stand above pytest-django's own."""

from hypothesis import settings

from linli.site.testing import at_once, django_db_setup, fresh_database

__all__ = ["at_once", "django_db_setup", "fresh_database"]

settings.register_profile("office", deadline=None)  # a busy machine is no fault of the office
settings.load_profile("office")
