/** The materials of a programme, module by module: what there is, changing it, adding to it, and what was before. */
import { isDeepStrictEqual } from 'node:util'
import { type Html, html } from '../../../http/html.js'
import type { WrittenMaterial } from '../../../programme/materials/change.js'
import { MATERIALS_MAX, type Material, TITLE_MAX, URL_MAX } from '../../../programme/materials/materials.js'
import { LANGUAGE_NAMES, STAFF_LANGUAGES, type StaffLanguage } from '../../../text/languages.js'
import { asWritten, newMaterial, type RefusedMaterial } from '../../house/materials-form.js'
import { button, field, form, group, hint, input, section, twoSteps, wrong } from '../house/parts.js'
import type { View } from '../view.js'
import { materialLink } from './material-link.js'
import { type Difference, type VersionLine, versionsView } from './versions.js'

export type MaterialsVersion = Omit<VersionLine, 'changes'> & { materials: Material[] }

export type MaterialsPage = {
  id: string
  programme: string
  modules: number
  materials: readonly Material[]
  versions: readonly MaterialsVersion[]
  refused: RefusedMaterial | undefined
}

export function materialsView(view: View, page: MaterialsPage): Html {
  const { coordination } = view
  const { id, versions } = page
  return html`<p><a href="${view.base}/programmes/${id}">‹ ${page.programme}</a></p>
<h1>${coordination('materials.title')}</h1>
${hint(coordination('materials.hint'))}
${Array.from({ length: page.modules }, (_, nth) => moduleView(view, page, nth + 1))}
${versions.length > 0 && section(coordination('versions.title'), html`${hint(coordination('rules.versionsHint'))}${versionsView(view, linesOf(view, versions), { back: `${pathOf(page)}/back`, seen: seenOf(page) })}`)}`
}

const pathOf = ({ id }: MaterialsPage): string => `/programmes/${id}/materials`
const seenOf = ({ versions }: MaterialsPage): number => versions[0]?.number ?? 0

function moduleView(view: View, page: MaterialsPage, module: number): Html {
  const { coordination } = view
  const own = page.materials.filter((each) => each.module === module)
  const { refused } = page
  // What somebody else took away meanwhile is offered as a new one: no word that was typed is lost
  const isNew = refused?.written.module === module && !own.some(({ id }) => id === refused.written.id)
  const fresh = isNew ? { ...refused, written: { ...refused.written, id: '' } } : undefined
  const add = html`<details class="unfold"${fresh && html` open`}><summary>${coordination('materials.add')}</summary>${fields(view, page, fresh?.written ?? newMaterial(module), fresh?.wrong)}</details>`
  return section(
    view.programme('days.module', { module }),
    html`${own.length === 0 ? hint(coordination('materials.none')) : html`<ul class="list">${own.map((each) => line(view, page, each))}</ul>`}
${own.length < MATERIALS_MAX || fresh ? add : hint(coordination('materials.full', { max: MATERIALS_MAX }))}`,
    `module-${module}`,
  )
}

function line(view: View, page: MaterialsPage, material: Material): Html {
  const { coordination } = view
  const refused = page.refused?.written.id === material.id ? page.refused : undefined
  const links = STAFF_LANGUAGES.flatMap((language) => {
    const link = material.links[language]
    return link ? [html`<li>${materialLink(view.tongue, { ...link, language })}</li>`] : []
  })
  const remove = html`${hidden(page, material)}${button(coordination('materials.removeDo'))}`
  return html`<li><span class="what"><ul>${links}</ul>
<details class="unfold"${refused && html` open`}><summary>${coordination('materials.change')}</summary>${fields(view, page, refused?.written ?? asWritten(material), refused?.wrong)}</details></span>
${twoSteps(coordination('materials.remove'), form(view, `${pathOf(page)}/remove`, remove))}</li>`
}

const hidden = (page: MaterialsPage, { id, module }: Pick<Material, 'id' | 'module'>): Html =>
  html`<input type="hidden" name="seen" value="${seenOf(page)}"><input type="hidden" name="id" value="${id}"><input type="hidden" name="module" value="${module}">`

function fields(view: View, page: MaterialsPage, written: WrittenMaterial, bad: readonly string[] = []): Html {
  const { coordination } = view
  const one = (language: StaffLanguage, part: 'title' | 'url', kind: Html) => {
    const path = `${language}.${part}`
    const isBad = bad.includes(path)
    const more = html`${kind} autocomplete="off"${isBad && html` aria-invalid="true"`}`
    return field(
      coordination(part === 'url' ? 'materials.url' : 'materials.name'),
      input(`${part}.${language}`, written.links[language][part], more),
      {
        problem: isBad
          ? coordination(`materials.wrong.${part}`, { max: part === 'url' ? URL_MAX : TITLE_MAX })
          : undefined,
      },
    )
  }
  const languages = STAFF_LANGUAGES.map((language) =>
    group(
      LANGUAGE_NAMES[language],
      html`${one(language, 'title', html`maxlength="${TITLE_MAX}" lang="${language}"`)}${one(language, 'url', html`inputmode="url" maxlength="${URL_MAX}" placeholder="https://"`)}`,
    ),
  )
  return form(
    view,
    pathOf(page),
    html`${hidden(page, written)}${hint(coordination('materials.fieldsHint'))}${languages}
${wrong(bad.includes('links') ? coordination('materials.wrong.links') : undefined)}<p>${button(view.house('save'))}</p>`,
    'long',
  )
}

const linesOf = (view: View, versions: readonly MaterialsVersion[]): VersionLine[] =>
  versions.map(({ materials, ...version }, nth) => {
    const before = versions[nth + 1]?.materials
    return { ...version, changes: before ? differences(view, before, materials) : [] }
  })

/** One by one, in the order in which they stand now; what is gone comes last. */
function differences(view: View, before: readonly Material[], after: readonly Material[]): Difference[] {
  const gone = before.filter(({ id }) => !after.some((each) => each.id === id))
  return [...after, ...gone].flatMap(({ id, module }) => {
    const [was, is] = [before, after].map((all) => all.find((each) => each.id === id))
    if (isDeepStrictEqual(was, is)) return []
    return [{ name: view.programme('days.module', { module }), before: was && inWords(was), after: is && inWords(is) }]
  })
}

const inWords = ({ links }: Material): string =>
  STAFF_LANGUAGES.flatMap((language) => {
    const link = links[language]
    return link ? [`${link.title} (${LANGUAGE_NAMES[language]}) ${link.url}`] : []
  }).join(', ')
