"""Addresses of the door itself."""

from django.urls import path

from chatdong.web.door import drafts, session

urlpatterns = [
    path("login/", session.log_in, name="door-login"),
    path("logout/", session.log_out, name="door-logout"),
    path("stay/", session.stay, name="door-stay"),
    path("nothing/", session.nothing, name="door-nothing"),
    path("draft/<str:key>/", drafts.keep, name="door-draft"),
]
