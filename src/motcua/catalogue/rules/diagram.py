"""The route of a service drawn: as Mermaid for documents, and as plain text for a terminal."""

from motcua.catalogue.rules.graph import END, HANDOVER, edges
from motcua.catalogue.rules.procedure import Pays, Procedure
from motcua.kernel.texts import pick


def mermaid(procedure: Procedure, language: str = "en") -> str:
    """A state diagram in the Mermaid language."""
    if procedure.pays:
        return _PAYING
    lines = ["stateDiagram-v2", f"  [*] --> {_id(procedure.route[0].state)}"]
    for step in procedure.route:
        label = f"{pick(step.title, language)} ({step.who}, {step.within})"
        lines.append(f"  {_id(step.state)} : {_safe(label)}")
    for (state, to), verbs in _grouped(procedure).items():
        target = "[*]" if to == END else _id(to)
        lines.append(f"  {_id(state)} --> {target} : {', '.join(verbs)}")
    return "\n".join([*lines, f"  {HANDOVER} --> [*] : result", ""])


def plain_text(procedure: Procedure, language: str = "en") -> str:
    """One paragraph a state: who, until when, and where each verb leads."""
    if procedure.pays:
        return _pays_in_text(procedure, procedure.pays, language)
    lines = [f"{pick(procedure.title, language)} ({procedure.key}), within {procedure.limit}", ""]
    grouped = _grouped(procedure)
    for step in procedure.route:
        condition = f", only if {step.when}" if step.when else ""
        condition += ", only if something is due" if step.pay else ""
        lines.append(f"[{step.state}] {pick(step.title, language)}")
        lines.append(f"    {step.who}, within {step.within}{condition}")
        lines += [f"    + {b.name}: {b.who} of {b.body}, {b.within}" for b in step.together]
        for (state, to), verbs in grouped.items():
            if state == step.state:
                lines.append(f"    {', '.join(verbs)} -> {to}")
        if step.silence:
            lines.append(f"    silence means: {step.silence}")
    return "\n".join([*lines, f"[{HANDOVER}] {pick(procedure.outcome.title, language)}", ""])


_PAYING = """stateDiagram-v2
  [*] --> find
  find : Find what is owed
  pay : Pay
  find --> pay : found
  find --> [*] : nothing owed
  pay --> [*] : receipt
"""


def _pays_in_text(procedure: Procedure, pays: Pays, language: str) -> str:
    keys = ", ".join(f"{key} = {path}" for key, path in pays.find.items())
    lines = [f"{pick(procedure.title, language)} ({procedure.key})", ""]
    lines.append(f"[find] {pays.debts} where {keys}")
    lines.append(f"    found -> pay{' (a part is enough)' if pays.part else ''}")
    return "\n".join([*lines, "[pay] receipt", ""])


def _grouped(procedure: Procedure) -> dict[tuple[str, str], list[str]]:
    grouped: dict[tuple[str, str], list[str]] = {}
    for edge in edges(procedure):
        grouped.setdefault((edge.state, edge.to), []).append(edge.verb)
    return grouped


def _id(state: str) -> str:
    return state.replace("-", "_")


def _safe(text: str) -> str:
    return text.replace(":", " ").replace("\n", " ")
