/**
 * Every field of every form that staff can reach, filled with hostile words, and then every page looked at again in a real browser.
 * The forms are found by walking, so that a new one is tried without a line here.
 */
import { randomUUID } from 'node:crypto'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { invite } from '../../bot/console/invitations.js'
import { claim } from '../../bot/desk/claiming.js'
import { chromiumPath, launchChromium } from '../adapters/web/chromium.js'
import { newClient, type OpenDesk, openDesk } from './desk-house.js'
import { closedCase, countWork, furnish } from './house-world.js'

/** Short, for the shortest fields take thirty letters. */
const MARKUP = `"'></p><x-canary>&amp;\``
const HOSTILE = {
  markup: MARKUP,
  'reversed text, null bytes and half a letter': `\u202E\u2066${MARKUP}\u0000\u0007\uD800`,
  'ten thousand combining marks': `${MARKUP}a${'\u0301'.repeat(10_000)}`,
}

/** What a browser would send for one form, and which of its fields take words. */
type Found = { page: string; action: string; multipart: boolean; fields: [string, string][]; words: string[] }

/** Of the clients of these tests: `newClient`. */
const ACCOUNT = /canary-[0-9a-f]{8}-/

/** Forms that end what is being looked at, and have no field for words. */
const LEAVES = /\/sign-out$/

/** What an honest person would put into the fields beside it. */
const ORDINARY = `({ number: '5', date: '2030-01-07', time: '10:00', 'datetime-local': '2030-01-07T10:00' })`

const readForms = `[...document.forms].filter((form) => form.method === 'post').map((form) => {
  const words = [...form.elements].filter((each) => each.name && (each.tagName === 'TEXTAREA' ||
    (each.tagName === 'INPUT' && ['text', 'search', 'tel', 'number', 'date', 'time', 'datetime-local', 'email'].includes(each.type))))
  const button = form.querySelector('button[name]')
  const fields = [...new FormData(form)].filter(([, value]) => typeof value === 'string')
  if (button) fields.push([button.name, button.value])
  const ordinary = ${ORDINARY}
  for (const field of fields) if (!field[1] && words.some((each) => each.name === field[0])) field[1] = ordinary[form.elements[field[0]].type] ?? 'words'
  return { action: form.action, multipart: form.enctype === 'multipart/form-data', fields, words: words.map((each) => each.name) }
})`

describe.skipIf(!chromiumPath)('words that want to be more than words', () => {
  let desk: OpenDesk
  let browser: Browser
  let origin: string
  let page: Page
  const faults: string[] = []

  beforeAll(async () => {
    desk = await openDesk({ now: new Date().toISOString() })
    origin = await desk.app.listen({ port: 0, host: '127.0.0.1' })
    const { consultant } = await furnish(desk)
    await countWork(desk, 7, {})
    await closedCase(desk, consultant.staff, MARKUP)
    browser = await launchChromium()
    const token = await invite(desk.store, { role: 'supervisor', language: 'en', now: desk.clock() })
    page = await (await browser.newContext({ viewport: { width: 360, height: 740 } })).newPage()
    page.on('pageerror', ({ message }) => faults.push(message))
    page.on('console', (line) => {
      if (line.type() === 'error' && !/Failed to load resource/.test(line.text())) faults.push(line.text())
    })
    page.on('dialog', (dialog) => {
      faults.push(dialog.message())
      void dialog.dismiss()
    })
    await page.goto(`${origin}/desk/sign-in`)
    await page.fill('#code', token)
    await page.press('#code', 'Enter')
    await page.waitForURL(`${origin}/desk`)
    const tokenHash = new Uint8Array(desk.store.vault.hash('invitation', token))
    const { staff: me } = await desk.store.db.invitation.findFirstOrThrow({
      where: { tokenHash },
      include: { staff: true },
    })
    for (const words of Object.values(HOSTILE)) {
      const client = await newClient(desk)
      await claim(desk.house, await client.asksForHuman({ said: words.replaceAll('\0', '') }), me)
      await client.says({ text: words.replaceAll('\0', '') })
    }
  })
  afterAll(async () => {
    await browser?.close()
    await desk?.end()
  })

  /** Every page that a link leads to, looked at once. */
  async function walk(look: (path: string) => Promise<void>): Promise<string[]> {
    const todo = ['/desk']
    const seen = new Set<string>()
    for (let path = todo.shift(); path; path = todo.shift()) {
      if (seen.has(path)) continue
      seen.add(path)
      await page.goto(origin + path, { waitUntil: 'domcontentloaded' })
      await look(path)
      const links = await page.evaluate<string[]>(
        `[...document.links].filter((each) => each.origin === location.origin && !each.download).map((each) => each.pathname)`,
      )
      todo.push(...links.filter((each) => each.startsWith('/desk') && !/\/files\//.test(each)))
    }
    return [...seen]
  }

  async function send(form: Found, put: (name: string) => string | undefined): Promise<number> {
    const data = new FormData()
    // A form that is sent again is a new one, not the same one sent twice
    for (const [name, value] of form.fields) data.append(name, name === 'request' ? randomUUID() : (put(name) ?? value))
    const answer = await page.request.post(form.action, {
      ...(form.multipart ? { multipart: data } : { form: data }),
      headers: { origin, 'sec-fetch-site': 'same-origin' },
      maxRedirects: 0,
    })
    return answer.status()
  }

  it('are taken or refused in every field, and nothing breaks', async () => {
    const forms = new Map<string, Found>()
    await walk(async (path) => {
      for (const form of await page.evaluate<Found[]>(readForms)) {
        // One case, centre or colleague is enough of each kind
        const key = `${form.action.replace(/[A-Z0-9]{3}-[A-Z0-9]{2}|[0-9a-f-]{36}|moscow|prague/g, '…')} ${form.words.join()}`
        if (form.words.length > 0 && !LEAVES.test(form.action)) forms.set(key, { ...form, page: path })
      }
    })
    // The fields for words that there are at least: a walk that found none would prove nothing
    expect(forms.size).toBeGreaterThan(12)
    const broken: string[] = []
    let taken = 0
    for (const form of forms.values())
      for (const [kind, words] of Object.entries(HOSTILE))
        for (const field of new Set(form.words)) {
          const status = await send(form, (name) => (name === field ? words : undefined))
          if (status === 303) taken++
          if (status >= 500) broken.push(`${status} ${new URL(form.action).pathname} ${field}: ${kind}`)
        }
    expect(broken).toEqual([])
    expect(taken).toBeGreaterThan(8)
  }, 120_000)

  it('break nothing in an address either', async () => {
    for (const odd of ['%00', '%E2%80%AE', encodeURIComponent(MARKUP), '%', '..%2f..%2fetc%2fpasswd', 'a'.repeat(5000)])
      for (const path of ['/desk/cases/', '/desk/centres/', '/desk/staff/', '/desk/complaints/', '/desk/'])
        expect(await (await page.request.get(origin + path + odd)).status(), path + odd).toBeLessThan(500)
  })

  it('S05 are shown as words on every page, on a phone too, and no page holds a client’s account', async () => {
    let shown = 0
    const pages = await walk(async (path) => {
      const state = await page.evaluate<{ made: number; width: number; words: number }>(`({
        made: document.querySelectorAll('x-canary').length,
        width: document.documentElement.scrollWidth,
        words: (document.body.textContent + [...document.querySelectorAll('input')].map((each) => each.value)).split('<x-canary').length - 1,
      })`)
      shown += state.words
      expect(await page.content(), `an account on ${path}`).not.toMatch(ACCOUNT)
      expect(state.made, `elements made of words on ${path}`).toBe(0)
      expect(state.width, `the width of ${path}`).toBe(360)
    })
    expect(pages.length).toBeGreaterThan(12)
    expect(shown).toBeGreaterThan(10)
    expect(faults).toEqual([])
  }, 120_000)
})
