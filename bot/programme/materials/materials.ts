/**
 * Materials: what workers prepare with, link by link, for each module of a programme. Kept as versions of the programme alone: the newest
 * one is what holds.
 */
import { z } from 'zod'
import type { Store, Tx } from '../../store/store.js'
import { LANGUAGE_NAMES, type Language, STAFF_LANGUAGES, type StaffLanguage } from '../../text/languages.js'
import { tonguesFor } from '../../text/texts.js'
import { type KeptVersion, versionsOf } from '../versions.js'

/** "Up to five for each module": more is read by nobody. */
export const MATERIALS_MAX = 5

/** Five of the longest, with what is said around them, still fit into one message of every messenger. */
export const TITLE_MAX = 80
export const URL_MAX = 400

/** The address as it is opened, when it is a whole https one. Nothing else is passed on to anybody: no script, no password, no http. */
export function httpsLink(text: string): string | undefined {
  if (/\s/.test(text) || !URL.canParse(text)) return undefined
  const { protocol, username, password, hostname, href } = new URL(text)
  const isPlain = protocol === 'https:' && username === '' && password === '' && hostname.includes('.')
  return isPlain && href.length <= URL_MAX ? href : undefined
}

const Link = z.strictObject({
  title: z.string().min(1).max(TITLE_MAX),
  url: z.string().refine((url) => httpsLink(url) === url),
})
export type Link = z.output<typeof Link>

const Material = z.strictObject({
  id: z.uuid(),
  module: z.int().min(1),
  /** In each language for which there is one; at least in one. */
  links: z.partialRecord(z.enum(STAFF_LANGUAGES), Link).refine((links) => Object.keys(links).length > 0),
})
export type Material = z.output<typeof Material>

/** In the order in which they are shown. */
export const Materials = z.array(Material)

/** Throws when what is kept are no materials: nobody is sent to half a link. */
export async function materialsOf(db: Pick<Tx, 'programmeVersion'>, programmeId: string): Promise<Material[]> {
  const newest = await db.programmeVersion.findFirst({
    where: { programmeId, of: 'materials' },
    orderBy: { number: 'desc' },
  })
  return newest ? Materials.parse(newest.document) : []
}

/** As they were, the newest first. */
export async function materialsVersions(
  store: Pick<Store, 'db'>,
  programmeId: string,
): Promise<(Omit<KeptVersion, 'document'> & { materials: Material[] })[]> {
  const kept = await versionsOf(store, programmeId, 'materials')
  return kept.map(({ document, ...version }) => ({ ...version, materials: Materials.parse(document) }))
}

export type ShownLink = Link & { language: StaffLanguage }

/** In that language, else in the one that its readers most likely read too, else in whichever there is. */
export function linkIn(language: Language, { links }: Material): ShownLink[] {
  const order = [...tonguesFor(language), ...STAFF_LANGUAGES]
  const found = order.find((each): each is StaffLanguage => links[each as StaffLanguage] !== undefined)
  const link = found && links[found]
  return link ? [{ ...link, language: found }] : []
}

/** Its name; with the name of its language when that is another than the reader's. */
export const titleIn = (language: Language, link: ShownLink): string =>
  link.language === language ? link.title : `${link.title} (${LANGUAGE_NAMES[link.language]})`

/** Those of one module. */
export const linksOf = (language: Language, materials: readonly Material[], module: number): ShownLink[] =>
  materials.filter((each) => each.module === module).flatMap((each) => linkIn(language, each))
