"""Requests that two readers could understand in two ways, and headers that pretend to be nginx's."""
import socket

import pytest

from .support.visitor import raw


def statuses(answer):
    """The status of each answer in what came back on one connection."""
    return [int(part[:3]) for part in answer.split(b"HTTP/1.1 ")[1:]]


SMUGGLED = b"GET /smuggled HTTP/1.1\r\nHost: x\r\n\r\n"


@pytest.mark.parametrize(
    "head",
    [
        b"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n",
        b"Transfer-Encoding: chunked\r\nContent-Length: 5\r\n",
        b"Content-Length: 5\r\nContent-Length: 6\r\n",
        b"Content-Length: 5, 5\r\n",
        b"Content-Length: +5\r\n",
        b"Content-Length: -5\r\n",
        b"Content-Length: 0x5\r\n",
        b"Content-Length: 99999999999999999999\r\n",
        b"Transfer-Encoding: chunked, identity\r\n",
        b"Transfer-Encoding: xchunked\r\n",
        b"Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n",
        b"Transfer-Encoding : chunked\r\n",
    ],
)
def test_a_body_of_two_lengths_is_refused_and_nothing_after_it_is_read(site, head):
    path = f"{site.base}/sign-in".encode()
    request = b"POST " + path + b" HTTP/1.1\r\nHost: x\r\n" + head + b"\r\n0\r\n\r\n" + SMUGGLED
    found = statuses(raw(site, request))
    assert len(found) == 1 and 400 <= found[0] <= 501, found


@pytest.mark.parametrize(
    "request_bytes",
    [
        b"GET /x HTTP/1.1\r\n\r\n",
        b"GET /x HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
        b"GET /x\x00y HTTP/1.1\r\nHost: x\r\n\r\n",
        b"GET  /x HTTP/1.1 extra\r\nHost: x\r\n\r\n",
        b"GET /x HTTP/9.9\r\nHost: x\r\n\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
        b"GET /x HTTP/1.1\r\nHost: x\r\nX: a\x00b\r\n\r\n",
        b"GET /" + b"a" * 40_000 + b" HTTP/1.1\r\nHost: x\r\n\r\n",
        b"GET /x HTTP/1.1\r\nHost: x\r\nX: " + b"a" * 40_000 + b"\r\n\r\n",
    ],
    ids=range(9),
)
def test_what_is_no_request_is_refused_and_the_site_goes_on(site, visitor, request_bytes):
    answer = raw(site, request_bytes)
    assert b"HTTP/1.1 200" not in answer
    assert answer == b"" or 400 <= int(answer.split(b" ")[1][:3]) < 600
    assert visitor.get("/healthz").status == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"X-Accel-Redirect": "/-/hub/?ticket=x"}, {"Script-Name": "/evil"}, {"Remote-User": "root"}, {"Https": "on"},
        {"Request-Id": "x\" onload=\"alert(1)"}, {"Proxy": "http://evil.example"}, {"Document-Root": "/etc"},
        {"X-Request-ID": "evil"}, {"X-Original-URL": "/projects"}, {"X-Rewrite-URL": "/projects"},
        {"Remote-Addr": "6.6.6.6"},
        {"Content_Length": "5"}, {"REMOTE_ADDR": "6.6.6.6"}, {"Request-Method": "POST"},
        {"Query-String": "return=evil"},
    ],
    ids=str,
)
def test_a_header_is_never_taken_for_a_setting_of_the_server(site, visitor, headers):
    expected = visitor.get("/sign-in")
    answer = visitor.get("/sign-in", headers)
    assert answer.status == expected.status == 200
    assert f'action="{site.base}/sign-in"' in answer.text
    assert "evil" not in answer.text + str(answer.headers)
    assert "alert(1)" not in answer.text


def test_a_line_break_in_an_address_starts_no_header(site, ada):
    for path in (
        "/sign-in?return=/x%0d%0aSet-Cookie:%20evil=1", "/projects/1%0d%0aSet-Cookie:%20evil=1", "/%0d%0aX-Evil:%201",
        "/projects/1/files/a%0d%0aX-Evil:1",
    ):
        answer = ada.get(path)
        assert answer.header("X-Evil") is None
        assert "evil=1" not in str(answer.all("Set-Cookie"))


def test_a_request_that_never_ends_holds_up_nobody(site, visitor):
    slow = [socket.create_connection((site.host, site.port), timeout=5) for _ in range(50)]
    for connection in slow:
        head = f"POST {site.base}/sign-in HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n"
        connection.sendall(head.encode() + b"login=")
    assert visitor.get("/sign-in").status == 200
    for connection in slow:
        connection.close()
    assert visitor.get("/healthz").status == 200
