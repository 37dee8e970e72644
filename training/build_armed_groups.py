"""Build src/counterclaim/data/armed_groups.tsv from the UCDP actor list (CC BY 4.0).

Usage: python -m training.build_armed_groups UCDP-ACTOR.csv   (https://ucdp.uu.se/downloads/, "UCDP Actor Dataset")

Kept: formally organised groups (Org 1). Left out: governments and supporters of parties, which the general rules name;
communal groups, whose names are those of peoples and places; unnamed factions; and names that are plain English words.
"""

from __future__ import annotations

import csv
import re
import sys
from pathlib import Path

from counterclaim.resolving.gazetteer import CountryTable

_OUT = Path(__file__).parents[1] / "src" / "counterclaim" / "data" / "armed_groups.tsv"
_UNNAMED = re.compile(
    r"faction|coalition|insurgents|forces of|opposition|^Republic of|Supporters|dissident|^n/a$|splinter|militias?$",
    re.IGNORECASE,
)
_PLAIN_WORDS = """
    Royalists Neutralists Tibet Cobras Ninjas Rastas Outlaws Greenlanders Maidan MODEL EDU FAT FAN PAC UBA CARE
    PNA PRC Liberation Istiqlal Amal Deebam Okaida Justice Fatah PF KK NC TRC PDF PSP PCC APC ANC DPR UPC CPA
    ADP FDC STC CMA UDA ACC MAS CPC BRA MDF FDN TPF NSA NAS BCP BDK HPC CRA MSA Jama'at FLC CMC GPC TRB RNL AN
    CM RJ 3R USC SNF SPM MPF
"""
_PLAIN = frozenset(
    (
        *_PLAIN_WORDS.split(),
        "The Base",
        "National Front",
        "Islamic Group",
        "Liberation Army",
        "Army of Victory",
        "Rock Machine",
        "Truth Brigade",
    )
)
_RENAMED = {
    "Bosnia-Herzegovina": "BA",
    "Serbia (Yugoslavia)": "RS",
    "Russia (Soviet Union)": "RU",
    "Myanmar (Burma)": "MM",
    "DR Congo (Zaire)": "CD",
    "Yemen (North Yemen)": "YE",
    "South Yemen": "YE",
    "Cambodia (Kampuchea)": "KH",
    "Zimbabwe (Rhodesia)": "ZW",
    "Madagascar (Malagasy)": "MG",
    "Vietnam (North Vietnam)": "VN",
    "South Vietnam": "VN",
    "Macedonia, FYR": "MK",
    "Kingdom of eSwatini (Swaziland)": "SZ",
}


def _country(locations: str, table: CountryTable) -> str:
    """ISO2 where the group fought in one state alone; else empty, since the list does not tell its home."""
    names = [part.strip() for part in locations.split(", ") if part.strip()]
    if len(names) != 1:
        return ""
    if names[0] == "Israel":  # the list counts the Palestinian territories in, whose groups are not Israel's
        return ""
    return _RENAMED.get(names[0]) or table.by_name(names[0]) or table.by_name(names[0].split(" (")[0]) or ""


def _usable(name: str, table: CountryTable) -> bool:
    if len(name) < 3 or not name.isascii() or _UNNAMED.search(name) or name in _PLAIN or not name[0].isalpha():
        return False
    if table.by_name(name) or table.by_demonym(name):
        return False
    if name.isupper() or "-" in name or "/" in name:
        return len(name) >= 3
    return " " in name or len(name) >= 6


def rows(source: Path) -> list[tuple[str, str, str, str]]:
    """(country, name, other names, UCDP actor id), sorted by id."""
    table = CountryTable.shipped()
    found = []
    with source.open(encoding="utf-8-sig", newline="") as lines:
        for row in csv.DictReader(lines):
            if row["Org"] != "1":
                continue
            names: list[str] = []
            for key in ("NameOrigFullEng", "NameData", "NewNameFullEng", "NewName", "NameOrig", "NameOrigFull"):
                name = re.sub(r"\s+", " ", row[key].replace("’", "'")).strip()
                name = re.sub(r"\s*\([^)]*\)$", "", name)
                if name not in names and _usable(name, table):
                    names.append(name)
            if names:
                found.append((_country(row["Location"], table), names[0], ";".join(names[1:]), row["ActorId"]))
    return sorted(found, key=lambda row: int(row[3]))


def main() -> None:
    lines = [
        "# From the UCDP Actor Dataset 22.1 (CC BY 4.0). country (ISO2, - none)\tname\tother names (;)\tUCDP actor id"
    ]
    lines += [
        "\t".join((country or "-", name, others or "-", key)) for country, name, others, key in rows(Path(sys.argv[1]))
    ]
    _OUT.write_text("\n".join(lines) + "\n", "utf-8")
    sys.stdout.write(f"{len(lines) - 1} groups\n")


if __name__ == "__main__":
    main()
