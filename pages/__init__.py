"""One file a page: read the address, ask stp_data, hand the answer to ui."""
