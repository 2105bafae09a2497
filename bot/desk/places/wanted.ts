/** In which groups a case is shown: those of its centre, and of them only the ones whose people may know of it (S43). */
import type { Tx } from '../../store/store.js'
import { STRICT_NEEDS } from '../targets.js'

/** Asks for a place in each group that has none for this case yet; and has those of other centres taken away. */
export async function wantPlaces(tx: Tx, caseId: string, now: Date): Promise<void> {
  const found = await tx.case.findUniqueOrThrow({
    where: { id: caseId },
    include: { offers: { where: { state: 'offered' } } },
  })
  // A centre to which it is offered sees it while it decides
  const centres = [found.centreId, ...found.offers.map(({ toCentre }) => toCentre)].filter((each) => each !== null)
  const groups = await tx.group.findMany({
    where: {
      centreId: { in: centres },
      state: { notIn: ['gone', 'leaving'] },
      need: STRICT_NEEDS.includes(found.need) ? found.need : null,
    },
  })
  const ids = groups.map(({ id }) => id)
  await tx.place.updateMany({ where: { caseId, groupId: { notIn: ids }, endsAt: null }, data: { endsAt: now } })
  await tx.place.updateMany({ where: { caseId, groupId: { in: ids } }, data: { endsAt: null } })
  await tx.place.createMany({
    data: groups.map((group) => ({ groupId: group.id, caseId, notBefore: now })),
    skipDuplicates: true,
  })
}
