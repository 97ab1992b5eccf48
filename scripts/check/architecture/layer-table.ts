// Who may import whom: the table of ARCHITECTURE.md, as data. The first row that matches a file holds for it.

export interface Layer {
  name: string;
  files: RegExp;
  /** Targets that may be imported: paths of ours, `node:x`, `pkg:name`. `$1` is what `files` captured. */
  may: string[];
  /** Targets whose types alone may be imported. */
  types?: string[];
}

const CONTRACT = 'preload/contract/.*';
const NODE = 'node:.*';

/** The files through which a core folder is used by the other ones. */
const DOORS = [
  'history/(database|history-store|records)',
  'keys/(key-service|keychain-backend|scrub|fingerprints)',
  'providers/(provider|registry|sse|wire-fetch|wire-headers)',
  'requests/(send-request|record-decoder)',
  'settings/settings-store',
  'demo/(demo-server|demo-models)',
].map((door) => `main/core/${door}\\.ts`);

/** What every core file may use: clock.ts, log.ts and the like at the top of core, but not the composition roots. */
const CORE_TOP = 'main/core/(?!create-(?:app|scan))[\\w-]+\\.ts';

/** What a shell sees of core. */
const CORE_FOR_SHELLS = [
  'main/core/(create-app|create-scan|clock|log)\\.ts',
  'main/core/rpc/.*',
  'main/core/keys/fork-keytar\\.ts',
];
const SHARED_SHELL = 'main/shell/[\\w-]+\\.ts';

const REACT = ['pkg:react', 'pkg:react-dom', 'pkg:lucide-react', 'pkg:zustand'];
const UI_LIBRARIES = [
  ...REACT,
  'pkg:@base-ui/react',
  'pkg:@codemirror/.*',
  'pkg:@lezer/highlight',
  'pkg:@tanstack/react-virtual',
  'pkg:react-resizable-panels',
  'pkg:fuzzysort',
  'pkg:tinykeys',
];

export const LAYERS: Layer[] = [
  { name: 'contract', files: /^preload\/contract\//, may: [CONTRACT, 'pkg:zod'] },
  { name: 'preload', files: /^preload\/index\.ts$/, may: ['pkg:electron'], types: [CONTRACT] },
  // The app, and the scan of the command line: a commit waits for it, so it is put together without the app.
  {
    name: 'composition root',
    files: /^main\/core\/create-(app|scan)\.ts$/,
    may: ['main/core/.*', CONTRACT, NODE],
  },
  { name: 'top of core', files: /^main\/core\/[\w-]+\.ts$/, may: [CONTRACT, NODE, CORE_TOP], types: DOORS },
  {
    name: 'keychain helper',
    files: /^main\/core\/keys\/keytar-process\.ts$/,
    may: [NODE, 'pkg:keytar', 'main/core/keys/.*', 'pkg:zod'],
  },
  {
    name: 'providers',
    files: /^main\/core\/providers\//,
    may: [
      ...[CONTRACT, NODE, CORE_TOP, 'main/core/providers/.*', 'pkg:zod', 'pkg:undici'],
      ...[
        'pkg:@anthropic-ai/sdk',
        'pkg:openai',
        'pkg:@huggingface/inference',
        'main/core/demo/demo-models\\.ts',
      ],
    ],
    types: DOORS,
  },
  {
    name: 'scanner rules',
    files: /^main\/core\/scanner\/rules\/config\.ts$/,
    may: [CONTRACT, NODE, CORE_TOP, 'main/core/scanner/.*', 'pkg:smol-toml'],
  },
  {
    name: 'app status',
    files: /^main\/core\/app\//,
    may: [CONTRACT, NODE, CORE_TOP, 'main/core/app/.*', ...DOORS, 'package\\.json'],
  },
  {
    name: 'core folder',
    files: /^main\/core\/([\w-]+)\//,
    may: [CONTRACT, NODE, CORE_TOP, 'main/core/$1/.*', 'pkg:zod', ...DOORS],
  },
  {
    name: 'Electron shell',
    files: /^main\/shell\/electron\//,
    may: [
      'main/shell/electron/.*',
      SHARED_SHELL,
      ...CORE_FOR_SHELLS,
      CONTRACT,
      NODE,
      'pkg:electron',
      'pkg:zod',
    ],
    types: ['main/core/keys/(process-backend|keytar-protocol)\\.ts'],
  },
  {
    name: 'browser shell',
    files: /^main\/shell\/browser\//,
    may: ['main/shell/browser/.*', SHARED_SHELL, ...CORE_FOR_SHELLS, CONTRACT, NODE, 'pkg:ws', 'pkg:zod'],
  },
  {
    name: 'command line',
    files: /^main\/shell\/cli\//,
    may: ['main/shell/cli/.*', SHARED_SHELL, ...CORE_FOR_SHELLS, CONTRACT, NODE, 'pkg:zod'],
  },
  {
    name: 'all shells',
    files: /^main\/shell\//,
    may: [SHARED_SHELL, ...CORE_FOR_SHELLS, CONTRACT, NODE, 'pkg:zod'],
  },
  { name: 'ui', files: /^renderer\/ui\//, may: ['renderer/ui/.*', ...UI_LIBRARIES] },
  {
    name: 'stream',
    files: /^renderer\/stream\//,
    may: ['renderer/stream/.*', 'renderer/ui/.*', ...UI_LIBRARIES, 'pkg:dompurify', 'pkg:marked'],
    types: [CONTRACT],
  },
  {
    name: 'host',
    files: /^renderer\/host\//,
    may: ['renderer/host/.*', CONTRACT, 'pkg:react', 'pkg:zustand', 'pkg:@tanstack/react-query'],
    // The names of the screens.
    types: ['renderer/ui/feature\\.ts'],
  },
  {
    name: 'feature',
    files: /^renderer\/features\/([\w-]+)\//,
    may: [
      'renderer/features/$1/.*',
      'renderer/(host|stream|ui)/.*',
      ...UI_LIBRARIES,
      'pkg:@tanstack/react-query',
    ],
    types: [CONTRACT],
  },
  {
    name: 'app',
    files: /^renderer\/(app\/|main\.tsx|[\w-]+\.d\.ts)/,
    may: ['renderer/.*', ...UI_LIBRARIES, 'pkg:@tanstack/react-query', 'pkg:@fontsource-variable/.*'],
    types: [CONTRACT],
  },
  { name: 'tests, scripts and tool settings', files: /^(test|scripts)\/|^[\w.-]+$/, may: ['.*'] },
];
