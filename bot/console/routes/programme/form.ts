/** What the monthly report of a programme asks: changed in a draft, looked at as a worker will see it, published, and back again. */
import { UserError } from '../../../errors.js'
import { type FormEdit, UnfitForm } from '../../../programme/form/edits.js'
import { discardForm, editForm, formBack, publishForm } from '../../../programme/form/publish.js'
import { isStaffLanguage } from '../../../text/languages.js'
import type { StaffRoute, Visit } from '../../guard.js'
import { type Refused, readAct, readLabel, readQuestion } from '../../house/form-form.js'
import { type Done, done, orStay, type Page, param, sendPage } from '../../house/pages.js'
import { formView } from '../../views/programme/form/form.js'
import { previewView } from '../../views/programme/form/preview.js'
import { formPageOf } from './form-page.js'

const idOf = (visit: Visit): string => param(visit, 'programme')

async function formPage(visit: Visit, refused?: Refused): Promise<Page> {
  const page = await formPageOf(visit, idOf(visit))
  return { room: 'programmes', title: visit.view.coordination('form.title'), body: formView(visit.view, page, refused) }
}

async function previewPage(visit: Visit): Promise<Page> {
  const { view, request } = visit
  const { in: asked } = request.query as { in?: unknown }
  const language = isStaffLanguage(asked) ? asked : view.tongue
  const page = await formPageOf(visit, idOf(visit))
  const body = previewView(view, page, visit.desk.texts, language)
  return { room: 'programmes', title: view.coordination('form.preview'), body }
}

const numberIn = (visit: Visit, name: string): number => {
  const written = visit.form.field(name)
  return /^\d{1,9}$/.test(written) ? Number(written) : Number.NaN
}

const look = (url: string, page: (visit: Visit) => Promise<Page>): StaffRoute => ({
  method: 'GET',
  url,
  action: 'programme.change',
  handle: async (visit) => sendPage(visit, await page(visit)),
})

type Act = { work(visit: Visit): Promise<unknown>; what?: Done; refused?(visit: Visit): Omit<Refused, 'wrong'> }

const act = (name: string, { work, what = 'saved', refused }: Act): StaffRoute => ({
  method: 'POST',
  url: `/programmes/:programme/form/${name}`,
  action: 'programme.change',
  handle(visit) {
    let wrong: Refused['wrong'] = {}
    return orStay(
      visit,
      () => formPage(visit, refused && { ...refused(visit), wrong }),
      async () => {
        await work(visit).catch((error: unknown) => {
          if (error instanceof UnfitForm) wrong = error.fields
          throw error
        })
        return done(visit, `/programmes/${idOf(visit)}/form`, what)
      },
    )
  },
})

const edit = (visit: Visit, what: FormEdit) =>
  editForm(visit.desk.house, visit.session.staff, idOf(visit), { edition: numberIn(visit, 'edition'), edit: what })

export const formRoutes: StaffRoute[] = [
  look('/programmes/:programme/form', (visit) => formPage(visit)),
  look('/programmes/:programme/form/preview', previewPage),
  act('questions', {
    what: 'saved',
    refused: ({ form }) => ({ at: form.field('id') || 'new', question: readQuestion(form) }),
    work(visit) {
      const question = readQuestion(visit.form)
      const id = visit.form.field('id')
      return edit(visit, id ? { do: 'changeQuestion', id, question } : { do: 'addQuestion', question })
    },
  }),
  act('options', {
    what: 'added',
    refused: ({ form }) => ({ at: form.field('list'), label: readLabel(form) }),
    work: (visit) => edit(visit, { do: 'addOption', list: visit.form.field('list'), words: readLabel(visit.form) }),
  }),
  act('change', {
    async work(visit) {
      const what = readAct(visit.form)
      if (!what) throw new UserError('badRequest')
      await edit(visit, what)
    },
  }),
  act('publish', {
    work: (visit) => publishForm(visit.desk.house, visit.session.staff, idOf(visit), numberIn(visit, 'edition')),
  }),
  act('discard', {
    what: 'removed',
    work: (visit) => discardForm(visit.desk.house, visit.session.staff, idOf(visit), numberIn(visit, 'edition')),
  }),
  act('back', {
    work: (visit) =>
      formBack(visit.desk.house, visit.session.staff, idOf(visit), {
        edition: numberIn(visit, 'seen'),
        number: numberIn(visit, 'number'),
      }),
  }),
]
