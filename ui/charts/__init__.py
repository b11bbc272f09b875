"""Charts in Plotly: pure functions from rows to figures, and the helper that shows them.

Plotly is imported below this package only, and its script reaches a reader only with a page that
calls ``show.draw``.
"""
