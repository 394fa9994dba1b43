"""Measure when a slow phone shows a page: the largest contentful paint, beside a plain page.

Chromium slows the network (562 ms there and back, 1.4 Mbit/s) and the processor (four times).
The plain page, a heading and a paragraph, shows what this network allows at best. Build the site
first: `make site`, then `.venv/bin/python benchmarks/first_paint.py site lessons/5-training-loop/`.
"""

import functools
import gzip
import statistics
import sys
import threading
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, sync_playwright

REPEATS = 5
PLAIN = "<!doctype html><meta charset=utf-8><title>Plain</title><h1>A page</h1><p>With some text."
NETWORK = {
    "offline": False,
    "latency": 562,
    "downloadThroughput": 175_000,
    "uploadThroughput": 84_000,
}
WATCH = """new PerformanceObserver(list => window.paint = list.getEntries().at(-1))
  .observe({type: "largest-contentful-paint", buffered: true});
window.moved = 0;
new PerformanceObserver(list => list.getEntries().forEach(shift => window.moved += shift.value))
  .observe({type: "layout-shift", buffered: true});"""


class Compressed(SimpleHTTPRequestHandler):
    """Serve a folder with its text compressed, as published sites are."""

    def send_head(self) -> BytesIO | None:
        """Find the file and answer with what it weighs compressed."""
        path = urlsplit(self.path).path
        file = Path(self.translate_path(path))
        file = file / "index.html" if file.is_dir() else file
        if path != "/plain" and not file.is_file():
            self.send_error(404)
            return None
        body = gzip.compress(PLAIN.encode() if path == "/plain" else file.read_bytes())
        self.send_response(200)
        kind = "text/html; charset=utf-8" if path == "/plain" else self.guess_type(str(file))
        self.send_header("Content-Type", kind)
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        return BytesIO(body)

    def log_message(self, *_: Any) -> None:
        """Keep the output free of requests."""


def visit(browser: Browser, address: str) -> tuple[float, str, float]:
    """Open a page for the first time: seconds to its largest paint, what it was, what moved."""
    context = browser.new_context(viewport={"width": 390, "height": 844}, is_mobile=True)
    context.add_init_script(WATCH)
    page = context.new_page()
    client = context.new_cdp_session(page)
    client.send("Network.enable")
    client.send("Network.emulateNetworkConditions", NETWORK)
    client.send("Emulation.setCPUThrottlingRate", {"rate": 4})
    page.goto(address, wait_until="networkidle")
    page.wait_for_timeout(2000)
    seconds = page.evaluate("paint.startTime") / 1000
    what = page.evaluate("paint.element?.outerHTML.slice(0, 60) ?? ''")
    moved = page.evaluate("moved")
    context.close()
    return seconds, what, moved


def main(folder: str, *paths: str) -> None:
    """Visit each page in turn, several times, and print the middle of the times."""
    serve = functools.partial(Compressed, directory=folder)
    with ThreadingHTTPServer(("127.0.0.1", 0), serve) as server, sync_playwright() as playwright:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        executable = "/usr/bin/chromium" if Path("/usr/bin/chromium").exists() else None
        browser = playwright.chromium.launch(executable_path=executable, args=["--no-sandbox"])
        address = f"http://127.0.0.1:{server.server_port}/"
        pages = ["plain", *(paths or ["", "lessons/5-training-loop/"])]
        visits: dict[str, list[tuple[float, str, float]]] = {path: [] for path in pages}
        for _ in range(REPEATS):
            for path in pages:
                visits[path].append(visit(browser, address + path))
        for path, found in visits.items():
            times = sorted(seconds for seconds, _, _ in found)
            middle, moved = statistics.median(times), max(moved for *_, moved in found)
            print(
                f"{path or 'home':32} {middle:.2f} s ({times[0]:.2f} to {times[-1]:.2f}), "
                f"moved {moved:g}  {found[-1][1]}"
            )
        browser.close()
        server.shutdown()


if __name__ == "__main__":
    main(*sys.argv[1:])
