/** The desk's two pages, put together from what the database says now. */
import { caseByCode, queue } from '../desk/queue.js'
import { caseMessages, caseNotes, caseSummary, clientReach } from '../desk/reading.js'
import { UserError } from '../errors.js'
import { html } from '../http/html.js'
import { FILE_MAX_BYTES } from '../limits.js'
import type { Desk } from './desk.js'
import { caseView, type OpenCase } from './views/case.js'
import { deskView } from './views/desk.js'
import { layout } from './views/layout.js'
import { queueView } from './views/queue.js'
import type { View } from './views/view.js'

export type Extras = {
  notice?: string | undefined
  draft?: OpenCase['draft']
}

const frameOf = (desk: Desk, title: string, kind: 'desk' | 'case', notice: string | undefined) => ({
  title,
  kind,
  notice,
  maxBytes: FILE_MAX_BYTES,
  fileUrl: (name: Parameters<Desk['pageFiles']['url']>[1]) => desk.pageFiles.url(desk.base, name),
})

export async function deskPage(desk: Desk, view: View, { notice }: Extras = {}): Promise<string> {
  const rows = await queue(desk.store)
  const body = html`${queueView(view, rows)}${deskView(view, rows)}`
  return layout(view, frameOf(desk, view.say('name'), 'desk', notice), body)
}

/** @throws UserError noCase */
export async function casePage(desk: Desk, view: View, code: string, { notice, draft }: Extras = {}): Promise<string> {
  const { store } = desk
  const row = await caseByCode(store, code)
  if (!row) throw new UserError('noCase')
  const [rows, messages, notes, summary, reach] = await Promise.all([
    queue(store),
    caseMessages(store, row.id),
    caseNotes(store, row.id),
    caseSummary(store, row.id),
    clientReach(store, row.id),
  ])
  const shown = (summary?.shown ?? []).map((id) => desk.articleTitle(id, view.tongue) ?? id)
  const open: OpenCase = { row, messages, notes, summary, reach, shown, ...(draft ? { draft } : {}) }
  const body = html`${queueView(view, rows, code)}${caseView(view, open)}`
  return layout(view, frameOf(desk, `${code} · ${view.say('name')}`, 'case', notice), body)
}
