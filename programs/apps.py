from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ProgramsConfig(AppConfig):
    name = "programs"

    def ready(self) -> None:
        import_module("config.celery")  # so that ringing a task finds our broker, in the web process too
        from clinic import timeline
        from programs.letters.record import story as letters
        from programs.record import search, story

        timeline.register(story)
        timeline.register(letters)
        timeline.register_search(_("Exercises"), search)
        timeline.name_pages(
            {
                "programs:caseload": _("the caseload"),
                "programs:caseload_news": _("the caseload's news"),
                "programs:builder": _("a program's draft"),
                "programs:builder_library": _("a program's draft"),
                "programs:program": _("a program"),
                "programs:protocol_save": _("the form to keep a program as a protocol"),
                "programs:protocol_apply": _("the protocols for a program"),
                "programs:versions": _("the versions of a program"),
                "programs:handout_pdf": _("a handout"),
                "programs:end": _("the form to end a program"),
                "programs:letter_new": _("the form to begin a letter"),
                "programs:letter": _("a letter"),
                "programs:letter_text": _("a letter as text"),
                "programs:letter_text_file": _("a letter as text"),
                "programs:letter_pdf": _("the PDF of a letter"),
                "programs:letter_discard": _("the form to discard a letter"),
            }
        )
