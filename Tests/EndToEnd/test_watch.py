"""The watch over all browsers notices what it is there for."""
from .support.browsing import Browsing


def faults_of(browser, visitor, act):
    browsing = Browsing(browser, visitor)
    page = browsing.page("/")
    act(page)
    page.wait_for_timeout(50)
    faults = browsing.watch.faults
    browsing.close()
    return "\n".join(faults)


def test_a_request_to_another_host_is_a_fault(browser, visitor):
    ask = "fetch('http://example.invalid/x').catch(() => {})"
    found = faults_of(browser, visitor, lambda page: page.evaluate(ask))
    assert "http://example.invalid/x" in found


def test_what_the_content_security_policy_refuses_is_a_fault(browser, visitor):
    style = "document.body.setAttribute('style', 'color: red')"
    assert "Content Security Policy" in faults_of(browser, visitor, lambda page: page.evaluate(style))


def test_an_error_of_a_script_is_a_fault(browser, visitor):
    throw = "setTimeout(() => { throw new Error('mishap') }) && undefined"
    assert "mishap" in faults_of(browser, visitor, lambda page: page.evaluate(throw))


def test_a_page_without_faults_has_none(browser, visitor):
    assert faults_of(browser, visitor, lambda page: page.reload()) == ""
