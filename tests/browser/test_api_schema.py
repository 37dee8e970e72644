"""The API answers as its own description says, whatever it is asked: schemathesis draws the requests."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

import pytest

schemathesis = pytest.importorskip("schemathesis", reason="the extra `browser` is not installed")

from hypothesis import HealthCheck, settings  # noqa: E402
from schemathesis.specs.openapi.checks import allow_header_conformance, positive_data_acceptance  # noqa: E402

from counterclaim.casebook import Casebook  # noqa: E402
from counterclaim.serving.accounts.access import SignedIn  # noqa: E402
from counterclaim.serving.accounts.limits import Limit  # noqa: E402
from counterclaim.serving.accounts.store import Users  # noqa: E402
from counterclaim.serving.app import create_app  # noqa: E402
from counterclaim.serving.assembling import assemble  # noqa: E402
from counterclaim.serving.desk import Desk  # noqa: E402
from tests.serving_incidents import hostile_report, opposed_reports, placed_reports  # noqa: E402

HOSTS = ("localhost", "127.0.0.1", "testserver")
FOLDER = tempfile.TemporaryDirectory()
PATH = Path(FOLDER.name) / "book.db"
with Casebook(PATH) as book:
    book.add([*placed_reports(), *opposed_reports(), hostile_report()])


class LastingDesk(Desk):
    """A desk that outlives the application, which is started and stopped for each test."""

    def close(self) -> None:
        """Not yet."""


USERS = Users(Path(FOLDER.name) / "users.db", create=True)
USERS.add("Ada", "editor", "four tall lamps burn", by="test")
TOKEN = USERS.add_token("Ada", "test", 1, by="test")
ACCESS = SignedIn(USERS)
ACCESS.writes_by_name = ACCESS.writes_by_address = Limit(10**9, 1)

schema = schemathesis.openapi.from_asgi(
    "/api/openapi.json",
    create_app(LastingDesk(PATH, assemble, cache=FOLDER.name), hosts=HOSTS),
)
guarded = schemathesis.openapi.from_asgi(
    "/api/openapi.json",
    create_app(LastingDesk(PATH, assemble, cache=FOLDER.name), hosts=HOSTS, access=ACCESS),
    headers={"authorization": f"Bearer {TOKEN}"},
)


@schema.parametrize()  # type: ignore[untyped-decorator]
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@pytest.mark.filterwarnings("ignore")
def test_every_answer_is_one_the_description_knows_and_none_is_a_fault(case: Any) -> None:
    # No schema can say that 30 February is no day or that a text has no words; and Litestar answers OPTIONS for one of
    # the two methods of /reports alone.
    case.call_and_validate(excluded_checks=[positive_data_acceptance, allow_header_conformance])


@guarded.parametrize()  # type: ignore[untyped-decorator]
@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
@pytest.mark.filterwarnings("ignore")
def test_nor_is_any_where_users_sign_in(case: Any) -> None:
    case.call_and_validate(
        headers={"authorization": f"Bearer {TOKEN}"},
        excluded_checks=[positive_data_acceptance, allow_header_conformance],
    )
