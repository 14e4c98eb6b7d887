"""The door of the catalogue: services compiled from packs, their forms, fees and search.

Answers are nested by the dots of field paths: {"child": {"born_on": "2026-02-10"}}; dates are ISO
strings, amounts whole đồng, areas five-digit (commune) or two-digit (province) codes, an address
{"area": code, "line": text}. Forms return Problems (all together) and never raise for bad input.
Unknown services raise Refusal "catalogue.no-such-service", others "catalogue.not-in-force".
Sources: Decree 61/2018 and 118/2025 (one-stop shop), Resolution 66.7/2025 (once-only).
"""

from motcua.catalogue.checks import rules
from motcua.catalogue.once_only import (
    AskedPaper,
    OnceOnlyRow,
    once_only_rows,
    once_only_summary,
    papers_of,
)
from motcua.catalogue.operations import Loaded, check_pack, load_pack
from motcua.catalogue.packs import Pack
from motcua.catalogue.queries import (
    Hit,
    LifeEvent,
    country,
    current,
    forget,
    life_events,
    procedure,
    procedures,
    search,
    versions,
)
from motcua.catalogue.refusals import problem_sentence
from motcua.catalogue.rules.answers import (
    Context,
    Truth,
    completed,
    flatten,
    get,
    merged,
    nest,
    question_of,
)
from motcua.catalogue.rules.answers_schema import json_schema
from motcua.catalogue.rules.csv_rows import rows_from_csv, rows_to_csv
from motcua.catalogue.rules.diagram import mermaid, plain_text
from motcua.catalogue.rules.difference import Change, diff_versions
from motcua.catalogue.rules.display import (
    Section,
    Shown,
    Table,
    computed_in_words,
    display_answers,
    in_words,
    rows_in_words,
    table_in_words,
)
from motcua.catalogue.rules.fees import FeeBreakdown, FeeLine, fee_of
from motcua.catalogue.rules.findings import Finding, errors
from motcua.catalogue.rules.forms import (
    as_typed,
    blanks,
    check_answers,
    evidence_needed,
    evidence_replaced,
    read_fields,
    read_page,
    visible_fields,
    visible_pages,
    without_hidden,
)
from motcua.catalogue.rules.levels import ServiceLevel, service_level
from motcua.catalogue.rules.prefills import sources
from motcua.catalogue.rules.procedure import (
    Computed,
    Detail,
    Evidence,
    Field,
    Page,
    Pays,
    Procedure,
    Step,
)
from motcua.catalogue.rules.rows import most_rows, raw_rows
from motcua.catalogue.scaffold import new_register, new_service

__all__ = [
    "AskedPaper",
    "Change",
    "Computed",
    "Context",
    "Detail",
    "Evidence",
    "FeeBreakdown",
    "FeeLine",
    "Field",
    "Finding",
    "Hit",
    "LifeEvent",
    "Loaded",
    "OnceOnlyRow",
    "Pack",
    "Page",
    "Pays",
    "Procedure",
    "Section",
    "ServiceLevel",
    "Shown",
    "Step",
    "Table",
    "Truth",
    "as_typed",
    "blanks",
    "check_answers",
    "check_pack",
    "completed",
    "computed_in_words",
    "country",
    "current",
    "diff_versions",
    "display_answers",
    "errors",
    "evidence_needed",
    "evidence_replaced",
    "fee_of",
    "flatten",
    "forget",
    "get",
    "in_words",
    "json_schema",
    "life_events",
    "load_pack",
    "merged",
    "mermaid",
    "most_rows",
    "nest",
    "new_register",
    "new_service",
    "once_only_rows",
    "once_only_summary",
    "papers_of",
    "plain_text",
    "problem_sentence",
    "procedure",
    "procedures",
    "question_of",
    "raw_rows",
    "read_fields",
    "read_page",
    "rows_from_csv",
    "rows_in_words",
    "rows_to_csv",
    "rules",
    "search",
    "service_level",
    "sources",
    "table_in_words",
    "versions",
    "visible_fields",
    "visible_pages",
    "without_hidden",
]
