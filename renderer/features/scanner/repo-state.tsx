import {
  CircleAlert,
  CircleCheck,
  CircleDashed,
  CircleDot,
  KeyRound,
  TriangleAlert,
  UserX,
} from 'lucide-react';
import type { Repo, Run } from '../../../preload/contract/scanner.ts';
import { formatCount } from '../../ui/format.ts';
import { messages } from './messages.ts';

const text = messages.repos;
const SIGN = 'size-3.5 shrink-0';

/** A repository's state as one sign and its number of open findings. The words are for whoever cannot see the sign. */
export function RepoState({ repo, run }: { repo: Repo; run: Run | undefined }) {
  const open = repo.open.high + repo.open.medium + repo.open.low;
  const count = open > 0 && <span className="font-mono text-2xs text-fg">{formatCount(open)}</span>;
  const [sign, words] = look(repo, run);
  return (
    <span className="flex shrink-0 items-center gap-1">
      {count}
      {repo.open.known > 0 && <KeyRound aria-hidden="true" className={`${SIGN} text-danger`} />}
      {sign}
      <span className="sr-only">{[words, text.open(repo)].filter(Boolean).join(', ')}</span>
    </span>
  );
}

function look(repo: Repo, run: Run | undefined): [React.ReactNode, string] {
  if (run?.phase === 'waiting')
    return [
      <CircleDashed key="w" aria-hidden="true" className={`${SIGN} text-subtle`} />,
      messages.scan.phase(run),
    ];
  if (run)
    return [
      <CircleDot key="r" aria-hidden="true" className={`${SIGN} text-accent`} />,
      messages.scan.phase(run),
    ];
  if (repo.state === 'gone')
    return [<CircleAlert key="g" aria-hidden="true" className={`${SIGN} text-danger`} />, text.gone];
  if (repo.state === 'foreign')
    return [<UserX key="f" aria-hidden="true" className={`${SIGN} text-warn`} />, text.foreign];
  if (!repo.lastScan)
    return [<CircleDashed key="n" aria-hidden="true" className={`${SIGN} text-subtle`} />, text.never];
  if (repo.lastScan.state === 'failed')
    return [<CircleAlert key="e" aria-hidden="true" className={`${SIGN} text-danger`} />, text.failed];
  const open = repo.open.high + repo.open.medium + repo.open.low;
  if (open > 0)
    return [
      <TriangleAlert
        key="o"
        aria-hidden="true"
        className={`${SIGN} ${repo.open.high > 0 ? 'text-danger' : 'text-warn'}`}
      />,
      '',
    ];
  if (repo.lastScan.state === 'stopped')
    return [<CircleDashed key="s" aria-hidden="true" className={`${SIGN} text-subtle`} />, text.stopped];
  const harmless = repo.lastScan.issues.every((issue) => issue.harmless);
  return harmless
    ? [<CircleCheck key="c" aria-hidden="true" className={`${SIGN} text-success`} />, '']
    : [
        <TriangleAlert key="i" aria-hidden="true" className={`${SIGN} text-warn`} />,
        messages.result.notClean,
      ];
}
