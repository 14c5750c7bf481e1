"""Dates and numbers as our readers write them, where Django's own choice for a language differs."""
