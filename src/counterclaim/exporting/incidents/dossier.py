"""An incident on paper: its ledger, estimates with their trace, contested points, quoted evidence, reports and links.

The page is for the screen and the printer alike; its style knows pages. A PDF of the same page needs WeasyPrint; any
browser prints it to PDF too.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Final, NamedTuple

import jinja2

from counterclaim._version import __version__
from counterclaim.estimating import told
from counterclaim.exporting.columns import DATE_PRECISION, WHERE_PRECISION
from counterclaim.exporting.extra import library
from counterclaim.exporting.incidents.settled import Loss, Losses, Settled
from counterclaim.exporting.incidents.table import Field, dictionary_csv
from counterclaim.exporting.incidents.ucdp_ged import plain_name
from counterclaim.linking.incident import Estimate, Range, Ref
from counterclaim.linking.tellers import side_name
from counterclaim.linking.tolls import Told
from counterclaim.records import Claim, CodedReport

LONGEST: Final = 500
"""Characters of a sentence quoted before and after the words of a claim; a sentence is seldom as long."""

_PARTS: Final = (
    Field("What is known", "text", "days and place with their precision, grade, parties, rule, as-of time"),
    Field("Who says how many", "list", "every claim of harm in the order of publication: C1, C2 ..., and its standing"),
    Field("Estimates", "list", "each rule's low, best and high, how it was reached, what every claim counted for"),
    Field("Contested", "list", "claims that contradict or deny each other, and why"),
    Field(
        "Quoted evidence", "list", "the sentence that states each claim, the claim's words marked, and where it stands"
    ),
    Field("Decisions of reviewers", "list", "what people decided of the incident, its claims and acts: who, when, why"),
    Field("Reports", "list", "[1], [2] ...: title, publisher, day, address, id; why they are held together"),
    Field("Records of other data sets", "list", "imported rows that may be of the same occurrence; they count nothing"),
)


class Line(NamedTuple):
    """A claim in the dossier: its number, its report's number, and its sentence before, within and after its words."""

    number: int
    told: Told
    claim: Claim
    report: CodedReport
    at: int
    side: str
    quote: tuple[str, str, str]


class _Harm(NamedTuple):
    """One harm: its estimate by each rule, and a row a claim of what it counted for under each."""

    name: str
    by_rule: dict[str, Estimate]
    trace: list[tuple[str, list[tuple[str, str]]]]


@dataclass(frozen=True, slots=True)
class Dossier:
    """Incidents as one page to read and print, each beginning on a sheet of its own.

    `style`: the address of the style sheet, where it must not stand in the page itself; `made` and `of`: when it was
    printed, and of which moment it is, for the head of each incident.
    """

    style: str = ""
    made: str = ""
    of: str = ""
    name: str = "dossier"
    extension: str = ".html"
    description: str = "a printable dossier: ledger, estimates with their trace, evidence, sources"
    media_type: str = "text/html; charset=utf-8"

    def chunks(self, settled: Iterable[Settled], losses: Losses) -> Iterator[bytes]:
        """The page, a piece an incident."""
        losses.append(Loss("", "the reports' whole texts", "only sentences that state a claim of harm are quoted"))
        yield self._rendered("head", title="Incident dossier", css=style_sheet())
        for one in settled:
            if not one.claims:
                losses.append(Loss(one.incident.id, "acts", "no claim of harm to quote; events-csv has the acts"))
            yield self._rendered("incident", **_context(one))
        yield self._rendered("tail")

    def dictionary(self) -> str:
        """The parts of a dossier."""
        return dictionary_csv(_PARTS)

    def _rendered(self, part: str, **context: Any) -> bytes:
        values = {"style": self.style, "made": self.made, "of": self.of, "version": __version__, "part": part}
        return _template().render(**values, **context).encode("utf-8", "replace")


@dataclass(frozen=True, slots=True)
class DossierPdf:
    """The dossier as PDF, by WeasyPrint."""

    page: Dossier = Dossier()
    name: str = "dossier-pdf"
    extension: str = ".pdf"
    description: str = "the dossier as PDF (needs weasyprint; any browser prints `dossier` to PDF too)"
    media_type: str = "application/pdf"

    def chunks(self, settled: Iterable[Settled], losses: Losses) -> Iterator[bytes]:
        """The file, whole: nothing of it is fetched from anywhere."""
        weasyprint = library("weasyprint")
        page = b"".join(self.page.chunks(settled, losses)).decode()
        yield weasyprint.HTML(string=page, url_fetcher=_nothing).write_pdf()

    def dictionary(self) -> str:
        """The parts of a dossier."""
        return dictionary_csv(_PARTS)


def _nothing(url: str, *_: Any, **__: Any) -> Any:
    raise ValueError(f"nothing is fetched: {url[:60]}")


def style_sheet() -> str:
    """The style of a dossier."""
    return files("counterclaim").joinpath("data", "templates", "dossier.css").read_text("utf-8")


def _context(settled: Settled) -> dict[str, Any]:
    incident = settled.incident
    numbers = {report.id: number for number, report in enumerate(settled.reports, 1)}
    lines = list(_lines(settled, numbers))
    place = incident.place
    country = plain_name(place.country) if place and place.country else ""
    where = [place.name, place.admin1, country] if place else []
    opposed = [one for one in incident.relations if one.kind in ("contradicts", "denies")]
    rules = sorted(incident.estimates, key=lambda rule: rule != settled.rule)
    return {
        "incident": incident,
        "hide": settled.hide,
        "rule": settled.rule,
        "where": ", ".join(dict.fromkeys(part for part in where if part)),
        "where_meaning": WHERE_PRECISION.get((place.where_prec or 0) if place else 0, "precision unknown"),
        "date_meaning": DATE_PRECISION.get(incident.date_prec or 0, "precision unknown"),
        "lines": lines,
        "by_ref": {line.told.ref: line for line in lines},
        "estimates": [
            _Harm(harm, given, _trace(list(given.values()), lines))
            for harm in dict.fromkeys(harm for rule in rules for harm in incident.estimates[rule])
            if (given := {rule: incident.estimates[rule][harm] for rule in rules if harm in incident.estimates[rule]})
        ],
        "opposed": opposed,
        "reports": [
            (numbers[report.id], settled.shown(report), _lines_of(lines, report)) for report in settled.reports
        ],
        "numbers": numbers,
        "beside": settled.beside,
        "decided": [*incident.decided, *(one for report in settled.reports for one in report.decided)],
        "coded_by": sorted({_versions(report) for report in settled.reports if report.coded_by}),
    }


def _lines(settled: Settled, numbers: dict[str, int]) -> Iterator[Line]:
    whole = {report.id: report for report in settled.reports}
    for number, one in enumerate(told(settled.incident, whole), 1):
        report = settled.shown(whole[one.ref[0]])
        claim = next(claim for claim in report.claims if claim.id == one.ref[1])
        side = side_name(one.teller.side) if one.teller.side else ""
        yield Line(number, one, claim, report, numbers[report.id], side, _quote(report, claim))


def _lines_of(lines: Iterable[Line], report: CodedReport) -> list[Line]:
    return [line for line in lines if line.report.id == report.id]


def _quote(report: CodedReport, claim: Claim) -> tuple[str, str, str]:
    """The sentence of a claim: what stands before its words, the words, and what stands after them."""
    start, end = (
        report.sentences[claim.sentence] if claim.sentence < len(report.sentences) else (claim.start, claim.end)
    )
    before, after = report.text[min(start, claim.start) : claim.start], report.text[claim.end : max(end, claim.end)]
    if len(before) > LONGEST:
        before = "… " + before[-LONGEST:]
    if len(after) > LONGEST:
        after = after[:LONGEST] + " …"
    return before, report.text[claim.start : claim.end], after


def _trace(given: Sequence[Estimate], lines: Iterable[Line]) -> list[tuple[str, list[tuple[str, str]]]]:
    """A row a claim: its name, and under each rule what it counted for and why."""
    names: dict[Ref, str] = {line.told.ref: f"C{line.number}" for line in lines}
    refs = dict.fromkeys(step.claim for estimate in given for step in estimate.trace)
    weighed = [{step.claim: step for step in estimate.trace} for estimate in given]
    return [
        (
            names.get(ref, "/".join(ref)),
            [
                ("" if step is None or step.weight is None else f"{step.weight:.2g}", step.reason if step else "")
                for step in (of.get(ref) for of in weighed)
            ],
        )
        for ref in refs
    ]


def _versions(report: CodedReport) -> str:
    by = report.coded_by
    return f"counterclaim {by.program}, {by.analyser}, gazetteer {by.gazetteer}" if by else ""


def ranged(value: Range | Estimate) -> str:
    """`12 (9–15)`: best, low and high; an open or unknown end is "?"."""
    low, best, high = ("?" if end is None else f"{end:,}" for end in (value.low, value.best, value.high))
    if value.best is None:
        return f"{low}–{high}"
    return best if low == best == high else f"{best} ({low}–{high})"


def _one_line(text: str) -> str:
    return re.sub(r"\s+", " ", text)


@cache
def _template() -> jinja2.Template:
    environment = jinja2.Environment(
        autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters.update(ranged=ranged, line=_one_line)
    source = files("counterclaim").joinpath("data", "templates", "dossier.html.j2").read_text("utf-8")
    return environment.from_string(source)
