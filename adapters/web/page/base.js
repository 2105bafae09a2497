/* What the other scripts of the page stand on. Written for browsers from 2014 on; each file adds its part to `chat`. */
;(function () {
  'use strict'
  var body = document.body
  var chat = {
    texts: JSON.parse(body.getAttribute('data-texts')),
    first: Number(body.getAttribute('data-first')),
    last: Number(body.getAttribute('data-last')),
    fileBytesMax: Number(body.getAttribute('data-max')),
    begins: body.hasAttribute('data-begins'),
    /* Set when the person leaves: nothing may be kept, sent or shown any more. */
    left: false
  }
  window.chat = chat
  document.documentElement.className = 'script'

  chat.find = function (id) {
    return document.getElementById(id)
  }

  chat.each = function (list, act) {
    Array.prototype.slice.call(list).forEach(act)
  }

  /* An element with this class and text; the text is never read as HTML. */
  chat.make = function (tag, className, text) {
    var element = document.createElement(tag)
    element.className = className
    if (text) element.textContent = text
    return element
  }

  /* Storage may be full or forbidden; then the page works without memory. */
  function remember(storage, name, value) {
    try {
      if (value === undefined) return JSON.parse(window[storage].getItem(name))
      if (value === null) window[storage].removeItem(name)
      else window[storage].setItem(name, JSON.stringify(value))
    } catch (error) {
      chat.memoryless = error
    }
    return null
  }
  /* Until the tab is closed. Without `value` it reads; null forgets. */
  chat.session = function (name, value) {
    return remember('sessionStorage', name, value)
  }
  /* Longer than the tab: nothing but the size of the text. */
  chat.device = function (name, value) {
    return remember('localStorage', name, value)
  }

  chat.newId = function () {
    var bytes = new Uint8Array(16)
    ;(window.crypto || window.msCrypto).getRandomValues(bytes)
    return Array.prototype.map
      .call(bytes, function (byte) {
        return (byte + 256).toString(16).slice(1)
      })
      .join('')
  }

  /* `done(status, answer, retryAfterSeconds)`; status 0 is a broken line. */
  chat.request = function (method, url, content, timeout, done) {
    var request = new XMLHttpRequest()
    request.open(method, url)
    request.setRequestHeader('Accept', 'application/json')
    request.timeout = timeout
    if (typeof content === 'string') request.setRequestHeader('Content-Type', 'application/json')
    request.onloadend = function () {
      var answer = null
      try {
        answer = JSON.parse(request.responseText)
      } catch (error) {
        answer = { note: '', error: error }
      }
      var wait = request.status === 429 ? Number(request.getResponseHeader('Retry-After')) : 0
      done(request.status, answer, wait)
    }
    request.send(content)
    return request
  }
})()
