// Copies what a button says it copies: <button data-copy="text">, or what the address bar says, as
// <button data-copy-as="share"> or "embed". Also without https, where the browser has no clipboard
// to write to.

// The page of the address bar below another path of the site.
function below(path) {
  const page = location.pathname.split("/").pop() || "explore"
  return new URL(`${path}/${page}${location.search}`, new URL(".", location.href)).href
}

const made = {
  share: () => below("share"),
  embed: () => {
    const address = below("embed").replaceAll("&", "&amp;").replaceAll('"', "&quot;")
    return `<iframe src="${address}" title="STP Atlas" width="100%" height="900" loading="lazy" style="border:0"></iframe>`
  },
}

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
