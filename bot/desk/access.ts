/**
 * Cases, and what staff do with them, each act in one transaction with the client’s conversation. No pages, and no channels.
 *
 * Who may do what at the desk: one table of role × action, and what does not stand in it is denied (S31).
 */
import { UserError } from '../errors.js'

export const STAFF_ROLES = ['consultant', 'supervisor', 'administrator', 'coordinator', 'trainer'] as const
export type StaffRole = (typeof STAFF_ROLES)[number]

export type StaffMember = { id: string; alias: string; role: string }

export const DESK_ACTIONS = [
  /** One's own language and session. */
  'self.change',
  'queue.see',
  'case.read',
  'case.claim',
  'case.reply',
  'case.note',
  'case.release',
  /** Takes a case from a colleague, or gives it to one. */
  'case.releaseOthers',
  'case.close',
  'case.transfer',
  'case.invite',
  'case.call',
  'case.appoint',
  'case.block',
  'case.reopen',
  /** The client is a child (S42). */
  'case.minor',
  /** Two cases of one person become one. */
  'case.merge',
  /** Own quick answers, own absence, own accounts on messengers. */
  'self.work',
  /** The queue of the whole house: load, breaches, figures. */
  'house.see',
  /** Centres with their hours, teams and groups; who works where. */
  'house.change',
  'complaints.see',
  /** To see who a client is, for whoever has the case; another person must agree. */
  'reveal.ask',
  'export.ask',
  'lifetimes.ask',
  /** Says yes or no to what another has asked for. */
  'approval.decide',
  /** Stops what leaves the house, and does what follows; that it goes on needs two people. */
  'breach.report',
  'unfreeze.ask',
  /** Programmes, their groups and days; a trainer sees their own groups. */
  'programme.see',
  /** Groups, people, invitations, days. */
  'programme.change',
  /** Who was there, confirmed at the end of a day. */
  'session.close',
  /** Workers' reports with their words: a trainer those of their own groups, a coordinator all of them. */
  'report.read',
  'report.decide',
  /** What clients said of workers' help, in sums, and their lines without the worker. */
  'feedback.read',
  /** Papers of the workers' programme: certificates, and what organisations are paid. */
  'certificate.issue',
] as const
export type DeskAction = (typeof DESK_ACTIONS)[number]

const CASEWORK = [
  'self.change',
  'queue.see',
  'case.read',
  'case.claim',
  'case.reply',
  'case.note',
  'case.release',
  'case.close',
  'case.transfer',
  'case.invite',
  'case.call',
  'case.appoint',
  'case.block',
  'case.reopen',
  'case.minor',
  'case.merge',
  'self.work',
  'reveal.ask',
] as const satisfies DeskAction[]

/** The second of two people, and the button for a breach. */
const SECOND = ['approval.decide', 'breach.report', 'unfreeze.ask'] as const satisfies DeskAction[]

/**
 * An administrator looks after the machine and sees that people wait, not what they say; only a complaint that no supervisor may handle
 * is for them (S45).
 */
export const ACCESS: Record<StaffRole, readonly DeskAction[]> = {
  consultant: CASEWORK,
  supervisor: [
    ...CASEWORK,
    'case.releaseOthers',
    'house.see',
    'house.change',
    'complaints.see',
    'export.ask',
    ...SECOND,
  ],
  administrator: [
    'self.change',
    'self.work',
    'queue.see',
    'house.change',
    'complaints.see',
    'lifetimes.ask',
    'programme.see',
    'programme.change',
    ...SECOND,
  ],
  // Whoever looks after workers sees no case and no client.
  coordinator: [
    'self.change',
    'self.work',
    'programme.see',
    'programme.change',
    'session.close',
    'report.read',
    'report.decide',
    'feedback.read',
    'certificate.issue',
  ],
  trainer: ['self.change', 'self.work', 'programme.see', 'session.close', 'report.read'],
}

export const isStaffRole = (role: unknown): role is StaffRole => STAFF_ROLES.some((each) => each === role)

export const may = (staff: Pick<StaffMember, 'role'>, action: DeskAction): boolean =>
  isStaffRole(staff.role) && ACCESS[staff.role].includes(action)

/** @throws UserError notAllowed */
export function permit(staff: StaffMember, action: DeskAction): void {
  if (!may(staff, action)) throw new UserError('notAllowed')
}
