/** A child's question (S42, S10): who sees it, what nobody asks, and what happens to whoever had it. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { askForCall } from '../../bot/desk/calls.js'
import { claim, claimNext } from '../../bot/desk/claiming.js'
import { inviteGuest } from '../../bot/desk/guests.js'
import { markMinor } from '../../bot/desk/minors.js'
import { sightOf } from '../../bot/desk/visible.js'
import { type TestHouse, testHouse } from '../house.js'
import { centre, client, colleague, group, placeOf, saidIn, settle } from './places/staffroom.js'

let house: TestHouse
let anna: Awaited<ReturnType<typeof colleague>>
let boris: Awaited<ReturnType<typeof colleague>>
let dina: Awaited<ReturnType<typeof colleague>>
let n = 0

beforeAll(async () => {
  house = await testHouse({ now: '2026-11-20T12:00:00Z' })
  await centre(house)
  anna = await colleague(house, 'consultant-1', { centreId: 'moscow', capacity: 100 })
  boris = await colleague(house, 'consultant-2', { centreId: 'moscow', capacity: 100 })
  dina = await colleague(house, 'consultant-3', { centreId: 'moscow', capacity: 100, skills: ['safeguarding'] })
  await group(house, house.wire, 'team')
})
afterAll(() => house.end())

const found = (code: string) => house.store.db.case.findUniqueOrThrow({ where: { code } })
const sees = (staff: { id: string }, code: string) => sightOf(house.store.sql, staff.id, code)
const asks = async () => {
  const me = await client(house, `child ${++n}`)
  return { me, code: await me.asksForHuman('мне запретили въезд') }
}
/** They press the button under the message that says where their question is. */
async function says(me: Awaited<ReturnType<typeof client>>, band: string) {
  await me.presses('Мне меньше 18 лет')
  await me.presses(band)
  await settle(house)
}

describe('S42 a client who says that they are under eighteen', () => {
  it('is seen by those trained in safeguarding only, from that moment on', async () => {
    const { me, code } = await asks()
    expect(await sees(anna, code)).toBe('full')
    await says(me, 'От 14 до 17')
    expect(await found(code)).toMatchObject({ minor: true, need: 'safeguarding', state: 'queued' })
    expect(await sees(anna, code)).toBe('none')
    expect(await sees(dina, code)).toBe('full')
    await expect(claim(house, code, anna)).rejects.toMatchObject({ code: 'noCase' })
    expect(dina.told().join('\n')).toContain(`${code}: the client is under 18.`)
  })

  it('goes back to the queue when whoever has them is not trained, and a second colleague leaves', async () => {
    const { me, code } = await asks()
    await claim(house, code, anna)
    await inviteGuest(house, code, anna, boris.id)
    await says(me, 'Меньше 14')
    expect(await found(code)).toMatchObject({ state: 'queued', ownerId: null })
    expect([await sees(anna, code), await sees(boris, code)]).toEqual(['none', 'none'])
    await claim(house, code, dina)
    expect(await found(code)).toMatchObject({ state: 'claimed', ownerId: dina.id })
  })

  it('stays with whoever is trained', async () => {
    const { me, code } = await asks()
    await claim(house, code, dina)
    await says(me, 'От 14 до 17')
    expect(await found(code)).toMatchObject({ state: 'claimed', ownerId: dina.id, minor: true })
  })

  it('is known as a child the next time too, and is never asked for a number', async () => {
    const { me, code } = await asks()
    await says(me, 'Меньше 14')
    await claim(house, code, dina)
    await expect(askForCall(house, code, dina)).rejects.toMatchObject({ code: 'noPhoneOfChildren' })
    await house.store.db.case.update({ where: { code }, data: { state: 'closed', closedAt: house.fake.now() } })
    await house.store.db.conversation.updateMany({
      where: { caseId: (await found(code)).id },
      data: { caseId: null, owner: 'bot' },
    })
    const again = await me.asksForHuman('ещё вопрос')
    expect(await found(again)).toMatchObject({ minor: true, need: 'safeguarding' })
  })

  it('who is an adult after all changes nothing', async () => {
    const { me, code } = await asks()
    await says(me, '18 или больше')
    expect(await found(code)).toMatchObject({ minor: false })
    expect(await sees(anna, code)).toBe('full')
  })

  it('gave a number before: it is forgotten', async () => {
    const { me, code } = await asks()
    await claim(house, code, anna)
    await askForCall(house, code, anna)
    await markMinor(house, code, anna)
    expect(await house.store.db.call.findMany({ where: { case: { code } } })).toMatchObject([
      { state: 'refused', phone: null },
    ])
    await settle(house)
    expect(JSON.stringify(me.hears())).toContain('другому консультанту')
  })
})

it('S42 a picture of a child is shown in no group: only that one came', async () => {
  await group(house, house.wire, 'children', 'moscow', 'safeguarding')
  const { me, code } = await asks()
  await says(me, 'Меньше 14')
  await settle(house)
  const photo = { kind: 'photo' as const, mime: 'image/png', bytes: 70, ref: 'r', name: 'a.png' }
  await me.does({ kind: 'files', files: [photo], text: 'это было вчера' })
  await settle(house)
  const shown = saidIn(house.wire, placeOf(house.wire, code)).at(-1)
  expect(shown?.file).toBeUndefined()
  expect(shown?.text).toContain('это было вчера')
  expect(shown?.text).toContain('it is passed on nowhere')
})

describe('S42 a colleague who learns that the client is a child', () => {
  it('marks it once, and does not see it any more', async () => {
    const { code } = await asks()
    await claim(house, code, anna)
    expect(await markMinor(house, code, anna)).toBe(true)
    await expect(markMinor(house, code, anna)).rejects.toMatchObject({ code: 'noCase' })
    expect(await house.store.db.audit.findFirst({ orderBy: { id: 'desc' } })).toMatchObject({
      action: 'case.minor',
      object: code,
    })
  })

  it('must have the case', async () => {
    const { code } = await asks()
    await claim(house, code, boris)
    await expect(markMinor(house, code, anna)).rejects.toMatchObject({ code: 'caseTaken' })
  })

  it('is given no child by "next case" without the training', async () => {
    await house.store.db.case.updateMany({ where: { state: 'queued', minor: false }, data: { state: 'closed' } })
    const { me } = await asks()
    await says(me, 'Меньше 14')
    expect(await claimNext(house, anna)).toBeUndefined()
    const next = await claimNext(house, dina)
    expect(await found(next ?? '')).toMatchObject({ minor: true, ownerId: dina.id })
  })
})
