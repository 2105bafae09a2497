/** The manifest that an administrator pastes asks for what the adapter uses, and for no more. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { readUpdate } from '../../../adapters/slack/updates/update.js'

const FOLDER = join(import.meta.dirname, '../../../adapters/slack')
const manifest = parse(readFileSync(join(FOLDER, 'manifest.yaml'), 'utf8'))
const source = readdirSync(FOLDER, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts'))
  .map((name) => readFileSync(join(FOLDER, name), 'utf8'))
  .join('\n')

/** https://docs.slack.dev/reference/methods: what each method that we call asks for. */
const SCOPES: Record<string, string[]> = {
  'chat.postMessage': ['chat:write'],
  'chat.update': ['chat:write'],
  'chat.delete': ['chat:write'],
  'conversations.open': ['im:write'],
  'conversations.info': ['channels:read', 'groups:read', 'im:read'],
  'conversations.members': ['channels:read', 'groups:read'],
  // Staff's channels are private.
  'conversations.kick': ['groups:write'],
  'conversations.history': ['channels:history', 'groups:history', 'im:history'],
  'conversations.replies': ['channels:history', 'groups:history', 'im:history'],
  'files.info': ['files:read'],
  'files.delete': ['files:write'],
  'files.getUploadURLExternal': ['files:write'],
  'files.completeUploadExternal': ['files:write'],
  'views.open': [],
  'views.publish': [],
  'auth.test': [],
}
/** What the events and commands ask for: https://docs.slack.dev/reference/events */
const LISTENING = ['app_mentions:read', 'commands', 'im:history', 'channels:history', 'groups:history', 'im:read']

/** What the events below are read as, when it is our own user that they are about. */
const KINDS: Record<string, string> = { app_mention: 'own', app_uninstalled: 'revoked', tokens_revoked: 'revoked' }

describe('the manifest of the Slack app', () => {
  it('has a scope for each method that is called, and no other', () => {
    const called = [...source.matchAll(/\bapi\.(\w+\.\w+)\(/g)].map(([, method = '']) => method)
    for (const method of called) expect(Object.keys(SCOPES)).toContain(method)
    const needed = new Set([...called.flatMap((method) => SCOPES[method] ?? []), ...LISTENING])
    expect([...manifest.oauth_config.scopes.bot].sort()).toEqual([...needed].sort())
  })

  it('asks for events that are read', () => {
    const bodies = (type: string) => ({
      type: 'event_callback',
      event_id: 'Ev1',
      event: {
        type: type.replace(/\..*/, ''),
        user: 'U0BOT',
        channel: type === 'channel_id_changed' ? undefined : 'C0DESK',
        old_channel_id: 'C0OLD',
        new_channel_id: 'C0NEW',
        ts: '1.1',
        text: 'x',
      },
    })
    for (const type of manifest.settings.event_subscriptions.bot_events) {
      const reading = readUpdate(bodies(type), { now: new Date(), me: 'U0BOT' })
      expect([type, reading.kind]).toEqual([type, KINDS[type] ?? (type.startsWith('message.') ? 'own' : 'incoming')])
    }
  })

  it('has the slash commands, the page of our own, buttons and Socket Mode', () => {
    for (const { command } of manifest.features.slash_commands) {
      const body = { command, text: 'x', user_id: 'U0ANNA', trigger_id: '1' }
      expect(readUpdate(body, { now: new Date(), me: 'U0BOT' }).kind).toBe('incoming')
    }
    expect(manifest.features.app_home).toMatchObject({ home_tab_enabled: true, messages_tab_read_only_enabled: false })
    expect(manifest.settings).toMatchObject({ socket_mode_enabled: true, interactivity: { is_enabled: true } })
    expect(manifest.display_information.name.length).toBeLessThanOrEqual(35)
    expect(manifest.display_information.description.length).toBeLessThanOrEqual(140)
  })
})
