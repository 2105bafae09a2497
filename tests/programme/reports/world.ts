/** A programme with a group, and workers who are reached on Telegram, on Slack or on both. */
import { randomUUID } from 'node:crypto'
import type { OutButton, Outbound } from '../../../bot/conversation/channel.js'
import { create } from '../../../bot/conversation/records.js'
import type { Values } from '../../../bot/engine/types.js'
import { keepForm } from '../../../bot/programme/reports/form.js'
import { send, whoseReport } from '../../../bot/programme/reports/write.js'
import type { Store } from '../../../bot/store/store.js'
import type { TestHouse } from '../../house.js'

export const day = (text: string) => new Date(`${text}T00:00:00Z`)

export async function newGroup(
  store: Store,
  about: { name?: string; timeZone?: string; rules?: object; trainerId?: string } = {},
) {
  const programme = await store.db.programme.create({
    data: {
      name: `Programme ${randomUUID()}`,
      startsOn: day('2026-01-01'),
      endsOn: day('2027-12-31'),
      rules: about.rules ?? {},
    },
  })
  return store.db.programmeGroup.create({
    data: {
      programmeId: programme.id,
      name: about.name ?? 'Prague 1',
      timeZone: about.timeZone ?? 'Europe/Prague',
      trainerId: about.trainerId ?? null,
    },
  })
}

type About = {
  name?: string
  joinedOn?: string
  leftOn?: string
  language?: string
  country?: string | null
  channels?: ('telegram' | 'slack')[]
}

/** Somebody who has joined that group. Their address is the same on each of their channels. */
export async function newWorker(store: Store, groupId: string, about: About = {}) {
  const {
    name = 'Olena',
    joinedOn = '2026-08-15',
    leftOn,
    language = 'en',
    country = null,
    channels = ['telegram'],
  } = about
  const personId = randomUUID()
  const wrappedKey = store.vault.newKey(personId)
  const drawer = store.vault.drawer(personId, wrappedKey)
  const address = `worker-${personId}`
  const [first = 'telegram', ...others] = channels
  const of = (channel: 'telegram' | 'slack') => ({
    channel,
    hash: store.vault.hash('address', channel, address),
    sealed: drawer.seal('address.sealed', address),
  })
  await create(store.sql, { personId, wrappedKey, ...of(first), at: day('2026-08-01') })
  for (const channel of others) {
    const { id: addressId } = await store.db.address.create({ data: { personId, ...of(channel) } })
    await store.db.conversation.create({ data: { personId, addressId, updatedAt: day('2026-08-01') } })
  }
  await store.db.person.update({ where: { id: personId }, data: { role: 'worker', language, country } })
  await store.db.enrolment.create({
    data: {
      personId,
      groupId,
      name: drawer.seal('enrolment.name', name),
      joinedOn: day(joinedOn),
      leftOn: leftOn === undefined ? null : day(leftOn),
    },
  })
  return { personId, address, drawer }
}

let updates = 0

/** One of somebody's chats. */
export function chat(house: TestHouse, address: string, channel: 'telegram' | 'slack' = 'telegram') {
  const wire = channel === 'slack' ? house.slack : house.wire
  let read = wire.sent(address).length
  const settle = async () => {
    // Only what carries messages: the other workers have tests of their own
    const [deliver] = house.conversation.workers
    for (let round = 0; round < 2; round++) {
      await deliver?.drain()
      house.fake.forward(1)
    }
  }
  const receive = (event: Parameters<TestHouse['conversation']['ports']['receive']>[0]['event']) =>
    house.conversation.ports.receive({
      channel,
      address,
      updateKey: `r${++updates}`,
      ...(event.kind === 'button' ? {} : { messageKey: `r${updates}` }),
      at: house.fake.now(),
      event,
    })
  const buttonsOf = (message: Outbound | undefined) => message?.buttons?.flat() ?? []
  const me = {
    receive,
    settle,
    async says(...lines: string[]): Promise<Outbound[]> {
      for (const line of lines) {
        const [, name] = /^\/(\w+)$/.exec(line) ?? []
        await receive(name ? { kind: 'command', name, argument: '' } : { kind: 'text', text: line })
        // Nobody types faster than the bot listens
        house.fake.forward(2000)
      }
      await settle()
      return me.hears()
    },
    async presses(label: string): Promise<Outbound[]> {
      const message = wire.sent(address).findLast((each) => buttonsOf(each).some((button) => button.label === label))
      const button = buttonsOf(message).find((each) => each.label === label)
      if (!button || !('data' in button))
        throw new Error(`No button "${label}". Newest: ${JSON.stringify(wire.sent(address).at(-1))}`)
      await receive({ kind: 'button', data: button.data })
      house.fake.forward(2000)
      await settle()
      return me.hears()
    },
    hears(): Outbound[] {
      const all = wire.sent(address)
      const fresh = all.slice(read)
      read = all.length
      return fresh
    },
    /** The newest message. */
    get last(): { text: string; buttons: string[] } {
      const message = wire.sent(address).at(-1)
      return { text: message?.text ?? '', buttons: buttonsOf(message).map(({ label }: OutButton) => label) }
    },
  }
  return me
}

/** From the city to the files: what a whole report answers, in the order of the questions. */
export const NUMBERS = ['40', '12', '5', '6', '7', '8', '9', '1', '2', '120'] as const

/** Presses through the questions after "Yes, let us begin" up to the review. */
export async function fill(me: ReturnType<typeof chat>, numbers: readonly string[] = NUMBERS, from = 0) {
  await me.says(...numbers.slice(from))
  await me.says('Work, Housing')
  await me.says('A lawyer')
  await me.says('Russian, Czech')
  await me.says('33,5')
  for (const _ of ['difficulty', 'success', 'missing']) await me.presses('Skip')
  await me.says('4')
  await me.presses('Skip')
}

/** What `fill` answers. */
export const ANSWERS: Values = {
  city: { choice: 'brno' },
  ...{ clients: 40, newClients: 12, phone: 5, chat: 6, centre: 7, outreach: 8, mobile: 9, groups: 1 },
  ...{ mobiles: 2, informed: 120, hours: 33.5, feedback: 4 },
  topics: ['work', 'housing'],
  referrals: ['lawyer'],
  languages: ['ru', 'cs'],
}

/** The same report as through the chat, without the chat. */
export async function sendReport(
  house: TestHouse,
  personId: string,
  period = '2026-10',
  answers: Values | null = ANSWERS,
) {
  await house.store.transaction(async (tx) => {
    const whose = await whoseReport(tx, personId)
    const flow = house.mind.library.newest('report')
    const { wrappedKey } = await tx.person.findUniqueOrThrow({ where: { id: personId } })
    if (!flow || !wrappedKey) throw new Error('Nobody can report here.')
    const { id: formId } = await keepForm(tx, whose.programmeId, flow)
    const key = { personId, programmeId: whose.programmeId, period }
    const sending = { key, whose, now: house.fake.now(), channel: 'telegram', formId, answers }
    await send(tx, sending, (sent) => house.store.vault.drawer(personId, wrappedKey).sealJson('report.answers', sent))
  })
}
