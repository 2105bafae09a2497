/** Many visitors from one address of the internet, and cookies that somebody made up (S33, S36). */
import { randomUUID } from 'node:crypto'
import fastify, { type FastifyInstance } from 'fastify'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createWebChannel } from '../../../adapters/web/channel.js'
import { STREAMS_IN_ALL, STREAMS_PER_VISITOR } from '../../../adapters/web/options.js'
import { createPace, NEIGHBOURHOOD, NEWCOMERS, REMEMBERED_MAX, VISITOR } from '../../../adapters/web/pace.js'
import { VISITOR_BITS } from '../../../adapters/web/visitor.js'
import { createWakers } from '../../../adapters/web/wakers.js'
import { fakeClock } from '../../house.js'
import { createHouse, type House } from '../house.js'
import { words } from './harness.js'

let app: FastifyInstance
let house: House
const fake = fakeClock('2026-11-20T12:00:00Z')
beforeEach(async () => {
  house = createHouse()
  app = fastify()
  const channel = createWebChannel({
    log: { info: () => undefined, warn: () => undefined },
    clock: { now: fake.now, wait: async () => undefined },
    secret: 'a secret of the test',
    words,
    urgent: (event) => event.kind === 'text' && event.text.includes('помогите'),
  })
  channel.routes?.(app, house)
  await app.ready()
  await channel.start(house)
})
afterEach(() => app.close())

const open = (ip: string, cookie = '') =>
  app.inject({ url: '/chat?lang=ru', remoteAddress: ip, headers: cookie ? { cookie } : {} })
const cookieOf = (answer: Awaited<ReturnType<typeof open>>): string => {
  const [given = ''] = [answer.headers['set-cookie']].flat().filter((each) => each?.startsWith('chat='))
  return given.split(';')[0] ?? ''
}
const post = (ip: string, cookie: string, text: string) =>
  app.inject({
    method: 'POST',
    url: '/chat/messages',
    remoteAddress: ip,
    headers: { cookie, accept: 'application/json', host: 'localhost', 'sec-fetch-site': 'same-origin' },
    payload: { id: randomUUID(), text },
  })

describe('one address of the internet', () => {
  it('S33 brings so many new visitors and no more; whoever is known, and everybody elsewhere, comes in', async () => {
    const known = cookieOf(await open('203.0.113.5'))
    for (let n = 1; n < NEWCOMERS.burst; n++) expect(cookieOf(await open('203.0.113.5'))).not.toBe('')
    const refused = await open('203.0.113.5')
    expect(refused.statusCode).toBe(429)
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0)
    expect(refused.body).toContain('Вы пишете')
    expect(cookieOf(refused)).toBe('')
    expect((await open('203.0.113.5', known)).statusCode).toBe(200)
    expect((await open('203.0.113.6')).statusCode).toBe(200)
    fake.forward(NEWCOMERS.refillMs)
    expect((await open('203.0.113.5')).statusCode).toBe(200)
  })

  it('S33 is a whole network in the new numbering', async () => {
    for (let n = 0; n < NEWCOMERS.burst; n++) await open(`2001:db8:1:2::${n.toString(16)}`)
    expect((await open('2001:db8:1:2:ffff::1')).statusCode).toBe(429)
    expect((await open('2001:db8:1:3::1')).statusCode).toBe(200)
  })

  it('S33 writes so much through many visitors and no more, but for a cry for help', async () => {
    const ip = '203.0.113.7'
    const visitors = NEIGHBOURHOOD.burst / VISITOR.burst
    for (let n = 0; n < visitors; n++) {
      const cookie = cookieOf(await open(ip))
      for (let m = 0; m < VISITOR.burst; m++) expect((await post(ip, cookie, `${m}`)).statusCode).toBe(200)
    }
    const last = cookieOf(await open(ip))
    const slowed = await post(ip, last, 'ещё')
    expect(slowed.statusCode).toBe(429)
    expect(Number(slowed.headers['retry-after'])).toBeGreaterThan(0)
    expect((await post(ip, last, 'помогите')).statusCode).toBe(200)
    expect((await post('203.0.113.8', last, 'ещё')).statusCode).toBe(200)
    expect(house.taken).toHaveLength(NEIGHBOURHOOD.burst + 2)
  })

  it('S33 costs no memory beyond a limit', () => {
    const pace = createPace(() => 0, { burst: 1, refillMs: 1000 })
    pace.take('anna')
    expect(pace.take('anna')).toBeGreaterThan(0)
    for (let n = 0; n < REMEMBERED_MAX; n++) pace.take(`stranger ${n}`)
    expect(pace.take('anna')).toBe(0)
  })

  it('S33 keeps so many pages waiting and no more; the others ask now and then', () => {
    const wakers = createWakers()
    const stops = Array.from({ length: STREAMS_PER_VISITOR }, () => wakers.listen('anna', () => undefined))
    expect(wakers.hasRoom('anna')).toBe(false)
    expect(wakers.hasRoom('boris')).toBe(true)
    for (let n = STREAMS_PER_VISITOR; n < STREAMS_IN_ALL; n++)
      stops.push(wakers.listen(`stranger ${n}`, () => undefined))
    expect(wakers.hasRoom('boris')).toBe(false)
    for (const stop of stops) {
      stop()
      stop()
    }
    expect(wakers.hasRoom('boris')).toBe(true)
    expect(wakers.hasRoom('anna')).toBe(true)
  })
})

describe('a visitor’s cookie', () => {
  it('S36 that somebody made up opens nobody’s talk, however often it is tried', async () => {
    expect(VISITOR_BITS).toBeGreaterThanOrEqual(128)
    const real = cookieOf(await open('203.0.113.9'))
    const [id = '', signature = ''] = decodeURIComponent(real.slice('chat='.length)).split('.')
    expect(id).toHaveLength(VISITOR_BITS / 4)
    await post('203.0.113.9', real, 'слова Анны')
    const other = id.replace(/.$/, (last) => (last === '0' ? '1' : '0'))
    for (const made of [
      id,
      `${id}.`,
      `${id}.${'A'.repeat(43)}`,
      `${other}.${signature}`,
      `${id}.${signature}x`,
      '.',
      '%',
      `${id}.${signature}`.toUpperCase(),
    ]) {
      const cookie = `chat=${encodeURIComponent(made)}`
      const page = await open('203.0.113.10', cookie)
      expect(page.body).not.toContain('слова Анны')
      expect(cookieOf(page)).not.toBe(real)
      const refused = await post('203.0.113.10', cookie, 'я Анна')
      expect(refused.statusCode).toBe(403)
      expect(refused.json()).toMatchObject({ note: words.say('en', 'chat:note.cookies') })
    }
    expect((await open('203.0.113.9', real)).body).toContain('слова Анны')
    expect(house.taken).toHaveLength(1)
  })
})
