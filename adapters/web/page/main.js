/* What the person does: writing, pressing, adding files, changing the size of the text, leaving. */
;(function (chat) {
  'use strict'
  var log = chat.find('log')
  var write = chat.find('write')
  var area = write.querySelector('textarea')
  var touch = window.matchMedia && window.matchMedia('(pointer: coarse)').matches

  /* Writing */
  function grow() {
    area.style.height = 'auto'
    area.style.height = Math.min(area.scrollHeight, 160) + 'px'
    write.className = area.value.trim() ? 'ready' : ''
  }
  function send() {
    var text = area.value.trim()
    if (!text) return
    area.value = ''
    chat.session('draft', null)
    grow()
    chat.outbox.add({ body: { text: text }, label: text })
    area.focus()
  }
  write.addEventListener('submit', function (event) {
    event.preventDefault()
    send()
  })
  area.addEventListener('input', function () {
    chat.session('draft', area.value)
    grow()
  })
  area.addEventListener('keydown', function (event) {
    /* On a phone Enter is a new line; the arrow sends. While a character is being composed it is neither */
    if (event.keyCode !== 13 || event.shiftKey || event.isComposing || touch) return
    event.preventDefault()
    send()
  })
  area.value = area.value || chat.session('draft') || ''
  grow()

  /* Pressing */
  function messageOf(element) {
    while (element && element.parentNode !== log) element = element.parentNode
    return element
  }
  function press(element) {
    var message = messageOf(element)
    message.className += ' pressed'
    chat.outbox.add({
      body: { button: element.value, message: message.getAttribute('data-key'), label: element.textContent },
      label: element.textContent
    })
  }
  /* A press that was refused and taken back can be made again. */
  chat.unpress = function (message) {
    chat.each(log.children, function (element) {
      if (message.body && element.getAttribute('data-key') === message.body.message)
        element.className = element.className.replace(/ ?\bpressed\b/g, '')
    })
  }
  function sharePlace() {
    function failed() {
      chat.note(chat.texts['place.failed'])
      area.focus()
    }
    if (!navigator.geolocation) return failed()
    navigator.geolocation.getCurrentPosition(
      function (place) {
        chat.outbox.add({
          body: { latitude: place.coords.latitude, longitude: place.coords.longitude },
          label: chat.texts['place.here']
        })
      },
      failed,
      { timeout: 15000 }
    )
  }
  log.addEventListener('click', function (event) {
    var element = event.target
    if (element.nodeName !== 'BUTTON' || !/\bchoice\b/.test(element.className)) return
    if (element.name === 'button') {
      event.preventDefault()
      press(element)
    } else if (/\bplace\b/.test(element.className)) sharePlace()
  })
  log.addEventListener('submit', function (event) {
    var field = event.target.querySelector('[name=phone]')
    event.preventDefault()
    if (!field || !field.value.trim()) return
    chat.outbox.add({ body: { phone: field.value }, label: field.value })
  })

  /* Files go at once, each as its own message */
  chat.each(chat.find('files').querySelectorAll('input[type=file]'), function (input) {
    input.addEventListener('change', function () {
      var most = Number(input.getAttribute('data-most') || 1)
      chat.note('')
      chat.each(input.files, function (file, i) {
        if (i >= most) return
        if (file.size > chat.fileBytesMax) chat.note(chat.texts['note.tooLarge'])
        else chat.outbox.add({ file: file, label: file.name })
      })
      input.value = ''
    })
  })

  /* Language */
  var languages = document.querySelector('.language select')
  languages.addEventListener('change', function () {
    languages.form.submit()
  })

  /* Size of the text */
  var size = Number(chat.device('size')) || 0
  function resize(by) {
    size = Math.max(-1, Math.min(4, size + by))
    document.documentElement.style.fontSize = 100 + size * 12.5 + '%'
    if (by) chat.device('size', size)
    grow()
  }
  chat.each(document.querySelectorAll('[data-size]'), function (button) {
    button.addEventListener('click', function () {
      resize(Number(button.getAttribute('data-size')))
    })
  })
  resize(0)

  /* The menu closes when something else is touched */
  var menu = document.querySelector('.menu')
  document.addEventListener('click', function (event) {
    if (!menu.contains(event.target)) menu.removeAttribute('open')
  })
  document.addEventListener('keydown', function (event) {
    if (event.keyCode === 27) menu.removeAttribute('open')
  })

  /* Leaving: first nothing is to be seen, then we go, and Back does not come back here */
  function vanish() {
    chat.left = true
    chat.stopListening()
    chat.session('outbox', null)
    chat.session('draft', null)
    document.title = ''
    document.body.textContent = ''
  }
  document.querySelector('.leave').addEventListener('click', function (event) {
    event.preventDefault()
    vanish()
    location.replace('about:blank')
  })
  document.querySelector('.sheet form').addEventListener('submit', function () {
    chat.outbox.clear()
    chat.session('draft', null)
  })

  window.addEventListener('online', chat.outbox.hurry)
  window.addEventListener('pageshow', function (event) {
    /* A page taken from the browser's memory may be long out of date */
    if (event.persisted) location.reload()
  })
  chat.outbox.resume()
  if (chat.begins && chat.outbox.isEmpty()) chat.outbox.add({ body: { command: 'start' }, label: '' })
  chat.listen()
})(window.chat)
