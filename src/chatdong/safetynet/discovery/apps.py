"""The app of discovery."""

from django.apps import AppConfig


class DiscoveryConfig(AppConfig):
    name = "chatdong.safetynet.discovery"
    label = "discovery"
    verbose_name = "발굴"
