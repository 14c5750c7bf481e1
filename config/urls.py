"""Every address of the product, one line a room."""

from django.urls import include, path

urlpatterns = [
    path("", include("programs.urls")),
    path("", include("assessments.urls")),
    path("", include("clinic.urls")),
    path("account/", include("allauth.account.urls")),
]

handler400 = "clinic.views.errors.bad_request"
handler403 = "clinic.views.errors.forbidden"
handler404 = "clinic.views.errors.not_found"
handler500 = "clinic.views.errors.server_error"
