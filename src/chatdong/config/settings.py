"""Settings, one file, from the environment only (config.env says which names)."""

from pathlib import Path

import django_htmx
import leaflet

from chatdong.config.env import ROOT, Env, database

env = Env()
BASE_DIR = ROOT
VAR = env.var
SECRET_KEY = env.key()
DEBUG = env.debug
DEMO = env.demo
DISTRICT_NAME = env.district
ALLOWED_HOSTS = [host for host in env.hosts.split(",") if host]
CSRF_TRUSTED_ORIGINS = [origin for origin in env.origins.split(",") if origin]

PACKAGE = Path(__file__).resolve().parents[1]

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "django_htmx",
    "axes",
    "csp",
    "django_tasks",
    "django_tasks_db",
    "chatdong.config.checks.Config",
    "chatdong.policy",
    "chatdong.ground.places",
    "chatdong.ground.accounts",
    "chatdong.ground.households",
    "chatdong.ground.messages",
    "chatdong.safetynet.visits",
    "chatdong.safetynet.benefits",
    "chatdong.safetynet.discovery",
    "chatdong.web",
    "chatdong.channels",
    "chatdong.jobs",
    "chatdong.demo",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "chatdong.web.door.errors.refusals",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "chatdong.web.door.middleware.who_asks",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "chatdong.config.urls"
WSGI_APPLICATION = "chatdong.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [PACKAGE / "web" / floor / "templates" for floor in ("ui", "door", "staff", "open", "resident")],
        "OPTIONS": {
            "environment": "chatdong.web.door.page.environment",
            "context_processors": ["chatdong.web.door.page.furniture"],
        },
    },
]

DATABASES = {"default": database(env.database_url, VAR)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.Account"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
LOGIN_URL = "door-login"

# 개인정보의 안전성 확보조치 기준: five failures stop the account for fifteen minutes.
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.25
AXES_LOCKOUT_PARAMETERS = ["username"]
AXES_RESET_ON_SUCCESS = True
AXES_USERNAME_FORM_FIELD = "login_id"
AXES_LOCKOUT_CALLABLE = "chatdong.web.door.session.locked"
AXES_IPWARE_PROXY_COUNT = env.proxies or None
AXES_VERBOSE = False
# A dong center shares one network address: locking it would lock everybody out. The account is what is locked.
SILENCED_SYSTEM_CHECKS = ["axes.W006"]

SESSION_COOKIE_AGE = env.idle_minutes * 60
SESSION_SAVE_EVERY_REQUEST = True
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = env.https
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "chatdong.web.door.errors.stale_form"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

SECURE_SSL_REDIRECT = env.https
SECURE_HSTS_SECONDS = 31_536_000 if env.https else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = env.https
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if env.proxies else None
SECURE_REFERRER_POLICY = "same-origin"
PROXIES = env.proxies
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        # Leaflet positions its panes through the style attribute of elements it makes; nothing of ours does.
        "style-src-attr": ["'unsafe-inline'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
    }
}

LANGUAGE_CODE = "ko"
LANGUAGES = [("ko", "한국어")]
LOCALE_PATHS = [PACKAGE / "web" / "locale"]
TIME_ZONE = "Asia/Seoul"
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
STATICFILES_DIRS = [
    *(folder for floor in ("ui", "staff", "open", "resident") if (folder := PACKAGE / "web" / floor / "static").is_dir()),
    # only the folders with Leaflet and htmx themselves, not the packages' Django parts
    ("leaflet", Path(leaflet.__file__).parent / "static" / "leaflet"),
    ("django_htmx", Path(django_htmx.__file__).parent / "static" / "django_htmx"),
]
STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_MANIFEST_STRICT = False
WHITENOISE_USE_FINDERS = DEBUG

# An upload is held in memory and parsed at once; nothing personal is written to a disk outside the database.
DATA_UPLOAD_MAX_MEMORY_SIZE = 4 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 24 * 1024 * 1024
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.MemoryFileUploadHandler"]
DATA_UPLOAD_MAX_NUMBER_FIELDS = 3000

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"()": "chatdong.config.logs.formatter"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env.log_level},
    "loggers": {"django.request": {"level": "ERROR"}, "axes": {"level": "ERROR"}},
}
