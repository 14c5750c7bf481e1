from programs.forms.dose import DoseForm, ShorthandForm
from programs.forms.plan import AddForm, IssueForm, PhaseForm, PlanForm

__all__ = ["AddForm", "DoseForm", "IssueForm", "PhaseForm", "PlanForm", "ShorthandForm"]
