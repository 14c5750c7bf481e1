"""What Python packages cannot bring: the text libraries WeasyPrint draws with, and a browser for the tests."""

import ctypes
import os
import shutil
import subprocess
import sys
from pathlib import Path

from config.embedded import say
from config.embedded.machine import MACOS
from config.embedded.trouble import Trouble

TEXT_LIBRARIES = ("libpango-1.0.so.0", "libpangoft2-1.0.so.0", "libharfbuzz-subset.so.0")
TEXT_PACKAGES = ("libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0")
MAC_FOLDERS = (Path("/opt/homebrew/lib"), Path("/usr/local/lib"))
DRIVER_LIBRARIES = ("libstdc++.so.6", "libatomic.so.1")  # what Playwright's own Node.js is linked with
DRIVER_PACKAGES = ("libstdc++6", "libatomic1")
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
MAC_BROWSERS = (
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
)
FIND_PLAYWRIGHTS_OWN = """
from playwright.sync_api import sync_playwright
with sync_playwright() as playwright:
    print(playwright.chromium.executable_path)
"""


def ensure_text_libraries() -> None:
    """Handouts are drawn with Pango. Installed only when missing; raises Trouble when that is not possible."""
    if _text_libraries_there():
        return
    if MACOS:
        with say.step("Installing Pango for the handouts with Homebrew (once)"):
            if not _homebrew("pango"):
                raise Trouble("The handouts need Pango: run `brew install pango`, then start again.")
        return
    with say.step("Installing three text libraries for the handouts with apt (once)"):
        if not _apt(*TEXT_PACKAGES):
            raise Trouble(
                "The handouts need Pango, which could not be installed from here: "
                f"run `apt-get install {' '.join(TEXT_PACKAGES)}` as root, then start again."
            )


def ensure_driver_libraries() -> None:
    """A bare system lacks two libraries of the program that drives the browser. Raises Trouble when they cannot be had."""
    if MACOS or _loads(DRIVER_LIBRARIES):
        return
    with say.step("Installing two libraries for the browser tests with apt (once)"):
        if not _apt(*DRIVER_PACKAGES):
            raise Trouble(
                "The browser tests need two libraries that could not be installed from here: "
                f"run `apt-get install {' '.join(DRIVER_PACKAGES)}` as root, then start again."
            )


def ensure_browser() -> str:
    """The path of a Chromium for the tests; installed when there is none. Raises Trouble when that is not possible."""
    ensure_driver_libraries()
    if found := find_browser():
        return found
    if _is_debian():
        with say.step("Installing Chromium for the browser tests with apt (once, about 120 MB)"):
            _apt("chromium")
    else:  # Ubuntu's chromium package is a stub that installs a snap; macOS has no package
        with say.step("Installing Chromium for the browser tests with Playwright (once, about 150 MB)"):
            command = [sys.executable, "-m", "playwright", "install", "chromium"]
            subprocess.run(command, capture_output=True, check=False)
            if not MACOS and (prefix := _root_prefix()) is not None:
                command = [sys.executable, "-m", "playwright", "install-deps", "chromium"]
                subprocess.run([*prefix, *command], capture_output=True, check=False)
    if found := find_browser():
        return found
    raise Trouble(
        "The browser tests need Chromium or Chrome, and none could be installed from here: "
        "install one, or set STRIDEBACK_BROWSER to the path of its program, then start again."
    )


def find_browser() -> str:
    """STRIDEBACK_BROWSER if set, a program on the path, an application of macOS, Playwright's own; empty if there is none."""
    if chosen := os.environ.get("STRIDEBACK_BROWSER"):
        if not os.access(chosen, os.X_OK):
            raise Trouble(f"STRIDEBACK_BROWSER is {chosen}, but no program is there.")
        return chosen
    for name in BROWSERS:
        found = shutil.which(name)
        if found and not _snap_stub(Path(found)):
            return found
    for path in MAC_BROWSERS if MACOS else ():
        if os.access(path, os.X_OK):
            return path
    done = subprocess.run([sys.executable, "-c", FIND_PLAYWRIGHTS_OWN], capture_output=True, text=True, check=False)
    own = done.stdout.strip()
    return own if own and os.access(own, os.X_OK) else ""


def _text_libraries_there() -> bool:
    if MACOS:
        return any((folder / "libpango-1.0.dylib").exists() for folder in MAC_FOLDERS)
    return _loads(TEXT_LIBRARIES)


def _loads(names: tuple[str, ...]) -> bool:
    try:
        for name in names:
            ctypes.CDLL(name)
    except OSError:
        return False
    return True


def _is_debian() -> bool:
    try:
        return "ID=debian" in Path("/etc/os-release").read_text().splitlines()
    except OSError:
        return False


def _snap_stub(path: Path) -> bool:
    """Ubuntu's /usr/bin/chromium-browser: a script that starts a snap, which a test cannot drive."""
    with path.open("rb") as handle:
        start = handle.read(4096)
    return start.startswith(b"#!") and b"snap" in start


def _root_prefix() -> list[str] | None:
    """How to become root: not needed, sudo (asking only at a terminal), or None."""
    if os.geteuid() == 0:
        return []
    if not shutil.which("sudo"):
        return None
    return ["sudo"] if sys.stdin.isatty() else ["sudo", "-n"]


def _apt(*packages: str) -> bool:
    prefix = _root_prefix()
    if prefix is None or not shutil.which("apt-get"):
        return False
    install = [*prefix, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "install", "-y", "--no-install-recommends"]
    update = [*prefix, "apt-get", "update"]
    for command in ([*install, *packages], update, [*install, *packages]):
        done = subprocess.run(command, capture_output=True, check=False)
        if command != update and done.returncode == 0:
            return True
    return False


def _homebrew(package: str) -> bool:
    if not shutil.which("brew"):
        return False
    return subprocess.run(["brew", "install", "--quiet", package], capture_output=True, check=False).returncode == 0
