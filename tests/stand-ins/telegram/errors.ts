/** Answers of the Bot API that are no success: https://core.telegram.org/bots/api#making-requests */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly description: string,
    readonly parameters?: { retry_after?: number; migrate_to_chat_id?: number },
  ) {
    super(description)
  }
}

export const badRequest = (what: string, parameters?: ApiError['parameters']) =>
  new ApiError(400, `Bad Request: ${what}`, parameters)
export const forbidden = (what: string) => new ApiError(403, `Forbidden: ${what}`)
