from pathlib import Path

import pytest

from corewatch.errors import ParameterError
from corewatch.report.execution import parameters_in
from corewatch.report.parameters import MODELS, REPORTS, Common, check_names, check_parameters, wanted_type

NOTEBOOKS = Path(__file__).resolve().parents[2] / "notebooks"


def refusal(given: dict[str, object], *names: str) -> str:
    with pytest.raises(ParameterError) as refused:
        check_parameters(names or REPORTS, given)  # type: ignore[arg-type]  # wrong on purpose
    return str(refused.value)


def test_text_from_a_command_line_gets_the_type_of_its_parameter() -> None:
    given = check_parameters(["deal_sizes"], {"min_usd": "1e9", "corrections": "false", "seeds": "007"})
    assert given == {"deal_sizes": {"seeds": "007", "corrections": False, "min_usd": 1_000_000_000.0}}
    assert isinstance(given["deal_sizes"]["seeds"], str)


def test_a_whole_number_is_taken_where_a_number_is_wanted() -> None:
    assert check_parameters(["deal_sizes"], {"min_usd": 10**9}) == {"deal_sizes": {"min_usd": 1e9}}


def test_a_parameter_goes_to_the_reports_that_know_it() -> None:
    given = check_parameters(["closed_loop", "deal_sizes"], {"min_usd": "5", "seeds": "inbox"})
    assert given == {"closed_loop": {"seeds": "inbox"}, "deal_sizes": {"seeds": "inbox", "min_usd": 5.0}}


@pytest.mark.parametrize("value", ["many", "", "nan", "inf", "-1", -0.5, True, None, [1]])
def test_an_impossible_amount_is_refused_by_name(value: object) -> None:
    said = refusal({"min_usd": value})
    assert "parameter min_usd of deal_sizes" in said
    assert repr(value) in said
    assert "float" in said


@pytest.mark.parametrize(("key", "value"), [("corrections", 1), ("corrections", "perhaps"), ("seeds", 7), ("seeds", ""), ("tables", None)])
def test_a_value_of_another_type_is_refused_by_name(key: str, value: object) -> None:
    assert f"parameter {key} of " in refusal({key: value})


def test_an_unknown_parameter_is_refused_with_the_name_that_was_meant() -> None:
    said = refusal({"min_us": "1"})
    assert "no parameter is called 'min_us'; did you mean 'min_usd'?" in said
    assert "corrections" in said
    assert "seeds" in said


def test_a_parameter_of_another_report_is_refused_with_its_owner() -> None:
    assert "min_usd belongs to deal_sizes, not to closed_loop" in refusal({"min_usd": "1"}, "closed_loop")


def test_an_unknown_report_is_refused_with_the_names_there_are() -> None:
    with pytest.raises(ParameterError, match=r"no report is called 'deal_size'; did you mean 'deal_sizes'\?"):
        check_names(["deal_size"])


def test_reports_come_in_the_order_of_the_site_and_all_when_none_is_named() -> None:
    assert check_names(["closed_loop", "revenue_growth", "closed_loop"]) == ("revenue_growth", "closed_loop")
    assert check_names([]) == REPORTS


@pytest.mark.parametrize("name", REPORTS)
def test_a_notebook_and_its_model_say_the_same(name: str) -> None:
    seen = parameters_in(NOTEBOOKS / f"{name}.ipynb")
    fields = MODELS[name].model_fields
    # A report's own parameters come first, as they are what is changed.
    assert list(seen) == sorted(fields, key=lambda key: key in Common.model_fields)
    for key, field in fields.items():
        assert seen[key]["inferred_type_name"] == wanted_type(name, key)
        assert seen[key]["default"].replace("'", '"') == (f'"{field.default}"' if isinstance(field.default, str) else repr(field.default))
        assert seen[key]["help"] == field.description


def test_a_refused_pattern_is_told_by_its_help() -> None:
    with pytest.raises(ParameterError, match="'gold' was given, and it takes str: kinds of deals") as raised:
        check_parameters(["deal_sizes"], {"kinds": "gold"})
    assert "^" not in str(raised.value)
