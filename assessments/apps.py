from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AssessmentsConfig(AppConfig):
    name = "assessments"

    def ready(self) -> None:
        from assessments.record import story
        from clinic import timeline

        timeline.register(story)
        timeline.name_pages(
            {
                "assessments:intake": _("the intake"),
                "assessments:panel": _("the differential"),
                "assessments:conclusion": _("the conclusion"),
                "assessments:signed": _("a signed assessment"),
                "assessments:amend": _("the form to amend an assessment"),
            }
        )
