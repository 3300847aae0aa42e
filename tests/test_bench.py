"""What the benchmarks print is what they measured: ratios by pairs, runs refused where counts do not fit."""

from bench.figures import Row, Run, costs, rates, waits
from bench.product import ITEMS, crowded_fair
from eventsite.eventfile.queries import judge_event_file


def a_run(answers: int, *, p99: float = 0.01, cpu: float = 1.0) -> Run:
    return Run(answers=answers, errors=0, seconds=2.0, p99=p99, cpu=cpu)


def test_ratios_are_taken_pair_by_pair() -> None:
    ours, bare = [a_run(100, p99=0.03), a_run(400)], [a_run(200), a_run(400, cpu=0.5)]
    assert rates(ours, bare) == [0.5, 1.0]
    assert waits(ours, bare) == [3.0, 1.0]
    assert costs(ours, bare) == [2.0, 2.0]


def test_row_is_met_by_its_median() -> None:
    at_least = Row(name="rate", ratios=[0.1, 0.7, 0.9], must=0.7, aim=0.85)
    at_most = Row(name="wait", ratios=[1.0, 2.1, 3.0], must=2, aim=1.5, at_most=True)
    assert (at_least.ratio, at_least.met, at_most.ratio, at_most.met) == (0.7, True, 2.1, False)
    assert at_least.line().split()[1:] == ["0.70", "0.10-0.90", ">=", "0.7", "0.85", "met"]
    assert at_most.line().endswith("NOT MET")


def test_measured_fair_is_sound() -> None:
    tree = crowded_fair()
    assert len(tree["programme"]) == ITEMS
    judge_event_file(tree)
    places = [(item["stage_id"], item["date"], item["start"]) for item in tree["programme"]]
    assert len(set(places)) == ITEMS
