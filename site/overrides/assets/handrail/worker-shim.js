/* From a disk a browser starts no worker, and the theme would then have no search. A hidden frame takes its place. */
if (location.protocol === "file:") {
  window.Worker = class extends EventTarget {
    constructor(url) {
      super()
      this.waiting = []
      const frame = (this.frame = document.createElement("iframe"))
      frame.hidden = true
      frame.title = "search"
      frame.src = new URL("../../handrail/search-worker.html", new URL(url, location.href)).href
      addEventListener("message", event => {
        if (event.source !== frame.contentWindow) return
        if (event.data === "ready") {
          this.ready = true
          this.waiting.forEach(message => this.postMessage(message))
          return
        }
        this.dispatchEvent(new MessageEvent("message", { data: event.data }))
      })
      document.body.appendChild(frame)
    }

    postMessage(message) {
      if (this.ready) this.frame.contentWindow.postMessage(message, "*")
      else this.waiting.push(message)
    }

    terminate() {
      this.frame.remove()
    }
  }
}
