"""The one normalizer: every list, form and register row passes through here before it is compared or indexed."""

from chatdong.engines.linkage.addresses import Address, base_dong, normal_address
from chatdong.engines.linkage.births import Birth, normal_birth
from chatdong.engines.linkage.names import Name, hidden_fits, normal_name
from chatdong.engines.linkage.person import FIELDS, Person, person_of, still_needed
from chatdong.engines.linkage.phones import Phones, normal_phones

__all__ = [
    "FIELDS",
    "Address",
    "Birth",
    "Name",
    "Person",
    "Phones",
    "base_dong",
    "hidden_fits",
    "normal_address",
    "normal_birth",
    "normal_name",
    "normal_phones",
    "person_of",
    "still_needed",
]
