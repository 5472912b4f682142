"""Cookies and passwords: what they are made of, how long they are good, and how often one may guess."""
import re
import secrets

from .support.instance import everywhere
from .support.person import Person
from .support.visitor import Visitor


def session_of(person):
    return next(value for name, value in person.cookies.items() if name.endswith("session"))


@everywhere
def test_the_session_cookie_is_for_this_site_and_no_script(site, person):
    ada = person("ada")
    answer = ada.elsewhere().post("/sign-in", {"login": ada.name, "password": ada.password})
    line = next(line for line in answer.all("Set-Cookie") if re.match(r"[^=]*session=", line))
    assert "; HttpOnly" in line
    assert "; SameSite=Lax" in line
    assert f"; Path={site.base or '/'};" in line
    assert "domain" not in line.lower()
    assert len(session_of(ada)) >= 43
    assert "; Secure" not in line  # this instance is reached without TLS


def test_a_proxy_that_is_not_trusted_can_not_claim_tls_or_an_address(ada):
    other = ada.elsewhere()
    address = "203.0.113.9"
    headers = {"X-Forwarded-Proto": "https", "X-Forwarded-For": address, "X-Real-IP": address, "HTTPS": "on"}
    answer = other.post("/sign-in", {"login": ada.name, "password": ada.password}, headers)
    assert answer.status == 303
    assert "Secure" not in str(answer.all("Set-Cookie"))
    assert answer.header("Strict-Transport-Security") is None
    page = ada.get("/account/sessions").text
    assert address not in page and "127.0.0.1" in page


def test_signing_in_gives_a_new_session_and_ends_the_one_before(ada):
    old = session_of(ada)
    before = dict(ada.cookies)
    assert ada.post("/sign-in", {"login": ada.name, "password": ada.password}).status == 303
    assert session_of(ada) != old
    stale = Visitor(ada.site)
    stale.cookies = before
    assert stale.get("/projects").status == 303


def test_a_session_that_was_signed_out_is_over_whoever_has_its_cookie(ada):
    thief = Visitor(ada.site)
    thief.cookies = dict(ada.cookies)
    assert thief.get("/projects").status == 200
    assert ada.post("/sign-out").status == 303
    assert not any(name.endswith("session") for name in ada.cookies)
    assert thief.get("/projects").status == 303


def test_made_up_sessions_are_nobodys(visitor, ada):
    name = next(name for name in ada.cookies if name.endswith("session"))
    good = session_of(ada)
    near = (good[:-1], good + "A", good.swapcase())
    for value in (*near, "", "x", "A" * 43, "A" * 8_000, "' OR 1=1 -- ", "%00", "\xff"):
        visitor.cookies = {name: value}
        assert visitor.get("/projects").status == 303, value


def test_a_flash_message_can_not_be_made_up(visitor, ada):
    ada.post(f"/projects/{ada.new_project().id}/deletion")
    name, value = next((name, value) for name, value in ada.cookies.items() if name.endswith("flash"))
    payload, seal = value.split(".")
    for forged in (f"{payload}.{seal[:-2]}AA", f"A{payload[1:]}.{seal}", payload, ".", "x.y"):
        ada.cookies[name] = forged
        page = ada.get("/projects").text
        assert "class=\"flash\"" not in page
    ada.cookies[name] = value
    assert "Deleted “Greetings”." in ada.get("/projects").text


def test_guessing_a_password_is_stopped_and_an_unknown_name_is_no_different(site, ada):
    said = {}
    for login in (ada.name, f"nobody-{secrets.token_hex(5)}"):
        guesser = Visitor(site)
        answers = [guesser.post("/sign-in", {"login": login, "password": f"guess {n}"}) for n in range(11)]
        assert [answer.status for answer in answers] == [422] * 10 + [429]
        assert int(answers[-1].header("Retry-After")) > 0
        said[login] = [re.findall(r'role="alert">([^<]*)', answer.text) for answer in answers]
    assert len({str(words) for words in said.values()}) == 1
    # The right password does not get in either until the window is over.
    assert Visitor(site).post("/sign-in", {"login": ada.name, "password": ada.password}).status == 429


def test_a_name_that_looks_the_same_is_the_same(site, ada):
    double = Person(site, "double")
    double.name = ada.name.upper()
    answer = double.post("/sign-up", {"username": double.name, "email": double.email, "password": double.password})
    assert answer.status == 422
    assert "This username is taken" in answer.text
    assert Visitor(site).post("/sign-in", {"login": ada.name.upper(), "password": ada.password}).status == 303


def test_a_setup_address_that_was_not_printed_is_not_there(visitor):
    fields = {"username": "root", "email": "root@example.org", "password": "a quiet desk for code"}
    for token in ("x", "A" * 43, "..", "%2e%2e", "' OR 1=1"):
        path = f"/setup/{token.replace(' ', '%20')}"
        assert visitor.get(path).status == 404
        assert visitor.post(path, fields).status == 404
