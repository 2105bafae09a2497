/** One process holds the data folder, whatever the last one died of. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { lockFolder } from '../../bot/store/folder-lock.js'

describe('the lock of the data folder', () => {
  let folder: string
  const file = () => join(folder, 'lock')
  const inUse = expect.objectContaining({ code: 'FOLDER_IN_USE' })
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'rahnamo-'))
  })
  afterEach(() => rmSync(folder, { recursive: true }))

  it('is taken, refused to a second, given back, and taken again', () => {
    const unlock = lockFolder(folder)
    expect(() => lockFolder(folder)).toThrow(inUse)
    expect(() => lockFolder(folder)).toThrow(String(process.pid))
    unlock()
    expect(existsSync(file())).toBe(false)
    lockFolder(folder)()
  })

  it('of a dead process is taken over', async () => {
    const dead = spawn('true')
    await once(dead, 'exit')
    writeFileSync(file(), `${dead.pid} 12345`)
    lockFolder(folder)()
    expect(readdirSync(folder)).toEqual([])
  })

  it('of a process whose number another has now is taken over', () => {
    // The parent lives, but it did not begin at this tick.
    writeFileSync(file(), `${process.ppid} 1`)
    lockFolder(folder)()
  })

  it('of a process that lives is respected, also when it is not ours to signal', async () => {
    const other = spawn('sleep', ['30'])
    try {
      const began = readFileSync(`/proc/${other.pid}/stat`, 'utf8').split(') ')[1]?.split(' ')[19]
      writeFileSync(file(), `${other.pid} ${began}`)
      expect(() => lockFolder(folder)).toThrow(inUse)
      expect(readFileSync(file(), 'utf8')).toBe(`${other.pid} ${began}`)
      const init = readFileSync('/proc/1/stat', 'utf8').split(') ')[1]?.split(' ')[19]
      writeFileSync(file(), `1 ${init}`)
      expect(() => lockFolder(folder)).toThrow(inUse)
    } finally {
      other.kill('SIGKILL')
      await once(other, 'exit')
    }
  })

  it('that is just being written counts as held; an old empty one was left by a power cut', () => {
    writeFileSync(file(), '')
    expect(() => lockFolder(folder)).toThrow(inUse)
    const longAgo = new Date(Date.now() - 60_000)
    utimesSync(file(), longAgo, longAgo)
    lockFolder(folder)()
  })

  it('of a dead process goes to one of many who start at once', async () => {
    const dist = new URL('../../dist/bot/store/folder-lock.js', import.meta.url).href
    const script = `import { lockFolder } from ${JSON.stringify(dist)}
      try { lockFolder(process.argv[1]); console.log('mine'); setTimeout(() => {}, 3000) } catch (e) { console.log(e.code) }`
    const dead = spawn('true')
    await once(dead, 'exit')
    writeFileSync(file(), `${dead.pid} 12345`)
    const starters: ChildProcess[] = [1, 2, 3, 4].map(() =>
      spawn(process.execPath, ['--input-type=module', '-e', script, folder], { stdio: ['ignore', 'pipe', 'inherit'] }),
    )
    const said = await Promise.all(
      starters.map(async ({ stdout }) => String((stdout && (await once(stdout, 'data')))?.[0]).trim()),
    )
    for (const each of starters) each.kill('SIGKILL')
    expect(said.sort()).toEqual(['FOLDER_IN_USE', 'FOLDER_IN_USE', 'FOLDER_IN_USE', 'mine'])
  })
})
