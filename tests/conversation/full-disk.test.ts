/** A full disk under the embedded database: said plainly, nothing lost, and it goes on as soon as there is room. */
import { execFileSync } from 'node:child_process'
import { cpSync, mkdtempSync, rmSync, statfsSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { openStore } from '../../bot/store/store.js'
import { testHouse } from '../house.js'
import { embeddedFolder, KEY } from '../store/databases.js'
import { inQueue, rowsOf } from './stories.js'

/** A disk of 90 MB, where the machine lets us make one. */
const disk = mkdtempSync(join(tmpdir(), 'rahnamo-'))
const mounted = (() => {
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=90m', 'tmpfs', disk], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
})()

describe.skipIf(!mounted)('a full disk', () => {
  afterAll(() => {
    execFileSync('umount', [disk])
    rmSync(disk, { recursive: true })
  })

  it('gives messages back to their channel, says so once, and loses none', async () => {
    const folder = await embeddedFolder()
    cpSync(folder, disk, { recursive: true })
    rmSync(folder, { recursive: true })
    const store = await openStore({ dataDir: disk, key: KEY })
    const none = async () => undefined
    const house = await testHouse({
      database: async () => ({ store, dataDir: disk, reopen: async () => store, drop: none }),
    })
    const anna = await inQueue(house)
    const take = (n: number) =>
      anna.receive({ kind: 'text', text: `${n} ${'x'.repeat(3000)}` }, { updateKey: `d${n}`, messageKey: `d${n}` })
    const { bavail, bsize } = statfsSync(disk)
    const ballast = join(disk, 'ballast')
    writeFileSync(ballast, Buffer.alloc(bavail * bsize - 300_000))

    let n = 0
    let refusal: unknown
    while (!refusal && n < 1000)
      await take(n).then(
        () => n++,
        (error: unknown) => {
          refusal = error
        },
      )
    expect(refusal).toMatchObject({ code: '53100', message: expect.stringContaining('No space left') })
    await take(n).catch(() => undefined)
    expect(house.logged().match(/"code":"53100"/g)).toHaveLength(1)

    rmSync(ballast)
    await take(n)
    expect(house.logged()).toContain('take messages again')
    const kept = (await rowsOf(house, anna.address)).messages.filter(
      ({ channelKey, direction }) => channelKey && direction === 'in',
    )
    await house.close()

    const again = await openStore({ dataDir: disk, key: KEY })
    const [row] = await again.sql<{ n: number }>(
      `select count(*)::int as n from message where direction = 'in' and body is not null and length(body) > 3000`,
    )
    expect(row?.n).toBe(n + 1)
    expect(kept.length).toBeGreaterThan(n)
    await again.close()
  }, 60_000)
})
