"""What must be true of all dossiers and their papers."""

from motcua.project.audit.shapes import Invariant

DOSSIERS = (
    Invariant(
        "an open dossier has an open task",
        "SELECT d.id FROM dossiers_dossier d WHERE d.at <> 'end' AND NOT EXISTS"
        " (SELECT FROM dossiers_task t WHERE t.dossier_id = d.id AND t.closed_at IS NULL)",
    ),
    Invariant(
        "an ended dossier has no open task",
        "SELECT d.id FROM dossiers_task t JOIN dossiers_dossier d ON d.id = t.dossier_id"
        " WHERE t.closed_at IS NULL AND d.at = 'end'",
    ),
    Invariant(
        "a task belongs to a dossier",
        "SELECT t.id FROM dossiers_task t"
        " LEFT JOIN dossiers_dossier d ON d.id = t.dossier_id WHERE d.id IS NULL",
    ),
    Invariant(
        "a task was closed after it was opened, by a verb",
        "SELECT id FROM dossiers_task WHERE closed_at < opened_at"
        " OR (closed_at IS NULL) <> (verb = '')",
    ),
    Invariant(
        "a code is given exactly with the acceptance",
        "SELECT id FROM dossiers_dossier WHERE (code = '') <> (accepted_at IS NULL)",
    ),
    Invariant(
        "a code leads to its dossier",
        "SELECT d.id FROM dossiers_dossier d LEFT JOIN dossiers_dossiercode c USING (code)"
        " WHERE d.code <> '' AND c.dossier_id IS DISTINCT FROM d.id",
    ),
    Invariant(
        "a code in the look-up table belongs to a dossier",
        "SELECT c.code FROM dossiers_dossiercode c"
        " LEFT JOIN dossiers_dossier d ON d.id = c.dossier_id AND d.code = c.code"
        " WHERE d.id IS NULL",
    ),
    Invariant(
        "the day's counter of a desk is its highest code",
        "WITH used AS (SELECT b.code AS body_code, (d.accepted_at AT TIME ZONE %(zone)s)::date"
        " AS day, max(split_part(d.code, '-', 3)::int) AS last FROM dossiers_dossier d"
        " JOIN directory_body b ON b.id = d.desk_id WHERE d.code <> '' GROUP BY 1, 2)"
        " SELECT u.body_code || ' ' || u.day FROM used u LEFT JOIN dossiers_daycounter c"
        " ON c.body_code = u.body_code AND c.day = u.day WHERE c.last IS NULL OR c.last < u.last",
    ),
    Invariant(
        "a dossier has one act of its submission",
        "SELECT d.id FROM dossiers_dossier d LEFT JOIN (SELECT object_id, count(*) AS times"
        " FROM acts_act WHERE object_kind = 'dossier' AND verb = 'dossier.submitted'"
        " GROUP BY 1) a ON a.object_id = d.id WHERE a.times IS DISTINCT FROM 1",
    ),
    Invariant(
        "an accepted dossier has one act of its acceptance, another has none",
        "SELECT d.id FROM dossiers_dossier d LEFT JOIN (SELECT object_id, count(*) AS times"
        " FROM acts_act WHERE object_kind = 'dossier' AND verb = 'dossier.accepted'"
        " GROUP BY 1) a ON a.object_id = d.id"
        " WHERE coalesce(a.times, 0) <> (d.accepted_at IS NOT NULL)::int",
    ),
    Invariant(
        "an act about a dossier has its dossier",
        "SELECT a.id FROM acts_act a LEFT JOIN dossiers_dossier d ON d.id = a.object_id"
        " WHERE a.object_kind = 'dossier' AND (d.id IS NULL OR a.dossier_id <> a.object_id)",
    ),
    Invariant(
        "status and state agree",
        "SELECT id FROM dossiers_dossier WHERE CASE at WHEN 'end' THEN status NOT IN (3, 7, 8, 10)"
        " WHEN 'handover' THEN status <> 9 WHEN 'correction' THEN status <> 10"
        " ELSE status NOT IN (1, 2, 4, 5, 6) OR (status IN (2, 4) AND accepted_at IS NULL) END",
    ),
    Invariant(
        "what is returned has ended, and time does not run backwards",
        "SELECT id FROM dossiers_dossier WHERE accepted_at < submitted_at"
        " OR ended_at < submitted_at OR (status = 10 AND returned_at IS NULL)"
        " OR (at = 'end' AND ended_at IS NULL)",
    ),
    Invariant(
        "a version is the number of decisions: each has an act",
        "SELECT d.id FROM dossiers_dossier d LEFT JOIN (SELECT object_id, count(*) AS times"
        " FROM acts_act WHERE object_kind = 'dossier' GROUP BY 1) a ON a.object_id = d.id"
        " WHERE d.version < 1 OR d.version > coalesce(a.times, 0)",
    ),
    Invariant(
        "where a task's clock runs, the dossier will be woken",
        "SELECT DISTINCT d.id FROM dossiers_task t JOIN dossiers_dossier d ON d.id = t.dossier_id"
        " WHERE t.closed_at IS NULL"
        " AND t.state ? 'clock' AND t.state #>> '{clock,paused_at}' IS NULL"
        " AND t.state ->> 'reported' IS NULL AND d.wake_at IS NULL",
    ),
    Invariant(
        "where the legal clock runs, the dossier will be woken",
        "SELECT id FROM dossiers_dossier WHERE ended_at IS NULL AND wake_at IS NULL"
        " AND state ? 'clock' AND state #>> '{clock,paused_at}' IS NULL"
        " AND NOT coalesce(state -> 'told' ? 'overdue', false) AND due_at > now()",
    ),
    Invariant(
        "the due date is the clock's",
        "SELECT id FROM dossiers_dossier WHERE due_at IS DISTINCT FROM"
        " (state #>> '{clock,due_at}')::timestamptz",
    ),
    Invariant(
        "a paper of a dossier exists",
        "SELECT p.id FROM dossiers_dossierpaper p"
        " LEFT JOIN documents_paper d ON d.id = p.paper_id WHERE d.id IS NULL",
    ),
    Invariant(
        "a number is in the issue book of its body, once",
        "SELECT p.id FROM documents_paper p LEFT JOIN documents_issueentry e"
        " ON e.body_id = p.body_id AND e.series = split_part(p.number, '/', 3)"
        " AND e.year::text = split_part(p.number, '/', 2)"
        " AND e.ordinal = split_part(p.number, '/', 1)::int"
        " WHERE p.number <> '' AND e.paper_id IS DISTINCT FROM p.id",
    ),
    Invariant(
        "an issue book has no gap: its last number is the number of its lines",
        "SELECT b.body_id::text || ' ' || b.series FROM documents_issuebook b LEFT JOIN"
        " (SELECT body_id, series, year, count(*) AS lines, max(ordinal) AS last"
        " FROM documents_issueentry GROUP BY 1, 2, 3) e USING (body_id, series, year)"
        " WHERE b.last IS DISTINCT FROM e.last OR e.lines <> e.last",
    ),
    Invariant(
        "no draft is left of a submitted dossier",
        "SELECT d.id FROM dossiers_draft d JOIN dossiers_dossier s USING (id)",
    ),
)
