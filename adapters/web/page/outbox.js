/* What the person sent and we have not yet: kept, tried again, in order, each with one id so that it arrives once. */
;(function (chat) {
  'use strict'
  var TEXT_TIMEOUT = 20000
  var FILE_TIMEOUT = 600000
  var LONGEST_PAUSE = 30000

  /* {id, body, label, file, refused}; files live in memory only, the rest outlives a reload. */
  var queue = chat.session('outbox') || []
  var sending = false
  var failures = 0
  var timer = 0

  function save() {
    chat.session(
      'outbox',
      queue.filter(function (message) {
        return !message.file
      })
    )
  }

  function next() {
    return queue.filter(function (message) {
      return !message.refused
    })[0]
  }

  function contentOf(message) {
    if (!message.file) return JSON.stringify(message.body)
    var form = new FormData()
    form.append('id', message.id)
    form.append('file', message.file, message.file.name || 'voice')
    return form
  }

  function pump() {
    var message = next()
    clearTimeout(timer)
    if (sending || !message || chat.left) return
    sending = true
    chat.showState(message, 'sending')
    var url = message.file ? 'chat/files' : 'chat/messages'
    chat.request(
      'POST',
      url,
      contentOf(message),
      message.file ? FILE_TIMEOUT : TEXT_TIMEOUT,
      function (status, answer, wait) {
        sending = false
        if (chat.left || queue.indexOf(message) < 0) return pump()
        if (status >= 200 && status < 300) arrived(message)
        else if (status === 0 || status === 429 || status >= 500) again(message, status, answer, wait)
        else refused(message, answer)
      }
    )
  }

  function arrived(message) {
    failures = 0
    drop(message.id)
    chat.showState(message, 'sent')
    chat.note('')
    chat.line(false)
    pump()
  }

  function again(message, status, answer, wait) {
    failures += 1
    chat.showState(message, 'waiting')
    if (status) chat.note(answer.note)
    else chat.line(true)
    timer = setTimeout(pump, wait ? wait * 1000 : Math.min(LONGEST_PAUSE, 1000 * Math.pow(2, failures - 1)))
  }

  function refused(message, answer) {
    message.refused = true
    save()
    chat.showState(message, 'refused', answer.note)
    pump()
  }

  function drop(id) {
    queue = queue.filter(function (message) {
      return message.id !== id
    })
    save()
  }

  chat.outbox = {
    /* `message` is {body, label} or {file, label}; gets its id here. */
    add: function (message) {
      message.id = chat.newId()
      if (message.body) message.body.id = message.id
      queue.push(message)
      save()
      if (message.label) chat.showMine(message)
      pump()
    },
    retry: function (id) {
      queue.forEach(function (message) {
        if (message.id === id) message.refused = false
      })
      failures = 0
      pump()
    },
    drop: drop,
    clear: function () {
      queue = []
      save()
    },
    /* After a reload: what still waits is shown again, unless it has arrived meanwhile. */
    resume: function () {
      queue.slice().forEach(function (message) {
        if (chat.hasKey(message.id)) drop(message.id)
        else if (message.label) chat.showMine(message)
      })
      pump()
    },
    hurry: function () {
      failures = 0
      pump()
    },
    isEmpty: function () {
      return queue.length === 0
    }
  }
})(window.chat)
