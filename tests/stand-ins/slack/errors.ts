/** Answers of the Web API that are no success: https://docs.slack.dev/apis/web-api#responses */
export class SlackError extends Error {
  constructor(
    /** Slack's word for it, `channel_not_found`. */
    readonly error: string,
    /** With it the answer is a 429. */
    readonly retryAfterS?: number,
  ) {
    super(error)
  }
}
