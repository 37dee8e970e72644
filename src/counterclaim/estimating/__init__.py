"""Estimates: low, best and high of each harm in an incident, by named rules that show their work."""

from counterclaim.estimating.estimate import copy_groups, estimate, told
from counterclaim.estimating.registry import RULES, rules
from counterclaim.estimating.rule import Question, Rule, Verdict

__all__ = ["RULES", "Question", "Rule", "Verdict", "copy_groups", "estimate", "rules", "told"]
