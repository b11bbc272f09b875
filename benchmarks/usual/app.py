"""The usual way to build Explore, to measure ours against: everything read and sent at each run."""

import json
from pathlib import Path

import pandas as pd
import plotly.express as px
import pydeck
import streamlit as st

DATA = Path(__file__).resolve().parents[2] / "stp_data"
CLASSES = [[237, 231, 246], [209, 196, 233], [149, 117, 205], [94, 53, 177], [49, 27, 146]]

st.set_page_config(page_title="Explore, the usual way", layout="wide")
st.title("England's 44 footprints")

footprints = pd.read_csv(DATA / "tables" / "footprints.csv")
measured = pd.read_csv(DATA / "tables" / "measured.csv")
measures = pd.read_csv(DATA / "tables" / "measures.csv").query("kind == 'measured'")
measures = measures.set_index("measure")["label"]
stated = pd.read_csv(DATA / "tables" / "stated.csv")
sources = pd.read_csv(DATA / "tables" / "sources.csv").set_index("source")
geojson = json.loads((DATA / "geometry" / "footprints.geojson").read_text(encoding="utf-8"))


left, right = st.columns(2)
keys, slugs = list(measures.index), ["", *footprints["slug"]]
first = keys.index(st.query_params.get("measure", "aged_65_over_share"))
measure = left.selectbox("Measure", keys, index=first, format_func=measures.get)
area = right.selectbox("Footprint", slugs, index=slugs.index(st.query_params.get("area", "")))
st.query_params.update({"measure": measure, "area": area})

values = measured[measured["measure"] == measure].set_index("code")["value"]
table = footprints.assign(value=footprints["code"].map(values))
ranks = table["value"].rank(pct=True).fillna(0)
classes = dict(zip(table["code"], (ranks * 4.999).astype(int), strict=True))
for feature in geojson["features"]:
    code = feature["properties"]["code"]
    feature["properties"]["value"] = values.get(code)
    feature["properties"]["fill"] = CLASSES[classes[code]]
    feature["properties"]["width"] = 3 if feature["properties"]["slug"] == area else 1

drawn, beside = st.columns([3, 2])
layer = pydeck.Layer(
    "GeoJsonLayer",
    geojson,
    pickable=True,
    auto_highlight=True,
    get_fill_color="properties.fill",
    get_line_color=[60, 60, 60],
    get_line_width="properties.width",
    line_width_units=pydeck.types.String("pixels"),
)
view = pydeck.ViewState(latitude=52.95, longitude=-2.1, zoom=5.4)
deck = pydeck.Deck([layer], initial_view_state=view, tooltip={"text": "{name}\n{value}"})
drawn.pydeck_chart(deck, height=640)
ranked = table.sort_values("value")
beside.plotly_chart(px.bar(ranked, x="value", y="name", orientation="h", height=640))
if area:
    row = table.set_index("slug").loc[area]
    st.header(row["name"])
    st.metric(measures[measure], row["value"])
    said = stated[stated["code"] == row["code"]].join(sources["title"], on="source")
    st.dataframe(said[["measure", "value", "unit", "as_of", "scope", "title"]])
