/** Ready words that are written once and used often: a colleague's own, and those of a centre. */
import type { InsideHouse } from '../conversation/inside.js'
import { UserError } from '../errors.js'
import type { QuickAnswer, Staff } from '../store/generated/client.js'
import type { Store, Tx } from '../store/store.js'
import { isLanguage } from '../text/languages.js'
import { may, permit, type StaffMember } from './access.js'
import { audit } from './audit.js'
import { cleanWords } from './words.js'

export const QUICK_TITLE_MAX = 80
export const QUICK_TEXT_MAX = 4000

export type QuickWords = { title: string; language: string; text: string }

/** `shared`: the centre's, which everybody there uses and only those who look after it change. */
export type ReadyAnswer = QuickWords & { id: string; shared: boolean }

type Me = Pick<Staff, 'id' | 'centreId'>

/** One's own, and those of the centre; whoever works for every centre has them all. */
const usable = ({ id, centreId }: Me) => ({
  OR: [{ staffId: id }, { staffId: null, ...(centreId === null ? {} : { OR: [{ centreId: null }, { centreId }] }) }],
})

/** Own ones first, then by title. */
export async function quickAnswers(store: Pick<Store, 'db'>, staff: StaffMember): Promise<ReadyAnswer[]> {
  const me = await store.db.staff.findUniqueOrThrow({ where: { id: staff.id } })
  const rows = await store.db.quickAnswer.findMany({ where: usable(me), orderBy: [{ title: 'asc' }, { id: 'asc' }] })
  const ready = rows.map(({ staffId, id, title, language, text }) => ({
    id,
    title,
    language,
    text,
    shared: staffId === null,
  }))
  return [...ready.filter(({ shared }) => !shared), ...ready.filter(({ shared }) => shared)]
}

/** @throws UserError noAnswer */
export async function quickAnswer(store: Pick<Store, 'db'>, staff: StaffMember, id: string): Promise<ReadyAnswer> {
  const found = (await quickAnswers(store, staff)).find((each) => each.id === id)
  if (!found) throw new UserError('noAnswer')
  return found
}

/** @throws UserError notAllowed, quickEmpty, tooLong, badRequest */
export async function addQuickAnswer(
  house: InsideHouse,
  staff: StaffMember,
  words: QuickWords & { shared: boolean },
): Promise<void> {
  const data = readWords(words)
  await change(house, staff, async (tx, me) => {
    if (words.shared) permit(staff, 'house.change')
    await tx.quickAnswer.create({
      data: { ...data, ...(words.shared ? { staffId: null, centreId: me.centreId } : { staffId: me.id }) },
    })
  })
}

/** @throws UserError notAllowed, noAnswer, quickEmpty, tooLong, badRequest */
export async function changeQuickAnswer(
  house: InsideHouse,
  staff: StaffMember,
  id: string,
  words: QuickWords,
): Promise<void> {
  const data = readWords(words)
  await change(house, staff, async (tx, me) => {
    await mineToChange(tx, me, staff, id)
    await tx.quickAnswer.update({ where: { id }, data })
  })
}

/** @throws UserError notAllowed, noAnswer */
export async function removeQuickAnswer(house: InsideHouse, staff: StaffMember, id: string): Promise<void> {
  await change(house, staff, async (tx, me) => {
    await mineToChange(tx, me, staff, id)
    await tx.quickAnswer.delete({ where: { id } })
  })
}

async function change(house: InsideHouse, staff: StaffMember, work: (tx: Tx, me: Staff) => Promise<void>) {
  permit(staff, 'self.work')
  await house.store.transaction(async (tx) => {
    await work(tx, await tx.staff.findUniqueOrThrow({ where: { id: staff.id } }))
    const entry = { staffId: staff.id, action: 'quick-answer.change', object: staff.alias, at: house.clock() } as const
    await audit(tx, house.store.vault, entry)
  })
}

async function mineToChange(tx: Tx, me: Staff, staff: StaffMember, id: string): Promise<QuickAnswer> {
  const known = /^[0-9a-f-]{36}$/.test(id)
  const found = known ? await tx.quickAnswer.findFirst({ where: { id, ...usable(me) } }) : null
  if (!found) throw new UserError('noAnswer')
  if (found.staffId === null && !may(staff, 'house.change')) throw new UserError('notAllowed')
  return found
}

function readWords({ title, language, text }: QuickWords): QuickWords {
  if (!isLanguage(language)) throw new UserError('badRequest')
  const words = { title: cleanWords(title).replace(/\s+/g, ' '), language, text: cleanWords(text) }
  if (!words.title || !words.text) throw new UserError('quickEmpty')
  if (words.title.length > QUICK_TITLE_MAX) throw new UserError('tooLong', { max: QUICK_TITLE_MAX })
  if (words.text.length > QUICK_TEXT_MAX) throw new UserError('tooLong', { max: QUICK_TEXT_MAX })
  return words
}
