"""The short form: two processes of the real server, on the database of this run, killed while twenty tables write."""

import threading
from collections import Counter
from urllib.parse import urlencode

import pytest

from tests.faults.site import Site, site
from tests.faults.trial import WRITERS, trial
from tests.faults.writers import Device, Habit

NOTES = 8


@pytest.fixture(scope="module")
def running():
    with site() as one:
        yield one


def test_what_was_acknowledged_is_stored_and_nothing_twice(running: Site):
    outcome = trial(running, notes=NOTES, blows=[running.kill_and_start] * 2)
    assert (outcome.lost, outcome.duplicated) == (0, 0)
    assert outcome.acknowledged == outcome.stored == WRITERS * NOTES
    # Else nothing was hit: each writer lost one answer on purpose, and the blows broke more.
    assert outcome.known_already >= 1
    assert outcome.unanswered > WRITERS


def test_the_trial_would_see_a_duplicate(running: Site):
    outcome = trial(running, notes=1, habit=Habit.NEW_KEY)
    assert (outcome.lost, outcome.duplicated > 0) == (0, True)


def test_the_trial_would_see_a_loss(running: Site):
    outcome = trial(running, notes=NOTES, blows=[running.kill_and_start], habit=Habit.TRUSTS)
    assert (outcome.lost > 0, outcome.duplicated) == (True, 0)


def at_once(acts):
    """What each of the acts gave, when all start together."""
    barrier, given = threading.Barrier(len(acts)), []

    def run(act):
        barrier.wait()
        given.append(act())

    threads = [threading.Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return given


def test_the_same_key_twenty_times_at_once_over_two_processes_is_one_row(running: Site):
    key = "01920000-0000-7000-8000-000000000020"
    devices = [Device(running, running.codes[0]) for _one in range(20)]
    assert {device.log_in() for device in devices} == {302}
    note = {"session": 1, "question": "1.1", "text": "Samme nøkkel"}
    answers = at_once([lambda device=device: device.put(key, note) for device in devices])
    for device in devices:
        device.close()
    assert Counter(status for status, _told in answers) == {201: 1, 200: 19}
    assert {told["key"] for _status, told in answers} == {key}
    assert running.rows("SELECT count(*) FROM inputs_input WHERE text = 'Samme nøkkel'") == [(1,)]


def test_of_thirty_wrong_codes_at_once_over_two_processes_ten_are_looked_at(running: Site):
    """And the tables that are open write on; no code of any of them stands in the server's log."""
    behind = [Device(running, code) for code in running.codes]
    assert {device.log_in() for device in behind} == {302}
    strangers = [Device(running, "FEIL-KODE") for _one in range(30)]
    # All of one browser: the hall's address has room for more.
    for stranger in strangers:
        stranger.csrf = stranger.cookies["__Host-csrftoken"] = strangers[0].csrf
    statuses = at_once([stranger.log_in for stranger in strangers])
    assert Counter(statuses) == {400: 10, 429: 20}
    for number, device in enumerate(behind):
        status, _told = device.put(f"01920000-0000-7000-8000-{number:012}", {"session": 1, "text": "Skriver videre"})
        assert status == 201
    for device in (*behind, *strangers):
        device.close()
    log = running.log.read_text()
    assert "POST /bord/logg-inn/ 429" in log
    assert [code for code in (*running.codes, "FEIL-KODE") if code in log or urlencode({"": code})[1:] in log] == []
