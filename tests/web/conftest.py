"""The fixtures of the page in this process, for all tests here."""

from page_in_process import dropped, page, rules, start

__all__ = ["dropped", "page", "rules", "start"]
