/** How materials change: one at a time, each change a version of its own, and nothing is written over. */
import { isDeepStrictEqual } from 'node:util'
import type { InsideHouse } from '../../conversation/inside.js'
import type { StaffMember } from '../../desk/access.js'
import { change } from '../../desk/house/change.js'
import { UserError } from '../../errors.js'
import { oneLine } from '../../http/html.js'
import type { Tx } from '../../store/store.js'
import { STAFF_LANGUAGES, type StaffLanguage } from '../../text/languages.js'
import { programmeOf } from '../people/sight.js'
import { rulesOf } from '../rules.js'
import { addVersion, lockProgramme, versionOf } from '../versions.js'
import { httpsLink, type Link, MATERIALS_MAX, type Material, Materials, materialsOf, TITLE_MAX } from './materials.js'

/** As a coordinator typed it. A new one has no id. */
export type WrittenMaterial = { id: string; module: number; links: Record<StaffLanguage, Link> }

/** `fields`: which cannot be as they were written (`cs.url`); `links` when there is none at all. */
export class UnfitMaterial extends UserError {
  constructor(readonly fields: readonly string[]) {
    super('unfitMaterial')
  }
}

type Seen = { seen: number }

/**
 * Adds one, or changes the one with that id. False where nothing is different.
 * @throws UserError notAllowed, noProgramme, badRequest, noMaterial, materialsFull, changedMeanwhile
 * @throws UnfitMaterial
 */
export const keepMaterial = (
  house: InsideHouse,
  staff: StaffMember,
  programmeId: string,
  { seen, written }: Seen & { written: WrittenMaterial },
): Promise<boolean> =>
  changed(house, staff, programmeId, seen, async ({ before, modules }) => {
    const { module } = written
    const links = linksFrom(written)
    if (written.id) {
      if (!before.some(({ id }) => id === written.id)) throw new UserError('noMaterial')
      return before.map((each) => (each.id === written.id ? { ...each, links } : each))
    }
    if (!Number.isInteger(module) || module < 1 || module > modules) throw new UserError('badRequest')
    if (before.filter((each) => each.module === module).length >= MATERIALS_MAX)
      throw new UserError('materialsFull', { max: MATERIALS_MAX })
    return [...before, { id: crypto.randomUUID(), module, links }]
  })

/** @throws as `keepMaterial` */
export const removeMaterial = (
  house: InsideHouse,
  staff: StaffMember,
  programmeId: string,
  { seen, id }: Seen & { id: string },
): Promise<boolean> =>
  changed(house, staff, programmeId, seen, async ({ before }) => {
    if (!before.some((each) => each.id === id)) throw new UserError('noMaterial')
    return before.filter((each) => each.id !== id)
  })

/** Those of an older version hold again, as a version of their own. @throws as `keepMaterial`, and noVersion */
export const materialsBack = (
  house: InsideHouse,
  staff: StaffMember,
  programmeId: string,
  { seen, number }: Seen & { number: number },
): Promise<boolean> =>
  changed(house, staff, programmeId, seen, async ({ tx }) =>
    Materials.parse(await versionOf(tx, programmeId, 'materials', number)),
  )

type Next = (now: { tx: Tx; before: Material[]; modules: number }) => Promise<Material[]>

function changed(house: InsideHouse, staff: StaffMember, programmeId: string, seen: number, next: Next) {
  const recorded = { action: 'programme.change', recordedAs: 'programme.materials', object: programmeId } as const
  return change(house, staff, recorded, async (tx) => {
    const programme = await programmeOf(tx, programmeId)
    await lockProgramme(tx, programmeId)
    const before = await materialsOf(tx, programmeId)
    const document = await next({ tx, before, modules: rulesOf(programme).modules })
    // The database keeps the languages in an order of its own
    if (isDeepStrictEqual(document, before)) return false
    const at = house.clock()
    await addVersion(tx, { programmeId, of: 'materials', seen, document, before, staffId: staff.id, at })
    return true
  })
}

/** A language with neither a name nor an address is one that is not given. */
function linksFrom({ links }: WrittenMaterial): Material['links'] {
  const wrong: string[] = []
  const given = STAFF_LANGUAGES.flatMap((language) => {
    const title = oneLine(links[language].title.normalize('NFC'))
    const address = links[language].url.trim()
    if (!title && !address) return []
    const url = httpsLink(address)
    if (!title || title.length > TITLE_MAX) wrong.push(`${language}.title`)
    if (!url) wrong.push(`${language}.url`)
    return [[language, { title, url: url ?? '' }] as const]
  })
  if (given.length === 0) wrong.push('links')
  if (wrong.length > 0) throw new UnfitMaterial(wrong)
  return Object.fromEntries(given)
}
