"""Addresses of letters."""

from django.urls import path

from programs.letters import views

urlpatterns = [
    path("assessments/<uuid:assessment_id>/letter/", views.new, name="letter_new"),
    path("letters/<uuid:letter_id>/", views.letter, name="letter"),
    path("letters/<uuid:letter_id>/save/", views.save, name="letter_save"),
    path("letters/<uuid:letter_id>/issue/", views.issue, name="letter_issue"),
    path("letters/<uuid:letter_id>/text/", views.text, name="letter_text"),
    path("letters/<uuid:letter_id>/letter.txt", views.text_file, name="letter_text_file"),
    path("letters/<uuid:letter_id>/paper/", views.paper, name="letter_paper"),
    path("letters/<uuid:letter_id>/pdf/", views.pdf, name="letter_pdf"),
    path("letters/<uuid:letter_id>/retry/", views.retry, name="letter_retry"),
    path("letters/<uuid:letter_id>/again/", views.again, name="letter_again"),
    path("letters/<uuid:letter_id>/discard/", views.discard, name="letter_discard"),
]
