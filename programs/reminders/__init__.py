"""Reminders: when one is due (pure), and the channels and tasks that carry it."""
