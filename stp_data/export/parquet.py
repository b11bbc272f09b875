"""All tables as Parquet, in one zip; types as in datapackage.json."""

from __future__ import annotations

import io
import zipfile
from functools import cache

import pandas as pd

from stp_data.core.atlas import Atlas
from stp_data.export import wide
from stp_data.export.archive import NO_DATE


@cache
def parquet(atlas: Atlas) -> bytes:
    """The file: a Parquet file for each table, and footprints_wide."""
    tables = {
        resource["name"]: getattr(atlas, resource["name"])
        for resource in atlas.package["resources"]
    }
    rows = [[None if cell == "" else cell for cell in row] for row in wide.rows(atlas)]
    tables["footprints_wide"] = pd.DataFrame(rows, columns=list(wide.columns(atlas)))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        for name, table in tables.items():
            content = io.BytesIO()
            table.to_parquet(content, index=False, compression="zstd")
            # Parquet is compressed already.
            entry = zipfile.ZipInfo(f"stp-atlas/{name}.parquet", NO_DATE)
            packed.writestr(entry, content.getvalue())
    return out.getvalue()
