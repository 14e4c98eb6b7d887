"""The frame of the sandbox's pages and the pieces that they are made of; all text is escaped."""

from collections.abc import Iterable, Mapping, Sequence
from html import escape
from urllib.parse import urlencode

from motcua.project.sandbox.texts import LANGUAGES, say

STYLE = """
:root{color-scheme:light dark;--ink:#1b1b1f;--soft:#55555f;--ground:#fff;--line:#85858f;
--act:#5b2a86;--on:#fff;--warn:#fff3cd;--on-warn:#4a3800;--bad:#a4161a}
@media(prefers-color-scheme:dark){:root{--ink:#f1f0f4;--soft:#c3c1cb;--ground:#1a191e;
--line:#8f8d99;--act:#c9a4ec;--on:#1a191e;--warn:#4a3a05;--on-warn:#fff3cd;--bad:#ffb4ab}}
*{box-sizing:border-box}
body{margin:0;background:var(--ground);color:var(--ink);font:1.0625rem/1.5 system-ui,sans-serif}
header,main,footer{max-width:44rem;margin:0 auto;padding:.75rem 1rem}
header{display:flex;flex-wrap:wrap;gap:.25rem 1rem;align-items:baseline;
justify-content:space-between}
nav ul{display:flex;flex-wrap:wrap;gap:0 1rem;list-style:none;margin:0;padding:0}
nav a,.links a{display:inline-block;padding:.4rem 0}
a{color:var(--act)}
a:focus-visible,button:focus-visible,input:focus-visible,select:focus-visible,textarea:focus-visible
{outline:3px solid var(--act);outline-offset:2px}
.skip{position:absolute;left:-999rem}.skip:focus{position:static}
.brand{font-weight:700;color:inherit;text-decoration:none}
.note{margin:0;padding:.5rem 1rem;background:var(--warn);color:var(--on-warn);text-align:center}
h1{font-size:1.6rem;line-height:1.25;margin:.5rem 0 1rem}h2{font-size:1.2rem;margin:2rem 0 .5rem}
dl{display:grid;grid-template-columns:minmax(7rem,auto) 1fr;gap:.4rem 1rem;margin:0 0 1.5rem}
dt{color:var(--soft)}dd{margin:0;overflow-wrap:anywhere}
.sum{font-size:1.4rem;font-weight:700}
fieldset{border:1px solid var(--line);border-radius:.5rem;margin:0 0 1.25rem;
padding:.5rem 1rem 1rem}
legend{padding:0 .4rem;font-weight:600}
.choice{display:flex;gap:.6rem;align-items:center;min-height:2.75rem}
.choice input{width:1.4rem;height:1.4rem;flex:none;accent-color:var(--act)}
.field{margin:0 0 1rem}.field label{display:block;font-weight:600}
.field input,.field select,.field textarea{width:100%;min-height:2.75rem;padding:.5rem;font:inherit;
color:inherit;background:var(--ground);border:1px solid var(--line);border-radius:.3rem}
button{font:inherit;font-weight:600;min-height:2.75rem;padding:.5rem 1rem;border-radius:.4rem;
border:2px solid var(--act);background:var(--ground);color:var(--act);cursor:pointer}
button.first{background:var(--act);color:var(--on)}
.buttons{display:grid;gap:.6rem;margin:0 0 1rem}
@media(min-width:34rem){.buttons{grid-template-columns:1fr 1fr}.buttons .first{grid-column:1/-1}}
.bad{border-left:.4rem solid var(--bad);padding:.2rem 1rem;margin:0 0 1.25rem}
.table{overflow-x:auto}table{border-collapse:collapse;width:100%;font-size:.95rem}
th,td{text-align:left;padding:.4rem .6rem .4rem 0;border-bottom:1px solid var(--line);
vertical-align:top}
.r{text-align:right;white-space:nowrap;font-variant-numeric:tabular-nums}
footer{color:var(--soft);font-size:.95rem}
"""


def page(language: str, title: str, content: str, *, path: str, query: Mapping[str, str]) -> str:
    """A whole page; `path` and `query` are its own address, for the links to other languages."""
    name = say(language, "name")
    links = "".join(
        f'<li><a href="{escape(path)}?{escape(urlencode({**query, "lang": code}))}" lang="{code}"'
        f"{' aria-current=true' if code == language else ''}>{word}</a></li>"
        for code, word in LANGUAGES.items()
    )
    rooms = "".join(
        f'<li><a href="{address}?lang={language}">{escape(say(language, key))}</a></li>'
        for address, key in (
            ("/", "home"),
            ("/bank", "bank-title"),
            ("/statement", "statement-title"),
            ("/notices", "notices-title"),
        )
    )
    return (
        f'<!doctype html><html lang="{language}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        f"<title>{escape(title)} - {escape(name)}</title>"
        '<link rel="icon" href="data:,"><link rel="stylesheet" href="/style.css"></head><body>'
        f'<a class="skip" href="#main">{escape(say(language, "skip"))}</a>'
        f'<aside class="note">{escape(say(language, "no-money"))}</aside>'
        f'<header><a class="brand" href="/?lang={language}">{escape(name)}</a>'
        f'<nav aria-label="{escape(say(language, "language"))}"><ul>{links}</ul></nav></header>'
        f'<main id="main" tabindex="-1"><h1>{escape(title)}</h1>{content}</main>'
        f'<footer><nav aria-label="{escape(name)}"><ul>{rooms}</ul></nav></footer></body></html>'
    )


def facts(rows: Iterable[tuple[str, str]]) -> str:
    """Names and values; the first value is the one that matters."""
    parts = [f"<dt>{escape(name)}</dt><dd>{escape(value)}</dd>" for name, value in rows]
    first = parts[0].replace("<dd>", '<dd class="sum">') if parts else ""
    return f"<dl>{first}{''.join(parts[1:])}</dl>"


def field(name: str, label: str, value: str = "", *, kind: str = "text", about: str = "") -> str:
    """A labelled control: an input, or a textarea for the kind "textarea"."""
    if kind == "textarea":
        control = f'<textarea id="{name}" name="{name}" rows="4">{escape(value)}</textarea>'
    else:
        control = f'<input id="{name}" name="{name}" type="{kind}" value="{escape(value)}"{about}>'
    return f'<div class="field"><label for="{name}">{escape(label)}</label>{control}</div>'


def choices(name: str, legend: str, options: Sequence[tuple[str, str]]) -> str:
    """Radio buttons, the first one chosen."""
    boxes = "".join(
        f'<label class="choice"><input type="radio" name="{name}" value="{value}"'
        f"{' checked' if nth == 0 else ''}>{escape(text)}</label>"
        for nth, (value, text) in enumerate(options)
    )
    return f"<fieldset><legend>{escape(legend)}</legend>{boxes}</fieldset>"


def button(text: str, value: str = "", *, first: bool = False) -> str:
    name = f' name="do" value="{value}"' if value else ""
    return f"<button{name}{' class=first' if first else ''}>{escape(text)}</button>"


def form(action: str, language: str, content: str, *, method: str = "post") -> str:
    hidden = f'<input type="hidden" name="lang" value="{language}">'
    return f'<form method="{method}" action="{escape(action)}">{hidden}{content}</form>'


def table(
    title: str, heads: Sequence[str], rows: Sequence[Sequence[str]], *, right: set[int]
) -> str:
    """A table that scrolls sideways by itself; `right` are the columns of numbers."""
    marks = [' class="r"' if nth in right else "" for nth in range(len(heads))]
    head = "".join(
        f'<th scope="col"{mark}>{escape(text)}</th>'
        for mark, text in zip(marks, heads, strict=True)
    )
    body = "".join(
        "<tr>"
        + "".join(f"<td{mark}>{escape(t)}</td>" for mark, t in zip(marks, row, strict=True))
        + "</tr>"
        for row in rows
    )
    return (
        f'<div class="table" role="region" aria-label="{escape(title)}" tabindex="0"><table>'
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def trouble(language: str, text: str) -> str:
    """What is wrong, before everything else."""
    title = escape(say(language, "error"))
    return f'<div class="bad" role="alert"><h2>{title}</h2><p>{escape(text)}</p></div>'
