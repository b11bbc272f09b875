"""Charts drawn as SVG, from answers to drawing: the same for page, file, embedding and print.

One drawing serves them all, so that no two of them can disagree, and no script has to be fetched
to see a dot. Nothing here works a figure out.
"""
