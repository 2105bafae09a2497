import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'

/** Writes `{ 'ru/hotline': { … } }` as a folder of locale files that lives as long as the test. */
export function localeFolder(files: Record<string, unknown>): string {
  const dir = mkdtempSync(join(tmpdir(), 'rahnamo-texts-'))
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }))
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(join(dir, name.split('/')[0] ?? ''), { recursive: true })
    writeFileSync(join(dir, `${name}.json`), typeof content === 'string' ? content : JSON.stringify(content))
  }
  return dir
}
