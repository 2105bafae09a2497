/** The rules of a programme: changed as a whole, with what was changed before, and back to it. */
import { changeRules, type RuleField, rulesBack, UnfitRules } from '../../../programme/change-rules.js'
import { programmeOf } from '../../../programme/people/sight.js'
import { ProgrammeRules, rulesOf } from '../../../programme/rules.js'
import { versionsOf } from '../../../programme/versions.js'
import type { StaffRoute, Visit } from '../../guard.js'
import { done, orStay, type Page, param, sendPage } from '../../house/pages.js'
import { type RulesRows, readRules, rowsOfRules } from '../../house/rules-form.js'
import { rulesView } from '../../views/programme/rules.js'

type More = { rows?: RulesRows; wrong?: readonly string[] }

const idOf = (visit: Visit): string => param(visit, 'programme')

/** What was written stays in its fields, also when somebody else was first: their rules stand beneath. @throws UserError noProgramme */
async function rulesPage({ desk, view }: Visit, id: string, { rows, wrong = [] }: More = {}): Promise<Page> {
  const programme = await programmeOf(desk.store.db, id)
  const rules = rulesOf(programme)
  const kept = await versionsOf(desk.store, id, 'rules')
  const versions = kept.map(({ document, ...version }) => ({ ...version, rules: ProgrammeRules.parse(document) }))
  const page = { id, name: programme.name, rows: rows ?? rowsOfRules(rules, view.tongue), wrong, versions }
  return { room: 'programmes', title: view.coordination('rules.title'), body: rulesView(view, page) }
}

const numberIn = (visit: Visit, name: string): number => {
  const written = visit.form.field(name)
  return /^\d{1,6}$/.test(written) ? Number(written) : Number.NaN
}

export const rulesRoutes: StaffRoute[] = [
  {
    method: 'GET',
    url: '/programmes/:programme/rules',
    action: 'programme.change',
    handle: async (visit) => sendPage(visit, await rulesPage(visit, idOf(visit))),
  },
  {
    method: 'POST',
    url: '/programmes/:programme/rules',
    action: 'programme.change',
    handle(visit) {
      const { desk, session, form } = visit
      const rows = readRules(form)
      const wrong: RuleField[] = []
      return orStay(
        visit,
        () => rulesPage(visit, idOf(visit), { rows, wrong }),
        async () => {
          const change = { seen: numberIn(visit, 'seen'), written: rows.written }
          await changeRules(desk.house, session.staff, idOf(visit), change).catch((error: unknown) => {
            if (error instanceof UnfitRules) wrong.push(...(error.fields as RuleField[]))
            throw error
          })
          return done(visit, `/programmes/${idOf(visit)}/rules`, 'saved')
        },
      )
    },
  },
  {
    method: 'POST',
    url: '/programmes/:programme/rules/back',
    action: 'programme.change',
    handle: (visit) =>
      orStay(
        visit,
        () => rulesPage(visit, idOf(visit)),
        async () => {
          const { desk, session } = visit
          const back = { seen: numberIn(visit, 'seen'), number: numberIn(visit, 'number') }
          await rulesBack(desk.house, session.staff, idOf(visit), back)
          return done(visit, `/programmes/${idOf(visit)}/rules`, 'saved')
        },
      ),
  },
]
