"""Code tables, facts, search words, likeness of two rows, area history: plain functions."""

from linli.kernel.registry.rules.areas import Change, NewArea, office_of, on_boundaries_of, recoded
from linli.kernel.registry.rules.codes import (
    ETHNIC,
    HEAD,
    KIN,
    NO_NUMBER_REASONS,
    ORGANISATION_KINDS,
    PLACE_KINDS,
    STATUS_KINDS,
    VULNERABLE,
    AreaKind,
    HouseholdKind,
    Marital,
    Sex,
    StatusKind,
    Succession,
    UnitRole,
    area_kinds,
)
from linli.kernel.registry.rules.duplicates import BY_CHANCE, Alike, PairState, alike, pairs_of
from linli.kernel.registry.rules.facts import CORRECTABLE, PersonFacts, is_minor
from linli.kernel.registry.rules.history import BenefitLine, Entry, Removal
from linli.kernel.registry.rules.numbers import (
    ACCOUNT,
    NUMBER,
    NUMBER_TAIL,
    PHONE,
    PHONE_TAIL,
    Sealed,
    read_account,
    read_phone,
    seal_number,
    seal_phone,
)
from linli.kernel.registry.rules.rooms import room_names
from linli.kernel.registry.rules.search import (
    ADDRESS_MARK,
    LIMIT,
    Meaning,
    Word,
    address_pieces,
    address_tokens,
    after,
    full_pinyin,
    person_tokens,
    read_words,
    tells_number,
)
from linli.kernel.registry.rules.vulnerable import (
    CAUSE_OF,
    CAUSES,
    GROUPS,
    NEED_OF,
    NEEDS,
    NO_CAUSE,
    OTHER_NEED,
    cause_of,
    need_of,
)

__all__ = [
    "ACCOUNT", "ADDRESS_MARK", "BY_CHANCE", "CAUSES", "CAUSE_OF", "CORRECTABLE", "ETHNIC", "GROUPS", "HEAD", "KIN", "LIMIT",
    "NEEDS", "NEED_OF", "NO_CAUSE", "NO_NUMBER_REASONS", "NUMBER", "NUMBER_TAIL", "ORGANISATION_KINDS", "OTHER_NEED",
    "PHONE", "PHONE_TAIL", "PLACE_KINDS", "STATUS_KINDS", "VULNERABLE", "Alike", "AreaKind", "BenefitLine",
    "Change", "Entry", "HouseholdKind", "Marital", "Meaning", "NewArea", "PairState", "PersonFacts", "Removal", "Sealed",
    "Sex", "StatusKind", "Succession", "UnitRole", "Word", "address_pieces", "address_tokens", "after", "alike", "area_kinds",
    "cause_of",
    "full_pinyin", "is_minor", "need_of", "office_of", "on_boundaries_of", "pairs_of", "person_tokens", "read_account",
    "read_phone", "read_words", "recoded", "room_names", "seal_number", "seal_phone", "tells_number",
]  # fmt: skip
