"""An article from an address on the web, fetched once, with care for where the address leads.

In: an address (http or https). Out: its bytes, the ending that its kind has as a file, and the address at which it was found in the end.

An address that leads to this machine or to a private network is refused, in every redirect too, because whoever writes a link would read
through us what only we can reach. The name is looked up once, and the connection goes to the number that was looked at. Proxies of the
environment are not used: behind one, save the page and add the file.
"""

import http.client
import ipaddress
import re
import socket
import ssl
import threading
import zlib
from dataclasses import dataclass
from posixpath import splitext
from urllib.parse import quote, unquote, urljoin, urlsplit

from corewatch.documents.formats import KINDS
from corewatch.documents.pieces import said
from corewatch.errors import InputError

REDIRECTS = 5
ENDINGS = {
    "text/html": ".html", "application/xhtml+xml": ".html", "application/pdf": ".pdf", "text/plain": ".txt", "text/markdown": ".md",
    "message/rfc822": ".eml",
}  # fmt: skip
# What servers send that do not know what they have.
VAGUE = ("", "application/octet-stream", "binary/octet-stream", "application/force-download")
CHUNK = 1 << 16
# What is given out for the open internet, beside the numbers of the older kind that are translated. All else leads to odd places: old ways
# to write 127.0.0.1, the insides of a company.
UNICAST, TRANSLATED = ipaddress.ip_network("2000::/3"), ipaddress.ip_network("64:ff9b::/96")
PROTOCOLS = ipaddress.ip_network("192.0.0.0/24")


@dataclass(frozen=True, slots=True)
class Fetched:
    """What was at an address."""

    content: bytes
    ending: str
    url: str


def fetch(url: str, *, seconds: float, most: int, allow_private: bool) -> Fetched:
    """What is at an address, after at most five redirects, in at most so many seconds and bytes; raises `InputError` that says why not."""
    watch = Watch(seconds)
    try:
        found = follow(url, seconds, most, watch, allow_private=allow_private)
    except (OSError, http.client.HTTPException, ValueError, zlib.error) as error:
        if watch.late.is_set():
            raise too_late(url, seconds) from error
        if isinstance(error, InputError):
            raise
        raise InputError(f"{url}: {said(error)}; check the address") from error
    finally:
        watch.timer.cancel()
    if watch.late.is_set():
        # A page without a stated length seems to end where it was cut off.
        raise too_late(url, seconds)
    return found


class Watch:
    """One clock for a whole fetch: a server that sends a byte a minute is ended like one that sends none."""

    def __init__(self, seconds: float) -> None:
        self.late = threading.Event()
        self.held: list[socket.socket] = []
        self.timer = threading.Timer(seconds, self.stop)
        self.timer.daemon = True
        self.timer.start()

    def hold(self, one: socket.socket) -> None:
        """Watch a connection from now on; raises `TimeoutError` where it comes too late, as after a name that took long to look up."""
        self.held[:] = [one]
        if self.late.is_set():
            one.close()
            raise TimeoutError

    def stop(self) -> None:
        """End the connection that there is; whatever waits for it goes on with an error."""
        self.late.set()
        for one in list(self.held):
            try:
                one.shutdown(socket.SHUT_RDWR)
            except OSError:
                continue


def too_late(url: str, seconds: float) -> InputError:
    """What is said of a server that is too slow."""
    return InputError(f"{url}: no answer in {seconds:g} seconds; try again, or raise --timeout")


def follow(url: str, seconds: float, most: int, watch: Watch, *, allow_private: bool) -> Fetched:
    """What is at an address or where it redirects to."""
    for _ in range(REDIRECTS + 1):
        connection, target = connect(url, seconds, watch, allow_private=allow_private)
        try:
            connection.request("GET", target, headers={"User-Agent": "corewatch", "Accept-Encoding": "identity", "Accept": "*/*"})
            with connection.getresponse() as response:
                if response.status in (301, 302, 303, 307, 308) and (place := response.headers.get("Location")):
                    url = urljoin(url, place)
                    continue
                if response.status != 200:
                    raise InputError(f"{url}: the server answers {response.status}; open it in a browser, save the page and add the file")
                content = read(response, url, most)
                return Fetched(content, ending_of(response.headers.get_content_type(), url, content), url)
        finally:
            watch.held.clear()
            connection.close()
    raise InputError(f"{url}: more than {REDIRECTS} redirects; give the address of the article itself")


def connect(url: str, seconds: float, watch: Watch, *, allow_private: bool) -> tuple[http.client.HTTPConnection, str]:
    """A connection to the host of an address, and what to ask it for; raises `InputError` for an address that is none or is refused."""
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise InputError(f"{url}: no address that is fetched; give one that begins with https://")
    if parts.username is not None or parts.password is not None:
        raise InputError(f"{parts.hostname}: an address with a name and a password in it is not fetched; save the page and add the file")
    port = parts.port or (443 if parts.scheme == "https" else 80)
    try:
        host = parts.hostname.encode("idna").decode("ascii")
    except UnicodeError as error:
        raise InputError(f"{url}: the host is no name ({said(error)}); check the address") from error
    numbers = [str(found[4][0]) for found in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    refused = [number for number in numbers if not is_public(number)]
    if refused and not allow_private:
        raise InputError(f"{url}: leads to {refused[0]}, which is this machine or a private network; allow it with --allow-private")
    plain = http.client.HTTPConnection(host, port, timeout=seconds)
    sock = socket.create_connection((numbers[0], port), timeout=seconds)
    watch.hold(sock)
    if parts.scheme == "https":
        secure = ssl.create_default_context().wrap_socket(sock, server_hostname=host, do_handshake_on_connect=False)
        try:
            watch.hold(secure)
            secure.do_handshake()
        except OSError:
            secure.close()
            raise
        sock = secure
    plain.sock = sock
    target = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._") + (
        f"?{quote(parts.query, safe='/%:@!$&()*+,;=~-._?')}" if parts.query else ""
    )
    return plain, target


def is_public(number: str) -> bool:
    """Whether an IP number is one of the open internet, and so is the number of the older kind that may be wrapped in it."""
    found = ipaddress.ip_address(number.split("%")[0])
    inner: ipaddress.IPv4Address | None = None
    if isinstance(found, ipaddress.IPv6Address):
        teredo = found.teredo
        inner = found.ipv4_mapped or found.sixtofour or (teredo[1] if teredo else None)
        if found in TRANSLATED:
            inner = ipaddress.IPv4Address(int(found) & 0xFFFFFFFF)
        if inner is None and found not in UNICAST:
            return False
    if inner is not None:
        return is_public(str(inner))
    if found in PROTOCOLS:
        return False
    return found.is_global and not found.is_multicast


def read(response: http.client.HTTPResponse, url: str, most: int) -> bytes:
    """The body of an answer, unpacked; raises `InputError` above `most` bytes."""
    packing = (response.headers.get("Content-Encoding") or "identity").lower()
    if packing not in ("identity", "gzip"):
        raise InputError(f"{url}: sent as {said(ValueError(packing))}, which was not asked for; save the page and add the file")
    unpack = zlib.decompressobj(31) if packing == "gzip" else None
    parts: list[bytes] = []
    size = 0
    while part := response.read(CHUNK):
        if unpack is not None:
            part = unpack.decompress(part, most + 1 - size)
        parts.append(part)
        size += len(part)
        if size > most or (unpack is not None and unpack.unconsumed_tail):
            raise InputError(f"{url}: it has more than {most:,} bytes; save it and add the file, or raise --max-bytes")
    if response.length:
        raise InputError(f"{url}: the answer broke off; try again")
    return b"".join(parts)


def ending_of(content_type: str, url: str, content: bytes) -> str:
    """The ending of a file of that kind; raises `InputError` for what is no article."""
    if content.startswith(b"%PDF-"):
        return ".pdf"
    if content_type in VAGUE:
        ending = splitext(urlsplit(url).path)[1].lower()
        if ending in KINDS:
            return ending
        if re.match(rb"\s*<(!doctype html|html)", content[:500], re.IGNORECASE):
            return ".html"
    if content_type not in ENDINGS:
        raise InputError(f"{url}: is {said(ValueError(content_type))} and no article; give the address of a page, a PDF or a text")
    return ENDINGS[content_type]


def name_of(url: str) -> str:
    """A short plain name for what is at an address: `name_of("https://a.example/2025/Chips-run short?x=1")` is `"chips-run-short"`."""
    parts = urlsplit(url)
    words = [part for part in unquote(parts.path).split("/") if re.search(r"[a-z]", splitext(part)[0], re.IGNORECASE)]
    last = splitext(words[-1])[0] if words else parts.hostname or ""
    return re.sub(r"[^a-z0-9]+", "-", last.lower()).strip("-")[:80].strip("-") or "article"
