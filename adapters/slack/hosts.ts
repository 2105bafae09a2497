/** Where files of Slack's may be: our token goes nowhere else, whatever an answer names. */

/** https://docs.slack.dev/reference/objects/file-object */
const HOSTS = ['slack.com', 'slack-files.com', 'slack-edge.com']

export function isSlackHost(text: string, apiUrl: string): boolean {
  if (!URL.canParse(text)) return false
  const { origin, protocol, hostname } = new URL(text)
  if (origin === new URL(apiUrl).origin) return true
  return protocol === 'https:' && HOSTS.some((host) => hostname === host || hostname.endsWith(`.${host}`))
}
