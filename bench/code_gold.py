"""Code a folder of .txt or the reference: `python -m bench.code_gold FOLDER|reference -o coded.jsonl`."""

from __future__ import annotations

import argparse
from pathlib import Path

from bench import data


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", help="a gold folder, or 'reference'")
    parser.add_argument("-o", "--out", type=Path, required=True)
    options = parser.parse_args()
    reports = [data.reference_report()] if options.folder == "reference" else data.gold_reports(Path(options.folder))
    with options.out.open("w", encoding="utf-8") as out:
        for coding in data.coded(reports):
            out.write(coding.to_json() + "\n")


if __name__ == "__main__":
    main()
