"""The words every part of the house shares. Pure: only the standard library, no clock, no framework.

A value here is what is stored, sent as JSON and compared; how it is worded on a screen is decided where it is shown.
"""
