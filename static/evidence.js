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

// data.groups: [title, [[number, strengths, total]]]; strengths has a digit for each of data.heads.
// Empty cells say that nothing was found; the others open their sources.
export function matrix(data, footprints, { element, readable }) {
  const whole = element("table", undefined, { class: "matrix" })
  const heads = data.heads.map(([, label, count, asked]) => {
    const cell = element("th", undefined, { scope: "col", ...(asked && { class: "asked" }) })
    cell.append(element("span", `${label} (${count})`))
    return cell
  })
  const first = element("th", "Footprint", { scope: "col" })
  const last = element("th", "Themes", { scope: "col" })
  const body = element("tbody")
  for (const [title, rows] of data.groups) {
    if (title) body.append(groupRow(title, data.heads.length + 2, element))
    for (const [number, strengths, total] of rows) {
      const who = footprints[number - 1]
      const line = element("tr")
      line.append(element("th", who.short, { scope: "row", title: who.name }))
      data.heads.forEach(([theme, label], i) => {
        const strength = Number(strengths[i])
        const cell = element("td")
        if (strength) {
          const colour = data.colours[strength]
          const button = element("button", strengths[i], {
            type: "button",
            "data-code": `${who.code}:${theme}`,
            title: `${who.short}: ${label}`,
            "aria-label": `${who.name}, ${label}, strength ${strength} of 3: show the sources`,
          })
          button.style.background = colour
          button.style.color = readable(colour)
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

// data.groups: [title, [[number, [sources read, official ones], one list of documents for each of data.heads]]]. A
// document is twice its place in the list of all documents, plus 1 when what it shows is weak.
export async function listing(data, footprints, { element }) {
  documents ??= fetch(new URL(data.documents, document.baseURI)).then((answer) => answer.json())
  const known = await documents
  const one = (reference) => {
    const [title, published, url, official, key] = known[reference >> 1]
    const item = element("li")
    const name = url
      ? element("a", title, { href: url, target: "_blank", rel: "noreferrer" })
      : element("span", title)
    const marks = `${official ? ", official" : ""}${reference & 1 ? ", weak evidence" : ""}`
    const mark = element("a", "source", { class: "mark", href: `evidence?source=${key}`, target: "_self" })
    item.append(name, element("br"), element("small", `${published}${marks}`), mark)
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
        element("small", `${read} sources read, ${official} official`),
      )
      line.append(name)
      for (const references of cells) {
        const cell = element("td")
        if (!references.length) {
          cell.className = "absent"
          cell.textContent = `not found in ${read} sources read`
        } else {
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
