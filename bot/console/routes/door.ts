/** What anybody may ask for: the sign-in page, and the page's own style and scripts. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { createLabels } from '../../desk/labels.js'
import { askedLanguage } from '../../http/accept-language.js'
import { isStaffLanguage, STAFF_LANGUAGES, type StaffLanguage } from '../../text/languages.js'
import type { Desk } from '../desk.js'
import { PAGE_HEADERS } from '../headers.js'
import { isSameOrigin } from '../same-origin.js'
import { signInView } from '../views/sign-in.js'

/** Asked for by `?language=`, else the browser's best that the desk speaks. */
export function doorLanguage(request: FastifyRequest): StaffLanguage {
  const { language } = request.query as { language?: unknown }
  return isStaffLanguage(language)
    ? language
    : (askedLanguage(request.headers['accept-language'], STAFF_LANGUAGES) ?? 'en')
}

type Problem = { status: number; key: string; values?: Record<string, number> }

function showDoor(desk: Desk, request: FastifyRequest, reply: FastifyReply, problem?: Problem): FastifyReply {
  const tongue = doorLanguage(request)
  const { say } = createLabels(desk.texts, tongue)
  const mark = desk.cookies.markBrowser(request, reply)
  return reply
    .code(problem?.status ?? 200)
    .headers(PAGE_HEADERS)
    .type('text/html; charset=utf-8')
    .send(
      signInView({
        base: desk.base,
        tongue,
        say,
        csrf: desk.csrfOf(mark),
        problem: problem && say(problem.key, problem.values),
        fileUrl: (name) => desk.pageFiles.url(desk.base, name),
      }),
    )
}

/** The code as it is, or in a link that was pasted whole. */
const codeIn = (text: string): string => (text.trim().split('#').at(-1) ?? '').trim().toLowerCase()

async function enter(desk: Desk, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const { code, csrf } = (request.body ?? {}) as { code?: unknown; csrf?: unknown }
  const mark = desk.cookies.browser(request)
  if (!mark || csrf !== desk.csrfOf(mark) || !isSameOrigin(request, desk.publicUrl))
    return showDoor(desk, request, reply, { status: 403, key: 'signIn.again' })
  const wait = desk.guesses.wait(request.ip)
  if (wait > 0) {
    const seconds = Math.ceil(wait / 1000)
    reply.header('retry-after', seconds)
    return showDoor(desk, request, reply, { status: 429, key: 'signIn.slower', values: { seconds } })
  }
  const problem = await desk.sessions.signIn(request, reply, codeIn(typeof code === 'string' ? code : ''))
  if (!problem) return reply.headers(PAGE_HEADERS).redirect(desk.base, 303)
  // A link that was real once is a late or a second click, not a guess.
  if (problem === 'unknown') desk.guesses.failed(request.ip)
  return showDoor(desk, request, reply, { status: 403, key: `signIn.${problem}` })
}

const YEAR_SECONDS = 365 * 24 * 60 * 60

export function addDoor(app: FastifyInstance, desk: Desk): void {
  app.get('/sign-in', async (request, reply) => showDoor(desk, request, reply))
  app.post('/sign-in', { bodyLimit: 4096 }, async (request, reply) => enter(desk, request, reply))
  app.get('/page/:name', async (request, reply) => {
    const file = desk.pageFiles.get((request.params as { name: string }).name)
    if (!file) return reply.callNotFound()
    return reply
      .headers({ ...PAGE_HEADERS, 'cache-control': `public, max-age=${YEAR_SECONDS}, immutable` })
      .type(file.type)
      .send(file.content)
  })
}
