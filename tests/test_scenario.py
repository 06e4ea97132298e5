"""A scenario is checked whole before any work: what is allowed arrives unchanged, the rest is refused by name."""

import datetime
import inspect
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from analysis.errors import InputError
from analysis.scenario import Parameters, Quote, Scenario, read_scenario, scenario_names

# Every issue of a parameter: an override that is refused, and what the message must say.
REFUSED = {
    "an unknown parameter": ("baselin=h200", "-p: unknown parameter 'baselin'; did you mean 'baseline'?"),
    "an unknown parameter in capitals": (
        "BASELINE=h200",
        "-p: unknown parameter 'BASELINE'; did you mean 'baseline'?",
    ),
    "a name that is code": ("__import__('os').system('id')=1", "-p: unknown parameter \"__import__('os')"),
    "a name with a line break": ("baseline\nx=1", "-p: unknown parameter 'baseline\\nx'"),
    "an empty name": ("=h200", "-p: unknown parameter ''; allowed: "),
    "the name of the scenario": ("name=mine", "-p: unknown parameter 'name'"),
    "no equals sign": ("baseline", "-p 'baseline': found no '=', allowed is name=value"),
    "a misspelt hardware": ("baseline=h20", "-p: baseline: found 'h20'; did you mean 'h200'?"),
    "a hardware's product name": ("subject=GB300 NVL72", "-p: subject: found 'GB300 NVL72'; allowed: b200, "),
    "a negative price": ("baseline_price=-1.41", "-p: baseline_price: found -1.41; Input should be greater than 0"),
    "a price of nothing": ("subject_price=0", "-p: subject_price: found 0; Input should be greater than 0"),
    "an endless price": ("subject_price=.inf", "-p: subject_price: found inf; Input should be a finite number"),
    "a price out of range": ("subject_price=1000001", "less than or equal to 1000000"),
    "a price in quotes": ("subject_price='2.65'", "-p: subject_price: found '2.65'; Input should be a valid number"),
    "a price in dollars": ("subject_price=$2.65", "-p: subject_price: found '$2.65'; Input should be a valid number"),
    "NaN": ("minimum_interactivity=.nan", "-p: minimum_interactivity: found nan; Input should be a finite number"),
    "the word nan": ("minimum_interactivity=nan", "found 'nan'; Input should be a valid number"),
    "a time for a number": ("minimum_interactivity=1:30", "found '1:30'; Input should be a valid number"),
    "true for a number": ("input_tokens=true", "-p: input_tokens: found True; Input should be a valid integer"),
    "a broken number of tokens": ("input_tokens=1024.5", "found 1024.5; Input should be a valid integer"),
    "no token": ("output_tokens=0", "greater than or equal to 1"),
    "a day that does not exist": ("as_of=2026-02-30", "-p 'as_of=2026-02-30', line 1: day is out of range"),
    "a day in another order": ("as_of=15.04.2026", "-p: as_of: found '15.04.2026'; must be a day, YYYY-MM-DD"),
    "a day without dashes": ("as_of=20260415", "-p: as_of: found 20260415; Input should be a valid date"),
    "a moment for a day": ("as_of=2026-04-15 10:00", "must be a day, YYYY-MM-DD"),
    "an unknown vintage": ("vintage=2026-4", "-p: vintage: found '2026-4'; did you mean '2026-04'?"),
    "an unknown price tier": ("price_tier=hyperscalers", "should be 'hyperscaler', 'neocloud' or 'rental_3yr'"),
    "an unknown rate": ("baseline_rate=fp8", "should be 'fp4_dense', 'fp4_sparse', 'fp8_dense', "),
    "an unknown snapshot": ("snapshot=inferencex", "-p: snapshot: found 'inferencex'; "),
    "a snapshot elsewhere": ("snapshot=../claims/published", "-p: snapshot: found '../claims/published'"),
    "a mapping for a word": ("baseline={h200: 1}", "found {'h200': 1}; Input should be a valid string"),
    "a list for a word": ("baseline=[h200]", "found ['h200']; Input should be a valid string"),
    "nothing for a word": ("baseline=", "-p: baseline: found None; Input should be a valid string"),
    "a word for a list": ("authors=Ada", "-p: authors: found 'Ada'; Input should be a valid list"),
    "a second value": ("title=a\nsubtitle: b", "-p 'title=a\\nsubtitle: b': found 2 values, allowed is one"),
    "a value that is not plain": ("baseline=!!python/name:os.system ''", "a tag (tag:yaml.org,2002:python/name"),
    "an alias": ("baseline=*a", "an anchor or an alias is not allowed"),
    "a broken value": ("title='a", """-p "title='a", line 1: found unexpected end of stream"""),
    "a value and a comment": ("horizon=12 # months", "-p 'horizon=12 # months': found more than a value before '#'"),
    "a value that is not UTF-8": ("title=\udcff", "not UTF-8 text"),
    "a title that is too long": (f"title={'x' * 301}", "String should have at most 300 characters"),
    "a quote that is a word": ("quotes=cheap", "-p: quotes: found 'cheap'; Input should be a valid list"),
    "a quote without a price": (
        "quotes=[{provider: A, platform: h200}]",
        "-p: quotes[0].price: missing",
    ),
    "a quote for no platform": (
        "quotes=[{provider: A, platform: h20, price: 2}]",
        "-p: quotes[0].platform: found 'h20'; did you mean 'h200'?",
    ),
    "a misspelt key of a quote": (
        "quotes=[{provider: A, platform: h200, price: 2, prize: 1}]",
        "-p: quotes[0].prize: unknown key",
    ),
    "a quote for nothing": (
        "quotes=[{provider: A, platform: h200, price: 0}]",
        "-p: quotes[0].price: found 0; Input should be greater than 0",
    ),
    "a provider without a name": (
        "quotes=[{provider: '7', platform: h200, price: 2}]",
        "-p: quotes[0].provider: found '7'; String should match pattern",
    ),
    "a load of nothing": ("tokens_per_day=0", "-p: tokens_per_day: found 0; Input should be greater than 0"),
    "a peak below the mean": ("peak_factor=0.5", "-p: peak_factor: found 0.5; Input should be greater than or equal"),
    "a fleet fuller than full": ("peak_utilization=1.1", "less than or equal to 1"),
    "a control character": ('title="a\\e[31m"', "the control character '\\x1b' is not allowed"),
}


@pytest.fixture
def file(tmp_path):
    def write(text, name="own.yaml"):
        path = tmp_path / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return str(path)

    return write


def refusal(*arguments, **named):
    with pytest.raises(InputError) as refused:
        read_scenario(*arguments, **named)
    return str(refused.value)


def test_the_published_scenario_is_the_default_of_every_parameter():
    asked = read_scenario("published")
    for name in Parameters.model_fields:
        assert getattr(asked, name) == Parameters.model_fields[name].default, name
    assert asked.name == "published"


def test_the_published_scenario_names_the_conditions_of_the_publication():
    asked = read_scenario("published")
    assert (asked.baseline, asked.subject) == ("h200", "gb300")
    assert (asked.input_tokens, asked.output_tokens) == (1024, 1024)
    assert (asked.vintage, asked.price_tier) == ("2026-04", "hyperscaler")
    assert asked.as_of == datetime.date(2026, 4, 15)


def test_every_shipped_scenario_can_be_read():
    assert "published" in scenario_names()
    for name in scenario_names():
        assert read_scenario(name).name == name


def test_an_override_takes_the_place_of_a_parameter():
    asked = read_scenario(
        "published", ["baseline=h100", "subject_price=3", "as_of=2026-05-05", "title=Ours = best", "date=~"]
    )
    assert asked.baseline == "h100"
    assert asked.subject_price == 3.0
    assert isinstance(asked.subject_price, float)
    assert asked.as_of == datetime.date(2026, 5, 5)
    assert asked.title == "Ours = best"
    assert asked.date is None
    assert asked.subject == "gb300"


def test_of_two_overrides_the_later_one_holds():
    assert read_scenario("published", ["baseline=h100", "baseline=b200"]).baseline == "b200"


@pytest.mark.parametrize("case", REFUSED)
def test_what_is_not_allowed_is_refused_by_name(case):
    override, said = REFUSED[case]
    message = refusal("published", [override])
    assert said in message
    assert "\n" not in message
    assert len(message) < 1500


def test_markup_in_a_title_is_text():
    assert read_scenario("published", ["title=<script>alert(1)</script>"]).title == "<script>alert(1)</script>"


def test_a_scenario_of_ones_own_is_a_file(file):
    asked = read_scenario(
        file("baseline: b200\nsubject: mi355x\nauthors: [Ada Lovelace, Charles Babbage]\n", "amd.yaml")
    )
    assert (asked.name, asked.baseline, asked.subject) == ("amd", "b200", "mi355x")
    assert asked.authors == ["Ada Lovelace", "Charles Babbage"]
    assert asked.vintage == Parameters.model_fields["vintage"].default


def test_a_folder_of_ones_own_holds_named_scenarios(file, tmp_path):
    file("baseline: h100", "plain.yaml")
    assert scenario_names(tmp_path) == ["plain"]
    assert read_scenario("plain", folder=tmp_path).baseline == "h100"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("baselin: h200", "own.yaml: unknown parameter 'baselin'; did you mean 'baseline'?"),
        ("baseline: h20", "own.yaml: baseline: found 'h20'; did you mean 'h200'?"),
        ("1: h200", "own.yaml: unknown parameter 1"),
        ("baseline_price: {amount: 1.41}", "own.yaml: baseline_price: found {'amount': 1.41}"),
        ("baseline: h200\nbaseline: h100", "own.yaml, line 2: 'baseline' stands twice"),
        ("baseline: &a h200\nsubject: *a", "own.yaml, line 1: an anchor or an alias is not allowed"),
        ("baseline: !!str h200", "own.yaml, line 1: a tag (tag:yaml.org,2002:str) is not allowed"),
        ("[h200]: 1", "own.yaml, line 1: a key must be a single word"),
        ("baseline: " + "[" * 5000, "own.yaml, line 1: nested more than 50 deep"),
        ("- h200", "own.yaml: found list, allowed is a mapping"),
        ("", "own.yaml: found NoneType, allowed is a mapping"),
        (b"title: \xff", "own.yaml: not UTF-8 text"),
        (b"title: " + b"x" * 10_000_000, "own.yaml: 10,000,007 bytes, allowed are 200,000"),
        ("title: [" + "x, " * 1000 + "]", "own.yaml: title: found ['x', 'x', "),
    ],
)
def test_a_hostile_file_is_refused_with_its_place(file, text, said):
    message = refusal(file(text))
    assert said in message
    assert len(message) < 1000


def test_a_refusal_names_where_the_value_stands(file):
    path = file("baseline: h100")
    assert refusal(path, ["subject=gb30"]).startswith("-p: subject")
    assert refusal(file("subject: gb30"), ["baseline=h100"]).startswith(f"{path}: subject")


@pytest.mark.parametrize("name", ["", "..", "/", "a" * 5000, "a\0b", "published.yml", "../scenarios/published.yaml"])
def test_a_name_without_a_scenario_is_refused(name):
    assert refusal(name).startswith("no scenario ")


def test_a_misspelt_scenario_is_refused_with_the_nearest():
    assert refusal("publishd") == "no scenario 'publishd'; did you mean 'published'?"


def test_the_name_of_a_scenario_is_a_plain_word(file):
    assert "String should match pattern" in refusal(file("baseline: h100", "Two Words.yaml"))


def test_parameters_are_plain_values_that_a_notebook_gives_back():
    asked = read_scenario("published", ["baseline_price=2", "minimum_interactivity=50"])
    plain = asked.parameters()
    assert set(plain) == set(Parameters.model_fields)
    assert all(value is None or isinstance(value, str | int | float | list | dict) for value in plain.values())
    assert plain["as_of"] == "2026-04-15"
    gathered = Parameters.gathered(plain)
    known = {name: getattr(asked, name) for name in Parameters.model_fields if name != "stated"}
    assert gathered.model_dump(exclude={"stated"}) == Parameters(**known).model_dump(exclude={"stated"})
    assert gathered.model_fields_set == {*plain["stated"]} | {"stated"}
    assert {"baseline_price", "minimum_interactivity", "as_of"} <= gathered.model_fields_set
    assert "peak_factor" not in gathered.model_fields_set


def test_quotes_reach_a_notebook_as_mappings_and_come_back():
    asked = read_scenario("published", ["quotes=[{provider: A, platform: h200, price: 2, date: 2026-01-02}]"])
    plain = asked.parameters()["quotes"]
    given = {"provider": "A", "platform": "h200", "terms": "as quoted", "price": 2.0, "date": "2026-01-02"}
    assert {key: plain[0][key] for key in given} == given
    assert Parameters.gathered({"quotes": plain}).quotes == asked.quotes


def test_what_a_notebook_does_not_name_keeps_its_default_and_its_other_names_do_not_matter():
    gathered = Parameters.gathered({"baseline": "h100", "pd": object(), "__name__": "__main__", "name": 3})
    assert gathered == Parameters(baseline="h100")


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("baseline", "h20", "parameter: baseline: found 'h20'; did you mean 'h200'?"),
        ("baseline_price", float("nan"), "parameter: baseline_price: found nan; Input should be a finite number"),
        ("as_of", "2026-13-01", "parameter: as_of: found '2026-13-01'; "),
        ("input_tokens", 1024.0, "parameter: input_tokens: found 1024.0; Input should be a valid integer"),
        ("vintage", None, "parameter: vintage: found None; Input should be a valid string"),
    ],
)
def test_a_notebook_s_parameters_are_checked_as_well(name, value, said):
    with pytest.raises(InputError) as refused:
        Parameters.gathered({name: value})
    assert said in str(refused.value)


def test_parameters_cannot_be_changed_afterwards():
    with pytest.raises(ValidationError):
        Parameters().baseline = "h100"


def test_every_parameter_and_every_word_of_the_front_page_says_what_it_is():
    for name, field in Scenario.model_fields.items():
        assert field.description or name in ("name", "folder")
        assert name.isidentifier()


@given(st.text(max_size=40) | st.builds("{}={}".format, st.sampled_from(sorted(Scenario.model_fields)), st.text()))
def test_no_override_leads_to_another_error(text):
    with suppress(InputError):
        assert isinstance(read_scenario("published", [text]), Scenario)


@pytest.mark.parametrize(
    "title", ["Cost: all of it", "Cost #1 of all", "C# & F#", "A & B", "Why: 35x? #2", "供应商 #3", "|", ">"]
)
def test_words_of_an_override_are_whole_whatever_signs_stand_in_them(title):
    assert read_scenario("published", [f"title={title}"]).title == title


@pytest.mark.parametrize("title", ["Cost #1 of all", "two words # three", "50% # of all", "½ # share"])
def test_a_title_that_yaml_would_cut_is_refused_and_whole_in_quotes(tmp_path, title):
    path = tmp_path / "own.yaml"
    path.write_text(f"title: {title}\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"own\.yaml, line 1: a text that is not quoted ends at ' #'"):
        read_scenario(str(path))
    path.write_text(f'title: "{title}"\nhorizon: 12 # months\nvintage: 2026-08  # the newest\n', encoding="utf-8")
    assert read_scenario(str(path)).title == title


@pytest.mark.parametrize("provider", ["供应商", "Яндекс", "日本クラウド 2", "Ørsted", "شركة"])
def test_a_provider_has_a_name_of_any_script(provider):
    quote = {"provider": provider, "platform": "h200", "price": 2.0}
    assert Quote(**quote).provider == provider
    with pytest.raises(ValueError, match="String should match pattern"):
        Quote(**{**quote, "provider": "123"})


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"subject": "GB300"}, "Parameters: subject: found 'GB300'; did you mean 'gb300'?"),
        ({"subjct": "gb300"}, "Parameters: unknown parameter 'subjct'; did you mean 'subject'?"),
        ({"baseline_price": -1}, "Parameters: baseline_price: found -1; Input should be greater than 0"),
    ],
)
def test_parameters_of_a_notebook_are_refused_in_one_line(given, said):
    with pytest.raises(InputError) as refused:
        Parameters(**given)
    assert str(refused.value) == said


def test_the_signature_of_parameters_reads_and_their_help_says_what_each_is():
    shown = str(inspect.signature(Parameters))
    assert "Annotated" not in shown
    assert "baseline_price: float | None = None" in shown
    assert "minimum_interactivity: tok/s/user that a user must get at least" in Parameters.__doc__


def test_a_file_cannot_say_what_it_states(tmp_path):
    path = tmp_path / "own.yaml"
    path.write_text("stated: [horizon]\n", encoding="utf-8")
    with pytest.raises(InputError, match="unknown parameter 'stated'"):
        read_scenario(str(path))
