"""What the page may send as JSON: nothing more than is asked for, all of it bounded."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from screen.web.actions import ACTIONS, Asked


class Strict(BaseModel):
    """A body that holds what is asked for and nothing else."""

    model_config = ConfigDict(extra="forbid", strict=True)


class Enter(Strict):
    """What lets a browser in."""

    token: str = Field(max_length=200)


class Action(Strict):
    """An action on a photo."""

    version: int
    do: Literal[(*tuple(ACTIONS), "undo")]  # type: ignore[valid-type]
    finding: str = Field("", max_length=20)
    person: str = Field("", max_length=200)
    reason: str | None = Field(None, max_length=2000)
    box: list[int] = Field(default_factory=list, max_length=4)
    cover: str = Field("", max_length=20)
    by: Literal[1, -1] = 1
    index: int | None = None
    question: str = Field("", max_length=40)
    answer: str = Field("", max_length=3)
    answers: dict[str, str] = Field(default_factory=dict, max_length=20)

    def asked(self) -> Asked:
        """The action as the session understands it."""
        answers = {**self.answers, **({self.question: self.answer} if self.question else {})}
        return Asked(
            self.do,
            self.finding,
            self.person,
            self.reason or "",
            tuple(self.box),
            self.cover,
            self.by,
            self.index,
            answers,
        )


class Settings(Strict):
    """Other rules for all photos."""

    purposes: list[str] | None = Field(None, max_length=50)
    occasion: str | None = None
    style: str | None = None
    lang: str | None = None


class Save(Strict):
    """Photos to save."""

    ids: list[str] = Field(min_length=1, max_length=10_000)
