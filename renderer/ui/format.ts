// Figures and dates as the whole app writes them. `–` stands for "not known", never 0.

const NONE = '–';
const integer = new Intl.NumberFormat('en-US');
const dateTime = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'medium' });
const clock = new Intl.DateTimeFormat(undefined, {
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  hourCycle: 'h23',
});
const day = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium' });
const relative = new Intl.RelativeTimeFormat('en', { numeric: 'always', style: 'narrow' });

/** `0.4 ms`, `412 ms`, `3.82 s`, `2 min 05 s`. */
export function formatMs(ms: number | null | undefined): string {
  if (ms === null || ms === undefined || !Number.isFinite(ms)) return NONE;
  if (ms < 10) return `${Number(ms.toFixed(1))} ms`;
  if (ms < 999.5) return `${Math.round(ms)} ms`;
  if (ms < 59_995) return `${(ms / 1000).toFixed(2)} s`;
  const seconds = Math.round(ms / 1000);
  return `${Math.floor(seconds / 60)} min ${String(seconds % 60).padStart(2, '0')} s`;
}

/** `512 B`, `18.4 KB`, `2.10 MB`; thousands, not 1,024s. */
export function formatBytes(bytes: number | null | undefined): string {
  if (bytes === null || bytes === undefined) return NONE;
  if (bytes < 1000) return `${bytes} B`;
  if (bytes < 999_950) return `${(bytes / 1000).toFixed(1)} KB`;
  return `${(bytes / 1e6).toFixed(2)} MB`;
}

/** `1,204`. */
export const formatCount = (n: number | null | undefined): string =>
  n === null || n === undefined ? NONE : integer.format(n);

/** `512`, `27.2k`, `1.20M`: for narrow columns. */
export function formatTokens(n: number | null | undefined): string {
  if (n === null || n === undefined) return NONE;
  if (n < 10_000) return integer.format(n);
  if (n < 999_950) return `${(n / 1000).toFixed(1)}k`;
  return `${(n / 1e6).toFixed(2)}M`;
}

/** `71.4 tok/s`, `5,012 tok/s`, from tokens and the milliseconds they took. */
export function formatRate(tokens: number | null, ms: number | null): string {
  if (tokens === null || ms === null || ms <= 0) return NONE;
  const rate = (tokens / ms) * 1000;
  return `${rate < 1000 ? rate.toFixed(1) : integer.format(Math.round(rate))} tok/s`;
}

/** Full date and time in the user's own form. */
export const formatDateTime = (at: number): string => dateTime.format(at);

/** `14:02:11`. */
export const formatClock = (at: number): string => clock.format(at);

/** Clock for today, else the date. */
export const formatWhen = (at: number, now: number): string =>
  new Date(at).toDateString() === new Date(now).toDateString() ? clock.format(at) : day.format(at);

/** `now`, `4m`, `2h`, `3d`, then the date. */
export function formatAgo(at: number, now: number): string {
  const seconds = Math.max(0, (now - at) / 1000);
  if (seconds < 45) return 'now';
  if (seconds < 3600) return strip(relative.format(-Math.max(1, Math.round(seconds / 60)), 'minute'));
  if (seconds < 86_400) return strip(relative.format(-Math.round(seconds / 3600), 'hour'));
  if (seconds < 30 * 86_400) return strip(relative.format(-Math.round(seconds / 86_400), 'day'));
  return day.format(at);
}

const strip = (text: string) => text.replace(/ ago$/, '');
