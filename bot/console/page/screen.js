// The screen in the room: counts down, and asks for the next code when this one is over. It works without this too, only slower.

const EVERY_MS = 3_000
const screen = document.getElementById('screen')
let endsAt = performance.now() + Number(screen.dataset.left)
let asked = performance.now()
let asking = false

async function ask() {
  asking = true
  asked = performance.now()
  const answer = await fetch(location.href, { cache: 'no-store' }).catch(() => undefined)
  if (answer?.ok) {
    const page = new DOMParser().parseFromString(await answer.text(), 'text/html')
    const fresh = page.getElementById('screen')
    screen.replaceChildren(...fresh.childNodes)
    endsAt = performance.now() + Number(fresh.dataset.left)
  } else if (answer?.status === 410) location.reload()
  asking = false
}

setInterval(() => {
  const now = performance.now()
  const left = document.getElementById('left')
  if (left) left.textContent = Math.max(0, Math.ceil((endsAt - now) / 1000))
  if (!asking && (now >= endsAt || now - asked >= EVERY_MS)) ask()
}, 250)
