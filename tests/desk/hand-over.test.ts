/** A case with two colleagues, a case opened again, and ready words. */
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { aroundCase } from '../../bot/desk/around-case.js'
import { ALWAYS } from '../../bot/desk/centres.js'
import { claim } from '../../bot/desk/claiming.js'
import { correctReply, takeBackReply } from '../../bot/desk/corrections.js'
import { dismissGuest, inviteGuest } from '../../bot/desk/guests.js'
import { addNote, close } from '../../bot/desk/handling.js'
import { caseFor } from '../../bot/desk/queue.js'
import {
  addQuickAnswer,
  changeQuickAnswer,
  QUICK_TEXT_MAX,
  quickAnswers,
  removeQuickAnswer,
} from '../../bot/desk/quick-answers.js'
import { caseMessages } from '../../bot/desk/reading.js'
import { reopenCase } from '../../bot/desk/reopen.js'
import { reply } from '../../bot/desk/replies.js'
import { acceptOffer, offerCase } from '../../bot/desk/transfer.js'
import type { Staff } from '../../bot/store/generated/client.js'
import { newClient, type OpenDesk, openDesk } from '../console/desk-house.js'

let desk: OpenDesk
beforeAll(async () => {
  desk = await openDesk()
  for (const id of ['moscow', 'almaty'])
    await desk.store.db.centre.create({
      data: {
        id,
        country: id === 'moscow' ? 'RU' : 'KZ',
        city: id === 'moscow' ? 'Moscow' : 'Almaty',
        timeZone: 'Europe/Moscow',
        languages: ['ru', 'tg'],
        hours: ALWAYS,
      },
    })
})
afterAll(() => desk.end())

let n = 0
const staff = (data: Record<string, unknown> = {}): Promise<Staff> =>
  desk.store.db.staff.create({
    data: { alias: `${data.role ?? 'consultant'}-${++n}`, centreId: 'moscow', languages: ['ru', 'tg'], ...data },
  })
const once = () => ({ requestId: randomUUID() })
const words = (text: string) => ({ text, ...once() })
const rowOf = (code: string) => desk.store.db.case.findUniqueOrThrow({ where: { code } })
/** What the bot said to the client, by its sentences. */
const told = async (conversationId: string) => {
  const rows = await desk.store.db.message.findMany({ where: { conversationId, author: 'bot', direction: 'out' } })
  const { personId } = await desk.store.db.conversation.findUniqueOrThrow({ where: { id: conversationId } })
  const { wrappedKey } = await desk.store.db.person.findUniqueOrThrow({ where: { id: personId } })
  const drawer = desk.store.vault.drawer(personId, wrappedKey ?? new Uint8Array())
  return rows.map(({ body }) => drawer.openJson<{ text: string }>('message.body', body ?? new Uint8Array()).text)
}
const says = (key: string, values = {}) => desk.texts.say('tg', `desk:${key}`, values)

async function claimed() {
  const client = await newClient(desk)
  const code = await client.asksForHuman()
  const owner = await staff()
  await claim(desk.house, code, owner)
  return { client, code, owner }
}

describe('a claim', () => {
  const claimsOf = async (who: Staff, about: Parameters<Awaited<ReturnType<typeof newClient>>['asksForHuman']>[0]) => {
    const code = await (await newClient(desk)).asksForHuman(about)
    return claim(desk.house, code, who).then(
      () => 'claimed',
      (error: { code: string }) => error.code,
    )
  }

  it('outside the team is refused as if there were no such case', async () => {
    expect(await claimsOf(await staff({ centreId: 'almaty' }), {})).toBe('noCase')
    expect(await claimsOf(await staff(), { topic: 'trafficking-violence' })).toBe('noCase')
  })

  it('outside the language is refused in words', async () => {
    expect(await claimsOf(await staff({ languages: ['ru'] }), { language: 'tg' })).toBe('wrongLanguage')
    expect(await claimsOf(await staff({ languages: ['tg'] }), { language: 'tg' })).toBe('claimed')
  })
})

describe('a second consultant', () => {
  it('reads, notes and answers; the client is told once, and the owner keeps the case', async () => {
    const { client, code, owner } = await claimed()
    const [guest, third] = [await staff(), await staff()]
    await expect(reply(desk.house, code, guest, words('too early'))).rejects.toMatchObject({ code: 'caseTaken' })
    expect(await inviteGuest(desk.house, code, owner, guest.id)).toBe(true)
    expect(await inviteGuest(desk.house, code, owner, guest.id)).toBe(false)
    await inviteGuest(desk.house, code, owner, third.id)
    expect((await told(client.conversationId)).filter((text) => text === says('secondJoined'))).toHaveLength(1)
    expect(await reply(desk.house, code, guest, words('hello from two'))).toBe(true)
    expect(await addNote(desk.house, code, guest, words('between us'))).toBe(true)
    await expect(close(desk.house, code, guest, 'answered', 'chat')).rejects.toMatchObject({ code: 'caseTaken' })
    expect((await rowOf(code)).ownerId).toBe(owner.id)
  })

  it('goes, or is sent away by the owner, and answers no more', async () => {
    const { code, owner } = await claimed()
    const [guest, other] = [await staff(), await staff()]
    for (const each of [guest, other]) await inviteGuest(desk.house, code, owner, each.id)
    await expect(dismissGuest(desk.house, code, guest, other.id)).rejects.toMatchObject({ code: 'caseTaken' })
    expect(await dismissGuest(desk.house, code, guest, guest.id)).toBe(true)
    expect(await dismissGuest(desk.house, code, owner, other.id)).toBe(true)
    await expect(reply(desk.house, code, guest, words('still here'))).rejects.toMatchObject({ code: 'caseTaken' })
  })

  it('S42 is of the same centre, trained for it, wanted by the client, and invited by the owner alone', async () => {
    const { code, owner } = await claimed()
    const refused = async (guest: Staff) =>
      inviteGuest(desk.house, code, owner, guest.id).then(
        () => 'invited',
        (error: { code: string }) => error.code,
      )
    const unwanted = await staff()
    await desk.store.db.case.update({ where: { code }, data: { avoid: [unwanted.id] } })
    expect(await refused(unwanted)).toBe('noTarget')
    expect(await refused(await staff({ centreId: 'almaty' }))).toBe('noTarget')
    expect(await refused(await staff({ disabledAt: desk.clock() }))).toBe('noTarget')
    expect(await refused(owner)).toBe('noTarget')
    await expect(inviteGuest(desk.house, code, await staff(), owner.id)).rejects.toMatchObject({ code: 'caseTaken' })
    await desk.store.db.case.update({ where: { code }, data: { need: 'safeguarding' } })
    expect(await refused(await staff())).toBe('notTrained')
    expect(await refused(await staff({ skills: ['safeguarding'] }))).toBe('invited')
  })
})

describe('a closed case', () => {
  it('is opened again as a new engagement for whoever opens it, and no word is lost meanwhile', async () => {
    const { client, code, owner } = await claimed()
    await reply(desk.house, code, owner, words('first help'))
    await close(desk.house, code, owner, 'answered', 'phone')
    const fresh = await reopenCase(desk.house, code, owner)
    expect(await rowOf(fresh)).toMatchObject({
      state: 'claimed',
      ownerId: owner.id,
      engagement: 2,
      conversationId: client.conversationId,
      summary: (await rowOf(code)).summary,
    })
    expect(await rowOf(code)).toMatchObject({ state: 'closed', contactKind: 'phone' })
    expect(await told(client.conversationId)).toContain(says('reopened', { code: fresh }))
    await client.says({ text: 'one more thing' })
    const { id } = await rowOf(fresh)
    expect((await caseMessages(desk.store, id)).map(({ text }) => text)).toContain('one more thing')
    await expect(reopenCase(desk.house, code, owner)).rejects.toMatchObject({ code: 'openAlready' })
  })

  it('S03 stays closed when it is too old, when the client ended it, or took their consent back', async () => {
    const refused = async (change: (code: string, personId: string) => Promise<unknown>) => {
      const { client, code, owner } = await claimed()
      await close(desk.house, code, owner, 'answered', 'chat')
      await change(code, client.personId)
      return reopenCase(desk.house, code, owner).catch((error: { code: string }) => error.code)
    }
    const { db } = desk.store
    const old = new Date(desk.clock().getTime() - 15 * 86_400_000)
    expect(await refused((code) => db.case.update({ where: { code }, data: { closedAt: old } }))).toBe('tooOld')
    expect(await refused((code) => db.case.update({ where: { code }, data: { outcome: 'withdrawn' } }))).toBe('tooOld')
    const consent = { kind: 'case', given: true, version: '1', language: 'tg', channel: 'telegram' }
    expect(
      await refused((_, personId) => db.consent.create({ data: { ...consent, personId, withdrawnAt: desk.clock() } })),
    ).toBe('noConsent')
  })
})

describe('handing on', () => {
  it('tells the client once that another consultant has it, and keeps what they wrote meanwhile', async () => {
    const { client, code, owner } = await claimed()
    const next = await staff()
    await offerCase(desk.house, code, owner, { to: `s:${next.id}`, summary: 'wages', ...once() })
    await client.says({ text: 'written in between' })
    const row = await rowOf(code)
    expect(row.ownerId).toBe(owner.id)
    const around = await aroundCase(desk.store, row.id, next, desk.clock())
    expect(around?.offer).toMatchObject({ from: owner.alias, summary: 'wages', forMe: true, state: 'offered' })
    expect((await aroundCase(desk.store, row.id, owner, desk.clock()))?.offer?.forMe).toBe(false)
    await acceptOffer(desk.house, code, next)
    expect((await told(client.conversationId)).filter((text) => text === says('handedOn'))).toHaveLength(1)
    expect((await caseMessages(desk.store, row.id)).map(({ text }) => text)).toContain('written in between')
  })

  it('to a team is accepted by one of two at once, and the other is told', async () => {
    const { code, owner } = await claimed()
    const { id: teamId } = await desk.store.db.team.create({ data: { centreId: 'moscow', name: 'Mobile' } })
    const two = [await staff({ teamId }), await staff({ teamId })]
    await offerCase(desk.house, code, owner, { to: `t:${teamId}`, summary: '', ...once() })
    const results = await Promise.allSettled(two.map((each) => acceptOffer(desk.house, code, each)))
    expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    const lost = results.find((each) => each.status === 'rejected')
    expect(lost?.reason).toMatchObject({ code: 'noOffer' })
    expect(two.map(({ id }) => id)).toContain((await rowOf(code)).ownerId)
  })

  it('S04 to another centre shows it there only when the client agreed, and no longer here once it is taken', async () => {
    const { client, code, owner } = await claimed()
    const far = await staff({ centreId: 'almaty' })
    const guest = await staff()
    await inviteGuest(desk.house, code, owner, guest.id)
    await offerCase(desk.house, code, owner, { to: 'c:almaty', summary: 'moves there', ...once() })
    expect(await told(client.conversationId)).toContain(says('mayShare'))
    expect(await caseFor(desk.store, far, code)).toBeUndefined()
    await desk.store.db.offer.updateMany({ data: { state: 'offered' }, where: { caseId: (await rowOf(code)).id } })
    expect(await caseFor(desk.store, far, code)).toMatchObject({ code })
    await acceptOffer(desk.house, code, far)
    for (const each of [owner, guest]) expect(await caseFor(desk.store, each, code)).toBeUndefined()
    await expect(addNote(desk.house, code, owner, words('late'))).rejects.toMatchObject({ code: 'noCase' })
  })
})

describe('what was said already', () => {
  it('keeps its earlier words when it is corrected, and stands struck out when it is taken back', async () => {
    const { client, code, owner } = await claimed()
    await client.says({ text: 'how much?' })
    const { id } = await rowOf(code)
    const asked = (await caseMessages(desk.store, id)).at(-1)
    await reply(desk.house, code, owner, { ...words('500'), answers: String(asked?.id) })
    await reply(desk.house, code, owner, { ...words('unrelated'), answers: '999999' })
    const own = (await caseMessages(desk.store, id)).filter(({ author }) => author === 'staff')
    expect(own.map(({ quotes }) => quotes?.text ?? null)).toEqual(['how much?', null])
    await desk.store.db.message.updateMany({ where: { caseId: id, author: 'staff' }, data: { state: 'sent' } })
    await correctReply(desk.house, code, owner, String(own[0]?.id), '5000')
    await takeBackReply(desk.house, code, owner, String(own[1]?.id))
    expect((await caseMessages(desk.store, id)).filter(({ author }) => author === 'staff')).toMatchObject([
      { text: '5000', was: ['500'], takenBack: false },
      { text: 'unrelated', was: [], takenBack: true },
    ])
    const colleague = await staff()
    await inviteGuest(desk.house, code, owner, colleague.id)
    expect(await correctReply(desk.house, code, colleague, String(own[0]?.id), 'not mine')).toBe(false)
  })
})

describe('ready words', () => {
  const ready = (text: string, shared = false) => ({ title: text, text, language: 'ru', shared })

  it('are one’s own, or of the centre, and nobody else’s', async () => {
    const [me, colleague, far] = [await staff(), await staff(), await staff({ centreId: 'almaty' })]
    const chief = await staff({ role: 'supervisor' })
    await addQuickAnswer(desk.house, me, ready('mine'))
    await addQuickAnswer(desk.house, chief, ready('ours', true))
    const titles = async (who: Staff) => (await quickAnswers(desk.store, who)).map(({ title }) => title)
    expect(await titles(me)).toEqual(['mine', 'ours'])
    expect(await titles(colleague)).toEqual(['ours'])
    expect(await titles(far)).toEqual([])
    await expect(addQuickAnswer(desk.house, me, ready('for all', true))).rejects.toMatchObject({ code: 'notAllowed' })
    const [ours] = await quickAnswers(desk.store, colleague)
    await expect(removeQuickAnswer(desk.house, me, ours?.id ?? '')).rejects.toMatchObject({ code: 'notAllowed' })
    await expect(removeQuickAnswer(desk.house, far, ours?.id ?? '')).rejects.toMatchObject({ code: 'noAnswer' })
    await changeQuickAnswer(desk.house, chief, ours?.id ?? '', ready('ours, better'))
    expect(await titles(colleague)).toEqual(['ours, better'])
    const [own] = await quickAnswers(desk.store, me)
    await removeQuickAnswer(desk.house, me, own?.id ?? '')
    expect(await titles(me)).toEqual(['ours, better'])
  })

  it('have a title, a text that ends, and a language', async () => {
    const me = await staff()
    const refused = (more: Record<string, string>) =>
      addQuickAnswer(desk.house, me, { ...ready('x'), ...more }).catch((error: { code: string }) => error.code)
    expect(await refused({ title: ' ' })).toBe('quickEmpty')
    expect(await refused({ text: '' })).toBe('quickEmpty')
    expect(await refused({ text: 'я'.repeat(QUICK_TEXT_MAX + 1) })).toBe('tooLong')
    expect(await refused({ title: 'я'.repeat(81) })).toBe('tooLong')
    expect(await refused({ language: 'tlh' })).toBe('badRequest')
  })
})
