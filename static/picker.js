// Draws hexes or a table from rows, and tells Python what a reader picks. Kinds that show evidence
// are drawn by evidence.js; charts come drawn from the server, which escaped every text.
// Everything else is put in with textContent: no other text is ever read as markup.

const SVG = "http://www.w3.org/2000/svg"
const SVG_TYPE = "image/svg+xml"
const RADIUS = 34
const WIDTH = Math.sqrt(3) * RADIUS

function svg(name, attributes) {
  const node = document.createElementNS(SVG, name)
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value)
  return node
}

function element(name, text, attributes = {}) {
  const node = document.createElement(name)
  if (text !== undefined) node.textContent = text
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value)
  return node
}

// Light text on dark cells: relative luminance as WCAG defines it.
function readable(colour) {
  const [r, g, b] = [1, 3, 5].map((i) => {
    const part = parseInt(colour.slice(i, i + 2), 16) / 255
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * r + 0.7152 * g + 0.0722 * b > 0.179 ? "#14111a" : "#ffffff"
}

// A name on up to three lines of about equal length.
function lines(name) {
  const words = name.split(" ")
  if (words.length === 1) return words
  let best = [name]
  let shortest = Infinity
  const split = (count) => {
    for (let mask = 0; mask < 1 << (words.length - 1); mask++) {
      const found = [words[0]]
      words.slice(1).forEach((word, i) => {
        if (mask & (1 << i)) found.push(word)
        else found[found.length - 1] += " " + word
      })
      const longest = Math.max(...found.map((line) => line.length))
      if (found.length <= count && longest < shortest) {
        shortest = longest
        best = found
      }
    }
  }
  split(3)
  return best
}

function hexes(rows, title) {
  const at = rows.map((row) => ({
    x: (row.q + row.r / 2) * WIDTH,
    y: row.r * 1.5 * RADIUS,
  }))
  const left = Math.min(...at.map((p) => p.x)) - WIDTH / 2 - 3
  const right = Math.max(...at.map((p) => p.x)) + WIDTH / 2 + 3
  const bottom = Math.max(...at.map((p) => p.y)) + RADIUS + 3
  const top = -RADIUS - 3
  const drawing = svg("svg", {
    viewBox: `${left} ${top} ${right - left} ${bottom - top}`,
    role: "group",
    "aria-label": title,
  })
  const corners = [0, 1, 2, 3, 4, 5].map((i) => {
    const angle = (Math.PI / 3) * i - Math.PI / 2
    return `${(RADIUS * 0.97 * Math.cos(angle)).toFixed(1)},${(RADIUS * 0.97 * Math.sin(angle)).toFixed(1)}`
  })
  rows.forEach((row, i) => {
    const cell = svg("g", {
      transform: `translate(${at[i].x.toFixed(1)} ${at[i].y.toFixed(1)})`,
      role: "button",
      tabindex: i === 0 ? "0" : "-1",
      "data-code": row.code,
      "aria-label": `${row.name}: ${row.text}`,
    })
    cell.append(svg("polygon", { points: corners.join(" "), fill: row.colour }))
    const label = svg("text", { "text-anchor": "middle", "aria-hidden": "true" })
    label.style.fill = row.inside ? readable(row.colour) : "var(--st-text-color)"
    const parts = lines(row.short)
    parts.forEach((part, k) => {
      const line = svg("tspan", { x: 0, y: (k - (parts.length - 1) / 2) * 10 + 3 })
      line.textContent = part
      label.append(line)
    })
    const tip = svg("title", {})
    tip.textContent = `${row.name}: ${row.text}`
    cell.append(label, tip)
    drawing.append(cell)
  })
  return drawing
}

function table(rows, data) {
  const whole = element("table")
  whole.append(element("caption", data.title))
  const head = element("tr")
  data.columns.forEach((name, column) => {
    const cell = element("th", undefined, { scope: "col" })
    const button = element("button", name, { type: "button", "data-sort": column })
    cell.append(button)
    head.append(cell)
  })
  const top = element("thead")
  top.append(head)
  const body = element("tbody")
  for (const row of rows) {
    const line = element("tr", undefined, { "data-row": row.code })
    const first = element("th", undefined, { scope: "row" })
    first.append(element("button", row.name, { type: "button", "data-code": row.code }))
    line.append(first, element("td", row.region), element("td", row.text))
    body.append(line)
  }
  whole.append(top, body)
  return whole
}

function sortBy(whole, rows, column) {
  const heads = [...whole.querySelectorAll("thead th")]
  const keys = [(row) => row.name, (row) => row.region, (row) => row.value]
  const down = heads[column].getAttribute("aria-sort") === "ascending" || (column === 2 && !heads[column].hasAttribute("aria-sort"))
  heads.forEach((head) => head.removeAttribute("aria-sort"))
  heads[column].setAttribute("aria-sort", down ? "descending" : "ascending")
  const order = [...rows].sort((a, b) => {
    const [x, y] = [keys[column](a), keys[column](b)]
    // Rows without a figure stay at the end, whichever way round.
    if (x === null || y === null) return (x === null) - (y === null)
    const compared = typeof x === "number" ? x - y : x.localeCompare(y)
    return down ? -compared : compared
  })
  const body = whole.querySelector("tbody")
  order.forEach((row) => body.append(body.querySelector(`[data-row="${row.code}"]`)))
}

// Arrow keys walk from hex to hex: the nearest one in that direction.
function step(drawing, from, key) {
  const way = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[key]
  if (!way) return null
  const centre = (node) => {
    const box = node.getBoundingClientRect()
    return [box.x + box.width / 2, box.y + box.height / 2]
  }
  const [x, y] = centre(from)
  let best = null
  let shortest = Infinity
  for (const cell of drawing.querySelectorAll("[data-code]")) {
    const [dx, dy] = [centre(cell)[0] - x, centre(cell)[1] - y]
    const along = dx * way[0] + dy * way[1]
    const aside = Math.abs(dx * way[1]) + Math.abs(dy * way[0])
    const cost = along + 2 * aside
    if (along > 1 && cost < shortest) {
      shortest = cost
      best = cell
    }
  }
  return best
}

// Who the 44 are never changes: fetched once. What changes travels as short lists, colours as
// numbers into a list of their own.
function unpack(data, footprints) {
  const [usualColour, usualText] = data.usual
  return data.rows.map(([number, colour = usualColour, text = usualText, inside = 1, value = null]) => ({
    ...footprints[number - 1],
    colour: data.colours[colour],
    text,
    inside: Boolean(inside),
    value,
  }))
}

const DRAWN_HERE = new Set(["hexes", "table"])

function chart(data) {
  const drawing = document.importNode(new DOMParser().parseFromString(data.svg, SVG_TYPE).documentElement, true)
  drawing.classList.add("chart")
  drawing.style.maxWidth = `${data.width}px`
  const marks = [...drawing.querySelectorAll("[data-code]")]
  for (const mark of marks) {
    const tip = svg("title", {})
    tip.textContent = mark.getAttribute("aria-label")
    mark.prepend(tip)
  }
  // The way in is the mark that the reader chose before, else the first.
  const first = marks.find((mark) => mark.dataset.code === data.chosen) ?? marks[0]
  first?.setAttribute("tabindex", "0")
  return drawing
}

// The other files carry the same version mark as this script.
const beside = (name) => import.meta.url.replace("picker.js", name)

async function draw(data, rows, footprints) {
  if (data.kind === "hexes") return hexes(rows, data.title)
  if (data.kind === "table") return table(rows, data)
  if (data.kind === "chart") return chart(data)
  const evidence = await import(beside("evidence.js"))
  return evidence[data.kind](data, footprints, { element, readable })
}

let who

export async function mount({ data, parentElement, setTriggerValue }, address) {
  who ??= fetch(new URL(address, document.baseURI)).then((answer) => answer.json())
  const footprints = await who
  const holder = parentElement.querySelector("[data-holder]")
  if (!parentElement.querySelector("link")) {
    parentElement.prepend(element("link", undefined, { rel: "stylesheet", href: beside("picker.css") }))
  }
  const rows = DRAWN_HERE.has(data.kind) ? unpack(data, footprints) : []
  holder.style.setProperty("--chosen", data.accent)
  const mark = JSON.stringify({ ...data, chosen: "" })
  // Drawn anew only when the rows change: a choice keeps focus, sorting and scroll.
  if (holder.dataset.mark !== mark) {
    holder.dataset.mark = mark
    const drawn = await draw(data, rows, footprints)
    // Another change came meanwhile.
    if (holder.dataset.mark !== mark) return
    holder.replaceChildren(drawn)
    if (data.kind === "table") sortBy(holder.firstChild, rows, 2)
  }
  const pick = (node) => setTriggerValue("picked", node.dataset.code)
  holder.onclick = (event) => {
    const node = event.target.closest("[data-code]")
    if (node) return pick(node)
    const head = event.target.closest("[data-sort]")
    if (head) sortBy(holder.firstChild, rows, Number(head.dataset.sort))
  }
  holder.onkeydown = (event) => {
    const node = event.target.closest("g[data-code]")
    if (!node) return
    if (event.key === "Enter" || event.key === " ") {
      event.preventDefault()
      return pick(node)
    }
    const next = step(holder, node, event.key)
    if (next) {
      event.preventDefault()
      node.setAttribute("tabindex", "-1")
      next.setAttribute("tabindex", "0")
      next.focus()
    }
  }
  for (const node of holder.querySelectorAll("[data-code]")) {
    const chosen = node.dataset.code === data.chosen
    node.setAttribute("aria-pressed", String(chosen))
    // The chosen hex is drawn last, so that its outline lies on top.
    if (chosen && node.tagName === "g" && node.nextSibling && !holder.contains(parentElement.activeElement)) {
      node.parentNode.append(node)
    }
    node.closest("tr")?.classList.toggle("chosen", chosen)
  }
}
