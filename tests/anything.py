"""What property tests throw at the product: the same at every run, and what they hold it to."""

from __future__ import annotations

import csv
import string
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st

TABLES = Path(__file__).resolve().parents[1] / "stp_data" / "tables"
MARK = "<zq9 onload=x>"
"""Markup that nothing of ours holds: wherever it comes back as it is, a script would too."""


def same_each_run(examples: int) -> Callable[[Any], Any]:
    """So many examples, chosen the same way at every run and on every machine."""
    checked: Callable[[Any], Any] = settings(
        max_examples=examples,
        derandomize=True,
        database=None,
        deadline=None,
        # The first example that fails is shown; to find a shorter one takes minutes.
        phases=[Phase.generate],
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
    )
    return checked


def _column(table: str, column: str) -> list[str]:
    with (TABLES / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return [row[column] for row in csv.DictReader(file)]


KNOWN = sorted(
    {
        *_column("footprints", "code"),
        *_column("footprints", "slug"),
        *_column("footprints", "name"),
        *_column("measures", "measure"),
        *_column("themes", "theme"),
        *(name.lower().replace(" ", "-") for name in _column("footprints", "nhs_region")),
        *("all", "any", "two", "official", "plans", "map", "hexes", "table", "matrix", "answer"),
        *("together", "alike", "standing", "bodies", "several", "councils", "counts", "region"),
        *("clinical", "enabler", "priorities", "ccg", "trust", "true", "1", "2", "0", "-1", "99"),
        *("downloads", "dictionary", "methods", "licences", "corrections", "about", "10000"),
        *("SW1A 1AA", "dt1 1xj", "NHS", "Wigan", "Cornwal", "St", "&"),
    }
)
HOSTILE = [
    MARK, f"'{MARK}", f'"{MARK}', f"</title>{MARK}", f"]]>{MARK}", "javascript:alert(1)",
    "=1+1", "../", "..\\", "%", "%00", "\x00", "\r\nSet-Cookie: a=b", "\u202e", "\ud7ff", "𝒳", "é",
    "e\u0301", "ﬁ", "İ", "ß", "\u200b", "{{7*7}}", "${x}", ":", ",", ",,", ":E54000005", "~" * 300,
    "9" * 400, "٣", "²", "1e9", "NaN", "(" * 60, "[" * 60, ".*" * 40, "a" * 90 + "!",
]  # fmt: skip
ANY_TEXT = st.text(max_size=220)
PIECE = st.one_of(st.sampled_from(KNOWN), st.sampled_from(HOSTILE), ANY_TEXT)
VALUE = st.one_of(
    PIECE,
    st.lists(PIECE, max_size=7).map(",".join),
    st.lists(PIECE, min_size=2, max_size=4).map("".join),
    st.tuples(PIECE, PIECE).map(":".join),
)
"""The value of a parameter."""
WORD = st.text(alphabet=string.ascii_letters + string.digits + " '-&", max_size=40)


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """The processor time that one question may take; a busy machine does not count."""
    start = time.process_time()
    yield
    assert time.process_time() - start < seconds
