"""The app of places."""

from django.apps import AppConfig


class PlacesConfig(AppConfig):
    name = "chatdong.ground.places"
    label = "places"
    verbose_name = "지역"
