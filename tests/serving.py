"""Serve a built site, as GitHub Pages and its like do."""

import functools
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

SUB_PATH = "/sub/path/"


class SiteHandler(SimpleHTTPRequestHandler):
    """Serve a folder under a sub-path, as GitHub Pages and its like do, 404.html included."""

    def translate_path(self, path: str) -> str:
        """Find the file of an address; outside of the sub-path there is none."""
        if not path.startswith(SUB_PATH):
            return super().translate_path("/nothing is here")
        return super().translate_path(path.removeprefix(SUB_PATH.rstrip("/")))

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """Answer with the site's own page where nothing is found."""
        if code != 404:
            super().send_error(code, message, explain)
            return
        body = Path(self.directory, "404.html").read_bytes()
        self.send_response(404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        """Keep the test's output free of requests."""


@contextmanager
def served(site: Path, handler: type[SiteHandler] = SiteHandler) -> Iterator[str]:
    """Serve a built site and give its address, which ends in a slash."""
    serve = functools.partial(handler, directory=str(site))
    with ThreadingHTTPServer(("127.0.0.1", 0), serve) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}{SUB_PATH}"
        server.shutdown()
        thread.join()
