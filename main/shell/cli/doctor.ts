// keybench doctor: what works here, and for what does not, what to do.
import { type CommandContext, defineCommand } from './command.ts';

interface Finding {
  what: string;
  ok: boolean;
  /** What was found. */
  text: string;
  /** What to do; empty when ok. */
  remedy: string;
}

export const doctor = defineCommand({
  name: 'doctor',
  summary: 'Check this machine: keychain, database, Demo, window',
  usage: `Usage: keybench doctor [--salvage] [--json]

  --salvage   put everything readable of a damaged database into a new one; the damaged file is kept`,
  options: { salvage: { type: 'boolean' } },
  // A salvage needs the database for itself, so it comes before core is started.
  before: async ({ out, dataDir }, { values }) => {
    if (values.salvage !== true) return null;
    const { salvage } = await import('../../core/create-app.ts');
    const salvaged = salvage(dataDir);
    if (out.json) await out.value(salvaged);
    else {
      await out.line(`${salvaged.requests} requests were saved; ${salvaged.lost} rows could not be read.`);
      await out.line(`The damaged file is kept as ${salvaged.damagedFile}.`);
    }
    return 0;
  },
  run: async (context) => {
    const findings = await examine(context);
    const { out } = context;
    if (out.json) await out.value(findings);
    else
      for (const { what, ok, text, remedy } of findings) {
        await out.line(`${ok ? 'ok  ' : 'FAIL'}  ${what.padEnd(12)} ${text}`);
        if (remedy !== '') await out.line(`      ${' '.repeat(12)} ${remedy}`);
      }
    return findings.every((finding) => finding.ok) ? 0 : 1;
  },
});

async function examine({ api, signal }: CommandContext): Promise<Finding[]> {
  const info = await api['app.info']({});
  const keychain = await api['keychain.probe']({ unlock: false });
  const findings: Finding[] = [
    { what: 'node', ok: true, text: `${info.node}, SQLite ${info.sqlite}`, remedy: '' },
    {
      what: 'keychain',
      ok: keychain.state === 'ready',
      text: `${keychain.service}: ${keychain.state}. ${keychain.text}`,
      remedy: keychain.remedy,
    },
  ];
  for await (const status of api['app.status']({}, { signal })) {
    const { state, path, problem, remedy } = status.database;
    findings.push({ what: 'database', ok: state === 'ok', text: state === 'ok' ? path : problem, remedy });
    break;
  }
  const browser = process.env.KEYBENCH_BROWSER ?? '';
  const electron = process.env.KEYBENCH_ELECTRON ?? '';
  const window = electron || browser;
  findings.push({
    what: 'window',
    ok: window !== '',
    text: window === '' ? 'Neither Electron nor Chrome or Chromium was found.' : window,
    remedy: window === '' ? 'Install Chromium, or use npm start -- --no-open and any browser.' : '',
  });
  try {
    const { models } = await api['providers.models']({ provider: 'demo', keyId: null }, { signal });
    findings.push({
      what: 'demo',
      ok: true,
      text: `${info.demoOrigin}, ${models.length} models`,
      remedy: '',
    });
  } catch (error) {
    findings.push({
      what: 'demo',
      ok: false,
      text: (error as Error).message,
      remedy: 'Is loopback networking blocked?',
    });
  }
  return findings;
}
