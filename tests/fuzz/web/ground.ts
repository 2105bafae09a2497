/** The web chat: its routes, over the network, with visitors whose browsers keep their cookies. */
import { Agent, type IncomingMessage, request } from 'node:http'
import { createWebChannel } from '../../../adapters/web/channel.js'
import { isUrgentEvent } from '../../../bot/desk/danger-guard.js'
import { languageOf } from '../../../bot/people/language-of.js'
import { createPerson } from '../../adapters/web/harness.js'
import type { Shot } from '../classes.js'
import type { FuzzClock, Ground } from '../ground.js'
import { type Request, requests, type Scene } from './requests.js'

const VISITORS = 80
/** How many visitors' screens are looked at anew each time somebody is waited for. */
const SCREENS_AT_ONCE = 4
const READY_TRIES = 5
const READY_AGAIN_MS = 2000

type Answer = { status: number; type: string; text: string }
type Screen = { buttons: { message: string; data: string; label: string }[]; files: string[] }
type Wire = {
  messages: { id: number; direction: string; buttons?: { label: string; data?: string }[][]; file?: { id: string } }[]
}

export async function webGround(clock: FuzzClock): Promise<Ground> {
  const agent = new Agent({ keepAlive: true, maxSockets: 30 })
  const cookies: string[] = []
  const screens: Screen[] = []
  let known: (code: string) => boolean = () => false
  let base = ''
  let turn = 0

  const scene: Scene = {
    visitors: VISITORS,
    buttons: (visitor) => screens[visitor]?.buttons ?? [],
    allButtons: () => screens.flatMap(({ buttons }) => buttons.slice(0, 3)),
    files: () => screens.flatMap(({ files }) => files.slice(0, 2)),
  }

  const cookieOf = (visitor: Request['visitor']) => {
    if (visitor === 'new') return undefined
    return typeof visitor === 'number' ? cookies[visitor] : visitor.cookie
  }
  /** Node's own client sends paths and headers as they are. */
  const ask = ({ method, path, visitor, headers, body }: Request): Promise<Answer & { cookie: string | undefined }> =>
    new Promise((resolve, reject) => {
      const cookie = cookieOf(visitor)
      const length = method === 'POST' ? { 'content-length': String(Buffer.byteLength(body)) } : {}
      const sent = request(
        `${base}/`,
        { agent, method, path, headers: { ...headers, ...length, ...(cookie !== undefined && { cookie }) } },
        (response: IncomingMessage) => {
          const chunks: Buffer[] = []
          response.on('data', (chunk: Buffer) => void chunks.push(chunk))
          response.on('error', reject)
          response.on('end', () => {
            const { statusCode: status = 0, headers: given } = response
            const set = given['set-cookie']?.find((one) => one.startsWith('chat='))?.split(';')[0]
            resolve({ status, type: given['content-type'] ?? '', text: Buffer.concat(chunks).toString(), cookie: set })
          })
        },
      )
      sent.on('error', reject)
      sent.end(method === 'POST' ? body : undefined)
    })

  /** Why this answer should not have been. */
  const fault = ({ status, type, text }: Answer, what: Request): string | undefined => {
    const where = `${what.method} ${what.path.slice(0, 80)}`
    if (status >= 500) return `${where} was answered with ${status}: ${text.slice(0, 200)}`
    if (status < 400 || what.method === 'HEAD' || type.startsWith('text/html')) return undefined
    if (!type.startsWith('application/json'))
      return text === '' ? undefined : `${where} was refused with ${status} in ${type}`
    const { code } = JSON.parse(text) as { code?: unknown }
    // What is no route of ours the server itself refuses
    if (status === 404 || (typeof code === 'string' && code.startsWith('FST_'))) return undefined
    return typeof code === 'string' && known(code)
      ? undefined
      : `${where} was refused with ${status} and no code of ours: ${text.slice(0, 200)}`
  }

  const look = async (visitor: number) => {
    const { text, status } = await ask({
      method: 'GET',
      path: '/chat/messages',
      visitor,
      headers: { accept: 'application/json' },
      body: '',
    })
    if (status !== 200) return
    const { messages } = JSON.parse(text) as Wire
    const ours = messages.slice(-12).reverse()
    screens[visitor] = {
      buttons: ours.flatMap(({ id, buttons = [] }) =>
        buttons.flat().flatMap(({ data, label }) => (data ? [{ message: String(id), data, label }] : [])),
      ),
      files: ours.flatMap(({ file }) => (file ? [file.id] : [])),
    }
  }

  return {
    name: 'web',
    channel(site, { log, url }) {
      known = (code) => site.texts.find('en', code.includes(':') ? code : `chat:${code}`) !== undefined
      return createWebChannel({
        log,
        clock,
        secret: Buffer.from(site.store.vault.hash('web visitor')),
        words: site.texts,
        publicUrl: url,
        languageOf: (address) => languageOf(site.store, 'web', address),
        urgent: isUrgentEvent,
      })
    },
    async begin(_house, url) {
      base = url
      for (let nth = 0; nth < VISITORS; nth++) {
        const { cookie = '' } = await ask({ method: 'GET', path: '/chat', visitor: 'new', headers: {}, body: '' })
        cookies.push(cookie)
        screens.push({ buttons: [], files: [] })
      }
    },
    shots: requests(scene),
    async fire({ what }: Shot<unknown>) {
      const asked = what as Request
      let answer = await ask(asked)
      // Whether we are ready is an honest question: a machine that others use as well may be too busy for a moment, and for no longer
      for (let tries = 1; answer.status === 503 && asked.path.startsWith('/readyz') && tries < READY_TRIES; tries++) {
        await new Promise((resolve) => setTimeout(resolve, READY_AGAIN_MS))
        answer = await ask(asked)
      }
      return fault(answer, asked)
    },
    async taken() {
      for (let nth = 0; nth < SCREENS_AT_ONCE; nth++) await look(turn++ % VISITORS)
    },
    async witness() {
      const someone = await createPerson(base)
      return {
        address: someone.address(),
        write: someone.text,
        async press(label) {
          const carrier = (await someone.shown()).findLast(({ buttons }) =>
            buttons?.flat().some((one) => one.label === label),
          )
          if (!carrier) throw new Error(`There is no button "${label}"`)
          await someone.press(carrier.messageKey, label)
        },
        heard: async () =>
          (await someone.shown())
            .map(({ text, buttons = [] }) => [text, ...buttons.flat().map((button) => button.label)].join('\n'))
            .join('\n'),
      }
    },
    // The page is ours: whatever is written there has arrived
    mustReach: () => true,
    prune: () => undefined,
    async close() {
      agent.destroy()
    },
  }
}
