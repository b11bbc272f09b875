// Copies what a button says it copies: <button data-copy="text">, or what the address bar says, as
// <button data-copy-as="share"> or "embed". Also without https, where the browser has no clipboard
// to write to.

// Heights of frames in pixels, as the views need them 700 to 1000 px wide: what is narrower scrolls
// inside.
const HEIGHTS = { explore: 980, hexes: 1180, priorities: 1000, matrix: 1220, timeline: 940 }

// The page of the address bar as it previews in a chat.
function share() {
  const page = location.pathname.split("/").pop() || "explore"
  return new URL(`share/${page}${location.search}`, new URL(".", location.href)).href
}

// The code that frames the page of the address bar on another site, named by its finding.
function embed() {
  const made = document.createElement("iframe")
  made.src = `${location.origin}${location.pathname}${location.search}${location.search ? "&" : "?"}embed=true`
  made.title = (document.querySelector("h2") ?? document.querySelector("h1")).textContent
  made.width = "100%"
  const asked = new URLSearchParams(location.search)
  const page = location.pathname.split("/").pop() || "explore"
  const view = page === "explore" ? asked.get("view") : asked.get("show")
  made.height = HEIGHTS[view] ?? HEIGHTS[page]
  made.loading = "lazy"
  made.style = "border:0"
  return made.outerHTML
}

const made = { share, embed }

async function copy(text) {
  if (navigator.clipboard && window.isSecureContext) return navigator.clipboard.writeText(text)
  const area = document.createElement("textarea")
  area.value = text
  area.style.position = "fixed"
  document.body.append(area)
  area.select()
  document.execCommand("copy")
  area.remove()
}

document.addEventListener("click", async (event) => {
  const button = event.target.closest?.("[data-copy], [data-copy-as]")
  if (!button) return
  const said = button.textContent
  try {
    await copy(button.dataset.copy ?? made[button.dataset.copyAs]())
    button.textContent = "Copied"
  } catch {
    button.textContent = "Could not copy"
  }
  button.focus()
  setTimeout(() => (button.textContent = said), 3000)
})

// From now on the buttons work.
document.documentElement.dataset.copies = "yes"
