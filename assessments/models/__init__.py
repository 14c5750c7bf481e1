from assessments.models.assessment import Answer, Assessment, RedFlagDecision
from assessments.models.conclusion import Conclusion

__all__ = ["Answer", "Assessment", "Conclusion", "RedFlagDecision"]
