"""Addresses of the channels, made from their table."""

from django.urls import path

from chatdong.channels.table import CHANNELS

urlpatterns = [path(channel.route, channel.receive, name=f"channels-{channel.name}") for channel in CHANNELS]
