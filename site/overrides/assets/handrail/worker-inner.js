/* Runs in the hidden frame before the theme's search worker. The worker would look into its parent, which a page from
   a disk may not; only English is searched, so it has nothing more to load. */
const up = window.parent
window.parent = {}
self.postMessage = message => up.postMessage(message, "*")
self.importScripts = () => {}
