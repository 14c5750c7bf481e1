"""The whole knowledge as one page: searched, filtered, in any version that is kept, and compared with another."""

from assessments.presenters.knowledge.page import Filters, KnowledgePage, everything, knowledge_page

__all__ = ["Filters", "KnowledgePage", "everything", "knowledge_page"]
