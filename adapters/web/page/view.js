/* The transcript on the screen: messages come drawn by the server; here are only the ones on their way out. */
;(function (chat) {
  'use strict'
  /* Keep in step with ONE_BREATH_MS in ../message-html.ts */
  var ONE_BREATH = 10000
  var NEAR_THE_END = 120
  /* A long answer is read from its beginning: messages that come together are one answer */
  var ONE_ANSWER = 3000
  var PEEK = 56
  var log = chat.find('log')
  var scroll = chat.find('scroll')
  /* The first message of the answer that is coming, and when its last one came. */
  var answer = null
  var heardAt = 0
  var more = chat.make('button', 'more', chat.texts.newMessages)

  more.type = 'button'
  more.hidden = true
  more.onclick = function () {
    toEnd()
  }
  scroll.parentNode.insertBefore(more, scroll.nextSibling)

  function atEnd() {
    return scroll.scrollHeight - scroll.scrollTop - scroll.clientHeight < NEAR_THE_END
  }
  function toEnd() {
    answer = null
    scroll.scrollTop = scroll.scrollHeight
    more.hidden = true
  }
  chat.toEnd = toEnd

  /* Down to the new message, but not past the beginning of the answer that it belongs to. */
  function toNew(element) {
    var now = Date.now()
    if (!answer || answer.parentNode !== log || now - heardAt > ONE_ANSWER) answer = element
    heardAt = now
    scroll.scrollTop = Math.max(scroll.scrollTop, answer.offsetTop - scroll.offsetTop - PEEK)
    more.hidden = atEnd()
  }
  function scrolledByHand() {
    answer = null
  }
  scroll.addEventListener('wheel', scrolledByHand)
  scroll.addEventListener('touchmove', scrolledByHand)
  scroll.onscroll = function () {
    if (atEnd()) more.hidden = true
  }
  /* A picture takes its place only when it has come */
  var followed = null
  log.addEventListener(
    'load',
    function () {
      if (followed) toNew(followed)
    },
    true
  )

  function two(n) {
    return (n < 10 ? '0' : '') + n
  }
  /* Hours by the reader's own clock; with the day when it was another. */
  function localTimes(root) {
    chat.each(root.querySelectorAll('time'), function (element) {
      var at = new Date(element.getAttribute('datetime'))
      var hours = two(at.getHours()) + ':' + two(at.getMinutes())
      var today = at.toDateString() === new Date().toDateString()
      element.textContent = today ? hours : two(at.getDate()) + '.' + two(at.getMonth() + 1) + '. ' + hours
    })
  }

  function byKey(key) {
    var found = null
    chat.each(log.children, function (element) {
      if (element.getAttribute('data-key') === key) found = element
    })
    return found
  }
  chat.hasKey = function (key) {
    return Boolean(byKey(key))
  }

  function byId(id) {
    return log.querySelector('[data-id="' + id + '"]')
  }

  /* Our bubble of a message that has come back from the server: by its key, else by its words. */
  function mineOf(item) {
    if (item.direction !== 'in') return null
    /* Files sent together come back as several messages with one key: the first takes our bubble's place */
    var same = item.messageKey && byKey(item.messageKey)
    if (same && /\bmine\b/.test(same.className)) return same
    var words = cssText(item.text || (item.file && item.file.name) || '')
    return item.messageKey ? null : log.querySelector('.mine[data-text="' + words + '"]')
  }
  function cssText(text) {
    return text.replace(/["\\\n\r\f]/g, ' ')
  }

  /* Buttons that a newer question overtook are put away; links stay. */
  function settle() {
    var closed = false
    var newer = 0
    var at = 0
    var messages = Array.prototype.slice.call(log.children)
    messages.reverse().forEach(function (element) {
      var mine = /\bclient\b/.test(element.className)
      var past = false
      if (mine) closed = newer > 0
      if (element.querySelector('.choices')) {
        at = Date.parse(element.querySelector('time').getAttribute('datetime'))
        closed = closed || (newer > 0 && newer - at > ONE_BREATH)
        past = closed
        newer = newer || at
      }
      element.className = element.className.replace(/ ?\bpast\b/, '') + (past ? ' past' : '')
    })
  }

  /* A message of the history: new, changed, or our own come back. */
  chat.show = function (item) {
    chat.last = Math.max(chat.last, item.id)
    if (!item.html || chat.left) return
    if (!chat.first) chat.first = item.id
    var follow = atEnd()
    var holder = document.createElement('ol')
    holder.innerHTML = item.html
    var element = holder.firstElementChild
    localTimes(element)
    var old = byId(item.id) || mineOf(item)
    if (old) log.replaceChild(element, old)
    else {
      element.className += ' new'
      log.insertBefore(element, log.querySelector('.waits'))
    }
    settle()
    followed = follow && !old && item.direction === 'out' ? element : null
    if (followed) toNew(followed)
    else if (item.direction === 'in') toEnd()
    else more.hidden = atEnd()
  }

  /* The word that clears the chat is not kept by the other side, so it must not stay here either */
  var CLEARING = 15000
  var clearedAt = 0
  chat.keepOnly = function (ids) {
    chat.each(log.querySelectorAll('[data-id]'), function (element) {
      if (ids.indexOf(Number(element.getAttribute('data-id'))) >= 0) return
      log.removeChild(element)
      clearedAt = Date.now()
    })
    chat.each(log.querySelectorAll('.mine.sent'), function (element) {
      if (Date.now() - clearedAt < CLEARING) log.removeChild(element)
    })
    settle()
  }

  /* Everything is gone on the other side; here too. */
  chat.clear = function () {
    chat.each(log.children, function (element) {
      log.removeChild(element)
    })
    clearedAt = Date.now()
    more.hidden = true
    chat.outbox.clear()
    chat.session('draft', null)
  }

  chat.showMine = function (message) {
    var element = chat.make('li', 'message client mine waits')
    element.setAttribute('data-key', message.id)
    element.setAttribute('data-text', cssText(message.label))
    element.appendChild(chat.make('span', 'author', chat.texts['author.client']))
    var bubble = chat.make('div', 'bubble')
    bubble.appendChild(chat.make('p', '', message.label))
    element.appendChild(bubble)
    element.appendChild(chat.make('span', 'state'))
    log.appendChild(element)
    chat.showState(message, message.refused ? 'refused' : 'sending')
    toEnd()
  }

  function button(text, act) {
    var element = chat.make('button', 'small', text)
    element.type = 'button'
    element.onclick = act
    return element
  }

  /* `state`: sending, sent, waiting or refused (then `why` is a sentence). */
  chat.showState = function (message, state, why) {
    var element = byKey(message.id)
    var follow = atEnd()
    if (!element || !/\bmine\b/.test(element.className)) return
    if (state === 'sent' && Date.now() - clearedAt < CLEARING) return log.removeChild(element)
    element.className = 'message client mine ' + state + (state === 'sent' ? '' : ' waits')
    var place = element.querySelector('.state')
    place.textContent = (state === 'sent' ? '✓ ' : '') + (why || chat.texts['state.' + state])
    if (state === 'waiting' || state === 'refused') place.appendChild(againButton(message))
    if (state === 'refused') place.appendChild(removeButton(message, element))
    if (follow) toEnd()
  }
  function againButton(message) {
    return button(chat.texts.tryAgain, function () {
      chat.outbox.retry(message.id)
    })
  }
  function removeButton(message, element) {
    return button(chat.texts.remove, function () {
      chat.outbox.drop(message.id)
      log.removeChild(element)
      chat.unpress(message)
    })
  }

  /* What grows below must not cover the last message. */
  function put(id, text) {
    var follow = atEnd()
    var place = chat.find(id)
    place.textContent = text || ''
    place.hidden = !text
    if (follow) toEnd()
  }
  chat.note = function (text) {
    put('note', text)
  }
  chat.line = function (broken) {
    put('line', broken && chat.texts.offline)
  }

  localTimes(document)
  settle()
  toEnd()
})(window.chat)
