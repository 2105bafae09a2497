/**
 * The version of the notice (`hotline:notice`) that a person agrees to; whoever agreed to another is asked again (S03).
 * Change it whenever the notice says something else.
 */
export const NOTICE_VERSION = '2026-11-23'
