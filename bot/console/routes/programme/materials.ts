/** The materials of a programme: one is added, changed or taken away, and what was before holds again. */
import { keepMaterial, materialsBack, removeMaterial, UnfitMaterial } from '../../../programme/materials/change.js'
import { materialsOf, materialsVersions } from '../../../programme/materials/materials.js'
import { programmeOf } from '../../../programme/people/sight.js'
import { rulesOf } from '../../../programme/rules.js'
import type { StaffRoute, Visit } from '../../guard.js'
import { type RefusedMaterial, readMaterial } from '../../house/materials-form.js'
import { type Done, done, orStay, type Page, param, sendPage } from '../../house/pages.js'
import { materialsView } from '../../views/programme/materials.js'

const PATH = '/programmes/:programme/materials'

const idOf = (visit: Visit): string => param(visit, 'programme')

/** @throws UserError noProgramme */
async function materialsPage(visit: Visit, refused?: RefusedMaterial): Promise<Page> {
  const { desk, view } = visit
  const id = idOf(visit)
  const programme = await programmeOf(desk.store.db, id)
  const materials = await materialsOf(desk.store.db, id)
  const versions = await materialsVersions(desk.store, id)
  const { modules } = rulesOf(programme)
  const body = materialsView(view, { id, programme: programme.name, modules, materials, versions, refused })
  return { room: 'programmes', title: view.coordination('materials.title'), body }
}

const numberIn = (visit: Visit, name: string): number => {
  const written = visit.form.field(name)
  return /^\d{1,6}$/.test(written) ? Number(written) : Number.NaN
}

type Act = {
  work(visit: Visit, seen: number): Promise<unknown>
  what?: Done
  written?(visit: Visit): RefusedMaterial['written']
}

const act = (url: string, { work, what = 'saved', written }: Act): StaffRoute => ({
  method: 'POST',
  url,
  action: 'programme.change',
  handle(visit) {
    let wrong: readonly string[] = []
    return orStay(
      visit,
      () => materialsPage(visit, written && { written: written(visit), wrong }),
      async () => {
        await work(visit, numberIn(visit, 'seen')).catch((error: unknown) => {
          if (error instanceof UnfitMaterial) wrong = error.fields
          throw error
        })
        return done(visit, `/programmes/${idOf(visit)}/materials`, what)
      },
    )
  },
})

export const materialsRoutes: StaffRoute[] = [
  {
    method: 'GET',
    url: PATH,
    action: 'programme.change',
    handle: async (visit) => sendPage(visit, await materialsPage(visit)),
  },
  act(PATH, {
    written: ({ form }) => readMaterial(form),
    work: (visit, seen) => {
      const { desk, session, form } = visit
      return keepMaterial(desk.house, session.staff, idOf(visit), { seen, written: readMaterial(form) })
    },
  }),
  act(`${PATH}/remove`, {
    what: 'removed',
    work: (visit, seen) => {
      const { desk, session, form } = visit
      return removeMaterial(desk.house, session.staff, idOf(visit), { seen, id: form.field('id') })
    },
  }),
  act(`${PATH}/back`, {
    work: (visit, seen) => {
      const { desk, session } = visit
      return materialsBack(desk.house, session.staff, idOf(visit), { seen, number: numberIn(visit, 'number') })
    },
  }),
]
