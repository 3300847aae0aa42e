"""Where a webhook may point: its address as plain values, and which IP addresses are out of bounds."""

import ipaddress
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from eventsite.kernel.errors import DomainError
from eventsite.kernel.words import N_

IPAddress = ipaddress.IPv4Address | ipaddress.IPv6Address
Network = ipaddress.IPv4Network | ipaddress.IPv6Network
PORTS = {"https": 443, "http": 80}
LONGEST = 500
MOST_TRIED = 3  # addresses of one name
# IPv4 addresses that are written inside IPv6 ones: NAT64 (RFC 6052, 8215) in the last four bytes.
NAT64 = (ipaddress.IPv6Network("64:ff9b::/96"), ipaddress.IPv6Network("64:ff9b:1::/48"))

NO_ADDRESS = N_("This is no address of the form https://host/path.")
NEEDS_TLS = N_("Only addresses that begin with https:// are told.")
NO_SIGN_IN = N_("An address with a name and password in it is not taken; the signature proves who sends.")
NOT_FOUND = N_("The name %(host)s cannot be found.")
OUT_OF_BOUNDS = N_("%(host)s leads to %(address)s, an address inside a network. It is not asked.")


class BadAddress(DomainError):
    """Nothing is sent there."""


@dataclass(frozen=True, kw_only=True)
class Target:
    """An address taken apart; `path` is what stands in the request, query included."""

    scheme: str
    host: str
    port: int
    path: str

    @property
    def authority(self) -> str:
        """Return host and port as the request names them."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == PORTS[self.scheme] else f"{host}:{self.port}"


@dataclass(frozen=True, kw_only=True)
class Bounds:
    """What the site's settings allow: `http` too, and networks of one's own that are otherwise refused."""

    insecure: bool = False
    networks: tuple[Network, ...] = ()


def bounds_of(settings: Mapping[str, Any]) -> Bounds:
    """Return what a site's settings allow; only a production site insists on `https`."""
    insecure = settings["ENV_NAME"] != "production"
    return Bounds(insecure=insecure, networks=settings["WEBHOOK_NETWORKS"])


def read_target(address: str, bounds: Bounds) -> Target:
    """Return an address taken apart; raises `BadAddress` for what cannot be told or may not."""
    if len(address) > LONGEST or not address.isascii() or any(sign <= " " for sign in address):
        raise BadAddress(NO_ADDRESS, field="url")
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError as error:
        raise BadAddress(NO_ADDRESS, field="url") from error
    host = (parts.hostname or "").rstrip(".")
    if parts.scheme not in PORTS or not host or port == 0 or "\\" in address:
        raise BadAddress(NO_ADDRESS, field="url")
    if parts.username is not None or parts.password is not None:
        raise BadAddress(NO_SIGN_IN, field="url")
    if parts.scheme == "http" and not bounds.insecure:
        raise BadAddress(NEEDS_TLS, field="url")
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return Target(scheme=parts.scheme, host=host, port=port or PORTS[parts.scheme], path=path)


def judge_addresses(host: str, found: Sequence[str], bounds: Bounds) -> tuple[str, ...]:
    """Return the addresses to try; raises `BadAddress` where any that the name has is out of bounds."""
    if not found:
        raise BadAddress(NOT_FOUND, field="url", host=host)
    for text in found:
        if not is_open(text, bounds):
            raise BadAddress(OUT_OF_BOUNDS, field="url", host=host, address=text)
    return tuple(dict.fromkeys(found))[:MOST_TRIED]


def is_open(text: str, bounds: Bounds) -> bool:
    """Tell whether an IP address is one of the open Internet, or of a network that the settings allow."""
    try:
        address = ipaddress.ip_address(text.split("%", maxsplit=1)[0])
    except ValueError:
        return False
    seen = (address, *_inside(address))
    allowed = any(one in network for one in seen for network in bounds.networks if _same(one, network))
    return allowed or all(_is_global(one) for one in seen)


def _same(address: IPAddress, network: Network) -> bool:
    return address.version == network.version


def _is_global(address: IPAddress) -> bool:
    off = address.is_multicast or address.is_reserved or address.is_loopback or address.is_link_local
    site_local = isinstance(address, ipaddress.IPv6Address) and address.is_site_local
    return address.is_global and not off and not site_local


def _inside(address: IPAddress) -> list[IPAddress]:
    """Return the IPv4 addresses that an IPv6 address stands for."""
    if isinstance(address, ipaddress.IPv4Address):
        return []
    found: list[IPAddress | None] = [address.ipv4_mapped, address.sixtofour]
    found += list(address.teredo or ())
    if any(address in network for network in NAT64):
        found.append(ipaddress.IPv4Address(int(address) & 0xFFFFFFFF))
    return [one for one in found if one is not None]
