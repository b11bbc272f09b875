// Draws what sources show: the matrix of footprints by themes, and the list of who names what.
// Called by picker.js. All text goes in with textContent.

// A table under its title, in a frame that scrolls by itself, by keyboard too.
function framed(whole, title, element) {
  whole.setAttribute("aria-label", title)
  const frame = element("div", undefined, { class: "frame", tabindex: "0", role: "region", "aria-label": title })
  frame.append(whole)
  const all = element("div")
  all.append(element("p", title, { class: "title" }), frame)
  return all
}

function headRow(cells, element) {
  const row = element("tr")
  row.append(...cells)
  const head = element("thead")
  head.append(row)
  return head
}

function groupRow(title, width, element) {
  const row = element("tr", undefined, { class: "group" })
  row.append(element("th", title, { colspan: width, scope: "colgroup" }))
  return row
}

// data.groups: [title, [[number, degrees, total]]]; degrees has a digit for each of data.heads, 0 where
// the theme was not found: such cells stay blank, as the legend says once. The others open their sources.
export function matrix(data, footprints, { element, readable }) {
  const whole = element("table", undefined, { class: "matrix" })
  const heads = data.heads.map(([, label, count, asked]) => {
    const cell = element("th", undefined, { scope: "col", ...(asked && { class: "asked" }) })
    cell.append(element("span", `${label} (≥\u00a0${count})`))
    return cell
  })
  const first = element("th", "Footprint", { scope: "col" })
  const last = element("th", "Themes found", { scope: "col" })
  const body = element("tbody")
  for (const [title, rows] of data.groups) {
    if (title) body.append(groupRow(title, data.heads.length + 2, element))
    for (const [number, degrees, total] of rows) {
      const who = footprints[number - 1]
      const line = element("tr")
      line.append(element("th", who.short, { scope: "row", title: who.name }))
      data.heads.forEach(([theme, label], i) => {
        const degree = Number(degrees[i])
        const cell = element("td")
        if (degree) {
          const colour = data.colours[degree]
          const button = element("button", degrees[i], {
            type: "button",
            "data-code": `${who.code}:${theme}`,
            title: `${who.short}, ${label}: ${data.degrees[degree]}`,
            "aria-label": `${who.name}, ${label}: ${data.degrees[degree]}. Show the sources`,
          })
          button.style.background = colour
          button.style.color = readable(colour)
          button.style.borderColor = data.colours[2]
          cell.append(button)
        }
        line.append(cell)
      })
      line.append(element("td", String(total)))
      body.append(line)
    }
  }
  whole.append(headRow([first, ...heads, last], element), body)
  return framed(whole, data.title, element)
}

let documents

// data.groups: [title, [[number, [documents read, official ones], one list for each of data.heads]]]. A list is
// how firmly the theme is named, 0 where it was not found, and the sources that show it.
// A source is (place in the list of all documents × ways in data.how + way) × 2, plus 1 when it is weak.
export async function listing(data, footprints, { element }) {
  documents ??= fetch(new URL(data.documents, document.baseURI)).then((answer) => answer.json())
  const known = await documents
  const ways = data.how.length
  const one = (reference) => {
    const [title, published, url, official, key] = known[Math.floor((reference >> 1) / ways)]
    const item = element("li")
    const name = url
      ? element("a", title, { href: url, target: "_blank", rel: "noreferrer" })
      : element("span", title)
    const how = data.how[(reference >> 1) % ways]
    const marks = `${official ? ", official" : ""}${reference & 1 ? ", weak evidence" : ""}`
    const mark = element("a", "source", { class: "mark", href: `evidence?source=${key}`, target: "_self" })
    const line = element("small")
    line.append(element("b", how), ` in ${published}${marks}`)
    item.append(name, element("br"), line, "\u2060", mark)
    return item
  }
  const list = (references) => {
    const items = element("ul")
    items.append(...references.map(one))
    return items
  }
  const whole = element("table", undefined, { class: "listing" })
  const heads = ["Footprint", ...data.heads].map((name) => element("th", name, { scope: "col" }))
  const body = element("tbody")
  for (const [title, rows] of data.groups) {
    if (title) body.append(groupRow(title, heads.length, element))
    for (const [number, [read, official], cells] of rows) {
      const who = footprints[number - 1]
      const line = element("tr")
      const name = element("th", undefined, { scope: "row" })
      name.append(
        element("a", who.name, { href: `footprint?area=${who.code}`, target: "_self" }),
        element("br"),
        element("small", `${read} documents read, ${official} official`),
      )
      line.append(name)
      for (const [degree, ...references] of cells) {
        const cell = element("td")
        if (references.length) {
          cell.style.boxShadow = `inset 6px 0 0 ${data.colours[degree]}`
          cell.append(list(references.slice(0, data.most)))
          if (references.length > data.most) {
            const more = element("details")
            more.append(element("summary", `${references.length - data.most} more`), list(references.slice(data.most)))
            cell.append(more)
          }
        }
        line.append(cell)
      }
      body.append(line)
    }
  }
  whole.append(headRow(heads, element), body)
  return framed(whole, data.title, element)
}
