import csv

import pytest

from corewatch.errors import LexiconError
from corewatch.lexicon.companies import FOLDER, Entry, _add, company_words, registry, roles_of


def test_every_role_of_the_registry_is_documented() -> None:
    documented = (FOLDER / "company_words.toml").read_text(encoding="utf-8").split("# Endings")[0]
    roles = {role for held in registry().roles.values() for role in held}
    assert sorted(role for role in roles if role not in documented) == []


def test_every_name_of_the_registry_finds_itself() -> None:
    known = registry()
    assert [name for name in known.roles if known.by_form[name].name != name] == []


def test_a_form_that_two_companies_claim_is_refused() -> None:
    held = {"Acme": Entry("Acme", None, frozenset(), False, False)}
    with pytest.raises(LexiconError, match="'Acme' is given to Acme and to Bolt"):
        _add(held, "Acme", Entry("Bolt", None, frozenset(), False, False))


def test_a_row_has_all_its_columns() -> None:
    rows = csv.reader((FOLDER / "companies.csv").read_text(encoding="utf-8").splitlines())
    assert {len(row) for row in rows} == {7}


def test_a_hedge_fund_is_a_fund() -> None:
    assert "fund" in company_words().widen(["hedge_fund"])


def test_roles_are_looked_up_by_canonical_name() -> None:
    assert "chipmaker" in roles_of("Nvidia")
    assert roles_of("Nobody Ever") == frozenset()
