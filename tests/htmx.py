"""What a browser with htmx does with an answer, so that a test can compare it with the page loaded anew."""

import re
from typing import Any

from django.test import Client
from lxml import html

HEADERS = {"HX-Request": "true", "HX-Boosted": "true", "HX-Target": "content"}


def post(client: Client, address: str, data: dict[str, Any] | None = None) -> Any:
    """A boosted form: sent by htmx, every redirect followed with the same headers, as the browser does."""
    return client.post(address, data or {}, headers=HEADERS, follow=True)


def swap(page: str, answer: str) -> str:
    """The page after the answer has been put into it, in the form that `normal` gives."""
    tree = html.document_fromstring(page)
    parts = html.fragments_fromstring(answer.strip())
    content = tree.get_element_by_id("content")
    _empty(content)
    for part in parts:
        assert not isinstance(part, str), part
        if part.get("hx-swap-oob"):
            place = tree.get_element_by_id(part.get("id"))
            _empty(place)
            place.text = part.text
            place.extend(list(part))
        elif part.tag == "title":
            title = tree.find(".//head/title")
            assert title is not None
            title.text = part.text
        else:
            part.tail = None
            content.append(part)
    return normal(html.tostring(tree, encoding="unicode"))


def put(page: str, fragments: str) -> str:
    """The page after desk.js has put each of the fragments in its place, in the form that `normal` gives."""
    tree = html.document_fromstring(page)
    for part in html.fragments_fromstring(fragments.strip()):
        part.tail = None
        places = {name: part.attrib.pop(name, None) for name in ("data-after", "data-first-in", "data-last-in")}
        old = tree.get_element_by_id(part.get("id"), None)
        after, first, last = (tree.get_element_by_id(place, None) for place in places.values())
        if part.get("data-gone") is not None:
            if old is not None:
                old.drop_tree()
        elif old is not None:
            old.getparent().replace(old, part)
        elif after is not None:
            after.addnext(part)
        elif first is not None:
            first.insert(0, part)
        else:
            (last if last is not None else tree.get_element_by_id("notes")).append(part)
    return normal(html.tostring(tree, encoding="unicode"))


def normal(page: str) -> str:
    """The page without what differs each time: tokens, keys of new forms, pace, messages, space between elements."""
    tree = html.document_fromstring(page)
    for field in tree.xpath("//input[@name='csrfmiddlewaretoken' or (@name='key' and @type='hidden')]"):
        field.set("value", "")
    for polling in tree.xpath("//*[@data-poll]"):
        polling.set("hx-trigger", "")
    for live in tree.xpath("//*[@data-live]"):
        for name in ("data-since", "data-seen", "data-every"):
            live.attrib.pop(name, None)
    body = tree.find("body")
    assert body is not None
    body.attrib.pop("hx-headers", None)
    for name in ("messages", "desk-said"):
        if (told := tree.get_element_by_id(name, None)) is not None:
            _empty(told)
            told.attrib.pop("data-done", None)
    written = html.tostring(tree, encoding="unicode")
    return re.sub(r"\s+", " ", re.sub(r">\s+", ">", re.sub(r"\s+<", "<", written)))


def _empty(element: Any) -> None:
    element.text = None
    for child in list(element):
        element.remove(child)
