/** The environment, as somebody may have written it. */
import { describe, expect, it } from 'vitest'
import { readConfig } from '../bot/config.js'

describe('the settings of Slack', () => {
  const bot = { SLACK_BOT_TOKEN: 'xoxb-1' }

  it('are none when nothing is set, or only empty lines', () => {
    expect(readConfig({}).slack).toBeUndefined()
    expect(readConfig({ SLACK_BOT_TOKEN: ' ', SLACK_APP_TOKEN: '' }).slack).toBeUndefined()
  })

  it('are read for both ways', () => {
    expect(readConfig({ ...bot, SLACK_APP_TOKEN: 'xapp-1' }).slack).toEqual({ botToken: 'xoxb-1', appToken: 'xapp-1' })
    expect(readConfig({ ...bot, SLACK_SIGNING_SECRET: 's', SLACK_API_URL: 'http://localhost:1/api/' }).slack).toEqual({
      botToken: 'xoxb-1',
      signingSecret: 's',
      apiUrl: 'http://localhost:1/api/',
    })
  })

  it.each([
    [bot, /SLACK_APP_TOKEN: an app-level token with the scope connections:write/],
    [{ SLACK_APP_TOKEN: 'xapp-1' }, /SLACK_BOT_TOKEN as well/],
    [{ SLACK_SIGNING_SECRET: 's' }, /SLACK_BOT_TOKEN as well/],
    [{ SLACK_BOT_TOKEN: 'xoxp-1', SLACK_APP_TOKEN: 'xapp-1' }, /begins with xoxb-/],
    [{ ...bot, SLACK_APP_TOKEN: 'xoxb-1' }, /begins with xapp-/],
    [{ ...bot, SLACK_APP_TOKEN: 'xapp-1', SLACK_API_URL: 'slack' }, /SLACK_API_URL must begin with/],
  ])('that cannot be name the remedy: %j', (environment, sentence) => {
    expect(() => readConfig(environment)).toThrow(sentence)
  })
})
