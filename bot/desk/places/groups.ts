/** Staff's groups on the messengers: how each is, and where it went. */
import type { Incoming } from '../../conversation/channel.js'
import type { House } from '../../conversation/house.js'
import { isDuplicate } from '../../store/trouble.js'
import { tellSupervisors } from '../tell.js'
import { SEALED } from './names.js'

type GroupHouse = Pick<House, 'store' | 'clock' | 'log' | 'mind' | 'channel'>

/** The app was removed from the group, or the group is no more: its cases are still at the desk and in the other groups. */
export async function groupLost(house: GroupHouse, groupId: string, code: string): Promise<void> {
  const { count } = await house.store.db.group.updateMany({
    where: { id: groupId, state: { not: 'gone' } },
    data: { state: 'gone', problem: code },
  })
  if (count === 0) return
  const group = await house.store.db.group.findUniqueOrThrow({ where: { id: groupId } })
  await tellSupervisors(house, group.centreId, 'tell.groupLost', { centre: group.centreId, channel: group.channel })
}

/** Cases cannot be shown there until somebody mends something (topics were switched off, say). */
export async function groupLacks(house: GroupHouse, groupId: string, code: string): Promise<void> {
  const { count } = await house.store.db.group.updateMany({
    where: { id: groupId, state: 'open' },
    data: { state: 'lacking', problem: code },
  })
  if (count === 0) return
  const group = await house.store.db.group.findUniqueOrThrow({ where: { id: groupId } })
  await tellSupervisors(house, group.centreId, 'tell.groupLacks', { centre: group.centreId, channel: group.channel })
}

/** The group has a new id (Telegram: it became a supergroup). Its places begin anew there. */
export async function groupMoved(house: GroupHouse, groupId: string, channel: string, to: string): Promise<void> {
  const { db, vault } = house.store
  const moved = { sealed: vault.house.seal(SEALED.group, to), hash: vault.hash('group', channel, to) }
  try {
    await db.group.update({ where: { id: groupId }, data: moved })
  } catch (error) {
    if (!isDuplicate(error)) throw error
    // Somebody connected it there before we heard of the move: that one shows the cases, and this one is over
    await db.group.update({ where: { id: groupId }, data: { state: 'gone', problem: 'MOVED' } })
  }
  await db.place.updateMany({ where: { groupId }, data: { sealed: null, hash: null, headKey: null, drawn: null } })
}

/** What happened to the group itself: the app was removed, let in again, or the group got another id. */
export async function changeGroup(house: GroupHouse, { channel, address, event }: Incoming): Promise<void> {
  const { db, vault } = house.store
  const group = await db.group.findUnique({
    where: { channel_hash: { channel, hash: vault.hash('group', channel, address) } },
  })
  if (!group) return
  if (event.kind === 'blocked') return groupLost(house, group.id, 'REMOVED')
  if (event.kind === 'moved') await groupMoved(house, group.id, channel, event.to)
  if (event.kind === 'unblocked')
    await db.group.update({ where: { id: group.id }, data: { state: 'open', problem: null } })
}
