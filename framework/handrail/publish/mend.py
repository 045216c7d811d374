"""What the engine's output lacks, put right file by file: scripts and their policy, search, site map.

Belongs here: changes to finished files that no setting of the engine or theme makes. Never here: any page's content.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from html import escape

_SCRIPT = re.compile(r"<script>(.*?)</script>", re.DOTALL)
_CHARSET = re.compile(r'<meta charset="utf-8">')
_PREFIX = re.compile(r'href="([^"]*)assets/stylesheets/')
_LOCATION = re.compile(r"\s*<url>\s*<loc>([^<]*)</loc>.*?</url>", re.DOTALL)

# No other origin, no inline script or style, no form, no plug-in. `frame-ancestors` cannot stand in a meta element.
POLICY = "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'none'"
_POLICY = f'<meta http-equiv="Content-Security-Policy" content="{escape(POLICY, quote=False)}">'
_INDEX = "search/search_index.json"


@dataclass(frozen=True, slots=True)
class Found:
    """What search finds a page by."""

    path: str
    title: str
    text: str


def base_of(page: str) -> str:
    """How a page reaches the top of the site, read from how it loads the theme's styles."""
    found = _PREFIX.search(page)
    return found[1] if found else ""


def reachable(page: str) -> str:
    """The page with every block of code within reach of the keyboard, since a long line of it scrolls sideways.

    It is `pre` that scrolls: the theme's script takes `tabindex` from a `code` whenever it believes that it need not.
    """
    return page.replace("<pre><code", '<pre tabindex="0"><code')


class Scripts:
    """Inline scripts moved into files of their own, named by their content; `files` collects them."""

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}

    def moved(self, page: str) -> str:
        """The page with every inline script loaded from a file, and with the policy that then holds."""
        base = base_of(page)

        def move(script: re.Match[str]) -> str:
            data = script[1].encode()
            path = f"assets/handrail/{hashlib.sha256(data).hexdigest()[:16]}.js"
            self.files[path] = data
            return f'<script src="{base}{path}"></script>'

        with_policy = _CHARSET.sub(lambda charset: charset[0] + _POLICY, page, count=1)
        return _SCRIPT.sub(move, with_policy)


def search(files: Mapping[str, bytes], pages: Iterable[Found], *, instead: Iterable[str] = ()) -> dict[str, bytes]:
    """The search index, with an entry (title and plain text) for each page that the engine did not see whole.

    A page from a disk may load scripts and frames and nothing else, so the index stands there as a script too, and the
    theme's worker in a page of its own (`worker-shim.js` in the theme's overrides loads it).

    Args:
        files: the engine's, with its index.
        pages: what is added.
        instead: pages of which the engine saw a frame only; what it noted of them is left out.
    """
    index = json.loads(files[_INDEX])
    framed = set(instead)
    index["docs"] = [one for one in index["docs"] if one["location"].partition("#")[0] not in framed]
    index["docs"].extend(
        {"location": page.path, "title": escape(page.title), "text": escape(page.text)} for page in pages
    )
    # U+2028 and U+2029 end a line in old JavaScript, so everything beyond ASCII stays escaped.
    data = json.dumps(index, separators=(",", ":"))
    worker = next(path for path in sorted(files) if path.startswith("assets/javascripts/workers/search."))
    scripts = ("worker-inner.js", f"../../{worker}", "worker-ready.js")
    frame = "".join(f'<script src="{script}"></script>' for script in scripts)
    page = f'<!doctype html><html lang="en"><head><meta charset="utf-8">{_POLICY}<title>search</title></head>'
    return {
        _INDEX: f"{data}\n".encode(),
        "search/search_index.js": f"var __index = {data};\n".encode(),
        "assets/handrail/search-worker.html": f"{page}<body>{frame}</body></html>\n".encode(),
    }


def site_map(files: Mapping[str, bytes], *, without: Iterable[str], paths: Iterable[str]) -> dict[str, bytes]:
    """The site map, plain and compressed, without the shells and with the pages put into them.

    A site that does not know its own address has no addresses to list, and then there is no map.
    """
    text = files["sitemap.xml"].decode()
    entries = _LOCATION.findall(text)
    if not entries:
        return {}
    shells = tuple(without)
    top = min((one for one in entries if one.endswith("/index.html")), key=len).removesuffix("index.html")
    kept = _LOCATION.sub(lambda found: "" if found[1].endswith(shells) else found[0], text)
    more = "".join(f"\n    <url>\n         <loc>{escape(top + path)}</loc>\n    </url>" for path in paths)
    data = kept.replace("\n</urlset>", more + "\n</urlset>").encode()
    return {"sitemap.xml": data, "sitemap.xml.gz": gzip.compress(data, mtime=0)}
