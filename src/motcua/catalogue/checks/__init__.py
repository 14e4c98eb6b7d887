"""The static checks of a pack: one module per rule, each with a stable id.

A check is `check(pack)` and yields findings; `RULE` and `TITLE` name it. The order of the list is
the order of the ids. Checks of compiled services look only at files that compile.
"""

from types import ModuleType

from motcua.catalogue.checks import (
    areas,
    bodies,
    calendar,
    collected,
    compiling,
    computed,
    conditions,
    doubles,
    ends,
    example_fields,
    examples,
    extracts,
    fee_tables,
    fees,
    fields,
    life_events,
    once_only,
    once_only_database,
    once_only_elsewhere,
    owners,
    papers,
    paying,
    pays_debts,
    prefills,
    reachable,
    readable,
    reasons,
    register_facts,
    registers_duties,
    registers_fields,
    registers_format,
    registers_grants,
    registers_names,
    registers_owners,
    registers_retention,
    registers_rules,
    registers_sealed,
    registers_texts,
    roles,
    schema,
    shared_pages,
    tables,
    texts,
    unfinished,
    unused,
    values,
    verbs,
    whole,
)
from motcua.catalogue.packs import Pack
from motcua.catalogue.rules.findings import Findings

RULES: tuple[ModuleType, ...] = (
    readable, schema, compiling, shared_pages, texts, unfinished, conditions, fields, prefills,
    roles, bodies, areas, papers, reasons, life_events, register_facts, owners, reachable, ends,
    verbs, paying, whole, fees, collected, fee_tables, values, once_only, extracts,
    unused, doubles, examples,
    example_fields, calendar, computed, tables, pays_debts,
    registers_format, registers_texts, registers_owners, registers_grants, registers_fields,
    registers_rules, registers_retention, registers_sealed, registers_names, registers_duties,
    once_only_database, once_only_elsewhere,
)  # fmt: skip


def check(pack: Pack) -> Findings:
    """Everything to say about a pack, by file and line."""
    return tuple(sorted({finding for rule in RULES for finding in rule.check(pack)}))


def rules() -> dict[str, str]:
    """Rule id -> what it looks for."""
    return {rule.RULE: rule.TITLE for rule in RULES}
