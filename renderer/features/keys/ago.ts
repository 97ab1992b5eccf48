// Relative times for narrow columns.

/** `now`, `2 min`, `3 h`, `6 d`; a date from 30 days on. A clock that runs behind counts as now. */
export function ago(at: number, now: number): string {
  const minutes = Math.floor((now - at) / 60_000);
  if (minutes < 1) return 'now';
  if (minutes < 60) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  if (hours < 24) return `${hours} h`;
  const days = Math.floor(hours / 24);
  if (days < 30) return `${days} d`;
  return new Intl.DateTimeFormat('en-CA', { dateStyle: 'short' }).format(at);
}

/** Date and time to the minute, for the details: `20 Nov 2026, 14:02`. */
export const dateTime = (at: number): string =>
  new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short' }).format(at);
