/** The desk's pages, put together from what the database says now, for whoever looks. */
import { may } from '../desk/access.js'
import { aroundCase } from '../desk/around-case.js'
import { caseFor, queue } from '../desk/queue.js'
import { quickAnswers } from '../desk/quick-answers.js'
import { caseMessages, caseNotes, caseSummary, clientReach } from '../desk/reading.js'
import { sameCases } from '../desk/same-person.js'
import type { Shared } from '../desk/shared.js'
import { targetsFor } from '../desk/targets.js'
import { type Identity, revealStateOf } from '../desk/two-people/reveal.js'
import { UserError } from '../errors.js'
import { html } from '../http/html.js'
import { FILE_MAX_BYTES } from '../limits.js'
import { isLanguage, type Language } from '../text/languages.js'
import type { Desk } from './desk.js'
import { caseView } from './views/case.js'
import { deskView } from './views/desk.js'
import { layout } from './views/layout.js'
import { type ArticleChoice, type OpenCase, partOf } from './views/open-case.js'
import { queueView } from './views/queue.js'
import { readyView } from './views/ready-page.js'
import type { View } from './views/view.js'

export type Extras = {
  notice?: string | undefined
  draft?: OpenCase['draft']
  /** Words that were searched for among the answers. */
  find?: string
  /** The client's message that is answered. */
  answering?: string
  /** The own message that is corrected. */
  correcting?: string
  /** The number, on the one page that shows it. */
  phone?: string
  /** Who the client is, on the one page that shows it. */
  identity?: Identity
  /** What the client shared, on the one page that shows it. */
  shared?: Shared
}

const frameOf = (desk: Desk, title: string, kind: 'desk' | 'case', notice: string | undefined) => ({
  title,
  kind,
  notice,
  maxBytes: FILE_MAX_BYTES,
  fileUrl: (name: Parameters<Desk['pageFiles']['url']>[1]) => desk.pageFiles.url(desk.base, name),
})

export async function deskPage(desk: Desk, view: View, { notice }: Extras = {}): Promise<string> {
  const rows = await queue(desk.store, view.staff)
  const body = html`${queueView(view, rows)}${deskView(view, rows)}`
  return layout(view, frameOf(desk, view.say('name'), 'desk', notice), body)
}

export async function readyPage(desk: Desk, view: View): Promise<string> {
  // Trainers have an account of their own here, and nothing to do with cases
  const seen = may(view.staff, 'queue.see') ? queue(desk.store, view.staff) : []
  const [rows, ready] = await Promise.all([seen, quickAnswers(desk.store, view.staff)])
  const body = html`${queueView(view, rows)}${readyView(view, ready)}`
  return layout(view, frameOf(desk, `${view.say('ready.title')} · ${view.say('name')}`, 'desk', undefined), body)
}

/** @throws UserError noCase, also for a case that is not this reader's to see */
export async function casePage(desk: Desk, view: View, code: string, extras: Extras = {}): Promise<string> {
  const { notice, draft, find, answering, correcting, phone, identity, shared } = extras
  const { store } = desk
  const row = await caseFor(store, view.staff, code)
  const around = row && (await aroundCase(store, row.id, view.staff, view.now))
  if (!row || !around) throw new UserError('noCase')
  const [rows, messages, notes, summary, reach, same] = await Promise.all([
    queue(store, view.staff),
    caseMessages(store, row.id),
    caseNotes(store, row.id),
    caseSummary(store, row.id),
    clientReach(store, row.id),
    samePerson(desk, view, code),
  ])
  const shown = (summary?.shown ?? []).map((id) => desk.advice.title(id, view.tongue) ?? id)
  const part = partOf(view, row, around)
  const answers = part === 'owner' || part === 'guest'
  const hands = part === 'owner' || (row.state === 'claimed' && may(view.staff, 'case.releaseOthers'))
  const facts = hands && (await store.db.case.findUnique({ where: { id: row.id } }))
  const open: OpenCase = {
    row,
    around,
    part,
    messages,
    notes,
    summary,
    reach,
    same,
    shown,
    targets: facts ? await targetsFor(store, facts, view, view.now) : [],
    articles: answers ? articlesFor(desk, view, row, { find, question: summary?.question ?? '' }) : [],
    ready: answers ? await quickAnswers(store, view.staff) : [],
    find,
    answering: answers ? messages.find(({ id }) => String(id) === answering) : undefined,
    correcting: answers
      ? messages.find(({ id, alias }) => String(id) === correcting && alias === view.staff.alias)
      : undefined,
    phone,
    identity,
    reveal: await revealStateOf(store, view.staff, row, view.now),
    shared,
    ...(draft ? { draft } : {}),
  }
  const body = html`${queueView(view, rows, code)}${caseView(view, open)}`
  return layout(view, frameOf(desk, `${code} · ${view.say('name')}`, 'case', notice), body)
}

/** What the person asked in another chat stands here; of the case that this one was merged into only that it is there. */
async function samePerson({ store }: Desk, { staff }: View, code: string): Promise<OpenCase['same']> {
  const cases = await sameCases(store.sql, staff, code)
  const asked = (id: string) => caseSummary(store, id).then((summary) => summary?.question)
  return Promise.all(cases.map(async (each) => ({ ...each, question: each.here ? await asked(each.id) : undefined })))
}

type Wanted = { find: string | undefined; question: string }

/** Each in the reader's language and in the client's, so that who sends it knows what it says. */
function articlesFor(desk: Desk, view: View, row: OpenCase['row'], { find, question }: Wanted): ArticleChoice[] {
  const theirs: Language = isLanguage(row.language) ? row.language : 'ru'
  // The client asks in their language, a colleague searches in their own.
  const [words, language] = find ? [find, view.tongue] : [question, theirs]
  return desk.advice.suggest(words, { country: row.country, language }).map((id) => ({
    id,
    title: desk.advice.title(id, view.tongue) ?? id,
    ours: desk.advice.card(id, view.tongue) ?? '',
    theirs: desk.advice.card(id, theirs) ?? '',
  }))
}
