/** The environment, read once. A wrong value stops the start with a sentence that names the remedy. */
import { join, resolve } from 'node:path'
import { z } from 'zod'
import { SetupError } from './errors.js'

/** The root of the repository, from source and from dist/ alike. */
export const ROOT = resolve(import.meta.dirname.replace(/[\\/]dist[\\/]bot$/, '/bot'), '..')

const Url = (what: string) => z.url({ protocol: /^https?$/, error: `${what} must begin with http:// or https://.` })

const Environment = z.object({
  PORT: z.coerce
    .number('PORT must be a number, like 3000.')
    .int('PORT must be a whole number, like 3000.')
    .min(0, 'PORT must be between 0 and 65535.')
    .max(65_535, 'PORT must be between 0 and 65535.')
    .default(3000),
  HOST: z.string().default('127.0.0.1'),
  DATA_DIR: z.string().default(join(ROOT, 'data')),
  FILES_MAX_GB: z.coerce
    .number('FILES_MAX_GB must be a number, like 20.')
    .positive('FILES_MAX_GB must be more than 0.')
    .default(20),
  DATABASE_URL: z
    .string()
    .regex(
      /^postgres(ql)?:\/\//,
      'DATABASE_URL must begin with postgresql://, or be left out for the embedded database.',
    )
    .optional(),
  PUBLIC_URL: Url('PUBLIC_URL').optional(),
  RAHNAMO_KEY: z.string().optional(),
  RAHNAMO_KEY_OLD: z.string().optional(),
  // Whether it is a token, only Telegram can say; the first page tells what it said.
  TELEGRAM_BOT_TOKEN: z.string().optional(),
  TELEGRAM_API_ROOT: Url('TELEGRAM_API_ROOT').optional(),
  TELEGRAM_WEBHOOK_URL: Url('TELEGRAM_WEBHOOK_URL').optional(),
  TELEGRAM_WEBHOOK_SECRET: z
    .string()
    .regex(/^[\w-]{1,256}$/, 'TELEGRAM_WEBHOOK_SECRET may hold letters, digits, _ and - only (1 to 256).')
    .optional(),
  SLACK_BOT_TOKEN: z
    .string()
    .regex(/^xoxb-/, 'SLACK_BOT_TOKEN must be the Bot User OAuth Token, which begins with xoxb-.')
    .optional(),
  SLACK_APP_TOKEN: z
    .string()
    .regex(/^xapp-/, 'SLACK_APP_TOKEN must be an app-level token, which begins with xapp-.')
    .optional(),
  SLACK_SIGNING_SECRET: z.string().optional(),
  SLACK_API_URL: Url('SLACK_API_URL').optional(),
})

export type Config = {
  port: number
  host: string
  dataDir: string
  databaseUrl: string | undefined
  /** What all files of clients may take together. */
  filesMaxBytes: number
  /** Where people reach us from outside, without a slash at the end. */
  publicUrl: string
  key: string | undefined
  /** While the key changes: the one before. */
  previousKey: string | undefined
  telegram: { token: string; apiRoot?: string; webhookUrl?: string; webhookSecret?: string } | undefined
  slack: { botToken: string; appToken?: string; signingSecret?: string; apiUrl?: string } | undefined
}

type Given = z.infer<typeof Environment>

/** @throws SetupError CONFIG when Slack is given half */
function slackOf(value: Given): Config['slack'] {
  const { SLACK_BOT_TOKEN: botToken, SLACK_APP_TOKEN: appToken, SLACK_SIGNING_SECRET: signingSecret } = value
  if (!botToken && (appToken || signingSecret))
    throw new SetupError(
      'CONFIG',
      'Slack needs SLACK_BOT_TOKEN as well: the Bot User OAuth Token (api.slack.com/apps, "OAuth & Permissions").',
    )
  if (!botToken) return undefined
  if (!appToken && !signingSecret)
    throw new SetupError(
      'CONFIG',
      'Beside SLACK_BOT_TOKEN Slack needs SLACK_APP_TOKEN: an app-level token with the scope connections:write (api.slack.com/apps, "Basic Information"). With a server that Slack can reach, SLACK_SIGNING_SECRET does instead.',
    )
  return {
    botToken,
    ...(appToken ? { appToken } : {}),
    ...(signingSecret ? { signingSecret } : {}),
    ...(value.SLACK_API_URL ? { apiUrl: value.SLACK_API_URL } : {}),
  }
}

/** @throws SetupError CONFIG */
export function readConfig(environment: Record<string, string | undefined>): Config {
  // An empty value in an .env file means "not set".
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value?.trim()))
  const result = Environment.safeParse(given)
  if (!result.success) throw new SetupError('CONFIG', result.error.issues.map(({ message }) => message).join(' '))
  const value = result.data
  return {
    port: value.PORT,
    host: value.HOST,
    dataDir: resolve(value.DATA_DIR),
    databaseUrl: value.DATABASE_URL,
    filesMaxBytes: value.FILES_MAX_GB * 1024 ** 3,
    publicUrl: (value.PUBLIC_URL ?? `http://localhost:${value.PORT}`).replace(/\/+$/, ''),
    key: value.RAHNAMO_KEY,
    previousKey: value.RAHNAMO_KEY_OLD,
    telegram: value.TELEGRAM_BOT_TOKEN
      ? {
          token: value.TELEGRAM_BOT_TOKEN,
          ...(value.TELEGRAM_API_ROOT ? { apiRoot: value.TELEGRAM_API_ROOT } : {}),
          ...(value.TELEGRAM_WEBHOOK_URL ? { webhookUrl: value.TELEGRAM_WEBHOOK_URL } : {}),
          ...(value.TELEGRAM_WEBHOOK_SECRET ? { webhookSecret: value.TELEGRAM_WEBHOOK_SECRET } : {}),
        }
      : undefined,
    slack: slackOf(value),
  }
}
