/** Pages that know at once: server-sent events over real HTTP. */
import { randomUUID } from 'node:crypto'
import { request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ALWAYS } from '../../bot/desk/centres.js'
import { claim } from '../../bot/desk/claiming.js'
import { CHROME, newClient, type OpenDesk, openDesk, signIn } from './desk-house.js'

let desk: OpenDesk
let port: number
beforeAll(async () => {
  desk = await openDesk()
  await desk.app.listen({ port: 0, host: '127.0.0.1' })
  port = (desk.app.server.address() as AddressInfo).port
})
afterAll(() => desk.end())

/** Opens the stream as a browser with these cookies does. */
function listen(cookie: string) {
  let text = ''
  let ended = false
  const waiting: (() => void)[] = []
  const changed = () => {
    for (const wake of waiting.splice(0)) wake()
  }
  const call = request({
    port,
    path: '/desk/events',
    headers: { cookie, 'user-agent': CHROME, accept: 'text/event-stream' },
  })
  const status = new Promise<number>((resolve) => {
    call.on('response', (answer) => {
      resolve(answer.statusCode ?? 0)
      answer.setEncoding('utf8')
      answer.on('data', (chunk: string) => {
        text += chunk
        changed()
      })
      answer.on('close', () => {
        ended = true
        changed()
      })
    })
  })
  call.on('error', () => {
    ended = true
    changed()
  })
  call.end()
  return {
    status,
    text: () => text,
    async until(what: (text: string, ended: boolean) => boolean) {
      const end = Date.now() + 8000
      while (!what(text, ended)) {
        if (Date.now() > end) throw new Error(`Heard only: ${text}`)
        await Promise.race([
          new Promise<void>((wake) => waiting.push(wake)),
          new Promise((wake) => setTimeout(wake, 50)),
        ])
      }
    },
    close: () => call.destroy(),
  }
}

describe('an open page', () => {
  it('hears of a new case, of a claim and of a client’s words, by the case’s id and nothing else', async () => {
    const me = await signIn(desk)
    const line = listen(me.headers().cookie ?? '')
    expect(await line.status).toBe(200)
    await line.until((text) => text.includes('event: hello'))

    const client = await newClient(desk)
    const code = await client.asksForHuman({ said: 'canary-words' })
    const { id } = await desk.store.db.case.findUniqueOrThrow({ where: { code } })
    await line.until((text) => text.includes(`event: changed\ndata: ${id}`))
    await claim(desk.house, code, me.staff)
    await client.says({ text: 'canary-words' })
    await line.until((text) => text.split(id).length > 2)
    expect(line.text()).not.toMatch(new RegExp(`canary|${code}`))
    line.close()
  })

  it('of another centre is woken without a name', async () => {
    const me = await signIn(desk)
    for (const id of ['near', 'far'])
      await desk.store.db.centre.create({
        data: { id, country: id === 'near' ? 'RU' : 'KZ', timeZone: 'UTC', languages: ['tg'], hours: ALWAYS },
      })
    await desk.store.db.staff.update({ where: { id: me.staff.id }, data: { centreId: 'far' } })
    const line = listen(me.headers().cookie ?? '')
    await line.until((text) => text.includes('event: hello'))
    const code = await (await newClient(desk)).asksForHuman()
    const { id, centreId } = await desk.store.db.case.findUniqueOrThrow({ where: { code } })
    expect(centreId).toBe('near')
    await line.until((text) => text.includes('event: changed'))
    expect(line.text()).not.toContain(id)
    line.close()
  })

  it('gathers a burst of changes into one wake-up', async () => {
    const me = await signIn(desk)
    const line = listen(me.headers().cookie ?? '')
    await line.until((text) => text.includes('event: hello'))
    const code = await (await newClient(desk)).asksForHuman()
    const { id } = await desk.store.db.case.findUniqueOrThrow({ where: { code } })
    for (let n = 0; n < 50; n++) desk.store.signals.emit('case', n === 49 ? id : randomUUID())
    await line.until((text) => text.includes(id))
    expect(line.text().match(/event: changed/g)).toHaveLength(1)
    line.close()
  })

  it('is told to go as soon as its reader is no longer staff', async () => {
    const me = await signIn(desk)
    const line = listen(me.headers().cookie ?? '')
    await line.until((text) => text.includes('event: hello'))
    await desk.store.db.staff.update({ where: { id: me.staff.id }, data: { disabledAt: desk.clock() } })
    await (await newClient(desk)).asksForHuman()
    await line.until((text, ended) => text.includes('event: signed-out') && ended)
    expect(line.text()).not.toContain('event: changed')
  })

  it('is not opened to strangers', async () => {
    expect(await listen('desk_session=ffffffffffffffffffffffffffffffff').status).toBe(303)
  })

  it('ends with the server, so that the server can end', { timeout: 20_000 }, async () => {
    const other = await openDesk()
    await other.app.listen({ port: 0, host: '127.0.0.1' })
    const me = await signIn(other)
    const mainPort = port
    port = (other.app.server.address() as AddressInfo).port
    const line = listen(me.headers().cookie ?? '')
    await line.until((text) => text.includes('event: hello'))
    port = mainPort
    await other.end()
    await line.until((_, ended) => ended)
  })
})
