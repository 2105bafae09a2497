/** Workers come with their invitation: a link, a code, on two messengers; once each, and nobody by guessing. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { StaffMember } from '../../bot/desk/access.js'
import { markPeople } from '../../bot/programme/checkin/correct.js'
import { findDay } from '../../bot/programme/checkin/days.js'
import { eventsOf } from '../../bot/programme/checkin/events.js'
import { leave } from '../../bot/programme/people/enrolments.js'
import { INVITATION_DAYS, inviteWorker } from '../../bot/programme/people/invitations.js'
import { groupOverview } from '../../bot/programme/people/overview.js'
import { planDays } from '../../bot/programme/people/programmes.js'
import { type TestHouse, testHouse } from '../house.js'
import { chat, day, invited, programmeWith, staffOf, worker } from './world.js'

const DAY_MS = 86_400_000

let house: TestHouse
let coordinator: StaffMember
let prague: string

beforeAll(async () => {
  house = await testHouse({ now: '2026-11-20T12:00:00Z' })
  house.wire.linkTo = (words) => `https://t.me/rahnamo_bot?start=${words}`
  coordinator = await staffOf(house, 'coordinator')
  ;[prague = ''] = (await programmeWith(house, coordinator, ['Prague 1'])).groups
  await planDays(house, coordinator, prague, [{ module: 3, day: '2026-12-05', from: '9:00', place: 'Na Poříčí 12' }])
})
afterAll(() => house.end())

let n = 0
const newChat = (wire = house.wire) => chat(house, wire, `8800${++n}`)
const words = (sent: ReturnType<ReturnType<typeof newChat>['hears']>) => sent.map(({ text }) => text)

describe('an invitation', () => {
  it('ties the chat that opens its link to the person who was enrolled', async () => {
    const { link, enrolmentId } = await invited(house, coordinator, prague, worker('Jana Nováková'))
    const jana = newChat()
    const [, payload = ''] = /start=(.*)$/.exec(link ?? '') ?? []
    expect(payload.length).toBeLessThanOrEqual(64)
    await jana.does({ kind: 'command', name: 'start', argument: payload })
    const [welcome, ...more] = jana.hears()
    expect(more).toEqual([])
    expect(welcome?.text).toBe(
      'Welcome! You are in the group “Prague 1” now, and this chat is yours. It will remind you in time, and you can write here whenever you like.',
    )
    const enrolment = await house.store.db.enrolment.findUniqueOrThrow({ where: { id: enrolmentId } })
    expect(enrolment.connectedAt).toEqual(expect.any(Date))
    expect(await jana.personId()).toBe(enrolment.personId)
    await jana.presses('Show my menu')
    const [menu] = jana.hears()
    expect(menu?.text).toBe(
      'What would you like to do?\n\nYour group: Prague 1.\nNext day: module 3, 5 Dec 2026, 09:00, Na Poříčí 12.',
    )
    // What this house cannot do yet is not offered
    const there = ['report', 'checkin', 'feedback', 'duties'].filter((flow) => house.mind.library.newest(flow)).length
    expect(
      menu?.buttons
        ?.flat()
        .map(({ label }) => label)
        .slice(there),
    ).toEqual(['Another messenger', 'My data', '🌐 Language'])
  })

  it('is a code, too, that is typed on Slack; a second one from the bot joins Telegram to the same person', async () => {
    const { code } = await invited(house, coordinator, prague, worker('Olena Kovalenko', { language: 'uk' }))
    const slack = newChat(house.slack)
    await slack.writes(`Join ${code.toLowerCase()}`)
    expect(words(slack.hears())).toEqual([expect.stringContaining('Вітаємо! Тепер ви в групі «Prague 1»')])
    await slack.writes('меню')
    slack.hears()
    await slack.presses('Інший месенджер')
    const [, second = ''] = /join (\w{4}-\w{4})/.exec(slack.hears()[0]?.text ?? '') ?? []
    const telegram = newChat()
    await telegram.writes('привіт')
    await telegram.writes(`/join ${second}`)
    expect(words(telegram.hears()).at(-1)).toContain('Вітаємо!')
    expect(await telegram.personId()).toBe(await slack.personId())
    expect(await house.store.db.enrolment.count({ where: { personId: await slack.personId() } })).toBe(1)
  })

  it('asks for the language where nobody wrote one, and keeps the one that was chosen before', async () => {
    const unknown = await invited(house, coordinator, prague, worker('Petr', { language: null }))
    const petr = newChat()
    await petr.writes(`/join ${unknown.code}`)
    petr.hears()
    await petr.writes('ahoj')
    expect(
      petr
        .hears()[0]
        ?.buttons?.flat()
        .map(({ label }) => label),
    ).toEqual(['English', 'Русский', 'Čeština', 'Українська'])
    await petr.presses('Čeština')
    expect(words(petr.hears()).at(-1)).toContain('Co chcete udělat?')

    const known = await invited(house, coordinator, prague, worker('Irina', { language: null }))
    const irina = newChat()
    await irina.writes('/start')
    await irina.presses('Русский')
    irina.hears()
    await irina.writes(`/join ${known.code}`)
    expect(words(irina.hears())).toEqual([expect.stringContaining('Добро пожаловать!')])
  })

  it('opens once: whoever comes second hears that it was used', async () => {
    const { code } = await invited(house, coordinator, prague, worker('Eva'))
    const eva = newChat()
    await eva.writes(`/join ${code}`)
    const other = newChat()
    await other.writes('/start')
    await other.presses('English')
    other.hears()
    await other.writes(`/join ${code}`)
    expect(words(other.hears())[0]).toContain('This code was used already.')
    expect(await other.personId()).not.toBe(await eva.personId())
    // Even the one whom it let in gets nothing twice
    eva.hears()
    await eva.writes(`/join ${code}`)
    expect(words(eva.hears())[0]).toContain('This code was used already.')
  })

  it('ends after its days, with a newer one, and when the person leaves', async () => {
    const tries = async (code: string) => {
      const somebody = newChat()
      await somebody.writes(`/join ${code}`)
      return words(somebody.hears())[0] ?? ''
    }
    const old = await invited(house, coordinator, prague, worker('Adam'))
    const newer = await inviteWorker(house, coordinator, old.enrolmentId)
    expect(await tries(old.code)).toMatch(/устарел или отозван/)
    house.fake.forward(INVITATION_DAYS * DAY_MS)
    expect(await tries(newer.code)).toMatch(/устарел или отозван/)
    const gone = await invited(house, coordinator, prague, worker('Marie'))
    await leave(house, coordinator, gone.enrolmentId, day('2026-12-04'))
    expect(await tries(gone.code)).toMatch(/устарел или отозван/)
  })

  it('makes a further enrolment theirs, with what a trainer said of it before they came', async () => {
    const { groups } = await programmeWith(house, coordinator, ['Prague 2'])
    const me = newChat()
    await me.writes(`/join ${(await invited(house, coordinator, prague, worker('Vira'))).code}`)
    const second = await invited(house, coordinator, groups[0] ?? '', worker('Vira'))
    await planDays(house, coordinator, groups[0] ?? '', [{ module: 1, day: '2026-11-19', from: '9:00', place: '' }])
    const { id: session } = await house.store.db.trainingSession.findFirstOrThrow({
      where: { groupId: groups[0] ?? '' },
    })
    await house.store.transaction(async (tx) => {
      const change = { enrolmentId: second.enrolmentId, point: 'arrival', becomes: 'absent' } as const
      await markPeople(house, tx, coordinator, await findDay(tx, session), [change], 'nobody saw her')
    })
    await me.writes(`/join ${second.code}`)
    const { personId } = await house.store.db.enrolment.findUniqueOrThrow({ where: { id: second.enrolmentId } })
    expect(personId).toBe(await me.personId())
    const { wrappedKey } = await house.store.db.person.findUniqueOrThrow({ where: { id: personId } })
    const [event] = await eventsOf(house.store.db, { enrolmentId: second.enrolmentId })
    const drawer = house.store.vault.drawer(personId, wrappedKey ?? new Uint8Array())
    expect(drawer.openText('attendance_event.why', event?.why ?? new Uint8Array())).toBe('nobody saw her')
  })

  it('into another programme brings that enrolment to whoever is a worker here already', async () => {
    const first = await invited(house, coordinator, prague, worker('Lenka'))
    const lenka = newChat()
    await lenka.writes(`/join ${first.code}`)
    const [next = ''] = (await programmeWith(house, coordinator, ['Next year'])).groups
    const again = await invited(house, coordinator, next, worker('Lenka Dvořáková', { joinedOn: day('2026-10-01') }))
    const enrolment = (id: string) => house.store.db.enrolment.findUniqueOrThrow({ where: { id } })
    const { personId: placeholder } = await enrolment(again.enrolmentId)
    lenka.hears()
    await lenka.writes(`/join ${again.code}`)
    expect(words(lenka.hears())[0]).toContain('You are in the group “Next year” now')
    const personId = await lenka.personId()
    for (const { enrolmentId } of [first, again]) expect((await enrolment(enrolmentId)).personId).toBe(personId)
    expect(await house.store.db.person.count({ where: { id: placeholder } })).toBe(0)
    expect((await groupOverview(house.store, coordinator, next)).people).toMatchObject([
      { name: 'Lenka Dvořáková', connectedAt: expect.any(Date) },
    ])
    await lenka.writes('menu')
    expect(words(lenka.hears())[0]).toContain('Your group: Next year.')
  })

  it('never makes one of two people who each have a chat, and stays open for whose it is', async () => {
    const one = await invited(house, coordinator, prague, worker('Anežka'))
    const other = await invited(house, coordinator, prague, worker('Olga'))
    const [anezka, olga] = [newChat(), newChat(house.slack)]
    await anezka.writes(`/join ${one.code}`)
    await olga.writes(`join ${other.code}`)
    const { code } = await inviteWorker(house, coordinator, other.enrolmentId)
    anezka.hears()
    await anezka.writes(`/join ${code}`)
    expect(words(anezka.hears())[0]).toContain('This code was used already.')
    expect(await anezka.personId()).not.toBe(await olga.personId())
    const telegram = newChat()
    await telegram.writes(`/join ${code}`)
    expect(words(telegram.hears())[0]).toContain('Welcome!')
    expect(await telegram.personId()).toBe(await olga.personId())
  })

  it('cannot be guessed: after five wrong codes none is looked at for an hour', async () => {
    const { code } = await invited(house, coordinator, prague, worker('Karel'))
    const guesser = newChat()
    for (let nth = 0; nth < 5; nth++) {
      await guesser.writes(`/join AAAA-AAA${nth + 2}`)
      house.fake.forward(10_000)
      expect(words(guesser.hears()).at(-1)).toContain('Код не подошёл')
    }
    await guesser.writes(`/join ${code}`)
    expect(words(guesser.hears()).at(-1)).toContain('Слишком много неверных кодов')
    house.fake.forward(3_600_000)
    await guesser.writes(`/join ${code}`)
    expect(words(guesser.hears()).join('\n')).toContain('Welcome!')
  })

  it('takes nobody away from the consultant who answers them', async () => {
    const { code } = await invited(house, coordinator, prague, worker('Alena'))
    const client = newChat()
    await client.writes('/start')
    await client.presses('English')
    await client.presses(house.mind.words.say('en', 'hotline:notice.options.agree'))
    await client.writes('/human')
    client.hears()
    await client.writes(`/join ${code}`)
    expect(words(client.hears()).at(-1)).toContain('You have an open question with us in this chat.')
    expect(await house.store.db.case.count({ where: { state: 'queued' } })).toBe(1)
  })
})

describe('a worker', () => {
  it('S15 sees what is kept of them, and is forgotten when they ask', async () => {
    const { code, enrolmentId } = await invited(
      house,
      coordinator,
      prague,
      worker('Canary Jelínková', { organisation: 'Most pro' }),
    )
    const me = newChat()
    await me.writes(`/join ${code}`)
    me.hears()
    await me.writes('/mydata')
    const files = me.hears().flatMap(({ file }) => (file ? [file] : []))
    expect(files.map(({ content }) => Buffer.from(content).toString()).join('\n')).toContain('Canary Jelínková')
    const personId = await me.personId()
    await me.writes('/erase')
    await me.presses(house.mind.words.say('en', 'common:yes'))
    expect(await house.store.db.enrolment.count({ where: { id: enrolmentId } })).toBe(0)
    expect(await house.store.db.person.findUnique({ where: { id: personId } })).toMatchObject({ role: 'client' })
  })
})
