/** What a worker sees of their duties in the chat, and the certificate that comes when everything is done. */
import { extractText, getDocumentProxy } from 'unpdf'
import { describe, expect, it } from 'vitest'
import { codeOf, spelled } from '../../../bot/programme/duties/codes.js'
import { dutiesOf } from '../../../bot/programme/duties/read.js'
import type { TestHouse } from '../../house.js'
import { everything } from '../../people/everything.js'
import { chat } from '../reports/world.js'
import { fulfilled, programmeGroup, report, session, somebody, was } from './world.js'

export const chatStories = (house: () => TestHouse) =>
  describe('duties in the chat', () => {
    const pdfText = async (content: Uint8Array) =>
      (await extractText(await getDocumentProxy(new Uint8Array(content)), { mergePages: true })).text

    const fileOf = async (personId: string, mime = 'application/pdf') => {
      const { store, files } = house()
      const { wrappedKey } = await store.db.person.findUniqueOrThrow({ where: { id: personId } })
      const { id } = await store.db.file.findFirstOrThrow({ where: { personId, mime }, orderBy: { createdAt: 'desc' } })
      return (await files.read(id, store.vault.drawer(personId, wrappedKey ?? new Uint8Array()))) ?? new Uint8Array()
    }

    it('say what is done and what is missing, with the next day of a module and the ways on', async () => {
      const group = await programmeGroup(house(), { name: 'Brno 1' })
      const other = await house().store.db.programmeGroup.create({
        data: { programmeId: group.programmeId, name: 'Prague 2', timeZone: 'Europe/Prague' },
      })
      const held = await session(house(), group.id, 1, '2026-11-06')
      await session(house(), other.id, 1, '2026-12-04', false)
      const who = await somebody(house(), group.id)
      await was(house(), who, held.id, 'excused')
      const [board, more] = await chat(house(), who.address).says('/duties')
      expect(more).toBeUndefined()
      expect(board?.text).toBe(
        [
          'Here is how far you are.\n',
          '🕗 0 of 16 hours of training',
          '📘 No module attended yet',
          '📝 Reports approved: 0 of 1 months',
          '💬 Feedback from clients: 0\n',
          'Still to do:',
          '• Module 1: excused, it can be made up with another group (next day: 4 Dec 2026, Prague 2)',
          '• Module 2: still ahead',
          '• October 2026: the report is not sent yet',
          '• Feedback from 1 more client\n',
          'Step by step is just right. If something here is not true, tell your coordinator.',
        ].join('\n'),
      )
      expect(board?.buttons?.flat().map(({ label }) => label)).toEqual(['Monthly report', 'Check in', 'Show my menu'])
    })

    it('count a sent report when it is approved, and offer nothing to do about it meanwhile', async () => {
      const group = await programmeGroup(house())
      const sessions = [
        await session(house(), group.id, 1, '2026-11-06'),
        await session(house(), group.id, 2, '2026-11-13'),
      ]
      const who = await somebody(house(), group.id, { language: 'cs' })
      for (const { id } of sessions) await was(house(), who, id, 'present')
      await report(house(), who, 'submitted')
      const me = chat(house(), who.address)
      const [board] = await me.says('/duties')
      expect(board?.text).toContain('• říjen 2026: výkaz je odeslaný, koordinátor se na něj dívá')
      expect(board?.buttons?.flat()).toHaveLength(1)
      expect(await house().store.db.certificate.count({ where: { personId: who.personId } })).toBe(0)
    })

    it('hand over the certificate when everything is done: once, the same each time, every letter as it is', async () => {
      const group = await programmeGroup(house())
      const sessions = [
        await session(house(), group.id, 1, '2026-11-06'),
        await session(house(), group.id, 2, '2026-11-13'),
      ]
      const name = 'Žofie Ґудзь Әбдіғали'
      const who = await fulfilled(house(), group.id, sessions, { name, language: 'uk', organisation: 'Čtyřlístek' })
      const me = chat(house(), who.address)
      const [board, paper] = await me.says('/duties')
      expect(board?.text).toContain('Ви зробили все.')
      expect(paper?.text).toContain('Ось ваш сертифікат.')
      expect(paper?.file).toMatchObject({ name: 'сертифікат.pdf', mime: 'application/pdf' })
      const row = await house().store.db.certificate.findFirstOrThrow({ where: { personId: who.personId } })
      expect(row).toMatchObject({ hours: 16, modules: 2, language: 'uk', issuedById: null })
      const text = await pdfText(await fileOf(who.personId))
      const { name: programme } = await house().store.db.programme.findUniqueOrThrow({ where: { id: row.programmeId } })
      const code = spelled(codeOf(house().store.vault, row.id))
      for (const words of [name, 'Čtyřlístek', programme, 'Очне навчання: 16 год', code]) expect(text).toContain(words)
      expect(text).toContain('Модулі: 2 із 2')
      await me.says('/duties')
      expect(await pdfText(await fileOf(who.personId))).toContain(code)
      expect(await house().store.db.certificate.count({ where: { personId: who.personId } })).toBe(1)
      const issued = await house().store.db.audit.findMany({ where: { object: row.id } })
      expect(issued.map(({ action, staffId }) => [action, staffId])).toEqual([['certificate.issue', null]])
      expect(await everything(house())).not.toContain(code)
    })

    it('are gone with the person, and stand in what they take with them', async () => {
      const group = await programmeGroup(house())
      const sessions = [
        await session(house(), group.id, 1, '2026-11-06'),
        await session(house(), group.id, 2, '2026-11-13'),
      ]
      const who = await fulfilled(house(), group.id, sessions, { name: 'Oksana' })
      const me = chat(house(), who.address)
      await me.says('/duties')
      await me.says('/mydata')
      const data = JSON.parse(Buffer.from(await fileOf(who.personId, 'application/json')).toString())
      expect(data.certificates).toMatchObject([{ name: 'Oksana', hours: 16, modules: 2, language: 'en' }])
      await me.says('/erase')
      await me.presses('Yes')
      expect(await house().store.db.certificate.count({ where: { personId: who.personId } })).toBe(0)
    })

    it('are told to nobody who is in no programme', async () => {
      const group = await programmeGroup(house())
      const who = await somebody(house(), group.id)
      await house().store.db.enrolment.deleteMany({ where: { personId: who.personId } })
      expect((await chat(house(), who.address).says('/duties')).at(-1)?.text).toContain('You are in no programme')
    })

    it('are read with as many questions for eight people as for two', async () => {
      const group = await programmeGroup(house())
      const held = await session(house(), group.id, 1, '2026-11-06')
      const asked = async () => {
        const models: string[] = []
        const people = await house().store.transaction(async (tx) => {
          const counting = new Proxy(tx, {
            get: (target, key) => {
              models.push(String(key))
              return Reflect.get(target, key)
            },
          })
          const whose = { programmeId: group.programmeId, groupId: group.id }
          return (await dutiesOf(counting, house().store.vault, whose, house().fake.now())).people
        })
        return { models, people: people.length }
      }
      for (let nth = 0; nth < 2; nth++) await was(house(), await somebody(house(), group.id), held.id, 'present')
      const two = await asked()
      for (let nth = 0; nth < 6; nth++) await was(house(), await somebody(house(), group.id), held.id, 'present')
      expect([two.people, (await asked()).people]).toEqual([2, 8])
      expect((await asked()).models).toEqual(two.models)
    })
  })
