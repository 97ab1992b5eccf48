// One way to start a child during set-up: it can never wait for an answer, and it always ends.
// Plain JavaScript without dependencies, because it runs before anything is installed (Node 20).
import { spawn, spawnSync } from 'node:child_process';

/** Switches off every prompt that a package manager, git or npm might open. */
const SILENT = {
  CI: '1',
  DEBIAN_FRONTEND: 'noninteractive',
  APT_LISTCHANGES_FRONTEND: 'none',
  NEEDRESTART_MODE: 'a',
  GIT_TERMINAL_PROMPT: '0',
  npm_config_yes: 'true',
  npm_config_fund: 'false',
  npm_config_audit: 'false',
  npm_config_update_notifier: 'false',
};

/** Kept of a child's output: its end is where the reason for a failure stands. */
const KEEP_CHARS = 200_000;

/**
 * Runs a command to its end. Never throws; a program that is not there gives `code: null` and a `reason`.
 * @param {string} command
 * @param {string[]} args
 * @param {{ seconds: number, cwd?: string, env?: NodeJS.ProcessEnv, shell?: boolean }} options
 * @returns {Promise<{ ok: boolean, code: number | null, out: string, reason: string }>} `reason` is one line
 */
export function runCommand(command, args, { seconds, cwd, env, shell = false }) {
  return new Promise((resolve) => {
    let out = '';
    let late = false;
    const own = process.platform !== 'win32'; // own process group, so that grandchildren end with it
    const child = spawn(command, args, {
      cwd,
      env: { ...process.env, ...SILENT, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: own,
      shell,
      windowsHide: true,
    });
    const timer = setTimeout(() => {
      late = true;
      kill(child, own);
    }, seconds * 1000);
    const stop = () => kill(child, own);
    process.once('exit', stop);
    const keep = (/** @type {Buffer} */ chunk) => {
      out = (out + chunk).slice(-KEEP_CHARS);
    };
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    const end = (/** @type {number | null} */ code, /** @type {string} */ problem) => {
      clearTimeout(timer);
      process.removeListener('exit', stop);
      const reason = late ? `no result within ${seconds} s` : problem || lastLine(out) || `exit code ${code}`;
      resolve({ ok: code === 0 && !late, code, out, reason });
    };
    child.on('error', (error) => end(null, error.message));
    child.on('close', (code, signal) => end(code, signal ? `ended by ${signal}` : ''));
  });
}

/**
 * @param {import('node:child_process').ChildProcess} child
 * @param {boolean} own
 */
function kill(child, own) {
  try {
    if (own && child.pid) process.kill(-child.pid, 'SIGKILL');
    else if (child.pid) spawnSync('taskkill', ['/T', '/F', '/PID', String(child.pid)]); // Windows: the whole tree
  } catch {
    // It has ended already.
  }
}

/**
 * The line that says most about a failure: the last one that names an error, else the last one at all.
 * @param {string} out
 */
export function lastLine(out) {
  const lines = out
    .split('\n')
    .map((line) => line.replace(/\u001b\[[0-9;]*m/g, '').trim())
    .filter((line) => line !== '');
  const telling = lines.filter((line) => /error|fatal|cannot|not found|failed|unable/i.test(line));
  const line = telling.find((l) => !/complete log|debug\.log/i.test(l)) ?? lines.at(-1) ?? '';
  return line.length > 200 ? `${line.slice(0, 199)}…` : line;
}
