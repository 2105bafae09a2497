/**
 * Accidents that other products are known for, each a story of its own. Those that a channel must prevent stand with the channel
 * (deleted topics that post to the main chat, twenty messages a minute, Slack's retries and broadcasts: `tests/adapters`), the pace of
 * groups with `tests/conversation`, handing on in `handing-on.test.ts`, the survey in `transcripts/case/rating-swallows-nothing.yaml`.
 */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { claim } from '../../bot/desk/claiming.js'
import { addNote, close } from '../../bot/desk/handling.js'
import { createMirror, type MirrorHouse } from '../../bot/desk/places/mirror.js'
import { type TestHouse, testHouse } from '../house.js'
import { centre, client, colleague, group, placeOf, saidIn, settle } from './places/staffroom.js'

describe('a known accident', () => {
  let house: TestHouse
  let anna: Awaited<ReturnType<typeof colleague>>
  let me: Awaited<ReturnType<typeof client>>
  let n = 0

  beforeAll(async () => {
    house = await testHouse({ now: '2026-11-20T12:00:00Z' })
    await centre(house)
    anna = await colleague(house, 'consultant-1', { centreId: 'moscow' })
    await group(house, house.wire, '-100')
  })
  afterAll(() => house.end())
  beforeEach(async () => {
    me = await client(house, `client ${++n}`)
  })

  const texts = () => me.hears().map(({ text }) => text)

  it('the bot answers over a human: it is silent while one has the conversation', async () => {
    const code = await me.asksForHuman()
    await claim(house, code, anna)
    await settle(house)
    me.hears()
    await me.writes('сколько стоит патент в Москве?')
    await me.writes('а где делают медкомиссию?')
    expect(texts()).toEqual([])
  })

  it('the hand-off text is sent twice: an update that comes again says nothing again', async () => {
    const again = { kind: 'command', name: 'human', argument: '' } as const
    for (const nth of [1, 2])
      await house.conversation.ports.receive({
        channel: 'telegram',
        address: me.address,
        updateKey: `twice ${n}`,
        messageKey: `twice ${n}`,
        at: house.fake.now(),
        event: nth === 1 ? again : { ...again },
      })
    await me.settle()
    expect(texts().filter((text) => text.includes('Его код'))).toHaveLength(1)
  })

  it('after the return to the bot it stays silent: it asks again what it had asked, and answers', async () => {
    const code = await me.asksForHuman()
    await claim(house, code, anna)
    await close(house, code, anna, 'answered')
    await settle(house)
    expect(texts().at(-1)).toContain('Что вы хотите узнать?')
    await me.writes('сколько дней можно быть в России без регистрации?')
    expect(texts().length).toBeGreaterThan(0)
  })

  it('a note reaches the client: it is another type, and no way leads from it to the outbox', async () => {
    const code = await me.asksForHuman()
    await claim(house, code, anna)
    await settle(house)
    me.hears()
    await addNote(house, code, anna, { text: 'canary: не верю ему', requestId: 'a'.repeat(32) })
    await anna.writes(house.wire, placeOf(house.wire, code), 'canary: тоже заметка')
    await settle(house)
    expect(texts()).toEqual([])
    expect(await house.conversation.ports.history('telegram', me.address, 0)).not.toEqual(
      expect.arrayContaining([expect.objectContaining({ text: expect.stringContaining('canary') })]),
    )
  })

  it('two topics for one case on first contact: of two workers at once one opens it', async () => {
    await me.receive({ kind: 'command', name: 'human', argument: '' })
    const before = house.wire.places.size
    const second = createMirror(mirrorOf(house))
    const places = house.conversation.workers
    await Promise.all([second.drain(), ...places.map((worker) => worker.drain())])
    await settle(house)
    expect(house.wire.places.size).toBe(before + 1)
  })

  it('a group gets a new id: its cases go on there', async () => {
    await centre(house, 'astana', { country: 'KZ', city: 'Astana', timeZone: 'Asia/Almaty' })
    await group(house, house.wire, '-55', 'astana')
    const other = await client(house, `moved ${n}`, { country: 'KZ', city: 'Astana' })
    const code = await other.asksForHuman()
    await settle(house)
    expect(placeOf(house.wire, code)).toMatch(/^-55\//)
    await house.conversation.ports.receive({
      channel: 'telegram',
      address: '-55',
      updateKey: 'moved 55',
      at: house.fake.now(),
      group: true,
      event: { kind: 'moved', to: '-10055' },
    })
    house.wire.places.delete(placeOf(house.wire, code))
    await other.writes('вы здесь?')
    await settle(house)
    const place = placeOf(house.wire, code)
    expect(place).toMatch(/^-10055\//)
    expect(saidIn(house.wire, place).map(({ text }) => text)).toContain('👤 вы здесь?')
  })

  it('a group gets the id of one that was connected there already: that one goes on, and the update is over', async () => {
    await centre(house, 'osh', { country: 'KG', city: 'Osh', timeZone: 'Asia/Bishkek' })
    await group(house, house.wire, '-56', 'osh')
    await group(house, house.wire, '-10056', 'osh')
    const other = await client(house, `moved twice ${n}`, { country: 'KG', city: 'Osh' })
    await other.asksForHuman()
    await settle(house)
    await house.conversation.ports.receive({
      channel: 'telegram',
      address: '-56',
      updateKey: 'moved 56',
      at: house.fake.now(),
      group: true,
      event: { kind: 'moved', to: '-10056' },
    })
    await other.writes('вы ещё здесь?')
    await settle(house)
    const spoken = [...house.wire.places.keys()].filter((place) =>
      saidIn(house.wire, place).some(({ text }) => text === '👤 вы ещё здесь?'),
    )
    expect(spoken).toEqual([expect.stringMatching(/^-10056\//)])
    const states = await house.store.db.group.findMany({ where: { centreId: 'osh' }, orderBy: { state: 'asc' } })
    expect(states.map(({ state }) => state)).toEqual(['gone', 'open'])
  })

  it('albums are torn apart: its pictures stay together and in order', async () => {
    const code = await me.asksForHuman()
    await claim(house, code, anna)
    await settle(house)
    const photo = (ref: string) => ({ kind: 'photo' as const, mime: 'image/png', bytes: 70, ref, name: `${ref}.png` })
    await me.does(
      { kind: 'files', files: [photo('one'), photo('two'), photo('three')], text: 'мои бумаги' },
      { album: 'a1' },
    )
    await me.writes('и письмо')
    await settle(house)
    house.fake.forward(3000)
    await settle(house)
    const said = saidIn(house.wire, placeOf(house.wire, code)).slice(-4)
    expect(said.map(({ file, text }) => file?.name ?? text)).toEqual(['one.png', 'two.png', 'three.png', '👤 и письмо'])
  })

  it('a file over 20 MB vanishes without a word: its sender hears how large it may be, and what came with it is kept', async () => {
    const code = await me.asksForHuman()
    await claim(house, code, anna)
    await settle(house)
    me.hears()
    const film = (bytes: number) => ({
      kind: 'video' as const,
      mime: 'video/mp4',
      bytes,
      ref: 'film',
      name: 'film.mp4',
    })
    await me.does({ kind: 'files', files: [film(20 * 1024 * 1024 + 1)] })
    expect(texts()).toEqual(['Файл слишком большой. Пришлите, пожалуйста, файл до 20 МБ.'])
    // Not once for each picture of an album, but the next time again
    house.fake.forward(30_000)
    await me.does({ kind: 'files', files: [film(21e6)], text: 'вот что я снял' })
    expect(texts()).toEqual(['Файл слишком большой. Пришлите, пожалуйста, файл до 20 МБ.'])
    await settle(house)
    expect(saidIn(house.wire, placeOf(house.wire, code)).map(({ text }) => text)).toContain('👤 вот что я снял')
    expect(await house.store.db.file.count({ where: { personId: me.personId } })).toBe(0)
  })

  it('a second message within a second is dropped: all five arrive, in order', async () => {
    const code = await me.asksForHuman()
    await claim(house, code, anna)
    await settle(house)
    const words = ['раз', 'два', 'три', 'четыре', 'пять']
    await Promise.all(words.map((text) => me.receive({ kind: 'text', text })))
    await settle(house)
    house.fake.forward(5000)
    await settle(house)
    const said = saidIn(house.wire, placeOf(house.wire, code)).map(({ text }) => text)
    expect(said.filter((text) => words.some((word) => text === `👤 ${word}`))).toEqual(
      words.map((word) => `👤 ${word}`),
    )
  })
})

/** What the house gave its own worker. */
const mirrorOf = (house: TestHouse): MirrorHouse => ({
  ...house,
  texts: house.mind.words,
  advice: { title: () => undefined, suggest: () => [], card: () => undefined },
  loadFile: async () => undefined,
})
