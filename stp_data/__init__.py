"""The data of STP Atlas and every question asked of it.

Start with :func:`load`; ask the functions of the other modules. Nothing here knows of Streamlit
or HTTP.
"""

from stp_data.core.atlas import Atlas, load
from stp_data.core.errors import DataError

__all__ = ["Atlas", "DataError", "load"]
