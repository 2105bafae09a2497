// The desk's page: keeps itself up to date, counts waiting times, sends answers and notes, and rings for urgent cases.
// Everything works without it too, by forms and reloads. 300 lines and more, because one file is one transfer; its parts are marked.

const $ = (id) => document.getElementById(id)
const { base, max } = document.body.dataset
const texts = JSON.parse(document.body.dataset.texts)
const say = (key, values = {}) => texts[key].replace(/\{(\w+)\}/g, (_, name) => values[name] ?? '')
const code = document.querySelector('main.case')?.dataset.code
const here = code ? `${base}/cases/${code}` : (document.querySelector('main')?.dataset.here ?? base)
const make = (tag, properties = {}, ...children) => {
  const element = Object.assign(document.createElement(tag), properties)
  element.append(...children)
  return element
}
document.documentElement.classList.remove('plain')
// A refused form stands at its own address; what is refreshed is the page beneath it.
if (location.pathname !== here) history.replaceState(null, '', here)

// ---- Times ----

const clockOff = Date.parse(document.body.dataset.now) - Date.now()
const MINUTE = 60_000

// Keep in step with `howLong` in views/view.ts.
function waitWords(ms) {
  const minutes = Math.floor(ms / MINUTE)
  const part = (unit, n) => say(`unit.${unit}`, { n })
  if (minutes < 1) return say('unit.now')
  if (minutes < 60) return part('minute', minutes)
  const hours = Math.floor(minutes / 60)
  if (hours < 24) return `${part('hour', hours)} ${part('minute', minutes % 60)}`
  return `${part('day', Math.floor(hours / 24))} ${part('hour', hours % 24)}`
}

const language = document.documentElement.lang
const hourFormat = new Intl.DateTimeFormat(language, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })
const dayFormat = new Intl.DateTimeFormat(language, {
  day: 'numeric',
  month: 'short',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
})

function fillTimes() {
  const now = Date.now() + clockOff
  for (const time of document.querySelectorAll('time')) {
    const at = new Date(time.dateTime)
    const sameDay = at.toDateString() === new Date(now).toDateString()
    const words =
      time.className === 'since'
        ? waitWords(now - at)
        : time.className === 'until'
          ? waitWords(at - now)
          : (sameDay ? hourFormat : dayFormat).format(at)
    if (time.textContent !== words) time.textContent = words
    time.title ||= dayFormat.format(at)
  }
}

// ---- Up to date: the page asks for itself again and takes over what changed ----

// What the server draws differently every time does not count as a change.
function essence(element) {
  const copy = element.cloneNode(true)
  for (const time of copy.querySelectorAll('time')) {
    time.textContent = ''
    time.removeAttribute('title')
  }
  for (const field of copy.querySelectorAll('input[name=request]')) field.removeAttribute('value')
  copy.classList.remove('fresh')
  return copy.outerHTML
}

const seen = new Map()
const remember = () => {
  for (const region of document.querySelectorAll('[data-live]')) seen.set(region.id, essence(region))
  for (const line of document.querySelectorAll('[data-live-list] > li')) seen.set(line.dataset.id, essence(line))
}

function takeRegion(region, fresh) {
  const next = essence(fresh)
  // A menu in use is not pulled away; its region follows when it is closed.
  if (seen.get(region.id) === next || region.querySelector('details.menu[open]')) return
  seen.set(region.id, next)
  const open = [...region.querySelectorAll('details[data-keep][open]')].map((each) => each.dataset.keep)
  const focused = region.contains(document.activeElement) ? document.activeElement.getAttribute('href') : undefined
  Object.assign(region.dataset, fresh.dataset)
  region.replaceChildren(...fresh.childNodes)
  for (const each of region.querySelectorAll('details[data-keep]')) each.open = open.includes(each.dataset.keep)
  if (focused) region.querySelector(`a[href="${CSS.escape(focused)}"]`)?.focus()
}

/** Whether anything was added. */
function takeLines(list, fresh) {
  let added = false
  const known = new Map([...list.children].map((line) => [line.dataset.id, line]))
  for (const line of [...fresh.children]) {
    const { id } = line.dataset
    const next = essence(line)
    const old = known.get(id)
    known.delete(id)
    // Its menu is in use: it follows with the next look.
    if (old && (seen.get(id) === next || old.querySelector('details[open]'))) continue
    seen.set(id, next)
    if (old) old.replaceWith(line)
    else {
      line.classList.add('fresh')
      list.append(line)
      added = true
    }
  }
  for (const gone of known.values()) gone.remove()
  return added
}

const talk = $('talk')
const atEnd = () => talk.scrollHeight - talk.scrollTop - talk.clientHeight < 80
const toEnd = () => {
  if (!talk) return
  talk.scrollTop = talk.scrollHeight
  newer.hidden = true
}
// Whoever reads further up is not pulled away, but told.
const newer = make('button', {
  type: 'button',
  className: 'newer',
  hidden: true,
  textContent: `↓ ${say('script.newer')}`,
})
newer.addEventListener('click', toEnd)
talk?.after(newer)
talk?.addEventListener('scroll', () => {
  if (atEnd()) newer.hidden = true
})

function take(page) {
  const stay = talk && !atEnd()
  for (const region of document.querySelectorAll('[data-live]')) {
    const fresh = page.getElementById(region.id)
    if (fresh) takeRegion(region, fresh)
  }
  const lines = page.getElementById('messages')
  const added = lines && $('messages') && takeLines($('messages'), lines)
  talk?.querySelector('.empty')?.toggleAttribute('hidden', lines?.childElementCount > 0)
  const answer = page.getElementById('answer')
  const state = $('answer')?.dataset.state
  // Whoever puts words right goes on with that.
  if (answer && state && state !== 'correcting' && answer.dataset.state !== state) {
    $('answer').replaceWith(answer)
    prepareForms()
  }
  fillTimes()
  if (!stay) toEnd()
  else if (added) newer.hidden = false
  count()
}

let asking = false
let askAgain = false
let signedOut = false
let gone = false

async function refresh() {
  if (signedOut || gone) return
  if (asking) {
    askAgain = true
    return
  }
  asking = true
  try {
    const answer = await fetch(here, { headers: { 'x-desk-refresh': '1' }, cache: 'no-store' })
    if (answer.ok) {
      take(new DOMParser().parseFromString(await answer.text(), 'text/html'))
      line('')
    } else if (answer.status === 401) leave()
    else if (answer.status === 404 && code) vanish((await answer.json()).error)
    else tell((await answer.json()).error)
  } catch {
    line(say('script.offline'))
  } finally {
    asking = false
    if (askAgain) {
      askAgain = false
      setTimeout(refresh, 150)
    }
  }
}

function line(words) {
  $('line').textContent = words
  $('line').hidden = !words
}

function tell(words) {
  $('notice').textContent = words
  $('notice').hidden = !words
}

/** The client erased everything: nothing of it stays on the screen or in this tab. */
function vanish(why) {
  for (const part of document.querySelectorAll('main, .side')) part.replaceChildren()
  for (const key of [code, `${code} note`]) drafts.write(key)
  gone = true
  tell(why)
}

function leave() {
  signedOut = true
  tell(say('script.signedOut'))
}

// One tab listens for all of them: a browser opens only a few connections, and answers need one.
function listen() {
  const others = 'BroadcastChannel' in window ? new BroadcastChannel(`${base} stream`) : undefined
  const heard = (what) => {
    if (what === 'signed-out') leave()
    else refresh()
  }
  if (others) others.onmessage = ({ data }) => heard(data)
  const pass = (what) => {
    heard(what)
    others?.postMessage(what)
  }
  const lead = () => {
    const source = new EventSource(`${base}/events`)
    for (const what of ['hello', 'changed', 'signed-out']) source.addEventListener(what, () => pass(what))
    source.addEventListener('signed-out', () => source.close())
    source.addEventListener('error', () => {
      // The browser tries again by itself, unless it was sent away: then the page finds out why.
      if (source.readyState === EventSource.CLOSED) {
        refresh()
        if (!signedOut) setTimeout(lead, 5000)
      } else
        setTimeout(() => {
          if (source.readyState !== EventSource.OPEN) refresh()
        }, 3000)
    })
  }
  if (navigator.locks && others)
    navigator.locks.request(`${base} stream`, () => {
      lead()
      return new Promise(() => {})
    })
  else lead()
}

// ---- How many wait, and who is in danger ----

const name = document.title
const urgentNow = () => new Set([...document.querySelectorAll('.row.queued.urgent')].map((row) => row.dataset.code))
let urgentBefore = urgentNow()

function count() {
  const waiting = Number($('queue')?.dataset.waiting ?? 0)
  document.title = waiting > 0 ? `(${waiting}) ${name}` : name
  const urgent = urgentNow()
  const isNew = [...urgent].some((each) => !urgentBefore.has(each))
  urgentBefore = urgent
  if (isNew) ring()
}

const bell = $('bell')
bell.checked = localStorage.getItem('desk bell') === 'on'
let sound

bell.addEventListener('change', async () => {
  localStorage.setItem('desk bell', bell.checked ? 'on' : 'off')
  if (!bell.checked) return
  beep()
  const allowed = 'Notification' in window && (await Notification.requestPermission()) === 'granted'
  if (!allowed) tell(say('script.noPermission'))
})

function beep() {
  sound ??= new AudioContext()
  for (const [at, pitch] of [
    [0, 660],
    [0.18, 880],
  ]) {
    const tone = sound.createOscillator()
    const volume = sound.createGain()
    tone.frequency.value = pitch
    volume.gain.setValueAtTime(0.15, sound.currentTime + at)
    volume.gain.exponentialRampToValueAtTime(0.001, sound.currentTime + at + 0.3)
    tone.connect(volume).connect(sound.destination)
    tone.start(sound.currentTime + at)
    tone.stop(sound.currentTime + at + 0.3)
  }
}

function ring() {
  if (!bell.checked) return
  beep()
  // Of several tabs one notice is enough; it says nothing about anybody.
  if ('Notification' in window && Notification.permission === 'granted')
    new Notification(say('name'), { body: say('script.newUrgent'), tag: 'desk-urgent' })
}

// ---- Answers and notes ----

// Works on plain http too, where crypto.randomUUID is missing.
const newId = () =>
  [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('')

const drafts = {
  read: (key) => JSON.parse(sessionStorage.getItem(`desk draft ${key}`) ?? 'null'),
  write: (key, draft) =>
    draft
      ? sessionStorage.setItem(`desk draft ${key}`, JSON.stringify(draft))
      : sessionStorage.removeItem(`desk draft ${key}`),
}

function post(form, { request, text, file, answers }, onProgress) {
  // In this order: the server wants to know who sends before it reads a file.
  const body = new FormData()
  body.append('csrf', form.elements.csrf.value)
  body.append('request', request)
  body.append('text', text)
  if (answers) body.append('answers', answers)
  if (file) body.append('file', file, file.name)
  return new Promise((resolve, reject) => {
    const call = new XMLHttpRequest()
    call.open('POST', form.action)
    call.responseType = 'json'
    call.setRequestHeader('accept', 'application/json')
    call.upload.onprogress = ({ loaded, total }) => file && onProgress(`${Math.round((100 * loaded) / total)} %`)
    call.onload = () => (call.response ? resolve(call.response) : reject(new Error('no answer')))
    call.onerror = call.ontimeout = () => reject(new Error('no connection'))
    call.timeout = 15 * MINUTE
    call.send(body)
  })
}

function prepareForm(form) {
  if (!form || form.dataset.ready) return
  form.dataset.ready = 'yes'
  const key = form.dataset.draft
  const words = form.elements.text
  const state = form.querySelector('.progress')
  const button = form.querySelector('button:not([type])')
  const chosen = form.querySelector('.chosen')
  /** { file, request } of what is to be sent along. */
  let files = []
  let busy = false

  const tellHere = (text, bad = false) => {
    state.textContent = text
    state.classList.toggle('bad', bad)
  }

  const kept = drafts.read(key)
  if (kept && !words.value) words.value = kept.text
  words.addEventListener('input', () => {
    const { request } = drafts.read(key) ?? {}
    drafts.write(key, words.value && { text: words.value, request: request ?? newId() })
  })
  words.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return
    event.preventDefault()
    form.requestSubmit()
  })

  function showFiles() {
    chosen.hidden = files.length === 0
    chosen.replaceChildren(
      ...files.map((item) => {
        const label = make('span', { className: 'name', textContent: item.file.name })
        const remove = make('button', { type: 'button', textContent: '×' })
        remove.setAttribute('aria-label', `${say('script.remove')}: ${item.file.name}`)
        remove.addEventListener('click', () => {
          files = files.filter((each) => each !== item)
          showFiles()
        })
        if (!item.file.type.startsWith('image/')) return make('li', {}, label, remove)
        const picture = make('img', { alt: '', src: URL.createObjectURL(item.file) })
        picture.addEventListener('load', () => URL.revokeObjectURL(picture.src))
        return make('li', {}, picture, label, remove)
      }),
    )
  }

  function addFiles(list) {
    const fits = [...list].filter((file) => file.size <= max)
    tellHere(fits.length < list.length ? say('script.tooBig', { mb: Math.round(max / 1048576) }) : '', true)
    files.push(...fits.map((file) => ({ file, request: newId() })))
    showFiles()
  }

  const input = form.elements.file
  if (input) {
    input.multiple = true
    input.addEventListener('change', () => {
      addFiles(input.files)
      input.value = ''
      words.focus()
    })
    words.addEventListener('paste', (event) => {
      if (event.clipboardData.files.length === 0) return
      event.preventDefault()
      addFiles(event.clipboardData.files)
    })
    const main = $('main')
    main.ondragover = (event) => {
      event.preventDefault()
      form.classList.add('over')
    }
    main.ondragleave = () => form.classList.remove('over')
    main.ondrop = (event) => {
      event.preventDefault()
      form.classList.remove('over')
      addFiles(event.dataTransfer.files)
    }
  }

  /** The words go with the first file. The same attempt has the same id, so that it acts once; other words are another attempt. */
  function nextToSend() {
    const text = words.value
    const [first] = files
    const answers = form.elements.answers?.value
    if (!text.trim()) return first && { request: first.request, text: '', file: first.file, answers }
    const draft = drafts.read(key)
    const tried = draft?.tried !== undefined && draft.tried !== text
    const request = !draft || tried ? newId() : draft.request
    drafts.write(key, { text, request, tried: text })
    return { request, text, file: first?.file, answers }
  }

  async function send() {
    for (let item = nextToSend(); item; item = nextToSend()) {
      tellHere(say('script.sending'))
      const answer = await post(form, item, (n) => tellHere(say('script.sending', { n })))
      if (answer.error) return tellHere(answer.error, true)
      if (item.file) files = files.filter((each) => each.file !== item.file)
      if (item.text && words.value === item.text) words.value = ''
      drafts.write(key, words.value && { text: words.value, request: newId() })
      if (chosen) showFiles()
      if (item.answers) answerTo()
      tellHere('')
      // Words that were written while the others were on their way wait for their own click.
      if (words.value.trim()) return
    }
  }

  form.addEventListener('submit', async (event) => {
    event.preventDefault()
    if (busy) return
    busy = true
    button.disabled = true
    tell('')
    try {
      await send()
    } catch {
      tellHere(say('script.notSent'), true)
    } finally {
      busy = false
      button.disabled = false
      words.focus()
      refresh().then(toEnd)
    }
  })
}

/** Which message of the client is answered; none when it is called without one. */
function answerTo(id = '', words = '') {
  const form = $('reply')
  if (!form) return
  form.elements.answers.value = id
  $('answering').hidden = !id
  $('answering').querySelector('q').textContent = words
  if (location.search) history.replaceState(null, '', here)
}

function prepareForms() {
  prepareForm($('reply'))
  prepareForm($('note'))
}

// ---- The rest: menus, tabs, previews, plain forms ----

document.addEventListener('submit', ({ target }) => {
  if (target.dataset.ready) return
  // What the page took over while refreshing itself has no id yet.
  const { request } = target.elements
  if (request && !request.value) request.value = newId()
  // The browser goes to the next page by itself; a second click must not send the form again.
  setTimeout(() => {
    for (const button of target.querySelectorAll('button')) button.disabled = true
  })
  if (target.action.endsWith('/sign-out')) sessionStorage.clear()
})

document.addEventListener('click', ({ target }) => {
  for (const menu of document.querySelectorAll('details.menu[open]')) if (!menu.contains(target)) menu.open = false
})

document.addEventListener('click', (event) => {
  const link = event.target.closest?.('[data-answers]')
  const ready = event.target.closest?.('[data-insert]')
  const words = $('reply-text')
  if (!words || event.ctrlKey || event.metaKey || !(link || ready || event.target.closest?.('#answering .dismiss')))
    return
  event.preventDefault()
  if (ready) {
    words.value = [words.value.trimEnd(), ready.dataset.insert].filter(Boolean).join('\n\n')
    words.dispatchEvent(new Event('input'))
    $('ready').open = false
  } else if (link) {
    const line = link.closest('.message')
    answerTo(
      link.dataset.answers,
      line.querySelector('.bubble > .words, .bubble .name')?.textContent.slice(0, 90) ?? '…',
    )
  } else answerTo()
  words.focus()
})

document.addEventListener('keydown', ({ key }) => {
  if (key !== 'Escape') return
  for (const menu of document.querySelectorAll('details.menu[open]')) {
    menu.open = false
    menu.querySelector('summary').focus()
  }
})

document.addEventListener(
  'toggle',
  ({ target }) => {
    const frame = target.querySelector?.(':scope > iframe[data-src]')
    if (target.open && frame && !frame.src) frame.src = frame.dataset.src
    if (target.matches?.('details.menu') && !target.open) refresh()
  },
  true,
)

const select = document.querySelector('.menu select')
select?.addEventListener('change', () => select.form.requestSubmit())

for (const tab of document.querySelectorAll('.tabs button'))
  tab.addEventListener('click', () => {
    document.body.dataset.part = tab.dataset.part
    for (const each of document.querySelectorAll('.tabs button'))
      each.setAttribute('aria-pressed', String(each === tab))
    if (tab.dataset.part === 'talk') toEnd()
  })

remember()
fillTimes()
prepareForms()
toEnd()
count()
listen()
setInterval(fillTimes, 15_000)
// A wake-up may get lost with a connection: the page also looks by itself.
setInterval(refresh, MINUTE)
document.addEventListener('visibilitychange', () => {
  if (!document.hidden) refresh()
})
// Pictures change the height of what stands above the end.
for (const picture of document.querySelectorAll('#messages img'))
  picture.addEventListener('load', () => atEnd() || toEnd(), { once: true })
