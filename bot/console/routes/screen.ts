/** The screen in the room: anybody with its signed link, for as long as the link lasts. */
import type { FastifyInstance } from 'fastify'
import { UserError } from '../../errors.js'
import { readScreenLink, screenOf } from '../../programme/checkin/screen.js'
import type { Desk } from '../desk.js'
import { PAGE_HEADERS } from '../headers.js'
import { screenView } from '../views/sessions/screen.js'
import { sayIn } from '../views/sessions/words.js'
import { doorLanguage } from './door.js'

const GONE = 410

export function addScreen(app: FastifyInstance, desk: Desk): void {
  app.get('/screen/:link', async (request, reply) => {
    const { link } = request.params as { link: string }
    const read = readScreenLink(desk.store.vault.hash, link, desk.clock())
    if (!read) throw new UserError('noPage')
    const screen = read.over ? undefined : await screenOf(desk.house, read.session)
    const language = doorLanguage(request)
    const page = {
      language,
      say: sayIn(desk.texts, language),
      fileUrl: (name: Parameters<Desk['pageFiles']['url']>[1]) => desk.pageFiles.url(desk.base, name),
    }
    return reply
      .code(screen ? 200 : GONE)
      .headers(PAGE_HEADERS)
      .type('text/html; charset=utf-8')
      .send(screenView(page, screen ?? 'over'))
  })
}
