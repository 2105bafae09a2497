/** A centre with colleagues in groups on two messengers, on a whole house whose other side is the test. */

import type { IncomingEvent, Outbound } from '../../../bot/conversation/channel.js'
import type { StaffRole } from '../../../bot/desk/access.js'
import { ALWAYS } from '../../../bot/desk/centres.js'
import { connectAccount, newPairing } from '../../../bot/desk/pairing.js'
import { person, settle, type TestChannel, type TestHouse } from '../../house.js'

export { settle }

export type Room = { channel: TestChannel; group: string }

/** A centre in Moscow that is always open, unless told otherwise. */
export async function centre(house: TestHouse, id = 'moscow', data: Record<string, unknown> = {}) {
  await house.store.db.centre.create({
    data: {
      id,
      country: 'RU',
      city: 'Moscow',
      timeZone: 'Europe/Moscow',
      languages: ['ru', 'tg', 'uz'],
      hours: ALWAYS,
      ...data,
    },
  })
}

let updates = 0

/** Somebody of the staff, who is known on both messengers by their own accounts. */
export async function colleague(house: TestHouse, alias: string, data: Record<string, unknown> = {}) {
  const { store } = house
  const row = await store.db.staff.create({
    data: {
      alias,
      role: alias.split('-')[0] ?? 'consultant',
      language: 'en',
      languages: ['ru', 'tg', 'en'],
      skills: ['social', 'lawyer'],
      ...data,
    },
  })
  const staff = { id: row.id, alias: row.alias, role: row.role as StaffRole }
  const accounts = { telegram: `${alias}-tg`, slack: `${alias}-sl` }
  for (const wire of [house.wire, house.slack]) {
    const account = accounts[wire.name as 'telegram' | 'slack']
    await house.conversation.ports.receive({
      channel: wire.name,
      address: account,
      updateKey: `hello ${account}`,
      messageKey: 'h1',
      at: house.fake.now(),
      event: { kind: 'text', text: 'hello' },
    })
    const code = await newPairing(store, staff, { staffId: row.id }, house.fake.now())
    const { personId } = await store.db.address.findFirstOrThrow({
      where: { channel: wire.name, hash: store.vault.hash('address', wire.name, account) },
    })
    await store.transaction((tx) => connectAccount(store, tx, personId, code, house.fake.now()))
  }
  const acts = async (
    wire: TestChannel,
    address: string,
    event: IncomingEvent,
    more: { replyTo?: string; messageKey?: string } = {},
  ) => {
    const n = ++updates
    const messageKey = more.messageKey ?? `t${n}`
    await house.conversation.ports.receive({
      channel: wire.name,
      address,
      updateKey: `staff ${n}`,
      ...(event.kind === 'text' || event.kind === 'files' ? { messageKey } : {}),
      at: house.fake.now(),
      group: true,
      sender: accounts[wire.name as 'telegram' | 'slack'],
      event,
      ...(more.replyTo ? { replyTo: more.replyTo } : {}),
    })
    await settle(house)
    return messageKey
  }
  return {
    ...staff,
    acts,
    writes: (wire: TestChannel, address: string, text: string, more?: { replyTo?: string; messageKey?: string }) =>
      acts(wire, address, { kind: 'text', text }, more),
    /** Presses a button of the place's first message, as it is now. */
    async presses(wire: TestChannel, address: string, label: string, text?: string) {
      const head = headOf(wire, address)
      const button = head?.buttons?.flat().find((each) => each.label === label)
      if (!button || !('data' in button))
        throw new Error(`No button "${label}" in ${JSON.stringify(head?.buttons?.flat().map((each) => each.label))}`)
      await acts(wire, address, { kind: 'button', data: button.data, messageKey: 'head', ...(text ? { text } : {}) })
    },
    /** What the bot said to them in their own chat on Telegram. */
    told: () => house.wire.sent(accounts.telegram).map(({ text }) => text),
    account: accounts,
  }
}

/** Ties a group to a centre with a code from the desk, as somebody does who writes it there. */
export async function group(
  house: TestHouse,
  wire: TestChannel,
  address: string,
  centreId = 'moscow',
  need: string | null = null,
) {
  const { store } = house
  const supervisor =
    (await store.db.staff.findFirst({ where: { alias: 'supervisor-90' } })) ??
    (await store.db.staff.create({
      data: { alias: 'supervisor-90', role: 'supervisor', language: 'en', awayUntil: new Date('2100-01-01') },
    }))
  const code = await newPairing(store, supervisor, { centreId, need }, house.fake.now())
  await house.conversation.ports.receive({
    channel: wire.name,
    address,
    updateKey: `connect ${address} ${++updates}`,
    at: house.fake.now(),
    group: true,
    sender: 'whoever',
    event: { kind: 'command', name: 'connect', argument: code },
  })
}

/** A client who has agreed, speaks this language and lives in Moscow. */
export async function client(house: TestHouse, address: string, data: Record<string, unknown> = {}) {
  const me = person(house, address)
  await me.writes('/start')
  const { personId } = await house.store.db.address.findFirstOrThrow({
    where: { hash: house.store.vault.hash('address', house.wire.name, address) },
  })
  await house.store.db.person.update({
    where: { id: personId },
    data: { language: 'ru', country: 'RU', city: 'Moscow', ...data },
  })
  const { NOTICE_VERSION } = await import('../../../bot/conversation/notice.js')
  await house.store.db.consent.create({
    data: { personId, kind: 'case', given: true, version: NOTICE_VERSION, language: 'ru', channel: 'telegram' },
  })
  await me.writes('/start')
  me.hears()
  return {
    ...me,
    personId,
    /** Asks for a human; gives the code of the case. */
    async asksForHuman(question?: string): Promise<string> {
      if (question) await me.writes(question)
      await me.writes('/human')
      me.hears()
      const found = await house.store.db.case.findFirstOrThrow({ where: { personId, state: { not: 'closed' } } })
      return found.code
    },
  }
}

/** The address of a case's place on a messenger. */
export function placeOf(wire: TestChannel, code: string): string {
  for (const [address, { title }] of wire.places) if (title.startsWith(code)) return address
  throw new Error(
    `No place for ${code} on ${wire.name}: ${[...wire.places.values()].map(({ title }) => title).join(', ')}`,
  )
}

/** The first message of a place as it is now: as it was sent, or as it was last changed. */
export function headOf(wire: TestChannel, address: string): Outbound | undefined {
  const all = wire.sent(address)
  const [first] = all
  return all.findLast((message) => message.edits !== undefined && message.edits === `out-${first?.id}`) ?? first
}

/** What stands in a place below its first message. */
export const saidIn = (wire: TestChannel, address: string): Outbound[] =>
  wire.sent(address).filter((message, nth) => nth > 0 && message.edits === undefined)
