// Copies what a button says it copies: <button data-copy="text">. Also without https, where the
// browser has no clipboard to write to.

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
  const button = event.target.closest?.("[data-copy]")
  if (!button) return
  const said = button.textContent
  try {
    await copy(button.dataset.copy)
    button.textContent = "Copied"
  } catch {
    button.textContent = "Could not copy"
  }
  button.focus()
  setTimeout(() => (button.textContent = said), 3000)
})

// From now on the buttons work.
document.documentElement.dataset.copies = "yes"
