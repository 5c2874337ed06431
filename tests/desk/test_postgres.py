"""The desk on a team's PostgreSQL server: its pages, review, adding and API promise there what they promise on a file."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from desk.test_adding import adding, test_files_are_read_and_errors_are_told_by_file  # noqa: F401
from desk.test_api import (  # noqa: F401
    test_a_decision_on_what_changed_is_refused,
    test_a_list_comes_in_pages_that_lose_and_double_nothing,
    test_a_report_is_added_and_its_job_can_be_followed,
    test_answers_carry_tags,
    test_what_is_wrong_is_one_sentence,
)
from desk.test_pages import (  # noqa: F401
    test_a_cell_opens_its_words_over_time_alone_or_within_the_page,
    test_a_document_shows_its_text_whole_and_links_words_with_entries,
    test_a_page_is_made_once_until_the_ledger_changes,
    test_accounts_of_one_meeting_stand_side_by_side,
    test_an_empty_ledger_offers_the_sample_story,
    test_every_part_of_a_process_is_shown_as_of_every_day,
    test_search_finds_words_and_narrows_by_party_kind_and_period,
    test_the_matrix_shows_stance_since_when_condition_and_accounts,
)
from desk.test_review import (  # noqa: F401
    ana,
    ben,
    test_a_correction_sets_only_what_was_changed,
    test_a_stale_form_is_told_so_and_loses_nothing,
    test_the_least_certain_entry_comes_first_and_goes_when_it_is_decided,
    test_the_log_tells_who_did_what_and_how_far_they_agree,
    test_two_people_at_once_lose_and_double_nothing,
    test_undo_brings_back_what_stood_before,
    test_what_was_missed_can_be_added_and_counts,
)
from ledger.conftest import Server, postgres  # noqa: F401
from sqlalchemy import select

from parley.ledger import connect, tables
from parley.ledger.store import Ledger


@pytest.fixture(scope="session")
def filled(postgres: Server, told: Path) -> str:  # noqa: F811
    """A database with the sample story, to be copied."""
    url = postgres.database()
    with Ledger.open(told) as source, Ledger.open(url, create=True) as ledger:
        with connect.reading_of(source.engine) as connection:
            updates = dict(connection.execute(select(tables.document.c.sha256, tables.document.c.updated)).all())
            origins = connection.execute(select(tables.document.c.sha256, tables.sighting.c.origin).join(
                tables.sighting, tables.sighting.c.document_id == tables.document.c.id)).all()  # fmt: skip
        seen = dict(origins)
        for record in source.records():
            of = record.document.sha256
            ledger.add(record, origin=seen.get(of, ""), updated=updates[of])
    return url


@pytest.fixture
def story_ledger(filled: str, postgres: Server) -> Iterator[Ledger]:  # noqa: F811
    with Ledger.open(postgres.copy(filled)) as ledger:
        yield ledger


@pytest.fixture
def empty(postgres: Server) -> Iterator[Ledger]:  # noqa: F811
    with Ledger.open(postgres.database(), create=True) as ledger:
        yield ledger
