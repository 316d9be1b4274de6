"""The ledger adds up: in all, per table and per question; each number is that of the list it leads to."""

import re
from io import BytesIO
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from lxml import html
from openpyxl import load_workbook

from inputs.account import Sums, read_account
from inputs.actions import dispositions, entry, points
from inputs.actions.reasons import reason_for
from inputs.chronicle import VERBS
from inputs.models import Input, InputSource
from inputs.report.export import Format, export
from tests.factories import (
    NoteTakerFactory,
    QuestionFactory,
    SessionFactory,
    TableFactory,
    make_input,
    make_sheet,
)
from tests.inputs.desk import address, picture
from tests.test_crawl import links

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).resolve().parents[2]

LEDGER = "/konferanse/dialog/regnskap/"
APPENDIX = f"{LEDGER}fra-innspill-til-punkt/"
ALONE = f"{LEDGER}ett-bord/"


@pytest.fixture
def tables(conference):
    return [TableFactory(conference=conference, number=n) for n in (1, 2, 3)]


@pytest.fixture
def said(question, tables, editor):
    """Seven inputs: two in one point, one remaining, one withdrawn, one unclear, one unplaced, one from plenary."""
    conference = question.session.conference
    used = [make_input(question, f"Brukt {n}", table=tables[n], external_id=f"b{n}") for n in range(2)]
    left = make_input(question, "Gjenstår", table=tables[0])
    back, unclear = make_input(question, "Trukket", table=tables[1]), make_input(question, "Uklart", table=tables[1])
    make_input(None, "Uplassert", session=question.session, table=tables[0])
    make_input(question, "Fra salen", source=InputSource.PLENARY)
    [point] = dispositions.accept(used[:1], by=editor)
    dispositions.attach(point, used[1:], by=editor)
    entry.withdraw(back, by=editor)
    entry.withdraw(used[0], by=editor)
    dispositions.set_aside([unclear], reason=reason_for(conference, "unclear"), by=editor, comment="Hva menes?")
    Input.objects.filter(pk=left.pk).update(late=True)
    make_sheet(question.session, note_taker=NoteTakerFactory(table=tables[2]))
    return point


def test_the_account_adds_up_in_every_line_and_in_all(said, conference, tables):
    account = read_account(conference)
    assert account.total == Sums(written=7, used=2, set_aside=2, unhandled=3, late=1, withdrawal=1, unplaced=1)
    assert [(line.table, line.sums.written, line.undivided) for line in account.tables] == [
        (tables[0], 3, 0),
        (tables[1], 3, 0),
        (tables[2], 0, 1),
        (None, 1, 0),
    ]
    assert [line.sums.written for line in account.questions] == [6, 1]
    assert sum((line.sums for line in account.tables), Sums()) == account.total
    assert sum((line.sums for line in account.questions), Sums()) == account.total
    assert [(line.code, line.inputs) for line in account.reasons] == [("unclear", 1), ("withdrawn", 1)]
    assert (account.undivided, account.is_settled) == (1, False)


def test_each_number_leads_to_a_list_of_as_many(said, at_desk):
    page = html.fromstring(at_desk.get(LEDGER).content)
    followed = 0
    for link in page.xpath("//td//a | //ul[@class='reasons']//a"):
        number = link.getnext().text if link.getparent().tag == "li" else link.text or link.find("strong").text
        assert at_desk.get(link.get("href")).context["number"] == int(number), link.get("href")
        followed += 1
    assert followed > 20


def test_it_says_in_a_sentence_what_remains_and_when_nothing_does(said, conference, at_desk, editor):
    page = at_desk.get(LEDGER).content.decode()
    for sentence in ("3 of 7 inputs</a> remain", "1 input</a> stands under no question", "1 minutes sheet</a> holds"):
        assert sentence in page, sentence
    conference.sessions.get().sheets.update(text="")
    left = Input.objects.filter(lead_source=None, set_aside=None)
    dispositions.set_aside(left, reason=reason_for(conference, "test"), by=editor)
    page = at_desk.get(LEDGER).content.decode()
    assert "All 7 inputs are accounted for" in page
    assert (
        "remain" not in html.fromstring(page).xpath("//div[contains(@class, 'ds-alert section')]")[0].text_content()
    )


def test_an_empty_conference_has_a_ledger(conference, at_desk):
    assert "No inputs yet" in at_desk.get(LEDGER).content.decode()


def workbook(client, query=""):
    response = client.get(f"{APPENDIX}xlsx/{query}")
    sheet = load_workbook(BytesIO(response.content)).active
    head, *rows = sheet.iter_rows(values_only=True)
    return [dict(zip(head, row, strict=True)) for row in rows], sheet


def test_the_appendix_tells_of_each_input_what_it_became(said, at_desk, editor):
    rows, _sheet = workbook(at_desk)
    told = [(row["Input"], row["Table"], row["As it was said"], row["What became of it"]) for row in rows]
    assert told[:2] == [
        ("b0", 1, "Brukt 0", "used: kept as it was said"),
        ("b1", 2, "Brukt 1", "used: the same point again"),
    ]
    assert [row[3] for row in told[2:]] == [
        "remaining",
        "set aside: Trukket tilbake av bordet",
        "set aside: Ikke til å forstå",
        "remaining",
        "remaining",
    ]
    assert [(row["Text in the report"], row["Point"], row["By"]) for row in rows[:2]] == [
        ("Brukt 0", said.key.hex, editor.name)
    ] * 2
    assert (rows[4]["Comment"], rows[2]["After the deadline"], rows[5]["Said under"]) == ("Hva menes?", True, "1")
    page = at_desk.get(APPENDIX)
    assert [row.text for row, _key in page.context["rows"]] == [row["As it was said"] for row in rows]


def test_an_input_of_two_points_has_two_rows_and_what_is_looked_for_has_its_own(question, said, at_desk, editor):
    both = Input.objects.get(external_id="b0")
    other = points.write(question, text="Et annet punkt", reason="Fra scenen", by=editor)
    dispositions.attach(other, [both], by=editor)
    rows, _sheet = workbook(at_desk, "?table=1&status=used")
    assert [(row["Input"], row["Text in the report"]) for row in rows] == [
        ("b0", "Brukt 0"),
        ("b0", "Et annet punkt"),
    ]


def test_no_text_of_the_appendix_is_a_formula(question, at_desk, editor):
    texts = ['=HYPERLINK("http://x")', "#N/A", "+1", "@SUM(A1)", "\t=1+1"]
    dispositions.accept([make_input(question, text, external_id=text) for text in texts], by=editor)
    _rows, sheet = workbook(at_desk)
    written = [cell for row in sheet.iter_rows(min_row=2) for cell in row if isinstance(cell.value, str)]
    assert {cell.data_type for cell in written} == {"s"}
    assert (
        len([cell for cell in written if cell.value in texts]) == len(texts) * 3 - 2
    )  # the tab is not kept in texts


def test_the_appendix_goes_on_where_the_page_ends(question, at_desk):
    made = [make_input(question, f"Innspill {n}") for n in range(52)]
    first = at_desk.get(APPENDIX)
    second = at_desk.get(APPENDIX, {"after": first.context["next_after"]})
    shown = [key for page in (first, second) for _row, key in page.context["rows"]]
    assert shown == [one.key for one in made]
    assert second.context["next_after"] is None


def test_a_point_is_said_at_so_many_tables_and_a_single_one_is_not_lost(question, tables, at_desk, editor):
    conference = question.session.conference
    many, alone = (
        [make_input(question, "Felles", table=table) for table in tables[:2]],
        make_input(question, "Bare oss", table=tables[2]),
    )
    [point] = dispositions.accept(many[:1], by=editor)
    dispositions.attach(point, many[1:], by=editor)
    [lonely] = dispositions.accept([alone], by=editor)
    for text, code in (("Til side", "unclear"), ("Dobbelt", "duplicate")):
        aside = make_input(question, text, table=tables[0])
        dispositions.set_aside([aside], reason=reason_for(conference, code), by=editor)
    found = at_desk.get(f"{ALONE}1/1/").context["lonely"]
    assert [(one.row.point, one.tables, one.of) for one in found.points] == [(lonely, 1, 3)]
    assert [(one.row.point, one.tables, one.of) for one in found.several] == [(point, 2, 3)]
    assert [one.input.text for one in found.aside] == ["Til side"]
    page = at_desk.get(f"{ALONE}1/1/").content.decode()
    assert "Said at 2 of 3 tables" in page
    assert [number for _question, number in at_desk.get(ALONE).context["rows"]] == [2]


def test_only_the_tables_that_had_the_question_are_counted(question, tables, at_desk, editor):
    question.tables.set(tables[:2])
    dispositions.accept([make_input(question, "Et poeng", table=tables[0])], by=editor)
    assert [one.of for one in at_desk.get(f"{ALONE}1/1/").context["lonely"].points] == [2]


@pytest.mark.parametrize("kind", [Format.HTML, Format.MD, Format.JSON])
def test_no_public_file_says_how_many_tables_said_it_or_whom_it_is_for(kind, said, question, conference, editor):
    from inputs.actions.levels import set_levels

    set_levels([said], ["state"], by=editor)
    public = export(conference, kind, draft=True).content.decode()
    internal = export(conference, kind, draft=True, internal=True).content.decode()
    for words in ('"tables": 2' if kind == Format.JSON else "2 bord", "staten"):
        assert words in internal, words
        assert words not in public, words
    assert "av 3 bord" not in internal  # of how many is for the desk alone


def test_the_log_tells_who_did_what_in_words_and_leads_on(said, question, at_desk, editor):
    log = f"{LEDGER}logg/"
    response = at_desk.get(log)
    assert [(deed.event.verb, deed.number) for deed in response.context["page"].deeds][:3] == [
        ("set_aside", 1),
        ("ask_withdrawal", 1),
        ("set_aside", 1),
    ]
    page = response.content.decode()
    assert address("point", question, said.key) not in page  # the verbs that made it name the inputs
    assert "Brukt 0" not in page
    assert "Hva menes?" not in page
    assert "attached inputs to a point" in page
    assert all(at_desk.get(link).status_code == 200 for link in links(page, log) if "/innspill/" in link)


def test_every_verb_of_the_history_has_words():
    acts = [path for app in ("conference", "inputs") for path in (ROOT / app / "actions").glob("*.py")]
    spelt = re.compile(r'verb="([a-z_]+)"|_record\(\s*"([a-z_]+)"')
    recorded = {one or other for path in acts for one, other in spelt.findall(path.read_text(encoding="utf-8"))}
    assert len(recorded) > 50
    assert recorded <= set(VERBS)


def test_the_log_is_narrowed_by_person_verb_question_and_day(said, question, at_desk, editor):
    def verbs(**asked):
        return [deed.event.verb for deed in at_desk.get(f"{LEDGER}logg/", asked).context["page"].deeds]

    other = QuestionFactory(session=question.session, number=2)
    points.write(other, text="Annet", reason="Fra scenen", by=at_desk.user)
    assert verbs(person=at_desk.user.pk) == ["write_point"] == verbs(question="1.2")
    assert verbs(verb="attach") == ["attach"]
    today = timezone.localdate(said.revisions.get().at)
    assert (len(verbs(day=today.isoformat())), verbs(day="2001-01-01")) == (len(verbs()), [])
    for nonsense in ({"person": "999999"}, {"verb": "x"}, {"question": "9.9"}, {"day": "i går"}):
        assert at_desk.get(f"{LEDGER}logg/", nonsense).status_code == 422
    for nonsense in ("tull", "-1", "²", "9" * 40):
        assert at_desk.get(f"{LEDGER}logg/", {"after": nonsense}).status_code == 200


def test_the_log_goes_on_where_the_page_ends(question, at_desk, editor, monkeypatch):
    monkeypatch.setattr("inputs.chronicle.PAGE", 3)
    made = [points.write(question, text=f"Punkt {n}", reason="Fra scenen", by=editor) for n in range(5)]
    seen, after = [], ""
    while after is not None:
        page = at_desk.get(f"{LEDGER}logg/", {"after": after, "verb": "write_point"}).context["page"]
        seen += [thing.key for deed in page.deeds for thing in deed.touched]
        after = page.next_after
    assert seen == [point.key for point in reversed(made)]


def test_nothing_of_another_conference_stands_in_the_ledger(said, question, at_desk, stranger):
    theirs = QuestionFactory(session=SessionFactory())
    make_input(theirs, "Deres hemmelighet")
    for where in (LEDGER, APPENDIX, f"{LEDGER}logg/", ALONE, f"{ALONE}1/1/"):
        assert "Deres hemmelighet" not in at_desk.get(where).content.decode()
        assert stranger.get(where).status_code == 404
    assert at_desk.get(f"{ALONE}{theirs.session.number + 50}/1/").status_code == 404
    assert len(workbook(at_desk)[0]) == 7


def test_looking_changes_nothing(said, reader):
    before = picture()
    for where in (LEDGER, APPENDIX, f"{APPENDIX}xlsx/", f"{LEDGER}logg/", ALONE, f"{ALONE}1/1/"):
        assert reader.get(where).status_code == 200
    assert picture() == before


@pytest.mark.parametrize("number", [1, 3])
def test_the_pages_cost_the_same_for_one_row_and_for_three(number, question, at_desk, editor):
    conference = question.session.conference
    for n in range(number):
        table = TableFactory(conference=conference, number=n + 1)
        QuestionFactory(session=question.session, number=n + 2)
        [point] = dispositions.accept([make_input(question, f"Alene {n}", table=table)], by=editor)
        points.reword(point, text=f"Ordlyd {n}", version=1, by=editor)
        aside = make_input(question, f"Til side {n}", table=table)
        dispositions.set_aside([aside], reason=reason_for(conference, "unclear"), by=editor)
    cost = {}
    for where in (LEDGER, APPENDIX, f"{APPENDIX}xlsx/", f"{LEDGER}logg/", ALONE, f"{ALONE}1/1/"):
        with CaptureQueriesContext(connection) as captured:
            assert at_desk.get(where).status_code == 200
        cost[where.removeprefix(LEDGER)] = len(captured)
    assert cost == {
        "": 8,
        "fra-innspill-til-punkt/": 11,
        "fra-innspill-til-punkt/xlsx/": 10,
        "logg/": 8,
        "ett-bord/": 6,
        "ett-bord/1/1/": 11,
    }
