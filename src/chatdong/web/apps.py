"""The app of the screens: only their checks and commands."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "chatdong.web"
    label = "web"
    verbose_name = "화면"
