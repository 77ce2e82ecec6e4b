"""Processes give back what they do not need: networks one at a time, and the heap after each photo."""

from types import SimpleNamespace

import numpy as np
import pytest

from screen import inference
from screen.memory import give_back, held


class Network:
    """Answers with what it is asked, and counts how often it gave its memory back."""

    outputs = ("only",)

    def __init__(self):
        self.given_back = 0

    def __call__(self, inputs):
        return {"only": inputs[0]}

    def release_memory(self):
        self.given_back += 1


@pytest.fixture
def two(monkeypatch):
    monkeypatch.setattr(inference, "_holding", SimpleNamespace(networks=[], largest=0))
    monkeypatch.setattr(inference, "MUCH", 0)
    return Network(), Network()


def test_one_network_has_memory_at_a_time(two):
    one, other = two
    for network in (one, one, other, one):
        assert inference.run(network, np.ones(3, np.float32))[0].tolist() == [1, 1, 1]
    assert (one.given_back, other.given_back) == (1, 1)
    inference.release()
    assert (one.given_back, other.given_back) == (2, 1)
    inference.release()
    assert one.given_back == 2


def test_networks_keep_it_where_there_is_enough(two, monkeypatch):
    monkeypatch.setattr(inference, "MUCH", 2**60)
    for network in two:
        inference.run(network, np.ones(3, np.float32))
    inference.release()
    assert [network.given_back for network in two] == [0, 0]


def test_all_that_ran_give_it_back_once_there_is_much(two, monkeypatch):
    monkeypatch.setattr(inference, "MUCH", 2**60)
    for network in two:
        inference.run(network, np.ones(3, np.float32))
    monkeypatch.setattr(inference, "MUCH", 0)
    inference.release()
    assert [network.given_back for network in two] == [1, 1]


@pytest.mark.parametrize(("full", "times"), [(0, 1), (2**60, 0)])
def test_between_a_whole_view_and_small_ones_a_network_gives_it_back(two, monkeypatch, full, times):
    monkeypatch.setattr(inference, "FULL", full)
    for side in (100, 100, 60, 60, 10, 10):  # a quarter of the largest at first, then a hundredth
        inference.run(two[0], np.ones((side, side), np.float32))
    assert two[0].given_back == times


def test_what_was_freed_goes_back_to_the_system():
    before = held()
    blocks = [bytearray(60_000) for _ in range(2000)]
    blocks = blocks[::2]
    del blocks
    give_back()
    assert before > 0
    assert held() < before + 200 * 2**20
