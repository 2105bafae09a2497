/** An administrator keeps something for a shorter time than is usual here, or as long as usual again; never longer (S37). */
import type { InsideHouse } from '../../conversation/inside.js'
import { UserError } from '../../errors.js'
import { readShortened, type ShortenableName, Shortening, writeShortened } from '../../store/shortened.js'
import { sqlOf, type Tx } from '../../store/store.js'
import { permit, type StaffMember } from '../access.js'
import { audit } from '../audit.js'
import { askFor, type Why } from './ask.js'

/** "message=7": what the second person agrees to, exactly. `usual`: as in the table. */
const objectOf = ({ name, days }: Shortening) => `${name}=${days ?? 'usual'}`

/** @throws UserError approvalOver */
function readObject(object: string): Shortening {
  const [name, days] = object.split('=')
  const read = Shortening.safeParse({ name, days: days === 'usual' ? null : Number(days) })
  if (!read.success) throw new UserError('approvalOver')
  return read.data
}

/** `days` null: as long as usual. @throws UserError notAllowed, badLifetime, and those of `askFor` */
export async function askLifetime(
  house: InsideHouse,
  staff: StaffMember,
  { name, days, ...why }: Why & { name: string; days: number | null },
): Promise<void> {
  permit(staff, 'lifetimes.ask')
  const wanted = Shortening.safeParse({ name, days })
  if (!wanted.success) throw new UserError('badLifetime')
  const now = (await readShortened(house.store.sql))[wanted.data.name] ?? null
  if (now === wanted.data.days) throw new UserError('badLifetime')
  await askFor(house, staff, { ...why, kind: 'lifetimes', object: objectOf(wanted.data) })
}

/** Two people agreed: from the cleaning job's next round on. */
export async function changeLifetime(house: InsideHouse, tx: Tx, staff: StaffMember, object: string): Promise<void> {
  const { name, days } = readObject(object)
  const { [name]: _, ...others } = await readShortened(sqlOf(tx))
  await writeShortened(sqlOf(tx), days === null ? others : { ...others, [name]: days })
  await audit(tx, house.store.vault, { staffId: staff.id, action: 'lifetimes.change', object, at: house.clock() })
}

export const lifetimeOf = (object: string): { name: ShortenableName; days: number | null } => readObject(object)
