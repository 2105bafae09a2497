/** The web server: pages and webhooks of the channels, the desk, and how the service is. */
import Fastify, { type FastifyInstance } from 'fastify'
import type { Channel } from './conversation/channel.js'
import type { FileSpace } from './conversation/file-space.js'
import type { Store } from './store/store.js'

/** A chat's longest text in Cyrillic, percent-encoded; files have their own limit. */
const BODY_MAX_BYTES = 1024 * 1024

export function createServer(): FastifyInstance {
  return Fastify({
    bodyLimit: BODY_MAX_BYTES,
    // Addresses of visitors are personal: nothing of a request is logged.
    logger: false,
    // Behind a proxy only the local one is believed.
    trustProxy: 'loopback',
    forceCloseConnections: true,
  })
}

/** `/healthz`: the process lives. `/readyz`: the database answers and the channels are up, and a warning when files fill the house. */
export function healthRoutes(
  app: FastifyInstance,
  store: Pick<Store, 'alive'>,
  channels: readonly Channel[],
  space: Pick<FileSpace, 'filling'>,
): void {
  app.get('/healthz', async () => ({ status: 'alive' }))
  app.get('/readyz', async (_request, reply) => {
    const database = await store.alive()
    const states = Object.fromEntries(channels.map((channel) => [channel.name, channel.health().state]))
    // One that starts may be another process's to run; one that is down needs somebody.
    const ready = database && !Object.values(states).includes('down')
    // Words come and go all the same when no file fits any more
    const files = database ? await space.filling() : 'unknown'
    return reply
      .code(ready ? 200 : 503)
      .send({ status: ready ? 'ready' : 'not ready', database, files, channels: states })
  })
}
