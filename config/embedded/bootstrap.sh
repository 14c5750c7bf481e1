#!/bin/sh
# From nothing to a virtual environment with a Python that is new enough; the rest is Python (config/embedded).
# Usage: bootstrap.sh run|stop|test|lint|bench|prepare [arguments]
set -eu
cd "$(dirname "$0")/../.."

stop_here() { printf '%s\n' "$1" >&2; exit 1; }

fits() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; }
has_venv() { "$1" -c 'import venv, ensurepip' >/dev/null 2>&1; }

# as_root COMMAND…: as root, through sudo (asking for the password only at a terminal), or not at all.
as_root() {
    if [ "$(id -u)" = 0 ]; then "$@"
    elif command -v sudo >/dev/null 2>&1; then
        if [ -t 0 ]; then sudo "$@"; else sudo -n "$@"; fi
    else return 1
    fi
}

apt_install() {
    command -v apt-get >/dev/null 2>&1 || return 1
    echo "  Installing $* with apt …"
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "$@" >/dev/null 2>&1 && return 0
    as_root apt-get update -q >/dev/null 2>&1 || return 1
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "$@" >/dev/null
}

find_python() {
    for candidate in ${PYTHON:-} python3 python3.14 python3.13 python3.12 python3.11 \
        /opt/homebrew/bin/python3; do
        if fits "$candidate"; then command -v "$candidate"; return 0; fi
    done
    return 1
}

make_environment() {
    python=$(find_python) || {
        if [ "$(uname)" = Darwin ]; then
            command -v brew >/dev/null 2>&1 || stop_here "Python 3.11 or newer is needed: install Homebrew, then run this again."
            echo "  Installing Python with Homebrew …"
            brew install --quiet python@3.13 || stop_here "Homebrew could not install Python: run 'brew install python@3.13'."
        else
            apt_install python3 python3-venv || true
            find_python >/dev/null || apt_install python3.11 python3.11-venv || true
        fi
        python=$(find_python) || stop_here "Python 3.11 or newer is needed: install it and run this again."
    }
    if ! has_venv "$python"; then
        version=$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
        apt_install "python$version-venv" || apt_install python3-venv ||
            stop_here "Python's venv module is missing: install it (Debian, Ubuntu: apt-get install python$version-venv) and run this again."
        has_venv "$python" || stop_here "Python's venv module is still missing for $python: install it and run this again."
    fi
    echo "  Making the virtual environment with $("$python" --version) …"
    "$python" -m venv --clear .venv || stop_here "The folder .venv could not be made: check the rights on $(pwd) and the free space."
}

if [ "${1:-}" = stop ] && ! [ -x .venv/bin/python ]; then echo "Nothing is running here."; exit 0; fi
if ! fits .venv/bin/python || ! .venv/bin/python -m pip --version >/dev/null 2>&1; then make_environment; fi
exec .venv/bin/python -m config.embedded "$@"
