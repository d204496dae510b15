"""What a domain hands to the kernel beside its flows, and what it hands over or gets back in single acts."""

from __future__ import annotations

from dataclasses import dataclass

from linli.kernel.cases.rules.events import Kind


@dataclass(frozen=True, slots=True)
class Listener:
    """A domain's function that joins what follows from an event, in the event's own transaction.

    ``call`` is the dotted path of a function ``(*, by, on, case, event)``. With ``before`` it runs before a move
    (``kind`` PASSED, REFUSED, RETURNED or WITHDRAWN) is made, with ``event`` None: it may store the decision that the
    step needs, or refuse.
    """

    flow: str
    kind: Kind
    call: str
    before: bool = False


@dataclass(frozen=True, slots=True)
class Panel:
    """A domain's part of the case page: a template, and the dotted path of ``(*, case, by, on) -> dict`` for it.

    ``print`` is a template for the facts on the printed approval form (审批表), with the same words. The context may
    hold ``warnings`` of its one case, so that the page need not ask for them again; ``owed``, the sentences with which
    passing the step would be refused now, and ``owed_at``, words and address of the page on which that is mended.
    ``warnings`` is the dotted path of ``(*, cases, by, on) -> dict[case id, list of sentences]``: what a person should look at
    before passing; a case with a warning is not passed in a batch. ``apart`` is the dotted path of ``(*, case) -> dict[staff id,
    sentence]``: who must keep out of this case, and why; it is neither given to them nor taken by them.
    """

    flow: str
    template: str = ""
    print: str = ""
    context: str = ""
    warnings: str = ""
    apart: str = ""


@dataclass(frozen=True, slots=True)
class Received:
    """A paper that came in: its key, whether the original was seen, and the key of the stored file, if any."""

    key: str
    original: bool = False
    file: str = ""


@dataclass(frozen=True, slots=True)
class BatchLine:
    """What became of one case of a batch."""

    case_id: int
    number: str
    done: bool
    message: str = ""
