/** Figures of a group and of a programme, and what organisations are paid. */
import { audit } from '../../../desk/audit.js'
import { mustNotBeFrozen } from '../../../desk/two-people/frozen.js'
import { dutiesOf } from '../../../programme/duties/read.js'
import { supportOf } from '../../../programme/duties/support.js'
import { programmeFigures } from '../../../programme/figures/read.js'
import { groupsOf } from '../../../programme/people/overview.js'
import { groupFor, programmeOf } from '../../../programme/people/sight.js'
import { questionsOf } from '../../../programme/reports/form.js'
import { newestIn } from '../../../programme/reports/periods.js'
import { sqlOf } from '../../../store/store.js'
import { streamed } from '../../exports/streamed.js'
import type { StaffRoute, Visit } from '../../guard.js'
import { orStay, type Page, param, sendPage } from '../../house/pages.js'
import { figuresPage } from '../../views/duties/figures.js'
import { type SupportPage, supportRows, supportView } from '../../views/duties/support.js'
import { deskWords } from '../../views/duties/words.js'

const room = 'programmes'
const wordsOf = ({ desk, view }: Visit) => deskWords(desk.texts, view.tongue)

async function figuresIn(
  visit: Visit,
  programmeId: string,
  groups: readonly { id: string; timeZone: string }[],
  where: { back: string; name: string },
): Promise<Page> {
  const { desk, view } = visit
  const words = deskWords(desk.texts, view.tongue, await questionsOf(desk.store.db, programmeId))
  const newest = newestIn(
    groups.map(({ timeZone }) => timeZone),
    view.now,
  )
  const ids = groups.map(({ id }) => id)
  const figures = await programmeFigures(desk.store, ids, newest)
  return { room, title: words.say('figures.title'), body: figuresPage(view, words, where, figures) }
}

async function groupFigures(visit: Visit): Promise<Page> {
  const { group } = await groupFor(visit.desk.store.db, visit.session.staff, param(visit, 'training'))
  return figuresIn(visit, group.programmeId, [group], { back: `/training/${group.id}`, name: group.name })
}

/** Of the groups that this colleague sees. */
async function programmeFiguresPage(visit: Visit): Promise<Page> {
  const { desk, session } = visit
  const { id, name } = await programmeOf(desk.store.db, param(visit, 'programme'))
  const groups = await groupsOf(desk.store, session.staff, id)
  return figuresIn(visit, id, groups, { back: `/programmes/${id}`, name })
}

async function supportIn({ desk, view, ...visit }: Visit): Promise<SupportPage> {
  const { db, vault } = desk.store
  const { id: programmeId } = await programmeOf(db, param({ desk, view, ...visit }, 'programme'))
  const { programme, rules, people } = await dutiesOf(db, vault, { programmeId }, view.now)
  return { programme, rule: rules.support, lines: supportOf(rules.support, people) }
}

async function supportPage(visit: Visit): Promise<Page> {
  const words = wordsOf(visit)
  const body = supportView(visit.view, words, await supportIn(visit))
  return { room, title: words.say('support.title'), body }
}

async function exportSupport(visit: Visit) {
  const { desk, session, view } = visit
  const page = await supportIn(visit)
  await desk.store.transaction(async (tx) => {
    await mustNotBeFrozen(sqlOf(tx))
    const about = { staffId: session.staff.id, object: page.programme.id, at: view.now }
    await audit(tx, desk.store.vault, { ...about, action: 'support.export' })
  })
  return streamed(visit, 'support', 'csv', supportRows(wordsOf(visit), page))
}

export const figuresRoutes: StaffRoute[] = [
  {
    method: 'GET',
    url: '/training/:training/figures',
    action: 'programme.see',
    handle: async (visit) => sendPage(visit, await groupFigures(visit)),
  },
  {
    method: 'GET',
    url: '/programmes/:programme/figures',
    action: 'programme.see',
    handle: async (visit) => sendPage(visit, await programmeFiguresPage(visit)),
  },
  {
    method: 'GET',
    url: '/programmes/:programme/support',
    action: 'certificate.issue',
    handle: async (visit) => sendPage(visit, await supportPage(visit)),
  },
  {
    method: 'POST',
    url: '/programmes/:programme/support/export',
    action: 'certificate.issue',
    handle: (visit) =>
      orStay(
        visit,
        () => supportPage(visit),
        () => exportSupport(visit),
      ),
  },
]
