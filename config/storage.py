"""Static files on a server: names that change with their content, in our own scripts that load each other too."""

from whitenoise.storage import CompressedManifestStaticFilesStorage

IMPORT = (
    r"""(?P<matched>import(?s:(?P<import>[\s\{].*?))\s*from\s*['"](?P<url>[./].*?)["']\s*;)""",
    'import%(import)s from "%(url)s";',
)


class StaticFiles(CompressedManifestStaticFilesStorage):
    """An `import` in static/js is rewritten like a `url()` in a style, so that no browser mixes two releases."""

    patterns = (*CompressedManifestStaticFilesStorage.patterns, ("js/*.js", (IMPORT,)))
