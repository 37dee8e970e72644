"""The rules of time expressions: how dates, shifts, durations and sets are written in English reports."""

from __future__ import annotations

from functools import cache

from counterclaim.resolving.times import build_dates as dates
from counterclaim.resolving.times import build_spans as spans
from counterclaim.resolving.times.grammar import Rule, rule


@cache
def rules() -> tuple[Rule, ...]:
    """All rules. Earlier ones win where two match as much text from the same place."""
    return (
        rule(
            "date",
            "wk=(the? unit of)? (wd=a_weekday comma?)? (the? d=a_day of?) m=a_month (comma? y=a_year)?",
            dates.full_date,
        ),
        rule(
            "date",
            "wk=(the? unit of)? (wd=a_weekday comma?)? w=(last|next|this)? m=a_month the? d=a_day (comma? y=a_year)?",
            dates.full_date,
        ),
        rule("date", "(wd=a_weekday comma?)? m=a_month the? d=(ordinal|second)", dates.spelled_day),
        rule("date", "the? d=(ordinal|second) of m=a_month (comma? y=a_year)?", dates.full_date),
        rule("date", "date_number", dates.numeric),
        rule("date", "nine_eleven", dates.nine_eleven),
        rule("month", "m=a_month (comma|of)? y=a_year", dates.month_year),
        rule("month", "(w=(this? last|next|this))? m=a_month", dates.month),
        rule(
            "weekday",
            "(w=(this? (last|next)|this|the last|the? following|the next|that|the? same))? wd=weekday",
            dates.weekday,
        ),
        rule("year", "y=year_number", dates.bare_year),
        rule("year", "(the unit)? n=(number hyphen? (number|many) (hyphen? and? number){0,2})", dates.spelled_year),
        rule("year", "(the|fiscal)? u=unit y=(year_number|other_number|clock_number)", dates.year_by_name),
        rule("year", "y=(year_number|other_number|clock_number) era=name", dates.year_of_era),
        rule("year", "(the? fiscal unit?|fiscal_code) y=a_year", dates.fiscal_year),
        rule("year", "the? y=year_number fiscal unit", dates.fiscal_year),
        rule("year", "the y=year_number (period|u=unit)", dates.period_of_year),
        rule("decade", "the? decade_number", dates.decade),
        rule("decade", "the decades", dates.decade),
        rule("period", "the? fiscal? hyphen? n=(nth|final|last) hyphen? u=(unit|half)", dates.nth_period),
        rule("period", "q=quarter_code y=year_number?", dates.quarter_by_code),
        rule("season", "(w=(this? last|next|this)|the)? s=season (of? y=a_year)?", dates.season),
        rule(
            "relative",
            "w=(the? (last|next|latest|following|same)|this last?|that same?) fiscal? u=(unit|night|part)",
            dates.relative,
        ),
        rule("relative", "w=(the? least recent) fiscal? u=unit", dates.relative),
        rule("relative", "(early in the|the? edge of the) u=unit", dates.stretch),
        rule("relative", "the u=unit", dates.the_unit),
        rule("relative", "the (fiscal|straight) u=unit", dates.whole_unit),
        rule("relative", "u=unit (hyphen?|apostrophe s) e=edge", dates.year_end),
        rule("today", "w=today p=day_part?", dates.today),
        rule("today", "the unit after today", dates.beyond),
        rule("ago", "roughly? n=counted straight? hyphen? u=a_unit hyphen? (ago|early)", spans.ago),
        rule("ago", "roughly? n=counted u=a_unit (from now|hence)", spans.from_now),
        rule("year_earlier", "the? u=unit hyphen e=(ago|early) (period|nth? unit)?", spans.year_earlier),
        rule(
            "year_earlier", "the? same (period|unit) (of|in)? (the? last unit|a unit (ago|early))", dates.like_last_year
        ),
        rule("year_earlier", "the (period|u=unit) a unit (ago|early)", dates.like_last_year),
        rule("year_earlier", "last unit apostrophe s (period|u=unit)", dates.like_last_year),
        rule("year_earlier", "the latest period", dates.latest_period),
        rule("from", "roughly? n=counted straight? u=a_unit b=after", spans.from_event),
        rule("from", "the u=unit b=after", spans.from_event),
        rule("clock", "c=(clock|year_number|clock_number|other_number) z=(zone|local time|units)", spans.clock),
        rule(
            "duration",
            "(the? (last|next|nth|this|following|latest|recent)|the)? roughly? n=counted more? (straight|other)?"
            " dash=hyphen? u=a_unit",
            spans.duration,
        ),
        rule("duration", "u=units or units", spans.vague_units),
        rule("duration", "(a|the)? roughly? n=counted dash=hyphen u=a_unit hyphen straight", spans.duration),
        rule("duration", "(a|the)? u=unit hyphen straight", spans.long_unit),
        rule("duration", "w=long", spans.long_unit),
        rule("duration", "roughly? h=half hyphen? a? u=unit", spans.half_unit),
        rule("duration", "roughly? h=a u=unit and a half", spans.half_unit),
        rule("duration", "(the? (last|next|recent|nth)|the)? u=units", spans.vague_units),
        rule("set", "every other? n=counted? u=(a_unit|part|a_month|weekday|season)", spans.every),
        rule("set", "per u=(unit|second|night)", spans.every),
        rule("set", "wd=weekday p=(parts|units)", spans.weekdays),
        rule("set", "wd=weekdays p=(parts|units)?", spans.weekdays),
        rule("set", "w=often", spans.often),
        rule(
            "reference",
            "now|at the? present|recently|soon|as soon as possible|a early date|the near? future|this units|the last",
            spans.reference,
        ),
        rule("reference", "this", spans.adjective),
        rule("part", "t=the? day_part", spans.day_part),
        rule("part", "the? (early|small) p=part? units|the part units", spans.small_hours),
        rule("clock", "c=(clock|day_number) ap=(meridiem|am_pm) (local time|local|zone)?", spans.clock),
        rule("clock", "c=clock (local time|local|z=zone)?", spans.clock),
        rule("clock", "c=(day_number|number) o apostrophe oclock (in the p=part)?", spans.oclock),
        rule("holiday", "(w=(last|next|this))? (the? n=nth u=unit of)? h=ramadan y=year_number?", dates.moon_feast),
        rule("holiday", "(w=(last|next|this))? eid (al|name) hyphen? h=feast y=year_number?", dates.moon_feast),
        rule("holiday", "(w=(last|next|this))? h=named_day (apostrophe? s? u=unit)?", dates.named_day),
        rule("date", "the d=day_ordinal", dates.day_of_month),
        rule(
            "holiday",
            "(w=(last|next|this))? h=(christmas (eve|unit)?|new unit apostrophe s? (eve|unit)|thanksgiving unit?"
            "|easter (weekday|unit)?|good weekday|boxing unit)",
            dates.holiday,
        ),
    )
