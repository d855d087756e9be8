"""The app of visits."""

from django.apps import AppConfig


class VisitsConfig(AppConfig):
    name = "chatdong.safetynet.visits"
    label = "visits"
    verbose_name = "방문"
