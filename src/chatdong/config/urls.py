"""Every address, by who sits before the screen."""

from django.urls import include, path

urlpatterns = [
    path("", include("chatdong.web.open.urls")),
    path("benefits/", include("chatdong.web.resident.urls")),
    path("", include("chatdong.web.door.urls")),
    path("staff/", include("chatdong.web.staff.urls")),
    path("channels/", include("chatdong.channels.urls")),
]

handler400 = "chatdong.web.door.errors.bad_request"
handler403 = "chatdong.web.door.errors.bad_request"
handler404 = "chatdong.web.door.errors.not_found"
handler500 = "chatdong.web.door.errors.broken"
