"""Every kind of page that a link leads to, in Chromium: axe, 320 pixels, the keyboard alone, light and dark."""

import pytest
from django.urls import resolve
from playwright.sync_api import Page

from conference.actions.codes import issue_codes
from conference.models import Conference, Membership, Role, User
from inputs.actions.demo import seed_demo
from tests.browser.axe import violations
from tests.inputs.desk import logged_in
from tests.test_crawl import links

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

#: How a page is looked at: width in pixels and colour scheme.
LOOKS = [(390, "dark"), (1280, "light")]
NARROW = 320
#: An administrator's pages are looked at in so many tests, since one process would be left with all of them.
SHARES = 2

#: What has focus: whether it can be seen that it has, and a name for the failure.
FOCUSED = """() => {
  const it = document.activeElement;
  if (!it || it === document.body) return null;
  const marked = (one) => one.outlineStyle !== "none" || one.boxShadow !== "none";
  // The skip link is seen because it comes forth.
  const around = [it, it.parentElement, it.nextElementSibling].filter(Boolean).map((one) => getComputedStyle(one));
  const seen = it.matches(".ds-skip-link") || around.some(marked);
  return { seen, name: `${it.tagName} ${it.id} ${it.textContent.trim().slice(0, 40)}` };
}"""
LAST = """() => {
  const all = [...document.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex='0']")];
  const reached = (one) => one.checkVisibility() && !one.disabled && one.tabIndex >= 0 && one.type !== "radio";
  const within = all.filter(reached);
  within.at(-1).dataset.last = "yes";
  // A date has a stop for each of its parts.
  return within.length + 6 * within.filter((one) => /^(date|time)/.test(one.type)).length;
}"""


@pytest.fixture
def conference(transactional_db) -> Conference:
    seed_demo("for denne ene testen")
    return Conference.objects.get()


def faults(page: Page, address: str, *, keyboard: bool = True) -> list[object]:
    """What is wrong with one page, in any of its looks."""
    found: list[object] = []
    for width, scheme in LOOKS:
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=scheme)
        page.goto(address)
        results = violations(page)
        found += [(width, scheme, one["id"], one["nodes"][0]["target"]) for one in results]
    page.set_viewport_size({"width": NARROW, "height": 900})
    if (wide := page.evaluate("document.documentElement.scrollWidth")) > NARROW:
        found.append(f"{wide} pixels wide where there are {NARROW}")
    if keyboard:
        found += tabbed(page)
    return found


def tabbed(page: Page) -> list[str]:
    """From the top to the last thing that can be reached, by Tab alone; focus can always be seen."""
    stops = page.evaluate(LAST)
    page.evaluate("document.activeElement.blur()")
    hidden = []
    for _stop in range(stops + 10):
        page.keyboard.press("Tab")
        focused = page.evaluate(FOCUSED)
        if focused and not focused["seen"]:
            hidden.append(f"focus cannot be seen on {focused['name']}")
        if page.evaluate("document.activeElement.dataset.last"):
            return hidden
    return [*hidden, "the keyboard does not reach the last link, field or button"]


def one_of_each_kind(client, start: list[str]) -> dict[str, str]:
    """View name -> the first address of that kind that links lead to; files are left out."""
    kinds: dict[str, str] = {}
    waiting = list(start)
    while waiting:
        address = waiting.pop(0)
        name = resolve(address.split("?")[0]).view_name
        if name in kinds or name.startswith("admin:"):
            continue
        response = client.get(address)
        if response.status_code == 200 and "Content-Disposition" not in response:
            kinds[name] = address
            waiting += links(response.content.decode(), address)
    return kinds


@pytest.mark.parametrize("share", range(SHARES))
def test_what_an_administrator_sees(share, conference, page, context, live_server):
    member = Membership.objects.get(conference=conference, role=Role.ADMINISTRATOR)
    client = logged_in(member.user)
    context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}])
    kinds = one_of_each_kind(client, ["/"])
    assert {"home", "conference", "report", "report_chapter", "desk", "point", "password_change"} <= set(kinds)
    mine = list(kinds.items())[share::SHARES]
    found = {name: faults(page, live_server.url + address) for name, address in mine}
    assert {name: wrong for name, wrong in found.items() if wrong} == {}


def test_what_a_table_and_a_visitor_see(conference, page, context, live_server):
    found = {
        address: faults(page, live_server.url + address) for address in ("/logg-inn/", "/bord/logg-inn/", "/nei/")
    }
    issued = issue_codes(conference, by=User.objects.system())[0]
    page.goto(f"{live_server.url}/bord/logg-inn/#{issued.code}")
    page.locator("#table-login button[type=submit]").click()
    page.wait_for_url("**/bord/")
    found["/bord/"] = faults(page, f"{live_server.url}/bord/")
    assert {name: wrong for name, wrong in found.items() if wrong} == {}
