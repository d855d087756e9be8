"""The app of benefits."""

from django.apps import AppConfig


class BenefitsConfig(AppConfig):
    name = "chatdong.safetynet.benefits"
    label = "benefits"
    verbose_name = "복지 혜택"
