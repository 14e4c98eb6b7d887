"""What must be true of all facts, cards and readings."""

from motcua.project.audit.shapes import Invariant

# What the population register holds of somebody today, as believed now.
_NOW = (
    "v.register = 'population' AND v.subject = p.personal_number"
    " AND v.record_id = md5('population/' || p.personal_number)::uuid"
    " AND upper_inf(v.recorded) AND v.valid @> (now() AT TIME ZONE %(zone)s)::date"
)

REGISTERS = (
    Invariant(
        "a record's identifier is made of its register and key",
        "SELECT id FROM registers_factversion"
        " WHERE record_id <> md5(register || '/' || subject)::uuid",
    ),
    Invariant(
        "a card says what the population register holds",
        "SELECT p.id FROM registers_person p JOIN registers_factversion v"  # noqa: S608
        f" ON {_NOW} AND v.fact = 'identity' WHERE (v.values ->> 'full_name',"
        " (v.values ->> 'born_on')::date, v.values ->> 'sex')"
        " IS DISTINCT FROM (p.full_name, p.born_on, p.sex)",
    ),
    Invariant(
        "a card has the address that the population register holds",
        "SELECT p.id FROM registers_person p JOIN registers_factversion v"  # noqa: S608
        f" ON {_NOW} AND v.fact = 'residence'"
        " WHERE v.values #>> '{address,area}' IS DISTINCT FROM p.residence_area",
    ),
    Invariant(
        "who has a card has an identity and a number",
        "SELECT p.id FROM registers_person p LEFT JOIN registers_factversion v"  # noqa: S608
        f" ON {_NOW} AND v.fact = 'identity'"
        " LEFT JOIN registers_personalnumber n ON n.number = p.personal_number"
        " WHERE v.id IS NULL OR n.number IS NULL",
    ),
    Invariant(
        "the dictionary of names knows every card",
        "SELECT p.id FROM registers_person p"
        " LEFT JOIN registers_nameform f ON f.form = p.search_key WHERE f.form IS NULL",
    ),
    Invariant(
        "a correction corrects a version of the same record, believed no longer",
        "SELECT v.id FROM registers_factversion v LEFT JOIN registers_factversion w"
        " ON w.record_id = v.record_id AND w.id = v.corrects"
        " WHERE v.corrects IS NOT NULL AND w.id IS NOT NULL AND upper_inf(w.recorded)",
    ),
    Invariant(
        "an open dispute is about a version that is there",
        "SELECT d.id FROM registers_dispute d LEFT JOIN registers_factversion v"
        " ON v.record_id = d.record_id AND v.id = d.version_id"
        " WHERE d.closed_at IS NULL AND v.id IS NULL",
    ),
    Invariant(
        "a reading has its purpose",
        "SELECT id FROM acts_act WHERE verb = 'registers.read' AND purpose = ''",
    ),
    Invariant(
        "a merged card leads to one that is not merged",
        "SELECT m.id FROM registers_person m LEFT JOIN registers_person k ON k.id = m.merged_into"
        " WHERE m.merged_into IS NOT NULL AND (k.id IS NULL OR k.merged_into IS NOT NULL)",
    ),
)
