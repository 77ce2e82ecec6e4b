"""Errors of the page: a sentence in its language, a stable word and an HTTP status."""

from __future__ import annotations

from screen.errors import UsageError


class PageError(UsageError):
    """A request that is not carried out.

    Args:
        status: HTTP status: 400, 403, 404, 409, 413, 415 or 422.
        code: short stable word for the page.
        template: the sentence for people, marked for the catalogues; {names} stand for values.
        values: what stands in the places of the template.
    """

    def __init__(self, status: int, code: str, template: str, **values: object) -> None:
        super().__init__(template, **values)
        self.status, self.code = status, code

    def _arguments(self) -> tuple[object, ...]:
        return self.status, self.code, self.template
