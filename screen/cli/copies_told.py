"""What blur and crop say of the copies that they wrote, in words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from screen.batch.copying import Copies
from screen.records import Decision, Failure, MetadataDetails, Verdict
from screen.translation import Words, visible
from screen.words import credit_of, error_words, explain_failure


def failed(result: Copies | Failure, words: Words) -> Iterator[str]:
    """Why a photo could not be screened, or copies of it could not be kept."""
    if isinstance(result, Copies):
        for error in result.errors:
            yield error_words(error, words)
        return
    explained = explain_failure(result, words.lang)
    yield f"{visible(result.source)}: {explained.sentence} {explained.next_step}"


def told(result: Copies, words: Words) -> Iterator[str]:
    """The lines on one photo: where its copies lie and what is to be known of them."""
    source = visible(result.verdict.source)
    if result.withheld:
        yield words.text("{source}: not to be published, so no copy was written.", source=source)
        return
    if not result.written and not result.errors:
        yield words.text(
            "{source}: nothing worth showing was found without faces. No crop was written; blur the photo instead.",
            source=source,
        )
        return
    for copy in result.written:
        yield f"{source} -> {visible(copy.path)}"
    if result.left_out:
        yield "  " + words.text(
            "Left out, since screening them again found something to hide: crop {crops}.",
            crops=words.listed([words.number(number) for number in result.left_out]),
        )
    for note in (note for copy in result.written for note in copy.notes):
        yield f"  {words.text(note)}"
    yield from (f"  {line}" for line in _credit(result.verdict, words))
    if result.uncovered:
        yield "  " + words.text(
            "{findings} can be seen, as you asked, though nobody agreed to that.",
            findings=words.listed(result.uncovered),
        )


def _credit(verdict: Verdict, words: Words) -> Iterator[str]:
    """Who made the photo: the copy itself says it no longer, so the post has to."""
    details = (j.finding.details for j in verdict.judgements)
    if not any(isinstance(d, MetadataDetails) and d.kind == "credit" for d in details):
        return
    if found := dict.fromkeys(credit for j in verdict.judgements if (credit := credit_of(j.finding))):
        yield words.text("Give credit in your post: {credit}", credit=visible("; ".join(found)))
    else:
        yield words.text(
            "The file names who made the photo; the copy does not. --show-text shows it, so that your post can give "
            "credit."
        )


def summary(results: Sequence[Copies | Failure], out: Path, words: Words) -> Iterator[str]:
    """The lines at the end: how many copies there are, and how many photos have none."""
    done = [result for result in results if isinstance(result, Copies)]
    yield words.text(
        "Safe copies, written to {out} and proven: {written}, of {photos} photos.",
        written=sum(len(result.written) for result in done),
        photos=len(results),
        out=visible(str(out)),
    )
    if look := sum(result.verdict.decision == Decision.REVIEW for result in done):
        yield words.text("To be looked at by a person before they are published: {count}.", count=look)
    if withheld := sum(result.withheld for result in done):
        yield words.text("Not to be published, so without a copy: {count}.", count=withheld)
    if failed := len(results) - len(done) + sum(bool(result.errors) for result in done):
        yield words.text("Without a copy, each named above with the reason: {count}.", count=failed)
