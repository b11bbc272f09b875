"""Many cases in one test: all are tried, and each that fails is reported by itself."""

from __future__ import annotations

import functools
import inspect
import os
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import pytest

WHOLE = os.environ.get("STP_TESTS") == "all"
"""Whether the long form is asked for (``make test-all``)."""

EXTREMES = (
    "greater-manchester",  # most rows
    "somerset",  # fewest rows
    "durham-darlington-teesside-hambleton-richmondshire-and-whitby",  # longest name
    "norfolk-and-waveney",  # most figures that differ
    "birmingham-and-solihull",  # no preferred gap
    "west-north-and-east-cumbria",  # merged in 2018
)
"""The footprints whose pages are drawn at each change; the data of all 44 are tested always."""


def each(names: str | Sequence[str], cases: Iterable[Any]) -> Callable[[Any], Any]:
    """Run a test for each case, as subtests of one test; otherwise like ``parametrize``.

    For cases that differ in a value only. Fixtures are set up once for all of them.
    """
    keys = [name.strip() for name in names.split(",")] if isinstance(names, str) else list(names)
    listed = [_values(case, len(keys)) for case in cases]

    def decorate(test: Callable[..., None]) -> Callable[..., None]:
        @functools.wraps(test)
        def every_case(subtests: pytest.Subtests, **fixtures: Any) -> None:
            assert listed, "there is no case to test"
            if "subtests" in inspect.signature(test).parameters:
                fixtures["subtests"] = subtests
            for case in listed:
                values = dict(zip(keys, case, strict=True))
                with subtests.test(**{key: _short(value) for key, value in values.items()}):
                    test(**fixtures, **values)

        own = inspect.signature(test).parameters.values()
        asked = [one for one in own if one.name not in (*keys, "subtests")]
        subtests = inspect.Parameter("subtests", inspect.Parameter.KEYWORD_ONLY)
        asked = [one.replace(kind=inspect.Parameter.KEYWORD_ONLY) for one in asked]
        every_case.__signature__ = inspect.Signature([*asked, subtests])  # type: ignore[attr-defined]
        return every_case

    return decorate


def _values(case: Any, number: int) -> tuple[Any, ...]:
    if isinstance(case, type(pytest.param())):
        return tuple(case.values)
    return tuple(case) if number > 1 else (case,)


def _short(value: Any) -> str:
    return ascii(value)[:80]
