/** Whom the house can talk to: the messengers and nobody else. What it is made of, and where it calls out, stands here word for word. */
import { readdirSync, readFileSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import { expect, it } from 'vitest'
import { ROOT } from '../bot/config.js'

/** Everything that is installed with the house, and what for. Whatever comes here can read what clients write. */
const DEPENDENCIES: Record<string, string> = {
  '@electric-sql/pglite': 'the database, inside this process',
  '@fastify/cookie': 'cookies of the desk and of the web chat',
  '@fastify/multipart': 'files that come by the web',
  '@fastify/static': 'scripts and styles of our own pages',
  '@marcbachmann/cel-js': 'conditions in flows',
  '@prisma/adapter-pg': 'the database, on a server of ours',
  '@prisma/client': 'the database',
  '@prisma/driver-adapter-utils': 'the database',
  '@prisma/schema-engine-wasm': 'the database: migrations',
  '@slack/bolt': 'a messenger',
  'dejavu-fonts-ttf': 'letters of the paper list, here',
  'fastest-levenshtein': 'mistyped words, here',
  fastify: 'our own pages',
  'file-type': 'what a file is, by its content, here',
  grammy: 'a messenger',
  i18next: 'our own texts',
  ics: 'a meeting as a calendar file, here',
  'libphonenumber-js': 'numbers as they are written, here',
  minisearch: 'search among our own articles, here',
  pdfkit: 'the paper list, here',
  pg: 'the database, on a server of ours',
  'pglite-prisma-adapter': 'the database, inside this process',
  pino: 'the log, to the standard output',
  prisma: 'the database',
  qrcode: 'an invitation as a picture, here',
  'read-excel-file': 'lists of workers, here',
  'temporal-polyfill': 'time zones',
  yaml: 'flows and seeds',
  zod: 'what comes from outside, checked',
}

it('S44 no outside service gets a client’s text: nothing is installed that could translate, think or count for us elsewhere', () => {
  const { dependencies } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'))
  expect(Object.keys(dependencies).sort()).toEqual(Object.keys(DEPENDENCIES).sort())
})

/** What opens a connection to somewhere else, in a program of Node. */
const CALLS_OUT =
  /\bfetch\(|\?\? fetch\b|\bhttps?\.(request|get)\(|\b(net|tls)\.(connect|createConnection)\(|\bnew WebSocket\(|\bXMLHttpRequest\b|\bsendBeacon\(|\bnew EventSource\(|'(node:)?(https|http2|tls|dgram|dns|undici)(\/promises)?'/

/** Who does it, and to whom. */
const CALLERS: Record<string, string> = {
  'adapters/slack/downloads.ts': 'Slack: the content of a file',
  'adapters/slack/uploads.ts': 'Slack: the content of a file',
  'adapters/telegram/downloads.ts': 'Telegram: the content of a file',
  'bot/cli/control.ts': 'our own process, by its socket on the disk',
}

/** What a browser runs calls the server that it came from; its content policy lets it call nobody else. */
const OF_A_BROWSER = /^(adapters\/web|bot\/console)\/page\//

const sources = ['bot', 'adapters'].flatMap((folder) =>
  readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(ts|mjs|js)$/.test(entry.name))
    .map((entry) => relative(ROOT, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .filter((path) => !path.startsWith('bot/store/generated/') && !OF_A_BROWSER.test(path)),
)

it('S35 S44 nothing calls out but the messengers’ own adapters', () => {
  const callers = sources.filter((path) => CALLS_OUT.test(readFileSync(join(ROOT, path), 'utf8')))
  expect(callers.sort()).toEqual(Object.keys(CALLERS).sort())
})

it('S35 the libraries that talk to the messengers are used by their adapters alone', () => {
  const users = sources.filter((path) => /from '(grammy|@slack\/[\w-]+)'/.test(readFileSync(join(ROOT, path), 'utf8')))
  expect(users.length).toBeGreaterThan(5)
  expect(users.filter((path) => !/^adapters\/(telegram|slack)\//.test(path))).toEqual([])
})
