/** What a programme's rules, form and materials were, version by version: who changed what and when. Nothing is written over. */
import { UserError } from '../errors.js'
import type { Prisma } from '../store/generated/client.js'
import { type Store, sqlOf, type Tx } from '../store/store.js'

export type Of = 'rules' | 'form' | 'materials'

export type KeptVersion = { number: number; document: unknown; alias: string | null; at: Date }

/** Two people who change the same programme act one after the other. */
export const lockProgramme = (tx: Tx, id: string) =>
  sqlOf(tx)('select id from programme where id = $1::uuid for update', [id])

/** The number of the newest version; 0 while nothing was changed. */
export async function newestNumber(db: Pick<Tx, 'programmeVersion'>, programmeId: string, of: Of): Promise<number> {
  const newest = await db.programmeVersion.findFirst({ where: { programmeId, of }, orderBy: { number: 'desc' } })
  return newest?.number ?? 0
}

export type NewVersion = {
  programmeId: string
  of: Of
  /** The version that was looked at when the change was made. */
  seen: number
  document: Prisma.InputJsonValue
  /** What there was before the first change. */
  before: Prisma.InputJsonValue
  staffId: string
  at: Date
}

/**
 * Adds a version behind the one that was seen. The programme is locked already.
 * @throws UserError changedMeanwhile: somebody was first, and nothing of theirs is lost
 */
export async function addVersion(tx: Tx, { seen, before, ...version }: NewVersion): Promise<number> {
  const { programmeId, of, at } = version
  const newest = await newestNumber(tx, programmeId, of)
  if (newest !== seen) throw new UserError('changedMeanwhile')
  if (newest === 0)
    await tx.programmeVersion.createMany({
      data: [{ programmeId, of, number: 0, document: before, at }],
      skipDuplicates: true,
    })
  await tx.programmeVersion.create({ data: { ...version, number: newest + 1 } })
  return newest + 1
}

/** The newest first; what was there before the first change is the last of them. */
export async function versionsOf({ db }: Pick<Store, 'db'>, programmeId: string, of: Of): Promise<KeptVersion[]> {
  const rows = await db.programmeVersion.findMany({
    where: { programmeId, of },
    include: { staff: { select: { alias: true } } },
    orderBy: { number: 'desc' },
  })
  return rows.map(({ number, document, staff, at }) => ({ number, document, alias: staff?.alias ?? null, at }))
}

/** @throws UserError noVersion */
export async function versionOf(tx: Tx, programmeId: string, of: Of, number: number): Promise<unknown> {
  const found = Number.isInteger(number)
    ? await tx.programmeVersion.findUnique({ where: { programmeId_of_number: { programmeId, of, number } } })
    : null
  if (!found) throw new UserError('noVersion')
  return found.document
}
