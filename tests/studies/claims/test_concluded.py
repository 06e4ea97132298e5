from analysis.comparison.head_to_head import compare
from analysis.machinery.press.conclusions import Conclusion
from analysis.scenario import Parameters
from analysis.studies.claims.concluded import concluded
from analysis.studies.claims.evidence import Evidence
from analysis.studies.claims.ledgers import ledger, names
from analysis.studies.claims.verdicts import judge


def test_each_statement_of_each_ledger_has_a_name_of_its_own(library):
    evidence = Evidence(library, compare(library, Parameters()))
    found = [one for name in names(library) for one in concluded(name, judge(ledger(library, name), evidence))]
    assert (
        len({one["id"] for one in found}) == len(found) == sum(len(ledger(library, name)) for name in names(library))
    )
    assert {one["id"]: one["words"] for one in found}["published/cost-ratio"] == "consistent"
    assert all(Conclusion(**one).sentence for one in found)
