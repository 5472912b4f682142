// A SharedWorker that holds the one live stream of all this browser's tabs: over HTTP/1.1 a browser allows six
// connections to a site, and a seventh tab must not hang. A tab talks to it by its port:
//
//     tab → worker   { hello: url }  { join: channel }  { leave: channel }  { retry: true }  { pong: true }
//                    { bye: true }
//     worker → tab   { channel, message }  { state }  { ping: true }
//
// A tab that doesn't answer two pings is taken for dead; if it was only asleep it says everything again when it wakes.
import { LiveConnection } from "./live-connection.js"

const PING = 20_000
const MISSED = 3

const tabs = new Map()
let connection = null
let state = "starting"

self.onconnect = event => {
  const [port] = event.ports
  port.onmessage = ({ data }) => hear(port, data)
  port.start()
}

setInterval(() => {
  for (const [port, tab] of [...tabs]) {
    tab.missed += 1
    if (tab.missed > MISSED) forget(port)
    else port.postMessage({ ping: true })
  }
}, PING)

function hear(port, message) {
  if (message.hello) return greet(port, message.hello)
  const tab = tabs.get(port)
  if (!tab) return
  tab.missed = 0
  if (message.join) {
    tab.channels.add(message.join)
    connection.subscribe(message.join)
  } else if (message.leave) {
    tab.channels.delete(message.leave)
    leave(message.leave)
  } else if (message.retry) {
    connection.retry()
  } else if (message.bye) {
    forget(port)
  }
}

function greet(port, url) {
  connection ??= new LiveConnection({ url, deliver, report })
  tabs.set(port, { channels: new Set(), missed: 0 })
  port.postMessage({ state })
}

function forget(port) {
  const tab = tabs.get(port)
  tabs.delete(port)
  for (const channel of tab?.channels ?? []) leave(channel)
}

function leave(channel) {
  if (![...tabs.values()].some(tab => tab.channels.has(channel))) connection.unsubscribe(channel)
}

function deliver(channel, message) {
  for (const [port, tab] of tabs) {
    if (!tab.channels.has(channel)) continue
    if (message.refused) tab.channels.delete(channel)
    port.postMessage({ channel, message })
  }
}

function report(next) {
  state = next
  for (const port of tabs.keys()) port.postMessage({ state })
}
