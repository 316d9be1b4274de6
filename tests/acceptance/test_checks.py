"""What the checks find in the real report, whose slips are known. Kinds and counts, no words."""

from collections import Counter
from pathlib import Path

import pytest
from django.core.management import call_command
from django.utils.translation import override

from conference.models import Conference, Membership, Role
from inputs.actions import checks as acts
from inputs.findings import findings, read_edition
from inputs.hindrances import findings_in_the_way, hindrances
from tests.factories import UserFactory

pytestmark = [pytest.mark.acceptance, pytest.mark.django_db]
SLUG = "rnik-2024"


@pytest.fixture
def conference(acceptance_data: Path) -> Conference:
    call_command("load_conference", acceptance_data / "conference.json")
    call_command("import_inputs", SLUG, acceptance_data / "entries-sessions-1-2.csv")
    call_command("accept_inputs", SLUG)
    return Conference.objects.get(slug=SLUG)


def test_the_known_slips_of_the_real_report_are_found_and_little_else(conference):
    found = [one.finding for one in findings(read_edition(conference), conference)]
    numbers = Counter(finding.code.value for finding in found)
    assert numbers == {
        # N1: as many came as the limit is; N2, N3, N5: the survey's recipients
        "limit_said": 1, "recipients": 1, "recipients_by_group": 1,
        # N8 to N11: «8 av 10» without a base, words for numbers, a scale without counts, two small cells
        "base_missing": 1, "vague": 1, "scale_without_counts": 1, "small_cell": 1,
        # N13, N14: an introducer who is not in the summary, «en representant»; N15, N16: titles and a session's name
        "introducers_said": 1, "one_representative": 1, "title_said": 3, "session_title": 1,
        # N17: a hyphen, «deltager» in three chapters; N18: two items at one time, the closing not last
        "ministry_said": 1, "deltager": 3, "same_time": 1, "closing": 1,
        # N19, N20: slips that survived, six points and a paragraph without a full stop
        "slip": 7, "full_stop": 7,
        # abbreviations that nothing explains; a small group; lonely headings; session 3 has no points
        "abbreviation": 4, "small_group": 1, "one_point": 6, "without_points": 3,
        # what is loaded from a file is a draft until somebody calls it ready
        "draft_chapter": 9,
    }  # fmt: skip


def test_what_holds_in_the_real_report_is_left_alone(conference):
    """N1, N4, N6, N7, N21: the sums, the response rate, the rounded shares, the answers and the edition agree."""
    codes = {one.finding.code.value for one in findings(read_edition(conference), conference)}
    agree = {
        "participants",
        "participants_said",
        "share_said",
        "respondents",
        "answers",
        "ordinal",
        "weekday",
        "year",
    }
    assert not codes & (agree | {"sessions_said", "titles", "phone", "email", "national_id", "named", "maybe_named"})


def test_the_short_reading_agrees_and_two_persons_open_the_way(conference):
    assert [finding.code.value for finding in findings_in_the_way(conference)] == ["small_group"]
    first, second = UserFactory(), UserFactory()
    for user in (first, second):
        Membership.objects.create(conference=conference, user=user, role=Role.EDITOR)
    [group] = [one.finding for one in findings(read_edition(conference), conference) if one.finding.needs_second]
    acts.agree(acts.accept(conference, group, reason="Foreningen er spurt", by=first), by=second)
    assert hindrances(conference) == ()


def test_the_command_prints_the_same_and_ends_with_1_while_something_stands_in_the_way(conference, capsys):
    capsys.readouterr()
    with override("nb"), pytest.raises(SystemExit) as ended:
        call_command("check_report", SLUG)
    told = capsys.readouterr()
    assert (ended.value.code, len(told.out.splitlines()), len(told.err.splitlines())) == (1, 56, 1)
    assert told.err.strip() == "56 findings, 0 accepted, 1 in the way of publication"
