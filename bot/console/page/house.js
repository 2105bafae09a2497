// The pages for whoever looks after the house. Everything works without this too; it fills in times, keeps the oversight fresh and
// takes a second click away.

document.documentElement.classList.remove('plain')

const language = document.documentElement.lang
const format = new Intl.DateTimeFormat(language, {
  day: 'numeric',
  month: 'short',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
})

const fillTimes = (within = document) => {
  for (const time of within.querySelectorAll('time.at')) time.textContent = format.format(new Date(time.dateTime))
}
fillTimes()

// The browser goes to the next page by itself; a second click must not send the form again.
document.addEventListener('submit', ({ target }) =>
  setTimeout(() => {
    for (const button of target.querySelectorAll('button')) button.disabled = true
  }),
)
// Coming back with the browser's own button finds the form as it was, ready to be sent.
addEventListener('pageshow', ({ persisted }) => {
  if (persisted) for (const button of document.querySelectorAll('button:disabled')) button.disabled = false
})

document.addEventListener('click', ({ target }) => {
  for (const menu of document.querySelectorAll('details.menu[open]')) if (!menu.contains(target)) menu.open = false
})
document.addEventListener('keydown', ({ key }) => {
  if (key !== 'Escape') return
  for (const menu of document.querySelectorAll('details.menu[open]')) {
    menu.open = false
    menu.querySelector('summary').focus()
  }
})

for (const select of document.querySelectorAll('.menu select'))
  select.addEventListener('change', () => select.form.requestSubmit())

// The menu of rooms may be wider than a phone: where one is stays in sight.
document.querySelector('.rooms [aria-current]')?.scrollIntoView({ block: 'nearest', inline: 'center' })

// Words that somebody would rather not carry home: they are only let go. Nothing reads them, nothing sends them.
document.getElementById('let-go')?.addEventListener('click', () => {
  const words = document.getElementById('unload-words')
  words.value = ''
  words.hidden = true
  document.getElementById('let-go').hidden = true
  document.getElementById('unloaded').hidden = false
})

for (const copy of document.querySelectorAll('[data-copy]'))
  copy.addEventListener('click', async () => {
    await navigator.clipboard?.writeText(copy.dataset.copy)
    copy.textContent = copy.dataset.done
  })

// What changes by itself is asked for again, unless somebody is choosing something in it.
const EVERY_MS = 30_000
setInterval(async () => {
  const live = [...document.querySelectorAll('[data-live]')]
  const used = live.some((part) => part.contains(document.activeElement) || part.querySelector('details[open]'))
  if (live.length === 0 || used || document.hidden) return
  const answer = await fetch(location.href, { cache: 'no-store', headers: { 'x-desk-refresh': '1' } }).catch(
    () => undefined,
  )
  if (!answer?.ok) return
  const page = new DOMParser().parseFromString(await answer.text(), 'text/html')
  for (const part of live) {
    const fresh = page.getElementById(part.id)
    if (fresh) part.replaceChildren(...fresh.childNodes)
    fillTimes(part)
  }
}, EVERY_MS)
