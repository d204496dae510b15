"""Settings of the whole program. Values come from the environment; nothing secret has a default that works.

``LINLI_HOME``          where data, files and secrets live (default: see gateways.postgres.home)
``DATABASE_URL``        a server of the house's own, as its owner role; the roles' own addresses follow below
``DATABASE_URL_APP``    the same server as the application's role
``DATABASE_URL_PUBLIC`` the same server as the public pages' role
``LINLI_HOSTS``         comma-separated host names that the site answers to
``LINLI_PROXIES``       comma-separated addresses or networks of the house's own proxies, whose X-Forwarded-For is believed
``LINLI_HTTPS``         1 behind a proxy with TLS: cookies travel by TLS only, and the proxy's X-Forwarded-Proto is believed
``LINLI_DATABASE``      the name of the database on the embedded server (default: the demo's if there is one, else linli)
``LINLI_BUSINESS_DAY``  a fixed business day (default: the demo's in the demo's database, else the real day)
``LINLI_SECOND_FACTOR`` ``required`` or ``offered`` (default: offered in the demo's database, else required; decision 0010)
``LINLI_SECOND_FACTOR_ROLES``  comma-separated roles that must have one (default: access.rules.sign_in.FACTOR_ROLES)
``LINLI_ADDRESS_TRIES`` wrong tries to sign in from one address within an hour before it has to wait (default 50)
``LINLI_IDLE_MINUTES``  after how long an untouched session ends (default 30)
``LINLI_HOTLINE``       the number of the service centre as residents dial it (default 96777)
``LINLI_RUN_CONNECTIONS``  on how many connections to the database a large monthly run is computed at once (default: the cores,
                        at most 8; 1: in one transaction)
``LINLI_DEBUG``         1 shows faults in the browser; never on a server that residents reach
"""

from __future__ import annotations

import os
from datetime import timedelta
from ipaddress import ip_network
from pathlib import Path

from django.utils.functional import SimpleLazyObject

from linli.gateways import postgres
from linli.kernel.access.rules.actors import Role
from linli.kernel.access.rules.sign_in import FACTOR_ROLES, FactorMode, SessionRules
from linli.site.kept import read_kept
from linli.site.secrets import Secrets, database

CHECKOUT = Path(__file__).resolve().parents[3]
HOME = postgres.home(CHECKOUT)
SECRETS = Secrets(HOME / "secrets")

DEBUG = os.environ.get("LINLI_DEBUG") == "1"
SECRET_KEY = SECRETS.text("site")
SEAL_KEY = SECRETS.bytes("seal")  # keys the audit chain; kept apart from the database and its backups
KEYRING = SimpleLazyObject(lambda: SECRETS.keyring("keyring.json"))  # identity and account numbers
PROXIES = [ip_network(one.strip()) for one in os.environ.get("LINLI_PROXIES", "").split(",") if one.strip()]
ALLOWED_HOSTS = os.environ.get("LINLI_HOSTS", "127.0.0.1,localhost,[::1]").split(",")

KEPT = read_kept(HOME)
DATABASE_NAME = os.environ.get("LINLI_DATABASE") or KEPT.database or "linli"
DATABASES = {
    "default": database("app", SECRETS, CHECKOUT, DATABASE_NAME, pool=True),
    "owner": database("owner", SECRETS, CHECKOUT, DATABASE_NAME),
    "public": database("public", SECRETS, CHECKOUT, DATABASE_NAME, pool=True),
}
RUN_CONNECTIONS = max(1, int(os.environ.get("LINLI_RUN_CONNECTIONS") or min(os.cpu_count() or 1, 8)))
_IN_DEMO = KEPT.database == DATABASES["default"]["NAME"]
BUSINESS_DAY = os.environ.get("LINLI_BUSINESS_DAY") or (KEPT.business_day if _IN_DEMO else "")
DATABASE_ROUTERS: list[str] = []
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.forms",
    "django_htmx",
    "axes",
    "procrastinate.contrib.django",
    "linli.kernel.ui",
    "linli.kernel.jobs",
    "linli.kernel.access",
    "linli.kernel.files",
    "linli.kernel.imports",
    "linli.kernel.registry",
    "linli.kernel.cases",
    "linli.kernel.ledgers",
    "linli.kernel.records",
    "linli.kernel.duties",
    "linli.kernel.findings",
    "linli.kernel.orders",
    "linli.kernel.calls",
    "linli.kernel.entitlements",
    "linli.kernel.standards",
    "linli.kernel.deliveries",
    "linli.kernel.publicity",
    "linli.kernel.figures",
    "linli.domains.assistance",
    "linli.domains.disability",
    "linli.domains.charity",
    "linli.domains.fundraising",
    "linli.domains.provision",
    "linli.domains.treatment",
    "linli.domains.relief",
    "linli.domains.medical",
    "linli.domains.oneoff",
    "linli.domains.mutual",
    "linli.domains.concession",
    "linli.domains.outreach",
    "linli.domains.pairing",
    "linli.domains.broadcast",
    "linli.domains.callers",
    "linli.domains.federation",
    "linli.domains.hotline",
    "linli.domains.intake",
    "linli.domains.complaints",
    "linli.domains.providers",
    "linli.domains.coordination",
    "linli.domains.hall",
    "linli.site",
]

MIDDLEWARE = [
    "linli.site.middleware.true_address",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "linli.site.middleware.headers",
    "linli.site.quiet.Quiet",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "linli.site.middleware.Door",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "linli.site.urls"
WSGI_APPLICATION = "linli.site.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "linli.site.context.frame",
            ],
            "builtins": ["linli.kernel.ui.templatetags.linli"],
        },
    }
]

AUTH_USER_MODEL = "access.Staff"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "linli.kernel.access.forms.PasswordRules"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "/sign-in/"
LOGIN_REDIRECT_URL = "/"
# Five wrong tries lock this account *from this address* for 30 minutes, and the account altogether after 20:
# a clerk's typing must not lock the whole office behind one address. The numbers stand in access.rules.sign_in; how many
# an address has for all names together is a setting, since a whole bureau may sit behind one.
AXES_HANDLER = "linli.kernel.access.actions.sign_in_guard.SignInGuard"
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_VERBOSE = False
SIGN_IN_ADDRESS_TRIES = int(os.environ.get("LINLI_ADDRESS_TRIES", "50"))
_FACTOR_DEFAULT = FactorMode.OFFERED if _IN_DEMO or os.environ.get("LINLI_TESTING") == "1" else FactorMode.REQUIRED
SECOND_FACTOR = FactorMode(os.environ.get("LINLI_SECOND_FACTOR") or _FACTOR_DEFAULT)
_FACTOR_ROLES = os.environ.get("LINLI_SECOND_FACTOR_ROLES")
SECOND_FACTOR_ROLES = frozenset(Role(name).value for name in _FACTOR_ROLES.split(",")) if _FACTOR_ROLES else FACTOR_ROLES
AXES_LOCKOUT_CALLABLE = "linli.kernel.access.views.locked_out"

LISTENS = os.environ.get("LINLI_LISTENS", "0" if os.environ.get("LINLI_TESTING") == "1" else "1") == "1"  # see site/quiet.py
EXCHANGE_SECRET = os.environ.get("LINLI_EXCHANGE_SECRET", "")  # what a telephone exchange proves itself by; without it, no door

SESSION_COOKIE_NAME = "linli"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_RULES = SessionRules(idle=timedelta(minutes=int(os.environ.get("LINLI_IDLE_MINUTES", "30"))))  # held by site.sessions
SESSION_COOKIE_AGE = 72 * 3600  # a session that is over is remembered over a weekend: what was typed waits for its owner
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SECURE_COOKIES = os.environ.get("LINLI_HTTPS") == "1"
SESSION_COOKIE_SECURE = SECURE_COOKIES
CSRF_COOKIE_SECURE = SECURE_COOKIES
CSRF_FAILURE_VIEW = "linli.site.views.csrf_failed"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if SECURE_COOKIES else None

LANGUAGE_CODE = "zh-hans"
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True
USE_I18N = True

STATIC_URL = "/static/"
STATIC_ROOT = HOME / "static"
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
FILES_ROOT = HOME / ("test-files" if os.environ.get("LINLI_TESTING") == "1" else "files")
CHECKS_ROOT = HOME / ("test-checks" if os.environ.get("LINLI_TESTING") == "1" else "checks")  # requests to the economic check
SMS_ADDRESS = os.environ.get("LINLI_SMS_ADDRESS", "")  # of the provider of short messages; without it they lie in a folder
SMS_TOKEN = os.environ.get("LINLI_SMS_TOKEN", "")
SMS_FOLDER = HOME / ("test-sms" if os.environ.get("LINLI_TESTING") == "1" else "sms")
HOTLINE_NUMBER = os.environ.get("LINLI_HOTLINE", "96777")  # of the service centre, as residents dial it
PUBLIC_ADDRESS = os.environ.get("LINLI_PUBLIC_ADDRESS", "http://127.0.0.1:8000").rstrip("/")  # before links in messages
FONTS_ROOT = HOME / "fonts"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": HOME / "uploads"}},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
if os.environ.get("LINLI_TESTING") == "1" or DEBUG:
    STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
if os.environ.get("LINLI_TESTING") == "1":  # a slow hash guards real passwords; tests sign in hundreds of times
    PASSWORD_HASHERS.insert(0, "django.contrib.auth.hashers.MD5PasswordHasher")
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000

FORM_RENDERER = "linli.kernel.ui.forms.Renderer"
PROCRASTINATE_ON_APP_READY = None
SILENCED_SYSTEM_CHECKS: list[str] = []

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"masked": {"()": "linli.site.logs.Masked"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "masked"}},
    "loggers": {"django": {"handlers": [], "propagate": True}},  # Django's own handlers know no masking
    "root": {"handlers": ["console"], "level": os.environ.get("LINLI_LOG", "WARNING")},
}
