"""The data of STP Atlas and every question asked of it.

Start with :func:`load`; ask the functions of the other modules. Nothing here knows of Streamlit
or HTTP.
"""

from stp_data.atlas import Atlas, load
from stp_data.errors import DataError

__all__ = ["Atlas", "DataError", "load"]
