/** `/certificate`: anybody checks a code there, typed or from the QR on the paper. Guesses are slowed, of codes and of names. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { tidyCode } from '../../desk/pairing.js'
import { CODE_LENGTH, spelled } from '../../programme/duties/codes.js'
import { checkCertificate } from '../../programme/duties/verify.js'
import { type Desk, PREFIX } from '../desk.js'
import { createGuesses } from '../guesses.js'
import { PAGE_HEADERS } from '../headers.js'
import { certificateView } from '../views/certificate.js'
import { doorLanguage } from './door.js'

export const CERTIFICATE_PATH = '/certificate'

const FORM_MAX_BYTES = 4096
const NAME_MAX = 120

const text = (value: unknown): string => (typeof value === 'string' ? value : '')

/** Adds the page beside the desk: it is nobody's but the reader's. */
export function addCertificate(app: FastifyInstance, desk: Desk): void {
  // Apart from those of the staff's door: whoever guesses here keeps nobody out there
  const guesses = createGuesses(desk.clock)
  const path = `${desk.base.slice(0, -PREFIX.length)}${CERTIFICATE_PATH}`

  async function answer(request: FastifyRequest, reply: FastifyReply, asked: { code: string; name: string }) {
    const tongue = doorLanguage(request)
    const say = (key: string, values?: Record<string, string | number>) =>
      desk.texts.say(tongue, `certificate:${key}`, values)
    const show = (status: number, more: Pick<Parameters<typeof certificateView>[0], 'found' | 'problem'>) =>
      reply
        .code(status)
        .headers(PAGE_HEADERS)
        .type('text/html; charset=utf-8')
        .send(
          certificateView({
            ...{ path, tongue, say, ...more },
            code: spelled(tidyCode(asked.code).slice(0, CODE_LENGTH)),
            fileUrl: (name) => desk.pageFiles.url(desk.base, name),
          }),
        )
    if (!asked.code) return show(200, { found: undefined })
    const wait = guesses.wait(request.ip)
    if (wait > 0) {
      const seconds = Math.ceil(wait / 1000)
      reply.header('retry-after', seconds)
      return show(429, { found: undefined, problem: say('page.slower', { seconds }) })
    }
    const found = await checkCertificate(desk.store, asked.code, asked.name.slice(0, NAME_MAX))
    if (!found || found.named === false) guesses.failed(request.ip)
    return show(found ? 200 : 404, { found: found ?? 'unknown' })
  }

  app.get(CERTIFICATE_PATH, async (request, reply) =>
    answer(request, reply, { code: text((request.query as { code?: unknown }).code), name: '' }),
  )
  app.post(CERTIFICATE_PATH, { bodyLimit: FORM_MAX_BYTES }, async (request, reply) => {
    const { code, name } = (request.body ?? {}) as { code?: unknown; name?: unknown }
    return answer(request, reply, { code: text(code), name: text(name) })
  })
}
