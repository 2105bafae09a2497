/* What is new comes here: by a stream that the browser keeps open, or by asking again and again where there is none. */
;(function (chat) {
  'use strict'
  var ASK_SECONDS = 20
  var PAUSE = 3000
  var failures = 0
  var stream = null

  function where() {
    return 'from=' + chat.first + '&after=' + chat.last
  }

  function language(wanted) {
    if (wanted !== document.documentElement.lang && !chat.left) location.replace('chat')
  }

  function open() {
    stream = new EventSource('chat/events?' + where())
    function on(name, act) {
      stream.addEventListener(name, function (event) {
        act(JSON.parse(event.data))
      })
    }
    on('message', chat.show)
    on('kept', function (data) {
      chat.keepOnly(data.ids)
    })
    on('cleared', chat.clear)
    on('language', function (data) {
      language(data.language)
    })
    stream.onopen = function () {
      failures = 0
      chat.line(false)
      chat.outbox.hurry()
    }
    stream.onerror = function () {
      failures += 1
      if (failures > 1) chat.line(true)
      /* The browser comes back by itself unless it was told not to; then we ask instead, and try again later */
      if (stream.readyState === 2 && !chat.left) ask(open)
    }
  }

  /* One question; the answer waits on the server until there is something. */
  function ask(then) {
    if (chat.left) return
    var url = 'chat/messages?' + where() + '&wait=' + ASK_SECONDS
    chat.request('GET', url, null, (ASK_SECONDS + 20) * 1000, function (status, answer) {
      if (status === 200) {
        chat.line(false)
        if (answer.kept && answer.kept.length === 0) chat.clear()
        else if (answer.kept) chat.keepOnly(answer.kept)
        answer.messages.forEach(chat.show)
        language(answer.language)
      } else chat.line(true)
      setTimeout(then, status === 200 ? 0 : PAUSE)
    })
  }

  chat.listen = function () {
    if (window.EventSource) return open()
    ask(function repeat() {
      ask(repeat)
    })
  }
  chat.stopListening = function () {
    if (stream) stream.close()
  }
})(window.chat)
