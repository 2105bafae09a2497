import { expect, it } from 'vitest'
import type { HistoryItem } from '../../../adapters/adapter.js'
import { type Change, createFeed, readAll } from '../../../adapters/web/feed.js'

const item = (id: number, text = `message ${id}`): HistoryItem => ({
  id,
  direction: 'out',
  author: 'bot',
  text,
  at: new Date(0),
})

/** A history in memory that gives pages of `page`, as the house does: after 0 the newest ones. */
const historyOf = (items: HistoryItem[], page = 200) => ({
  items,
  reads: 0,
  read(after: number) {
    this.reads++
    const later = this.items.filter(({ id }) => id > after)
    return Promise.resolve(after === 0 ? later.slice(-page) : later.slice(0, page))
  },
})

const told = (changes: Change[]) =>
  changes.map((change) => (change.kind === 'message' ? `${change.item.id} ${change.item.text}` : change))

it('A page that opens empty is told everything, once', async () => {
  const history = historyOf([item(3), item(5)])
  const feed = createFeed((after) => history.read(after), { from: 0, after: 0 })
  expect(told(await feed.look())).toEqual(['3 message 3', '5 message 5'])
  expect(await feed.look()).toEqual([])
  history.items.push(item(9))
  expect(told(await feed.look())).toEqual(['9 message 9'])
  expect(await feed.look()).toEqual([])
})

it('A page that comes back is told only what is new, and which of its messages are still there', async () => {
  const history = historyOf([item(3), item(7), item(8)])
  const feed = createFeed((after) => history.read(after), { from: 3, after: 5 })
  expect(told(await feed.look())).toEqual([{ kind: 'kept', ids: [3, 7, 8] }, '7 message 7', '8 message 8'])
})

it('The newest message being taken away is seen at once, an older one by comparing', async () => {
  const history = historyOf([item(1), item(2), item(3)])
  const feed = createFeed((after) => history.read(after), { from: 0, after: 0 })
  await feed.look()
  history.items.pop()
  expect(told(await feed.look())).toEqual([{ kind: 'kept', ids: [1, 2] }])
  history.items.shift()
  expect(await feed.look()).toEqual([])
  expect(told(await feed.compare())).toEqual([{ kind: 'kept', ids: [2] }])
})

it('A changed message is told again', async () => {
  const history = historyOf([item(1), item(2)])
  const feed = createFeed((after) => history.read(after), { from: 0, after: 0 })
  await feed.look()
  history.items[0] = item(1, 'corrected')
  expect(told(await feed.compare())).toEqual(['1 corrected'])
  expect(await feed.compare()).toEqual([])
})

it('When everything is gone the page is told to empty itself, once, and goes on', async () => {
  const history = historyOf([item(1), item(2)])
  const feed = createFeed((after) => history.read(after), { from: 0, after: 0 })
  await feed.look()
  history.items.length = 0
  expect(await feed.look()).toEqual([{ kind: 'cleared' }])
  expect(await feed.look()).toEqual([])
  history.items.push(item(4))
  expect(told(await feed.look())).toEqual(['4 message 4'])
})

it('A conversation longer than the pages of the history is read to its end, and nothing of it is dropped', async () => {
  const history = historyOf(Array.from({ length: 450 }, (_, i) => item(i + 1)))
  expect(await readAll((after) => history.read(after), -1)).toHaveLength(450)
  const feed = createFeed((after) => history.read(after), { from: 1, after: 450 })
  expect(told(await feed.look())).toEqual([{ kind: 'kept', ids: history.items.map(({ id }) => id) }])
})

it('A quiet page costs one short read a look', async () => {
  const history = historyOf(Array.from({ length: 150 }, (_, i) => item(i + 1)))
  const feed = createFeed((after) => history.read(after), { from: 0, after: 0 })
  await feed.look()
  const before = history.reads
  await feed.look()
  expect(history.reads - before).toBe(1)
})
