"""What a table's browser keeps to open the page without a network: whole, the same for everybody, and no more."""

import json
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.test import Client
from django.urls import reverse

from conference.actions.codes import issue_codes
from conference.models import User
from inputs.views.offline import STATIC_FILES
from tests.factories import TableFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def table(question) -> Client:
    """Table 7, where AN writes."""
    table = TableFactory(conference=question.session.conference, number=7)
    [issued] = issue_codes(question.session.conference, by=User.objects.system())
    table.note_takers.update(name="AN")
    client = Client()
    client.post("/bord/logg-inn/", {"code": issued.code})
    return client


def facts(client: Client, **headers: str) -> dict[str, object]:
    script = client.get("/sw.js", headers=headers).content.decode()
    return json.loads(re.match(r"self\.kept = (.*);\n", script)[1])


def test_the_worker_stands_at_the_root_and_is_asked_for_anew_each_time(client):
    response = client.get("/sw.js")
    assert (response["Content-Type"], response["Cache-Control"]) == ("text/javascript; charset=utf-8", "no-cache")
    assert response.content.decode().endswith('importScripts("/static/app/table-worker.js");\n')


def test_the_worker_is_told_what_to_keep_and_never_the_interface(client):
    kept = facts(client)
    assert (kept["page"], kept["shell"]) == (reverse("table"), reverse("table_shell"))
    assert kept["files"] == [f"/static/{name}" for name in STATIC_FILES]


def test_the_version_changes_with_the_language_and_with_the_page_and_not_by_itself(client, monkeypatch):
    first = facts(client)["version"]
    assert facts(client)["version"] == first
    assert facts(client, accept_language="nn")["version"] != first
    monkeypatch.setattr("inputs.views.offline.STATIC_FILES", STATIC_FILES[1:])
    assert facts(client)["version"] != first


def test_in_development_a_file_that_was_changed_changes_the_version(client, monkeypatch, settings, tmp_path):
    settings.DEBUG = True
    first = facts(client)["version"]
    assert facts(client)["version"] == first
    changed = tmp_path / "table.js"
    changed.write_text("changed")
    found = finders.find
    monkeypatch.setattr(
        "inputs.views.offline.finders.find", lambda name: str(changed) if name == "app/table.js" else found(name)
    )
    assert facts(client)["version"] != first


def test_the_shell_is_the_same_for_everybody_and_sets_no_cookie(client, table):
    response, at_table = client.get("/bord/skall/"), table.get("/bord/skall/")
    assert response.content == at_table.content
    assert (response["Cache-Control"], len(response.cookies)) == ("no-cache", 0)
    assert [part for part in ("csrf", '/AN"', "Bord 7") if part in response.content.decode()] == []
    assert '/AN"' in table.get("/bord/").content.decode()  # where it would have come from


def addresses(text: str) -> set[str]:
    """The static files that a page or a style sheet fetches."""
    return set(re.findall(r'(?:src|href|script)="/static/([^"]+)"', text))


def test_all_that_the_shell_fetches_is_kept_and_nothing_else():
    fetched = addresses(render_to_string("inputs/table_shell.html"))
    for name in [name for name in fetched if name.endswith(".css")]:
        sheet = Path(finders.find(name))
        folder = Path(name).parent
        for address in re.findall(r"""(?:url\(|@import\s+)["']?(?!data:)([^"')\s]+)""", sheet.read_text()):
            fetched.add(str((Path("/") / folder / address).resolve())[1:])
    assert fetched == set(STATIC_FILES)


def test_the_tables_page_and_its_shell_have_the_same_scripts(table):
    def scripts(text: str) -> list[str]:
        return re.findall(r'<script src="/static/app/(table[^"]*)"', text)

    assert scripts(table.get("/bord/").content.decode()) == scripts(render_to_string("inputs/table_shell.html"))
