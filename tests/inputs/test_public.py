"""What everybody can read: only what was switched on or published, the same for all, and nothing internal."""

import json
import re
import zipfile
from io import BytesIO, StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from lxml import html

from conference.models import PublicPage, Question, SubQuestion, VideoLink
from inputs.actions import versions
from inputs.models import Input, VersionFile
from inputs.public.static_site import MARK
from tests.factories import ConferenceFactory, QuestionFactory, make_publication, make_version
from tests.inputs.publishing import a_point, finished, opened, published
from tests.inputs.report.pdf_reading import text_of as pdf_text

pytestmark = pytest.mark.django_db

PLACES = ["", "rapport/", "rapport/1/", "sporsmal/", "sporsmal/en/", "video/", "personvern/nn/", "tilgjengelighet/"]
FILES = [f"rapport/1/rapport.{kind}" for kind in ("pdf", "docx", "html", "md", "json")]


@pytest.fixture
def conference(editor):
    conference = finished(by=editor)
    conference.programme.create(starts_at="09:00", title="Velkommen")
    SubQuestion.objects.create(question=Question.objects.get(), letter="a", text="på kvelden")
    VideoLink.objects.create(conference=conference, title="Dagen", url="https://video.example.org/1")
    return conference


@pytest.fixture
def whole(conference, editor):
    """All is switched on, and the report is published."""
    opened(
        conference,
        editor,
        shows_programme=True,
        shows_questions=True,
        shows_videos=True,
        publisher="Eksempeldepartementet",
        contact="dialog@example.org",
        privacy="Vi passer **godt** på <script>.",
    )
    return published(conference, editor)


def get(place="", slug="dialog", **headers):
    return Client().get(f"/offentlig/{slug}/{place}", headers=headers)


def text_of(answer):
    return html.document_fromstring(answer.content.decode()).text_content()


# --- what is public ---


def test_unknown_unpublished_and_rehearsed_are_answered_alike(conference, editor):
    ConferenceFactory(slug="ovelse", title="ØVELSE", rehearsal_of=conference)
    PublicPage.objects.create(conference=conference, shows_programme=True, shows_questions=True)
    answers = [get(place, slug) for slug in ("finnes-ikke", "dialog", "ovelse") for place in (*PLACES, *FILES)]
    assert {answer.status_code for answer in answers} == {404}

    def told(answer):
        """The page without what it must hold: the form's token and the address that was asked for."""
        return re.sub(r'value="[^"]*"|X-CSRFToken[^}]*', "", answer.content.decode())

    assert len({told(answer) for answer in answers}) == 1


@pytest.mark.parametrize(
    ("switch", "place", "words"),
    [
        ("shows_programme", "", "Velkommen"),
        ("shows_questions", "sporsmal/", "Hva skal til?"),
        ("shows_videos", "video/", "Dagen"),
    ],
)
def test_each_part_is_shown_by_its_own_switch_alone(switch, place, words, conference, editor):
    opened(conference, editor)
    before = [text_of(get(one)) if get(one).status_code == 200 else "" for one in PLACES]
    assert not any(words in page for page in before)
    opened(conference, editor, **{switch: True})
    assert words in text_of(get(place))


def test_opening_the_page_publishes_no_report(conference, editor):
    make_version(conference)
    opened(conference, editor)
    assert (get().status_code, get("rapport/").status_code, get(FILES[0]).status_code) == (200, 404, 404)
    assert "Rapporten" not in text_of(get())


def test_a_published_report_is_read_though_the_page_is_closed(conference, editor):
    make_publication(make_version(conference))
    assert (get().status_code, get("rapport/").status_code) == (200, 200)
    assert "Velkommen" not in text_of(get())


def test_the_report_is_the_frozen_one(whole, conference, editor):
    from inputs.actions import points

    point = a_point(conference)
    points.reword(point, text="Ikke publisert ennå.", version=point.version, by=editor)
    page = html.document_fromstring(get("rapport/").content.decode())
    [bullet] = page.xpath(f"//li[@id='p-{point.key.hex[:12]}']")
    assert bullet.text_content().strip() == "Flere kurs på kveldstid."
    assert bullet.xpath(".//a/@href") == [f"#p-{point.key.hex[:12]}"]
    assert page.xpath("//h1/text()") == ["Dialogmøtet"]
    assert "Ikke publisert" not in page.text_content()


def test_a_download_says_its_format_and_size_and_is_the_bytes_that_were_frozen(whole):
    page = html.document_fromstring(get("rapport/").content.decode())
    links = page.xpath("//div[@class='public-files']//a/@href")
    assert links == [f"../{file}" for file in FILES]
    for file in FILES:
        kind = file.rpartition(".")[2]
        stored = VersionFile.objects.get(version=whole, kind=kind)
        assert get(file).content == bytes(stored.content)
        assert get(file)["Content-Disposition"] == f'attachment; filename="dialog-1.{kind}"'
    assert "KB" in page.xpath("string(//div[@class='public-files'])")


def test_the_article_is_no_download(whole):
    assert get("rapport/1/rapport.page").status_code == 404
    assert get("rapport/1/rapport.xlsx").status_code == 404
    assert get("rapport/2/rapport.pdf").status_code == 404


def test_a_correction_says_what_and_the_former_edition_stays_at_its_address(conference, editor):
    make_publication(make_version(conference))
    make_publication(make_version(conference), said="Et punkt manglet.")
    newest, first = text_of(get("rapport/")), text_of(get("rapport/1/"))
    assert re.search(r"Rettet \d+\. \w+ \d{4}: Et punkt manglet\.", newest)
    assert "Først publisert" in newest
    assert "Dette er en tidligere utgave." in first
    assert b'<meta name="robots" content="noindex">' in get("rapport/1/").content


def test_a_withdrawn_report_says_when_and_why_and_its_files_are_gone(conference, editor):
    made = make_version(conference)
    make_publication(make_version(conference))
    made = conference.versions.order_by("pk").last()
    versions.withdraw(made, reason="Feil i et tall.", by=editor)
    for place in ("", "rapport/", "rapport/2/"):
        said = text_of(get(place))
        assert "Feil i et tall." in said
        assert re.search(r"Rapporten ble trukket tilbake \d+\. \w+ \d{4}\.", said)
    assert get("rapport/2/rapport.pdf").status_code == 404


def test_an_older_edition_never_comes_back_by_itself(conference, editor):
    make_publication(make_version(conference))
    newest = make_version(conference)
    make_publication(newest, said="Rettet.")
    versions.withdraw(newest, reason="Feil.", by=editor)
    assert "Rapporten ble trukket tilbake" in text_of(get("rapport/"))
    assert get("rapport/1/rapport.pdf").status_code == 200


def test_questions_privacy_and_accessibility_come_in_three_languages(whole):
    for place, words in [
        ("sporsmal", {"nb": "Spørsmålene", "nn": "Spørsmåla", "en": "The questions"}),
        ("personvern", {"nb": "Rettighetene dine", "nn": "Rettane dine", "en": "Your rights"}),
        ("tilgjengelighet", {"nb": "ikke er testet", "nn": "ikkje er testa", "en": "What was not tested"}),
    ]:
        for language, said in words.items():
            answer = get(f"{place}/{language}/")
            assert answer["Content-Language"] == language
            assert said in text_of(answer)
        assert get(f"{place}/xx/").status_code == 404


def test_what_was_written_in_the_set_up_is_text(whole):
    page = html.document_fromstring(get("personvern/").content.decode())
    assert page.xpath("//script") == []
    assert page.xpath("//strong/text()") == ["godt"]
    assert page.xpath("//a[@href='mailto:dialog@example.org']")


# --- the same for everybody, at little cost ---


@pytest.mark.parametrize("place", [*PLACES, *FILES])
def test_an_answer_costs_three_queries_at_most_sets_no_cookie_and_is_cacheable(place, whole):
    client = Client()
    client.cookies["sessionid"] = "somebody"
    with CaptureQueriesContext(connection) as captured:
        answer = client.get(f"/offentlig/dialog/{place}", headers={"accept-language": "en"})
    assert answer.status_code == 200
    assert len(captured) <= 3
    assert not any("django_session" in query["sql"] for query in captured)
    assert (answer["Cache-Control"], answer.has_header("Vary")) == ("public, max-age=60", False)
    assert list(answer.cookies) == []
    assert answer.content == get(place).content


@pytest.mark.parametrize("place", ["", "rapport/", FILES[0]])
def test_a_reader_who_has_it_already_is_told_so(place, whole):
    first = get(place)
    again = get(place, if_none_match=first["ETag"])
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", first["ETag"])
    assert again["Cache-Control"] == "public, max-age=60"
    assert get(place, if_none_match='"another"').status_code == 200


def test_a_file_says_when_it_was_published(whole):
    answer = get(FILES[0])
    assert get(FILES[0], if_modified_since=answer["Last-Modified"]).status_code == 304


def test_a_withdrawal_is_seen_at_once_by_who_asks_the_server(whole, editor):
    etag = get("rapport/")["ETag"]
    versions.withdraw(whole, reason="Feil.", by=editor)
    assert get("rapport/", if_none_match=etag).status_code == 200


@pytest.mark.parametrize("place", PLACES)
def test_only_looking_is_possible(place, whole):
    assert Client().post(f"/offentlig/dialog/{place}").status_code == 405
    assert Client().head(f"/offentlig/dialog/{place}").status_code == 200


# --- nothing internal ---


def unpacked(content: bytes, kind: str) -> str:
    """All text of a file, also what its reader would not show."""
    if kind == "docx":
        with zipfile.ZipFile(BytesIO(content)) as archive:
            return "".join(archive.read(name).decode("utf-8", "replace") for name in archive.namelist())
    if kind == "pdf":
        return pdf_text(content) + content.decode("latin-1")
    return content.decode()


def test_no_page_and_no_file_holds_a_count_a_source_an_author_or_a_hidden_id(whole, editor):
    notes = list(Input.objects.all())
    secret = [
        *(note.external_id for note in notes),
        *(note.key.hex for note in notes),
        *(str(note.key) for note in notes),
        str(whole.key),
        whole.key.hex,
        editor.name,
        editor.email,
        "hemmelig",
        '"tables"',
        '"sources"',
        "1 bord",
        "bord 31",
        "Bord 31",
    ]
    for place in [*PLACES, *FILES]:
        kind = place.rpartition(".")[2] if "." in place else "html"
        said = unpacked(get(place).content, kind)
        assert "Flere kurs" in said or not place.startswith("rapport")
        assert [word for word in secret if word in said] == [], place


def test_the_data_keep_to_the_format(whole):
    found = json.loads(get("rapport/1/rapport.json").content)
    assert (found["format"], "draft" in found, "internal" in found) == ("rnik.report/1", False, False)


# --- as files ---


def export(*arguments):
    out, wrong = StringIO(), StringIO()
    try:
        call_command("export_site", *map(str, arguments), stdout=out, stderr=wrong)
    except SystemExit as end:
        return int(str(end.code)), wrong.getvalue()
    return 0, out.getvalue()


def tree(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_the_site_is_written_whole_with_relative_links_alone(whole, tmp_path):
    code, said = export("dialog", tmp_path / "ut")
    files = tree(tmp_path / "ut")
    assert code == 0
    assert re.fullmatch(rf"{len(files) - 1} files, 1 editions, \d+ bytes written to .*ut\n", said)
    assert {*FILES, *(f"{place}index.html" for place in PLACES)} < set(files)
    assert files[FILES[0]] == get(FILES[0]).content
    for path, content in files.items():
        if path.endswith("index.html"):
            page = html.document_fromstring(content.decode())
            for link in page.xpath("//@href | //@src"):
                if link.startswith(("#", "https://video.example.org/", "mailto:")):
                    continue
                target = (tmp_path / "ut" / path).parent / link.partition("#")[0]
                target = target / "index.html" if link.endswith("/") else target
                assert not link.startswith("/"), (path, link)
                assert target.resolve().is_file(), (path, link)


def test_the_same_site_is_the_same_bytes(whole, tmp_path):
    export("dialog", tmp_path / "en")
    export("dialog", tmp_path / "to")
    assert tree(tmp_path / "en") == tree(tmp_path / "to")


def test_a_withdrawn_edition_is_told_and_not_written(whole, editor, tmp_path):
    export("dialog", tmp_path / "ut")
    versions.withdraw(whole, reason="Feil.", by=editor)
    assert export("dialog", tmp_path / "ut", "--replace")[0] == 0
    files = tree(tmp_path / "ut")
    assert not set(FILES) & set(files)
    assert "Feil." in files["rapport/index.html"].decode()


def test_a_folder_that_is_not_empty_is_left_alone(whole, tmp_path):
    (tmp_path / "viktig.txt").write_text("mitt")
    for more in ([], ["--replace"]):
        code, said = export("dialog", tmp_path, *more)
        assert (code, "is not an empty folder" in said) == (1, True)
    assert tree(tmp_path) == {"viktig.txt": b"mitt"}


def test_replacing_takes_the_place_of_an_earlier_export_alone(whole, tmp_path):
    export("dialog", tmp_path / "ut")
    (tmp_path / "ut" / "gammel.html").write_text("gammel")
    assert export("dialog", tmp_path / "ut")[0] == 1
    assert export("dialog", tmp_path / "ut", "--replace")[0] == 0
    assert not (tmp_path / "ut" / "gammel.html").exists()
    assert (tmp_path / "ut" / MARK).is_file()
    assert [path.name for path in tmp_path.iterdir()] == ["ut"]


def test_what_cannot_be_written_says_so_and_leaves_the_former_site(whole, tmp_path, monkeypatch):
    export("dialog", tmp_path / "ut")
    before = tree(tmp_path / "ut")
    monkeypatch.setattr(
        "inputs.public.static_site._installed", lambda _path: (_ for _ in ()).throw(OSError(28, "fullt"))
    )
    assert export("dialog", tmp_path / "ut", "--replace")[0] == 1
    assert (tree(tmp_path / "ut"), [path.name for path in tmp_path.iterdir()]) == (before, ["ut"])
    assert export("dialog", tmp_path / "mangler" / "ut")[0] == 1


def test_nothing_public_and_nobody_there_are_refused(conference, tmp_path):
    assert "nothing of “dialog” is public" in export("dialog", tmp_path / "ut")[1]
    assert export("finnes-ikke", tmp_path / "ut")[0] == 1
    assert not (tmp_path / "ut").exists()
    with pytest.raises(CommandError):
        call_command("export_site", "dialog")


def test_a_hundred_questions_cost_what_one_does(whole, conference):
    session = conference.sessions.get()
    for number in range(2, 12):
        SubQuestion.objects.create(question=QuestionFactory(session=session, number=number), letter="a", text="x")
    with CaptureQueriesContext(connection) as captured:
        page = html.document_fromstring(get("sporsmal/").content.decode())
    assert (len(captured), len(page.xpath("//ol/li"))) == (3, 11)


def test_an_address_is_what_links_say(whole):
    assert reverse("public_file", args=["dialog", 1, "pdf"]) == "/offentlig/dialog/rapport/1/rapport.pdf"
