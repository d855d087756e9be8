"""The app of jobs: only its commands."""

from django.apps import AppConfig


class JobsConfig(AppConfig):
    name = "chatdong.jobs"
    label = "jobs"
    verbose_name = "정기 작업"
