from programs.forms.dose import DoseForm, ShorthandForm
from programs.forms.plan import AddForm, IssueForm, PlanForm

__all__ = ["AddForm", "DoseForm", "IssueForm", "PlanForm", "ShorthandForm"]
