from django.apps import AppConfig
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _


def check_knowledge_is_kept() -> None:
    """Refuses to start a server whose signatures could not be replayed: it signs with released knowledge only."""
    from assessments.reasoning import KNOWLEDGE_VERSION, is_kept

    if settings.KNOWLEDGE_MUST_BE_RELEASED and not is_kept(KNOWLEDGE_VERSION):
        raise ImproperlyConfigured(
            f"Knowledge {KNOWLEDGE_VERSION} is not released, so what is signed with it could not be replayed: "
            "run manage.py release_knowledge on a development machine and commit what it keeps."
        )


class AssessmentsConfig(AppConfig):
    name = "assessments"

    def ready(self) -> None:
        check_knowledge_is_kept()
        from assessments.record import story
        from clinic import timeline

        timeline.register(story)
        timeline.name_pages(
            {
                "assessments:intake": _("the intake"),
                "assessments:panel": _("the differential"),
                "assessments:conclusion": _("the conclusion"),
                "assessments:signed": _("a signed assessment"),
                "assessments:replay": _("the replay of a signed assessment"),
                "assessments:to_sign": _("the list of assessments to sign"),
                "assessments:ask_cosignature": _("the form to ask for a co-signature"),
                "assessments:cosignature": _("a request to co-sign"),
                "assessments:discard": _("the form to discard a draft"),
                "assessments:amend": _("the form to amend an assessment"),
            }
        )
