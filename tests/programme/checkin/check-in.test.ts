/** A worker checks in by chat. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { codeOf, stepAt, tokenOf } from '../../../bot/programme/checkin/codes.js'
import { markPeople } from '../../../bot/programme/checkin/correct.js'
import { findDay } from '../../../bot/programme/checkin/days.js'
import { type TestHouse, testHouse } from '../../house.js'
import { chat as chatOf, newWorker } from '../reports/world.js'
import { day, eventsOf, group, programme, trainer, worker } from './room.js'

describe('check-in', () => {
  let here: TestHouse
  const house = () => here
  beforeAll(async () => {
    here = await testHouse()
  })
  afterAll(() => here.end())

  const at = (time: string) => house().fake.set(new Date(`2026-11-20T${time}Z`))
  const code = (session: string, now = house().fake.now()) => codeOf(house().store.vault.hash, session, stepAt(now))
  const token = (session: string, now = house().fake.now()) => tokenOf(house().store.vault.hash, session, stepAt(now))
  const scans = (who: Awaited<ReturnType<typeof worker>>, given: string) => who.writes(`/start ${given}`)

  async function room(time = '07:55:00') {
    at('06:00:00')
    const { id } = await programme(house())
    const anna = await trainer(house())
    const ours = await group(house(), id, anna.staff.id)
    const today = await day(house(), ours.id)
    const oksana = await worker(house(), ours.id, 'Oksana')
    at(time)
    return { programmeId: id, anna, ours, today, oksana }
  }

  it('by the link of the QR: one scan, and it says when', async () => {
    const { today, oksana } = await room()
    await scans(oksana, token(today.id))
    expect(oksana.heard()).toEqual([
      'You are checked in ✓ 8:55, arrival. Good to have you here!\nNext check-in: after lunch, from 12:30.',
    ])
    expect(await eventsOf(house(), oksana.enrolmentId)).toMatchObject([
      { kind: 'qr', point: 'arrival', becomes: 'present', minutes: null, byId: null },
    ])
  })

  it('by six digits in the command, as on Slack, or when asked for them', async () => {
    const { today, oksana, ours } = await room()
    await oksana.writes(`/checkin ${code(today.id)}`)
    expect(oksana.heard()[0]).toContain('You are checked in ✓ 8:55')
    const ivan = await worker(house(), ours.id)
    await ivan.writes('/checkin')
    expect(ivan.heard()).toEqual([expect.stringContaining('type the six digits')])
    const digits = code(today.id)
    await ivan.writes(`${digits.slice(0, 3)} ${digits.slice(3)}`)
    expect(ivan.heard()[0]).toContain('You are checked in ✓')
  })

  it('twice is once, in the language of whoever asks', async () => {
    const { today, ours } = await room()
    const ivan = await worker(house(), ours.id, 'Ivan', 'cs')
    at('07:55:00')
    await scans(ivan, token(today.id))
    at('07:58:00')
    await scans(ivan, token(today.id))
    expect(ivan.heard().at(-1)).toContain('Už jste přihlášeni, od 8:55')
    expect(await eventsOf(house(), ivan.enrolmentId)).toHaveLength(1)
  })

  it('twice, when the trainer has written something else since, says what stands and how to object', async () => {
    const { today, anna, oksana } = await room()
    await scans(oksana, token(today.id))
    await house().store.transaction(async (tx) => {
      const change = { enrolmentId: oksana.enrolmentId, point: 'arrival', becomes: 'absent' } as const
      await markPeople(house(), tx, anna.staff, await findDay(tx, today.id), [change])
    })
    await oksana.settle()
    oksana.heard()
    at('08:20:00')
    await scans(oksana, token(today.id))
    expect(oksana.heard()).toEqual([
      'You checked in at 8:55 (arrival). Since then your trainer has written down: not here.\n\nIf that is not how it was, press the button.',
    ])
    await oksana.presses('That is not right')
    expect(oksana.heard()).toEqual([expect.stringContaining('What was different?')])
    expect((await eventsOf(house(), oksana.enrolmentId)).map(({ kind }) => kind)).toEqual(['qr', 'correction'])
  })

  it('late, with the minutes; and after lunch for itself', async () => {
    const { today, oksana } = await room('08:25:30')
    await scans(oksana, token(today.id))
    expect(oksana.heard()[0]).toContain('9:25, arrival, 25 min after the start')
    at('11:40:00')
    await scans(oksana, token(today.id))
    expect(oksana.heard()).toEqual(['You are checked in ✓ 12:40, after lunch. Good to have you here!'])
    expect(
      (await eventsOf(house(), oksana.enrolmentId)).map(({ point, becomes, minutes }) => [point, becomes, minutes]),
    ).toEqual([
      ['arrival', 'late', 25],
      ['lunch', 'present', null],
    ])
  })

  it('too early is told when, reminded once, and blocks nothing', async () => {
    const { today, oksana } = await room('07:00:00')
    await scans(oksana, token(today.id))
    expect(oksana.heard()).toEqual(['You are early. It opens at 8:30, and I will remind you then.'])
    await oksana.writes('/checkin')
    expect(oksana.heard()).toEqual(['You are early. It opens at 8:30, and I will remind you then.'])
    at('07:29:59')
    await oksana.settle()
    expect(oksana.heard()).toEqual([])
    at('07:30:00')
    await oksana.settle()
    await oksana.settle()
    expect(oksana.heard()).toEqual(['Now you can check in. It begins at 9:00.'])
    await scans(oksana, token(today.id))
    expect(oksana.heard()[0]).toContain('You are checked in ✓ 8:30')
  })

  it('the code of yesterday, and of two minutes ago, is told as such and is no guess', async () => {
    const { today, oksana } = await room()
    const old = token(today.id, new Date('2026-11-19T08:00:00Z'))
    for (let n = 0; n < 6; n++) await scans(oksana, old)
    expect(oksana.heard().filter((text) => text.startsWith('This code is from earlier.'))).toHaveLength(6)
    expect(await house().store.db.checkinTry.count({ where: { personId: oksana.personId } })).toBe(0)
    await oksana.writes(`/checkin ${code(today.id, new Date('2026-11-20T07:53:00Z'))}`)
    expect(oksana.heard()[0]).toContain('That code is not right')
    expect(await eventsOf(house(), oksana.enrolmentId)).toEqual([])
  })

  it('a code is good to the end of its third half minute, and not before its first', async () => {
    const { today, ours } = await room()
    const [scanned, typed] = [token(today.id), code(today.id)]
    const next = code(today.id, new Date('2026-11-20T07:55:30Z'))
    const hears = async (time: string, line: string) => {
      const who = await worker(house(), ours.id)
      at(time)
      await who.writes(line)
      return who.heard()[0]
    }
    expect(await hears('07:55:29.999', `/checkin ${next}`)).toContain('That code is not right')
    for (const line of [`/start ${scanned}`, `/checkin ${typed}`])
      expect(await hears('07:56:29.999', line)).toContain('You are checked in ✓ 8:56')
    expect(await hears('07:56:30', `/start ${scanned}`)).toContain('This code is from earlier.')
    expect(await hears('07:56:30', `/checkin ${typed}`)).toContain('That code is not right')
  })

  it('only the clock of the server counts, whatever a telephone says of the time', async () => {
    const { today, ours, oksana } = await room()
    const now = house().fake.now()
    const start = (argument: string) => ({ kind: 'command', name: 'start', argument }) as const
    const slow = { at: new Date(now.getTime() - 2 * 3_600_000) }
    await oksana.does(start(token(today.id)), slow)
    expect(oksana.heard()[0]).toContain('You are checked in ✓ 8:55')
    expect(await eventsOf(house(), oksana.enrolmentId)).toMatchObject([{ at: now, becomes: 'present' }])
    const ivan = await worker(house(), ours.id)
    const old = token(today.id, now)
    at('07:59:00')
    await ivan.does(start(old), { at: now })
    expect(ivan.heard()[0]).toContain('This code is from earlier.')
    expect(await eventsOf(house(), ivan.enrolmentId)).toEqual([])
  })

  it('five tries are a person’s over all their chats, and nobody else’s', async () => {
    const { today, ours, oksana } = await room()
    const { address } = await newWorker(house().store, ours.id, { channels: ['telegram', 'slack'] })
    const on = (channel: 'telegram' | 'slack') => {
      const me = chatOf(house(), address, channel)
      return async (argument: string) => {
        await me.receive({ kind: 'command', name: 'checkin', argument })
        await me.settle()
        return me.hears().map(({ text }) => text)
      }
    }
    const [telegram, slack] = [on('telegram'), on('slack')]
    const wrong = String((Number(code(today.id)) + 1) % 1_000_000).padStart(6, '0')
    for (const chat of [telegram, telegram, telegram, slack, slack])
      expect((await chat(wrong))[0]).toContain('That code is not right')
    for (const chat of [telegram, slack]) expect((await chat(code(today.id)))[0]).toContain('That was five tries.')
    await oksana.writes(`/checkin ${code(today.id)}`)
    expect(oksana.heard()[0]).toContain('You are checked in ✓')
  })

  it('the sixth try is the trainer’s, even when it is right, until five minutes have passed', async () => {
    const { today, oksana } = await room()
    const right = code(today.id)
    const wrong = String((Number(right) + 1) % 1_000_000).padStart(6, '0')
    await oksana.writes(`/checkin ${wrong}`)
    for (let n = 0; n < 4; n++) await oksana.writes(wrong)
    oksana.heard()
    await oksana.writes(code(today.id))
    expect(oksana.heard()).toEqual([
      'That was five tries. Please tell the trainer: they can write you down without a code.',
    ])
    expect(await eventsOf(house(), oksana.enrolmentId)).toEqual([])
    house().fake.forward(5 * 60_000)
    await oksana.writes(`/checkin ${code(today.id)}`)
    expect(oksana.heard()[0]).toContain('You are checked in ✓')
  })

  it('a day of another programme, or of a group that has nothing to make up, is not theirs', async () => {
    const { oksana, programmeId } = await room()
    const others = await day(house(), (await group(house(), (await programme(house())).id)).id)
    await scans(oksana, token(others.id))
    expect(oksana.heard()[0]).toContain('you are not in that group')
    const sisters = await day(house(), (await group(house(), programmeId)).id)
    await scans(oksana, token(sisters.id))
    expect(oksana.heard()[0]).toContain('you are not in that group')
    expect(await eventsOf(house(), oksana.enrolmentId)).toEqual([])
  })

  it('a module that was missed is offered to be made up, and then waits for the trainer there', async () => {
    const { oksana, programmeId, ours } = await room()
    const missed = await day(house(), ours.id, { module: 2, startsAt: '2026-11-10T08:00:00Z' })
    await house().store.db.trainingSession.update({
      where: { id: missed.id },
      data: { closedAt: new Date('2026-11-10T16:00:00Z') },
    })
    const there = await day(house(), (await group(house(), programmeId, undefined, 'Brno')).id, { module: 2 })
    await scans(oksana, token(there.id))
    expect(oksana.heard()).toEqual([
      'This is module 2 with Brno. You have not done all of this module yet.',
      'Do you want to make it up here today?',
    ])
    house().fake.forward(3 * 60_000)
    await oksana.presses('Yes, here')
    expect(oksana.heard()[0]).toContain('You are checked in ✓ 8:55')
    const events = await eventsOf(house(), oksana.enrolmentId)
    expect(events.map(({ kind, sessionId }) => [kind, sessionId === there.id])).toEqual([
      ['offered', true],
      ['code', true],
    ])
  })

  it('a closed day tells whom to ask', async () => {
    const { today, oksana } = await room()
    await house().store.db.trainingSession.update({ where: { id: today.id }, data: { closedAt: house().fake.now() } })
    await scans(oksana, token(today.id))
    expect(oksana.heard()[0]).toContain('This day is closed already')
  })

  it('in the middle of something else, and then goes on there', async () => {
    const { today, oksana } = await room()
    await oksana.does({ kind: 'button', data: 'go:objection' })
    oksana.heard()
    await scans(oksana, token(today.id))
    expect(oksana.heard()).toEqual([
      expect.stringContaining('You are checked in ✓'),
      expect.stringContaining('What was different?'),
    ])
  })

  it('asked for twice, it does not ask for the code again once they are in', async () => {
    const { today, oksana } = await room()
    await oksana.writes('/checkin')
    oksana.heard()
    await scans(oksana, token(today.id))
    expect(oksana.heard()).toEqual([expect.stringContaining('You are checked in ✓')])
  })

  it('nobody who is no worker is led there by a link of the screen', async () => {
    const { today, anna } = await room()
    await anna.chat.writes(`/start ${token(today.id)}`)
    expect(
      anna.chat
        .hears()
        .map(({ text }) => text)
        .join(),
    ).not.toContain('check')
    expect(await house().store.db.attendanceEvent.count({ where: { sessionId: today.id } })).toBe(0)
  })

  it('an apology in advance is excused, proposed, sealed, and told to the trainer; who comes after all is in', async () => {
    const { today, oksana, anna } = await room('07:00:00')
    at('07:40:00')
    await oksana.writes('/checkin')
    await oksana.presses('I cannot come')
    await oksana.presses('20 Nov 2026, module 1')
    await oksana.writes('my child is ill')
    expect(oksana.heard().at(-1)).toContain('Thank you for telling us')
    expect(anna.chat.hears().map(({ text }) => text)).toEqual([
      expect.stringMatching(/^Oksana cannot come on 20 Nov 2026/),
    ])
    const [apology] = await eventsOf(house(), oksana.enrolmentId)
    expect(apology).toMatchObject({ kind: 'apology', becomes: 'excused', point: null })
    expect(oksana.drawer.openText('attendance_event.why', apology?.why ?? new Uint8Array())).toBe('my child is ill')
    await scans(oksana, token(today.id))
    expect(oksana.heard()[0]).toContain('You are checked in ✓')
  })
})
