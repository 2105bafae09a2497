/** Materials of the modules: which links are taken, which language is shown, and how a coordinator changes them. */
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { httpsLink, linksOf, type Material, materialsOf, titleIn } from '../../bot/programme/materials/materials.js'
import type { Language } from '../../bot/text/languages.js'
import { type DeskHouse, signIn } from '../console/desk-house.js'
import { type TestHouse, testHouse } from '../house.js'
import { SERVED, servedDatabase } from '../store/databases.js'
import { chat, newGroup, newWorker } from './reports/world.js'

describe('a link', () => {
  it.each([
    ['https://example.org/zákoník-práce.pdf', 'https://example.org/z%C3%A1kon%C3%ADk-pr%C3%A1ce.pdf'],
    ['https://право.example/курс?a=1#b', 'https://xn--80ae0bbf.example/%D0%BA%D1%83%D1%80%D1%81?a=1#b'],
    ['HTTPS://Example.org', 'https://example.org/'],
  ])('%s is taken as it is opened', (text, opened) => {
    expect(httpsLink(text)).toBe(opened)
    expect(httpsLink(opened)).toBe(opened)
  })

  it.each([
    'http://example.org',
    'example.org/a',
    'javascript:alert(1)',
    'java\nscript:alert(1)',
    'data:text/html,<script>alert(1)</script>',
    'https://me:secret@example.org/',
    'https://me@example.org/',
    'https://localhost/',
    'https://',
    'https://example.org/a https://example.org/b',
    `https://example.org/${'a'.repeat(400)}`,
    '',
  ])('%s is not taken', (text) => {
    expect(httpsLink(text)).toBeUndefined()
  })
})

describe('the language of a material', () => {
  const link = (language: string) => ({ title: `Title ${language}`, url: `https://example.org/${language}` })
  const shown = (language: Language, ...given: string[]) => {
    const links = Object.fromEntries(given.map((each) => [each, link(each)]))
    const material: Material = { id: randomUUID(), module: 2, links }
    return linksOf(language, [material], 2).map((each) => titleIn(language, each))
  }
  it.each<[Language, string[], string]>([
    ['cs', ['en', 'cs'], 'Title cs'],
    ['cs', ['ru', 'en'], 'Title en (English)'],
    ['uk', ['en', 'ru', 'cs'], 'Title ru (Русский)'],
    ['uk', ['cs'], 'Title cs (Čeština)'],
    ['tg', ['cs', 'ru'], 'Title ru (Русский)'],
    ['en', ['uk'], 'Title uk (Українська)'],
  ])('for a reader of %s, of %s, is one that they may read, and it is said which', (language, given, title) => {
    expect(shown(language, ...given)).toEqual([title])
  })
})

describe('the page of the materials', () => {
  let house: TestHouse
  let boss: Awaited<ReturnType<typeof signIn>>
  let other: Awaited<ReturnType<typeof signIn>>
  beforeAll(async () => {
    house = await testHouse({ now: '2026-11-10T09:00:00Z', ...(SERVED ? { database: servedDatabase } : {}) })
    const desk = { ...house, clock: house.fake.now } as unknown as DeskHouse
    boss = await signIn(desk, { role: 'coordinator' })
    other = await signIn(desk, { role: 'coordinator', language: 'cs' })
  })
  afterAll(() => house.end())

  type Group = { programmeId: string }
  const pathOf = ({ programmeId }: Group) => `/desk/programmes/${programmeId}/materials`
  const kept = ({ programmeId }: Group) => materialsOf(house.store.db, programmeId)
  const seenBy = async (group: Group) =>
    /name="seen" value="(\d+)"/.exec((await boss.get(pathOf(group))).body)?.[1] ?? ''
  const LAW = { module: '2', 'title.cs': 'Zákoník práce', 'url.cs': 'https://example.org/zakonik' }
  const post = async (group: Group, fields: Record<string, string>, { who = boss, path = '', seen = '' } = {}) =>
    who.post(`${pathOf(group)}${path}`, { seen: seen || (await seenBy(group)), ...fields })

  it('adds, changes and takes away, and goes back with one press', async () => {
    const group = await newGroup(house.store)
    expect((await post(group, LAW)).statusCode).toBe(303)
    const [first] = await kept(group)
    expect(first).toMatchObject({ module: 2, links: { cs: { title: 'Zákoník práce', url: LAW['url.cs'] } } })
    const id = first?.id ?? ''
    const both = { ...LAW, id, 'title.en': ' Labour  code\u202E', 'url.en': 'https://example.org/code' }
    expect((await post(group, both)).statusCode).toBe(303)
    // Nothing else, nothing new
    await post(group, both)
    expect(await kept(group)).toEqual([
      { ...first, links: { ...first?.links, en: { title: 'Labour code', url: 'https://example.org/code' } } },
    ])
    const page = (await boss.get(pathOf(group))).body
    expect(page).toContain(
      '<a href="https://example.org/code" lang="en" target="_blank" rel="noopener noreferrer">Labour code</a>',
    )
    expect(page).toMatch(/Module 2: <del>Zákoník práce .*<\/del> → <ins>Labour code .*, Zákoník práce .*<\/ins>/)
    expect((await post(group, { id }, { path: '/remove' })).statusCode).toBe(303)
    expect(await kept(group)).toEqual([])
    expect((await post(group, { id }, { path: '/remove' })).statusCode).toBe(404)
    expect((await post(group, { number: '2' }, { path: '/back' })).statusCode).toBe(303)
    expect(await kept(group)).toHaveLength(1)
    const acts = await house.store.db.audit.findMany({ where: { object: group.programmeId } })
    expect(acts.map(({ action }) => action)).toEqual(Array(4).fill('programme.materials'))
  })

  it('says beside each field what is wrong, keeps what was written, and saves nothing', async () => {
    const group = await newGroup(house.store)
    const wrong = {
      module: '3',
      ...{ 'title.cs': '<b>Zákon</b>', 'url.cs': 'javascript:alert(1)' },
      'url.en': 'https://example.org/',
    }
    const answer = await post(group, wrong, { who: other })
    expect(answer.statusCode).toBe(422)
    expect(answer.body).toContain('Celý odkaz, který začíná https://')
    expect(answer.body).toContain('Název, nejvýše 80 znaků.')
    expect(answer.body).toContain('value="&lt;b&gt;Zákon&lt;/b&gt;"')
    expect(answer.body.match(/aria-invalid/g)).toHaveLength(2)
    expect(answer.body).not.toContain('href="javascript')
    const none = await post(group, { module: '3' }, { who: other })
    expect(none.statusCode).toBe(422)
    expect(none.body).toContain('Název a odkaz aspoň v jednom jazyce.')
    for (const module of ['0', '8', 'x']) expect((await post(group, { ...LAW, module })).statusCode).toBe(422)
    expect(await kept(group)).toEqual([])
  })

  it('takes five for a module, and a colleague’s change is never written over', async () => {
    const group = await newGroup(house.store)
    for (let n = 0; n < 5; n++) expect((await post(group, LAW)).statusCode).toBe(303)
    const sixth = await post(group, LAW)
    expect(sixth.statusCode).toBe(409)
    expect(sixth.body).toContain('A module has 5 materials at most.')
    expect((await post(group, { ...LAW, module: '1' })).statusCode).toBe(303)
    const id = (await kept(group))[0]?.id ?? ''
    await post(group, { id }, { path: '/remove' })
    // Somebody took it away while it was being changed: the words are offered as a new one
    const late = await post(group, { ...LAW, id, 'title.cs': 'Nový název' }, { who: other, seen: '6' })
    expect(late.statusCode).toBe(404)
    expect(late.body).toContain('value="Nový název"')
    const second = await post(group, { ...LAW, 'title.cs': 'Druhý' }, { who: other, seen: '6' })
    expect(second.statusCode).toBe(409)
    expect(second.body).toContain('Mezitím to změnil někdo z kolegů')
    expect(second.body).toContain('value="Druhý"')
    expect(await kept(group)).toHaveLength(5)
  })

  it('is read by workers in their menu, in the language that there is', async () => {
    const group = await newGroup(house.store)
    await post(group, LAW)
    await post(group, { ...LAW, module: '5', 'title.cs': 'Other' })
    await house.store.db.trainingSession.create({
      data: {
        ...{ groupId: group.id, module: 2 },
        ...{ startsAt: new Date('2026-12-01T08:00:00Z'), endsAt: new Date('2026-12-01T16:00:00Z') },
      },
    })
    const menuOf = async (language: string) => {
      const me = chat(house, (await newWorker(house.store, group.id, { language })).address)
      return (await me.says('/worker')).at(-1)?.text
    }
    expect(await menuOf('cs')).toMatch(/9:00\.\n\nK přípravě:\n• Zákoník práce: https:\/\/example\.org\/zakonik$/)
    expect(await menuOf('uk')).toContain('• Zákoník práce (Čeština): https://example.org/zakonik')
  })
})
