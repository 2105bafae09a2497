/** A database that is there and does not answer, as over a line that has died without saying so. */
import { createConnection, createServer, type Socket } from 'node:net'
import { describe, expect, it } from 'vitest'
import { testHouse } from '../house.js'
import { SERVED, servedDatabase } from '../store/databases.js'
import { inQueue, rowsOf } from './stories.js'

/** A line to the server that can be frozen: what goes in stays in. */
async function line(to: URL) {
  const sockets = new Set<Socket>()
  let frozen = false
  const server = createServer((near) => {
    const far = createConnection(Number(to.port) || 5432, to.hostname)
    for (const socket of [near, far]) {
      sockets.add(socket)
      socket.on('error', () => undefined)
      socket.on('close', () => {
        sockets.delete(socket)
        near.destroy()
        far.destroy()
      })
    }
    const pass = (from: Socket, into: Socket) =>
      from.on('data', (bytes) => {
        const send = () => (frozen ? setTimeout(send, 100) : into.write(bytes))
        send()
      })
    pass(near, far)
    pass(far, near)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  return {
    port,
    freeze: (on: boolean) => {
      frozen = on
    },
    close() {
      for (const socket of sockets) socket.destroy()
      server.close()
    },
  }
}

describe.skipIf(!SERVED)('a database that stops answering', () => {
  it('makes receive reject in time and the service say "not ready"; when it answers again, the redelivered message acts once', async () => {
    const database = await servedDatabase()
    const url = new URL(database.url)
    const wire = await line(new URL(url))
    url.port = String(wire.port)
    const house = await testHouse({ database: async () => ({ ...database, url: url.href }) })
    try {
      const anna = await inQueue(house)
      const update = { updateKey: 'frozen', messageKey: 'frozen' }
      const say = () => anna.receive({ kind: 'text', text: 'вы здесь?' }, update)
      wire.freeze(true)
      const began = Date.now()
      const refused = expect(say()).rejects.toThrow()
      expect(await house.store.alive()).toBe(false)
      expect(Date.now() - began).toBeLessThan(6000)
      await refused
      expect(Date.now() - began).toBeLessThan(45_000)
      wire.freeze(false)
      await say()
      await say()
      const { messages } = await rowsOf(house, anna.address)
      const hash = Buffer.from(house.store.vault.hash('message', 'telegram', anna.address, 'frozen'))
      expect(messages.filter(({ channelHash }) => channelHash && hash.equals(channelHash))).toHaveLength(1)
      await anna.settle()
      expect(anna.hears().map(({ text }) => text)).not.toContain(house.mind.words.say('ru', 'common:failed'))
    } finally {
      await house.end()
      wire.close()
    }
  }, 90_000)
})
