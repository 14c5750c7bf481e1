"""The catalogues of the patient's words (config/locale): found in the sources, kept as .po, compiled to .mo.

Plain Python, so that neither a server nor a developer needs gettext's tools. Staff's words are not in them: staff's
pages are English.
"""
