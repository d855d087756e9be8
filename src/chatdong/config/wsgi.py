"""The door for a web server that speaks WSGI."""

import os

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.wsgi import get_wsgi_application

from chatdong.config.env import FALLBACK_KEY

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "chatdong.config.settings")
if settings.SECRET_KEY == FALLBACK_KEY:
    # Anybody could sign a session with the key that stands in the source.
    raise ImproperlyConfigured("비밀 키가 없습니다. ./run으로 시작하거나 CHATDONG_SECRET_KEY를 정해 주세요.")
application = get_wsgi_application()
