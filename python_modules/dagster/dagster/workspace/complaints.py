"""Errors as a person wants to read them: a few lines of where it happened in their own code, and last one sentence that
says what is wrong, in which file and line."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Sequence

import msgspec
from msgspec.structs import replace

from dagster.config.evaluations import EvaluationError
from dagster.errors import (
    CheckError,
    CircularDependencyError,
    DagsterCodeLocationError,
    DagsterError,
    DagsterInvalidAssetSelectionError,
    DagsterInvalidConfigError,
    DagsterInvalidDefinitionError,
    DagsterUserCodeExecutionError,
)
from dagster.events.failures import SerializableErrorInfo
from dagster.events.frames import Frame, frames_of, frames_written, of_the_user, place, shown
from dagster.text_files import SAVE_AS_UTF8
from dagster.workspace.loading import CodeLocation
from dagster.workspace.places import files_of_project, place_of_call, place_of_text, places_of_assets, places_of_text, shown_place
from dagster.workspace.suggestions import raised_as_text
from dagster.workspace.targets import CodeTarget

LINES_AT_MOST = 15
_FRAMES_AT_MOST = 4
_SENTENCE_AT_MOST = 600


class Complaint(msgspec.Struct, frozen=True, kw_only=True):
    """What is said about an error.

    Attributes:
        details: what helps to find the cause, line by line; may be left out.
        sentence: one line: what is wrong, in which file and line.
        kind: the name of the error's class; empty where it is none of the framework.
        config_errors: the places where config does not fit.
    """

    details: tuple[str, ...] = ()
    sentence: str
    kind: str = ""
    config_errors: tuple[EvaluationError, ...] = ()

    def lines(self, at_most: int = LINES_AT_MOST) -> list[str]:
        """The whole, the sentence last; of too many details the first ones are left out."""
        room = at_most - 1
        details = list(self.details)
        if len(details) > room:
            details = [f"  ... and {len(details) - room + 1} more", *details[len(details) - room + 1 :]] if room > 1 else []
        return [*details, self.sentence]


def complaint(error: BaseException, *, target: CodeTarget | None = None, location: CodeLocation | None = None) -> Complaint:
    """What to say about an error.

    Args:
        error: what was raised while a location was loaded, checked or asked.
        target: what was to be loaded.
        location: what was loaded, if it came so far.
    """
    found = _complaint(error, target, location)
    advised = _advised(found, location.target) if location is not None else found
    kind = type(error).__name__ if isinstance(error, (DagsterError, CheckError)) else ""
    places = tuple(error.errors) if isinstance(error, DagsterInvalidConfigError) else ()
    return replace(advised, kind=kind, config_errors=places)


def _complaint(error: BaseException, target: CodeTarget | None, location: CodeLocation | None) -> Complaint:
    raised = error.user_exception if isinstance(error, DagsterUserCodeExecutionError) else error
    if isinstance(raised, SyntaxError):
        return _about_syntax(raised, target)
    if isinstance(raised, DagsterInvalidDefinitionError) and raised.findings:
        return _about_findings(raised, location)
    if isinstance(raised, DagsterCodeLocationError):
        return Complaint(sentence=_sentence(shown_place(raised.place), str(raised)))
    frames = of_the_user(frames_of(raised.__traceback__))
    if isinstance(raised, SystemExit):
        return Complaint(details=_told(frames), sentence=_sentence(_last_place(frames), _about_exit(raised)))
    if isinstance(raised, ImportError) and target is not None:
        return Complaint(details=_told(frames), sentence=_sentence(_last_place(frames), _about_import(raised, target, frames)))
    if isinstance(raised, DagsterInvalidAssetSelectionError):
        return _about_selection(raised, location if target is not None else None)
    if isinstance(raised, (DagsterError, CheckError)):
        return _about_ours(raised, frames, location)
    where = _last_place(frames) or (place(target.name, 1) if target is not None and target.source == "python_file" else "")
    return Complaint(details=(*_told(frames), *_causes(raised)), sentence=_sentence(where, raised_as_text(raised)))


def _advised(said: Complaint, target: CodeTarget) -> Complaint:
    """The same where commands that are advised name the code as this command did."""
    if not target.options or not _ADVICE.search(said.sentence):
        return said
    return replace(said, sentence=_ADVICE.sub(lambda found: f"{found[0]} {target.options}", said.sentence))


_DEFINED = re.compile(r" Defined at \S+:\d+\.$")
_ADVICE = re.compile(r"`dagster asset (list|materialize|show)\b(?! -[fmw] )")


def lines_of(complaints: Sequence[Complaint], name: str = "problems") -> list[str]:
    """Several complaints in the room of one, the last line a sentence; of too many the first ones are told.

    Args:
        complaints: one or more.
        name: what they are called together.
    """
    if len(complaints) >= LINES_AT_MOST:
        told = complaints[: LINES_AT_MOST - 1]
        return [f"{len(complaints)} {name}, the first {len(told)}:", *(each.sentence for each in told)]
    return [line for each in complaints for line in each.lines(LINES_AT_MOST // len(complaints))]


def complaint_about_stored(error: SerializableErrorInfo, what: str, target: CodeTarget | None = None) -> Complaint:
    """What to say about an error that was kept as a value: the user's exception in the frames of the user.

    Args:
        error: as the events of a run carry it.
        what: what failed, as the sentence names it.
        target: the code of which something failed.
    """
    told = error
    while told.cls_name in _FENCES and told.cause is not None:
        told = told.cause
    frames = of_the_user(frames_written(told.stack))
    said = _said_by_stored(told)
    if not frames and error.cls_name in _FENCES_OF_VALUES:  # no line of the user says which value it was about
        said = error.message.strip().partition(": ")[2]
    found = Complaint(
        details=(*_told(frames), *_stored_causes(told)), sentence=_sentence(_last_place(frames), f"{what} failed: {said}")
    )
    return found if target is None else _advised(found, target)


def _said_by_stored(error: SerializableErrorInfo) -> str:
    """Class and text; of our own errors the text, which is a sentence."""
    message = error.message.strip()
    name = error.cls_name or ""
    is_a_sentence = name.startswith("Dagster") or name in _SENTENCES
    return message.partition(": ")[2] if is_a_sentence and ": " in message else message


def _stored_causes(error: SerializableErrorInfo) -> list[str]:
    """The exceptions that led to one of the user's, the nearest first; ours say in their sentence what matters."""
    if (error.cls_name or "").startswith("Dagster"):
        return []
    lines: list[str] = []
    cause = error.cause
    while cause is not None and len(lines) < _FRAMES_AT_MOST:
        frames = of_the_user(frames_written(cause.stack))
        lines.append(f"  caused by {_sentence(_last_place(frames), _said_by_stored(cause))}")
        cause = cause.cause
    return lines


def _names_of_fences() -> frozenset[str]:
    """The classes that only say where user code was called."""
    found: list[type[BaseException]] = [DagsterUserCodeExecutionError]
    for error_class in found:
        found.extend(error_class.__subclasses__())
    return frozenset(error_class.__name__ for error_class in found)


_FENCES = _names_of_fences()
_FENCES_OF_VALUES = frozenset({"DagsterExecutionLoadInputError", "DagsterExecutionHandleOutputError"})
_SENTENCES = frozenset({"CheckError", "Failure", "ParameterCheckError"})
"""Classes of ours whose text is a sentence, as that of every class whose name begins with Dagster."""


def _sentence(where: str, what: str) -> str:
    text = " ".join(what.replace(os.getcwd().rstrip(os.sep) + os.sep, "").split())
    if len(text) > _SENTENCE_AT_MOST:
        text = f"{text[:_SENTENCE_AT_MOST]}..."
    return f"{where}: {text}" if where else text


def _told(frames: list[Frame]) -> tuple[str, ...]:
    """The way to the last frame; that one alone needs no list of its own unless its text helps."""
    return tuple(f"  {frame.told()}" for frame in frames[-_FRAMES_AT_MOST:])


def _last_place(frames: list[Frame]) -> str:
    return frames[-1].place if frames else ""


def _causes(raised: BaseException) -> list[str]:
    """The exceptions that led to this one, the nearest first."""
    lines: list[str] = []
    cause = raised.__cause__
    while cause is not None and len(lines) < _FRAMES_AT_MOST:
        frames = of_the_user(frames_of(cause.__traceback__))
        lines.append(f"  caused by {_sentence(_last_place(frames), raised_as_text(cause))}")
        cause = cause.__cause__
    return lines


def _about_syntax(raised: SyntaxError, target: CodeTarget | None) -> Complaint:
    where = place(raised.filename or (target.name if target is not None else ""), raised.lineno or 1)
    details: tuple[str, ...] = ()
    if raised.text and raised.text.strip():
        text = raised.text.rstrip("\n").expandtabs()
        indent = len(text) - len(text.lstrip())
        column = max((raised.offset or 1) - 1 - indent, 0)
        details = (f"  {text.strip()}", f"  {' ' * column}^")
    said = f"{type(raised).__name__}: {raised.msg}"
    if "codec can't decode" in said:
        said += f". {SAVE_AS_UTF8}"
    return Complaint(details=details, sentence=_sentence(where, said))


def _about_findings(raised: DagsterInvalidDefinitionError, location: CodeLocation | None) -> Complaint:
    sentences = [_about_finding(what, where, location) for what, where in raised.findings]
    if len(sentences) == 1:
        return Complaint(details=_pointer(raised.findings[0][0]), sentence=sentences[0])
    return Complaint(details=(f"{len(sentences)} problems:", *sentences[:-1]), sentence=sentences[-1])


def _pointer(text: str) -> tuple[str, ...]:
    """The line of a text in which a caret points at a character, and the caret."""
    lines = text.splitlines()
    carets = [number for number, line in enumerate(lines) if number and line.strip() == "^"]
    return tuple(lines[carets[0] - 1 : carets[0] + 1]) if carets else ()


def _about_finding(what: str, where: str, location: CodeLocation | None) -> str:
    what = "\n".join(line for line in what.splitlines() if line not in _pointer(what))
    if where or location is None:
        return _sentence(shown_place(where), what)
    if what.startswith("Duplicate"):
        found = (_places_of_text(name, location) for name in _quoted(what))
        places = next((each for each in found if each), [""])
        if len(places) > 1:
            return _sentence(places[-1], f"{what.rstrip('.')}. It is also named at {', '.join(places[:-1])}.")
    return _sentence(_place_by_names(what, location), what)


def _places_of_text(text: str, location: CodeLocation) -> list[str]:
    files = files_of_project(location.path, location.target.directory)
    return [found for path in files for found in places_of_text(path, text)]


def _about_exit(raised: SystemExit) -> str:
    return f"the code ended the process while it was loaded: it called sys.exit({raised.code!r})."


def _about_import(raised: ImportError, target: CodeTarget, frames: list[Frame]) -> str:
    said = raised_as_text(raised).removesuffix(".")
    if "relative import" in str(raised):
        return f"{said}. A file that is loaded alone has no package: load it as a module, e.g. -m package.{_stem(frames)}."
    if isinstance(raised, ModuleNotFoundError) and "." not in (raised.name or ""):
        return f'{said}. Local modules are looked up in "{target.directory}"; {_where_it_is(raised, frames)}'
    return f"{said}."


def _where_it_is(raised: ModuleNotFoundError, frames: list[Frame]) -> str:
    """A module beside the file that imports it is found when that directory is named."""
    beside = os.path.dirname(os.path.abspath(frames[-1].path)) if frames else ""
    name = (raised.name or "").partition(".")[0]
    if name and any(os.path.exists(os.path.join(beside, entry)) for entry in (f"{name}.py", name)):
        return f'"{name}" is in another one: -d {shown(beside)}.'
    return "name another directory with -d, or install it."


def _stem(frames: list[Frame]) -> str:
    return frames[-1].path.rpartition("/")[2].removesuffix(".py") if frames else "module"


def _about_selection(raised: DagsterInvalidAssetSelectionError, location: CodeLocation | None) -> Complaint:
    """A selection that cannot be read, with what points into it; one of the code stands somewhere, one of a command nowhere."""
    pointer = tuple(str(raised).splitlines()[1:])
    where = place_of_text(location.path, raised.string) if location is not None and raised.string else None
    if location is not None and where is None:
        where = _place_by_names("", location)
    return Complaint(details=pointer, sentence=_sentence(where or "", raised.problem))


def _about_ours(raised: DagsterError | CheckError, frames: list[Frame], location: CodeLocation | None) -> Complaint:
    """One of our errors. Raised inside of the user's module it stands at their line; later, where the names in it stand."""
    if frames:
        said = _DEFINED.sub("", _text_of(raised))  # at the line that is named
        return Complaint(details=_told(frames[:-1]), sentence=_sentence(_last_place(frames), said))
    cycle = raised.cycle if isinstance(raised, CircularDependencyError) else ()
    return Complaint(sentence=_sentence(_place_by_names(str(raised), location, cycle), _text_of(raised)))


def _text_of(raised: DagsterError | CheckError) -> str:
    if isinstance(raised, DagsterInvalidConfigError) and raised.errors:
        return f"{str(raised).splitlines()[0]}: {'; '.join(str(each) for each in raised.errors)}"
    return str(raised)


def _place_by_names(text: str, location: CodeLocation | None, names: Sequence[str] = ()) -> str:
    """Where the first thing that a sentence names stands; else where the definitions are made."""
    if location is None:
        return ""
    places = places_of_assets(location.definitions)
    lookups: list[Callable[[str], str | None]] = [
        places.get,
        lambda name: next(iter(_places_of_text(name, location)), None),
    ]
    for look_up in lookups:
        for name in names or _quoted(text):
            if found := look_up(name):
                return found
    return place_of_call(location.path, "Definitions") or shown(location.path)


def _quoted(text: str) -> list[str]:
    """What stands in quotes in a sentence; a job's name in the API's own sentence stands without."""
    names = [first or second for first, second in re.findall(r'"([^"]+)"|\'([^\']+)\'', text)]
    return names + re.findall(r"asset job (\w+)", text)
