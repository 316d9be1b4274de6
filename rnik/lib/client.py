"""Who is at the other end of a request."""

from ipaddress import IPv6Address, ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest


def address(request: HttpRequest) -> str:
    """The caller's address. Behind our proxy: the last one, which the proxy itself added."""
    forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "")
    if forwarded and getattr(settings, "SECURE_PROXY_SSL_HEADER", None):
        return str(forwarded).rsplit(",", 1)[-1].strip()
    return str(request.META.get("REMOTE_ADDR", ""))


#: What browsers call themselves, the more particular first: Edge also says Chrome, and Chrome also says Safari.
_BROWSERS = {
    "Edg": "Edge",
    "OPR": "Opera",
    "SamsungBrowser": "Samsung Internet",
    "Firefox": "Firefox",
    "FxiOS": "Firefox",
    "CriOS": "Chrome",
    "Chrome": "Chrome",
    "Safari": "Safari",
}
_SYSTEMS = {
    "iPhone": "iPhone",
    "iPad": "iPad",
    "Android": "Android",
    "CrOS": "Chromebook",
    "Windows": "Windows",
    "Mac OS X": "Mac",
    "Linux": "Linux",
}


def browser(request: HttpRequest) -> str:
    """A short name by which people tell devices apart: «Chrome, Windows»; empty when it does not say."""
    said = request.META.get("HTTP_USER_AGENT", "")
    found = (next((name for sign, name in names.items() if sign in said), "") for names in (_BROWSERS, _SYSTEMS))
    return ", ".join(name for name in found if name)


def network(request: HttpRequest) -> str:
    """What one subscriber has: the address, of version 6 its first half, since the other half is free to choose."""
    said = address(request)
    try:
        known = ip_address(said)
    except ValueError:
        return said  # a socket's peer has none
    if not isinstance(known, IPv6Address):
        return str(known)
    return str(known.ipv4_mapped or ip_network((known, 64), strict=False))
