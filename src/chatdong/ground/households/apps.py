"""The app of households."""

from django.apps import AppConfig


class HouseholdsConfig(AppConfig):
    name = "chatdong.ground.households"
    label = "households"
    verbose_name = "가구와 주민"
