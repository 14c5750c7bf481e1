"""What the reasoning says, in the words of the screen. A signature freezes these words with the assessment.

Pure wording: no database, no request. Shared by the live panel, the signed page and the signature itself.
"""

from assessments.wording.frozen import thawed
from assessments.wording.panel import Panel, panel_of

__all__ = ["Panel", "panel_of", "thawed"]
