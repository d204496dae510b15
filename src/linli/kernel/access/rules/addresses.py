"""Network addresses: from which one a request comes, and what counts as one."""

from __future__ import annotations

from collections.abc import Collection
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network


def network_of(address: str) -> str:
    """What counts as one address: an IPv4 address, or the /64 of an IPv6 one, of which one computer has 2^64."""
    found = _read(address)
    if found is None:
        return ""
    return str(ip_network((int(found) >> 64 << 64, 64))) if found.version == 6 else str(found)


def client_of(peer: str, forwarded: str, proxies: Collection[Network]) -> str:
    """The address of whoever asked: the last one in ``X-Forwarded-For`` that is none of our proxies.

    Each proxy adds on the right the address that it saw; what stands left of the first stranger, the stranger may have written.
    Whoever is no proxy of ours is believed in nothing.
    """
    client = peer
    for told in reversed(["", *forwarded.split(",")]):
        now = _read(client)
        if now is None or not any(now in network for network in proxies):
            return client
        known = _read(_bare(told))
        if known is None:
            return client
        client = str(known)
    return client


def _bare(told: str) -> str:
    """Without the port that some proxies add."""
    text = told.strip()
    if text.startswith("["):
        return text[1:].partition("]")[0]
    return text.partition(":")[0] if text.count(":") == 1 else text


def _read(address: str) -> Address | None:
    try:
        found = ip_address(address)
    except ValueError:
        return None
    return getattr(found, "ipv4_mapped", None) or found
