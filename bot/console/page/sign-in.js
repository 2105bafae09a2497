// The door. The code stands behind "#", which never leaves the browser by itself: it is taken from there and posted.
const form = document.getElementById('door')
const field = document.getElementById('code')
const code = decodeURIComponent(location.hash.slice(1))

document.documentElement.classList.remove('plain')

async function enter() {
  if (/^[0-9a-f]{32}$/i.test(code)) {
    // The link is used up in a moment; it must not stay in the address bar or the history.
    history.replaceState(null, '', location.pathname)
    field.value = code
    form.submit()
    return
  }
  // A link from a messenger arrives here without its cookie, although this browser may be signed in.
  const here = await fetch(`${document.body.dataset.base}/here`, { headers: { accept: 'application/json' } })
  if (here.ok) location.replace(document.body.dataset.base)
}
enter().catch(() => {
  // No connection: the form is still there.
})
