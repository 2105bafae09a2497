/** One person writes from two chats: two cases, of which one goes on. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { claim, claimNext } from '../../bot/desk/claiming.js'
import { close } from '../../bot/desk/handling.js'
import { mergeCase } from '../../bot/desk/merge.js'
import { reopenCase } from '../../bot/desk/reopen.js'
import { sameCases } from '../../bot/desk/same-person.js'
import { UserError } from '../../bot/errors.js'
import { type TestHouse, testHouse } from '../house.js'
import { centre, client, colleague, group, placeOf, settle } from './places/staffroom.js'

const TOLD = [
  'Мы занимаемся вашим вопросом.',
  '',
  'Консультант отвечает вам в другом чате, из которого вы нам тоже писали. Если вам удобнее продолжать здесь или больше ниоткуда вы нам не писали, нажмите кнопку.',
].join('\n')

describe('two cases of one person', () => {
  let house: TestHouse
  let anna: Awaited<ReturnType<typeof colleague>>
  let boris: Awaited<ReturnType<typeof colleague>>
  let vera: Awaited<ReturnType<typeof colleague>>
  let dina: Awaited<ReturnType<typeof colleague>>
  /** On the phone, and on the page. */
  let phone: Awaited<ReturnType<typeof client>>
  let page: Awaited<ReturnType<typeof client>>
  let a: string
  let b: string
  let n = 0

  beforeAll(async () => {
    house = await testHouse({ now: '2026-11-20T12:00:00Z' })
    await centre(house)
    await centre(house, 'almaty', { country: 'KZ', city: 'Almaty', timeZone: 'Asia/Almaty', languages: ['ru', 'kk'] })
    anna = await colleague(house, 'consultant-1', { centreId: 'moscow', capacity: 100 })
    boris = await colleague(house, 'consultant-2', { centreId: 'moscow' })
    dina = await colleague(house, 'consultant-3', { centreId: 'almaty' })
    vera = await colleague(house, 'supervisor-4', { centreId: 'moscow' })
    await group(house, house.wire, 'team')
  })
  afterAll(() => house.end())
  beforeEach(async () => {
    phone = await client(house, `phone ${++n}`)
    page = await client(house, `page ${n}`)
    a = await phone.asksForHuman('мне запретили въезд')
    b = await page.asksForHuman('это снова я, про въезд')
    await claim(house, a, anna)
    await settle(house)
    phone.hears()
    page.hears()
  })

  const found = (code: string) => house.store.db.case.findUniqueOrThrow({ where: { code } })
  const change = (code: string, data: Record<string, unknown>) => house.store.db.case.update({ where: { code }, data })
  const refused = async (work: Promise<unknown>) => {
    const error = await work.then(
      () => undefined,
      (thrown: unknown) => thrown,
    )
    return error instanceof UserError ? error.code : error
  }
  const merged = async (): Promise<void> => {
    expect(await mergeCase(house, a, anna, b)).toBe(true)
    await settle(house)
  }

  it('become one: the other chat is told so once, is asked for no stars, and is the bot’s again', async () => {
    const counted = await house.store.db.engagement.count()
    await merged()
    const into = await found(a)
    expect(into).toMatchObject({ state: 'claimed', ownerId: anna.id, mergedIntoId: null })
    expect(await found(b)).toMatchObject({
      state: 'closed',
      outcome: 'merged',
      mergedIntoId: into.id,
      waitingSince: null,
    })
    const heard = page.hears()
    expect(heard[0]?.text).toBe(TOLD)
    expect(heard[0]?.buttons?.flat().map(({ label }) => label)).toEqual(['Спросить человека'])
    expect(heard.filter(({ text }) => text === TOLD)).toHaveLength(1)
    expect(JSON.stringify(heard)).not.toContain('★')
    expect(phone.hears()).toEqual([])
    const talk = await house.store.db.conversation.findFirst({ where: { personId: page.personId } })
    expect(talk).toMatchObject({ owner: 'bot', caseId: null })
    expect(await house.store.db.engagement.count()).toBe(counted)
    const traces = await house.store.db.audit.findMany({ where: { action: 'case.merge', object: { in: [a, b] } } })
    expect(traces.map(({ object, staffId }) => [object, staffId])).toEqual([
      [b, anna.id],
      [a, anna.id],
    ])
  })

  it('are found by a code as people write it, and a second click changes nothing', async () => {
    const said = ` ${b.toLowerCase().replace('-', ' ')} `
    expect(await mergeCase(house, a, anna, said)).toBe(true)
    const { revision } = await found(a)
    expect(await mergeCase(house, a, anna, b)).toBe(false)
    expect((await found(a)).revision).toBe(revision)
    await settle(house)
    expect(page.hears().filter(({ text }) => text === TOLD)).toHaveLength(1)
  })

  it('are one only once, however many press at the same time', async () => {
    const third = await (await client(house, `third ${n}`)).asksForHuman('и ещё раз')
    await claim(house, third, boris)
    const ends = await Promise.all([
      refused(mergeCase(house, a, anna, b)),
      refused(mergeCase(house, third, boris, b)),
      refused(mergeCase(house, a, anna, b)),
    ])
    const into = [(await found(a)).id, (await found(third)).id]
    expect(into).toContain((await found(b)).mergedIntoId)
    expect(ends).toContain('alreadyMerged')
    await settle(house)
    expect(page.hears().filter(({ text }) => text === TOLD)).toHaveLength(1)
  })

  it('never swallow each other when both are merged at once', async () => {
    await claim(house, b, boris)
    const ends = await Promise.all([refused(mergeCase(house, a, anna, b)), refused(mergeCase(house, b, boris, a))])
    expect(ends.filter((end) => end === undefined)).toHaveLength(1)
    const states = [await found(a), await found(b)].map(({ state }) => state)
    expect(states.sort()).toEqual(['claimed', 'closed'])
  })

  it('wait since the earlier question, and the goal is reckoned anew', async () => {
    await change(a, { waitingSince: null, goal: null, dueAt: null })
    const { waitingSince } = await found(b)
    await mergeCase(house, a, anna, b)
    expect(await found(a)).toMatchObject({ waitingSince, goal: null, urgency: 'normal' })
    await settle(house)
    expect((await found(a)).dueAt).not.toBeNull()
  })

  it('are urgent when one of them was, and need whoever is trained for it', async () => {
    await change(b, { urgency: 'urgent', danger: 'trafficking', need: 'trafficking', urgentAt: house.fake.now() })
    await house.store.db.staff.update({ where: { id: vera.id }, data: { skills: ['social', 'trafficking'] } })
    expect(await mergeCase(house, a, vera, b)).toBe(true)
    expect(await found(a)).toMatchObject({ urgency: 'urgent', danger: 'trafficking', need: 'trafficking' })
    await settle(house)
    expect(anna.told().at(-1)).toBe(
      `Supervisor 4 has merged case ${a} with another case of the same person. Its page at the desk shows more.`,
    )
    await house.store.db.staff.update({ where: { id: vera.id }, data: { skills: ['social', 'lawyer'] } })
  })

  it('lose nobody in danger to a colleague’s guess: that takes their own consultant, or a supervisor', async () => {
    await claim(house, b, boris)
    await change(b, { urgency: 'urgent', danger: 'medical' })
    expect(await refused(mergeCase(house, a, anna, b))).toBe('mergeUrgent')
    expect(await mergeCase(house, a, vera, b)).toBe(true)
    await settle(house)
    expect(boris.told().at(-1)).toContain(`Supervisor 4 has merged case ${b}`)
  })

  it('are for whoever has the one that goes on, and it must be with somebody', async () => {
    expect(await refused(mergeCase(house, a, boris, b))).toBe('caseTaken')
    expect(await refused(mergeCase(house, b, anna, a))).toBe('notClaimed')
    expect(await refused(mergeCase(house, b, vera, a))).toBe('notClaimed')
    expect(await found(b)).toMatchObject({ state: 'queued', mergedIntoId: null })
  })

  it('are not merged when one is the other, is closed, or its client wants somebody else', async () => {
    expect(await refused(mergeCase(house, a, anna, a))).toBe('mergeSelf')
    await change(b, { avoid: [anna.id] })
    expect(await refused(mergeCase(house, a, vera, b))).toBe('avoided')
    await change(b, { avoid: [] })
    await claim(house, b, boris)
    await close(house, b, boris, 'answered', 'chat')
    expect(await refused(mergeCase(house, a, anna, b))).toBe('mergeClosed')
    await close(house, a, anna, 'answered', 'chat')
    expect(await refused(mergeCase(house, a, anna, b))).toBe('caseClosed')
  })

  it('of centres that one colleague may not both see are for them as if there were no such case', async () => {
    await change(b, { centreId: 'almaty' })
    const none = [await refused(mergeCase(house, a, anna, b)), await refused(mergeCase(house, a, anna, 'ZZZ-ZZ'))]
    expect(none).toEqual(['noCase', 'noCase'])
    expect(await refused(mergeCase(house, a, dina, b))).toBe('noCase')
    expect(await refused(mergeCase(house, a, anna, 'hello'))).toBe('noCase')
    expect((await found(b)).state).toBe('queued')
  })

  it('lead to each other, for whoever may see both', async () => {
    await merged()
    const from = async (who: { id: string }, code: string) =>
      (await sameCases(house.store.sql, who, code)).map(({ code: other, here, open }) => ({ other, here, open }))
    expect(await from(anna, a)).toEqual([{ other: b, here: true, open: false }])
    expect(await from(anna, b)).toEqual([{ other: a, here: false, open: true }])
    await change(b, { centreId: 'almaty' })
    expect(await from(boris, a)).toEqual([])
    expect(await from(dina, b)).toEqual([])
  })

  it('have their topic taken away as that of any closed case', async () => {
    const topic = placeOf(house.wire, b)
    await merged()
    house.fake.forward(25 * 3_600_000)
    await settle(house)
    expect(house.wire.places.has(topic)).toBe(false)
    expect(house.wire.places.has(placeOf(house.wire, a))).toBe(true)
  })

  it('are two again when the client goes on there: first for who answers them, and nobody has come back', async () => {
    const cameBack = async () =>
      (await house.store.db.counter.findMany({ where: { name: 'came-back' } })).reduce(
        (sum, { n: times }) => sum + times,
        0,
      )
    await merged()
    const before = await cameBack()
    page.hears()
    await page.presses('Спросить человека')
    const again = await house.store.db.case.findFirstOrThrow({
      where: { personId: page.personId, state: { not: 'closed' } },
    })
    expect(again).toMatchObject({ state: 'queued', preferredId: anna.id, mergedIntoId: (await found(a)).id })
    expect(await cameBack()).toBe(before)
    // Others have waited longer, but nobody is late, and they are nobody's in particular.
    await house.store.db.case.updateMany({ where: { state: 'queued' }, data: { dueAt: null, urgency: 'normal' } })
    expect(await claimNext(house, anna)).toBe(again.code)
    expect((await sameCases(house.store.sql, anna, again.code)).map(({ code }) => code)).toEqual([a])
    expect((await sameCases(house.store.sql, anna, a)).map(({ code }) => code)).toEqual([again.code, b])
  })

  it('go to whoever had it before when the other consultant is not there any more', async () => {
    await claim(house, b, boris)
    await mergeCase(house, a, anna, b)
    await settle(house)
    await house.store.db.staff.update({ where: { id: anna.id }, data: { disabledAt: house.fake.now() } })
    await page.presses('Спросить человека')
    const again = await house.store.db.case.findFirstOrThrow({
      where: { personId: page.personId, state: { not: 'closed' } },
    })
    expect(again.preferredId).toBe(boris.id)
    await house.store.db.staff.update({ where: { id: anna.id }, data: { disabledAt: null } })
  })

  it('stay tied to each other when the one that goes on is closed and opened again', async () => {
    await merged()
    await close(house, a, anna, 'answered', 'chat')
    const again = await reopenCase(house, a, boris)
    expect((await sameCases(house.store.sql, boris, again)).map(({ code }) => code)).toEqual([b])
    await page.presses('Спросить человека')
    const theirs = await house.store.db.case.findFirstOrThrow({
      where: { personId: page.personId, state: { not: 'closed' } },
    })
    expect(theirs.preferredId).toBe(boris.id)
  })

  it('stay tied to each other when a colleague opens the merged one again', async () => {
    await merged()
    const again = await reopenCase(house, b, anna)
    expect(await found(again)).toMatchObject({ state: 'claimed', outcome: null, mergedIntoId: (await found(a)).id })
    expect(await found(b)).toMatchObject({ state: 'closed', outcome: 'merged' })
  })
})
