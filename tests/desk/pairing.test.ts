import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newPairing, PAIRING_MINUTES, usePairing } from '../../bot/desk/pairing.js'
import { UserError } from '../../bot/errors.js'
import { type TestHouse, testHouse } from '../house.js'
import { centre, colleague, group, settle } from './places/staffroom.js'

describe('a code that ties a group or an account to the desk', () => {
  let house: TestHouse
  let vera: Awaited<ReturnType<typeof colleague>>
  beforeAll(async () => {
    house = await testHouse({ now: '2026-11-20T12:00:00Z' })
    await centre(house)
    vera = await colleague(house, 'supervisor-1')
  })
  afterAll(() => house.end())

  const use = (code: string, kind: 'group' | 'account' = 'group') =>
    house.store.transaction((tx) => usePairing(house.store, tx, code, kind, house.fake.now()))
  const forGroup = () => newPairing(house.store, vera, { centreId: 'moscow', need: null }, house.fake.now())

  it('opens once, however it is typed, and nothing of another kind', async () => {
    const code = await forGroup()
    expect(code).toMatch(/^[2-9A-Z]{4}-[2-9A-Z]{4}$/)
    expect(await use(code, 'account')).toBeUndefined()
    expect(await use(` ${code.toLowerCase().replace('-', ' ')} `)).toMatchObject({ centreId: 'moscow' })
    expect(await use(code)).toBeUndefined()
  })

  it('opens nothing after half an hour', async () => {
    const code = await forGroup()
    house.fake.forward(PAIRING_MINUTES * 60_000)
    expect(await use(code)).toBeUndefined()
  })

  it('is made only by those who look after the house, and only for a centre that is there', async () => {
    const anna = await colleague(house, 'consultant-1')
    const refused = async (work: Promise<unknown>) =>
      work.catch((error: unknown) => (error instanceof UserError ? error.code : error))
    const moscow = { centreId: 'moscow', need: null }
    expect(await refused(newPairing(house.store, anna, moscow, house.fake.now()))).toBe('notAllowed')
    expect(await refused(newPairing(house.store, vera, { ...moscow, centreId: 'atlantis' }, house.fake.now()))).toBe(
      'noCentre',
    )
  })

  it('cannot be guessed in a group: after five wrong ones it is not listened to for an hour', async () => {
    const tries = async (code: string, nth: number) => {
      await house.conversation.ports.receive({
        channel: 'telegram',
        address: '-666',
        updateKey: `guess ${nth}`,
        at: house.fake.now(),
        group: true,
        sender: 'somebody',
        event: { kind: 'command', name: 'connect', argument: code },
      })
      await settle(house)
      return house.wire.sent('-666').at(-1)?.text
    }
    for (let nth = 0; nth < 5; nth++) expect(await tries(`AAAA-AAA${nth + 2}`, nth)).toContain('Код не подошёл')
    const right = await forGroup()
    expect(await tries(right, 6)).toContain('Слишком много неверных кодов')
    expect(await house.store.db.group.count()).toBe(0)
    house.fake.forward(20 * 60_000)
    await group(house, house.wire, '-777')
    expect(await house.store.db.group.count()).toBe(1)
  })
})
