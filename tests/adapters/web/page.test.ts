import { gzipSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { LANGUAGE_NAMES, LANGUAGES } from '../../../bot/text/languages.js'
import { createHouse, type House } from '../house.js'
import { addressOf, createBrowser, createPerson, type Rig, startRig, words } from './harness.js'

/** A page of an old phone on a poor line: what everything but attachments may weigh, compressed. */
const PAGE_BYTES_MAX = 30_000

let house: House
let rig: Rig
beforeEach(async () => {
  house = createHouse()
  rig = await startRig(house)
})
afterEach(() => rig.close())

describe('The page', () => {
  it('weighs less than 30 KB with all it needs, and with a conversation on it', async () => {
    const person = await createPerson(rig.url)
    for (let i = 0; i < 20; i++) {
      await person.text(`вопрос ${i}: хозяин не платит, что делать?`)
      const buttons = [[{ label: 'Помогло', data: 'yes' }], [{ label: 'Спросить человека', data: 'go:human' }]]
      await house.say(rig.channel, { address: person.address(), text: `ответ ${i}. `.repeat(30), buttons })
    }
    const page = await (await person.browser.get('chat')).text()
    const parts = [...page.matchAll(/(?:href|src)="(chat\/page\/[^"]+)"/g)].map(([, path = '']) => path)
    expect(parts.map((part) => part.replace(/\?.*/, '')).sort()).toEqual([
      'chat/page/chat.css',
      'chat/page/chat.js',
      'chat/page/icon.svg',
    ])
    let bytes = gzipSync(page).length
    for (const part of parts)
      bytes += gzipSync(Buffer.from(await (await person.browser.get(part)).arrayBuffer())).length
    expect(bytes).toBeLessThan(PAGE_BYTES_MAX)
  })

  it('is sent compressed, and its files are kept by the browser for as long as they stay the same', async () => {
    const browser = createBrowser(rig.url)
    const page = await browser.get('chat', { 'accept-encoding': 'gzip' })
    expect(page.headers.get('content-encoding')).toBe('gzip')
    const path = /src="(chat\/page\/chat\.js[^"]+)"/.exec(await page.text())?.[1] ?? ''
    const script = await browser.get(path, { 'accept-encoding': 'gzip' })
    expect(script.headers.get('content-encoding')).toBe('gzip')
    expect(script.headers.get('cache-control')).toContain('immutable')
    expect(await (await browser.get(path, { 'accept-encoding': 'identity' })).text()).toContain('chat.outbox')
    expect((await browser.get('chat/page/biome.jsonc')).status).toBe(404)
  })

  it('lets nothing in from elsewhere, holds no script or style of its own, and is not kept', async () => {
    const page = await createBrowser(rig.url).get('chat')
    const policy = page.headers.get('content-security-policy') ?? ''
    expect(policy).toContain("default-src 'none'")
    expect(policy).not.toMatch(/unsafe|\*|https?:|data:/)
    expect(page.headers.get('x-content-type-options')).toBe('nosniff')
    expect(page.headers.get('referrer-policy')).toBe('same-origin')
    expect(page.headers.get('cache-control')).toBe('no-store')
    const source = await page.text()
    expect(source).not.toMatch(/<style|style="|<script(?! src="chat\/)| on[a-z]+="/)
    expect(source).not.toMatch(/(?:src|href)="(?!chat|about:blank)/)
  })

  it('runs on a browser from 2014: nothing newer than ES5 stands in its script', async () => {
    const source = await (await createBrowser(rig.url).get('chat/page/chat.js')).text()
    const code = source.replace(/\/\*[\s\S]*?\*\//g, '').replace(/'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"/g, "''")
    expect(code).not.toMatch(/=>|`|\?\.|\?\?|\.\.\.|\b(?:let|const|class|async|await|import|export|of)\b|\*\*/)
    expect(code).not.toMatch(/,\s*\)|\bfetch\(|\.(?:includes|startsWith|closest|padStart|assign|remove|entries)\(/)
    expect(() => new Function(source)).not.toThrow()
  })

  it.each(LANGUAGES)('is all in one language: %s', async (language) => {
    const page = await (await createBrowser(rig.url).get(`chat?lang=${language}`)).text()
    expect(page).toContain(`<html lang="${language}"`)
    expect(page).toContain(`<option value="${language}" lang="${language}" selected>${LANGUAGE_NAMES[language]}`)
    const say = (key: string) => words.say(language, `chat:${key}`)
    for (const key of ['write', 'leave.button', 'forget.hint', 'attach', 'sendFile'])
      expect(page).toContain(say(key).replace(/'/g, '&#39;'))
    if (language !== 'en') expect(page).not.toContain('Write a message')
  })

  it('guesses the language from the browser, keeps the chosen one, and follows the conversation before both', async () => {
    const browser = createBrowser(rig.url)
    const languageOf = async (path: string, accept: string) =>
      /<html lang="(..)"/.exec(await (await browser.get(path, { 'accept-language': accept })).text())?.[1]
    expect(await languageOf('chat', 'ar, kk-KZ;q=0.8, ru;q=0.7')).toBe('kk')
    expect(await languageOf('chat', 'ar')).toBe('en')
    expect(await languageOf('chat?lang=xx', 'cs')).toBe('cs')
    expect(await languageOf('chat?lang=tg', 'cs')).toBe('tg')
    expect(await languageOf('chat', 'cs')).toBe('tg')
  })

  it('shows the last messages, and all of them when asked', async () => {
    const person = await createPerson(rig.url)
    for (let i = 1; i <= 70; i++) await house.say(rig.channel, { address: person.address(), text: `номер ${i}.` })
    const page = await (await person.browser.get('chat')).text()
    expect(page).not.toContain('номер 10.')
    expect(page).toContain('номер 11.')
    expect(page).toContain('chat?all=1')
    expect(await (await person.browser.get('chat?all=1')).text()).toContain('номер 1.')
  })
})

describe('A visitor', () => {
  it('is a random id in a cookie that no script reads and no other site can use', async () => {
    const browser = createBrowser(rig.url)
    const page = await browser.get('chat')
    const [cookie = ''] = page.headers.getSetCookie()
    expect(cookie).toMatch(/HttpOnly/)
    expect(cookie).toMatch(/SameSite=Lax/)
    expect(cookie).not.toMatch(/Secure/)
    expect(addressOf(browser)).toMatch(/^[0-9a-f]{32}$/)
    expect(await page.text()).not.toContain(addressOf(browser))
    const first = addressOf(browser)
    await browser.get('chat')
    expect(addressOf(browser)).toBe(first)
  })

  it('cannot choose who they are', async () => {
    const owner = await createPerson(rig.url)
    await house.say(rig.channel, { address: owner.address(), text: 'не для других' })
    const thief = createBrowser(rig.url)
    thief.jar.set('chat', owner.address())
    expect(await (await thief.get('chat')).text()).not.toContain('не для других')
    expect(addressOf(thief)).not.toBe(owner.address())
  })

  it('leaves a shared device: the cookie is gone, and the next one begins anew', async () => {
    const person = await createPerson(rig.url)
    await house.say(rig.channel, { address: person.address(), text: 'привет' })
    const gone = await person.browser.submit('chat/leave', {})
    expect(await gone.text()).not.toMatch(/Rahnamo|chat/)
    expect(person.browser.jar.has('chat')).toBe(false)
    expect(await (await person.browser.get('chat')).text()).not.toContain('привет')
  })
})

it('Behind a proxy with a path, by https, the cookie is secure and stays on that path', async () => {
  const other = await startRig(createHouse(), { publicUrl: 'https://help.example.org/talk' })
  try {
    const [cookie = ''] = (await createBrowser(other.url).get('chat')).headers.getSetCookie()
    expect(cookie).toMatch(/Secure/)
    expect(cookie).toMatch(/Path=\/talk/)
    const posted = {
      method: 'POST',
      body: '{}',
      headers: { 'content-type': 'application/json', origin: 'https://help.example.org' },
    }
    const refused = await (await fetch(`${other.url}/chat/messages`, posted)).json()
    expect(refused).toMatchObject({ code: 'note.cookies' })
  } finally {
    await other.close()
  }
})
