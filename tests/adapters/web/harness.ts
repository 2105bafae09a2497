/** The real web adapter behind a real server, and a person whose browser is a small client of the same routes as the page's script. */
import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import fastify from 'fastify'
import type { Clock, HistoryItem, Log } from '../../../adapters/adapter.js'
import { createWebChannel } from '../../../adapters/web/channel.js'
import type { WebOptions } from '../../../adapters/web/options.js'
import { ROOT } from '../../../bot/config.js'
import { loadTexts } from '../../../bot/text/texts.js'
import type { Harness, Person, Shown } from '../contract.js'
import type { House } from '../house.js'

export const words = loadTexts(join(ROOT, 'locales'))

/** Waits pass twenty times as fast. */
export const quickClock: Clock = {
  now: () => new Date(),
  wait: (ms, signal) =>
    new Promise((resolve) => {
      if (signal?.aborted) return resolve()
      const timer = setTimeout(resolve, ms / 20)
      signal?.addEventListener('abort', () => {
        clearTimeout(timer)
        resolve()
      })
    }),
}

export type Rig = Awaited<ReturnType<typeof startRig>>

export async function startRig(house: House, options: Partial<WebOptions> = {}) {
  const lines: { fields: Record<string, string | number>; message: string }[] = []
  const log: Log = {
    info: (fields, message) => void lines.push({ fields, message }),
    warn: (fields, message) => void lines.push({ fields, message }),
  }
  const app = fastify({ forceCloseConnections: true })
  const channel = createWebChannel({ log, clock: quickClock, secret: 'a secret of the test', words, ...options })
  channel.routes?.(app, house)
  const url = await app.listen({ port: 0, host: '127.0.0.1' })
  await channel.start(house)
  return {
    url,
    channel,
    lines,
    house,
    async close() {
      await channel.stop()
      await app.close()
    },
  }
}

export type Browser = ReturnType<typeof createBrowser>

/** Keeps cookies, and says where it comes from as browsers do. */
export function createBrowser(url: string) {
  const jar = new Map<string, string>()
  const keep = (response: Response) => {
    for (const cookie of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? []
      if (/max-age=0/i.test(cookie)) jar.delete(name)
      else jar.set(name, value)
    }
    return response
  }
  const send = async (path: string, init: RequestInit = {}) => {
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ')
    const headers = { ...(cookie && { cookie }), ...(init.headers as Record<string, string>) }
    return keep(await fetch(`${url}/${path}`, { redirect: 'manual', ...init, headers }))
  }
  const posted = { origin: url, 'sec-fetch-site': 'same-origin' }
  return {
    jar,
    send,
    get: (path: string, headers: Record<string, string> = {}) => send(path, { headers }),
    /** As the page's script posts. */
    post: (path: string, body: Record<string, unknown>, headers: Record<string, string> = {}) =>
      send(path, {
        method: 'POST',
        body: JSON.stringify(body),
        headers: { ...posted, accept: 'application/json', 'content-type': 'application/json', ...headers },
      }),
    /** As a form posts. */
    submit: (path: string, fields: Record<string, string>) =>
      send(path, {
        method: 'POST',
        body: new URLSearchParams(fields).toString(),
        headers: { ...posted, accept: 'text/html', 'content-type': 'application/x-www-form-urlencoded' },
      }),
    upload: (form: FormData, accept = 'application/json') =>
      send('chat/files', { method: 'POST', body: form, headers: { ...posted, accept } }),
  }
}

/** The visitor's id, as the cookie carries it before its signature. */
export const addressOf = (browser: Browser): string =>
  decodeURIComponent(browser.jar.get('chat') ?? '').replace(/\.[^.]*$/, '')

type Act = () => Promise<Response>

/** Sends one thing after another, and each again until it was taken, as the page's outbox does. */
function createOutbox() {
  let tail: Promise<unknown> = Promise.resolve()
  return (act: Act): Promise<void> => {
    const mine = tail.then(async () => {
      for (let attempt = 0; attempt < 100; attempt++) {
        const response = await act()
        if (response.ok) return
        if (response.status !== 429 && response.status < 500) throw new Error(`refused: ${await response.text()}`)
        await new Promise((resolve) => setTimeout(resolve, 10))
      }
    })
    tail = mine.catch(() => undefined)
    return mine
  }
}

export async function createPerson(url: string): Promise<Person & { browser: Browser; redeliver(): Promise<void> }> {
  const browser = createBrowser(url)
  const send = createOutbox()
  let last: Act = () => browser.get('chat')
  await last()
  const post = (body: Record<string, unknown>) => {
    const message = { id: randomUUID(), ...body }
    last = () => browser.post('chat/messages', message)
    return send(last)
  }
  const history = async (): Promise<HistoryItem[]> => {
    const answer = await (await browser.get('chat/messages')).json()
    return (answer as { messages: HistoryItem[] }).messages
  }

  return {
    browser,
    address: () => addressOf(browser),
    text: (text) => post({ text }),
    async press(messageKey, label) {
      const item = (await history()).find((one) => String(one.id) === messageKey)
      const button = item?.buttons?.flat().find((one) => one.label === label)
      if (!button || !('data' in button)) throw new Error(`no button ${label}`)
      await post({ button: button.data, message: messageKey, label })
    },
    async file({ mime, name, content }, caption = '') {
      const form = new FormData()
      form.set('id', randomUUID())
      form.set('text', caption)
      form.set('file', new File([Buffer.from(content)], name, { type: mime }))
      await send(() => browser.upload(form))
    },
    sharePhone: (phone) => post({ phone }),
    shareLocation: (latitude, longitude) => post({ latitude, longitude }),
    async shown() {
      const ours = (await history()).filter((item) => item.direction === 'out')
      return Promise.all(
        ours.map(async ({ id, text, buttons, request, file }): Promise<Shown> => {
          const content = file && Buffer.from(await (await browser.get(`chat/files/${file.id}`)).arrayBuffer())
          return {
            messageKey: String(id),
            text,
            ...(buttons && { buttons }),
            ...(request && { request: request.label }),
            ...(file && content && { file: { name: file.name, content } }),
          }
        }),
      )
    },
    redeliver: async () => void (await last()),
  }
}

export async function webHarness(house: House): Promise<Harness> {
  const rig = await startRig(house)
  const person = await createPerson(rig.url)
  return {
    channel: rig.channel,
    person,
    stranger: await createPerson(rig.url),
    redeliver: person.redeliver,
    // The page shows the history, and the house is what changes that
    cannot: ['edit-ours', 'remove'],
    close: rig.close,
  }
}
