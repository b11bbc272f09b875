// Notes when the canvas of the map has colours on it. What WebGL has drawn can be looked at later
// only if it keeps its buffer.
(() => {
  const getContext = HTMLCanvasElement.prototype.getContext
  HTMLCanvasElement.prototype.getContext = function (kind, options) {
    const keep = kind.startsWith("webgl") ? { ...options, preserveDrawingBuffer: true } : options
    return getContext.call(this, kind, keep)
  }
  const small = new OffscreenCanvas(80, 80).getContext("2d", { willReadFrequently: true })
  const timer = setInterval(() => {
    const map = document.querySelector("#deckgl-overlay")
    if (!map || !map.width) return
    small.imageSmoothingEnabled = false
    small.clearRect(0, 0, 80, 80)
    small.drawImage(map, 0, 0, 80, 80)
    const pixels = new Uint32Array(small.getImageData(0, 0, 80, 80).data.buffer)
    const painted = pixels.filter((pixel) => pixel >>> 24 > 128)
    if (painted.length < 320 || new Set(painted).size < 4) return
    clearInterval(timer)
    window.mapPaintedAt = performance.now() / 1000
  }, 25)
})()
