"""Write docs/hard-sentences.md: hard sentences of our own making, and what the shipped coder makes of them.

`python -m bench.hard_sentences`; the test that the page is current fails until it is run again after a change.
"""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from counterclaim.pipeline import default_coder
from counterclaim.records import Claim, Report

PAGE = Path(__file__).parent.parent / "docs" / "hard-sentences.md"
PUBLISHED = "2024-05-14"


class Hard(NamedTuple):
    """A text, why it is hard, and what a careful reader takes from it: harm, amount, kind, source, stance, earlier."""

    text: str
    why: str
    wanted: tuple[str, ...]


SENTENCES = (
    Hard(
        "Officials put the death toll at 12, while police say 14.",
        "a rival figure with no word of harm",
        ("killed 12 unknown, Officials", "killed 14 unknown, police"),
    ),
    Hard(
        "The ministry revised the toll down from 27 to 19.",
        "a figure given up",
        ("killed 19 unknown, The ministry",),
    ),
    Hard(
        "Shelling hit a bus in Tarsk, injuring up to 50 others, including 20 children.",
        "a part inside an upper bound",
        ("injured up to 50 civilian", "injured 20 civilian"),
    ),
    Hard(
        "Ahmed Sol was killed along with his wife, Rima Sol, and their 11-year-old son, Karim Sol.",
        "people counted by name and kinship; an age",
        ("killed 3 civilian",),
    ),
    Hard(
        "Their three sons, 23-year-old Riyad Sol, 20-year-old Omar Sol and 17-year-old Karim Sol, were killed.",
        "names that spell out a figure",
        ("killed 3 civilian",),
    ),
    Hard(
        "The army denied reports that its guns had killed 20 villagers near Orsk.",
        "a denial of what nobody in particular says",
        ("killed 20 civilian, The army denies",),
    ),
    Hard(
        "The ministry dismissed as lies claims that its forces had killed 20 villagers.",
        "a denial told backwards",
        ("killed 20 civilian, The ministry denies",),
    ),
    Hard(
        "Aid workers fear that up to 300 people may have drowned.",
        "feared, not known",
        ("killed up to 300 civilian, Aid workers hypothetical",),
    ),
    Hard(
        "At least 30 people are feared drowned after the boat capsized off Sarda.",
        "feared by nobody who is named",
        ("killed at least 30 unknown hypothetical",),
    ),
    Hard(
        "The raid, the deadliest since the 2016 siege that killed 4,000, left six soldiers dead.",
        "an older war inside today's news",
        ("killed 4000 unknown earlier", "killed 6 combatant"),
    ),
    Hard(
        "“We buried nine of them,” said Ana Lind, a nurse. She added that two dozen others had been hurt.",
        "a pronoun for a source; a burial for a death",
        ("killed 9 unknown, Ana Lind, a nurse", "injured 24 unknown, Ana Lind, a nurse"),
    ),
    Hard(
        "The governor said the army had told him that 15 rebels were dead.",
        "a source within a source",
        ("killed 15 combatant, the army",),
    ),
    Hard(
        "The strike caused no casualties, the army said.",
        "nobody is a figure too",
        ("casualties 0 unknown, the army",),
    ),
    Hard(
        "Six people, including a soldier, were killed when a rocket hit the Orsk road.",
        "a mixed total",
        ("killed 6 mixed", "killed 1 combatant"),
    ),
    Hard(
        "Gunmen seized the town and 40 trucks, then took 12 teachers hostage.",
        "what is seized is not always a man",
        ("captured 12 civilian",),
    ),
    Hard(
        "120 PEOPLE KILLED IN FLOODS - RED CROSS",
        "a headline in capitals with its source last",
        ("killed 120 civilian, RED CROSS",),
    ),
    Hard(
        "The victims were identified as Ana Sol, Bo Lind and Karl Holm.",
        "the dead only by name",
        ("killed 3 unknown",),
    ),
    Hard(
        "His wife was killed in the raid, as were their two sons.",
        "a harm said by pointing at another",
        ("killed 1 civilian", "killed 2 civilian"),
    ),
    Hard(
        "Guerrillas of the New People's Army killed three soldiers and lost two of their own.",
        "a name with a word for people in it; a loss that is a death",
        ("killed 3 combatant", "killed 2 combatant"),
    ),
    Hard(
        "The team was killed in the second half, and the slump claimed four funds.",
        "figures of speech",
        (),
    ),
)


def told(claim: Claim) -> str:
    """A claim in a line: harm, amount, kind of victims, then who tells it, how surely, and whether it is earlier."""
    if claim.min is None and claim.max is None:
        amount = claim.vague or "some"
    elif claim.min == claim.max:
        amount = f"{claim.min}"
    elif claim.max is None:
        amount = f"at least {claim.min}"
    else:
        amount = f"up to {claim.max}" if claim.min is None else f"{claim.min} to {claim.max}"
    line = f"{claim.harm} {amount} {claim.victim_kind}"
    line += f", {claim.source}" if claim.source else ""
    line += f" {claim.stance}" if claim.stance != "asserts" else ""
    return line + (" earlier" if claim.background else "")


def page() -> str:
    """The page as it should stand."""
    rows, right = [], 0
    for number, (text, why, wanted) in enumerate(SENTENCES, 1):
        report = Report(id=f"hard-{number}", text=text, published=PUBLISHED)
        found = tuple(told(claim) for claim in default_coder().code(report).claims)
        right += found == wanted
        verdict = "as a careful reader has it" if found == wanted else f"should be: {'; '.join(wanted) or 'nothing'}"
        rows.append(f"{number}. {text}\n   *{why}*\n\n   {'; '.join(found) or 'nothing'}\n\n   {verdict}\n")
    head = (
        "# Twenty hard sentences\n\n"
        "Sentences of our own making and what the shipped coder makes of them: harm, amount, kind of victims, then\n"
        "the source where one is named, the stance where it is not plain assertion, and whether it is told as earlier\n"
        "context. "
        f"{right} of {len(SENTENCES)} come out wholly as a careful reader has them. "
        "Written by `python -m bench.hard_sentences`.\n\n"
    )
    return head + "\n".join(rows)


def main() -> None:
    PAGE.write_text(page(), "utf-8")


if __name__ == "__main__":
    main()
