/** Staff's groups of the stand-in in the hands of the rooms' contract. */
import { FULL_RIGHTS, type StaffGroup } from '../../stand-ins/telegram/groups.js'
import type { TelegramStandIn } from '../../stand-ins/telegram/stand-in.js'
import type { House } from '../house.js'
import type { Member, RoomsHarness } from '../rooms-contract.js'
import { asShown, startRig } from './harness.js'

const topicOf = (place: string) => Number(place.split('/')[1])

function asMember(standIn: TelegramStandIn, group: StaffGroup): Member {
  const person = standIn.person()
  const places = new Map<number, ReturnType<typeof person.in>>()
  const within = (place: string) => {
    const topic = topicOf(place)
    const acts = places.get(topic) ?? person.in(group, topic)
    places.set(topic, acts)
    return acts
  }
  return {
    address: () => String(person.id),
    hello: async (text) => void person.text(text),
    text: async (place, text) => void within(place).text(text),
    reply: async (place, messageKey, text) => void within(place).reply(Number(messageKey), text),
    press: async (place, messageKey, label) => void within(place).press(Number(messageKey), label),
    edit: async (place, text) => within(place).edit(text),
  }
}

export async function telegramRoomsHarness(house: House, webhook: boolean): Promise<RoomsHarness> {
  const rig = await startRig(house, { webhook })
  const { standIn, channel } = rig
  const group = standIn.group()
  const admin = { status: 'administrator' } as const
  const lacking = (options: Parameters<typeof standIn.group>[0], ...says: string[]) => ({
    group: standIn.group(options).address,
    says,
  })
  return {
    channel,
    group: group.address,
    lacking: [
      { group: standIn.person().chat.id.toString(), says: ['TELEGRAM_NOT_A_GROUP'] },
      { group: '-100999', says: ['TELEGRAM_NOT_IN_GROUP'] },
      lacking({ bot: { status: 'left' } }, 'TELEGRAM_NOT_IN_GROUP'),
      lacking({ bot: { status: 'kicked' }, username: 'open_group' }, 'TELEGRAM_NOT_IN_GROUP'),
      lacking({ bot: { status: 'left' }, username: 'open_group' }, 'TELEGRAM_NOT_IN_GROUP'),
      lacking({ bot: { status: 'member' } }, 'TELEGRAM_NOT_ADMIN'),
      lacking({ bot: { status: 'member' }, type: 'group' }, 'TELEGRAM_NOT_FORUM', 'TELEGRAM_NOT_ADMIN'),
      lacking({ bot: admin }, 'TELEGRAM_NO_TOPICS_RIGHT', 'TELEGRAM_NO_DELETE_RIGHT'),
      lacking({ bot: { ...admin, can_manage_topics: true } }, 'TELEGRAM_NO_DELETE_RIGHT'),
      lacking({ bot: { ...admin, can_delete_messages: true } }, 'TELEGRAM_NO_TOPICS_RIGHT'),
      lacking({ forum: false }, 'TELEGRAM_NOT_FORUM'),
      lacking({ username: 'open_group' }, 'TELEGRAM_PUBLIC_GROUP'),
    ],
    member: asMember(standIn, group),
    colleague: asMember(standIn, group),
    shown: async (place) => group.shown(topicOf(place)).map((message) => asShown(standIn, message)),
    outside: async () => group.shown().map((message) => asShown(standIn, message)),
    isOpen: async (place) => group.topics().some(({ id, closed }) => id === topicOf(place) && !closed),
    deletePlace: async (place) => group.deleteTopic(topicOf(place)),
    isIn: async (member) => !group.chat.banned.has(Number(member)),
    tieHands: async () => group.become({ ...FULL_RIGHTS, can_restrict_members: false }),
    endGroup: async () => void group.throwOut(),
    breakDelivery: async () => standIn.goAway('hang-up'),
    mendDelivery: async () => standIn.comeBack(),
    close: rig.close,
  }
}
