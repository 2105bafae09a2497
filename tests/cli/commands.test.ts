/** What an administrator asks of a house that runs, through its socket. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { commandsOf } from '../../bot/cli/commands.js'
import { askControl, serveControl } from '../../bot/cli/control.js'
import { DeliveryError } from '../../bot/conversation/channel.js'
import { person, type TestHouse, testHouse } from '../house.js'
import { past } from '../store/databases.js'

describe('An administrator at the terminal', () => {
  let house: TestHouse
  let end: () => Promise<void>
  const ask = (command: string, args = {}) => askControl(house.config.dataDir, command, args)

  beforeAll(async () => {
    house = await testHouse()
    end = await serveControl(house.config.dataDir, commandsOf(house))
  })
  afterAll(async () => {
    await end()
    await house.end()
  })

  it('hears that every message was delivered', async () => {
    await person(house, '700001').writes('/start')
    expect(await ask('undelivered')).toMatch(/^Every message was delivered/)
  })

  it('hears which message never arrived and why, but not what it said or to whom', async () => {
    house.wire.failWith = () => new DeliveryError('refused', 'TELEGRAM_400')
    await person(house, '700002').writes('/start')
    delete house.wire.failWith
    const told = await ask('undelivered')
    expect(told).toMatch(/^2026-11-20T12:00:\d\d\.\d{3}Z {2}telegram {2}bot {2}no case {2}TELEGRAM_400$/m)
    expect(told).not.toMatch(/700002|Здравствуйте/)
  })

  it('S45 hears of complaints that nobody may read, and what to do', async () => {
    expect(await ask('complaints')).toBe('No complaint is open.')
    const [personId, body] = [crypto.randomUUID(), new Uint8Array([1])]
    await house.store.db.complaint.create({ data: { personId, body } })
    expect(await ask('complaints')).toMatch(
      /^Open complaints: 1\..*\nComplaints that nobody may read: 1\..*invite administrator$/,
    )
    await house.store.db.staff.create({ data: { alias: 'administrator-1', role: 'administrator' } })
    expect(await ask('complaints')).not.toMatch(/nobody/)
  })

  it('S30 gets a link that opens once, and hears of a row of the audit that was changed', async () => {
    expect(await ask('invite', { who: 'consultant' })).toMatch(/\/desk\/sign-in#[0-9a-f]{32}\nIt opens once/)
    expect(await ask('audit')).toMatch(/^The audit is whole/)
    await past(house.store, `update audit set object = 'somebody-else'`)
    expect(await ask('audit')).toMatch(/^The audit is broken at row \d+/)
    await past(house.store, 'delete from audit')
    expect(await ask('audit')).toMatch(/^The audit is broken at its end/)
  })
})
