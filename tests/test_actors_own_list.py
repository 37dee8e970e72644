"""A user's own list of actors."""

from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from counterclaim.cli import main
from counterclaim.errors import DataError
from counterclaim.language import PatternAnalyser
from counterclaim.pipeline import Coder
from counterclaim.records import Actor, Report
from counterclaim.resolving.actors import find_actors, shipped
from counterclaim.resolving.gazetteer import Gazetteer

GAZETTEER = Gazetteer.open()
LIST = """name,aliases,country,sector,kind,from,to
Ola Bram,Ola H. Bram,NO,GOV,person,2011-03-01,2014
River Guard,RGX;Guard of the River,FI,PRM,armed_group,,
"""


def written(folder: Path, text: str = LIST) -> Path:
    path = folder / "actors.csv"
    path.write_text(text, "utf-8")
    return path


def first(text: str, folder: Path, published: date | None = None) -> Actor:
    known = shipped().extended(written(folder))
    return find_actors(PatternAnalyser().analyse([text])[0], [], GAZETTEER, published, known).actors[0]


def test_a_body_of_the_list_is_known_by_every_name(tmp_path: Path) -> None:
    for name in ("River Guard", "RGX", "Guard of the River"):
        found = first(f"The {name} attacked.", tmp_path)
        assert (found.kind, found.country, found.sector) == ("armed_group", "FI", "PRM"), name


def test_a_person_of_the_list_holds_the_office_only_between_its_days(tmp_path: Path) -> None:
    sectors = {
        day: first("Ola Bram spoke to the men.", tmp_path, date.fromisoformat(day)).sector
        for day in ("2011-02-28", "2011-03-01", "2014-12-31", "2015-01-01")
    }
    assert sectors == {"2011-02-28": None, "2011-03-01": "GOV", "2014-12-31": "GOV", "2015-01-01": "ELI"}


def test_the_list_comes_before_the_shipped_one(tmp_path: Path) -> None:
    path = written(tmp_path, "name,kind,country,sector\nTaliban,government,AF,GOV\n")
    known = shipped().extended(path)
    [found] = find_actors(PatternAnalyser().analyse(["The Taliban spoke."])[0], [], GAZETTEER, None, known).actors
    assert found.kind == "government"


def test_the_coding_says_that_a_list_was_used(tmp_path: Path) -> None:
    coder = Coder(PatternAnalyser(), GAZETTEER, shipped().extended(written(tmp_path)))
    coded = coder.code(Report(id="1", text="The River Guard attacked the town.")).coded_by
    assert coded is not None
    assert coded.gazetteer.startswith(f"{GAZETTEER.version}+actors-")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("name,country\nA,NO\n", "lacks the column kind"),
        ("name,kind,colour\nA,person,red\n", "unknown column colour"),
        ("name,kind\nA,wizard\n", "line 2: the kind 'wizard'"),
        ("name,kind,country\nA,person,Norway\n", "line 2: the country 'Norway'"),
        ("name,kind,sector\nA,person,XXX\n", "line 2: the sector 'XXX'"),
        ("name,kind,from\nA,person,soon\n", "line 2: 'soon' is no day"),
        ("name,kind,from,to\nA,person,2012,2011\n", "line 2: ends before it begins"),
        ("name,kind\n,person\n", "line 2: an actor without a name"),
    ],
)
def test_a_broken_list_is_refused_with_the_line(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(DataError, match=said):
        shipped().extended(written(tmp_path, text))


def test_the_command_line_takes_a_list(tmp_path: Path) -> None:
    story = tmp_path / "story.txt"
    story.write_text("The River Guard attacked the town of Lund on Monday, and nine men were killed.", "utf-8")
    command = ["code", str(story), "--format", "jsonl", "--actors", str(written(tmp_path))]
    assert '"name":"River Guard","kind":"armed_group"' in CliRunner().invoke(main, command).output
    path = str(written(tmp_path))
    told = CliRunner().invoke(main, command[:-2], env={"COUNTERCLAIM_ACTORS": path}).output
    assert '"name":"River Guard","kind":"armed_group"' in told
