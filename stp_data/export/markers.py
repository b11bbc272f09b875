"""What stands in a cell without a value, as in the tables of UK government statistics."""

from __future__ import annotations

NOT_AVAILABLE = "[x]"
NOT_APPLICABLE = "[z]"
MEANING = {
    NOT_AVAILABLE: "Not available: not found in the sources read. It doesn't mean no or zero.",
    NOT_APPLICABLE: "Not applicable: there is nothing to say.",
}

_NOTHING_TO_SAY_ANYWHERE = frozenset({"note", "facts", "also", "via", "copies"})
_NOTHING_TO_SAY = frozenset(
    {
        # Only some districts lie in a county, and only CCGs and councils have a code of the ONS.
        ("places", "county"),
        ("organisations", "ons_code"),
        # Only ranges have an upper end, and at most one figure is preferred.
        ("stated", "value_to"),
        # Most figures are of the year that their measure names.
        ("stated", "period"),
        ("stated", "preferred"),
        ("plan_sums", "value_to"),
        ("national", "value_to"),
        # Most say no more than the series, and most of what happened is told by one event.
        ("national", "basis"),
        ("series", "caution"),
        ("series", "prices"),
        ("events", "happening"),
        # Without an amount there is nothing to qualify.
        ("plan_sums", "qualifier"),
        # Without a title, date or name there is no source for it.
        ("plans", "name_source"),
        ("plans", "source"),
        ("leads", "source"),
        # Only pages without a date are judged to be later, and only numbers lack a word.
        ("priorities", "later"),
        ("counts_by_others", "theme"),
        ("counts_by_others", "said"),
        ("counts_by_others", "names"),
        ("counts_by_others", "footprints"),
        ("counts_by_others", "listed"),
        # Measures that cannot colour a map have no headline.
        ("measures", "headline"),
        # The raw value was dropped and nothing took its place.
        ("corrections", "becomes"),
    }
)


def empty(table: str, field: str) -> str:
    """The marker for an empty cell of that field."""
    if field in _NOTHING_TO_SAY_ANYWHERE or (table, field) in _NOTHING_TO_SAY:
        return NOT_APPLICABLE
    return NOT_AVAILABLE
