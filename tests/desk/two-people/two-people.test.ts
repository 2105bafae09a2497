/** Acts that need two people: what one asks for, another decides, and nobody alone. */
// Long: one house for all these stories: starting it takes longer than telling them.
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { invite } from '../../../bot/console/invitations.js'
import { STAFF_ROLES, type StaffRole } from '../../../bot/desk/access.js'
import { brokenLink } from '../../../bot/desk/audit.js'
import { claim } from '../../../bot/desk/claiming.js'
import { askUnfreeze, openBreach, reportBreach } from '../../../bot/desk/two-people/breach.js'
import { decide } from '../../../bot/desk/two-people/decide.js'
import { askExport, downloadExport } from '../../../bot/desk/two-people/export.js'
import { APPROVAL_LIVES_MS } from '../../../bot/desk/two-people/kinds.js'
import { endApprovals } from '../../../bot/desk/two-people/lapse.js'
import { askLifetime } from '../../../bot/desk/two-people/lifetimes.js'
import { alertsFor, approvalsFor } from '../../../bot/desk/two-people/list.js'
import { askReveal, showIdentity } from '../../../bot/desk/two-people/reveal.js'
import { readShortened, writeShortened } from '../../../bot/store/shortened.js'
import { newClient, type OpenDesk, openDesk } from '../../console/desk-house.js'

let desk: OpenDesk
beforeAll(async () => {
  desk = await openDesk()
})
beforeEach(async () => {
  await desk.store.sql('delete from breach')
  await desk.store.sql('delete from approval')
})
afterAll(() => desk.end())

async function staff(role: StaffRole = 'consultant', skills = ['social', 'lawyer']) {
  const token = await invite(desk.store, { role, language: 'ru', now: desk.clock() })
  const { staff: row } = await desk.store.db.invitation.findUniqueOrThrow({
    where: { tokenHash: new Uint8Array(desk.store.vault.hash('invitation', token)) },
    include: { staff: true },
  })
  return desk.store.db.staff.update({ where: { id: row.id }, data: { skills } })
}

/** A colleague who can be told in their own chat. Returns the keys of what they were told. */
async function reachable(colleague: Awaited<ReturnType<typeof staff>>) {
  const account = await newClient(desk)
  await desk.store.db.staff.update({ where: { id: colleague.id }, data: { personId: account.personId } })
  return async () => {
    const { wrappedKey } = await desk.store.db.person.findUniqueOrThrow({ where: { id: account.personId } })
    const drawer = desk.store.vault.drawer(account.personId, wrappedKey ?? new Uint8Array())
    const where = { conversationId: account.conversationId, direction: 'out' }
    const rows = await desk.store.db.message.findMany({ where, orderBy: { id: 'asc' } })
    return rows.flatMap(({ body }) => (body ? drawer.openText('message.body', body) : [])).join('\n')
  }
}

const WHY = { reason: 'life', words: 'звонок скорой' }
const refused = (code: string) => ({ code })
async function lastApproval() {
  const found = await desk.store.db.approval.findFirstOrThrow({ orderBy: { askedAt: 'desc' } })
  desk.forward(1) // the next one is later
  return found
}
const actions = async () => {
  const rows = await desk.store.db.audit.findMany({ orderBy: { id: 'desc' }, take: 3 })
  return rows.map(({ action, object }) => `${action} ${object}`)
}

async function claimed(about: Parameters<Awaited<ReturnType<typeof newClient>>['asksForHuman']>[0] = {}) {
  const owner = await staff()
  const client = await newClient(desk, `canary-${randomUUID()}`)
  const code = await client.asksForHuman({ language: 'ru', ...about })
  await claim(desk.house, code, owner)
  return { owner, client, code }
}

describe('who a client is', () => {
  it('S08 S41 is shown to whoever has the case when another agrees, and each look is recorded', async () => {
    const { owner, client, code } = await claimed()
    const boss = await staff('supervisor')
    await expect(showIdentity(desk.house, code, owner)).rejects.toMatchObject(refused('noApproval'))
    await askReveal(desk.house, code, owner, WHY)
    await expect(showIdentity(desk.house, code, owner)).rejects.toMatchObject(refused('noApproval'))
    await decide(desk.house, boss, (await lastApproval()).id, 'approve')
    const shown = { addresses: [{ channel: 'telegram', id: client.address }], phone: null }
    expect(await showIdentity(desk.house, code, owner)).toEqual(shown)
    expect(await showIdentity(desk.house, code, owner)).toEqual(shown)
    expect(await actions()).toEqual([
      `identity.shown ${code}`,
      `identity.shown ${code}`,
      `approval.approve reveal ${code}`,
    ])
    // Nothing else in the house shows it, and nobody else sees it.
    await expect(showIdentity(desk.house, code, boss)).rejects.toMatchObject(refused('caseTaken'))
    const rows = JSON.stringify((await desk.store.db.audit.findMany()).map(({ object }) => object))
    expect(rows).not.toContain(client.address)
    expect(rows).not.toContain(WHY.words)
    expect(await brokenLink(desk.store)).toBeUndefined()
  })

  it('S08 shows the phone too, when one was given', async () => {
    const { owner, client, code } = await claimed()
    const { id, personId } = await desk.store.db.case.findUniqueOrThrow({ where: { code } })
    const { wrappedKey } = await desk.store.db.person.findUniqueOrThrow({ where: { id: client.personId } })
    const phone = desk.store.vault.drawer(personId, wrappedKey ?? new Uint8Array()).seal('call.phone', '+79990001122')
    await desk.store.db.call.create({ data: { caseId: id, state: 'given', phone, askedById: owner.id } })
    await askReveal(desk.house, code, owner, WHY)
    await decide(desk.house, await staff('administrator'), (await lastApproval()).id, 'approve')
    expect(await showIdentity(desk.house, code, owner)).toMatchObject({ phone: '+79990001122' })
  })

  it('S08 is decided by nobody for themselves, whatever their role', async () => {
    const client = await newClient(desk)
    const code = await client.asksForHuman({ language: 'ru' })
    const boss = await staff('supervisor')
    await claim(desk.house, code, boss)
    await askReveal(desk.house, code, boss, WHY)
    const { id } = await lastApproval()
    for (const verdict of ['approve', 'refuse'] as const)
      await expect(decide(desk.house, boss, id, verdict)).rejects.toMatchObject(refused('ownRequest'))
    await expect(decide(desk.house, await staff(), id, 'approve')).rejects.toMatchObject(refused('notAllowed'))
    expect(await desk.store.db.approval.findUnique({ where: { id } })).toMatchObject({ state: 'asked' })
    await expect(showIdentity(desk.house, code, boss)).rejects.toMatchObject(refused('noApproval'))
  })

  it('S08 needs a reason from the list and words, by whoever has the case or looks after those at risk', async () => {
    const { owner, code } = await claimed()
    const ask = (who: typeof owner, why = WHY) => askReveal(desk.house, code, who, why)
    await expect(ask(owner, { ...WHY, reason: 'curious' })).rejects.toMatchObject(refused('badReason'))
    await expect(ask(owner, { ...WHY, words: ' \n ' })).rejects.toMatchObject(refused('noReason'))
    await expect(ask(owner, { ...WHY, words: 'я'.repeat(1001) })).rejects.toMatchObject(refused('tooLong'))
    await expect(ask(await staff())).rejects.toMatchObject(refused('caseTaken'))
    await expect(ask(await staff('administrator'))).rejects.toMatchObject(refused('notAllowed'))
    await ask(await staff('consultant', ['safeguarding']))
    await expect(ask(owner), 'one question is enough').rejects.toMatchObject(refused('askedAlready'))
    const { words } = await lastApproval()
    expect(Buffer.from(words).toString('utf8')).not.toContain(WHY.words)
  })

  it('S08 goes to whoever asked, not to the next who has the case; and not after they may not ask any more', async () => {
    const { owner, code } = await claimed()
    const boss = await staff('supervisor')
    await askReveal(desk.house, code, owner, WHY)
    await decide(desk.house, boss, (await lastApproval()).id, 'approve')
    const next = await staff()
    await desk.store.db.case.update({ where: { code }, data: { ownerId: next.id } })
    await expect(showIdentity(desk.house, code, next)).rejects.toMatchObject(refused('noApproval'))
    await expect(showIdentity(desk.house, code, owner)).rejects.toMatchObject(refused('caseTaken'))
    await askReveal(desk.house, code, next, WHY)
    await desk.store.db.staff.update({ where: { id: next.id }, data: { disabledAt: desk.clock() } })
    const { id } = await lastApproval()
    await expect(decide(desk.house, boss, id, 'approve')).rejects.toMatchObject(refused('approvalOver'))
    await decide(desk.house, boss, id, 'refuse')
  })

  it('S08 lapses a day after it was asked, and a day after it was agreed to', async () => {
    const { owner, code } = await claimed()
    const boss = await staff('supervisor')
    const told = await reachable(owner)
    await askReveal(desk.house, code, owner, WHY)
    const { id } = await lastApproval()
    desk.forward(APPROVAL_LIVES_MS)
    await expect(decide(desk.house, boss, id, 'approve')).rejects.toMatchObject(refused('approvalOver'))
    expect(await endApprovals({ ...desk.house, log: silent })).toBe(1)
    expect(await endApprovals({ ...desk.house, log: silent })).toBe(0)
    expect(await told()).toContain('никто не решил')
    expect((await actions())[0]).toBe(`approval.lapse reveal ${code}`)

    await askReveal(desk.house, code, owner, WHY)
    await decide(desk.house, boss, (await lastApproval()).id, 'approve')
    desk.forward(APPROVAL_LIVES_MS - 1)
    await showIdentity(desk.house, code, owner)
    desk.forward(1)
    await expect(showIdentity(desk.house, code, owner)).rejects.toMatchObject(refused('noApproval'))
    await endApprovals({ ...desk.house, log: silent })
    expect(await lastApproval()).toMatchObject({ state: 'used' })
  })

  it('S43 of a case that needs training is asked of those who may know of it, its words of those who may read it', async () => {
    const owner = await staff('consultant', ['trafficking'])
    const code = await (await newClient(desk)).asksForHuman({ language: 'ru', topic: 'trafficking-violence' })
    await desk.store.db.case.update({ where: { code }, data: { need: 'trafficking' } })
    await claim(desk.house, code, owner)
    await askReveal(desk.house, code, owner, WHY)
    const wordsFor = async (who: typeof owner) => {
      const rows = await approvalsFor(desk.store, who, desk.clock())
      return rows.map(({ words, reason }) => `${reason}: ${words}`)
    }
    expect(await wordsFor(await staff('supervisor', ['trafficking']))).toEqual([`life: ${WHY.words}`])
    expect(await wordsFor(await staff('supervisor'))).toEqual(['life: undefined'])
    expect(await wordsFor(await staff('administrator'))).toEqual(['life: undefined'])
  })

  it('S08 S15 is asked for no more when the client has erased the case', async () => {
    const { owner, code } = await claimed()
    await askReveal(desk.house, code, owner, WHY)
    const { id } = await lastApproval()
    await desk.store.db.case.delete({ where: { code } })
    expect(await desk.store.db.approval.count()).toBe(0)
    await expect(decide(desk.house, await staff('supervisor'), id, 'approve')).rejects.toMatchObject(
      refused('approvalOver'),
    )
  })

  it('tells those who may decide, then whoever asked', async () => {
    const { owner, code } = await claimed()
    const boss = await staff('supervisor')
    const [toBoss, toOwner, toColleague] = [
      await reachable(boss),
      await reachable(owner),
      await reachable(await staff()),
    ]
    await askReveal(desk.house, code, owner, WHY)
    expect(await toBoss()).toContain(`кто клиент обращения ${code}`)
    expect(await toColleague()).toBe('')
    expect((await alertsFor(desk.store, boss, desk.clock())).waiting).toBe(1)
    expect((await alertsFor(desk.store, owner, desk.clock())).waiting).toBe(0)
    await decide(desk.house, boss, (await lastApproval()).id, 'refuse')
    expect(await toOwner()).toContain('отвечает «нет»')
    expect((await alertsFor(desk.store, boss, desk.clock())).waiting).toBe(0)
  })

  it('S08 is decided once, when two decide at the same moment', async () => {
    const { owner, code } = await claimed()
    await askReveal(desk.house, code, owner, WHY)
    const { id } = await lastApproval()
    const both = [await staff('supervisor'), await staff('administrator')]
    const ends = await Promise.allSettled([
      decide(desk.house, both[0] ?? owner, id, 'approve'),
      decide(desk.house, both[1] ?? owner, id, 'refuse'),
    ])
    expect(ends.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
  })
})

const silent = { info: () => undefined, warn: () => undefined }
const EXPORT = { from: '2026-11-01', to: '2026-12-31', reason: 'report', words: 'отчёт за квартал' }

describe('an export of cases', () => {
  it('S37 is agreed to by another, has codes and days and no word, and is downloaded once', async () => {
    const boss = await staff('supervisor')
    const { code } = await claimed({ said: 'канарейка', topic: 'employment-rights' })
    await askExport(desk.house, boss, EXPORT)
    const { id } = await lastApproval()
    await expect(downloadExport(desk.house, boss, id)).rejects.toMatchObject(refused('noApproval'))
    await expect(decide(desk.house, boss, id, 'approve')).rejects.toMatchObject(refused('ownRequest'))
    const second = await staff('supervisor')
    await decide(desk.house, second, id, 'approve')
    await expect(downloadExport(desk.house, second, id)).rejects.toMatchObject(refused('noApproval'))
    const { rows } = await downloadExport(desk.house, boss, id)
    const row = rows.find((each) => each.code === code)
    expect(row).toMatchObject({
      country: 'RU',
      language: 'ru',
      topic: 'employment-rights',
      lawyer: true,
      closed: null,
    })
    expect(JSON.stringify(rows)).not.toMatch(/канарейка|canary/)
    expect((await actions())[0]).toBe('export.download 2026-11-01/2026-12-31')
    await expect(downloadExport(desk.house, boss, id)).rejects.toMatchObject(refused('noApproval'))
  })

  it('S37 S42 S43 does not tell which case is of a child or of trafficking', async () => {
    const boss = await staff('supervisor', ['social', 'safeguarding', 'trafficking'])
    const asks = async (need: string) => {
      const code = await (await newClient(desk)).asksForHuman({ language: 'ru', topic: 'children' })
      await desk.store.db.case.update({ where: { code }, data: { need } })
      return code
    }
    const codes = [await asks('trafficking'), await asks('safeguarding')]
    await askExport(desk.house, boss, EXPORT)
    await decide(desk.house, await staff('administrator'), (await lastApproval()).id, 'approve')
    const { rows } = await downloadExport(desk.house, boss, (await lastApproval()).id)
    for (const code of codes)
      expect(rows.find((each) => each.code === code)).toMatchObject({ topic: null, lawyer: false })
  })

  it('S37 holds what its asker may read: of their own centre', async () => {
    const boss = await staff('supervisor')
    await desk.store.db.centre.createMany({
      data: ['moscow', 'prague'].map((id) => ({
        id,
        country: 'RU',
        timeZone: 'Europe/Moscow',
        languages: ['ru'],
        hours: {},
      })),
      skipDuplicates: true,
    })
    const { code } = await claimed()
    await desk.store.db.case.update({ where: { code }, data: { centreId: 'prague' } })
    await desk.store.db.staff.update({ where: { id: boss.id }, data: { centreId: 'moscow' } })
    await askExport(desk.house, boss, EXPORT)
    await decide(desk.house, await staff('administrator'), (await lastApproval()).id, 'approve')
    const { rows } = await downloadExport(desk.house, boss, (await lastApproval()).id)
    expect(rows.map((each) => each.code)).not.toContain(code)
  })

  it.each([
    ['2026-12-02', '2026-12-01'],
    ['2025-01-01', '2026-12-01'],
    ['2026-13-01', '2026-13-02'],
    ['', ''],
    ['2026-01-01/2020-01-01', '2026-02-01'],
  ])('is refused for the days %s to %s', async (from, to) => {
    const boss = await staff('supervisor')
    await expect(askExport(desk.house, boss, { ...EXPORT, from, to })).rejects.toMatchObject(refused('badPeriod'))
  })
})

describe('how long things are kept', () => {
  it('S37 changes when another agrees, shorter and back, never longer', async () => {
    const [admin, boss] = [await staff('administrator'), await staff('supervisor')]
    const why = { reason: 'safety', words: 'так безопаснее' }
    const ask = (name: string, days: number | null) => askLifetime(desk.house, admin, { name, days, ...why })
    await ask('message', 7)
    const { id } = await lastApproval()
    await expect(decide(desk.house, admin, id, 'approve')).rejects.toMatchObject(refused('ownRequest'))
    expect(await readShortened(desk.store.sql)).toEqual({})
    await decide(desk.house, boss, id, 'approve')
    expect(await readShortened(desk.store.sql)).toEqual({ message: 7 })
    expect((await actions()).slice(0, 2)).toEqual([
      'approval.approve lifetimes message=7',
      'lifetimes.change message=7',
    ])
    for (const days of [0, -1, 1.5, 30, 31, Number.NaN, 7])
      await expect(ask('message', days), String(days)).rejects.toMatchObject(refused('badLifetime'))
    for (const name of ['audit', 'backup', 'toString', ''])
      await expect(ask(name, 1), name).rejects.toMatchObject(refused('badLifetime'))
    await ask('message', null)
    await decide(desk.house, boss, (await lastApproval()).id, 'approve')
    expect(await readShortened(desk.store.sql)).toEqual({})
    await expect(askLifetime(desk.house, boss, { name: 'case', days: 5, ...why })).rejects.toMatchObject(
      refused('notAllowed'),
    )
  })

  it('S37 stays as promised when the setting is not ours', async () => {
    await expect(writeShortened(desk.store.sql, { message: 31 })).rejects.toThrow()
    for (const value of ['{"message": 3000}', 'nonsense', '{"audit": 1}', '[]']) {
      await desk.store.sql(
        `insert into setting (name, value) values ('lifetimes', $1) on conflict (name) do update set value = excluded.value`,
        [value],
      )
      expect(await readShortened(desk.store.sql), value).toEqual({})
    }
    await desk.store.sql(`delete from setting where name = 'lifetimes'`)
  })
})

describe('a breach', () => {
  it('S47 is written down with its time, calls whoever can act, and stops what leaves the house', async () => {
    const { owner, code } = await claimed()
    const [boss, admin, called] = [await staff('supervisor'), await staff('administrator'), await staff()]
    await desk.store.db.staff.update({ where: { id: called.id }, data: { onCall: true } })
    const [toAdmin, toCalled, toOwner] = [await reachable(admin), await reachable(called), await reachable(owner)]
    await askReveal(desk.house, code, owner, WHY)
    const asked = await lastApproval()
    await askExport(desk.house, boss, EXPORT)
    const exported = await lastApproval()
    await decide(desk.house, admin, exported.id, 'approve')

    await expect(reportBreach(desk.house, owner, 'ноутбук')).rejects.toMatchObject(refused('notAllowed'))
    await reportBreach(desk.house, boss, 'украли ноутбук')
    const open = await openBreach(desk.store)
    expect(open).toMatchObject({ at: desk.clock(), words: 'украли ноутбук' })
    expect(open?.deadline.getTime()).toBe(desk.clock().getTime() + 72 * 3_600_000)
    for (const told of [toAdmin, toCalled]) expect(await told()).toContain('возможно, утечка')
    expect(await toOwner()).toBe('')
    expect((await actions())[0]).toMatch(/^breach.report \d+$/)
    expect((await alertsFor(desk.store, admin, desk.clock())).frozenSince).toEqual(desk.clock())

    const frozen = refused('frozen')
    await expect(downloadExport(desk.house, boss, exported.id)).rejects.toMatchObject(frozen)
    await expect(decide(desk.house, admin, asked.id, 'approve')).rejects.toMatchObject(frozen)
    await expect(askExport(desk.house, boss, { ...EXPORT, from: '2026-11-02' })).rejects.toMatchObject(frozen)
    await expect(showIdentity(desk.house, code, owner)).rejects.toMatchObject(frozen)
    await expect(reportBreach(desk.house, admin, 'ещё раз')).rejects.toMatchObject(refused('breachAlready'))
    // No is always possible.
    await decide(desk.house, admin, asked.id, 'refuse')
  })

  it('S47 is over when two people say so', async () => {
    const [boss, admin] = [await staff('supervisor'), await staff('administrator')]
    await expect(askUnfreeze(desk.house, boss, { reason: 'mended', words: 'x' })).rejects.toMatchObject(
      refused('noBreach'),
    )
    await reportBreach(desk.house, boss, 'чужой в группе')
    await askUnfreeze(desk.house, boss, { reason: 'falseAlarm', words: 'это был коллега' })
    const { id } = await lastApproval()
    await expect(decide(desk.house, boss, id, 'approve')).rejects.toMatchObject(refused('ownRequest'))
    expect(await openBreach(desk.store)).toBeDefined()
    await decide(desk.house, admin, id, 'approve')
    expect(await openBreach(desk.store)).toBeUndefined()
    await askExport(desk.house, boss, EXPORT)
    expect(await brokenLink(desk.store)).toBeUndefined()
  })
})

it('S31 S37 lets each role ask and decide what the one table of access says, and no other', async () => {
  // Whoever looks after workers has no part in what two people do about clients.
  const NOT_THEIRS = { coordinator: false, trainer: false }
  const may: Record<string, Record<StaffRole, boolean>> = {
    export: { consultant: false, supervisor: true, administrator: false, ...NOT_THEIRS },
    lifetimes: { consultant: false, supervisor: false, administrator: true, ...NOT_THEIRS },
    breach: { consultant: false, supervisor: true, administrator: true, ...NOT_THEIRS },
    decide: { consultant: false, supervisor: true, administrator: true, ...NOT_THEIRS },
  }
  for (const role of STAFF_ROLES) {
    const who = await staff(role)
    const asking: Record<string, () => Promise<unknown>> = {
      export: () => askExport(desk.house, who, EXPORT),
      lifetimes: () => askLifetime(desk.house, who, { name: 'case', days: 9, reason: 'law', words: 'x' }),
      decide: () => decide(desk.house, who, randomUUID(), 'refuse'),
      breach: () => reportBreach(desk.house, who, 'x'),
    }
    for (const [what, ask] of Object.entries(asking)) {
      const code = await ask().then(
        () => 'done',
        (error: { code: string }) => error.code,
      )
      expect(code === 'notAllowed', `${role} ${what}: ${code}`).toBe(!may[what]?.[role])
    }
    await desk.store.sql('delete from breach')
    await desk.store.sql('delete from approval')
  }
})
