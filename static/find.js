// A search box that suggests names while a reader types. The names come from one file, fetched when
// the box gets the focus; Python hears only of what was chosen or entered. Without the file it is a
// plain box. All text is put in with textContent.

const MOST = 8
const SHORTEST = 2

function element(name, attributes = {}, text = "") {
  const node = document.createElement(name)
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value)
  node.textContent = text
  return node
}

// Lower case without accents and apostrophes; "&" is "and", "St" before a word is "Saint".
function plain(text) {
  return text
    .normalize("NFD")
    .replace(/[\u0300-\u036f'’‘`.]/g, "")
    .toLowerCase()
    .replaceAll("&", " and ")
    .replace(/[^a-z0-9]+/g, " ")
    .trim()
    .replace(/\bst(?= )/g, "saint")
}

// The format is that of stp_data/search/suggestions.py.
function parse(content) {
  const [footprints, kinds, ...rows] = content.trimEnd().split("\n").map((line) => line.split("\t"))
  return rows.map(([name, kind, places, where]) => {
    const full = where ? `${name}, ${where}` : name
    const numbers = places.split(",").map(Number)
    const names = numbers.map((number) => footprints[number])
    let leadsTo = names.length > 2 ? `${names.length} footprints` : names.join(" or ")
    if (leadsTo === name) leadsTo = ""
    return { full, kind: kinds[kind], leadsTo, numbers, name: plain(name), whole: plain(full) }
  })
}

// 0: the whole name, 1: a name that begins with the text, 2: one with a word that does, 3: none.
function rank(entry, text) {
  if (entry.name === text || entry.whole === text) return 0
  if (entry.whole.startsWith(text)) return 1
  return entry.name.includes(` ${text}`) ? 2 : 3
}

// The file has the better ones first, and so has each rank.
function matching(entries, typed) {
  const text = plain(typed)
  if (text.length < SHORTEST) return []
  // "St" at the end may be the beginning of another word.
  const texts = [...new Set([text, text.replace(/\bst$/, "saint")])]
  const ranks = [[], [], []]
  for (const entry of entries) {
    const best = Math.min(...texts.map((one) => rank(entry, one)))
    ranks[best]?.push(entry)
  }
  return ranks.flat().slice(0, MOST)
}

let names

// Asked for once; after a failure again when the box next gets the focus.
function fetchNames(address) {
  names ??= fetch(new URL(address, document.baseURI))
    .then((answer) => {
      if (!answer.ok) throw new Error(answer.statusText)
      return answer.text()
    })
    .then(parse)
    .catch(() => {
      names = undefined
      return []
    })
  return names
}

class SearchBox {
  constructor({ label, placeholder, longest }, address) {
    this.sent = ""
    this.found = []
    this.marked = -1
    this.form = element("form", { role: "search" })
    this.input = element("input", {
      id: "text",
      type: "text",
      role: "combobox",
      "aria-autocomplete": "list",
      "aria-controls": "suggestions",
      "aria-expanded": "false",
      autocomplete: "off",
      autocapitalize: "off",
      spellcheck: "false",
      enterkeyhint: "search",
      maxlength: longest,
      placeholder,
    })
    this.list = element("ul", { id: "suggestions", role: "listbox", "aria-label": "Suggestions", hidden: "" })
    this.status = element("p", { role: "status" })
    this.form.append(element("label", { for: "text" }, label), this.input, this.list, this.status)
    this.listen(address)
  }

  listen(address) {
    this.input.addEventListener("focus", async () => {
      this.entries = await fetchNames(address)
      // What was typed before the names came.
      if (this.input.value.trim() !== this.sent) this.suggest()
    })
    this.input.addEventListener("input", () => this.suggest())
    this.input.addEventListener("blur", () => this.close())
    this.input.addEventListener("keydown", (event) => this.pressed(event))
    this.form.addEventListener("submit", (event) => {
      event.preventDefault()
      this.choose(this.found[this.marked])
    })
    // The box keeps the focus while a suggestion is clicked.
    this.list.addEventListener("mousedown", (event) => event.preventDefault())
    this.list.addEventListener("click", (event) => {
      const option = event.target.closest("[role=option]")
      if (option) this.choose(this.found[[...this.list.children].indexOf(option)])
    })
  }

  suggest() {
    if (!this.entries) return
    const typed = this.input.value
    this.found = matching(this.entries, typed)
    this.list.replaceChildren(...this.found.map((entry, place) => this.option(entry, place)))
    this.list.scrollTop = 0
    this.mark(-1)
    this.show(this.found.length > 0)
    const number = this.found.length
    this.status.textContent =
      plain(typed).length < SHORTEST ? "" : number === 1 ? "1 suggestion" : `${number || "No"} suggestions`
  }

  option({ full, kind, leadsTo }, place) {
    const option = element("li", { id: `suggestion-${place}`, role: "option", "aria-selected": "false" })
    option.append(element("b", {}, full), `, ${kind}`, leadsTo && ` · ${leadsTo}`)
    return option
  }

  show(isOpen) {
    this.list.hidden = !isOpen
    this.input.setAttribute("aria-expanded", String(isOpen))
  }

  close() {
    this.show(false)
    this.mark(-1)
    this.status.textContent = ""
  }

  mark(place) {
    this.list.children[this.marked]?.setAttribute("aria-selected", "false")
    this.marked = place
    const option = this.list.children[place]
    if (!option) return this.input.removeAttribute("aria-activedescendant")
    option.setAttribute("aria-selected", "true")
    option.scrollIntoView({ block: "nearest" })
    this.input.setAttribute("aria-activedescendant", option.id)
  }

  // Up from the first and down from the last lead back to what was typed.
  pressed(event) {
    if (event.isComposing) return
    const last = this.found.length - 1
    if (this.list.hidden) {
      if (["ArrowDown", "ArrowUp"].includes(event.key) && last >= 0) {
        event.preventDefault()
        this.show(true)
        this.mark(event.key === "ArrowDown" ? 0 : last)
      }
      return
    }
    const isMarked = this.marked >= 0
    const next = {
      ArrowDown: this.marked < last ? this.marked + 1 : -1,
      ArrowUp: isMarked ? this.marked - 1 : last,
      Home: isMarked ? 0 : undefined,
      End: isMarked ? last : undefined,
    }[event.key]
    if (event.key === "Escape") this.close()
    else if (next !== undefined) this.mark(next)
    else return
    event.preventDefault()
  }

  // The suggestion, or what was typed.
  choose(entry) {
    if (entry) this.input.value = entry.full
    this.sent = this.input.value.trim()
    this.found = []
    this.close()
    this.send({ text: this.sent, footprints: entry?.numbers ?? [] })
  }

  // What Python says stands in the box; a reader who types on is not interrupted.
  take(text) {
    if (text === this.sent) return
    this.sent = text
    this.input.value = text
    this.found = []
    this.close()
  }
}

const boxes = new WeakMap()

export function mount({ data, parentElement, setTriggerValue }, address) {
  const holder = parentElement.querySelector("[data-holder]")
  let box = boxes.get(holder)
  if (!box) {
    box = new SearchBox(data, address)
    boxes.set(holder, box)
    const sheet = element("link", { rel: "stylesheet", href: import.meta.url.replace("find.js", "find.css") })
    // Shown with its style, or without when that cannot be fetched.
    const show = () => holder.append(box.form)
    sheet.addEventListener("load", show)
    sheet.addEventListener("error", show)
    parentElement.prepend(sheet)
  }
  box.send = (query) => setTriggerValue("searched", query)
  box.take(data.text)
}
