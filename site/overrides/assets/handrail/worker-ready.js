/* Runs in the hidden frame after the theme's search worker. */
up.postMessage("ready", "*")
