"""Faults put into a copy of the product, one by one: which test notices each?

Run it before a release: ``make test-faults`` (or ``python -m tests.faults NAME`` for some). The
quick tests are tried first, those that the fault touches before the others, and each run stops at
the first failure. It ends with an error when a fault is noticed by no test.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PYTEST = [sys.executable, "-m", "pytest", "-x", "-q", "--no-header", "-p", "no:cacheprovider"]
CHECK = ("tests/data", "tests/pages/test_every_page.py")
"""What `make check` runs."""
REST = ("tests/pages", "tests/web", "tests/deploy", "tests/browser")
"""What `make test` runs besides."""


@dataclass(frozen=True)
class Fault:
    """A small change that no reader should ever meet."""

    name: str
    path: str
    old: str
    """Stands exactly once in the file."""
    new: str
    tests: str
    """The tests that are tried first, with spaces."""


FAULTS = [
    Fault("any and all are swapped", "stp_data/priorities/themes_named.py",
          'if question.match == "all" else', 'if question.match == "any" else',
          "tests/data/test_priorities.py"),
    Fault("rows of 2018 count as plans of 2016-17", "stp_data/priorities/themes_named.py",
          'LATER_FROM = "2018"', 'LATER_FROM = "2019"', "tests/data/test_priorities.py"),
    Fault("one source is enough for two", "stp_data/priorities/themes_named.py",
          '>= (2 if rules.evidence == "two" else 1)', '>= (1 if rules.evidence == "two" else 1)',
          "tests/data/test_priorities.py"),
    Fault("phi has the wrong sign", "stp_data/priorities/association.py",
          "both * neither - first_only * second_only", "first_only * second_only - both * neither",
          "tests/data/test_priorities.py"),
    Fault("Fisher's test leaves out the table itself", "stp_data/priorities/association.py",
          "if ways(joint) <= seen)", "if ways(joint) < seen)", "tests/data/test_priorities.py"),
    Fault("likeness of plans divides by the larger", "stp_data/priorities/association.py",
          "len(here & there) / len(here | there)", "len(here & there) / max(len(here), len(there))",
          "tests/data/test_priorities.py"),
    Fault("a rank is off by one", "stp_data/overview/summary.py",
          "rank=1 + sum(", "rank=sum(", "tests/data/test_questions.py"),
    Fault("a rank among the dots counts from the lowest", "stp_data/overview/among_the_44.py",
          "other > figures[code] for other", "other < figures[code] for other",
          "tests/data/test_questions.py"),
    Fault("gaps of every scope are summed", "stp_data/money/gaps.py",
          "if p.code in gaps and gaps[p.code].scope == scope]", "if p.code in gaps]",
          "tests/data/test_gaps.py"),
    Fault("a gap per person is ten times too small", "stp_data/plans/stated_figures.py",
          "self.value * 1e6 / people", "self.value * 1e5 / people", "tests/data/test_questions.py"),
    Fault("a map of gaps mixes scopes", "stp_data/places/measures.py",
          "if gap.scope == SCOPE_OF_GAP[chosen.key]", "if SCOPE_OF_GAP[chosen.key]",
          "tests/data/test_questions.py"),
    Fault("classes are unequal", "stp_data/places/measures.py",
          "((ranks - 1) * number /", "((ranks - 1) * (number - 1) /",
          "tests/data/test_questions.py"),
    Fault("a headline takes the highest for the lowest", "stp_data/places/measures.py",
          "return max(among, key=lambda c: found.by_code[c]), min(",
          "return min(among, key=lambda c: found.by_code[c]), max(",
          "tests/data/test_questions.py"),
    Fault("a postcode is taken for its neighbour", "stp_data/search/postcodes.py",
          "first, second = (UNITS.find(letter) for letter in unit)",
          "second, first = (UNITS.find(letter) for letter in unit)",
          "tests/data/test_postcodes.py"),
    Fault("any name that looks a little alike is certain", "stp_data/core/fuzzy.py",
          "CERTAIN = 95", "CERTAIN = 60", "tests/data/test_postcodes.py"),
    Fault("sources without a scope never differ", "stp_data/evidence/rivals.py",
          "return here == there or is_unsaid", "return here == there",
          "tests/data/test_conflicts.py"),
    Fault("Parliament counts as official", "stp_data/core/checks.py",
          'frozenset({"nhs", "council", "government"})',
          'frozenset({"nhs", "council", "government", "parliament"})',
          "tests/data/test_priorities.py tests/data/test_claims.py"),
    Fault("events of the last year asked for are left out", "stp_data/history/events.py",
          "low <= int(day[:4]) <= high", "low <= int(day[:4]) < high",
          "tests/data/test_timeline.py"),
    Fault("months have each other's names", "stp_data/core/wording.py",
          '"June", "July"', '"July", "June"', "tests/data/test_questions.py"),
    Fault("figures have no thousands separators", "stp_data/core/wording.py",
          'f"{value:,.{decimals}f}"\n    return text', 'f"{value:.{decimals}f}"\n    return text',
          "tests/data/test_questions.py"),
    Fault("leads come latest first", "stp_data/plans/plans.py",
          'key=lambda lead: lead.as_of or "9999")', 'key=lambda lead: lead.as_of or "9999")[::-1]',
          "tests/data/test_questions.py"),
    Fault("the smallest successor comes first", "stp_data/plans/plans.py",
          'sort_values("population_share", ascending=False)', 'sort_values("population_share")',
          "tests/data/test_questions.py"),
    Fault("a curated row is lost", "stp_data/tables/leads.csv",
          "E54000006,Emma Latimer,Chief Officer,", "E54000006,Simon Pleydell,Chief Officer,",
          "tests/data/test_curation.py"),
    Fault("a stated figure has two digits swapped", "stp_data/tables/stated.csv",
          "E54000005,finance_gap_2020_21,1070,,about,GBP million,",
          "E54000005,finance_gap_2020_21,1700,,about,GBP million,",
          "tests/data/test_curation.py"),
    Fault("a derived table was edited by hand", "stp_data/tables/successors.csv",
          "E54000005,", "E54000006,", "tests/data/test_package.py"),
    Fault("a CSV lost its guard against formulas", "stp_data/export/safe_csv.py",
          '        return f"\'{cell}"\n', "        return cell\n", "tests/web/test_downloads.py"),
    Fault("a header that stops guessing is missing", "web/middleware/headers.py",
          'headers.setdefault("X-Content-Type-Options", "nosniff")', "pass",
          "tests/web/test_headers.py"),
    Fault("any script may run", "web/middleware/headers.py",
          "f\"script-src {scripts}\"", "f\"script-src {scripts} 'unsafe-inline' *\"",
          "tests/web/test_headers.py"),
    Fault("every page may be framed", "web/middleware/headers.py",
          'framed_by = "*" if embedded else "\'self\'"', 'framed_by = "*"',
          "tests/web/test_headers.py"),
    Fault("a foreign host name is answered", "web/middleware/bounds.py",
          'if path not in BY_NUMBER and not is_host_allowed(headers.get("host")):', "if False:",
          "tests/web/test_bounds.py"),
    Fault("different content has one ETag", "web/cached/content.py",
          "self._tag = hashlib.sha256(self.content).hexdigest()[:20]", 'self._tag = "x" * 20',
          "tests/web/test_escaping.py"),
    Fault("an unknown parameter is passed over", "stp_data/core/filters.py",
          "if not set(params) <= set(known):", "if False:", "tests/web/test_gaps_files.py"),
    Fault("Streamlit's scripts travel uncompressed", "web/cached/files.py",
          "CachedContent(content, SMALL)", "CachedContent(content, {})",
          "tests/web/test_delivery.py"),
    Fault("the log has the words of readers", "web/middleware/request_log.py",
          "            logger.addFilter(RedactMessages())", "            pass",
          "tests/web/test_request_log.py"),
    Fault("templates do not escape", "web/pages.py",
          "autoescape=True", "autoescape=False", "tests/web/test_escaping.py"),
    Fault("a publisher's name is not escaped", "ui/parts/html.py",
          'target="{target}">{escape(text, quote=False)}</a>', 'target="{target}">{text}</a>',
          "tests/web/test_escaping.py"),
    Fault("figures have no mark of their source", "ui/parts/html.py",
          'return f"\\u2060<a href=evidence?source={key}>source</a>"', 'return ""',
          "tests/pages/test_marks.py"),
    Fault("a permalink loses its parameters", "ui/parts/copying.py",
          "return urlunsplit((here.scheme, here.netloc, path, asked, \"\"))",
          "return urlunsplit((here.scheme, here.netloc, path, \"\", \"\"))",
          "tests/pages/test_priorities_page.py"),
    Fault("an unknown measure gets no sentence", "stp_data/core/filters.py",
          "notices.append(error.notice)", "pass", "tests/pages/test_explore_page.py"),
    Fault("the first of several areas is dropped", "stp_data/places/filters.py",
          "slugs[: self.most]", "slugs[1 : self.most]", "tests/pages/test_compare_page.py"),
    Fault("the picture of where it lies has no alt text", "ui/footprint/head.py",
          'f\'alt="Map of England: where {name} lies, with its neighbours">\'', "f'>'",
          "tests/pages/test_footprint_page.py tests/browser/test_footprint_page_in_browser.py"),
    Fault("the search box has no label", "ui/parts/search.py",
          '"Find a footprint",', '"",', "tests/pages/test_search_box.py"),
    Fault("hexes stand in the wrong places", "static/picker.js",
          "x: (row.q + row.r / 2) * WIDTH,", "x: (row.q - row.r / 2) * WIDTH,",
          "tests/browser/test_using_hexes_and_table.py"),
    Fault("the map asks another host for its background", "ui/map/deck.py",
          'map_style=f"app/static/{style}",', "map_style=None,",
          "tests/browser/test_first_visit.py"),
    Fault("a briefing needs a third sheet", "web/briefing/templates/briefing.css",
          "table{border-collapse:collapse;width:100%;font-size:.92rem;",
          "table{border-collapse:collapse;width:100%;font-size:1.9rem!important;",
          "tests/browser/test_briefing_prints.py"),
    Fault("a new server is asked for a part that it does not know", "web/streamlit_patches.py",
          'run.fragment_id = ""', "pass", "tests/web/test_streamlit_patches.py"),
    Fault("every tab has one title", "ui/parts/chrome.py",
          'page_title=f"{title} · STP Atlas"', 'page_title="STP Atlas"',
          "tests/browser/test_every_view.py"),
]  # fmt: skip


def _copy(folder: Path) -> None:
    listed = subprocess.run(
        ["git", "ls-files", "-z"],  # noqa: S607
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    for name in filter(None, listed.split("\0")):
        if (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, folder / name)


def _notices(folder: Path, tests: list[str]) -> str:
    """The first test that fails; empty when all of them pass."""
    there = [name for name in tests if (folder / name).exists()]
    if not there:
        return ""
    reference = os.environ.get("STP_REFERENCE", "../shared/reference")
    done = subprocess.run(
        [*PYTEST, *there],
        cwd=folder,
        env={**os.environ, "STP_REFERENCE": str((ROOT / reference).resolve()), "STP_TESTS": ""},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode == 0:
        return ""
    named = re.search(r"tests/[\w/]+\.py", done.stdout.partition("FAILURES")[2] or done.stdout)
    failed = re.search(r"^_+ (?:ERROR at setup of )?(test_\w+)", done.stdout, re.MULTILINE)
    where = named[0] if named else "tests"
    return f"{where}::{failed[1]}" if failed else f"{where} ({done.stdout.strip()[-120:]!r})"


def _noticed(fault: Fault) -> tuple[str, str]:
    """The make target that notices a fault first, and the test."""
    with tempfile.TemporaryDirectory() as parent:
        folder = Path(parent) / "copy"
        _copy(folder)
        path = folder / fault.path
        text = path.read_text(encoding="utf-8")
        one_row = fault.path.endswith(".csv")
        if text.count(fault.old) != 1 and not (one_row and fault.old in text):
            return "", f"the fault does not fit: {text.count(fault.old)} places"
        path.write_text(text.replace(fault.old, fault.new, 1), encoding="utf-8", newline="")
        likely = fault.tests.split()
        quick = [test for test in likely if test.startswith(CHECK)]
        for target, tests in (
            ("check", [*quick]),
            ("test", [test for test in likely if test not in quick]),
            ("check", [*CHECK]),
            ("test", [*REST]),
        ):
            if tests and (found := _notices(folder, tests)):
                return target, found
    return "", "no test notices it"


def main(names: list[str]) -> int:
    """Try all faults, or those whose names hold one of ``names``; the exit status."""
    chosen = [fault for fault in FAULTS if not names or any(n in fault.name for n in names)]
    found: list[str] = []
    for fault in chosen:
        start = time.monotonic()
        target, test = _noticed(fault)
        found.append(target)
        seconds = time.monotonic() - start
        print(f"| {fault.name} | {target or 'MISSED'} | {test} | {seconds:.0f} s |", flush=True)
    print(
        f"{len(chosen)} faults: {found.count('check')} noticed by make check, "
        f"{found.count('test')} more by make test, {found.count('')} by none"
    )
    return 1 if "" in found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
