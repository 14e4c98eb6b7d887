"""Reading the files of a pack: YAML whose faults have a line and a remedy, and CSV.

Only plain data comes out: dictionaries, lists, strings, whole numbers, decimals, booleans, dates.
"""

import csv
import io
import re
from datetime import date
from pathlib import Path
from typing import Any

import yaml

LARGEST_YAML_BYTES = 1_000_000
LARGEST_CSV_BYTES = 20_000_000
DEEPEST = 40

Where = tuple[str | int, ...]
Lines = dict[Where, int]

_WHOLE = re.compile(r"[-+]?(0|[1-9][0-9_]*)")
_DECIMAL = re.compile(r"[-+]?[0-9]+\.[0-9]+")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_WORDS = {"true": True, "false": False, "null": None, "~": None, "": None}


class PackFault(ValueError):
    """A file of a pack that cannot be read: which file, which line (from 1), what to do."""

    def __init__(self, file: Path | str, line: int, what: str) -> None:
        super().__init__(f"{file}:{line}: {what}")
        self.file = Path(file)
        self.line = line
        self.what = what


def pack_root() -> Path:
    """The folder of the country's pack (settings.MOTCUA_PACK)."""
    from django.conf import settings

    return Path(settings.MOTCUA_PACK)


def read_yaml(path: Path | str) -> tuple[Any, Lines]:
    """The data of a YAML file, and the line of each place in it: ("form", 0, "page") -> 12.

    A place in a mapping has the line of its key; () is the first line. Dates (2026-02-13) are
    `date`; moments ("2026-02-13 15:20") and anything else stay strings; yes and no are strings.
    PackFault for duplicate keys, tabs, anchors, tags, bad syntax, other encodings, large files.
    """
    path = Path(path)
    text = _text(path, LARGEST_YAML_BYTES)
    for number, line in enumerate(text.splitlines(), start=1):
        if "\t" in line[: len(line) - len(line.lstrip())]:
            raise PackFault(path, number, "a tab indents this line: use spaces")
    return _Reader(path).read(text)


def read_csv(path: Path | str) -> list[dict[str, str]]:
    """The rows of a CSV file with a header line, all values as trimmed strings.

    PackFault for a row with more or fewer values than the header, a doubled or empty column name.
    """
    path = Path(path)
    reader = csv.reader(io.StringIO(_text(path, LARGEST_CSV_BYTES), newline=""), strict=True)
    try:
        header = [name.strip() for name in next(reader, [])]
        if not all(header) or len(set(header)) != len(header) or not header:
            raise PackFault(path, 1, "the first line must name each column, each name once")
        rows = []
        for row in reader:
            if not row:
                continue
            if len(row) != len(header):
                what = f"{len(row)} values for {len(header)} columns: quote values with commas"
                raise PackFault(path, reader.line_num, what)
            rows.append(dict(zip(header, (value.strip() for value in row), strict=True)))
    except csv.Error as error:
        raise PackFault(path, reader.line_num, f"not readable as CSV ({error})") from None
    return rows


def _text(path: Path, largest: int) -> str:
    try:
        with path.open("rb") as file:
            raw = file.read(largest + 1)
    except FileNotFoundError:
        raise PackFault(path, 1, "there is no such file") from None
    except OSError as error:
        raise PackFault(path, 1, f"the file cannot be opened ({error.strerror})") from None
    if len(raw) > largest:
        raise PackFault(path, 1, f"larger than {largest} bytes: split it into several files")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise PackFault(path, line, "not in UTF-8: save the file in that encoding") from None


class _Reader:
    """Turns YAML nodes into data, noting the line of each place."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.lines: Lines = {(): 1}
        self._depth = 0

    def read(self, text: str) -> tuple[Any, Lines]:
        """libyaml reads ten times faster; the slow reader says what is wrong, and where."""
        if fast := getattr(yaml, "CSafeLoader", None):
            try:
                return self._read(text, fast)
            except yaml.YAMLError:
                self._depth = 0
        return self._read_slowly(text)

    def _read_slowly(self, text: str) -> tuple[Any, Lines]:
        try:
            return self._read(text, yaml.SafeLoader)
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            line = mark.line + 1 if mark else 1
            raise PackFault(self.path, line, _syntax_sentence(error)) from None
        except yaml.reader.ReaderError as error:
            line = text.count("\n", 0, error.position) + 1
            raise PackFault(self.path, line, "a character that YAML does not allow") from None

    def _read(self, text: str, loader: Any) -> tuple[Any, Lines]:
        for event in yaml.parse(text, Loader=loader):
            self._check_event(event)
        node = yaml.compose(text, Loader=loader)
        if node is None:
            raise PackFault(self.path, 1, "the file is empty")
        return self._data(node, ()), self.lines

    def _check_event(self, event: yaml.Event) -> None:
        """Anchors and tags are refused before they can expand; so is bottomless nesting."""
        if getattr(event, "anchor", None):
            raise self._fault(event, "anchors and aliases (& and *) are not used: write it out")
        if tag := getattr(event, "tag", None):
            raise self._fault(event, f'tags such as "{tag}" are not used: take it away')
        step = isinstance(event, yaml.CollectionStartEvent) - isinstance(
            event, yaml.CollectionEndEvent
        )
        self._depth += step
        if self._depth > DEEPEST:
            raise self._fault(event, f"nested more than {DEEPEST} levels deep")

    def _data(self, node: yaml.Node, where: Where) -> Any:
        self.lines.setdefault(where, node.start_mark.line + 1)
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, where)
        if isinstance(node, yaml.SequenceNode):
            return [self._data(item, (*where, n)) for n, item in enumerate(node.value)]
        return self._scalar(node)

    def _mapping(self, node: yaml.MappingNode, where: Where) -> dict[str | int, Any]:
        data: dict[str | int, Any] = {}
        for key_node, value_node in node.value:
            if not isinstance(key_node, yaml.ScalarNode):
                raise self._fault(key_node, "a key must be a word")
            key = key_node.value
            if key == "<<":
                raise self._fault(key_node, "merge keys (<<) are not used: write it out")
            if key in data:
                first = self.lines[(*where, key)]
                raise self._fault(key_node, f'"{key}" is there already on line {first}: keep one')
            self.lines[(*where, key)] = key_node.start_mark.line + 1
            data[key] = self._data(value_node, (*where, key))
        return data

    def _scalar(self, node: yaml.Node) -> Any:
        value: str = node.value
        if getattr(node, "style", None):  # quoted, or a block of text
            return value
        if value in _WORDS:
            return _WORDS[value]
        if _WHOLE.fullmatch(value):
            return int(value)
        if _DECIMAL.fullmatch(value):
            return float(value)
        if _DATE.fullmatch(value):
            try:
                return date.fromisoformat(value)
            except ValueError:
                raise self._fault(node, f"{value} is not a day of the calendar") from None
        return value

    def _fault(self, place: Any, what: str) -> PackFault:
        return PackFault(self.path, place.start_mark.line + 1, what)


def _syntax_sentence(error: yaml.MarkedYAMLError) -> str:
    problem = error.problem or "it cannot be read"
    if "mapping values are not allowed" in problem:
        return "a colon where none can be: put quotes around a text that contains one"
    if "found character '%'" in problem or "cannot start any token" in problem:
        return "this text must be in quotes (it begins with a special character)"
    if "single document" in problem or "another document" in problem:
        return "one document a file: take away the line '---'"
    return f"not readable as YAML: {problem}; check indentation, brackets and quotes here"
