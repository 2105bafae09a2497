/** What a refusal is: its status, and its sentence. */
import type { Labels } from '../desk/labels.js'
import { UserError } from '../errors.js'

const STATUS: Readonly<Record<string, number>> = {
  signedOut: 401,
  notAllowed: 403,
  foreignForm: 403,
  noCase: 404,
  noFile: 404,
  noPage: 404,
  caseTaken: 409,
  caseClosed: 409,
  notClaimed: 409,
  nobodyWaits: 409,
  alreadyOffered: 409,
  noOffer: 409,
  notForYou: 403,
  noNumber: 409,
  nothingShared: 409,
  pausing: 409,
  full: 409,
  openAlready: 409,
  inDanger: 409,
  noPhoneOfChildren: 409,
  mergeClosed: 409,
  alreadyMerged: 409,
  mergeUrgent: 403,
  fileTooBig: 413,
  frozen: 409,
  askedAlready: 409,
  approvalOver: 409,
  ownRequest: 409,
  noApproval: 409,
  noTraining: 404,
  noProgramme: 404,
  noWorker: 404,
  groupFull: 409,
  leftAlready: 409,
  programmeExists: 409,
  changedMeanwhile: 409,
  noVersion: 404,
  noMaterial: 404,
  materialsFull: 409,
  groupExists: 409,
  nameTaken: 409,
  tableTooBig: 413,
  breachAlready: 409,
  noBreach: 409,
  noSession: 404,
  closedAlready: 409,
  notBegun: 409,
  dutiesMissing: 409,
}

/** Too much of a form, or one that cannot be read, is the sender's; the rest is ours. */
export function refusalOf(error: unknown): { code: string; values: Record<string, string | number>; status: number } {
  if (error instanceof UserError) return { code: error.code, values: error.values, status: STATUS[error.code] ?? 422 }
  const { statusCode = 500 } = error as { statusCode?: number }
  if (statusCode === 413) return { code: 'tooMuch', values: {}, status: 413 }
  if (statusCode < 500) return { code: 'badRequest', values: {}, status: statusCode }
  return { code: 'trouble', values: {}, status: 503 }
}

/** A colleague in a sentence is named as staff are named. */
export const inWords = (labels: Labels, { code, values }: ReturnType<typeof refusalOf>): string =>
  labels.error(code, typeof values.alias === 'string' ? { ...values, alias: labels.alias(values.alias) } : values)
