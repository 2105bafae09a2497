import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { claim } from '../../bot/desk/claiming.js'
import { release } from '../../bot/desk/handling.js'
import { acceptOffer, declineOffer, OFFER_MINUTES, offerCase } from '../../bot/desk/transfer.js'
import { UserError } from '../../bot/errors.js'
import { type TestHouse, testHouse } from '../house.js'
import { centre, client, colleague, settle } from './places/staffroom.js'

describe('a case that is handed on', () => {
  let house: TestHouse
  let anna: Awaited<ReturnType<typeof colleague>>
  let boris: Awaited<ReturnType<typeof colleague>>
  let dina: Awaited<ReturnType<typeof colleague>>
  let me: Awaited<ReturnType<typeof client>>
  let code: string
  let n = 0

  beforeAll(async () => {
    house = await testHouse({ now: '2026-11-20T12:00:00Z' })
    await centre(house)
    await centre(house, 'almaty', { country: 'KZ', city: 'Almaty', timeZone: 'Asia/Almaty', languages: ['ru', 'kk'] })
    anna = await colleague(house, 'consultant-1', { centreId: 'moscow' })
    boris = await colleague(house, 'consultant-2', { centreId: 'moscow' })
    dina = await colleague(house, 'consultant-3', { centreId: 'almaty' })
  })
  afterAll(() => house.end())
  beforeEach(async () => {
    me = await client(house, `client ${++n}`)
    code = await me.asksForHuman('мне запретили въезд')
    await claim(house, code, anna)
    await settle(house)
    me.hears()
  })

  const offer = (to: string) => offerCase(house, code, anna, { to, summary: 'нужен юрист', requestId: randomUUID() })
  const found = () => house.store.db.case.findUniqueOrThrow({ where: { code }, include: { owner: true } })
  const refused = async (work: Promise<unknown>) => {
    const error = await work.then(
      () => undefined,
      (thrown: unknown) => thrown,
    )
    return error instanceof UserError ? error.code : error
  }

  it('stays with the old owner until the other one accepts; then the client hears of it, once', async () => {
    await offer(`s:${boris.id}`)
    await settle(house)
    expect((await found()).owner?.alias).toBe('consultant-1')
    expect(me.hears()).toEqual([])
    expect(boris.told().at(-1)).toBe(
      `Case ${code} is offered to you. Accept or decline it in its place or at the desk.`,
    )
    await acceptOffer(house, code, boris)
    await settle(house)
    expect((await found()).owner?.alias).toBe('consultant-2')
    expect(me.hears().map(({ text }) => text)).toEqual([
      'Ваш вопрос теперь у другого консультанта. Рассказывать заново не нужно: всё, что вы написали, там можно прочитать.',
    ])
    expect(anna.told().at(-1)).toBe(`Consultant 2 has taken case ${code} over from you.`)
  })

  it('loses no message of the client that comes in the middle', async () => {
    await offer(`s:${boris.id}`)
    await me.writes('и ещё: у меня суд завтра')
    await acceptOffer(house, code, boris)
    const { id, waitingSince } = await found()
    expect(waitingSince).not.toBeNull()
    const said = await house.store.db.message.count({ where: { caseId: id, author: 'client', direction: 'in' } })
    expect(said).toBeGreaterThan(0)
  })

  it('stays where it is when the other declines, or does not answer in time', async () => {
    await offer(`s:${boris.id}`)
    await declineOffer(house, code, boris)
    await settle(house)
    expect(anna.told().at(-1)).toBe(`Case ${code} was declined. It is still with you.`)
    await offer(`s:${boris.id}`)
    house.fake.forward((OFFER_MINUTES + 1) * 60_000)
    await settle(house)
    expect(anna.told().at(-1)).toBe(`Nobody answered the offer of case ${code} in time. It is still with you.`)
    expect((await found()).owner?.alias).toBe('consultant-1')
    expect(await refused(acceptOffer(house, code, boris))).toBe('noOffer')
  })

  it('S04 goes to another country only when the client agrees', async () => {
    await offer('c:almaty')
    await settle(house)
    expect(await refused(acceptOffer(house, code, dina))).toBe('noCase')
    const [asked] = me.hears()
    expect(asked?.text).toContain('Возможно, вам лучше поможет центр в другом месте.')
    await me.presses('Да, пусть прочтут')
    expect(me.hears().map(({ text }) => text)).toEqual([
      'Спасибо, я передал. Ваш консультант остаётся с вами, пока другой центр не возьмёт вопрос.',
    ])
    await acceptOffer(house, code, dina)
    expect(await found()).toMatchObject({ centreId: 'almaty', owner: { alias: 'consultant-3' } })
    const consent = await house.store.db.consent.findFirst({ where: { personId: me.personId, kind: 'sharing' } })
    expect(consent?.given).toBe(true)
  })

  it('S04 goes nowhere when the client does not agree', async () => {
    await offer('c:almaty')
    await settle(house)
    await me.presses('Нет, не нужно')
    await settle(house)
    expect(await found()).toMatchObject({ centreId: 'moscow', owner: { alias: 'consultant-1' } })
    expect(await refused(acceptOffer(house, code, dina))).toBe('noCase')
  })

  it('cannot be taken by somebody to whom it was not offered', async () => {
    await offer(`s:${boris.id}`)
    expect(await refused(acceptOffer(house, code, dina))).toBe('noCase')
    expect(await refused(offer(`s:${boris.id}`))).toBe('alreadyOffered')
  })

  it('S43 is never claimed outside its team, its language or its training; whom it is not for learns of no case', async () => {
    await release(house, code, anna)
    expect(await refused(claim(house, code, dina))).toBe('noCase')
    await house.store.db.case.update({ where: { code }, data: { topic: 'trafficking-violence', need: 'trafficking' } })
    expect(await refused(claim(house, code, boris))).toBe('noCase')
    await house.store.db.case.update({ where: { code }, data: { topic: null, need: 'social', language: 'uz' } })
    expect(await refused(claim(house, code, boris))).toBe('wrongLanguage')
  })

  it('goes to somebody else when the client asks for that, and not back to the one they did not want', async () => {
    await me.writes('/case')
    await me.presses('Другого консультанта')
    await settle(house)
    expect(await found()).toMatchObject({ state: 'queued', ownerId: null, avoid: [anna.id] })
    expect(await refused(claim(house, code, anna))).toBe('noCase')
    await claim(house, code, boris)
    expect((await found()).owner?.alias).toBe('consultant-2')
  })
})
