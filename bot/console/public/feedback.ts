/**
 * Where clients answer without an account, under `/f`: no cookie, no script, nothing of who asks is kept or logged. The code in the
 * address is all that the page needs, so a form that another site sends does nothing that the code alone could not.
 */
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { ROOT } from '../../config.js'
import { faultOf } from '../../conversation/fault.js'
import type { Log } from '../../conversation/house.js'
import type { InsideHouse } from '../../conversation/inside.js'
import type { Words } from '../../conversation/words.js'
import { helpInDanger } from '../../desk/danger-words.js'
import { tidyCode } from '../../desk/pairing.js'
import { askedLanguage } from '../../http/accept-language.js'
import { addWords, give } from '../../programme/feedback/give.js'
import { Answers, cleanLine } from '../../programme/feedback/questions.js'
import { look, type Refused } from '../../programme/feedback/tokens.js'
import { waysFor } from '../../programme/feedback/ways.js'
import { isLanguage, LANGUAGES, type Language } from '../../text/languages.js'
import { createGuesses } from '../guesses.js'
import { PAGE_HEADERS } from '../headers.js'
import { type ClientPage, codeView, type Given, outcomeView, questionsView } from '../views/feedback/page.js'

export type FeedbackSite = { house: InsideHouse & { publicUrl: string }; words: Words; log: Log }

const HEADERS = {
  ...PAGE_HEADERS,
  'content-security-policy':
    "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
  // The code stands in the address
  'referrer-policy': 'no-referrer',
} as const

const FORM = 'application/x-www-form-urlencoded'
const BODY_MAX_BYTES = 16_384
const SEE_OTHER = 303
const STATUS: Record<Refused, number> = { unknown: 404, used: 410, late: 410 }

/** Who reads none of our languages, or does not say, reads Russian as most do. */
const USUAL: Language = 'ru'

export function feedbackPage(app: FastifyInstance, site: FeedbackSite): void {
  const { house, words, log } = site
  const { store, clock, publicUrl } = house
  const root = new URL(publicUrl).pathname.replace(/\/$/, '')
  const style = readFileSync(join(ROOT, 'bot/console/page/feedback.css'))
  const css = `${root}/f/style.css?v=${createHash('sha256').update(style).digest('hex').slice(0, 12)}`
  const guesses = createGuesses(clock)

  const pageFor = (request: FastifyRequest, path: string): ClientPage => {
    const { lang } = request.query as { lang?: unknown }
    const asked = askedLanguage(request.headers['accept-language'], LANGUAGES)
    const language = isLanguage(lang) ? lang : (asked ?? USUAL)
    const say: ClientPage['say'] = (key, values) => words.say(language, `opinion:${key}`, values)
    return { language, say, base: `${root}/f`, chat: `${root}/chat?lang=${language}`, css, path }
  }

  const send = (reply: FastifyReply, status: number, page: string) =>
    reply.code(status).headers(HEADERS).type('text/html; charset=utf-8').send(page)

  /** False, and answered, for who has guessed too often. */
  const mayTry = (request: FastifyRequest, reply: FastifyReply, page: ClientPage): boolean => {
    const wait = guesses.wait(request.ip)
    if (wait === 0) return true
    const seconds = Math.ceil(wait / 1000)
    send(reply.header('retry-after', seconds), 429, codeView(page, page.say('page.slower', { count: seconds })))
    return false
  }

  const refused = (request: FastifyRequest, reply: FastifyReply, page: ClientPage, why: Refused) => {
    if (why !== 'unknown') return send(reply, STATUS[why], outcomeView(page, page.say(why)))
    guesses.failed(request.ip)
    return send(reply, STATUS[why], codeView({ ...page, path: '' }, page.say(why)))
  }

  const fields = (request: FastifyRequest): Given => {
    const body = (request.body ?? {}) as Record<string, unknown>
    return Object.fromEntries(
      Object.entries(body).filter((pair): pair is [string, string] => typeof pair[1] === 'string'),
    )
  }

  const codeOf = (request: FastifyRequest): string => tidyCode((request.params as { code: string }).code)

  app.register(async (scope) => {
    scope.removeContentTypeParser(FORM)
    scope.addContentTypeParser(
      FORM,
      { parseAs: 'string', bodyLimit: BODY_MAX_BYTES },
      async (_: unknown, body: string) => Object.fromEntries(new URLSearchParams(body)),
    )
    scope.setErrorHandler((error, request, reply) => {
      const { statusCode = 503 } = error as { statusCode?: number }
      if (statusCode >= 500) log.warn({ code: faultOf(error) }, 'A page of feedback could not be shown.')
      const page = pageFor(request, '')
      return send(reply, statusCode, outcomeView(page, page.say('page.trouble')))
    })

    scope.get('/f/style.css', async (_request, reply) =>
      reply.header('cache-control', 'public, max-age=31536000, immutable').type('text/css; charset=utf-8').send(style),
    )

    scope.get('/f', async (request, reply) => send(reply, 200, codeView(pageFor(request, ''))))

    scope.post('/f', async (request, reply) => {
      const page = pageFor(request, '')
      const code = tidyCode(fields(request).code ?? '')
      if (!code) return send(reply, 422, codeView(page, page.say('unknown')))
      return reply.headers(HEADERS).redirect(`${page.base}/${code}?lang=${page.language}`, SEE_OTHER)
    })

    // Looking uses nothing up: messengers look at links before people do
    scope.get('/f/:code', async (request, reply) => {
      const code = codeOf(request)
      const page = pageFor(request, `/${code}`)
      if (!mayTry(request, reply, page)) return reply
      const found = await look(store, store.db, code, clock())
      if (typeof found === 'string') return refused(request, reply, page, found)
      return send(reply, 200, questionsView(page, { given: {}, telegram: waysFor(house, code).chat }))
    })

    scope.post('/f/:code', async (request, reply) => {
      const code = codeOf(request)
      const page = pageFor(request, `/${code}`)
      if (!mayTry(request, reply, page)) return reply
      const given = fields(request)
      const answers = Answers.safeParse(given)
      if (!answers.success) {
        const problem = page.say('page.missing')
        return send(reply, 422, questionsView(page, { given, problem, telegram: waysFor(house, code).chat }))
      }
      const line = cleanLine(given.line ?? '')
      const outcome = await store.transaction(async (tx) => {
        const now = clock()
        const result = await give(store, tx, code, answers.data, now)
        if (result === 'given' && line) await addWords(store, tx, code, line, now)
        return result
      })
      if (outcome !== 'given') return refused(request, reply, page, outcome)
      const help = line ? helpInDanger(words, page.language, line) : undefined
      return send(reply, 200, outcomeView(page, page.say('page.thanks'), { help, over: true }))
    })
  })
}
