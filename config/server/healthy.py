"""The container's health question: asks this machine's own web process, under the name it serves."""

import os
import sys
from http.client import HTTPConnection, HTTPException

PORT = 8000


def healthy(port: int = PORT, host: str = "") -> bool:
    """Whether /health/ answers 200, as it does while the database and the broker answer."""
    connection = HTTPConnection("127.0.0.1", port, timeout=8)
    try:
        connection.request("GET", "/health/", headers={"Host": host or os.environ["ALLOWED_HOSTS"].split(",")[0]})
        return connection.getresponse().status == 200
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()


if __name__ == "__main__":
    sys.exit(not healthy())
