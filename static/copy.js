// Copies what a button says it copies: <button data-copy="text">, or what the address bar says, as
// <button data-copy-as="share"> or "embed". Also without https, where the browser has no clipboard
// to write to.

// Height of the line below the picture, in pixels.
const FOOT = 40

// The page of the address bar below another path of the site.
function below(path) {
  const page = location.pathname.split("/").pop() || "explore"
  return new URL(`${path}/${page}${location.search}`, new URL(".", location.href)).href
}

// A frame of the picture's own shape, at least as high as its form for narrow places, with its title.
async function frame(address) {
  const page = new DOMParser().parseFromString(await (await fetch(address)).text(), "text/html")
  const [wide, narrow] = ["img", "source"].map((name) => page.querySelector(name))
  const size = (node, name) => Number(node.getAttribute(name))
  const made = document.createElement("iframe")
  made.src = address
  made.title = page.querySelector("h1").textContent
  made.loading = "lazy"
  const ratio = `${size(wide, "width")} / ${size(wide, "height") + FOOT}`
  made.style = `border:0;width:100%;aspect-ratio:${ratio};min-height:${size(narrow, "height") + FOOT}px`
  return made.outerHTML
}

const made = { share: () => below("share"), embed: () => frame(below("embed")) }

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
    await copy(button.dataset.copy ?? (await made[button.dataset.copyAs]()))
    button.textContent = "Copied"
  } catch {
    button.textContent = "Could not copy"
  }
  button.focus()
  setTimeout(() => (button.textContent = said), 3000)
})

// From now on the buttons work.
document.documentElement.dataset.copies = "yes"
