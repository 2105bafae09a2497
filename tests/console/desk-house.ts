/** A desk on a real embedded database, with clients whose cases are opened as a client's own turn opens them. */
import { randomUUID } from 'node:crypto'
import Fastify, { type FastifyInstance } from 'fastify'
import { consoleRoutes } from '../../bot/console/console.js'
import { invite } from '../../bot/console/invitations.js'
import type { Incoming, IncomingEvent } from '../../bot/conversation/channel.js'
import { type InsideHouse, inConversation } from '../../bot/conversation/inside.js'
import { create } from '../../bot/conversation/records.js'
import type { Body } from '../../bot/conversation/render.js'
import type { StaffRole } from '../../bot/desk/access.js'
import type { Advice } from '../../bot/desk/advice.js'
import { type NewCase, openCase } from '../../bot/desk/cases.js'
import { createLibrary } from '../../bot/engine/library.js'
import { createFileStore } from '../../bot/store/files.js'
import type { Store } from '../../bot/store/store.js'
import { loadTexts } from '../../bot/text/texts.js'
import { quickDatabase } from '../store/databases.js'

export const CHROME = 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/130 Safari/537.36'

/** Two articles that answer everything, in any language; searched for by a word of their id. */
const ARTICLES = ['ru-wages', 'ru-permit']
const advice: Advice = {
  title: (id, language) => `${id} (${language})`,
  suggest: (words) => ARTICLES.filter((id) => !/^(wages|permit)$/.test(words) || id.endsWith(words)),
  card: (id, language) => (ARTICLES.includes(id) ? `${id}: all of it in ${language}` : undefined),
}

export type OpenDesk = Awaited<ReturnType<typeof openDesk>>
export type DeskHouse = Awaited<ReturnType<typeof deskOn>>

type Options = { publicUrl?: string; now?: string }

export async function openDesk(options: Options = {}) {
  const database = await quickDatabase()
  const desk = await deskOn(database.store, database.dataDir, options)
  return {
    ...desk,
    async end() {
      await desk.app.close()
      await database.drop()
    },
  }
}

/** The same on any store, which stays its owner's. */
export async function deskOn(store: Store, dataDir: string, options: Options = {}) {
  let now = new Date(options.now ?? '2026-11-20T09:00:00Z').getTime()
  const clock = () => new Date(now)
  const texts = loadTexts('locales')
  const house: InsideHouse = {
    store,
    clock,
    mind: {
      library: createLibrary([], () => {
        throw new Error('no older flows here')
      }),
      actions: new Map(),
      words: { ...texts, date: (_language, date) => date },
    },
    channel: () => undefined,
  }
  const files = createFileStore(dataDir)
  const logged: string[] = []
  const log = {
    info: (...what: unknown[]) => void logged.push(JSON.stringify(what)),
    warn: (...what: unknown[]) => void logged.push(JSON.stringify(what)),
  }
  const app: FastifyInstance = Fastify({ forceCloseConnections: true })
  consoleRoutes(app, {
    house,
    files,
    texts,
    advice,
    publicUrl: options.publicUrl,
    clock,
    log,
  })
  await app.ready()
  return {
    app,
    store,
    house,
    files,
    texts,
    logged,
    clock,
    forward: (ms: number) => {
      now += ms
    },
  }
}

/** A client who writes, with an address nobody at the desk may ever see. */
export async function newClient(desk: DeskHouse, address = `canary-${randomUUID()}`) {
  const { store } = desk
  const personId = randomUUID()
  const wrappedKey = store.vault.newKey(personId)
  await create(store.sql, {
    personId,
    wrappedKey,
    channel: 'telegram',
    hash: store.vault.hash('address', 'telegram', address),
    sealed: store.vault.drawer(personId, wrappedKey).seal('address.sealed', address),
    at: desk.clock(),
  })
  const conversation = await store.db.conversation.findFirstOrThrow({ where: { personId } })
  const inTurn = (work: Parameters<typeof inConversation<void>>[3]) =>
    store.transaction((tx) => inConversation(desk.house, tx, conversation.id, work))
  let n = 0
  const incoming = (event: IncomingEvent): Incoming => ({
    channel: 'telegram',
    address,
    updateKey: `${address}/${++n}`,
    messageKey: `m${n}`,
    at: desk.clock(),
    event,
  })
  return {
    personId,
    address,
    conversationId: conversation.id,
    /** Opens a case as the bot does when the client asks for a human. Returns its code. */
    async asksForHuman(
      about: Partial<NewCase> & { country?: string; city?: string; language?: string; said?: string } = {},
    ): Promise<string> {
      const { country = 'RU', city = 'moscow', language = 'tg', said = 'хозяин не платит', ...rest } = about
      let code = ''
      await store.transaction((tx) =>
        inConversation(desk.house, tx, conversation.id, async (turn) => {
          turn.person = { country, city, language }
          turn.hear(incoming({ kind: 'text', text: said }), { text: said })
          code = await openCase(turn, tx, {
            urgency: 'normal',
            topic: 'employment-rights',
            question: said,
            shown: ['ru-wages'],
            ...rest,
          })
        }),
      )
      const { id } = await store.db.case.findUniqueOrThrow({ where: { code } })
      store.signals.emit('case', id)
      return code
    },
    /** Writes in the open case. */
    async says(
      body: Body,
      files: Parameters<Parameters<typeof inConversation<void>>[3]>[0]['takeFiles'] extends (
        files: infer Files,
      ) => unknown
        ? Files
        : never = [],
    ): Promise<void> {
      await inTurn(async (turn) => {
        turn.takeFiles(files)
        turn.hear(incoming({ kind: 'text', text: body.text }), body)
        turn.waiting = turn.caseId
      })
      const { caseId } = await store.db.conversation.findUniqueOrThrow({ where: { id: conversation.id } })
      if (caseId) store.signals.emit('case', caseId)
    },
    inTurn,
  }
}

/** A signed-in member of staff in a browser of their own. */
export async function signIn(
  desk: DeskHouse,
  options: { role?: StaffRole; language?: string; userAgent?: string } = {},
) {
  const { role = 'consultant', language = 'en', userAgent = CHROME } = options
  const token = await invite(desk.store, { role, language, now: desk.clock() })
  const browser = newBrowser(desk, userAgent)
  const answer = await browser.enter(token)
  if (answer.statusCode !== 303) throw new Error(`Could not sign in: ${answer.body}`)
  const invitation = await desk.store.db.invitation.findFirstOrThrow({
    where: { tokenHash: new Uint8Array(desk.store.vault.hash('invitation', token)) },
    include: { staff: true },
  })
  return { ...browser, staff: invitation.staff }
}

export type Browser = ReturnType<typeof newBrowser>

/** Keeps cookies and reads the hidden fields of forms, as a browser does. */
export function newBrowser(desk: Pick<DeskHouse, 'app'>, userAgent = CHROME, ip = '203.0.113.7') {
  const jar = new Map<string, string>()
  let csrf = ''

  const keep = (header: string | string[] | undefined) => {
    for (const cookie of [header ?? []].flat()) {
      const [pair = ''] = cookie.split(';')
      const [name = '', value = ''] = pair.split('=')
      if (/max-age=0/i.test(cookie)) jar.delete(name)
      else jar.set(name, value)
    }
  }
  const headers = () => ({
    host: 'localhost',
    'user-agent': userAgent,
    ...(jar.size > 0 ? { cookie: [...jar].map((pair) => pair.join('=')).join('; ') } : {}),
  })
  const get = async (url: string, more: Record<string, string> = {}) => {
    const answer = await desk.app.inject({ url, headers: { ...headers(), ...more }, remoteAddress: ip })
    keep(answer.headers['set-cookie'])
    csrf = /name="csrf" value="([^"]+)"/.exec(answer.body)?.[1] ?? csrf
    return answer
  }
  const post = async (url: string, fields: Record<string, string> = {}, more: Record<string, string> = {}) => {
    const answer = await desk.app.inject({
      method: 'POST',
      url,
      payload: new URLSearchParams({ csrf, ...fields }).toString(),
      headers: {
        ...headers(),
        'content-type': 'application/x-www-form-urlencoded',
        'sec-fetch-site': 'same-origin',
        ...more,
      },
      remoteAddress: ip,
    })
    keep(answer.headers['set-cookie'])
    return answer
  }
  return {
    jar,
    get,
    post,
    headers,
    csrf: () => csrf,
    /** Opens the door's page and gives a code there. */
    async enter(token: string, more: Record<string, string> = {}) {
      await get('/desk/sign-in')
      const answer = await post('/desk/sign-in', { code: token }, more)
      if (answer.statusCode !== 303) return answer
      const first = await get('/desk')
      if (first.statusCode === 303) await get(String(first.headers.location))
      return answer
    },
    /** Sends the words and the file of a reply, as the page's script does. */
    async reply(
      code: string,
      fields: { text?: string; request?: string; file?: { name: string; mime: string; content: Uint8Array } },
    ) {
      const form = new FormData()
      form.append('csrf', csrf)
      form.append('request', fields.request ?? randomUUID())
      form.append('text', fields.text ?? '')
      const { file } = fields
      if (file) form.append('file', new Blob([new Uint8Array(file.content)], { type: file.mime }), file.name)
      const wire = new Response(form)
      return desk.app.inject({
        method: 'POST',
        url: `/desk/cases/${code}/replies`,
        payload: Buffer.from(await wire.arrayBuffer()),
        headers: {
          ...headers(),
          'content-type': wire.headers.get('content-type') ?? '',
          'sec-fetch-site': 'same-origin',
          accept: 'application/json',
        },
        remoteAddress: ip,
      })
    },
  }
}
