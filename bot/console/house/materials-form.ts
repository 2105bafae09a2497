/** A material as a form has it: whatever was typed, in each language of workers. */
import type { WrittenMaterial } from '../../programme/materials/change.js'
import type { Material } from '../../programme/materials/materials.js'
import { STAFF_LANGUAGES } from '../../text/languages.js'
import type { Form } from '../forms.js'

/** What was written in a form that was refused, and the fields that cannot be as they are. */
export type RefusedMaterial = { written: WrittenMaterial; wrong: readonly string[] }

const inEach = (read: (language: keyof WrittenMaterial['links']) => { title: string; url: string }) =>
  Object.fromEntries(STAFF_LANGUAGES.map((each) => [each, read(each)])) as WrittenMaterial['links']

const NOTHING = { title: '', url: '' }

export const newMaterial = (module: number): WrittenMaterial => ({ id: '', module, links: inEach(() => NOTHING) })

export const asWritten = ({ id, module, links }: Material): WrittenMaterial => ({
  id,
  module,
  links: inEach((language) => links[language] ?? NOTHING),
})

export function readMaterial(form: Form): WrittenMaterial {
  const module = form.field('module')
  return {
    id: form.field('id'),
    module: /^\d{1,2}$/.test(module) ? Number(module) : Number.NaN,
    links: inEach((each) => ({ title: form.field(`title.${each}`), url: form.field(`url.${each}`) })),
  }
}
