"""A file is asked for, made by a process of its own, and kept until the next one is there (docs/adr/0020)."""

import subprocess
import sys
import threading
from datetime import timedelta
from functools import partial

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from conference.actions.history import Change, record
from conference.models import Conference, User
from inputs.actions.faults import Refused
from inputs.actions.versions import hold
from inputs.models import MadeFile, MadeKind, MadeState, Why
from inputs.models.files import MadeFileQuerySet

#: Processes that make files at the same time, over all conferences: each may need as much memory as a large PDF.
AT_ONCE = 3
#: What was not made is told for this long.
TELL_FAILED = timedelta(days=7)


class Busy(Refused):
    """As many files as the server can make are being made already."""


@transaction.atomic
def start(conference: Conference, kind: MadeKind, *, session: int = 0, by: User) -> MadeFile:
    """Ask for the file. Who asks for what is being made already gets that one. Raises Busy.

    The process begins when the transaction is through.
    """
    hold(conference)
    for gone in MadeFile.objects.dead():
        _end(gone, MadeState.FAILED, why=Why.DIED)
    asked = MadeFile(conference=conference, kind=kind, session=session, by=by)
    if running := MadeFile.objects.same_as(asked).making().first():
        return running
    if MadeFile.objects.alive().count() >= AT_ONCE:
        raise Busy
    asked.started_at = asked.beat_at = timezone.now()
    MadeFile.objects.same_as(asked).filter(state=MadeState.FAILED).delete()
    MadeFile.objects.filter(state=MadeState.FAILED, finished_at__lt=timezone.now() - TELL_FAILED).delete()
    asked.save()
    changes = [Change(asked, after={"kind": str(kind), "session": session})]
    record(verb="make_file", by=by, conference=conference, changes=changes)
    transaction.on_commit(partial(begin, asked))
    return asked


def begin(asked: MadeFile) -> None:
    """The process that makes it, in a session of its own: it does not end with the web worker that began it."""
    command = [sys.executable, "manage.py", "make_file", str(asked.key)]
    process = subprocess.Popen(  # noqa: S603  our own command
        command,
        cwd=settings.BASE_DIR,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        start_new_session=True,
    )
    # Somebody has to ask how it ended, or the system keeps it in its list for good.
    threading.Thread(target=process.wait, daemon=True).start()


def beat(asked: MadeFile, done: int, total: int) -> bool:
    """It is being made, and so far has it come. False when nobody wants it any more."""
    return bool(_making(asked).update(beat_at=timezone.now(), done=done, total=total))


@transaction.atomic
def finish(asked: MadeFile, content: bytes, *, is_draft: bool) -> bool:
    """Keep the file in the place of the one before. False when it was given up meanwhile: words were taken out."""
    hold(asked.conference)
    if not _making(asked).exists():
        return False
    MadeFile.objects.same_as(asked).filter(state=MadeState.DONE).delete()
    _end(asked, MadeState.DONE, content=content, size=len(content), is_draft=is_draft)
    return True


def fail(asked: MadeFile, why: Why) -> None:
    """It was not made; the one before stays."""
    _end(asked, MadeState.FAILED, why=why)


def forget(conference: Conference) -> None:
    """Words are taken out: all that was made goes, and what is being made is not kept. One click makes it anew."""
    MadeFile.objects.filter(conference=conference).delete()


def _making(asked: MadeFile) -> MadeFileQuerySet:
    return MadeFile.objects.making().filter(pk=asked.pk)


def _end(asked: MadeFile, state: MadeState, **facts: object) -> None:
    _making(asked).update(state=state, finished_at=timezone.now(), **facts)
