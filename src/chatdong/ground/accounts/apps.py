"""The app of accounts."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "chatdong.ground.accounts"
    label = "accounts"
    verbose_name = "직원과 발령"
