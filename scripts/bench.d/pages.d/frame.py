"""The page around the rows, taken from our own page, so that a new look needs no new peers; only the row is theirs."""
import re


class Frame:
    """A page of ours, cut at its table's body. `head` and `tail` have marks where each answer differs."""

    MARKS = ("CSRF", "NONCE", "USERNAME")

    def __init__(self, page, browser):
        text = page.decode()
        self.csrf = re.search(r'name="csrf-token" content="([^"]+)"', text)[1]
        self.nonce = re.search(r'nonce="([^"]+)"', text)[1]
        username = re.search(r"bench-[0-9a-f]{12}", text)[0]
        for mark, value in zip(self.MARKS, (self.csrf, self.nonce, username)):
            text = text.replace(value, f"@{mark}@")
        head, rest = text.split("<tbody>\n", 1)
        _, tail = rest.split("    </tbody>", 1)
        self.head = head + "<tbody>\n"
        self.tail = "    </tbody>" + tail
        self.cookie, self.token = next(pair for pair in browser.cookies.items() if pair[0].endswith("-session"))

    def filled(self, part, **values):
        """A part with code of a peer's language at each mark."""
        for mark in self.MARKS:
            part = part.replace(f"@{mark}@", values[mark.lower()])
        return part

    @staticmethod
    def without_secrets(page):
        """The page with blanks for what is new in each answer."""
        for pattern in (rb'(name="csrf-token" content=")[^"]+', rb'(name="_csrf" value=")[^"]+', rb'(nonce=")[^"]+'):
            page = re.sub(pattern, rb"\1", page)
        return page
