/** A colleague's own page in the messenger: how many wait, what is with them, and the way to everything else. */
import { DeliveryError, type Incoming } from '../../conversation/channel.js'
import { goData } from '../../engine/tokens.js'
import { placeWords } from './drawing.js'
import type { EarHouse } from './ear.js'
import { senderOf } from './sender.js'

/** For anybody else it says how to connect an account; no words of clients stand here. */
export async function showHome(house: EarHouse, { channel: name, address }: Incoming): Promise<void> {
  const channel = house.channel(name)
  if (!channel?.showHome) return
  const staff = await senderOf(house.store, { channel: name, sender: address })
  const { room } = placeWords(house.texts, staff?.language ?? 'en')
  const page = staff
    ? {
        text: await pageOf(house, staff.id, room),
        buttons: [
          [{ label: room('home.menu'), data: goData('duty') }],
          [{ label: room('home.desk'), data: goData('desk') }],
        ],
      }
    : { text: room('home.unknown') }
  await channel.showHome(address, page).catch((error: unknown) => {
    // It is drawn anew whenever it is opened
    if (!(error instanceof DeliveryError)) throw error
    house.log.warn({ channel: name, code: error.code }, 'A colleague’s own page could not be drawn.')
  })
}

async function pageOf(
  house: EarHouse,
  staffId: string,
  room: (key: string, values?: Record<string, string | number>) => string,
): Promise<string> {
  const { db } = house.store
  const me = await db.staff.findUniqueOrThrow({ where: { id: staffId } })
  const centre = me.centreId === null ? {} : { OR: [{ centreId: null }, { centreId: me.centreId }] }
  const [waiting, urgent, mine] = await Promise.all([
    db.case.count({ where: { state: 'queued', ...centre } }),
    db.case.count({ where: { state: 'queued', urgency: 'urgent', ...centre } }),
    db.case.findMany({ where: { ownerId: staffId, state: 'claimed' }, orderBy: { openedAt: 'asc' } }),
  ])
  const list = mine.map(({ code, waitingSince }) => `${waitingSince ? '● ' : ''}${code}`).join(', ')
  return [
    room('home.waiting', { count: waiting, urgent }),
    mine.length > 0 ? room('duty.list', { list }) : room('duty.none'),
  ].join('\n\n')
}
