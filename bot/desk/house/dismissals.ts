/**
 * Whose access was closed is put out of the house's groups on the messengers (S24). Each group is a small job that is tried again while
 * the messenger is away; what the house may not do itself stays written down, and is told, until somebody has done it by hand.
 */
import { DeliveryError } from '../../conversation/channel.js'
import { pauseAfter } from '../../conversation/deliver.js'
import type { House } from '../../conversation/house.js'
import { createWorker, type Worker } from '../../conversation/worker.js'
import { UserError } from '../../errors.js'
import type { Staff } from '../../store/generated/client.js'
import type { Store, Tx } from '../../store/store.js'
import { SEALED } from '../places/names.js'
import { tellAll } from '../tell.js'
import { change } from './change.js'

type Dismissal = {
  groupId: string
  alias: string
  /** Who closed the access, and is told what is left to do. */
  byId: string
  /** The address of their own chat; absent when somebody has to do it by hand. */
  member?: string
  attempts: number
  /** When it is tried next, in milliseconds. */
  at: number
}

/** Each is a row of `setting`: few, short-lived, and of nobody's conversation. */
const ROW = 'dismissal/'
const PLACE = 'setting.dismissal'
/** With the pauses between them about two days. */
const MAX_ATTEMPTS = 55

const sealed = ({ vault }: Pick<Store, 'vault'>, job: Dismissal): string =>
  Buffer.from(vault.house.sealJson(PLACE, job)).toString('base64')

async function jobsOf({ db, vault }: Pick<Store, 'db' | 'vault'>): Promise<[name: string, job: Dismissal][]> {
  const rows = await db.setting.findMany({ where: { name: { startsWith: ROW } }, orderBy: { name: 'asc' } })
  return rows.map(({ name, value }) => [name, vault.house.openJson<Dismissal>(PLACE, Buffer.from(value, 'base64'))])
}

/** In the transaction that closes the access, before the house forgets their accounts. */
export async function planDismissals(house: Pick<House, 'store' | 'clock'>, tx: Tx, byId: string, staff: Staff) {
  const { store, clock } = house
  const found = { where: { id: staff.personId ?? '' }, include: { addresses: true } }
  const person = staff.personId ? await tx.person.findUnique(found) : null
  if (!person?.wrappedKey) return
  const drawer = store.vault.drawer(person.id, person.wrappedKey)
  for (const { channel, sealed: address } of person.addresses) {
    const job = { alias: staff.alias, byId, attempts: 0, at: clock().getTime() }
    const member = drawer.openText('address.sealed', address)
    const groups = await tx.group.findMany({ where: { channel } })
    await tx.setting.createMany({
      data: groups.map(({ id: groupId }) => ({
        name: `${ROW}${crypto.randomUUID()}`,
        value: sealed(store, { ...job, groupId, member }),
      })),
    })
  }
}

export type OpenDismissal = {
  id: string
  alias: string
  channel: string
  centreId: string
  need: string | null
  byHand: boolean
}

/** Who is still in which group, for whoever looks after the house. */
export async function openDismissals(store: Pick<Store, 'db' | 'vault'>): Promise<OpenDismissal[]> {
  const jobs = await jobsOf(store)
  const groups = await store.db.group.findMany({ where: { id: { in: jobs.map(([, { groupId }]) => groupId) } } })
  return jobs.flatMap(([name, { alias, groupId, member }]) => {
    const group = groups.find(({ id }) => id === groupId)
    const { channel = '', centreId = '', need = null } = group ?? {}
    return group ? [{ id: name.slice(ROW.length), alias, channel, centreId, need, byHand: member === undefined }] : []
  })
}

/** Somebody has opened the group and taken the account out. @throws UserError notAllowed, noColleague */
export async function dismissedByHand(
  house: Parameters<typeof change>[0],
  actor: Parameters<typeof change>[1],
  id: string,
) {
  const name = `${ROW}${id}`
  const job = (await jobsOf(house.store)).find(([each]) => each === name)?.[1]
  if (!job) throw new UserError('noColleague')
  await change(house, actor, { recordedAs: 'group.dismiss', object: job.alias }, async (tx) => {
    const { count } = await tx.setting.deleteMany({ where: { name } })
    return count > 0
  })
}

export function createDismissals(house: House): Worker {
  const { store, clock } = house

  const leaveToHands = async (name: string, job: Dismissal, group: { channel: string; centreId: string }) => {
    const { member: _forgotten, ...left } = job
    await store.db.setting.updateMany({ where: { name }, data: { value: sealed(store, left) } })
    const by = await store.db.staff.findMany({ where: { id: job.byId, disabledAt: null } })
    const { channel, centreId: centre } = group
    await tellAll(house, by, 'tell.dismissByHand', { alias: job.alias, channel, centre })
  }

  const attempt = async (name: string, job: Dismissal, member: string): Promise<void> => {
    const group = await store.db.group.findUnique({ where: { id: job.groupId } })
    const rooms = group && house.channel(group.channel as Parameters<House['channel']>[0])?.rooms
    if (group && !rooms) return leaveToHands(name, job, group)
    try {
      if (group) await rooms?.dismiss(store.vault.house.openText(SEALED.group, group.sealed), member)
    } catch (error) {
      if (!(error instanceof DeliveryError) || !group) throw error
      const attempts = job.attempts + 1
      // A group with a new id is found under it soon: the mirror hears of it.
      const lasting = error.policy === 'refused' || error.policy === 'gone'
      if (lasting || attempts >= MAX_ATTEMPTS) return leaveToHands(name, job, group)
      const at = clock().getTime() + (error.detail.retryAfterMs ?? pauseAfter(attempts))
      await store.db.setting.updateMany({ where: { name }, data: { value: sealed(store, { ...job, attempts, at }) } })
      return
    }
    await store.db.setting.deleteMany({ where: { name } })
  }

  return createWorker({
    name: 'dismissals',
    log: house.log,
    clock,
    async run() {
      for (const [name, job] of await jobsOf(store))
        if (job.member !== undefined && job.at <= clock().getTime()) await attempt(name, job, job.member)
      const next = (await jobsOf(store)).flatMap(([, { member, at }]) => (member === undefined ? [] : [at]))
      return next.length > 0 ? new Date(Math.min(...next)) : undefined
    },
    wakenBy: (wake) => store.signals.on('outbox', wake),
  })
}
