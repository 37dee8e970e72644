"""English inflection as far as the trigger lexicon needs it: verb forms and plurals."""

from __future__ import annotations

from typing import Literal

Form = Literal["base", "s", "past", "part", "ed", "ing", "noun", "phrase"]
"""Shape of the inflected word: `ed` is past tense or participle alike, `past` and `part` only one of them."""

# Irregular verbs of the lexicon: base, past, participle. Regular ones need no line.
_IRREGULAR = {
    line.split()[0]: (line.split()[1], line.split()[2])
    for line in (
        "shoot shot shot",
        "strike struck struck",
        "hit hit hit",
        "hold held held",
        "take took taken",
        "fight fought fought",
        "flee fled fled",
        "stand stood stood",
        "drive drove driven",
        "break broke broken",
        "meet met met",
        "give gave given",
        "send sent sent",
        "blow blew blown",
        "set set set",
        "beat beat beaten",
        "seek sought sought",
        "withdraw withdrew withdrawn",
        "fall fell fallen",
        "overrun overran overrun",
        "slay slew slain",
        "hang hanged hanged",
        "lose lost lost",
        "go went gone",
        "come came come",
        "rise rose risen",
        "win won won",
        "retake retook retaken",
        "oversee oversaw overseen",
        "lay laid laid",
        "put put put",
        "cut cut cut",
        "find found found",
        "hurt hurt hurt",
        "overthrow overthrew overthrown",
        "leave left left",
        "speak spoke spoken",
        "step stepped stepped",
        "stop stopped stopped",
        "drop dropped dropped",
        "stab stabbed stabbed",
        "kidnap kidnapped kidnapped",
        "ban banned banned",
        "ram rammed rammed",
        "club clubbed clubbed",
        "swap swapped swapped",
        "slam slammed slammed",
        "beg begged begged",
        "expel expelled expelled",
        "repel repelled repelled",
        "rebut rebutted rebutted",
        "confer conferred conferred",
        "admit admitted admitted",
        "whip whipped whipped",
        "flog flogged flogged",
        "rebuff rebuffed rebuffed",
        "gun gunned gunned",
        "cut-off cut-off cut-off",
        "quit quit quit",
        "patrol patrolled patrolled",
        "strip stripped stripped",
        "pin pinned pinned",
        "bring brought brought",
        "read read read",
        "tear-gas tear-gassed tear-gassed",
        "gas gassed gassed",
        "make made made",
        "begin began begun",
        "hide hid hidden",
        "sue sued sued",
        "die died died",
        "lie lay lain",
        "undertake undertook undertaken",
    )
}


def verb_forms(base: str) -> dict[str, Form]:
    """Inflected forms of an English verb, each with its shape."""
    forms: dict[str, Form] = {base: "base"}
    if base.endswith(("s", "x", "z", "ch", "sh")) or base == "go":
        forms[base + "es"] = "s"
    elif base.endswith("y") and base[-2] not in "aeiou":
        forms[base[:-1] + "ies"] = "s"
    else:
        forms[base + "s"] = "s"
    if base in _IRREGULAR:
        past, participle = _IRREGULAR[base]
        if past == participle:
            forms[past] = "ed"
        else:
            forms[past], forms[participle] = "past", "part"
        stem = past[:-2] if past.endswith("ed") and past[:-2].startswith(base) else base
        double = past.endswith(base[-1] * 2 + "ed") or base in (
            "hit",
            "set",
            "put",
            "cut",
            "win",
            "begin",
            "beg",
            "quit",
        )
        stem = base + base[-1] if double else base
    elif base.endswith("e"):
        forms[base + "d"] = "ed"
        stem = base
    elif base.endswith("y") and base[-2] not in "aeiou":
        forms[base[:-1] + "ied"] = "ed"
        stem = base
    else:
        forms[base + "ed"] = "ed"
        stem = base
    if stem.endswith("ie"):
        forms[stem[:-2] + "ying"] = "ing"
    elif stem.endswith("e") and not stem.endswith("ee"):
        forms[stem[:-1] + "ing"] = "ing"
    else:
        forms[stem + "ing"] = "ing"
    return forms


def plural(noun: str) -> str:
    """The regular plural of a noun."""
    if noun.endswith("y") and noun[-2:-1] not in tuple("aeiou"):
        return noun[:-1] + "ies"
    return noun + ("es" if noun.endswith(("s", "x", "ch", "sh")) else "s")
