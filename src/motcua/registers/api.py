"""The door of the registers: what the state knows, on two axes of time, read with a purpose.

Legal sources: Law on Identification 26/2023/QH15 (personal number), Law on Civil Status
60/2014/QH13, Law on Personal Data Protection 91/2025/QH15, Decree 47/2020/ND-CP (data sharing).
"""

from motcua.registers.declared import duties, register, registers
from motcua.registers.operations.bulk import ACT_TO_COME, load_people
from motcua.registers.operations.bulk import Block as PeopleBlock
from motcua.registers.operations.closing import close_register, reopen_register
from motcua.registers.operations.correcting import correct, end_fact
from motcua.registers.operations.disputes import close_dispute, open_dispute
from motcua.registers.operations.emergency import (
    EmergencyCard,
    emergencies_to_review,
    open_emergency,
    review_emergency,
)
from motcua.registers.operations.facts import write_facts
from motcua.registers.operations.importing import resume_import, start_import, stop_import
from motcua.registers.operations.importing import work as work_import
from motcua.registers.operations.keeping import is_keeper, kept_by
from motcua.registers.operations.listing import find_keys, is_listed
from motcua.registers.operations.merging import (
    decide_merge,
    duplicates,
    look_for_duplicates,
    propose_merge,
    undo_merge,
)
from motcua.registers.operations.numbers import allot_personal_number
from motcua.registers.operations.people import create_people
from motcua.registers.operations.resealing import reseal
from motcua.registers.operations.retention import run_retention
from motcua.registers.operations.settling import settle_unusual
from motcua.registers.queries.cards import person_by_number
from motcua.registers.queries.children import children_of, own_person
from motcua.registers.queries.closures import ClosureCard, closure_of, closures
from motcua.registers.queries.disputes import (
    DisputeCard,
    disputes,
    is_disputed,
    open_disputes_of,
    rests_on_disputed,
)
from motcua.registers.queries.finding import find_people
from motcua.registers.queries.history import history, records_of
from motcua.registers.queries.importing import (
    export_rows,
    import_columns,
    import_faults,
    import_run,
    import_runs,
)
from motcua.registers.queries.keys import household_numbers, key_of, number_of
from motcua.registers.queries.merging import Pair, duplicate_count, merges
from motcua.registers.queries.people import person_ids
from motcua.registers.queries.reading import read, read_many, readable
from motcua.registers.queries.relations import reader_for, relations_of
from motcua.registers.queries.retention import Certificate, certificates
from motcua.registers.queries.watching import (
    UnusualCounts,
    UnusualRow,
    unusual_access,
    unusual_counts,
)
from motcua.registers.rules.declaration import Duty, Register
from motcua.registers.rules.finding import FindPeople, FoundPeople, FoundPerson
from motcua.registers.rules.ids import record_id
from motcua.registers.rules.importing import RowFault, RunCard
from motcua.registers.rules.merging import MergeCard
from motcua.registers.rules.shapes import Ask, Fact, Held, Person, PersonDraft, Record

__all__ = [
    "ACT_TO_COME",
    "Ask",
    "Certificate",
    "ClosureCard",
    "DisputeCard",
    "Duty",
    "EmergencyCard",
    "Fact",
    "FindPeople",
    "FoundPeople",
    "FoundPerson",
    "Held",
    "MergeCard",
    "Pair",
    "PeopleBlock",
    "Person",
    "PersonDraft",
    "Record",
    "Register",
    "RowFault",
    "RunCard",
    "UnusualCounts",
    "UnusualRow",
    "allot_personal_number",
    "certificates",
    "children_of",
    "close_dispute",
    "close_register",
    "closure_of",
    "closures",
    "correct",
    "create_people",
    "decide_merge",
    "disputes",
    "duplicate_count",
    "duplicates",
    "duties",
    "emergencies_to_review",
    "end_fact",
    "export_rows",
    "find_keys",
    "find_people",
    "history",
    "household_numbers",
    "import_columns",
    "import_faults",
    "import_run",
    "import_runs",
    "is_disputed",
    "is_keeper",
    "is_listed",
    "kept_by",
    "key_of",
    "load_people",
    "look_for_duplicates",
    "merges",
    "number_of",
    "open_dispute",
    "open_disputes_of",
    "open_emergency",
    "own_person",
    "person_by_number",
    "person_ids",
    "propose_merge",
    "read",
    "read_many",
    "readable",
    "reader_for",
    "record_id",
    "records_of",
    "register",
    "registers",
    "relations_of",
    "reopen_register",
    "reseal",
    "rests_on_disputed",
    "resume_import",
    "review_emergency",
    "run_retention",
    "settle_unusual",
    "start_import",
    "stop_import",
    "undo_merge",
    "unusual_access",
    "unusual_counts",
    "work_import",
    "write_facts",
]
