"""Results in memory: worked out once, never those of another key."""

from threading import Barrier, Thread

import pytest

from graph.results import Results


def test_the_same_question_is_worked_out_once():
    results, asked = Results(), []

    def work():
        asked.append(1)
        return "found"

    assert [results.get("key", work), results.get("key", work)] == ["found", "found"]
    assert len(asked) == 1
    assert results.get("another key", lambda: "other") == "other"


def test_who_asks_while_it_is_worked_out_waits_for_it():
    results, asked, found = Results(), [], []
    together = Barrier(4)

    def work():
        asked.append(1)
        return "found"

    def ask():
        together.wait()
        found.append(results.get("key", work))

    threads = [Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(5)

    assert (len(asked), found) == (1, ["found"] * 4)


def test_what_goes_wrong_is_not_kept():
    results = Results()

    with pytest.raises(ZeroDivisionError):
        results.get("key", lambda: str(1 // 0))

    assert results.get("key", lambda: "found") == "found"


def test_the_oldest_give_way_when_there_is_too_much_and_the_latest_is_always_kept():
    results = Results(most=10)
    for key in ("first", "second", "third"):
        results.get(key, lambda: "12345")

    assert results.get("second", lambda: "again") == "12345"
    assert results.get("first", lambda: "again") == "again"
    results.get("long", lambda: "x" * 50)
    assert results.get("long", lambda: "again") == "x" * 50
