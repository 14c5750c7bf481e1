"""Addresses of the paper."""

from django.urls import path

from programs.handouts import batch_views, views

urlpatterns = [
    path("handouts/<uuid:handout_id>/", views.handout, name="handout"),
    path("handouts/<uuid:handout_id>/pdf/", views.pdf, name="handout_pdf"),
    path("handouts/<uuid:handout_id>/retry/", views.retry, name="handout_retry"),
    path("versions/<uuid:version_id>/print/", views.order, name="handout_order"),
    path("handouts/again/", batch_views.batches, name="batches"),
    path("handouts/again/<uuid:batch_id>/", batch_views.batch, name="batch"),
    path("handouts/again/<uuid:batch_id>/cancel/", batch_views.cancel, name="batch_cancel"),
    path("handouts/again/<uuid:batch_id>/retry/", batch_views.retry, name="batch_retry"),
    path("handouts/again/<uuid:batch_id>/file/", batch_views.file, name="batch_file"),
]
