"""Who may post where. A page is in ONLY_TO_BE_READ by its whole name, or its name begins as one of WHO does."""

from conference.models import Role

ADMINISTRATOR = {Role.ADMINISTRATOR, "superuser"}
DECIDERS = {Role.CHIEF_EDITOR, *ADMINISTRATOR}
EDITORS = {Role.EDITOR, Role.CHIEF_EDITOR, *ADMINISTRATOR}
PUBLISHERS = {Role.CHIEF_EDITOR, *ADMINISTRATOR}
LOGGED_IN = {"stranger", "table", Role.READER, *EDITORS}
EVERYBODY = {"anonymous", *LOGGED_IN}

#: These answer GET alone; or a device alone may post, whose code is asked for and no person's role.
ONLY_TO_BE_READ = {
    "healthz",
    "home",
    "password_change_done",
    "table",
    "conference",
    "report",
    "report_download",
    "inputs",
    "ledger",
    "appendix",
    "appendix_file",
    "chronicle",
    "lonely",
    "lonely_in",
    "points",
    "points_file",
    "input",
    "desk",
    "desk_edit",
    "desk_alike",
    "room",
    "point",
    "sheets",
    "setup",
    "setup_ministries",
    "setup_sessions",
    "setup_session",
    "setup_programme",
    "setup_codes",
    "setup_people",
    "setup_import",
    "setup_paper",
    "plenary",
    "setup_file",
    "setup_import_template",
    "setup_advance_sheet",
    "questions",
    "heard",
    "heard_edit",
    "screen",
    "clarifications",
    "proposals",
    "signing",
    "confirming",
    "clearance",
    "clearance_session",
    "clearance_file",
    "setup_videos",
    "versions_compare",
    "version",
    "version_file",
    "public",
    "public_report",
    "public_edition",
    "public_file",
    "public_page",
    "public_page_in",
}
WHO = {
    "login": EVERYBODY,
    "logout": LOGGED_IN,
    "password_change": LOGGED_IN,
    "set_language": EVERYBODY,
    "invitation": EVERYBODY,
    "admin:index": {"superuser"},
    "table_login": EVERYBODY,
    "table_": set(),
    "conference_new": {"superuser"},
    "setup_": ADMINISTRATOR,
    "room_": ADMINISTRATOR,
    "report_chapter": EDITORS,
    "input_add": EDITORS,
    "input_propose": EDITORS,
    "proposal_": EDITORS,
    "clarification_withdraw": EDITORS,
    "clarification_": DECIDERS,
    "signing_": DECIDERS,
    "redact": EDITORS,
    "undo": EDITORS,
    "sheet": EDITORS,
    "desk_": EDITORS,
    "edit_": EDITORS,
    "use_also": EDITORS,
    "inputs_": EDITORS,
    "points_": EDITORS,
    "point_": EDITORS,
    "heading_": EDITORS,
    "plenary_": EDITORS,
    "paper_entry": EDITORS,
    "merge": EDITORS,
    "heard_": EDITORS,
    "screen_": EDITORS,
    "clearance_": EDITORS,
    "versions": PUBLISHERS,
    "version_": PUBLISHERS,
}


def may_post(name: str) -> set[str]:
    """The roles that may post to the page with that name. Raises StopIteration for a page nobody has thought of."""
    if name in ONLY_TO_BE_READ:
        return set()
    return next(roles for start, roles in WHO.items() if name.startswith(start))
