"""Tell whether the site can be served at a port of this computer: tools/port.py 8000."""

import errno
import socket
import sys


def trouble(port: str) -> str:
    """Return why a port will not do, and what to type ("" if it will)."""
    if not (port.isascii() and port.isdigit() and 0 < int(port) < 65536):
        return f"{port} is no port, which is a number from 1 to 65535: try  make serve PORT=8001"
    with socket.socket() as here:
        here.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            here.bind(("127.0.0.1", int(port)))
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                other = int(port) + 1 if int(port) < 65535 else 8001
                return (
                    f"Port {port} is in use: stop what runs there, or choose another with  "
                    f"make serve PORT={other}"
                )
            reason = error.strerror or "it cannot be had"
            return f"Port {port}: {reason}. Choose another with  make serve PORT=8001"
    return ""


if __name__ == "__main__":
    sys.exit(trouble(sys.argv[1]) or 0)
