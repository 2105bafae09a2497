/** `/connect CODE` in a group: from now on the centre's cases are shown there. */
import type { Incoming } from '../../conversation/channel.js'
import { audit } from '../audit.js'
import { usePairing } from '../pairing.js'
import { guessedWrong, mustWait } from '../pairing-guesses.js'
import { placeWords } from './drawing.js'
import type { EarHouse } from './ear.js'
import { SEALED } from './names.js'
import { wantPlaces } from './wanted.js'

export async function connectGroup(house: EarHouse, incoming: Incoming, code: string): Promise<void> {
  const { store } = house
  const { channel, address } = incoming
  const now = house.clock()
  const answer = await store.transaction(async (tx) => {
    const once = Buffer.from(store.vault.hash('connect', channel, incoming.updateKey)).toString('base64url')
    const { count } = await tx.receipt.createMany({
      data: { channel: 'places', updateKey: once, at: now },
      skipDuplicates: true,
    })
    if (count === 0) return undefined
    const hash = store.vault.hash('group', channel, address)
    const guesser = { chat: Buffer.from(hash).toString('base64url'), now }
    if (await mustWait(tx, guesser)) return 'connect.slower'
    const pairing = await usePairing(store, tx, code, 'group', now)
    if (!pairing?.centreId) {
      await guessedWrong(tx, guesser, once)
      return 'connect.wrong'
    }
    const by = await tx.staff.findUnique({ where: { id: pairing.byId } })
    const data = {
      centreId: pairing.centreId,
      need: pairing.need,
      language: by?.language ?? 'ru',
      state: 'open',
      problem: null,
      sealed: store.vault.house.seal(SEALED.group, address),
    }
    await tx.group.upsert({
      where: { channel_hash: { channel, hash } },
      create: { channel, hash, ...data },
      update: data,
    })
    await audit(tx, store.vault, { staffId: pairing.byId, action: 'group.connect', object: pairing.centreId, at: now })
    return 'connect.done'
  })
  if (!answer) return
  await tellGroup(house, incoming, answer)
  if (answer === 'connect.done') await showOpenCases(house, channel, address)
}

/** Says it in the group itself, with what is still lacking there. Nobody can act on it anywhere else, and it can be asked again. */
async function tellGroup(house: EarHouse, { channel: name, address }: Incoming, answer: string): Promise<void> {
  const channel = house.channel(name)
  const group = await house.store.db.group.findFirst({
    where: { channel: name, hash: house.store.vault.hash('group', name, address) },
  })
  const words = placeWords(house.texts, group?.language ?? 'ru')
  const lacking = answer === 'connect.done' ? ((await channel?.rooms?.check(address)) ?? []) : []
  if (group) {
    const data = { state: lacking.length > 0 ? 'lacking' : 'open', problem: lacking.join(' ') || null }
    await house.store.db.group.update({ where: { id: group.id }, data })
  }
  const text = [words.room(answer), ...lacking.map((code) => words.room(`lacking.${code}`))].join('\n\n')
  await channel?.send({ id: `connect ${house.clock().getTime()}`, address, text }).catch((error: unknown) => {
    house.log.warn(
      { channel: name, code: 'CONNECT_UNTOLD', what: String(error instanceof Error ? error.name : '') },
      'A group could not be answered.',
    )
  })
}

/** Cases that are open already are shown there, too. */
async function showOpenCases(house: EarHouse, channel: string, address: string): Promise<void> {
  const { store } = house
  const group = await store.db.group.findFirst({
    where: { channel, hash: store.vault.hash('group', channel, address) },
  })
  if (!group) return
  const open = await store.db.case.findMany({
    where: { centreId: group.centreId, state: { not: 'closed' } },
    select: { id: true },
    take: OPEN_SHOWN,
  })
  await store.transaction(async (tx) => {
    for (const { id } of open) await wantPlaces(tx, id, house.clock())
  })
  store.signals.emit('case')
}

/** A group that is connected late does not get a flood of topics. */
const OPEN_SHOWN = 30
