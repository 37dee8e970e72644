"""Closed word lists of English news prose that the pattern analyser needs. Small on purpose."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Final


@cache
def plain_words() -> frozenset[str]:
    """Words that English news writes in lower case; counted by training/plain_words.py."""
    listed = files("counterclaim").joinpath("data", "plain_words.txt")
    return frozenset(listed.read_text("utf-8").split())


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


TITLES: Final = _words(
    """
    mr mrs ms dr prof rev fr msgr hon gen lt col maj capt cpt sgt cpl pvt pfc cmdr cdr adm brig ens rep reps sen
    sens gov govs amb supt insp det const pres atty asst dep sheikh sr jr st ft mt
    """
)
"""Written with a period before a name: the period never ends a sentence (Jr. and Sr. apart, see MAY_END)."""

MONTHS_SHORT: Final = _words(
    """
    jan feb mar apr jun jul aug sep sept oct nov dec
    """
)

STATES_SHORT: Final = _words(
    """
    ala ariz ark cal calif colo conn del fla ga ind kan ky la md mass mich minn mo mont neb nev okla ont ore pa penn
    tenn tex va vt wash wis wyo que alta
    """
)
"""Capitalised short forms of American states and Canadian provinces (AP style)."""

OTHER_SHORT: Final = _words(
    """
    inc corp ltd co bros llc plc assn dept est approx vs etc al ave blvd rd univ tel ext incl gov't govt ph
    """
)

BEFORE_NUMBER: Final = _words(
    """
    no nos art arts fig figs vol vols p pp sec ch para paras mar sat sun mon tue tues wed thu thur thurs fri resol c ca
    """
)
"""Short forms only where a number follows ("No. 5", "Sat. 13"); else the period ends a sentence ("He said no.")."""

MAY_END: Final = (
    _words(
        """
    inc corp ltd co bros llc plc assn jr sr etc al ave blvd rd est
    """
    )
    | MONTHS_SHORT
    | STATES_SHORT
)
"""Short forms that can also be the last word of a sentence."""

LOWER_SHORT: Final = _words(
    """
    approx vs etc est incl ext tel al
    """
)
"""Short forms that are short forms in lower case too."""

STARTERS: Final = _words(
    """
    a an the this that these those it its he his him she her hers they their them we our us i my you your there
    here who what when where why how which whose whom and but or nor so yet for if as at by in on of to from with
    without within into onto upon over under above below after before since until till while during through
    throughout between among amid against about around near off out up down along across behind beyond beside
    besides despite although though because unless whether whereas except like unlike per via some any all both
    each every either neither no not none nobody nothing several many much most more other others another such one
    two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen
    eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred hundreds thousand thousands
    million millions dozen dozens scores then now today yesterday tomorrow tonight soon later earlier ago again
    also too even only just still already always never ever once twice meanwhile however moreover furthermore
    therefore thus hence instead otherwise nevertheless nonetheless according speaking asked told said says
    reportedly allegedly apparently unfortunately is are was were be been being am do does did done has have had
    having will would can could may might must shall should let please yes ok okay well oh thanks thank last next
    former late early few least less almost nearly about roughly unidentified unknown
    """
)
"""Words that are no name when they stand capitalised at the start of a sentence, and that show a new sentence."""

DESCRIBERS: Final = _words("first second third new old")
"""Openers of a sentence that may also be the first word of a name ("New Norland", "Second Army")."""

CALENDAR: Final = _words(
    """
    monday tuesday wednesday thursday friday saturday sunday january february march april may june july august
    september october november december
    """
)

SPEECH: Final = _words(
    """
    said says say asked asks told tells added adds replied wrote writes shouted cried yelled answered continued
    insisted declared wondered demanded exclaimed chanted quipped tweeted posted warned explained noted recalled
    stated claimed
    """
)
"""Verbs that take up a quotation that ended in a question or exclamation mark."""

SITES: Final = _words("com org net gov edu info io co uk us ru ua il ir sy iq tv news")
"""Last parts of the names of sites ("example.org"), so that their period ends nothing."""

ORGANISATIONS: Final = _words(
    """
    academy administration agency alliance army assembly association authority authorities bank board brigade
    brigades bureau campaign center centers centre centres chamber coalition command commissioner commission committee
    community conference congress convention corps council court department directorate federation force forces
    foundation envoy front fund government group guard guards institute institution league liberation massacre ministry
    mission movement network observatory office organisation organization party program programme project
    secretariat service services society state syndicate treaty tribunal union unit university war watch
    """
)
"""Heads of organisation names, after which "for", "and", "on" and "in" may be part of the name."""

JOINING: Final = _words(
    """
    academy agency bureau center centre commission committee council department directorate faculty institute ministry
    minister office organisation organization secretariat secretary
    """
)
"""Those whose names join two fields by "and": "Ministry of Labour and Social Affairs"."""

SMALL_IN_NAMES: Final = _words(
    """
    bin bint ibn abu al el de del della di da dos das du la le van von der den ter ul ad ash es
    """
)
"""Lower-case parts inside names of persons and places."""
